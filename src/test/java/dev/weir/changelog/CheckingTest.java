package dev.weir.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.changelog.proof.Export;
import dev.weir.changelog.proof.Sealed;
import dev.weir.changelog.proof.Verification;
import dev.weir.database.Sql;
import dev.weir.kernel.Actor;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What others write between two statements of a look at the whole log is no fault, and of what a filter finds no more is read. */
@QuarkusTest
class CheckingTest {

    private static final Actor MOLE = new Actor("local:mole", "Mole", Actor.Means.SESSION);

    @Inject
    ChangeLog log;

    @Inject
    Signing signing;

    @Inject
    Sql sql;

    /** Rows that let somebody else do something in the midst, once. */
    private final class Interrupted extends LogRows {

        private final String where;
        private final Runnable meanwhile;
        private boolean done;
        private int values;

        Interrupted(String where, Runnable meanwhile) {
            super(sql);
            this.where = where;
            this.meanwhile = meanwhile;
        }

        private void at(String here) {
            if (!done && here.equals(where)) {
                done = true;
                meanwhile.run();
            }
        }

        @Override
        Head head() {
            var head = super.head();
            at("after the head");
            return head;
        }

        @Override
        Map<Long, Map<String, Sealed>> personal(String which, Object... sequences) {
            at("before the values");
            var found = super.personal(which, sequences);
            values += found.values().stream().mapToInt(Map::size).sum();
            return found;
        }
    }

    private long dug(String hole) {
        QuarkusTransaction.requiringNew().run(() -> log.write(Entry.of(MOLE, "dug", Thing.of("hole", hole))));
        return log.find(hole(hole), Long.MAX_VALUE, 1).get(0).sequence();
    }

    private static Filter hole(String hole) {
        return new Filter("", "hole", hole, "", java.util.Optional.empty(), java.util.Optional.empty());
    }

    @Test
    void a_checkpoint_that_is_signed_meanwhile_is_over_no_row_that_is_missing() {
        dug("first");
        var rows = new Interrupted("after the head", () -> {
            dug("meanwhile");
            signing.hourly();
        });

        var verified = new Checking(rows, signing).verify();

        assertThat(rows.done).isTrue();
        assertThat(verified.fault()).isEmpty();
    }

    @Test
    void what_is_erased_meanwhile_is_told_of() {
        long row = dug("erased meanwhile");
        long untold = log.verify().untold();
        var rows = new Interrupted("before the values", () -> log.eraseRow(row, MOLE, "Meanwhile"));

        var verified = new Checking(rows, signing).verify();

        assertThat(rows.done).isTrue();
        assertThat(verified.fault()).isEmpty();
        assertThat(verified.untold()).isEqualTo(untold);
    }

    @Test
    void an_export_tells_of_what_was_erased_while_it_was_made() throws IOException {
        long row = dug("erased in an export");
        long untold = log.verify().untold();
        var rows = new Interrupted("before the values", () -> log.eraseRow(row, MOLE, "Meanwhile"));
        var lines = new ArrayList<String>();

        new Checking(rows, signing).export(lines::add);

        assertThat(rows.done).isTrue();
        var verification = new Verification(List.of());
        var file = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(Export.check(
                        new ByteArrayInputStream(file), signing.verifier().orElseThrow(), verification))
                .isEmpty();
        assertThat(verification.untold()).isEqualTo(untold);
    }

    @Test
    void of_rows_that_are_far_apart_only_their_own_values_are_read() {
        var hole = "far-" + UUID.randomUUID();
        dug(hole);
        for (int i = 0; i < 20; i++) {
            dug("between");
        }
        dug(hole);
        var rows = new Interrupted("never", () -> {});

        var found = rows.find(hole(hole), Long.MAX_VALUE, 10);

        assertThat(found)
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.actorName()).contains("Mole"));
        assertThat(rows.values).isEqualTo(2);
    }
}
