package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.People;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.Drafts;
import dev.weir.release.ChangeRequest.Person;
import dev.weir.release.ChangeRequest.State;
import dev.weir.release.Reviewer.Answer;
import dev.weir.release.ReviewerRows.Named;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asking persons by name to look at a request. It invites and does not bind: any Admin who didn't ask may agree, so that a holiday stops
 * nothing.
 */
@ApplicationScoped
@Transactional
public class Reviewers {

    /** Persons named on one request. */
    public static final int MOST = 10;

    private static final String LOCAL = "local:";

    private final RequestRows requests;
    private final ReviewerRows rows;
    private final ReleaseRows releases;
    private final Drafts drafts;
    private final Agreement agreement;
    private final People people;
    private final CurrentActor current;
    private final ChangeLog log;
    private final Clock clock;

    Reviewers(
            RequestRows requests,
            ReviewerRows rows,
            ReleaseRows releases,
            Drafts drafts,
            Agreement agreement,
            People people,
            CurrentActor current,
            ChangeLog log,
            Clock clock) {
        this.requests = requests;
        this.rows = rows;
        this.releases = releases;
        this.drafts = drafts;
        this.agreement = agreement;
        this.people = people;
        this.current = current;
        this.log = log;
        this.clock = clock;
    }

    /** Who could agree to it. Nobody where an identity provider keeps the accounts: Weir doesn't know them. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Person> candidates(ChangeRequest request) {
        var unfit = agreement.unfit(request, now());
        return people.list().stream()
                .filter(person -> person.role().equals(Role.ADMIN) && !person.disabled())
                .map(person -> new Person(LOCAL + person.id(), person.name()))
                .filter(person -> unfit.apply(person.subject()).isEmpty())
                .toList();
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Reviewer> of(ChangeRequest request) {
        return rows.of(request).stream()
                .map(named -> new Reviewer(named.person(), answer(request, named)))
                .toList();
    }

    private static Answer answer(ChangeRequest request, Named named) {
        boolean decided = request.decidedBy()
                .map(Person::subject)
                .filter(named.person().subject()::equals)
                .isPresent();
        if (decided) {
            return request.state() == State.REJECTED ? Answer.REJECTED : Answer.AGREED;
        }
        return named.declinedAt().isPresent() ? Answer.DECLINED : Answer.WAITING;
    }

    /** Asks these persons, besides those who are asked already. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Requested ask(EnvironmentKey environment, long number, Set<String> subjects) {
        var found = requests.lock(environment, number);
        if (found.isEmpty()) {
            return new Requested.Refused(Why.NO_REQUEST);
        }
        var request = found.get();
        if (request.state() != State.OPEN) {
            return new Requested.Refused(Why.REQUEST_CLOSED);
        }
        var named = candidates(request).stream()
                .filter(person -> subjects.contains(person.subject()))
                .toList();
        if (named.isEmpty()
                || named.size() != subjects.size()
                || named.size() + rows.of(request).size() > MOST) {
            return new Requested.Refused(Why.REVIEWER_WRONG);
        }
        var now = now();
        named.forEach(person -> rows.add(request, person, now));
        log.write(Entry.of(current.actor(), "reviewers-asked", request.thing())
                .change(
                        "reviewers",
                        null,
                        named.stream().map(Person::subject).sorted().toList()));
        return new Requested.Done(request);
    }

    /** Whoever was asked says that somebody else should look at it. The request stays open. */
    @RolesAllowed(Role.ADMIN)
    public Requested decline(EnvironmentKey environment, long number) {
        var found = requests.lock(environment, number);
        if (found.isEmpty()) {
            return new Requested.Refused(Why.NO_REQUEST);
        }
        var request = found.get();
        if (request.state() != State.OPEN) {
            return new Requested.Refused(Why.REQUEST_CLOSED);
        }
        var me = current.actor().subject();
        Optional<Named> mine = rows.of(request).stream()
                .filter(named -> named.person().subject().equals(me))
                .filter(named -> named.declinedAt().isEmpty())
                .findFirst();
        if (mine.isEmpty()) {
            return new Requested.Refused(Why.NOT_ASKED);
        }
        rows.decline(request, mine.get().person(), now());
        log.write(Entry.of(current.actor(), "review-declined", request.thing()));
        return new Requested.Done(request);
    }

    /**
     * Open requests of an environment that wait for whoever asks: an Admin who didn't ask, and who is named or nobody is. What is outdated
     * waits for nobody.
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<ChangeRequest> mine(EnvironmentKey environment) {
        if (!current.is(Role.ADMIN)) {
            return List.of();
        }
        var me = current.actor().subject();
        return releases
                .latest(environment)
                .map(now -> requests.waitingFor(
                        environment, me, now.number(), drafts.of(environment).version(), ChangeRequests.PAGE))
                .orElse(List.of())
                .stream()
                .filter(request -> agreement.unfit(request, me, now()).isEmpty())
                .toList();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
