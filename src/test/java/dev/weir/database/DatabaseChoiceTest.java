package dev.weir.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
