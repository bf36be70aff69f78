package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.erasure.Redactions;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.jobs.JobsAtWork;
import dev.weir.kernel.AppId;
import dev.weir.kernel.Revision;
import dev.weir.store.Batch;
import dev.weir.store.Door;
import dev.weir.store.Entry;
import dev.weir.store.EventStore;
import dev.weir.store.StoredEvents;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever policy comes into force over whatever was stored before it: once it has been applied, it would take nothing more away. */
@QuarkusTest
class StoredEventsAreWhatIsLeftTest {

    private static final long SEED = Long.getLong("weir.seed", 20_261_127L);

    private static final int POLICIES = 12;
    private static final int EVENTS = 60;

    @Inject
    EventStore store;

    @Inject
    StoredEvents stored;

    @Inject
    Redactions redactions;

    @Inject
    Jobs jobs;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Test
    void after_a_policy_was_applied_every_stored_event_is_what_it_leaves_of_it() {
        var planted = new Planted(SEED);
        long changed = 0;
        for (int p = 0; p < POLICIES; p++) {
            var tenant = Tenant.of("production", PolicyDocument.balanced(), Tenant.ORIGIN);
            append(tenant, planted);
            var document = planted.policy();
            tenant.publish(document);
            var policy = CompiledPolicy.of(document, "0".repeat(64).getBytes(StandardCharsets.UTF_8));
            var before = rows(tenant);

            var counted = done(tenant, null);
            assertThat(rows(tenant))
                    .as("a count changes nothing, seed %d", SEED)
                    .isEqualTo(before);
            var applied = done(tenant, counted.id());

            assertThat(applied.counts())
                    .as("what was counted is done, seed %d", SEED)
                    .isEqualTo(counted.counts());
            changed += applied.counts().getOrDefault("redacted", 0L);
            assertThat(events(tenant))
                    .allSatisfy(event -> assertThat(left(policy, event))
                            .as("seed %d, policy %s", SEED, document.canonical())
                            .isEqualTo(Wire.json(event)));
            var after = rows(tenant);
            var again = done(tenant, done(tenant, null).id());
            assertThat(again.counts()).containsEntry("redacted", 0L).containsEntry("deleted", 0L);
            assertThat(rows(tenant))
                    .as("a second time changes nothing, seed %d", SEED)
                    .isEqualTo(after);
        }
        assertThat(changed).isGreaterThan(POLICIES);
    }

    /** Judged by the policy that was in force then, as all that is stored. */
    private void append(Tenant tenant, Planted planted) {
        var balanced = PolicyDocument.balanced();
        var policy = CompiledPolicy.of(balanced, "0".repeat(64).getBytes(StandardCharsets.UTF_8));
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < EVENTS; i++) {
            var event = planted.event().event();
            policy.judge(Wire.event(event), Circumstances.SERVER)
                    .match(
                            kept -> entries.add(arrival(kept.event(), null)),
                            quarantined -> entries.add(arrival(
                                    quarantined.event(), quarantined.reason().name())),
                            dropped -> false);
        }
        var revision = new Revision(tenant.environment(), 1, balanced.hash());
        var batch = new Batch(new AppId(tenant.app()), revision, Door.COLLECT, clock.instant(), false, 10, 0, entries);
        store.append(batch).toCompletableFuture().join().match(committed -> committed, unavailable -> {
            throw new AssertionError("nothing was stored");
        });
    }

    private Entry.Arrival arrival(Event event, @Nullable String reason) {
        var who = new Entry.Who("1234567890123456", null, "22");
        return new Entry.Arrival(null, event, who, clock.instant(), reason, false, List.of(), Entry.Meaning.NOTHING);
    }

    /** Counts, or applies what this job has counted; the one who counts and the one who applies are two. */
    private Job done(Tenant tenant, @Nullable String count) {
        var admin = Acting.as(count == null ? "redaction-counts" : "redaction-applies", Role.ADMIN, sql);
        var asked = admin.does(() -> count == null
                ? redactions.count(tenant.environment())
                : redactions.apply(tenant.environment(), count, "A new rule"));
        assertThat(asked.why()).isEqualTo(Redactions.Why.DONE);
        JobsAtWork.all();
        var job = jobs.of(asked.job().orElseThrow().id()).orElseThrow();
        assertThat(job.state()).isEqualTo(Job.State.DONE);
        return job;
    }

    private List<Event> events(Tenant tenant) {
        var events = new ArrayList<Event>();
        for (EventType type : EventType.values()) {
            stored.newest(tenant.environment(), type, Instant.EPOCH, 1000, one -> events.add(one.event()));
        }
        return events;
    }

    private static Object left(CompiledPolicy policy, Event event) {
        return policy.judge(event, Circumstances.SERVER)
                .match(
                        kept -> Wire.json(kept.event()),
                        quarantined -> "set aside: " + quarantined.reason(),
                        dropped -> "dropped: " + dropped.reason());
    }

    private static List<String> rows(Tenant tenant) {
        return tenant.rows("""
                select e.sequence, e.status, e.reason, e.name, e.identity, e.findings, e.body, h.content, l.content
                from event e
                left join hierarchy h on h.environment = e.environment and h.id = e.hierarchy
                left join location l on l.environment = e.environment and l.id = e.location
                where e.environment = ? order by e.sequence
                """, tenant.environment().value());
    }
}
