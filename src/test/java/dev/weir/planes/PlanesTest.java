package dev.weir.planes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanesTest {

    private static final Pattern DATA_ROOM = Pattern.compile("\\| `(\\w+)` \\| \\d+ \\| data \\|.*");

    @Test
    void a_node_is_control_and_data_unless_it_is_told_otherwise() {
        var planes = new Planes(Planes.USUAL);

        assertThat(planes.control()).isTrue();
        assertThat(planes.data()).isTrue();
        assertThat(planes.loader()).isFalse();
    }

    @Test
    void planes_are_named_in_any_order_and_with_blanks() {
        var planes = new Planes(" loader, data");

        assertThat(planes.control()).isFalse();
        assertThat(planes).hasToString("data,loader");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "all", "Control", "control,", "control data"})
    void anything_else_stops_the_start_and_names_the_setting(String names) {
        assertThatThrownBy(() -> new Planes(names))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weir.planes");
    }

    @Test
    void the_rooms_of_the_data_plane_are_those_of_the_plan() throws IOException {
        var plan = Files.readAllLines(Path.of("docs/architecture.md")).stream()
                .map(DATA_ROOM::matcher)
                .filter(row -> row.matches())
                .map(row -> row.group(1))
                .collect(Collectors.toSet());

        assertThat(PlaneSchedules.DATA_ROOMS).isEqualTo(plan);
    }
}
