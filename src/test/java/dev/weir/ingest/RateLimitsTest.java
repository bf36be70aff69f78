package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.AppId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Held at one moment: nothing comes back while a test runs. */
class RateLimitsTest {

    private static final AppId APP = new AppId("1234567890");
    private static final AppId OTHER = new AppId("1234567891");
    private static final String HERE = "192.0.2.1";
    private static final String THERE = "192.0.2.2";

    private final RateLimits rates =
            new RateLimits(Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC), new IngestConfig.Rate() {
                @Override
                public int perSecond() {
                    return 10;
                }

                @Override
                public int burst() {
                    return 20;
                }

                @Override
                public int addressPerSecond() {
                    return 5;
                }

                @Override
                public int addressBurst() {
                    return 15;
                }

                @Override
                public int identityPerSecond() {
                    return 1;
                }

                @Override
                public int identityBurst() {
                    return 4;
                }

                @Override
                public int remembered() {
                    return 1600;
                }
            });

    @Test
    void an_address_has_a_limit_over_all_app_ids() {
        assertThat(rates.take(APP, HERE, 10).passes()).isTrue();

        var more = rates.take(OTHER, HERE, 10);

        assertThat(more.passes()).isFalse();
        assertThat(more.stopping()).isEqualTo("address");
        assertThat(more.delay()).hasSeconds(1);
        assertThat(rates.take(OTHER, THERE, 10).passes()).isTrue();
    }

    @Test
    void an_app_id_has_a_limit_over_all_addresses() {
        assertThat(rates.take(APP, HERE, 15).passes()).isTrue();

        var more = rates.take(APP, THERE, 10);

        assertThat(more.stopping()).isEqualTo("app");
        assertThat(rates.take(APP, THERE, 5).passes()).isTrue();
    }

    @Test
    void what_the_app_id_refuses_is_not_taken_of_the_address() {
        rates.take(APP, HERE, 15);
        rates.take(APP, THERE, 10);

        assertThat(rates.take(OTHER, THERE, 15).passes()).isTrue();
    }

    @Test
    void a_user_of_one_app_id_has_a_limit_of_its_own() {
        assertThat(users(APP, Map.of("ada", 4, "bob", 4)).passes()).isTrue();

        var more = users(APP, Map.of("ada", 1));

        assertThat(more.stopping()).isEqualTo("identity");
        assertThat(more.delay()).hasSeconds(1);
        assertThat(users(APP, Map.of("carla", 4)).passes()).isTrue();
        assertThat(users(OTHER, Map.of("ada", 4)).passes()).isTrue();
    }

    @Test
    void one_user_too_many_takes_nothing_of_the_others() {
        users(APP, Map.of("ada", 4));

        assertThat(users(APP, Map.of("ada", 1, "bob", 4, "carla", 4)).passes()).isFalse();

        assertThat(users(APP, Map.of("bob", 4, "carla", 4)).passes()).isTrue();
    }

    @Test
    void each_limit_stands_in_the_header_with_the_user_who_has_least_left() {
        var standing = rates.take(rates.take(APP, HERE, 5), APP, Map.of("ada", 1, "bob", 3));

        assertThat(standing.header()).isEqualTo("\"app\";r=15;t=0, \"address\";r=10;t=0, \"identity\";r=1;t=0");
        assertThat(rates.policy()).isEqualTo("\"app\";q=20;w=2, \"address\";q=15;w=3, \"identity\";q=4;w=4");
    }

    @Test
    void an_address_of_version_six_is_as_good_as_its_neighbours() {
        assertThat(Addresses.of("2001:db8:1:2:3:4:5:6")).isEqualTo(Addresses.of("2001:0db8:1:2::1"));
        assertThat(Addresses.of("2001:db8:1:3::1")).isNotEqualTo(Addresses.of("2001:db8:1:2::1"));
        assertThat(Addresses.of("192.0.2.1")).isNotEqualTo(Addresses.of("192.0.2.2"));
        assertThat(Addresses.of("::ffff:192.0.2.1")).isNotEqualTo(Addresses.of("::ffff:192.0.2.2"));
        assertThat(Addresses.of("not:an:address")).isEqualTo("not:an:address");
    }

    private RateLimits.Standing users(AppId app, Map<String, Integer> events) {
        return rates.take(new RateLimits.Standing(java.util.List.of()), app, events);
    }
}
