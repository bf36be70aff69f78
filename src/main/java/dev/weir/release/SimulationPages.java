package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environments;
import dev.weir.policy.Reason;
import dev.weir.privacy.EventFile;
import dev.weir.privacy.PolicyDiff;
import dev.weir.privacy.ReasonWords;
import dev.weir.simulation.Effect.Sample;
import dev.weir.simulation.SideBySide;
import dev.weir.simulation.Simulation;
import dev.weir.simulation.Simulations;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** Trying a change on events, as pages. Reads the request, asks {@link Simulations}, picks a template; decides nothing. */
@Path("/console/{environment}/simulations")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class SimulationPages {

    /** Characters of what is pasted. */
    static final int PASTED = 200_000;

    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;

    @CheckedTemplate(basePath = "release")
    record simulations(
            PlaceView place,
            List<Simulation> trials,
            Trials.View draft,
            String text,
            String objection,
            boolean textWrong)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "release")
    record simulation(
            PlaceView place,
            Simulation trial,
            List<Shown> samples,
            Optional<Losses.Loss> loss,
            Words words,
            boolean current,
            boolean mayCancel)
            implements TemplateInstance {}

    /** Reasons by their stored names, for people. */
    record Words() {
        public String reason(String name) {
            return ReasonWords.title(Reason.valueOf(name));
        }
    }

    /** A sample with what is left of it. */
    record Shown(Sample sample, List<SideBySide.Line> lines) {}

    private final Simulations simulations;
    private final Trials trials;
    private final Terms terms;
    private final Environments environments;
    private final CurrentActor current;

    SimulationPages(
            Simulations simulations, Trials trials, Terms terms, Environments environments, CurrentActor current) {
        this.simulations = simulations;
        this.trials = trials;
        this.terms = terms;
        this.environments = environments;
        this.current = current;
    }

    @GET
    public TemplateInstance list(@RestPath String environment) {
        return listed(place(environment), "", "", false);
    }

    /** Tries the draft, or the request that is named, on recorded events or on what was pasted. */
    @POST
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response start(
            @RestPath String environment,
            @RestForm @DefaultValue("0") long request,
            @RestForm @DefaultValue("recorded") String source,
            @RestForm @DefaultValue("10000") int events,
            @RestForm @DefaultValue("") String text) {
        var place = place(environment);
        var question = trials.question(place.key(), request);
        if (source.equals("recorded")) {
            return simulations
                    .onRecorded(question, events)
                    .map(SimulationPages::seeOther)
                    .orElseGet(() -> refused(place, TOO_MANY, "", Trials.FULL, false));
        }
        if (text.length() > PASTED) {
            return refused(place, UNPROCESSABLE, "", "At most 200,000 characters can be pasted.", true);
        }
        var content = EventFile.read(text.getBytes(StandardCharsets.UTF_8));
        if (!content.readable()) {
            return refused(place, UNPROCESSABLE, text, content.objection(), true);
        }
        return simulations
                .onFile(question, content.events())
                .map(SimulationPages::seeOther)
                .orElseGet(() -> refused(place, TOO_MANY, text, Trials.FULL, false));
    }

    @GET
    @Path("{id}")
    public TemplateInstance one(@RestPath String environment, @RestPath String id) {
        var place = place(environment);
        var found = found(place, id);
        var base = trials.base(found);
        var samples = found.effect().stream()
                .flatMap(effect -> effect.samples().stream())
                .map(sample -> new Shown(sample, simulations.lines(found, sample, base)))
                .toList();
        var loss = terms.loss(place.key(), PolicyDiff.between(base, found.document()));
        return new simulation(place, found, samples, loss, new Words(), current(found), simulations.mayCancel(found));
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Response cancel(@RestPath String environment, @RestPath String id) {
        var place = place(environment);
        return switch (simulations.cancel(place.key(), id)) {
            case DONE, OVER, UNKNOWN -> seeOther(found(place, id));
            case NOT_YOURS -> throw Problem.forbidden(Trials.NOT_YOURS);
        };
    }

    /** Whether what was tried is what would be published now. */
    private boolean current(Simulation simulation) {
        var question =
                trials.question(simulation.environment(), simulation.request().orElse(0L));
        return simulation.about(question.document().hash(), question.base());
    }

    private Response refused(PlaceView place, int status, String text, String objection, boolean textWrong) {
        return Response.status(status)
                .entity(listed(place, text, objection, textWrong))
                .build();
    }

    private TemplateInstance listed(PlaceView place, String text, String objection, boolean textWrong) {
        return new simulations(
                place, simulations.list(place.key()), trials.ofDraft(place.key()), text, objection, textWrong);
    }

    private static Response seeOther(Simulation simulation) {
        return Response.seeOther(URI.create("/console/" + simulation.environment() + "/simulations/" + simulation.id()))
                .build();
    }

    private Simulation found(PlaceView place, String id) {
        return simulations.find(place.key(), id).orElseThrow(() -> Problem.notFound("There is no such simulation."));
    }

    private PlaceView place(String key) {
        return PlaceView.of(key, environments, current);
    }
}
