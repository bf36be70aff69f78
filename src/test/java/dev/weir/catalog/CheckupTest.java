package dev.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.Health.Cause;
import dev.weir.catalog.Health.State;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckupTest {

    private static final Instant NOW = Instant.parse("2026-03-30T12:00:00Z");

    private static Definition defined(String name, String filter) {
        return written(name, filter, NOW);
    }

    private static Definition written(String name, String filter, Instant at) {
        var details = new Form(name, "click", filter, "", "", "", "", "", "team", "")
                .read()
                .details()
                .orElseThrow();
        var hand = new Hand("somebody", "Somebody", at);
        return new Definition(name, details, Status.DRAFT, false, Set.of("somebody"), hand, hand, Optional.empty(), 0);
    }

    private static Event click(String path, String text, String... classes) {
        var target = new Element("button", null, List.of(classes), Map.of(), 1, 1, false);
        return new Event(
                EventType.CLICK,
                null,
                text,
                null,
                new Hierarchy(List.of(target)),
                Map.of(),
                null,
                new Page(path, null, null),
                Session.NONE);
    }

    /** So many such clicks so many days ago. */
    private static void happened(Checkup checkup, int times, int daysAgo, Event event) {
        for (int i = 0; i < times; i++) {
            checkup.event(NOW.minus(Duration.ofDays(daysAgo)).minusSeconds(60), event);
        }
    }

    private static Health health(Checkup checkup, String name) {
        return checkup.healths().stream()
                .filter(health -> health.definition().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Checkup checkup(Definition... definitions) {
        return new Checkup(MatcherVersion.NEWEST, Arrays.asList(definitions), NOW);
    }

    @Test
    void a_definition_that_never_matched_is_silent_since_birth() {
        var checkup = checkup(defined("a", "selector matches \".nowhere\""));
        happened(checkup, 30, 0, click("/p", "Buy", "btn"));

        assertThat(health(checkup, "a").state()).isEqualTo(State.SILENT);
    }

    @Test
    void what_was_written_before_the_look_begins_is_not_called_silent_since_birth() {
        var recent = NOW.minus(Duration.ofHours(3));
        var old = written("old", "selector matches \".nowhere\"", NOW.minus(Duration.ofDays(31)));
        var young = written("young", "selector matches \".nowhere\"", recent);
        var busy = written("busy", "text equals \"Never\"", recent.minusSeconds(1));

        var quiet = checkup(old, young);
        assertThat(health(quiet, "old").state()).isEqualTo(State.UNSEEN);
        assertThat(health(quiet, "old").since()).isEqualTo(NOW.minus(Recorded.BACK));
        assertThat(health(quiet, "young").state()).isEqualTo(State.SILENT);

        // As many as one look takes in, all of the last three hours: nothing is known of what came before.
        var crowded = checkup(young, busy);
        for (int i = 0; i < Recorded.MOST; i++) {
            crowded.event(i == 0 ? recent : NOW.minusSeconds(60), click("/p", "Buy"));
        }
        assertThat(health(crowded, "busy").state()).isEqualTo(State.UNSEEN);
        assertThat(health(crowded, "busy").why()).contains("since 2026-03-30 09:00");
        assertThat(health(crowded, "young").state()).isEqualTo(State.SILENT);
    }

    @Test
    void what_the_database_has_counted_is_not_silent_because_this_look_did_not_reach_it() {
        var rare = written("rare", "text equals \"Rarely\"", NOW.minus(Duration.ofDays(20)));
        var counted =
                new Checkup.Counted(Rhythm.of(NOW, Map.of(), Optional.empty()), 3, NOW.minus(Duration.ofDays(29)));
        var none = new Checkup.Counted(Rhythm.of(NOW, Map.of(), Optional.empty()), 0, NOW.minus(Duration.ofDays(29)));

        var some = new Checkup(MatcherVersion.NEWEST, List.of(rare), NOW, Map.of("rare", counted));
        assertThat(health(some, "rare").state()).isEqualTo(State.HEALTHY);
        assertThat(health(some, "rare").count()).isEqualTo(3);
        var nothing = new Checkup(MatcherVersion.NEWEST, List.of(rare), NOW, Map.of("rare", none));
        assertThat(health(nothing, "rare").state()).isEqualTo(State.SILENT);
    }

    @Test
    void a_renamed_class_makes_it_collapse_and_the_new_name_is_found_with_its_share() {
        var checkup = checkup(defined("cart", "selector matches \".add-to-cart\""));
        happened(checkup, 25, 0, click("/p", "Add", "btn", "btn-cart"));
        happened(checkup, 5, 0, click("/p", "Add", "btn", "css-1q2w3e"));
        happened(checkup, 40, 0, click("/q", "Elsewhere", "btn-other"));
        happened(checkup, 30, 7, click("/p", "Add", "btn", "add-to-cart"));
        happened(checkup, 50, 14, click("/p", "Add", "btn", "add-to-cart"));

        var health = health(checkup, "cart");

        assertThat(health.state()).isEqualTo(State.COLLAPSED);
        assertThat(health.expected()).contains(40L);
        assertThat(health.recent()).isZero();
        assertThat(health.cause()).contains(new Cause(".btn-cart", 83));
    }

    @Test
    void of_new_names_the_one_that_others_do_not_have_is_told_though_fewer_share_it() {
        var checkup = checkup(defined("cart", "selector matches \".add-to-cart\""));
        happened(checkup, 30, 0, click("/p", "Add", "themed", "btn-cart"));
        happened(checkup, 5, 0, click("/p", "Add", "themed"));
        happened(checkup, 200, 0, click("/q", "Elsewhere", "themed"));
        happened(checkup, 40, 7, click("/p", "Add", "add-to-cart"));
        happened(checkup, 40, 14, click("/p", "Add", "add-to-cart"));

        assertThat(health(checkup, "cart").cause()).contains(new Cause(".btn-cart", 86));
    }

    @Test
    void what_was_counted_elsewhere_goes_before_what_this_look_could_take_in() {
        var cart = defined("cart", "text equals \"Add\"");
        var weeks = new HashMap<Long, Long>();
        long end = Rhythm.hour(NOW);
        for (int week = 1; week <= 2; week++) {
            weeks.put(end - 1 - 168L * week, 90L);
        }
        var rhythm = Rhythm.of(NOW, weeks, Optional.of(end - 337));
        var checkup = new Checkup(
                MatcherVersion.NEWEST,
                List.of(cart),
                NOW,
                Map.of("cart", new Checkup.Counted(rhythm, 500, NOW.minus(Duration.ofDays(29)))));
        happened(checkup, 30, 1, click("/p", "Add", "btn"));

        assertThat(health(checkup, "cart").state()).isEqualTo(State.COLLAPSED);
        assertThat(health(checkup, "cart").expected()).contains(90L);
    }

    @Test
    void a_quiet_weekday_is_no_collapse() {
        var checkup = checkup(defined("weekly", "text equals \"Add\""));
        happened(checkup, 60, 1, click("/p", "Add", "btn"));
        happened(checkup, 60, 8, click("/p", "Add", "btn"));
        happened(checkup, 60, 15, click("/p", "Add", "btn"));
        happened(checkup, 200, 1, click("/p", "Other", "btn"));

        assertThat(health(checkup, "weekly").state()).isEqualTo(State.HEALTHY);
    }

    @Test
    void what_repeats_overlaps_or_takes_in_nearly_everything_is_said_to() {
        var checkup = checkup(
                defined("one", "text equals \"Add\""),
                defined("same", "text equals \"Add\""),
                defined("wide", "path contains \"/\""),
                defined("near", "selector matches \".near\""),
                defined("nearer", "text equals \"Near\""));
        happened(checkup, 30, 1, click("/p", "Add", "btn"));
        happened(checkup, 90, 1, click("/p", "Other", "btn"));
        happened(checkup, 30, 1, click("/p", "Near", "near"));
        happened(checkup, 3, 1, click("/p", "Nearly", "near"));

        assertThat(health(checkup, "one").state()).isEqualTo(State.DUPLICATE);
        assertThat(health(checkup, "one").others()).containsExactly("same");
        assertThat(health(checkup, "wide").state()).isEqualTo(State.OVER_MATCHING);
        assertThat(health(checkup, "near").state()).isEqualTo(State.OVERLAPPING);
        assertThat(health(checkup, "near").others()).containsExactly("nearer");
    }
}
