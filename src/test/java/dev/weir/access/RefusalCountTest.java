package dev.weir.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.RefusalCount.Refused;
import org.junit.jupiter.api.Test;

class RefusalCountTest {

    private static Refused from(int address) {
        return Refused.providersToken("192.0.2." + address);
    }

    private static long all(RefusalCount.Taken taken) {
        return taken.others()
                + taken.counts().values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void a_flood_from_everywhere_is_told_in_few_rows_and_in_full_number() {
        var count = new RefusalCount();
        for (int i = 0; i < 250 * 40; i++) {
            count.add(from(i % 250));
        }

        var taken = count.take();

        var entries = taken.entries();
        assertThat(entries).hasSize(RefusalCount.MOST + 1);
        assertThat(all(taken)).isEqualTo(250 * 40);
        assertThat(entries.get(RefusalCount.MOST).thing().id()).isEqualTo("others");
        assertThat(count.take().isEmpty()).isTrue();
    }

    @Test
    void what_could_not_be_told_is_told_later_and_still_in_few_rows() {
        var count = new RefusalCount();
        for (int i = 0; i < 30; i++) {
            count.add(from(i));
        }
        var taken = count.take();
        for (int i = 20; i < 50; i++) {
            count.add(from(i));
        }

        count.putBack(taken);

        var both = count.take();
        assertThat(both.entries()).hasSize(RefusalCount.MOST + 1);
        assertThat(all(both)).isEqualTo(60);
    }
}
