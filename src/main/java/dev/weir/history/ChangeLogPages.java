package dev.weir.history;

import dev.weir.access.CurrentActor;
import dev.weir.access.Names;
import dev.weir.access.People;
import dev.weir.access.Person;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Verified;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.Difference;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The change log as pages. Reads the request, asks {@link History}, picks a template; decides nothing. */
@Path("/console/changelog")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
class ChangeLogPages {

    private static final int PAGE = 50;
    private static final int MOST_PEOPLE = 200;
    private static final int MOST_CHECKPOINTS = 100;

    /** Something to choose in a filter. */
    record Choice(String id, String title) {}

    /** Of which environments somebody reads the rows: of all, and what belongs to none, or of these. */
    record Reach(boolean whole, List<String> own) {

        static Reach of(Optional<Set<EnvironmentKey>> within) {
            return new Reach(
                    within.isEmpty(),
                    within.orElse(Set.of()).stream()
                            .map(EnvironmentKey::value)
                            .sorted()
                            .toList());
        }

        public boolean has(EnvironmentKey key) {
            return whole || own.contains(key.value());
        }
    }

    @CheckedTemplate(basePath = "history")
    record log(
            Asked asked,
            List<RowView> rows,
            List<Choice> people,
            List<Choice> kinds,
            Reach reach,
            boolean paged,
            String older)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "history")
    record row(RowView row, boolean admin, String wrong) implements TemplateInstance {}

    @CheckedTemplate(basePath = "history")
    record proof(
            Verified verified, @Nullable Difference difference, List<ChangeLog.Checkpoint> checkpoints, boolean checked)
            implements TemplateInstance {}

    static final String OWN =
            "Nobody erases what the log says of themselves, of what they did, or of what was decided about it: another Admin does, who neither"
                    + " let you in nor was let in by you within 7 days.";

    private final History history;
    private final Downloads downloads;
    private final People people;
    private final Names called;
    private final CurrentActor current;

    ChangeLogPages(History history, Downloads downloads, People people, Names called, CurrentActor current) {
        this.history = history;
        this.downloads = downloads;
        this.people = people;
        this.called = called;
        this.current = current;
    }

    @GET
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public TemplateInstance list(@BeanParam Asked asked, @RestQuery @DefaultValue("9223372036854775807") long before) {
        var rows = history.find(asked.filter(), before, PAGE);
        var names = names();
        boolean more = rows.size() == PAGE && rows.get(PAGE - 1).sequence() > 1;
        return new log(
                asked,
                rows.stream().map(found -> RowView.among(found, names)).toList(),
                history.doers(MOST_PEOPLE).stream()
                        .map(doer -> new Choice(
                                doer.subject(),
                                doer.name()
                                        .map(name -> called.of(doer.subject(), name))
                                        .orElse(doer.subject())))
                        .toList(),
                history.kinds().stream()
                        .map(each -> new Choice(each, RowView.kind(each)))
                        .toList(),
                Reach.of(history.within()),
                before != Long.MAX_VALUE,
                more
                        ? "/console/changelog"
                                + asked.queryBefore(rows.get(PAGE - 1).sequence())
                        : "");
    }

    @GET
    @Path("{sequence}")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public TemplateInstance show(@RestPath String sequence) {
        return shown(sequence, "");
    }

    /** What can be proven, and the files to prove it with elsewhere. */
    @GET
    @Path("proof")
    public TemplateInstance proof() {
        return proof(History.Found.NOTHING, false);
    }

    /** Checks now. Takes as long as the log is. */
    @GET
    @Path("verify")
    public TemplateInstance verify() {
        return proof(history.verify(), true);
    }

    private proof proof(History.Found found, boolean checked) {
        return new proof(
                found.log(),
                found.difference().orElse(null),
                history.checkpoints(Long.MAX_VALUE, MOST_CHECKPOINTS),
                checked);
    }

    @GET
    @Path("export.ndjson")
    @Produces("application/x-ndjson")
    public Response ndjson() {
        return downloads.ndjson();
    }

    @GET
    @Path("export.csv")
    @Produces("text/csv")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Response csv(@BeanParam Asked asked) {
        return downloads.csv(asked.filter());
    }

    /** That rows are still what they were when an older checkpoint was signed. Takes as long as the log is. */
    @GET
    @Path("proofs/consistency")
    @Produces("application/json")
    public Response consistency(@RestQuery @DefaultValue("0") long from, @RestQuery @DefaultValue("0") long to) {
        return downloads.consistency(from, to);
    }

    /** That a row is among those over which a checkpoint was signed. Takes as long as the log is. */
    @GET
    @Path("proofs/inclusion")
    @Produces("application/json")
    public Response inclusion(@RestQuery @DefaultValue("0") long row, @RestQuery @DefaultValue("0") long size) {
        return downloads.inclusion(row, size);
    }

    @GET
    @Path("key")
    @Produces(MediaType.TEXT_PLAIN)
    public Response key() {
        return downloads.key();
    }

    @GET
    @Path("checkpoints/{size}")
    @Produces(MediaType.TEXT_PLAIN)
    public Response checkpoint(@RestPath String size) {
        return downloads.checkpoint(ChangeLogResource.number(size));
    }

    /** Forgets the personal values of one row; or, in all rows, those of the person who acted in it, or whom it is about. */
    @POST
    @Path("{sequence}/erase")
    @RolesAllowed(Role.ADMIN)
    public Response erase(
            @RestPath String sequence,
            @RestForm @DefaultValue("row") String what,
            @RestForm @DefaultValue("") String reason) {
        var found = history.find(ChangeLogResource.number(sequence))
                .orElseThrow(() -> Problem.notFound("There is no such row."));
        var why = reason.strip();
        if (!History.reasonable(why)) {
            return Response.status(422)
                    .entity(shown(sequence, History.REASON_MISSING))
                    .build();
        }
        boolean erased = switch (what) {
            case "actor" -> history.erasePerson(found.actor(), why);
            case "about" ->
                history.erasePerson(
                        RowView.person(found).orElseThrow(() -> Problem.notFound("This row is about nobody.")), why);
            default -> history.eraseRow(found, why);
        };
        if (!erased) {
            return Response.status(Response.Status.FORBIDDEN)
                    .entity(shown(sequence, OWN))
                    .build();
        }
        return Response.seeOther(URI.create("/console/changelog/" + found.sequence()))
                .build();
    }

    private Map<String, String> names() {
        return people.list().stream().collect(Collectors.toMap(Person::id, Person::name));
    }

    private TemplateInstance shown(String sequence, String wrong) {
        return history.find(ChangeLogResource.number(sequence))
                .map(found -> new row(RowView.alone(found, names()), current.is(Role.ADMIN), wrong))
                .orElseThrow(() -> Problem.notFound("There is no such row."));
    }
}
