package dev.weir.changelog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;

import dev.weir.access.Role;
import dev.weir.changelog.proof.Row;
import dev.weir.database.Sql;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Untriggered;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(Tampering.class)
    void over_http_the_first_broken_row_is_named(Tampering how) {
        var token = SignedIn.as(Role.AUDITOR).token("Verifier of " + how, "read");
        KEPT.forEach(table -> sql.change("create table kept_" + table + " as select * from " + table));
        verified(token).body("intact", equalTo(true)).body("fault", nullValue());

        try {
            how.done(sql);

            verified(token)
                    .body("intact", equalTo(false))
                    .body("fault.row", equalTo(how.row))
                    .body("rows", equalTo(how.row - 1));
        } finally {
            putBack();
        }
        verified(token).body("intact", equalTo(true));
    }

    /** The log is as it was. What it tells of is not, and that is what nodes enforce and pages show. */
    @Test
    void over_http_a_revision_that_is_not_the_one_that_was_published_is_named_beside_an_intact_log() {
        var auditor = SignedIn.as(Role.AUDITOR);
        var token = auditor.token("Verifier of revisions", "read");
        verified(token).body("intact", equalTo(true)).body("difference", nullValue());
        var rename = "update policy_revision set published_by_name = ? where environment = 'production' and number = 1";
        var name = sql.first(
                        "select published_by_name from policy_revision where environment = 'production' and number = 1",
                        row -> row.getString(1))
                .orElseThrow();

        Untriggered.during(sql, "policy_revision", () -> sql.change(rename, "Eve"));
        try {
            verified(token)
                    .body("intact", equalTo(true))
                    .body("difference.environment", equalTo("production"))
                    .body("difference.kind", equalTo("revision"))
                    .body("difference.number", equalTo(1))
                    .body("difference.row", greaterThan(0))
                    .body("difference.words", equalTo("the name of who published it is not what the row tells"));
            auditor.request()
                    .get("/console/changelog/verify")
                    .then()
                    .body(containsString("Revision 1 of production is not what the log tells"));
        } finally {
            Untriggered.during(sql, "policy_revision", () -> sql.change(rename, name));
        }
        verified(token).body("difference", nullValue());
    }

    /** Those that others refer to first. */
    private static final List<String> KEPT = List.of("changelog", "changelog_personal", "changelog_head");

    private void putBack() {
        sql.change("delete from changelog_personal");
        sql.change("delete from changelog");
        sql.change("delete from changelog_head");
        for (var table : KEPT) {
            sql.change("insert into " + table + " select * from kept_" + table);
            sql.change("drop table kept_" + table);
        }
    }

    private static ValidatableResponse verified(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/api/v1/changelog/verify")
                .then()
                .statusCode(200);
    }

    /** What somebody who owns the database may do, and the row that must be named. */
    enum Tampering {
        A_CHANGED_BYTE(55) {
            @Override
            void done(Sql sql) {
                change(sql, 55);
            }
        },
        TWO_FAULTS(60) {
            @Override
            void done(Sql sql) {
                change(sql, 150);
                change(sql, 60);
            }
        },
        A_REMOVED_ROW(120) {
            @Override
            void done(Sql sql) {
                remove(sql, "= 120");
            }
        },
        SWAPPED_ROWS(80) {
            @Override
            void done(Sql sql) {
                var one = Said.by(sql, 80);
                var other = Said.by(sql, 180);
                one.put(sql, 180);
                other.put(sql, 80);
            }
        },
        /** Cut off where no checkpoint was signed, and the end of the log moved there: only the checkpoint over 200 rows knows better. */
        A_TRUNCATED_TAIL(151) {
            @Override
            void done(Sql sql) {
                remove(sql, "> 150");
                sql.change("update changelog_head set sequence = 150,"
                        + " hash = (select hash from changelog where sequence = 150)");
            }
        },
        AN_END_THAT_IS_MISSING(230) {
            @Override
            void done(Sql sql) {
                remove(sql, "> 229");
            }
        };

        private final int row;

        Tampering(int row) {
            this.row = row;
        }

        abstract void done(Sql sql);

        static void change(Sql sql, int row) {
            var content = sql.first(
                            "select content from changelog where sequence = ?", found -> found.getString(1), row)
                    .orElseThrow();
            sql.change(
                    "update changelog set content = ? where sequence = ?",
                    content.replace("\"after\":{\"depth\":2}", "\"after\":{\"depth\":3}"),
                    row);
        }

        static void remove(Sql sql, String which) {
            sql.change("delete from changelog_personal where sequence " + which);
            sql.change("delete from changelog where sequence " + which);
        }
    }

    /** What a row says and hashes to, which is to stand elsewhere. */
    private record Said(String content, String hash) {

        static Said by(Sql sql, int row) {
            return sql.first(
                            "select content, hash from changelog where sequence = ?",
                            found -> new Said(found.getString(1), found.getString(2)),
                            row)
                    .orElseThrow();
        }

        void put(Sql sql, int row) {
            sql.change("update changelog set content = ?, hash = ? where sequence = ?", content, hash, row);
        }
    }
}
