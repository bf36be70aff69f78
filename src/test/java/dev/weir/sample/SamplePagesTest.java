package dev.weir.sample;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.weir.testsupport.Chromium;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
class SamplePagesTest {

    @ParameterizedTest
    @EnumSource(View.class)
    void every_page_is_there_in_both_styles(View view) {
        var title = containsString("<title>" + view.title().replace("&", "&amp;") + "</title>");
        given().get("/sample/" + view.path()).then().statusCode(200).body(title);
        given().get("/sample/app/" + view.path()).then().statusCode(200).body(title);
    }

    @Test
    void the_shop_carries_the_snippet_of_development_and_nothing_from_elsewhere() {
        given().get("/sample/weir.js")
                .then()
                .statusCode(200)
                .contentType(containsString("javascript"))
                .body(allOf(containsString("heap.load(\""), not(containsString("__"))));
        given().get("/sample/").then().body(not(containsString("http://"))).body(not(containsString("https://")));
    }

    @Test
    void a_form_leads_to_an_address_that_leaks_what_was_planted_and_nothing_that_was_sent() {
        given().redirects()
                .follow(false)
                .formParam("email", "other@example.org")
                .post("/sample/sign-up")
                .then()
                .statusCode(303)
                .header("Location", allOf(containsString("/sample/welcome?email="), not(containsString("other"))));
    }

    @Test
    void a_page_that_does_not_exist_is_not_found() {
        given().get("/sample/nothing").then().statusCode(404);
    }

    @Test
    void the_single_page_app_moves_without_loading_a_document() {
        try (var window = Chromium.shared().newContext()) {
            // given
            var page = window.newPage();
            page.navigate(SignedIn.base() + "/sample/app");
            page.evaluate("window.same = true");

            // when
            page.click(".shop-nav >> text=Account");
            page.waitForSelector(
                    "h1:has-text('Your account')",
                    new Page.WaitForSelectorOptions().setState(WaitForSelectorState.VISIBLE));

            // then
            assertThat(page.url()).endsWith("/sample/app/account/83920017");
            assertThat(page.title()).isEqualTo(View.ACCOUNT.title());
            assertThat(page.evaluate("window.same")).isEqualTo(true);
            page.goBack();
            assertThat(page.locator("h1:visible").textContent()).startsWith("Things for people");
        }
    }

    @Test
    void production_has_no_sample_shop() throws IOException {
        assertThat(Files.readString(Path.of("src/main/resources/application.properties")))
                .contains("%prod.weir.sample.enabled=false");
    }
}
