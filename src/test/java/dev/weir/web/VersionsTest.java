package dev.weir.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VersionsTest {

    private static final long NONE = -1;

    @Test
    void a_version_in_the_body_that_contradicts_if_match_is_none_that_holds() {
        assertThat(Versions.read(7L, null)).isEqualTo(7);
        assertThat(Versions.read(7L, "\"7\"")).isEqualTo(7);
        assertThat(Versions.read(7L, "\"8\"")).isEqualTo(NONE);
        assertThat(Versions.read(7L, "anything")).isEqualTo(NONE);
        assertThat(Versions.read(null, "\"8\"")).isEqualTo(8);
        assertThatThrownBy(() -> Versions.read(null, null)).isInstanceOf(Problem.class);
    }

    @Test
    void a_tag_that_was_weakened_on_its_way_is_still_ours() {
        assertThat(Versions.read("W/\"7\"")).isEqualTo(7);
        assertThat(Versions.read(" \"7\" ")).isEqualTo(7);
        assertThat(Versions.read("w/\"7\"")).isEqualTo(NONE);
        assertThat(Versions.read("7")).isEqualTo(NONE);
    }

    @Test
    void an_etag_that_is_no_number_is_read_between_its_quotes() {
        assertThat(Versions.tag("\"0a1b\"")).isEqualTo("0a1b");
        assertThat(Versions.tag(" W/\"0a1b\" ")).isEqualTo("0a1b");
        assertThat(Versions.tag("W/\"0a1b-12\"")).isEqualTo("0a1b-12");
        assertThat(Versions.tag("0a1b")).isEmpty();
        assertThat(Versions.tag("*")).isEmpty();
        assertThatThrownBy(() -> Versions.tag(null)).isInstanceOf(Problem.class);
    }
}
