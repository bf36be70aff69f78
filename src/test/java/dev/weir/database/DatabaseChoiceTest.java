package dev.weir.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseChoiceTest {

    @Test
    void exactly_one_database_is_awake() {
        assertThat(DatabaseChoice.settings("jdbc:postgresql://db.example.com/weir"))
                .containsEntry("quarkus.datasource.postgresql.active", "true")
                .containsEntry("quarkus.datasource.h2.active", "false");

        assertThat(DatabaseChoice.settings("jdbc:h2:file:./data/weir"))
                .containsEntry("quarkus.datasource.h2.active", "true")
                .containsEntry("quarkus.datasource.postgresql.active", "false");
    }

    /** What H2 does with a table's checks when the connection is closed that made it. */
    @Test
    void h2_refuses_every_row_once_the_connection_is_closed_that_made_the_table_so_none_is() throws SQLException {
        var url = "jdbc:h2:mem:made;MODE=PostgreSQL";
        try (var other = DriverManager.getConnection(url);
                var insert = other.createStatement()) {
            try (var first = DriverManager.getConnection(url);
                    var create = first.createStatement()) {
                create.execute("create table made (status varchar(16) check (status in ('kept', 'quarantined')))");
                insert.execute("insert into made values ('kept')");
            }

            assertThatThrownBy(() -> insert.execute("insert into made values ('kept')"))
                    .hasMessageContaining("Check constraint invalid");
        }
        for (var h2 : List.of("jdbc:h2:file:./data/weir", "jdbc:h2:mem:weir")) {
            assertThat(DatabaseChoice.settings(h2))
                    .containsEntry("quarkus.datasource.h2.jdbc.idle-removal-interval", "0S");
        }
    }

    @Test
    void nobody_waits_for_ever_for_what_postgresql_does_not_say() {
        assertThat(DatabaseChoice.bounded("7s"))
                .containsEntry("quarkus.datasource.postgresql.jdbc.additional-jdbc-properties.socketTimeout", "7")
                .hasEntrySatisfying(
                        "quarkus.datasource.postgresql.jdbc.new-connection-sql",
                        sql -> assertThat(sql).contains("idle_in_transaction_session_timeout = 14000"));
        for (var wrong : List.of("0s", "6m")) {
            assertThatThrownBy(() -> DatabaseChoice.bounded(wrong))
                    .hasMessage("weir.database.silence must be 1 s to 5 min");
        }
    }

    @Test
    void an_address_of_another_database_stops_the_start_and_is_not_repeated() {
        assertThatThrownBy(() -> DatabaseChoice.settings("jdbc:mysql://db/weir?password=hunter2"))
                .hasMessage("weir.database.url must start with jdbc:h2: or jdbc:postgresql:");
    }
}
