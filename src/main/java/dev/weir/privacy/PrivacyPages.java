package dev.weir.privacy;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/** The rule pages. Read what was typed, ask {@link Drafts}, show the draft again; decide nothing about rules or rights. */
@Path("/console/{environment}/privacy")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class PrivacyPages {

    @CheckedTemplate(basePath = "privacy")
    record overview(SectionView page, List<Change> since, List<Change> own) implements TemplateInstance {}

    @CheckedTemplate(basePath = "privacy")
    record preset(SectionView page, String name, String title, PolicyDiff change, List<LineDiff.Line> lines)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "privacy")
    record parameters(SectionView page) implements TemplateInstance {}

    @CheckedTemplate(basePath = "privacy")
    record paths(SectionView page) implements TemplateInstance {}

    @CheckedTemplate(basePath = "privacy")
    record pages(SectionView page) implements TemplateInstance {}

    @CheckedTemplate(basePath = "privacy")
    record elements(SectionView page) implements TemplateInstance {}

    @CheckedTemplate(basePath = "privacy")
    record text(SectionView page) implements TemplateInstance {}

    @CheckedTemplate(basePath = "privacy")
    record properties(SectionView page) implements TemplateInstance {}

    @CheckedTemplate(basePath = "privacy")
    record events(SectionView page) implements TemplateInstance {}

    @CheckedTemplate(basePath = "privacy")
    record schemas(SectionView page) implements TemplateInstance {}

    @CheckedTemplate(basePath = "privacy")
    record consent(SectionView page) implements TemplateInstance {}

    @CheckedTemplate(basePath = "privacy")
    record capture(SectionView page) implements TemplateInstance {}

    @CheckedTemplate(basePath = "privacy")
    record identity(SectionView page) implements TemplateInstance {}

    @CheckedTemplate(basePath = "privacy")
    record retention(SectionView page) implements TemplateInstance {}

    @CheckedTemplate(basePath = "privacy")
    record origins(SectionView page) implements TemplateInstance {}

    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private final Drafts drafts;
    private final Instance<InForce> published;
    private final Environments environments;
    private final CurrentActor current;

    PrivacyPages(Drafts drafts, Instance<InForce> published, Environments environments, CurrentActor current) {
        this.drafts = drafts;
        this.published = published;
        this.environments = environments;
        this.current = current;
    }

    @GET
    public TemplateInstance overview(@RestPath String environment, @RestQuery @DefaultValue("") String done) {
        return overview(view(environment(environment), Section.PARAMETERS, Form.EMPTY, -1, done, true));
    }

    @GET
    @Path("{section}")
    public TemplateInstance section(
            @RestPath String environment,
            @RestPath String section,
            @RestQuery @DefaultValue("") String done,
            @RestQuery @DefaultValue("-1") int edit) {
        return page(view(environment(environment), section(section), Form.EMPTY, edit, done, false));
    }

    @POST
    @Path("{section}/{verb}")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response edit(
            @RestPath String environment,
            @RestPath String section,
            @RestPath String verb,
            @RestForm @DefaultValue("") String version) {
        var at = environment(environment);
        var where = section(section);
        var form = posted();
        var change = SectionForms.edit(where, verb, form).orElseThrow(() -> Problem.notFound("There is no such form."));
        var before = Rules.of(drafts.of(at.key()).document());
        int editing = verb.equals(SectionForms.CHANGE) ? form.index() : -1;
        return drafts.edit(at.key(), form.version(), change)
                .match(
                        saved -> seeOther(at, where.slug(), verb),
                        invalid -> Response.status(UNPROCESSABLE)
                                .entity(page(view(at, where, form, editing, "", false)
                                        .refused(SectionForms.errors(where, verb, form, before, invalid.errors()))))
                                .build(),
                        overtaken -> Response.status(CONFLICT)
                                .entity(page(view(at, where, form, editing, "", false)
                                        .overtaken(overtaken)))
                                .build());
    }

    @POST
    @Path("{verb:undo|discard|rebase}")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response whole(
            @RestPath String environment, @RestPath String verb, @RestForm @DefaultValue("") String version) {
        return switch (verb) {
            case "undo" -> whole(environment, verb, drafts::undo);
            case "discard" -> whole(environment, verb, drafts::discard);
            default -> whole(environment, verb, drafts::rebase);
        };
    }

    @GET
    @Path("preset/{name}")
    public TemplateInstance preset(@RestPath String environment, @RestPath String name) {
        var preset = presetNamed(name);
        var page = view(environment(environment), Section.PARAMETERS, Form.EMPTY, -1, "", true);
        return new preset(
                page,
                name,
                name.equals("strict") ? "Strict" : "Balanced",
                PolicyDiff.between(page.draft().document(), preset),
                LineDiff.between(page.draft().document(), preset));
    }

    @POST
    @Path("preset/{name}")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response usePreset(
            @RestPath String environment, @RestPath String name, @RestForm @DefaultValue("") String version) {
        var preset = presetNamed(name);
        return whole(environment, "preset", (key, seen) -> drafts.replace(key, seen, preset));
    }

    private Response whole(String environment, String verb, BiFunction<EnvironmentKey, Long, Edited> change) {
        var at = environment(environment);
        var form = posted();
        return change.apply(at.key(), form.version())
                .match(
                        saved -> seeOther(at, "", verb),
                        invalid -> {
                            throw new IllegalStateException("a whole document was not valid: " + invalid.errors());
                        },
                        overtaken -> Response.status(CONFLICT)
                                .entity(overview(view(at, Section.PARAMETERS, Form.EMPTY, -1, "", true)
                                        .overtaken(overtaken)))
                                .build());
    }

    /** Everything that was typed: each page has other fields. The one field a method names makes the form be read at all. */
    private static Form posted() {
        var data = CurrentRequestManager.get().getFormData();
        var values = new HashMap<String, String>();
        if (data != null) {
            for (String name : data) {
                var first = data.getFirst(name);
                if (first != null && !first.isFileItem()) {
                    values.put(name, first.getValue().strip());
                }
            }
        }
        return new Form(values);
    }

    private TemplateInstance overview(SectionView page) {
        if (!page.outdated()) {
            return new overview(page, List.of(), List.of());
        }
        var base = published
                .get()
                .revision(page.draft().environment(), page.draft().base());
        var now = published.get().inForce(page.draft().environment());
        return new overview(
                page,
                base.flatMap(then -> now.map(today -> PolicyDiff.between(then.document(), today.document())
                                .changes()))
                        .orElse(List.of()),
                base.map(then -> PolicyDiff.between(
                                        then.document(), page.draft().document())
                                .changes())
                        .orElse(List.of()));
    }

    private static TemplateInstance page(SectionView page) {
        return switch (page.section()) {
            case PARAMETERS -> new parameters(page);
            case PATHS -> new paths(page);
            case PAGES -> new pages(page);
            case ELEMENTS -> new elements(page);
            case TEXT -> new text(page);
            case PROPERTIES -> new properties(page);
            case EVENTS -> new events(page);
            case SCHEMAS -> new schemas(page);
            case CONSENT -> new consent(page);
            case CAPTURE -> new capture(page);
            case IDENTITY -> new identity(page);
            case RETENTION -> new retention(page);
            case ORIGINS -> new origins(page);
        };
    }

    private SectionView view(Environment at, Section section, Form form, int editing, String done, boolean overview) {
        var draft = drafts.of(at.key());
        var now = published.get().inForce(at.key()).orElseThrow(() -> Problem.notFound("No policy is in force here."));
        return new SectionView(
                at.key().value(),
                at.name(),
                section,
                draft,
                Rules.of(draft.document()),
                PolicyDiff.between(now.document(), draft.document()),
                now.number(),
                overview,
                current.is(Role.ADMIN) || current.is(Role.ARCHITECT),
                DONE.getOrDefault(done, ""),
                editing,
                form,
                List.of(),
                Optional.empty());
    }

    /** What is said after a redirect; the address holds only the word. */
    private static final Map<String, String> DONE = Map.of(
            SectionForms.SETTINGS,
            "Saved to the draft. It takes effect when it is published.",
            SectionForms.ADD,
            "Added to the draft. It takes effect when it is published.",
            SectionForms.CHANGE,
            "Changed in the draft. It takes effect when it is published.",
            SectionForms.REMOVE,
            "Removed from the draft. It takes effect when it is published.",
            SectionForms.DEFAULTS,
            "The default list is back in the draft.",
            "undo",
            "The last change was taken back. Taking it back again brings it again.",
            "discard",
            "All changes of the draft were discarded.",
            "rebase",
            "The draft stands as it is, on top of the revision in force.",
            "preset",
            "The draft now is the preset. It takes effect when it is published.");

    private static Response seeOther(Environment at, String slug, String done) {
        var path = "/console/" + at.key() + "/privacy" + (slug.isEmpty() ? "" : "/" + slug) + "?done=" + done;
        return Response.seeOther(URI.create(path)).build();
    }

    private static PolicyDocument presetNamed(String name) {
        return switch (name) {
            case "balanced" -> PolicyDocument.balanced();
            case "strict" -> PolicyDocument.strict();
            default -> throw Problem.notFound("There is no such preset.");
        };
    }

    private static Section section(String slug) {
        return Section.ofSlug(slug).orElseThrow(() -> Problem.notFound("There is no such page."));
    }

    private Environment environment(String key) {
        return environments.named(key).orElseThrow(() -> Problem.notFound("There is no such environment."));
    }
}
