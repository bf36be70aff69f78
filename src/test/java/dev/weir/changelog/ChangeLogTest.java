package dev.weir.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.changelog.proof.Checkpoint;
import dev.weir.changelog.proof.Export;
import dev.weir.changelog.proof.Proof;
import dev.weir.changelog.proof.Row;
import dev.weir.changelog.proof.Verification;
import dev.weir.database.DatabaseException;
import dev.weir.database.Sql;
import dev.weir.kernel.Actor;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log on a real database: written with the change or not at all, in one order, and never touched again. */
@QuarkusTest
class ChangeLogTest {

    private static final Actor ADA = new Actor("local:ada-1", "Ada Otter", Actor.Means.SESSION);

    @Inject
    ChangeLog log;

    @Inject
    Signing signing;

    @Inject
    Sql sql;

    private Row written(Entry entry) {
        QuarkusTransaction.requiringNew().run(() -> log.write(entry));
        return log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0);
    }

    private static Entry entry(String value) {
        return Entry.of(ADA, "renamed", Thing.in(new EnvironmentKey("otters"), "environment", "otters"))
                .change("name", "before " + value, "after " + value);
    }

    private long rows() {
        return sql.number("select count(*) from changelog");
    }

    @Test
    void a_row_says_who_did_what_from_what_to_what_when_and_why() {
        var actor = new Actor("local:ada-2", "Ada Lutra", Actor.Means.TOKEN, "nightly");
        var row = written(Entry.of(actor, "origin-added", Thing.in(new EnvironmentKey("shop"), "app-id", "1234567890"))
                .change("origin", null, "https://a.example")
                .change("count", 1L, 2L)
                .change("same", "x", "x")
                .because("A second shop"));

        assertThat(row.actor()).isEqualTo("local:ada-2");
        assertThat(row.actorName()).contains("Ada Lutra");
        assertThat(row.means()).isEqualTo("token");
        assertThat(row.instrument()).isEqualTo("nightly");
        assertThat(row.action()).isEqualTo("origin-added");
        assertThat(row.kind()).isEqualTo("app-id");
        assertThat(row.object()).isEqualTo("1234567890");
        assertThat(row.environment()).isEqualTo("shop");
        assertThat(row.before()).isEqualTo(Map.of("count", 1L));
        assertThat(row.after()).isEqualTo(Map.of("count", 2L, "origin", "https://a.example"));
        assertThat(row.reason()).contains("A second shop");
        assertThat(row.correlation()).hasSize(36);
        assertThat(row.hash()).isEqualTo(CanonicalJson.sha256(row.content()));
        assertThat(row.content()).doesNotContain("Ada", "second shop");
    }

    @Test
    void a_row_is_written_in_the_transaction_of_its_change_or_not_at_all() {
        long before = rows();

        assertThatThrownBy(() -> log.write(entry("alone"))).isInstanceOf(TransactionalException.class);
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    log.write(entry("taken back"));
                    throw new IllegalStateException("the change failed");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(rows()).isEqualTo(before);
        assertThat(log.verify().fault()).isEmpty();
    }

    @Test
    void what_was_done_at_once_is_told_by_rows_with_one_correlation() {
        QuarkusTransaction.requiringNew().run(() -> {
            log.write(entry("one"));
            log.write(entry("two"));
        });
        written(entry("later"));

        var newest = log.find(Filter.ALL, Long.MAX_VALUE, 3);

        assertThat(newest.get(1).correlation()).isEqualTo(newest.get(2).correlation());
        assertThat(newest.get(0).correlation()).isNotEqualTo(newest.get(1).correlation());
    }

    @Test
    void many_at_once_write_one_unbroken_chain_and_it_is_signed_every_hundred_rows() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var writing = new ArrayList<Callable<Long>>();
            for (int i = 0; i < 220; i++) {
                var each = entry("at once " + i);
                writing.add(() -> {
                    QuarkusTransaction.requiringNew().run(() -> log.write(each));
                    return 1L;
                });
            }
            for (var done : threads.invokeAll(writing)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }

        var verified = log.verify();
        assertThat(verified.fault()).isEmpty();
        assertThat(verified.rows()).isEqualTo(rows());
        assertThat(verified.signed()).isGreaterThanOrEqualTo(verified.rows() / 100 * 100);
        assertThat(log.checkpoints(Long.MAX_VALUE, 1000)).anyMatch(signed -> signed.size() == 200);
    }

    @Test
    void each_hour_in_which_something_was_written_is_signed_once() {
        written(entry("this hour"));

        signing.hourly();
        var newest = log.checkpoints(Long.MAX_VALUE, 1).get(0);
        signing.hourly();

        assertThat(newest.size()).isEqualTo(rows());
        assertThat(log.checkpoints(Long.MAX_VALUE, 1)).containsExactly(newest);
        assertThat(Checkpoint.of(newest.note(), log.key().orElseThrow())
                        .orElseThrow()
                        .size())
                .isEqualTo(rows());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update changelog set actor = 'eve' where sequence = 1",
                "update changelog_checkpoint set note = ''",
                "update changelog_key set secret_key = ''",
                "update changelog_personal set value = 'Eve'",
                "delete from changelog where sequence = 1",
                "delete from changelog_checkpoint",
                "delete from changelog_key",
                "truncate table changelog",
                "truncate table changelog_checkpoint",
                "truncate table changelog_key"
            })
    void the_database_refuses_to_change_what_was_written(String statement) {
        written(entry("final"));
        signing.hourly();
        long rows = sql.number("select count(*) from changelog");
        long signed = sql.number("select count(*) from changelog_checkpoint");

        assertThatThrownBy(() -> sql.change(statement)).isInstanceOf(DatabaseException.class);

        assertThat(sql.number("select count(*) from changelog")).isEqualTo(rows);
        assertThat(sql.number("select count(*) from changelog_checkpoint")).isEqualTo(signed);
        assertThat(log.verify().fault()).isEmpty();
    }

    @Test
    void a_filter_finds_by_actor_object_kind_environment_and_time() {
        var key = new EnvironmentKey("filtered");
        var wanted = written(Entry.of(
                new Actor("local:finder", "Finder", Actor.Means.SESSION), "created", Thing.in(key, "heron", "h-1")));
        written(entry("another"));

        assertThat(found(new Filter("local:finder", "", "", "", Optional.empty(), Optional.empty())))
                .containsExactly(wanted.sequence());
        assertThat(found(new Filter("", "heron", "h-1", "filtered", Optional.empty(), Optional.empty())))
                .containsExactly(wanted.sequence());
        assertThat(found(new Filter("", "heron", "h-2", "", Optional.empty(), Optional.empty())))
                .isEmpty();
        assertThat(found(new Filter("", "heron", "", "", Optional.of(wanted.at()), Optional.empty())))
                .containsExactly(wanted.sequence());
        assertThat(found(new Filter("", "heron", "", "", Optional.empty(), Optional.of(wanted.at()))))
                .isEmpty();
        assertThat(log.kinds()).contains("heron");
        assertThat(log.doers(100)).contains(new ChangeLog.Doer("local:finder", Optional.of("Finder")));
    }

    private List<Long> found(Filter filter) {
        return log.find(filter, Long.MAX_VALUE, 10).stream().map(Row::sequence).toList();
    }

    @Test
    void a_person_is_forgotten_and_the_chain_holds() {
        var gone = new Actor("local:gone", "Gone Girl", Actor.Means.SESSION);
        var row = written(Entry.of(gone, "invited", Thing.of("account", "gone"))
                .personal("login", "local:gone", null, "gone@example.com")
                .because("Because"));
        assertThat(row.open(row.after().get("login"))).contains("gone@example.com");
        long erased = log.verify().erased();

        assertThat(log.erasePerson("local:gone", ADA, "She asked for it")).isEqualTo(2);

        var after = log.find(row.sequence()).orElseThrow();
        assertThat(after.content()).isEqualTo(row.content());
        assertThat(after.actorName()).isEmpty();
        assertThat(after.open(after.after().get("login"))).isEmpty();
        assertThat(after.reason()).contains("Because");
        assertThat(sql.number(
                        "select count(*) from changelog_personal where value like '%gone@%' or value like 'Gone%'"))
                .isZero();
        log.eraseRow(row.sequence(), ADA, "The reason named somebody");
        assertThat(log.find(row.sequence()).orElseThrow().reason()).isEmpty();
        assertThat(log.verify().fault()).isEmpty();
        assertThat(log.verify().erased()).isEqualTo(erased + 3);
        assertThat(log.verify().untold()).isZero();
        assertThat(log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0).action()).isEqualTo("personal-data-erased");
    }

    @Test
    void an_export_passes_the_offline_verifier() throws IOException {
        signing.hourly();
        written(entry("after the checkpoint"));
        var key = log.key().orElseThrow();
        var held = Checkpoint.of(log.checkpoints(Long.MAX_VALUE, 1).get(0).note(), key)
                .orElseThrow();
        var lines = new ArrayList<String>();

        log.export(lines::add);

        var text = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        var verification = new Verification(List.of(held));
        assertThat(Export.check(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), key, verification))
                .isEmpty();
        assertThat(verification.rows()).isEqualTo(lines.size() - 1);
        assertThat(verification.confirmed()).isEqualTo(held.size());
    }

    @Test
    void served_proofs_hold_for_the_signed_checkpoints_and_for_no_others() {
        written(entry("before an older checkpoint"));
        signing.hourly();
        var older = checkpoint();
        var row = written(entry("between two checkpoints"));
        written(entry("after that"));
        signing.hourly();
        var newer = checkpoint();
        var held = List.of(older, newer);

        var consistency = log.consistency(older.size(), newer.size()).orElseThrow();
        var inclusion = log.inclusion(row.sequence(), newer.size()).orElseThrow();

        assertThat(Proof.check(consistency, held).kind()).isEqualTo(Proof.Result.Kind.TRUE);
        assertThat(Proof.check(inclusion, held).kind()).isEqualTo(Proof.Result.Kind.TRUE);
        assertThat(Proof.check(inclusion, held).words()).contains(row.content());
        var another = new Checkpoint(older.log(), older.size(), newer.root(), older.last(), older.at());
        assertThat(Proof.check(consistency, List.of(another, newer)).kind()).isEqualTo(Proof.Result.Kind.BROKEN);
        assertThat(log.consistency(1, Long.MAX_VALUE)).isEmpty();
        assertThat(log.consistency(0, 1)).isEmpty();
        assertThat(log.consistency(2, 1)).isEmpty();
        assertThat(log.inclusion(newer.size(), newer.size() - 1)).isEmpty();
        assertThat(log.inclusion(1, Long.MAX_VALUE)).isEmpty();
    }

    private Checkpoint checkpoint() {
        return Checkpoint.of(
                        log.checkpoints(Long.MAX_VALUE, 1).get(0).note(),
                        log.key().orElseThrow())
                .orElseThrow();
    }

    @Test
    void texts_that_no_database_or_json_can_hold_are_mended_and_long_ones_shortened() {
        var row = written(Entry.of(ADA, "changed", Thing.of("otter", "o\u0000\ud83d"))
                .change("half", null, "a\ude00b\u0000c")
                .change("long", null, "x".repeat(Wording.LONGEST_VALUE)));

        assertThat(row.object()).isEqualTo("o\ufffd\ufffd");
        assertThat(row.after().get("half")).isEqualTo("a\ufffdb\ufffdc");
        assertThat(String.valueOf(row.after().get("long")))
                .contains("length=32770")
                .doesNotContain("xxx");
        assertThat(log.verify().fault()).isEmpty();
    }
}
