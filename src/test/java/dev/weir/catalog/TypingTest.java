package dev.weir.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.weir.access.Role;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What changes while somebody types, in a real browser. */
@QuarkusTest
class TypingTest {

    private static void drafted(SignedIn person, String name) {
        person.request()
                .formParams(Map.of("name", name, "type", "click", "filter", "text equals \"Buy\""))
                .post("/console/definitions");
    }

    @Test
    void the_list_narrows_and_the_address_says_so() {
        var developer = SignedIn.as(Role.DEVELOPER);
        drafted(developer, "Kingfisher seen");
        drafted(developer, "Heron seen");
        try (var window = developer.browser()) {
            var page = window.newPage();
            page.navigate("/console/definitions");
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

    private static void filter(Page page, String text) {
        page.locator("#filter").fill(text);
    }
}
