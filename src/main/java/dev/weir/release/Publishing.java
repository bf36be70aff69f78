package dev.weir.release;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Filter;
import dev.weir.changelog.Thing;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.Strictness;
import dev.weir.privacy.Draft;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.PolicyDiff;
import dev.weir.release.Release.Term;
import dev.weir.store.PolicyText;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Writes a revision: the row, the draft that follows it, the entry of the change log. Whoever calls it has decided that it may be, holds
 * the environment's draft, and has a transaction under way.
 */
@ApplicationScoped
class Publishing {

    private static final Logger LOG = Logger.getLogger(Publishing.class);
    private static final String KEPT = "not-reverted";

    private final ReleaseRows rows;
    private final Drafts drafts;
    private final ChangeLog log;
    private final Clock clock;

    Publishing(ReleaseRows rows, Drafts drafts, ChangeLog log, Clock clock) {
        this.rows = rows;
        this.drafts = drafts;
        this.log = log;
        this.clock = clock;
    }

    /**
     * What is to become policy.
     *
     * @param action how the change log calls it
     * @param restores the earlier revision that it brings back
     * @param request the approved request it comes from
     * @param days after how many what it loosens reverts by itself; 0 for never
     * @param ends whether the term that is in force is over with it
     */
    record Plan(
            String action,
            PolicyDocument document,
            String reason,
            Optional<Long> restores,
            Optional<ChangeRequest> request,
            int days,
            boolean ends,
            Actor by) {

        Plan(String action, PolicyDocument document, String reason, Optional<Long> restores, Actor by) {
            this(action, document, reason, restores, Optional.empty(), 0, false, by);
        }
    }

    /** The first revision of a new environment. */
    void first(EnvironmentKey environment, Plan plan) {
        var release = release(environment, 1, plan, Optional.empty());
        rows.add(release, plan.by());
        drafts.restart(environment, plan.document(), 1, plan.by());
        log.write(entry(plan, release, Optional.empty()));
    }

    /** The next revision. A draft that holds other changes than what is published is left as it is. */
    Release next(Release before, Optional<Draft> draft, Plan plan) {
        var environment = before.environment();
        var release = release(environment, before.number() + 1, plan, term(before, plan));
        rows.add(release, plan.by());
        boolean follows = draft.map(Draft::document)
                .map(PolicyDocument::canonical)
                .map(held -> held.equals(before.canonical()) || held.equals(release.canonical()))
                .orElse(true);
        if (follows) {
            drafts.restart(environment, plan.document(), release.number(), plan.by());
        }
        log.write(entry(plan, release, Optional.of(before)));
        return release;
    }

    /**
     * A loosening that is to end goes on ending, whatever is published on top of it, until what it loosened is taken back. Where what is
     * on top is to end sooner, both do: neither may last longer than was agreed. So no term ever leads back to what had one itself, and
     * what only tightens begins none: at its end something would be loosened that nobody agreed to.
     */
    private Optional<Term> term(Release before, Plan plan) {
        if (plan.ends()) {
            return Optional.empty();
        }
        long base = before.term().map(Term::revertsTo).orElse(before.number());
        boolean over = before.term().isPresent() && plan.restores().equals(Optional.of(base));
        if (over || onlyTightens(before, base, plan)) {
            return Optional.empty();
        }
        if (plan.days() == 0) {
            return before.term();
        }
        var end = clock.instant().plus(Duration.ofDays(plan.days())).truncatedTo(ChronoUnit.MICROS);
        return before.term().filter(term -> !term.expiresAt().isAfter(end)).or(() -> Optional.of(new Term(end, base)));
    }

    /**
     * Whether what this document loosens is taken back when its days are over. What was tightened on top of a loosening that is to end
     * itself is in no revision that may come back: who loosened that for a while would loosen it for good.
     */
    boolean ends(Release before, PolicyDocument document) {
        if (before.term().isEmpty()
                || PolicyDiff.between(document(before), document).onlyTightens()) {
            return true;
        }
        return rows.find(before.environment(), before.term().get().revertsTo())
                .map(Publishing::document)
                .flatMap(earlier -> stricter(earlier, document(before))
                        .flatMap(then -> stricter(earlier, document).map(after -> PolicyDiff.between(then, after))))
                .filter(PolicyDiff::onlyTightens)
                .isPresent();
    }

    private static Optional<PolicyDocument> stricter(PolicyDocument one, PolicyDocument other) {
        return Strictness.stricter(one, other).match(Optional::of, errors -> Optional.empty());
    }

    private boolean onlyTightens(Release before, long base, Plan plan) {
        return rows.find(before.environment(), base)
                .map(earlier ->
                        PolicyDiff.between(document(earlier), plan.document()).onlyTightens())
                .orElse(false);
    }

    /**
     * Tells, once for each revision, that its term is over and that it stays nevertheless. The term stays too: it is tried again, and
     * whatever is published on top carries it on.
     */
    void kept(Release head, String why) {
        var thing = Thing.in(head.environment(), "policy", head.environment().value());
        var since = new Filter("", "policy", thing.id(), "", Optional.of(head.publishedAt()), Optional.empty());
        if (log.find(since, Long.MAX_VALUE, 200).stream()
                .noneMatch(row -> row.action().equals(KEPT))) {
            LOG.warnf("Revision %d of %s stays although its term is over. %s", head.number(), head.environment(), why);
            log.write(Entry.of(Actor.SYSTEM, KEPT, thing)
                    .change("kept", null, head.number())
                    .because(why));
        }
    }

    /** What the change log says of a publication: which revision follows which, and what changes, rule by rule. */
    private static Entry entry(Plan plan, Release release, Optional<Release> before) {
        var thing =
                Thing.in(release.environment(), "policy", release.environment().value());
        var entry = Entry.of(plan.by(), plan.action(), thing)
                .change("revision", before.map(Release::number).orElse(null), release.number())
                .noted("hash", before.map(Release::hash).orElse(null), release.hash())
                .change("restores", null, release.restores().orElse(null))
                .change("request", null, release.request().orElse(null))
                .change(
                        "approved by",
                        null,
                        plan.request()
                                .flatMap(ChangeRequest::decidedBy)
                                .map(ChangeRequest.Person::subject)
                                .orElse(null))
                .change(
                        "expires",
                        before.filter(old -> plan.ends())
                                .flatMap(Release::term)
                                .map(term -> term.expiresAt().toString())
                                .orElse(null),
                        release.term().map(term -> term.expiresAt().toString()).orElse(null))
                .change("reverts to", null, release.term().map(Term::revertsTo).orElse(null))
                .because(release.reason());
        return before.map(old ->
                        PolicyDiff.between(document(old), plan.document()).told(entry))
                .orElse(entry);
    }

    static PolicyDocument document(Release release) {
        return PolicyText.document(release.canonical());
    }

    private Release release(EnvironmentKey environment, long number, Plan plan, Optional<Term> term) {
        return new Release(
                environment,
                number,
                plan.document().hash(),
                plan.document().canonical(),
                plan.reason().strip(),
                plan.restores(),
                plan.request().map(ChangeRequest::number),
                term,
                plan.by().name(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
    }
}
