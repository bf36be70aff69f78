package dev.weir.release;

import dev.weir.access.CurrentActor;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.PolicyDiff;
import dev.weir.release.ChangeRequest.Comment;
import dev.weir.release.ChangeRequest.Person;
import dev.weir.release.ChangeRequest.State;
import dev.weir.release.Promotion.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Writes a request: the snapshot, where it comes from, the entries of the change log. Whoever calls it has decided that it may be asked
 * for, holds the environment's draft, and has a transaction under way.
 */
@ApplicationScoped
class Snapshots {

    /** What a file is called that a policy came in. */
    private static final String FILE = "policy file";

    private final RequestRows rows;
    private final PromotionRows promotions;
    private final CurrentActor current;
    private final ChangeLog log;
    private final Clock clock;

    Snapshots(RequestRows rows, PromotionRows promotions, CurrentActor current, ChangeLog log, Clock clock) {
        this.rows = rows;
        this.promotions = promotions;
        this.current = current;
        this.log = log;
        this.clock = clock;
    }

    /**
     * What somebody asks for.
     *
     * @param draftVersion the draft that it is; the others that follow are empty then
     * @param restores the earlier revision that it is
     * @param partOf the earlier revision of which it brings one part back
     * @param origin the revision of another environment that it brings here
     * @param file whether it came as a file
     * @param stays whether what is in force for a while is to be so for good
     */
    record Wish(
            PolicyDocument document,
            Optional<Long> draftVersion,
            Optional<Long> restores,
            Optional<Long> partOf,
            Optional<Origin> origin,
            boolean stays,
            String reason,
            int days,
            boolean file) {

        private Wish(
                PolicyDocument document,
                Optional<Long> draftVersion,
                Optional<Long> restores,
                Optional<Long> partOf,
                String reason,
                int days) {
            this(document, draftVersion, restores, partOf, Optional.empty(), false, reason, days, false);
        }

        static Wish draft(PolicyDocument document, long version, String reason, int days) {
            return new Wish(document, Optional.of(version), Optional.empty(), Optional.empty(), reason, days);
        }

        static Wish restore(PolicyDocument document, long number, String reason, int days) {
            return new Wish(document, Optional.empty(), Optional.of(number), Optional.empty(), reason, days);
        }

        static Wish part(PolicyDocument document, long number, String reason, int days) {
            return new Wish(document, Optional.empty(), Optional.empty(), Optional.of(number), reason, days);
        }

        static Wish brought(PolicyDocument document, Optional<Origin> origin, String reason, int days) {
            return new Wish(
                    document, Optional.empty(), Optional.empty(), Optional.empty(), origin, false, reason, days, false);
        }

        static Wish file(PolicyDocument document, Optional<Origin> origin, String reason, int days) {
            return new Wish(
                    document, Optional.empty(), Optional.empty(), Optional.empty(), origin, false, reason, days, true);
        }

        static Wish stay(PolicyDocument inForce, String reason) {
            return new Wish(
                    inForce,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    reason,
                    0,
                    false);
        }
    }

    /** Why this can't be asked for; empty where it can. */
    static Optional<Why> objection(Release before, Wish wish) {
        if (before.hash().equals(wish.document().hash())) {
            return Optional.of(Why.NOTHING_TO_PUBLISH);
        }
        if (!Terms.reasonable(wish.reason())) {
            return Optional.of(Why.REASON_MISSING);
        }
        return wish.days() < 0 || wish.days() > ChangeRequests.MAX_DAYS
                ? Optional.of(Why.EXPIRY_WRONG)
                : Optional.empty();
    }

    /**
     * From where a file brings its rules: another environment has said exactly this, and this one never did. What Weir itself proposes
     * was chosen for nobody's data.
     */
    Optional<Origin> elsewhere(EnvironmentKey environment, PolicyDocument document) {
        return document.hash().equals(PolicyDocument.strict().hash())
                ? Optional.empty()
                : promotions.elsewhere(environment, document.hash());
    }

    /** The request of the same person for the same, from the same source, while it is pending; else a new one. */
    Requested once(Release before, Wish wish) {
        var earlier = rows
                .pendingProposals(
                        before.environment(), before.number(), wish.document().hash(), me().subject())
                .stream()
                .filter(request -> request.expiresDays() == wish.days())
                .filter(request -> request.origin().equals(wish.origin()))
                .filter(request -> request.partOf().equals(wish.partOf()))
                .filter(request -> request.stays() == wish.stays())
                .findFirst();
        earlier.filter(request -> !request.reason().equals(wish.reason().strip()))
                .filter(request -> rows.commentsOn(request) < ChangeRequests.MOST_COMMENTS)
                .ifPresent(request -> comment(by(wish), request, wish.reason().strip()));
        return earlier.<Requested>map(request -> new Requested.Done(request, false))
                .orElseGet(() -> taken(before, wish));
    }

    Requested taken(Release before, Wish wish) {
        var environment = before.environment();
        if (rows.pending(environment, before.number(), me().subject()) >= ChangeRequests.MOST_PENDING) {
            return new Requested.Refused(Why.PENDING_TOO_MANY);
        }
        var request = new ChangeRequest(
                environment,
                rows.next(environment),
                wish.document().canonical(),
                wish.document().hash(),
                before.number(),
                wish.draftVersion(),
                wish.restores(),
                wish.partOf(),
                wish.origin(),
                wish.stays(),
                wish.reason().strip(),
                wish.days(),
                me(),
                now(),
                State.OPEN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        rows.add(request);
        request.origin().ifPresent(origin -> promotions.add(request, origin));
        var entry = Entry.of(by(wish), "requested", request.thing())
                .noted("hash", before.hash(), request.hash())
                .change("base revision", null, before.number())
                .change("restores", null, request.restores().orElse(null))
                .change("part of", null, request.partOf().orElse(null))
                .change("stays", null, wish.stays() ? true : null)
                .change("expires after days", null, wish.days() == 0 ? null : (Long) (long) wish.days())
                .because(request.reason());
        log.write(
                PolicyDiff.between(Publishing.document(before), wish.document()).told(entry));
        request.origin()
                .ifPresent(origin -> log.write(Entry.of(by(wish), "promotion-asked", request.thing())
                        .change("source", null, origin.source().value())
                        .change("source revision", null, origin.revision())));
        return new Requested.Done(request, true);
    }

    void comment(ChangeRequest request, String said) {
        comment(current.actor(), request, said);
    }

    private void comment(Actor by, ChangeRequest request, String said) {
        rows.comment(request, new Comment(me(), said, now()));
        log.write(Entry.of(by, "commented", request.thing()).personal("comment", me().subject(), null, said));
    }

    private Actor by(Wish wish) {
        return wish.file() ? current.importing(FILE) : current.actor();
    }

    private Person me() {
        var actor = current.actor();
        return new Person(actor.subject(), actor.name());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
