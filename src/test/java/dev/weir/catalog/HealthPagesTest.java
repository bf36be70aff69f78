package dev.weir.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.kernel.AppId;
import dev.weir.kernel.Revision;
import dev.weir.store.Appended;
import dev.weir.store.Batch;
import dev.weir.store.Door;
import dev.weir.store.Entry;
import dev.weir.store.EventStore;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each state that a definition can be in, as the page and the interface tell it; what they rest on is told by CheckupTest. */
@QuarkusTest
class HealthPagesTest {

    @Inject
    EventStore store;

    @Inject
    Sql sql;

    private final Tenant tenant = Tenant.development();
    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    /** Once, so that everything lies in one hour of its day. */
    private final Instant now = Instant.now();

    private final Map<String, String> ids = new java.util.HashMap<>();

    @Test
    void every_state_is_told_with_what_was_expected_and_what_is_behind_it() {
        defined("collapsed", "selector matches \".add-to-cart-" + mark + "\"");
        defined("silent", "selector matches \".never-" + mark + "\"");
        defined("weekly", "text equals \"Weekly " + mark + "\"");
        defined("wide", "selector matches \".all-" + mark + "\"");
        defined("near", "selector matches \".near-" + mark + "\"");
        defined("nearer", "text equals \"Near " + mark + "\"");
        defined("one", "text equals \"Twice " + mark + "\"");
        defined("same", "text equals \"Twice " + mark + "\"");
        // It was renamed since: the same button at the same place, under another name.
        happened(40, 7, click("Add", "add-to-cart-" + mark));
        happened(40, 14, click("Add", "add-to-cart-" + mark));
        happened(30, 0, click("Add", "buy-now-" + mark, "all-" + mark));
        happened(10, 0, click("Add", "css-1q2w3e", "all-" + mark));
        happened(25, 0, click("Weekly " + mark, "all-" + mark));
        happened(25, 7, click("Weekly " + mark, "all-" + mark));
        happened(25, 14, click("Weekly " + mark, "all-" + mark));
        happened(30, 1, click("Near " + mark, "near-" + mark, "all-" + mark));
        happened(3, 1, click("Nearly", "near-" + mark, "all-" + mark));
        happened(30, 1, click("Twice " + mark, "all-" + mark));

        var person = SignedIn.as(Role.AUDITOR);
        var page = person.request()
                .get("/console/definitions/health?environment="
                        + tenant.environment().value())
                .asString();
        var told = given().header("Authorization", "Bearer " + person.token("Health", "read"))
                .get("/api/v1/definitions/health?environment="
                        + tenant.environment().value())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        told(page, told, "collapsed", "collapsed", "bad");
        assertThat(row(page, "collapsed"))
                .contains("<td class=\"number\">80</td>", "<td class=\"number\">0</td>", "<td class=\"number\">40</td>")
                .contains("<code>.buy-now-" + mark + "</code>: 75 % of those events");
        assertThat(of(told, "collapsed", "expected")).isEqualTo(40);
        assertThat(of(told, "collapsed", "recent")).isEqualTo(0);
        assertThat(of(told, "collapsed", "cause.selector")).isEqualTo(".buy-now-" + mark);
        assertThat(of(told, "collapsed", "cause.percent")).isEqualTo(75);
        assertThat(of(told, "collapsed", "weeks")).isEqualTo(2);
        assertThat(of(told, "collapsed", "collapsed_hours")).isEqualTo(24);
        assertThat(of(told, "collapsed", "hours.size()")).isEqualTo(24);
        assertThat(of(told, "collapsed", "hours.expected.sum()")).isEqualTo(40);
        told(page, told, "silent", "silent-since-birth", "warn");
        told(page, told, "weekly", "healthy", "ok");
        assertThat(of(told, "weekly", "expected")).isEqualTo(25);
        assertThat(of(told, "weekly", "recent")).isEqualTo(25);
        assertThat(row(page, "weekly")).contains("<td class=\"number\">25</td>");
        told(page, told, "wide", "over-matching", "warn");
        told(page, told, "near", "overlapping", "info");
        assertThat(of(told, "near", "others").toString()).contains("nearer " + mark);
        assertThat(row(page, "near")).contains("nearer " + mark);
        told(page, told, "one", "duplicate", "warn");
        assertThat(of(told, "one", "others").toString()).contains("same " + mark);
        assertThat(row(page, "one")).contains("same " + mark);
        itself(person);
    }

