package dev.weir.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.AppId;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    private static final String MINTED = "019acb7f-3d21-7a3e-9b1c-5f0e8d7c6b5a";

    @Test
    void keys_of_ids_that_name_their_time_are_in_the_order_of_it_to_a_quarter_of_a_second() {
        var earlier = key("019acb7f-3d21-7fff-bfff-ffffffffffff");
        var later = key("019acb7f-3e00-7000-8000-000000000000");

        assertThat(earlier.getMostSignificantBits()).isLessThan(later.getMostSignificantBits());
        assertThat(earlier.getMostSignificantBits() >>> 24).isEqualTo(0x019acb7f3dL);
    }

    @Test
    void no_more_of_an_id_than_its_quarter_of_a_second_is_in_its_key() {
        var seed = 20261128L;
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var rests = new TreeSet<Long>();
        for (int i = 0; i < 1_000; i++) {
            var id = MINTED.substring(0, 24) + String.format("%012x", random.nextLong() & 0xFFFF_FFFF_FFFFL);
            rests.add(key(id).getMostSignificantBits() & 0xFF_FFFFL);
            assertThat(key(id).toString()).startsWith("019acb7f-3d").isNotEqualTo(id);
        }
        assertThat(rests).as("a hash, and not the digits that follow the time").hasSizeGreaterThan(990);
    }

    @Test
    void the_same_id_has_the_same_key_and_another_spelling_of_it_another() {
        assertThat(key(MINTED)).isEqualTo(key(MINTED)).isNotEqualTo(key(MINTED.toUpperCase(Locale.ROOT)));
        assertThat(key(MINTED.toUpperCase(Locale.ROOT)).toString()).startsWith("019acb7f-3d");
    }

    @Test
    void an_id_that_names_its_time_has_another_key_with_each_app_id_and_each_kind_of_door() {
        var one = new AppId("1234567890");
        var other = new AppId("1234567891");

        assertThat(Duplicates.among(one, key(MINTED))).isNotEqualTo(Duplicates.among(other, key(MINTED)));
        assertThat(Keys.of(Door.TRACK, MINTED)).isNotEqualTo(key(MINTED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "019acb7f-3d21-4a3e-9b1c-5f0e8d7c6b5a",
                "019acb7f-3d21-7a3e-9b1c-5f0e8d7c6b5",
                "019acb7f-3d21-7a3e-9b1c-5f0e8d7c6b5a0",
                "019acb7f33d21-7a3e-9b1c-5f0e8d7c6b5a",
                "019acbzf-3d21-7a3e-9b1c-5f0e8d7c6b5a",
                "\uff10\uff119acb7f-3d21-7a3e-9b1c-5f0e8d7c6b5a",
                "order-1",
                ""
            })
    void nothing_of_what_is_no_uuid_of_version_7_is_in_its_key(String id) {
        assertThat(key(id)).isEqualTo(Keys.of("event", id));
    }

    /** The first and the last that are taken for a time, and their neighbours. */
    @ParameterizedTest
    @CsvSource({
        "016f5e66-e7ff, false",
        "016f5e66-e800, true",
        "03bb2cc3-d7ff, true",
        "03bb2cc3-d800, false",
        "49170123-4567, false"
    })
    void what_names_no_time_of_this_century_is_taken_for_no_time(String digits, boolean time) {
        var id = digits + "-7a3e-9b1c-5f0e8d7c6b5a";

        assertThat(key(id).equals(Keys.of("event", id))).isEqualTo(!time);
    }

    private static UUID key(String id) {
        return Objects.requireNonNull(Keys.of(Door.COLLECT, id));
    }
}
