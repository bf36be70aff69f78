package dev.weir.erasure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.event.Event;
import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.jobs.JobsAtWork;
import dev.weir.kernel.AppId;
import dev.weir.kernel.Revision;
import dev.weir.policy.PolicyDocument;
import dev.weir.store.Batch;
import dev.weir.store.Disposition;
import dev.weir.store.Door;
import dev.weir.store.Entry;
import dev.weir.store.EventStore;
import dev.weir.store.Note;
import dev.weir.store.Redacting;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RedactionTest {

    private static final String WHY = "The rule came too late";

    @Inject
    Redactions redactions;

    @Inject
    Jobs jobs;

    @Inject
    EventStore store;

    @Inject
    Redacting redacting;

    @Inject
    Sql sql;

    /** The jobs are everybody's: the first that is due has to be one of this test. */
    @BeforeEach
    void no_job_is_left() {
        JobsAtWork.all();
    }

    @Test
    void a_new_rule_blanks_the_field_and_keeps_the_event() {
        var tenant = tenant();
        track(
                tenant,
                "\"event\":\"Bought\",\"identity\":\"otter\",\"properties\":{\"note\":\"call me Carla\",\"plan\":\"gold\"}");
        track(tenant, "\"event\":\"Set aside\",\"identity\":\"undefined\",\"properties\":{\"note\":\"call me Carla\"}");
        publish(tenant, Map.of("properties", List.of(Map.of("name", "note", "action", "drop"))));
        var ids = tenant.rows("select sequence, id, received_at from event where environment = ?", key(tenant));

        var counted = count(tenant, "one");
        assertThat(tenant.bodies().toString()).contains("Carla");
        var applied = apply(tenant, counted, "one");

        assertThat(counted.counts())
                .containsEntry("looked", 2L)
                .containsEntry("redacted", 2L)
                .containsEntry("deleted", 0L);
        assertThat(applied.counts()).isEqualTo(counted.counts());
        assertThat(tenant.bodies().toString()).doesNotContain("Carla").contains("gold");
        assertThat(tenant.rows("select sequence, id, received_at from event where environment = ?", key(tenant)))
                .isEqualTo(ids);
        assertThat(tenant.rows(
                        "select status, revision from event where environment = ? order by sequence", key(tenant)))
                .containsExactly("kept | 1", "quarantined | 1");
        assertThat(tenant.rows("select action from changelog where object_id = ? order by sequence", applied.id()))
                .containsExactly("asked", "done");
    }

    @Test
    void what_the_rules_would_not_let_in_is_deleted_with_the_address_that_only_it_had() {
        var tenant = tenant();
        browse(tenant, "/secret/plan");
        browse(tenant, "/cart");
        publish(tenant, Map.of("pages", List.of("/secret*")));

        var applied = apply(tenant, count(tenant, "one"), "one");
        JobsAtWork.all();

        assertThat(applied.counts()).containsEntry("deleted", 1L).containsEntry("redacted", 0L);
        assertThat(tenant.rows("select content from location where environment = ?", key(tenant)))
                .containsExactly("https://shop.example/cart");
    }

    @Test
    void of_large_events_one_step_judges_fewer() {
        var tenant = tenant();
        stored(tenant, 1, 8, "call me Carla " + "x".repeat(390_000));
        publish(tenant, Map.of("properties", List.of(Map.of("name", "note", "action", "drop"))));

        var first = look(tenant, 0);
        var second = look(tenant, first.next());

        assertThat(first.looked()).isBetween(1L, 5L);
        assertThat(first.last()).isFalse();
        assertThat(first.looked() + second.looked()).isEqualTo(8);
        assertThat(second.last()).isTrue();
        var applied = apply(tenant, count(tenant, "one"), "one");
        assertThat(applied.counts()).containsEntry("looked", 8L).containsEntry("redacted", 8L);
        assertThat(tenant.bodies()).hasSize(8).noneMatch(body -> body.contains("Carla"));
    }

    private Redacting.Looked look(Tenant tenant, long after) {
        return QuarkusTransaction.requiringNew()
                .call(() -> redacting.look(
                        tenant.environment(), new Redacting.Stretch(after, Long.MAX_VALUE, Redaction.EVENTS)))
                .orElseThrow();
    }

    @Test
    void what_events_shared_before_a_rewriting_is_in_no_table_after_the_sweep() {
        var tenant = tenant();
        given().contentType("text/plain")
                .header("Origin", Tenant.ORIGIN)
                .body("{\"v\":1,\"user\":\"1234567890123456\",\"page\":{\"id\":\"22\",\"at\":1,\"url\":"
                        + "\"https://shop.example/carlotta-page/cart\"},\"events\":[{\"id\":\"" + UUID.randomUUID()
                        + "\",\"at\":1764000000000,\"type\":\"click\",\"text\":\"Buy\",\"path\":"
                        + "[{\"t\":\"button\",\"i\":\"carlotta-button\",\"n\":1,\"k\":1}]}]}")
                .post("/api/collect/" + tenant.app())
                .then()
                .statusCode(200);
        assertThat(tablesWith("carlotta")).contains("hierarchy", "location");
        publish(tenant, Map.of("text", List.of(Map.of("pattern", "carl[a-z]tta", "label", "name", "action", "mask"))));

        var applied = apply(tenant, count(tenant, "one"), "one");
        JobsAtWork.all();

        assertThat(applied.counts()).containsEntry("redacted", 1L);
        assertThat(tablesWith("carlotta")).isEmpty();
    }

    /** Tables in which a row has this text in any column of text. */
    private List<String> tablesWith(String text) {
        var columns = sql.list(
                "select table_name, column_name from information_schema.columns where lower(table_schema) = 'public'"
                        + " and (lower(data_type) like 'character%' or lower(data_type) = 'text')",
                row -> List.of(row.getString(1), row.getString(2)));
        return columns.stream()
                .filter(of -> sql.number(
                                "select count(*) from \"%s\" where \"%s\" like ?".formatted(of.get(0), of.get(1)),
                                "%" + text + "%")
                        > 0)
                .map(of -> of.get(0).toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    @Test
    void an_event_that_is_set_aside_moves_in_the_counts_of_its_hour() {
        var tenant = tenant();
        track(tenant, "\"event\":\"Bought\",\"identity\":\"otter\"");
        publish(tenant, Map.of("identity", Map.of("form", "number")));

        var applied = apply(tenant, count(tenant, "one"), "one");

        assertThat(applied.counts()).containsEntry("aside", 1L);
        assertThat(tenant.rows("select status, reason, identity from event where environment = ?", key(tenant)))
                .containsExactly("quarantined | IDENTITY_REFUSED | null");
        assertThat(tenant.rows("""
                        select outcome, reason, sum(n) from tally
                        where environment = ? and outcome in ('accepted', 'quarantined')
                        group by outcome, reason having sum(n) <> 0
                        """, key(tenant))).containsExactly("quarantined | IDENTITY_REFUSED | 1");
    }

    @Test
    void only_what_was_counted_for_the_revision_in_force_is_done() {
        var tenant = tenant();
        track(tenant, "\"event\":\"Bought\",\"identity\":\"otter\"");
        var admin = admin("one");

        assertThat(admin.does(() -> redactions.apply(tenant.environment(), "nothing-here", WHY))
                        .why())
                .isEqualTo(Redactions.Why.NOT_COUNTED);
        var counted = count(tenant, "one");
        var elsewhere = tenant();
        assertThat(admin.does(() -> redactions.apply(elsewhere.environment(), counted.id(), WHY))
                        .why())
                .isEqualTo(Redactions.Why.NOT_COUNTED);
        publish(tenant, Map.of("pages", List.of("/secret*")));

        assertThat(admin.does(() -> redactions.apply(tenant.environment(), counted.id(), WHY))
                        .why())
                .isEqualTo(Redactions.Why.OTHER_REVISION);
        assertThat(jobs.of(counted.id()).orElseThrow().counts()).containsEntry("redacted", 0L);
    }

    @Test
    void an_application_that_meets_another_revision_than_was_counted_fails_and_changes_nothing_more() {
        var tenant = tenant();
        track(tenant, "\"event\":\"Bought\",\"identity\":\"otter\",\"properties\":{\"note\":\"call me Carla\"}");
        var counted = count(tenant, "one");
        var asked = admin("one").does(() -> redactions.apply(tenant.environment(), counted.id(), WHY));
        var job = asked.job().orElseThrow();
        // As if it had changed something before.
        sql.change("update job set counts = '{\"redacted\":1}', place = '1 0 1' where id = ?", job.id());
        publish(tenant, Map.of("properties", List.of(Map.of("name", "note", "action", "drop"))));

        JobsAtWork.all();

        assertThat(jobs.of(job.id()).orElseThrow().state()).isEqualTo(Job.State.FAILED);
        assertThat(tenant.bodies().toString()).contains("Carla");
        assertThat(tenant.rows("""
                        select p.value from changelog c join changelog_personal p on p.sequence = c.sequence
                        where c.object_id = ? and c.action = 'failed'
                        """, job.id())).contains("another revision is in force: count again");
        assertThat(sweeps(tenant)).isEqualTo(1);
    }

    @Test
    void what_came_in_after_the_count_is_done_as_well_and_counted_apart() {
        var tenant = tenant();
        track(tenant, "\"event\":\"Bought\",\"identity\":\"otter\",\"properties\":{\"note\":\"call me Carla\"}");
        publish(tenant, Map.of("properties", List.of(Map.of("name", "note", "action", "drop"))));
        var counted = count(tenant, "one");
        // By a node that does not know the new revision yet.
        append(tenant, "call me Carla");
        assertThat(tenant.bodies()).filteredOn(body -> body.contains("Carla")).hasSize(2);

        var applied = apply(tenant, counted, "one");

        assertThat(applied.counts())
                .containsEntry("redacted", 1L)
                .containsEntry("later", 1L)
                .containsEntry("looked", 2L);
        assertThat(tenant.bodies()).hasSize(2).noneMatch(body -> body.contains("Carla"));
    }

    @Test
    void what_an_earlier_revision_judged_is_judged_again_when_it_is_written_after_an_application() {
        var tenant = tenant();
        publish(tenant, Map.of("properties", List.of(Map.of("name", "note", "action", "drop"))));
        apply(tenant, count(tenant, "one"), "one");
        publish(tenant, Map.of("pages", List.of("/secret*")));

        var answer = append(tenant, "call me Carla");

        assertThat(answer.redacted()).isTrue();
        assertThat(answer.notes()).extracting(Note::rule).containsExactly("properties.note");
        assertThat(tenant.bodies()).hasSize(1).noneMatch(body -> body.contains("Carla"));
        assertThat(tenant.rows("select revision, redacted from event where environment = ?", key(tenant)))
                .hasSize(1)
                .allMatch(row -> row.equals("1 | t") || row.equalsIgnoreCase("1 | true"));
    }

    @Test
    void an_application_begins_before_it_changes_anything() {
        var tenant = tenant();
        track(tenant, "\"event\":\"Bought\",\"identity\":\"otter\",\"properties\":{\"note\":\"call me Carla\"}");
        publish(tenant, Map.of("properties", List.of(Map.of("name", "note", "action", "drop"))));
        var counted = count(tenant, "one");
        admin("one").does(() -> redactions.apply(tenant.environment(), counted.id(), WHY));

        JobsAtWork.step();
        append(tenant, "call me Carla");

        assertThat(tenant.bodies()).filteredOn(body -> body.contains("Carla")).hasSize(1);
        JobsAtWork.all();
        assertThat(tenant.bodies()).hasSize(2).noneMatch(body -> body.contains("Carla"));
    }

    /** As a request does that the first revision of the tenant has judged. */
    private Disposition append(Tenant tenant, String note) {
        var revision =
                new Revision(tenant.environment(), 1, PolicyDocument.balanced().hash());
        var arrival = new Entry.Arrival(
                null,
                Event.custom("Bought", Map.of("note", note), null),
                Entry.Who.NOBODY,
                Instant.now(),
                null,
                false,
                List.of(),
                Entry.Meaning.NOTHING);
        var batch =
                new Batch(new AppId(tenant.app()), revision, Door.TRACK, Instant.now(), false, 10, 0, List.of(arrival));
        return store.append(batch)
                .toCompletableFuture()
                .join()
                .match(committed -> committed.dispositions().get(0), unavailable -> {
                    throw new AssertionError("nothing was written");
                });
    }

    @Test
    void what_events_shared_is_swept_when_the_job_is_called_off_in_the_middle() {
        var tenant = tenant();
        var counted = count(tenant, "one");
        var admin = admin("one");
        var asked = admin.does(() -> redactions.apply(tenant.environment(), counted.id(), WHY));
        var job = asked.job().orElseThrow();
        sql.change("update job set counts = '{\"deleted\":1}' where id = ?", job.id());

        assertThat(admin.does(() -> jobs.cancel(job.id()))).isEqualTo(Jobs.Cancelled.DONE);

        assertThat(sweeps(tenant)).isEqualTo(1);
        JobsAtWork.all();
    }

    private long sweeps(Tenant tenant) {
        return sql.number("select count(*) from job where kind = ? and environment = ?", Erasures.SWEEP, key(tenant));
    }

    @Test
    void what_is_known_of_users_and_accounts_loses_what_a_new_rule_takes_away() {
        var tenant = tenant();
        properties(
                tenant,
                "user",
                "identity",
                "otter",
                "{\"note\":\"call me Carla\",\"plan\":\"gold\",\"old\":\"seen by Carla\"}");
        properties(tenant, "account", "account_id", "acme", "{\"note\":\"ask Carla\",\"seats\":12}");
        publish(
                tenant,
                Map.of(
                        "properties",
                        List.of(
                                Map.of("name", "note", "action", "drop"),
                                Map.of("name", "old", "action", "rename", "to", "new")),
                        "text",
                        List.of(Map.of("pattern", "Carla", "label", "name", "action", "mask"))));

        var counted = count(tenant, "one");
        var between = known(tenant);
        var applied = apply(tenant, counted, "one");

        assertThat(between.toString()).contains("call me Carla", "seen by Carla", "ask Carla");
        assertThat(counted.counts()).containsEntry("properties", 3L).containsEntry("links", 0L);
        assertThat(applied.counts()).isEqualTo(counted.counts());
        assertThat(known(tenant))
                .containsExactly(
                        "account | acme | seats | 12",
                        "user | otter | new | seen by [name]",
                        "user | otter | plan | gold");
        assertThat(count(tenant, "one").counts()).containsEntry("properties", 0L);
        // It is found again under its new name.
        properties(tenant, "user", "identity", "otter", "{\"new\":\"later\"}");
        assertThat(known(tenant)).contains("user | otter | new | later").hasSize(3);
    }

    @Test
    void who_may_not_be_named_any_more_is_linked_to_nobody_and_has_no_properties() {
        var tenant = tenant();
        identify(tenant, "4711", "otter");
        identify(tenant, "4712", "12345");
        properties(tenant, "user", "identity", "otter", "{\"plan\":\"gold\"}");
        properties(tenant, "user", "identity", "12345", "{\"plan\":\"silver\"}");
        sql.change(
                "insert into identity_cut (environment, edge, user_id, identity, linked_at, cut_at, events, cut_by)"
                        + " values (?, ?, '4713', 'carlotta', current_timestamp, current_timestamp, 0, 'local:1')",
                key(tenant),
                UUID.randomUUID());
        publish(tenant, Map.of("identity", Map.of("form", "number")));

        var applied = apply(tenant, count(tenant, "one"), "one");

        assertThat(applied.counts()).containsEntry("properties", 1L).containsEntry("links", 2L);
        assertThat(links(tenant)).containsExactly("4712 | 12345");
        assertThat(known(tenant)).containsExactly("user | 12345 | plan | silver");
        assertThat(tenant.rows("select user_id, identity from identity_cut where environment = ?", key(tenant)))
                .containsExactly("null | null");
        assertThat(count(tenant, "one").counts())
                .containsEntry("properties", 0L)
                .containsEntry("links", 0L);
    }

    @Test
    void a_handle_that_becomes_a_pseudonym_does_so_in_links_too() {
        var tenant = tenant();
        identify(tenant, "47114711", "12345");
        sql.change(
                "insert into identity_cut (environment, edge, user_id, identity, linked_at, cut_at, events, cut_by)"
                        + " values (?, ?, '47114712', '12345', current_timestamp, current_timestamp, 0, 'local:1')",
                key(tenant),
                UUID.randomUUID());
        publish(tenant, Map.of("text", List.of(Map.of("pattern", "4711", "label", "name", "action", "mask"))));

        var applied = apply(tenant, count(tenant, "one"), "one");

        assertThat(applied.counts()).containsEntry("links", 2L);
        assertThat(links(tenant)).hasSize(1).allMatch(link -> link.matches("h:\\S+ \\| 12345"));
        assertThat(tenant.rows("select user_id from identity_cut where environment = ?", key(tenant)))
                .hasSize(1)
                .allMatch(user -> user.startsWith("h:"));
        // The same user again: nobody new.
        identify(tenant, "47114711", "12345");
        assertThat(links(tenant)).hasSize(1);
        assertThat(count(tenant, "one").counts()).containsEntry("links", 0L);
    }

    @Test
    void the_properties_of_a_device_that_nobody_is_named_by_stay() {
        var tenant = tenant();
        given().contentType("text/plain")
                .header("Origin", Tenant.ORIGIN)
                .body(
                        "{\"v\":1,\"user\":\"1234567890123456\",\"page\":{\"id\":\"22\",\"at\":1,\"url\":\"https://shop.example/\"},"
                                + "\"events\":[{\"id\":\"" + UUID.randomUUID()
                                + "\",\"at\":1764000000000,\"type\":\"identify\",\"properties\":{\"plan\":\"gold\",\"note\":\"Carla\"}}]}")
                .post("/api/collect/" + tenant.app())
                .then()
                .statusCode(200);
        assertThat(known(tenant)).hasSize(2);
        publish(
                tenant,
                Map.of(
                        "identity",
                        Map.of("form", "uuid"),
                        "properties",
                        List.of(Map.of("name", "note", "action", "drop"))));

        var applied = apply(tenant, count(tenant, "one"), "one");

        assertThat(applied.counts()).containsEntry("properties", 1L);
        assertThat(known(tenant)).containsExactly("user | 1234567890123456 | plan | gold");
    }

    @Test
    void so_many_properties_need_a_second_person_and_more_than_one_step() {
        var tenant = tenant();
        for (long i = 0; i <= Redactions.ALONE; i++) {
            sql.change(
                    "insert into subject_property (environment, id, kind, subject, name, value, changed_at)"
                            + " values (?, ?, 'user', ?, 'note', 'x', current_timestamp)",
                    key(tenant),
                    UUID.randomUUID(),
                    "otter " + i);
        }
        publish(tenant, Map.of("properties", List.of(Map.of("name", "note", "action", "drop"))));
        var counted = count(tenant, "one");

        assertThat(counted.counts()).containsEntry("properties", Redactions.ALONE + 1);
        assertThat(admin("one")
                        .does(() -> redactions.apply(tenant.environment(), counted.id(), WHY))
                        .why())
                .isEqualTo(Redactions.Why.NEEDS_ANOTHER);
        assertThat(apply(tenant, counted, "two").counts()).containsEntry("properties", Redactions.ALONE + 1);
        assertThat(known(tenant)).isEmpty();
    }

    private static List<String> known(Tenant tenant) {
        return tenant.rows(
                "select kind, subject, name, value from subject_property where environment = ? order by kind, subject, name",
                key(tenant));
    }

    private static List<String> links(Tenant tenant) {
        return tenant.rows(
                "select user_id, identity from identity_link where environment = ? order by identity", key(tenant));
    }

    private static void properties(Tenant tenant, String kind, String field, String subject, String properties) {
        given().contentType("application/json")
                .body("{\"app_id\":\"" + tenant.app() + "\",\"" + field + "\":\"" + subject + "\",\"properties\":"
                        + properties + "}")
                .post("/api/add_" + kind + "_properties")
                .then()
                .statusCode(200);
    }

    private static void identify(Tenant tenant, String user, String identity) {
        given().contentType("application/json")
                .body("{\"app_id\":\"" + tenant.app() + "\",\"user_id\":\"" + user + "\",\"identity\":\"" + identity
                        + "\"}")
                .post("/api/v1/identify")
                .then()
                .statusCode(200);
    }

    @Test
    void so_many_changes_need_a_second_person() {
        var tenant = tenant();
        stored(tenant, 1, Redactions.ALONE + 1);
        publish(tenant, Map.of("properties", List.of(Map.of("name", "note", "action", "drop"))));
        var counted = count(tenant, "one");

        assertThat(admin("one")
                        .does(() -> redactions.apply(tenant.environment(), counted.id(), WHY))
                        .why())
                .isEqualTo(Redactions.Why.NEEDS_ANOTHER);
        admin("one").letsIn(admin("three"), Instant.now().minusSeconds(60), sql);
        assertThat(admin("three")
                        .does(() -> redactions.apply(tenant.environment(), counted.id(), WHY))
                        .why())
                .isEqualTo(Redactions.Why.NEEDS_ANOTHER);
        assertThat(apply(tenant, counted, "two").counts()).containsEntry("redacted", Redactions.ALONE + 1);
        assertThat(tenant.bodies()).noneMatch(body -> body.contains("note"));
    }

    @Test
    void what_came_in_after_the_count_needs_a_second_person_as_well_where_it_is_so_much() {
        var tenant = tenant();
        stored(tenant, 1, 1);
        publish(tenant, Map.of("properties", List.of(Map.of("name", "note", "action", "drop"))));
        var counted = count(tenant, "one");
        stored(tenant, 2, Redactions.ALONE + 1);

        var alone = apply(tenant, counted, "one");

        assertThat(alone.state()).isEqualTo(Job.State.FAILED);
        assertThat(tenant.bodies()).filteredOn(body -> body.contains("note")).isNotEmpty();
        assertThat(tenant.rows("""
                        select p.value from changelog c join changelog_personal p on p.sequence = c.sequence
                        where c.object_id = ? and c.action = 'failed'
                        """, alone.id())).anyMatch(why -> why.contains("more than one person may"));
        assertThat(apply(tenant, counted, "two").state()).isEqualTo(Job.State.DONE);
        assertThat(tenant.bodies()).noneMatch(body -> body.contains("note"));
    }

    /** As if they had come in before the rule. */
    private static void stored(Tenant tenant, long first, long last) {
        stored(tenant, first, last, "x");
    }

    private static void stored(Tenant tenant, long first, long last, String note) {
        for (long i = first; i <= last; i++) {
            tenant.change("""
                    insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, name, status,
                                       redacted, revision, stale, findings, body)
                    values (?, ?, ?, ?, 'track', current_timestamp, current_timestamp, 'custom', 'Bought', 'kept', false, 1, false,
                            '[]', '{"type":"custom","name":"Bought","properties":{"note":"' || ? || '"}}')
                    """, key(tenant), i, UUID.randomUUID(), tenant.app(), note);
        }
        tenant.change("delete from event_cursor where environment = ?", key(tenant));
        tenant.change("insert into event_cursor (environment, last_sequence) values (?, ?)", key(tenant), last);
    }

    /** Jobs are kept for weeks, also those of a Weir that did not write down how far a count goes. */
    @Test
    void a_count_that_does_not_say_how_far_it_goes_is_none_that_can_be_applied() {
        var tenant = tenant();
        var counted = count(tenant, "one");
        sql.change("update job set place = '1 0' where id = ?", counted.id());

        var asked = admin("one").does(() -> redactions.apply(tenant.environment(), counted.id(), WHY));

        assertThat(asked.why()).isEqualTo(Redactions.Why.OTHER_REVISION);
        assertThat(admin("one")
                        .does(() -> redactions.objection(
                                tenant.environment(),
                                redactions.recent(tenant.environment()).get(0))))
                .isEqualTo(Redactions.Why.OTHER_REVISION);
    }

    @Test
    void an_architect_counts_and_does_not_apply() {
        var tenant = tenant();
        var architect = Acting.as("redaction-architect", Role.ARCHITECT, sql);

        assertThat(architect.does(() -> redactions.count(tenant.environment())).why())
                .isEqualTo(Redactions.Why.DONE);
        assertThatThrownBy(() -> architect.does(() -> redactions.apply(tenant.environment(), "x", WHY)))
                .isInstanceOf(ForbiddenException.class);
        JobsAtWork.all();
    }

    private Job count(Tenant tenant, String who) {
        return done(admin(who).does(() -> redactions.count(tenant.environment())));
    }

    private Job apply(Tenant tenant, Job count, String who) {
        return done(admin(who).does(() -> redactions.apply(tenant.environment(), count.id(), WHY)));
    }

    private Job done(Redactions.Asked asked) {
        assertThat(asked.why()).isEqualTo(Redactions.Why.DONE);
        JobsAtWork.all();
        return jobs.of(asked.job().orElseThrow().id()).orElseThrow();
    }

    private Acting admin(String who) {
        return Acting.as("redaction-admin-" + who, Role.ADMIN, sql);
    }

    private static Tenant tenant() {
        var tenant = Tenant.of("production", PolicyDocument.balanced(), Tenant.ORIGIN);
        Renewal.now();
        return tenant;
    }

    private static void publish(Tenant tenant, Map<String, @Nullable Object> members) {
        tenant.publish(Tenant.balancedWith(members));
        Renewal.now();
    }

    private static String key(Tenant tenant) {
        return tenant.environment().value();
    }

    private static void track(Tenant tenant, String rest) {
        given().contentType("application/json")
                .body("{\"app_id\":\"" + tenant.app() + "\"," + rest + "}")
                .post("/api/track")
                .then()
                .statusCode(200);
    }

    private static void browse(Tenant tenant, String path) {
        given().contentType("text/plain")
                .header("Origin", Tenant.ORIGIN)
                .body(
                        "{\"v\":1,\"user\":\"1234567890123456\",\"page\":{\"id\":\"22\",\"at\":1,\"url\":\"https://shop.example"
                                + path + "\"},\"events\":[{\"id\":\"" + UUID.randomUUID()
                                + "\",\"at\":1764000000000,\"type\":\"pageview\"}]}")
                .post("/api/collect/" + tenant.app())
                .then()
                .statusCode(200);
    }
}
