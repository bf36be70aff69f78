package dev.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.catalog.matching.MatcherVersion;
import dev.weir.database.Sql;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.testsupport.Acting;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MatchingTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Inject
    Matching matching;

    @Inject
    Definitions definitions;

    @Inject
    Sql sql;

    private Acting dora;

    @BeforeEach
    void a_developer() {
        dora = Acting.as("matching-dora", Role.DEVELOPER, sql);
    }

    private static Details details(String filter) {
        return new Form("Matched " + COUNT.incrementAndGet(), "pageview", filter, "", "", "", "", "", "team", "T")
                .read()
                .details()
                .orElseThrow();
    }

    static Event view(String url) {
        return new Event(
                EventType.PAGEVIEW,
                null,
                null,
                null,
                Hierarchy.NONE,
                Map.of(),
                null,
                new Page(url, null, null),
                Session.NONE);
    }

    private Definition defined(String filter, boolean personal) {
        return dora.does(() -> definitions.create(details(filter), personal))
                .definition()
                .orElseThrow();
    }

    @Test
    void it_is_compiled_once_for_each_change_of_the_catalog() {
        var one = defined("path equals \"/compiled\"", false);
        var known = matching.known();

        for (int i = 0; i < 100; i++) {
            assertThat(matching.known()).isSameAs(known);
        }
        assertThat(known.matches(view("https://shop.example/compiled"))).containsExactly(one);

        var other = defined("path equals \"/compiled\"", false);
        assertThat(matching.known()).isNotSameAs(known);
        assertThat(matching.known().matches(view("https://shop.example/compiled")))
                .containsExactly(one, other);
        assertThat(known.matches(view("https://shop.example/compiled"))).containsExactly(one);
    }

    @Test
    void personal_drafts_and_what_is_archived_match_nothing() {
        var personal = defined("path equals \"/mine\"", true);
        var archived = defined("path equals \"/mine\"", false);
        dora.does(() -> definitions.move(archived.id(), Status.ARCHIVED, archived.version(), ""));

        assertThat(matching.known().matches(view("https://shop.example/mine"))).isEmpty();
        assertThat(matching.known().definitions()).doesNotContain(personal, archived);
    }

    @Test
    void an_installation_without_definitions_began_with_the_newest_version() {
        assertThat(matching.inForce()).isEqualTo(MatcherVersion.NEWEST);
    }
}
