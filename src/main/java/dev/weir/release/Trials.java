package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.simulation.Simulation;
import dev.weir.simulation.Simulations;
import dev.weir.simulation.Simulations.Question;
import dev.weir.web.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What there is to try: the draft or a request, against what is in force. Asks {@link Simulations}; tries nothing itself. */
@ApplicationScoped
class Trials {

    static final String FULL = "Other simulations are waiting already. Try again when one of them is done.";

    static final String NOT_YOURS = "Only who asked for it, or an Admin, cancels a simulation.";

    private final Simulations simulations;
    private final ChangeRequests requests;
    private final Releases releases;
    private final Drafts drafts;
    private final CurrentActor current;

    Trials(Simulations simulations, ChangeRequests requests, Releases releases, Drafts drafts, CurrentActor current) {
        this.simulations = simulations;
        this.requests = requests;
        this.releases = releases;
        this.drafts = drafts;
        this.current = current;
    }

    /**
     * What a page says of the trials of one content.
     *
     * @param request number of the change request; 0 for the draft
     * @param latest the newest about exactly this content on top of what is in force
     * @param stale one of the draft before it was edited
     */
    record View(long request, Optional<Simulation> latest, Optional<Simulation> stale, boolean mayTry) {}

    View ofDraft(EnvironmentKey environment) {
        var question = draft(environment);
        var latest = simulations.about(environment, question.document().hash(), question.base());
        var stale = latest.isPresent() ? Optional.<Simulation>empty() : simulations.ofDraft(environment);
        return new View(0, latest, stale, mayTry());
    }

    View of(ChangeRequest request) {
        return new View(
                request.number(),
                simulations.about(request.environment(), request.hash(), request.base()),
                Optional.empty(),
                mayTry() && request.state().pending());
    }

    /** The draft where {@code request} is 0. */
    Question question(EnvironmentKey environment, long request) {
        if (request == 0) {
            return draft(environment);
        }
        var found =
                requests.find(environment, request).orElseThrow(() -> Problem.notFound(WhyWords.of(Why.NO_REQUEST)));
        return question(environment, Optional.of(request), requests.document(found));
    }

    PolicyDocument base(Simulation simulation) {
        return releases.find(simulation.environment(), simulation.base())
                .map(releases::document)
                .orElseThrow(() -> Problem.notFound("no such revision"));
    }

    boolean mayTry() {
        return current.is(Role.ADMIN) || current.is(Role.ARCHITECT) || current.is(Role.DEVELOPER);
    }

    private Question draft(EnvironmentKey environment) {
        return question(environment, Optional.empty(), drafts.of(environment).document());
    }

    private Question question(EnvironmentKey environment, Optional<Long> request, PolicyDocument document) {
        var inForce = releases.inForce(environment).orElseThrow(() -> Problem.notFound("No policy is in force here."));
        return new Question(environment, request, document, inForce.number());
    }
}
