package dev.weir.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.weir.access.Role;
import dev.weir.store.Renewal;
import dev.weir.testsupport.SignedIn;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What changes while somebody types, in a real browser. */
@QuarkusTest
class TypingTest {

    private static void drafted(SignedIn person, String name) {
        person.request()
                .formParams(Map.of("name", name, "type", "click", "filter", "text equals \"Buy\"", "tags", "birds"))
                .post("/console/definitions");
    }

    @Test
    void the_list_narrows_and_the_address_says_so() {
        var developer = SignedIn.as(Role.DEVELOPER);
        drafted(developer, "Kingfisher seen");
        drafted(developer, "Heron seen");
        try (var window = developer.browser()) {
            var page = window.newPage();
            page.navigate("/console/definitions?tag=birds");
            page.waitForSelector("text=Heron seen");

            page.locator("#q").pressSequentially("kingf");

            page.waitForCondition(() -> page.locator("text=Heron seen").count() == 0);
            assertThat(page.locator("text=Kingfisher seen").count()).isEqualTo(1);
            page.waitForURL(address -> address.contains("q=kingf"));
            page.reload();
            assertThat(page.locator("#q").inputValue()).isEqualTo("kingf");
            assertThat(page.locator("text=Heron seen").count()).isZero();
        }
    }

    @Test
    void the_editor_says_what_is_wrong_and_then_what_it_finds() {
        try (var window = SignedIn.as(Role.DEVELOPER).browser()) {
            var page = window.newPage();
            page.navigate("/console/definitions/new");
            page.locator("#type").selectOption("click");

            filter(page, "text equals \"Bu");
            page.waitForSelector("#seen .notice.warn");
            filter(page, "text equals \"Buy\"");
            page.waitForSelector("#seen >> text=Stability");

            assertThat(page.locator("#seen").textContent()).contains("events of this type", "rewording");
            assertThat(page.locator("#filter").inputValue()).isEqualTo("text equals \"Buy\"");
        }
    }

    @Test
    void the_editor_says_which_standards_are_broken_while_any_field_is_typed() {
        try (var window = SignedIn.as(Role.DEVELOPER).browser()) {
            var page = window.newPage();
            var told = page.locator("#deviations");
            page.navigate("/console/definitions/new");

            page.locator("#name").pressSequentially("cart emptied");
            page.waitForCondition(() -> told.textContent().contains("The name is not of the form"));
            page.locator("#name").fill("Cart Emptied");
            page.locator("#category").fill("Shop");

            page.waitForCondition(() -> told.textContent().contains("There is no description")
                    && !told.textContent().contains("The name is not")
                    && !told.textContent().contains("There is no category"));
        }
    }

    /** Eleven such clicks: a chart of the days, and the ten newest of them. */
    @Test
    void while_a_filter_is_typed_the_editor_counts_draws_and_shows_ten() {
        var tenant = Tenant.development();
        Renewal.now();
        clicked(tenant, 11);
        try (var window = SignedIn.as(Role.DEVELOPER).browser()) {
            var page = window.newPage();
            page.navigate("/console/definitions/new");
            page.locator("#type").selectOption("click");
            page.locator("#environment").selectOption(tenant.environment().value());

            page.locator("#filter").pressSequentially("text equals \"Buy it\"");
            page.waitForCondition(() -> page.locator("#seen").textContent().contains("11 of the 12 events"));

            assertThat(page.locator("#seen svg.chart rect").count()).isEqualTo(1);
            assertThat(page.locator("#seen svg.chart").getAttribute("aria-label"))
                    .contains("by day");
            assertThat(page.locator("#seen tbody tr:has-text('Buy it')").count())
                    .isEqualTo(10);
            assertThat(page.locator("#seen").textContent()).contains("in the last 30 days");

            page.locator("summary:has-text('Try it on HTML')").click();
            page.locator("#pasted").fill("<button>Buy it</button><button>No</button>");
            page.waitForCondition(() -> page.locator("#seen").textContent().contains("In the pasted HTML"));
            assertThat(page.locator("#seen").textContent()).contains("1 of 3 elements");
        }
    }

    private static void clicked(Tenant tenant, int times) {
        long now = Instant.now().toEpochMilli();
        var events = IntStream.rangeClosed(0, times)
                .mapToObj(i -> "{\"id\":\"c" + i + "\",\"at\":" + now + ",\"type\":\"click\",\"text\":\""
                        + (i == 0 ? "Sell it" : "Buy it") + "\",\"path\":[{\"t\":\"button\",\"n\":1,\"k\":1}]}")
                .collect(Collectors.joining(","));
        given().contentType("text/plain")
                .header("Origin", Tenant.ORIGIN)
                .body("{\"v\":1,\"policy\":\"x\",\"consent\":\"granted\",\"sent\":" + now
                        + ",\"user\":\"1234567890123456\",\"session\":{\"id\":\"11\",\"at\":1},\"page\":{\"id\":\"22\",\"at\":1,"
                        + "\"url\":\"https://shop.example/\"},\"events\":[" + events + "]}")
                .post("/api/collect/" + tenant.app())
                .then()
                .statusCode(200);
    }

    private static void filter(Page page, String text) {
        page.locator("#filter").fill(text);
    }
}
