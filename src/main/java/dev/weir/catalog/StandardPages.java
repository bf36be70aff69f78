package dev.weir.catalog;

import dev.weir.access.Role;
import dev.weir.catalog.standards.Asked;
import dev.weir.catalog.standards.Conventions;
import dev.weir.catalog.standards.Level;
import dev.weir.catalog.standards.NameForm;
import dev.weir.catalog.standards.Rule;
import dev.weir.kernel.CanonicalJson;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * What the organisation asks of its definitions: shown, tried on those that there are, saved. Reads the form, calls {@link Standards},
 * picks a template; decides nothing.
 */
@Path("/console/definitions/standards")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class StandardPages {

    private static final String NOT_SEEN =
            "Not saved yet: look below at what it would mean, then save it, or change it again.";

    /** Definitions that are named one by one. */
    private static final int MOST = 50;

    /**
     * The standards as they are shown.
     *
     * @param errors by the id of a rule
     * @param seen stands for what {@code effect} was looked at for; empty where it is what is in force
     */
    record Shown(
            Asked asked,
            Map<String, String> errors,
            long version,
            String reason,
            String objection,
            String seen,
            Standards.@Nullable Effect effect) {

        public @Nullable String error(Rule rule) {
            return errors.get(rule.id());
        }

        public List<Standards.Breach> first() {
            return effect == null
                    ? List.of()
                    : effect.breaches().stream().limit(MOST).toList();
        }

        public List<Status> statuses() {
            return List.of(Status.VERIFIED, Status.IN_REVIEW, Status.DRAFT, Status.DEPRECATED);
        }
    }

    @CheckedTemplate(basePath = "catalog")
    record standards(
            Shown page, List<Rule> rules, List<Level> levels, List<NameForm> forms, boolean curates, String done)
            implements TemplateInstance {}

    private final Standards door;
    private final Definitions definitions;

    StandardPages(Standards door, Definitions definitions) {
        this.door = door;
        this.definitions = definitions;
    }

    @GET
    public TemplateInstance standards(@RestQuery @DefaultValue("") String done) {
        var inForce = door.inForce();
        var page = new Shown(
                Asked.of(inForce.conventions()),
                Map.of(),
                inForce.version(),
                "",
                "",
                "",
                door.look(inForce.conventions()));
        return shown(page, done.equals("saved") ? "The standards are saved." : "");
    }

    /** Saves what was looked at; else shows first what it would mean. */
    @POST
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Response change(@RestForm @DefaultValue("") String reason, @RestForm @DefaultValue("") String seen) {
        var posted = Posted.form();
        var asked = asked(posted);
        var read = asked.read();
        if (read.conventions().isEmpty()) {
            return answer(422, new Shown(asked, read.errors(), posted.version(), reason, "", "", null));
        }
        var made = read.conventions().get();
        var digest = digest(made);
        if (!seen.equals(digest) || posted.text("save").isEmpty()) {
            return answer(200, new Shown(asked, Map.of(), posted.version(), reason, "", digest, door.look(made)));
        }
        var outcome = door.change(made, posted.version(), reason.strip());
        return outcome == StandardOutcome.DONE
                ? Response.seeOther(URI.create("/console/definitions/standards?done=saved"))
                        .build()
                : answer(
                        outcome == StandardOutcome.OUTDATED ? 409 : outcome.status(),
                        new Shown(asked, Map.of(), posted.version(), reason, outcome.words(), digest, door.look(made)));
    }

    private Response answer(int status, Shown page) {
        return Response.status(status).entity(shown(page, "")).build();
    }

    private TemplateInstance shown(Shown page, String done) {
        return new standards(
                page,
                Arrays.asList(Rule.values()),
                Arrays.asList(Level.values()),
                NameForm.KNOWN,
                definitions.curates(),
                done.isEmpty() && !page.seen().isEmpty() && page.objection().isEmpty() ? NOT_SEEN : done);
    }

    private static Asked asked(Posted posted) {
        var rules = new EnumMap<Rule, Asked.Ask>(Rule.class);
        for (var rule : Rule.values()) {
            var asks = switch (rule.kind()) {
                case GIVEN -> "";
                case FORM -> form(posted, rule);
                case LIST, NUMBER -> posted.text("asks-" + rule.id());
            };
            rules.put(rule, new Asked.Ask(posted.text("level-" + rule.id()), asks));
        }
        return new Asked(rules);
    }

    private static String form(Posted posted, Rule rule) {
        var form = posted.text("form-" + rule.id());
        return form.equals("pattern") ? form + ":" + posted.text("pattern-" + rule.id()) : form;
    }

    private static String digest(Conventions conventions) {
        return CanonicalJson.sha256(Stream.of(Rule.values())
                .map(rule -> rule.id() + " " + conventions.level(rule) + " " + conventions.asks(rule))
                .collect(Collectors.joining("\0")));
    }
}
