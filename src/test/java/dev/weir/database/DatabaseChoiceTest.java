package dev.weir.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void an_address_of_another_database_stops_the_start_and_is_not_repeated() {
        assertThatThrownBy(() -> DatabaseChoice.settings("jdbc:mysql://db/weir?password=hunter2"))
                .hasMessage("weir.database.url must start with jdbc:h2: or jdbc:postgresql:");
    }
}