    /** On the page of the definition, and of it alone. */
    private void itself(SignedIn person) {
        var place = "?environment=" + tenant.environment().value();
        var page = person.request()
                .get("/console/definitions/" + ids.get("collapsed") + place)
                .asString();
        assertThat(page)
                .contains("In the last 24 full hours it matched 0: under a fifth of what was to be expected")
                .contains("where 40 were to be expected: the median of the same hours of the same weekday in 2 weeks")
                .contains("<rect class=\"expected\"")
                .doesNotContain("<rect class=\"kept\" x=\"696\"");
        assertThat(person.request()
                        .get("/console/definitions/" + ids.get("silent") + place)
                        .asString())
                .contains("can be said from two weeks on")
                .doesNotContain("It collapsed");
        var one = given().header("Authorization", "Bearer " + person.token("Health of one", "read"))
                .get("/api/v1/definitions/" + ids.get("collapsed") + "/health" + place)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(one.getString("definition.state")).isEqualTo("collapsed");
        assertThat(one.getInt("definition.expected")).isEqualTo(40);
        assertThat(one.getString("definition.cause.selector")).isEqualTo(".buy-now-" + mark);
        assertThat(one.getList("definition.hours.seen", Integer.class))
                .hasSize(24)
                .containsOnly(0);
    }

    private void told(String page, JsonPath told, String name, String state, String tone) {
        assertThat(of(told, name, "state")).as(name).isEqualTo(state);
        assertThat(row(page, name))
                .contains("<span class=\"badge " + tone + "\">"
                        + state.replace("since-birth", "since birth").replace("silent-", "silent ") + "</span>");
    }

    private Object of(JsonPath told, String name, String field) {
        return told.get("definitions.find { it.id == '" + ids.get(name) + "' }." + field);
    }

    private String row(String page, String name) {
        var row = Pattern.compile(
                        "(?s)<tr>\\s*<th scope=\"row\"><a href=\"/console/definitions/" + ids.get(name) + "\">.*?</tr>")
                .matcher(page);
        assertThat(row.find()).as(name).isTrue();
        return row.group();
    }

    private void defined(String name, String filter) {
        var answer = SignedIn.as(Role.ARCHITECT)
                .request()
                .formParams(Map.of("name", name + " " + mark, "type", "click", "filter", filter))
                .post("/console/definitions");
        assertThat(answer.statusCode()).isEqualTo(303);
        ids.put(name, answer.header("Location").replaceFirst(".*/", ""));
    }

    private Event click(String text, String... classes) {
        var target = new Element("button", null, List.of(classes), Map.of(), 1, 1, false);
        return new Event(
                EventType.CLICK,
                null,
                text,
                null,
                new Hierarchy(List.of(target)),
                Map.of(),
                null,
                new Page("https://shop.example/p", null, null),
                Session.NONE);
    }

    /** So many so many days and an hour ago: far from where one day becomes the next. */
    private void happened(int times, int daysAgo, Event event) {
        var at = now.minus(Duration.ofDays(daysAgo)).minus(Duration.ofHours(1));
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < times; i++) {
            entries.add(new Entry.Arrival(
                    null, event, Entry.Who.NOBODY, at, null, false, List.of(), Entry.Meaning.NOTHING));
        }
        var revision = new Revision(tenant.environment(), 1, "0".repeat(64));
        var batch = new Batch(new AppId(tenant.app()), revision, Door.COLLECT, at, false, 10, 0, entries);
        var appended = store.append(batch).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS);
        assertThat(appended.join()).isInstanceOf(Appended.Committed.class);
    }
}
