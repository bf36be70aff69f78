package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.PolicyDiff;
import dev.weir.release.ChangeRequest.Comment;
import dev.weir.release.ChangeRequest.Person;
import dev.weir.release.ChangeRequest.State;
import dev.weir.release.Collateral.Toll;
import dev.weir.release.Publishing.Plan;
import dev.weir.release.Snapshots.Wish;
import dev.weir.store.PolicyText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asking for a change, talking about it, agreeing to it, publishing what was agreed to. An approval is given for one content and is void
 * as soon as the draft is edited. Whatever decides here holds the environment's draft first: so edits, decisions and publications of one
 * environment take turns.
 */
@ApplicationScoped
@Transactional
public class ChangeRequests {

    public static final int MAX_COMMENT = 4000;
    public static final int MAX_DAYS = 365;

    /** Comments on one request. */
    public static final int MOST_COMMENTS = 500;

    /** Requests of one person that are pending on top of one revision of an environment. */
    public static final int MOST_PENDING = 100;

    /** Requests on one page of the list. */
    static final int PAGE = 50;

    private final RequestRows rows;
    private final ReleaseRows releases;
    private final Publishing publishing;
    private final Terms terms;
    private final Snapshots snapshots;
    private final RequestTags tags;
    private final Drafts drafts;
    private final Agreement agreement;
    private final CurrentActor current;
    private final ChangeLog log;
    private final Clock clock;

