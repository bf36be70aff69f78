package dev.weir.ingest;

import dev.weir.event.EventType;
import dev.weir.policy.BatchJudge;
import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.Finding;
import dev.weir.policy.Verdict;
import dev.weir.store.Door;
import dev.weir.store.Entry;
import dev.weir.store.Note;
import dev.weir.store.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies the policy in force to each decoded entry; what comes out holds nothing that the policy took away. */
final class Judging {

    private static final Duration FUTURE = Duration.ofHours(23);

    private final BatchJudge judge;
    private final @Nullable String objection;

    /** What happens later than this comes from a clock that is wrong. */
    private final Instant latest;

    /** Whether people chose what a retry is known by; the collector draws it by lot, and hashing is enough. */
    private final boolean chosen;

    /** {@code objection} of the {@link Fence}: null where the sender may send. */
    Judging(CompiledPolicy policy, Circumstances circumstances, Door door, @Nullable String objection, Instant now) {
        this.judge = policy.batch(circumstances);
        this.objection = objection;
        this.latest = now.plus(FUTURE);
        this.chosen = !door.browser();
    }

    Entry entry(Item item) {
        if (item instanceof Item.Bad bad) {
            return new Entry.Drop(null, bad.refusal().name(), List.of(Note.of(bad.refusal(), bad.field())));
        }
        var good = (Item.Good) item;
        EventType type = good.event().type();
        return judge.judge(good.event())
                .match(
                        kept -> kept(good, kept),
                        quarantined -> quarantined(good, quarantined),
                        dropped -> new Entry.Drop(type, dropped.reason().name(), notes(dropped.findings())));
    }

    private Entry kept(Item.Good good, Verdict.Kept kept) {
        var reason = objection == null ? null : Refusal.ORIGIN_FENCE.name();
        return new Entry.Arrival(
                key(good),
                kept.event(),
                handles(good.who()),
                good.happenedAt(),
                reason,
                !kept.findings().isEmpty(),
                notes(good, kept.findings()),
                good.meaning());
    }

    private Entry quarantined(Item.Good good, Verdict.Quarantined quarantined) {
        return new Entry.Arrival(
                key(good),
                quarantined.event(),
                handles(good.who()),
                good.happenedAt(),
                quarantined.reason().name(),
                true,
                notes(good, quarantined.findings()),
                good.meaning());
    }

    /** Who did it is no part of what is judged, and yet may say something: a handle is kept as the policy lets it be kept. */
    private Entry.Who handles(Entry.Who who) {
        return new Entry.Who(handle(who.userId()), handle(who.sessionId()), handle(who.pageId()));
    }

    private @Nullable String key(Item.Good good) {
        var sent = good.key();
        return sent == null || !chosen ? sent : judge.retryKey(sent);
    }

    private @Nullable String handle(@Nullable String sent) {
        return sent == null ? null : judge.handle(sent);
    }

    private List<Note> notes(Item.Good good, List<Finding> findings) {
        boolean future = good.happenedAt().isAfter(latest);
        if (findings.isEmpty() && objection == null && !future) {
            return List.of();
        }
        var notes = new ArrayList<>(notes(findings));
        if (objection != null) {
            notes.add(new Note(Refusal.ORIGIN_FENCE.name(), "origin", objection));
        }
        if (future) {
            notes.add(Note.of(Refusal.FUTURE_TIME, "timestamp"));
        }
        return notes;
    }

    private static List<Note> notes(List<Finding> findings) {
        return findings.stream().map(Note::of).toList();
    }

    static Circumstances.Consent consent(@Nullable String sent) {
        if ("granted".equals(sent)) {
            return Circumstances.Consent.GRANTED;
        }
        return "denied".equals(sent) ? Circumstances.Consent.DENIED : Circumstances.Consent.UNKNOWN;
    }
}
