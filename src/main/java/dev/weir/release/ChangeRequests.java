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
import dev.weir.release.Publishing.Plan;
import dev.weir.store.PolicyText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

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

    /** Requests on one page of the list. */
    static final int PAGE = 50;

    private final RequestRows rows;
    private final ReleaseRows releases;
    private final Publishing publishing;
    private final Terms terms;
    private final PromotionRows promotions;
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
            PromotionRows promotions,
            Drafts drafts,
            Agreement agreement,
            CurrentActor current,
            ChangeLog log,
            Clock clock) {
        this.rows = rows;
        this.releases = releases;
        this.publishing = publishing;
        this.terms = terms;
        this.promotions = promotions;
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

    /** What a request asks for. */
    public PolicyDocument document(ChangeRequest request) {
        return PolicyText.document(request.canonical());
    }

    /** Whether it asks for something else than could be published now: the draft was edited, or another revision is in force. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public boolean outdated(ChangeRequest request) {
        return agreement.outdated(
                request, Optional.of(drafts.of(request.environment())), inForce(request.environment()));
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
        var objection = objection(before, draft.document(), reason, days);
        if (objection.isPresent()) {
            return new Requested.Refused(objection.get());
        }
        rows.pendingDrafts(environment).forEach(earlier -> {
            rows.supersede(earlier);
            log.write(
                    entry("superseded", earlier).change("state", earlier.state().id(), State.SUPERSEDED.id()));
        });
        return opened(before, draft.document(), Optional.of(version), Optional.empty(), reason, days);
    }

    /** Asks for an earlier revision to come back. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Requested openRestore(EnvironmentKey environment, long number, long seen, String reason, int days) {
        drafts.hold(environment);
        var before = inForce(environment);
        var earlier = releases.find(environment, number);
        if (before.number() != seen || earlier.isEmpty()) {
            return new Requested.Refused(Why.OTHER_REVISION_IN_FORCE);
        }
        var document = Publishing.document(earlier.get());
        return objection(before, document, reason, days)
                .<Requested>map(Requested.Refused::new)
                .orElseGet(() -> opened(before, document, Optional.empty(), Optional.of(number), reason, days));
    }

    /**
     * Asks for a document that came as a file: nobody's draft is touched. The same proposal, while it is pending, is not made twice.
     *
     * @param seen the revision in force that it was compared with
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Requested propose(EnvironmentKey environment, PolicyDocument document, long seen, String reason, int days) {
        drafts.hold(environment);
        var before = inForce(environment);
        if (before.number() != seen) {
            return new Requested.Refused(Why.OTHER_REVISION_IN_FORCE);
        }
        var objection = objection(before, document, reason, days);
        if (objection.isPresent()) {
            return new Requested.Refused(objection.get());
        }
        return rows.pendingProposal(environment, seen, document.hash())
                .filter(earlier -> earlier.expiresDays() == days)
                .<Requested>map(Requested.Done::new)
                .orElseGet(() -> opened(before, document, Optional.empty(), Optional.empty(), reason, days));
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
        rows.comment(request, new Comment(me(), said, now()));
        log.write(entry("commented", request).personal("comment", me().subject(), null, said));
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
        if (request.author().subject().equals(me().subject())) {
            return new Requested.Refused(Why.OWN_REQUEST);
        }
        if (!request.hash().equals(seenHash)) {
            return new Requested.Refused(Why.OTHER_CONTENT);
        }
        if (agreement.outdated(request, draft, inForce(environment))) {
            return new Requested.Refused(Why.REQUEST_VOID);
        }
        return decided(request, State.APPROVED, "approved", "");
    }

    /** Says no; the draft stays as it is. Who asked may take the request back in the same way. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Requested reject(EnvironmentKey environment, long number, String reason) {
        drafts.hold(environment);
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
        var diff = PolicyDiff.between(Publishing.document(before), document);
        var promoted = promotesToCritical(request);
        if (promoted && !current.is(Role.ADMIN)) {
            return new Publication.Refused(Why.NEEDS_ADMIN);
        }
        var refused = !promoted && aloneEnough(request, before)
                ? terms.alone(environment, diff, request.reason(), typedKey)
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
                current.actor());
        rows.published(request, before.number() + 1);
        return new Publication.Done(publishing.next(before, draft, plan));
    }

    /** What rests on no draft can't be published as one instead: the same terms hold for it while it is open. */
    private static boolean aloneEnough(ChangeRequest request, Release before) {
        return request.draftVersion().isEmpty() && request.state() == State.OPEN && request.base() == before.number();
    }

    /** Then a second person agrees whatever it does: many rules come at once, which nobody has chosen for the data that is there. */
    private boolean promotesToCritical(ChangeRequest request) {
        return promotions.of(request).isPresent() && terms.critical(request.environment());
    }

    private static Optional<Why> objection(Release before, PolicyDocument document, String reason, int days) {
        if (before.hash().equals(document.hash())) {
            return Optional.of(Why.NOTHING_TO_PUBLISH);
        }
        if (!Terms.reasonable(reason)) {
            return Optional.of(Why.REASON_MISSING);
        }
        return days < 0 || days > MAX_DAYS ? Optional.of(Why.EXPIRY_WRONG) : Optional.empty();
    }

    private Requested opened(
            Release before,
            PolicyDocument document,
            Optional<Long> draftVersion,
            Optional<Long> restores,
            String reason,
            int days) {
        var environment = before.environment();
        var request = new ChangeRequest(
                environment,
                rows.next(environment),
                document.canonical(),
                document.hash(),
                before.number(),
                draftVersion,
                restores,
                reason.strip(),
                days,
                me(),
                now(),
                State.OPEN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        rows.add(request);
        var entry = entry("requested", request)
                .change("hash", before.hash(), request.hash())
                .change("base revision", null, before.number())
                .change("restores", null, restores.orElse(null))
                .change("expires after days", null, days == 0 ? null : (Long) (long) days)
                .because(request.reason());
        log.write(PolicyDiff.between(Publishing.document(before), document).told(entry));
        return new Requested.Done(request);
    }

    private Requested decided(ChangeRequest request, State state, String action, String reason) {
        var approved = state == State.APPROVED ? request.hash() : null;
        rows.decide(request, state, approved, current.actor(), now());
        log.write(entry(action, request)
                .change("state", request.state().id(), state.id())
                .change("approved hash", request.approvedHash().orElse(null), approved)
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