    ChangeRequests(
            RequestRows rows,
            ReleaseRows releases,
            Publishing publishing,
            Terms terms,
            Snapshots snapshots,
            RequestTags tags,
            Drafts drafts,
            Agreement agreement,
            CurrentActor current,
            ChangeLog log,
            Clock clock) {
        this.rows = rows;
        this.releases = releases;
        this.publishing = publishing;
        this.terms = terms;
        this.snapshots = snapshots;
        this.tags = tags;
        this.drafts = drafts;
        this.agreement = agreement;
        this.current = current;
        this.log = log;
        this.clock = clock;
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<ChangeRequest> find(EnvironmentKey environment, long number) {
        return rows.find(environment, number);
    }

    /** The newest first, those before {@code before}; at most {@value #PAGE}. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<ChangeRequest> list(EnvironmentKey environment, long before) {
        return rows.before(environment, before, PAGE);
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Comment> comments(ChangeRequest request) {
        return rows.comments(request.environment(), request.number());
    }

    /** What a request changes: of one that something stays, what would else be taken back. Empty where its base is not known. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<PolicyDiff> changes(ChangeRequest request) {
        return releases.find(request.environment(), request.base()).map(base -> difference(request, base));
    }

    /** What it would cost those who rely on definitions, as long as it may be published. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    Toll toll(ChangeRequest request) {
        return releases.find(request.environment(), request.base())
                .filter(base -> request.state().pending())
                .map(base -> terms.collateral(request.environment(), Publishing.document(base), document(request)))
                .orElse(Toll.NONE);
    }

    private PolicyDiff difference(ChangeRequest request, Release base) {
        var without = base.term()
                .filter(term -> request.stays())
                .flatMap(term -> releases.find(base.environment(), term.revertsTo()))
                .orElse(base);
        return PolicyDiff.between(Publishing.document(without), document(request));
    }

    /** Whether whoever asks now could be the second person for it. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Why> unfit(ChangeRequest request) {
        return agreement.unfit(request, me().subject(), now());
    }

    /** What a request asks for. */
    public PolicyDocument document(ChangeRequest request) {
        return PolicyText.document(request.canonical());
    }

    /** Whether it asks for something else than could be published now: the draft was edited, or another revision is in force. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public boolean outdated(ChangeRequest request) {
        return !outdated(request.environment(), List.of(request)).isEmpty();
    }

    /** The numbers of those that are pending and {@link #outdated}. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Set<Long> outdated(EnvironmentKey environment, List<ChangeRequest> requests) {
        var draft = Optional.of(drafts.of(environment));
        var now = inForce(environment);
        return requests.stream()
                .filter(request -> request.state().pending() && agreement.outdated(request, draft, now))
                .map(ChangeRequest::number)
                .collect(Collectors.toSet());
    }

    /** Of what there is to see of a request: who rejects it says what was looked at. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public String tag(ChangeRequest request) {
        return tags.of(request, outdated(request));
    }

    /**
     * Asks for the draft as it is. An earlier request for it that is still pending makes way.
     *
     * @param version of the draft that was looked at
     * @param days after how many the change reverts by itself; 0 for never
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Requested open(EnvironmentKey environment, long version, String reason, int days) {
        var claimed = drafts.claim(environment, version);
        if (claimed.isEmpty()) {
            return new Requested.Refused(Why.DRAFT_CHANGED);
        }
        var draft = claimed.get();
        var before = inForce(environment);
        if (draft.base() != before.number()) {
            return new Requested.Refused(Why.DRAFT_OUTDATED);
        }
        var wish = Wish.draft(draft.document(), version, reason, days);
        var objection = Snapshots.objection(before, wish);
        if (objection.isPresent()) {
            return new Requested.Refused(objection.get());
        }
        rows.pendingDrafts(environment).forEach(earlier -> {
            rows.supersede(earlier);
            log.write(
                    entry("superseded", earlier).change("state", earlier.state().id(), State.SUPERSEDED.id()));
        });
        return snapshots.taken(before, wish);
    }

    /** Asks that what is in force for a while stays: the same document as a revision without a term. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Requested openStay(EnvironmentKey environment, long seen, String reason) {
        drafts.hold(environment);
        var before = inForce(environment);
        if (before.number() != seen) {
            return new Requested.Refused(Why.OTHER_REVISION_IN_FORCE);
        }
        if (before.term().isEmpty()) {
            return new Requested.Refused(Why.NO_TERM);
        }
        return Terms.reasonable(reason)
                ? snapshots.once(before, Wish.stay(Publishing.document(before), reason))
                : new Requested.Refused(Why.REASON_MISSING);
    }

    /** Asks for an earlier revision to come back. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Requested openRestore(EnvironmentKey environment, long number, long seen, String reason, int days) {
        drafts.hold(environment);
        var before = inForce(environment);
        var earlier = releases.find(environment, number);
        if (earlier.isEmpty()) {
            return new Requested.Refused(Why.NO_REVISION);
        }
        if (before.number() != seen) {
            return new Requested.Refused(Why.OTHER_REVISION_IN_FORCE);
        }
        var wish = Wish.restore(Publishing.document(earlier.get()), number, reason, days);
        return Snapshots.objection(before, wish)
                .<Requested>map(Requested.Refused::new)
                .orElseGet(() -> snapshots.taken(before, wish));
    }

    /**
     * Asks for a document that came as a file: nobody's draft is touched. The same proposal of the same person, while it is pending, is
     * not made twice. What another environment has said is a promotion, by whatever way it comes.
     *
     * @param seen the revision in force that it was compared with
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Requested propose(EnvironmentKey environment, PolicyDocument document, long seen, String reason, int days) {
        return proposed(
                environment, seen, Wish.file(document, snapshots.elsewhere(environment, document), reason, days));
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    Requested propose(EnvironmentKey environment, long seen, Wish wish) {
        return proposed(environment, seen, wish);
    }

    private Requested proposed(EnvironmentKey environment, long seen, Wish wish) {
        drafts.hold(environment);
        var before = inForce(environment);
        if (before.number() != seen) {
            return new Requested.Refused(Why.OTHER_REVISION_IN_FORCE);
        }
        return Snapshots.objection(before, wish)
                .<Requested>map(Requested.Refused::new)
                .orElseGet(() -> snapshots.once(before, wish));
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Requested comment(EnvironmentKey environment, long number, String text) {
        var said = text.strip();
        if (said.isEmpty() || said.codePointCount(0, said.length()) > MAX_COMMENT) {
            return new Requested.Refused(Why.COMMENT_WRONG);
        }
        var found = rows.lock(environment, number);
        if (found.isEmpty()) {
            return new Requested.Refused(Why.NO_REQUEST);
        }
        var request = found.get();
        if (rows.commentsOn(request) >= MOST_COMMENTS) {
            return new Requested.Refused(Why.COMMENTS_TOO_MANY);
        }
        snapshots.comment(request, said);
        return new Requested.Done(request);
    }

    /** Agrees to the content with this hash. Never one's own request, and never one that is outdated. */
    @RolesAllowed(Role.ADMIN)
    public Requested approve(EnvironmentKey environment, long number, String seenHash) {
        var draft = drafts.hold(environment);
        var found = rows.lock(environment, number);
        if (found.isEmpty()) {
            return new Requested.Refused(Why.NO_REQUEST);
        }
        var request = found.get();
        if (request.state() != State.OPEN) {
            return new Requested.Refused(Why.REQUEST_CLOSED);
        }
        var unfit = agreement.unfit(request, me().subject(), now());
        if (unfit.isPresent()) {
            return new Requested.Refused(unfit.get());
        }
        if (!request.hash().equals(seenHash)) {
            return new Requested.Refused(Why.OTHER_CONTENT);
        }
        if (agreement.outdated(request, draft, inForce(environment))) {
            return new Requested.Refused(Why.REQUEST_VOID);
        }
        return decided(request, State.APPROVED, "approved", "");
    }

    /**
     * Says no; the draft stays as it is. Who asked may take the request back in the same way.
     *
     * @param seen the {@link #tag} of what was looked at: nobody rejects unseen what somebody else has just approved
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Requested reject(EnvironmentKey environment, long number, String seen, String reason) {
        var draft = drafts.hold(environment);
        var found = rows.lock(environment, number);
        if (found.isEmpty()) {
            return new Requested.Refused(Why.NO_REQUEST);
        }
        var request = found.get();
        if (!request.state().pending()) {
            return new Requested.Refused(Why.REQUEST_CLOSED);
        }
        if (!current.is(Role.ADMIN) && !request.author().subject().equals(me().subject())) {
            return new Requested.Refused(Why.NEEDS_ADMIN);
        }
        if (!tags.of(request, agreement.outdated(request, draft, inForce(environment)))
                .equals(seen)) {
            return new Requested.Refused(Why.REQUEST_CHANGED);
        }
        if (!Terms.reasonable(reason)) {
            return new Requested.Refused(Why.REASON_MISSING);
        }
        return decided(request, State.REJECTED, "rejected", reason.strip());
    }

    /** Makes policy of what was agreed to. Everything is asked again, now. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Publication publish(EnvironmentKey environment, long number, String typedKey) {
        var draft = drafts.hold(environment);
        var found = rows.lock(environment, number);
        if (found.isEmpty()) {
            return new Publication.Refused(Why.NO_REQUEST);
        }
        var request = found.get();
        var before = inForce(environment);
        var document = document(request);
        var diff = difference(request, before);
        var toll = terms.collateral(environment, Publishing.document(before), document);
        boolean takesTwo = promotesToCritical(request) || terms.deletes(environment, diff) || toll.takesTwo();
        if (takesTwo && !current.is(Role.ADMIN)) {
            return new Publication.Refused(Why.NEEDS_ADMIN);
        }
        var refused = !takesTwo && aloneEnough(request, before)
                ? terms.alone(before, document, diff, request.reason(), typedKey)
                        .map(why -> why == Why.NEEDS_APPROVAL ? Why.NOT_APPROVED : why)
                : agreement.missing(request, draft, before).or(() -> terms.agreed(environment, diff, typedKey));
        if (refused.isPresent()) {
            return new Publication.Refused(refused.get(), diff);
        }
        if (request.expiresDays() > 0 && !publishing.ends(before, document)) {
            return new Publication.Refused(Why.LOOSENS_FOR_GOOD, diff);
        }
        var plan = new Plan(
                request.restores().isPresent() ? "rolled-back" : "published",
                document,
                request.reason(),
                request.restores(),
                found,
                request.expiresDays(),
                request.stays(),
                current.actor());
        rows.published(request, before.number() + 1);
        var release = publishing.next(before, draft, plan);
        log.write(entry("published", request)
                .change("state", request.state().id(), State.PUBLISHED.id())
                .change("revision", null, release.number())
                .change("definitions that lose matches", null, named(toll)));
        return new Publication.Done(release);
    }

    private static @Nullable List<String> named(Toll toll) {
        return toll.lost().isEmpty()
                ? null
                : toll.lost().stream().map(Collateral.Lost::name).toList();
    }

    /** What rests on no draft can't be published as one instead: the same terms hold for it while it is open. */
    private static boolean aloneEnough(ChangeRequest request, Release before) {
        return request.draftVersion().isEmpty() && request.state() == State.OPEN && request.base() == before.number();
    }

    /** Then a second person agrees whatever it does: many rules come at once, which nobody has chosen for the data that is there. */
    private boolean promotesToCritical(ChangeRequest request) {
        return request.origin().isPresent() && terms.critical(request.environment());
    }

    private Requested decided(ChangeRequest request, State state, String action, String reason) {
        var approved = state == State.APPROVED ? request.hash() : null;
        rows.decide(request, state, approved, reason.isEmpty() ? null : reason, current.actor(), now());
        log.write(entry(action, request)
                .change("state", request.state().id(), state.id())
                .change("approved hash", request.approvedHash().orElse(null), approved)
                .change("approved by", request.decidedBy().map(Person::subject).orElse(null), null)
                .because(reason));
        return new Requested.Done(
                rows.find(request.environment(), request.number()).orElseThrow());
    }

    private Entry entry(String action, ChangeRequest request) {
        return Entry.of(current.actor(), action, request.thing());
    }

    private Release inForce(EnvironmentKey environment) {
        return releases.latest(environment).orElseThrow(() -> new IllegalStateException("no revision in force"));
    }

    private Person me() {
        var actor = current.actor();
        return new Person(actor.subject(), actor.name());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
