package dev.weir.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.weir.access.Role;
import dev.weir.changelog.proof.Row;
import dev.weir.database.Sql;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.testsupport.SignedIn;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who owns the database takes the triggers away and changes the log: the check names the row. */
@QuarkusTest
@TestProfile(TamperTest.Alone.class)
class TamperTest {

    /** A database of its own: what is broken here stays broken. */
    public static final class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("weir.database.url", "jdbc:h2:mem:tampered");
        }
    }

    @Inject
    ChangeLog log;

    @Inject
    Sql sql;

    @BeforeEach
    void many_rows_and_no_trigger() {
        Map.of(
                        "changelog_is_final", "changelog",
                        "changelog_checkpoint_is_final", "changelog_checkpoint",
                        "changelog_personal_is_final", "changelog_personal")
                .forEach((trigger, table) -> sql.change("drop trigger if exists " + trigger + on(table)));
        while (head() < 230) {
            QuarkusTransaction.requiringNew().run(() -> log.write(entry()));
        }
        assertThat(log.verify().fault()).isEmpty();
    }

    /** How a trigger is named where its name alone does not do. */
    String on(String table) {
        return "";
    }

    private static Entry entry() {
        var actor = new Actor("local:mole", "Mole", Actor.Means.SESSION);
        return Entry.of(actor, "dug", Thing.in(new EnvironmentKey("field"), "hole", "h"))
                .change("depth", 1L, 2L);
    }

    private long head() {
        return sql.number("select sequence from changelog_head");
    }

    private void named(long row) {
        assertThat(log.verify().fault()).isPresent();
        assertThat(log.verify().fault().orElseThrow().row()).isEqualTo(row);
    }

    @Test
    void one_changed_byte_of_a_row_is_named() {
        long seed = 4;
        var random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            long sequence = 1L + random.nextInt(230);
            Row row = log.find(sequence).orElseThrow();
            int at = random.nextInt(row.content().length());
            char other = row.content().charAt(at) == 'x' ? 'y' : 'x';
            var changed = row.content().substring(0, at) + other + row.content().substring(at + 1);

            sql.change("update changelog set content = ? where sequence = ?", changed, sequence);
            named(sequence);

            sql.change("update changelog set content = ? where sequence = ?", row.content(), sequence);
        }
    }

    @Test
    void a_row_that_nobody_can_find_any_more_is_named() {
        for (var change : List.of(
                "actor = 'local:mouse'",
                "action = 'filled'",
                "object_kind = 'hill'",
                "object_id = 'i'",
                "environment = 'wood'",
                "environment = null",
                "written_at = timestamp with time zone '2020-01-01 00:00:00+00'")) {
            var row = log.find(120).orElseThrow();

            sql.change("update changelog set " + change + " where sequence = 120");
            named(120);

            sql.change(
                    "update changelog set actor = ?, action = ?, object_kind = ?, object_id = ?, environment = ?, written_at = ?"
                            + " where sequence = 120",
                    row.actor(),
                    row.action(),
                    row.kind(),
                    row.object(),
                    row.environment(),
                    row.at());
        }
    }

    @Test
    void another_name_in_the_place_of_the_one_that_was_written_is_named() {
        sql.change("update changelog_personal set value = 'Mouse' where sequence = 77");
        named(77);

        sql.change("update changelog_personal set value = 'Mole' where sequence = 77");
    }

    @Test
    void a_checkpoint_that_was_not_signed_is_named() {
        var note = log.checkpoints(101, 1).get(0).note();

        sql.change("update changelog_checkpoint set note = ? where size = 100", note.replace("\n100\n", "\n101\n"));
        named(100);

        sql.change("update changelog_checkpoint set note = ? where size = 100", note);
    }

    @Test
    void a_value_that_somebody_else_erased_is_counted_apart() {
        QuarkusTransaction.begin();
        sql.change("delete from changelog_personal where sequence = 88");

        assertThat(log.verify().fault()).isEmpty();
        assertThat(log.verify().untold()).isEqualTo(1);
        QuarkusTransaction.rollback();
    }

    @Test
    void the_page_names_the_broken_row_and_leads_to_it() {
        var auditor = SignedIn.as(Role.AUDITOR);
        var content = log.find(55).orElseThrow().content();

        sql.change("update changelog set content = ? where sequence = 55", content.replace("Z", "z"));
        auditor.request()
                .get("/console/changelog/verify")
                .then()
                .statusCode(200)
                .body(containsString("The log is broken at row"), containsString("/console/changelog/55"));

        sql.change("update changelog set content = ? where sequence = 55", content);
    }

    @Test
    void a_change_that_can_not_be_told_does_not_happen() {
        var admin = SignedIn.as(Role.ADMIN);
        var head = sql.first("select hash from changelog_head", row -> row.getString(1))
                .orElseThrow();
        var create = admin.request()
                .formParam("key", "untold")
                .formParam("name", "Untold")
                .formParam("kind", "staging");

        sql.change("update changelog_head set sequence = 1");
        assertThat(create.post("/console/environments").statusCode()).isEqualTo(500);

        sql.change("update changelog_head set sequence = (select max(sequence) from changelog), hash = ?", head);
        assertThat(sql.number("select count(*) from environment where key = 'untold'"))
                .isZero();
        assertThat(log.verify().fault()).isEmpty();
    }

    @Test
    void an_end_that_was_cut_off_is_named() {
        var last = log.find(head()).orElseThrow();
        QuarkusTransaction.begin();
        sql.change("delete from changelog_personal where sequence = ?", last.sequence());
        sql.change("delete from changelog where sequence = ?", last.sequence());
        named(last.sequence());

        var before = log.find(last.sequence() - 31).orElseThrow();
        sql.change("delete from changelog_personal where sequence > ?", before.sequence());
        sql.change("delete from changelog where sequence > ?", before.sequence());
        sql.change("update changelog_head set sequence = ?, hash = ?", before.sequence(), before.hash());
        named(before.sequence() + 1);
        QuarkusTransaction.rollback();
    }
}
