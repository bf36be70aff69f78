package dev.weir.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SqlTest {

    @Inject
    Sql sql;

    @Inject
    DataSource source;

    String product() {
        return "H2";
    }

    @Test
    void the_data_source_is_the_chosen_database() throws Exception {
        try (var connection = source.getConnection()) {
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo(product());
        }
    }

    @Test
    void a_time_comes_back_as_it_was_written() {
        var at = Instant.parse("2026-03-01T10:20:30.123456Z");
        insert("times", at);

        var read = sql.first(
                "select created_at from environment where key = ?", row -> Sql.instant(row, "created_at"), "times");

        assertThat(read).contains(at);
    }

    @Test
    void a_second_row_with_the_same_key_is_called_a_duplicate() {
        insert("twice", Instant.EPOCH);

        assertThatThrownBy(() -> insert("twice", Instant.EPOCH))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.duplicate()).isTrue());
    }

    @Test
    void a_failure_does_not_repeat_the_values_of_the_statement() {
        assertThatThrownBy(() -> sql.change(
                        "insert into environment (key, name, kind, critical, hash_key, created_at) values (?, ?, ?, ?, ?, ?)",
                        "bad",
                        "A secret name",
                        "no such kind",
                        false,
                        "",
                        Instant.EPOCH))
                .hasMessageNotContaining("secret")
                .hasStackTraceContaining("SQL state 23")
                .cause()
                .hasMessage("");
    }

    @Test
    void what_is_rolled_back_was_never_there() {
        QuarkusTransaction.begin();
        insert("undone", Instant.EPOCH);
        QuarkusTransaction.rollback();

        List<String> found = sql.list("select key from environment where key = ?", row -> row.getString(1), "undone");

        assertThat(found).isEmpty();
    }

    private void insert(String key, Instant at) {
        sql.change(
                "insert into environment (key, name, kind, critical, hash_key, created_at) values (?, ?, ?, ?, ?, ?)",
                key,
                "Name of " + key,
                "staging",
                false,
                "00",
                at);
    }
}
