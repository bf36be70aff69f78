package dev.weir.access;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.weir.testsupport.SignedIn.anonymous;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.testsupport.Axe;
import dev.weir.testsupport.Chromium;
import dev.weir.testsupport.HeldClock;
import dev.weir.testsupport.Keycloak;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signing in with a real Keycloak, through its real form in a real browser. */
@QuarkusTest
@TestProfile(Keycloak.class)
class OidcTest {

    @Inject
    Refusals refusals;

    @Inject
    ChangeLog log;

    @ParameterizedTest
    @CsvSource({
        "anna, Anna Admin, Admin, 200, true",
        "arne, Arne Architect, Architect, 200, false",
        "dora, Dora Developer, Developer, 200, false",
        "axel, Axel Auditor, Auditor, 200, false",
    })
    void each_role_signs_in_through_the_form_of_the_provider(
            String user, String name, String role, int status, boolean mayCreate) {
        try (var window = window()) {
            var page = window.newPage();

            var answer = signIn(page, user, "/console/environments");

            assertThat(answer.status()).isEqualTo(status);
            assertThat(page).hasURL(SignedIn.base() + "/console/environments");
            assertThat(page.locator(".about").first()).containsText(name);
            assertThat(page.locator(".about").first()).containsText(role);
            assertThat(page.getByText("New environment").count() > 0).isEqualTo(mayCreate);
        }
    }

    @Test
    void somebody_without_a_role_reads_which_names_came() {
        try (var window = window()) {
            var page = window.newPage();

            var answer = signIn(page, "nora", "/console");

            assertThat(answer.status()).isEqualTo(403);
            assertThat(page.locator("main")).containsText("you have no role in Weir");
            assertThat(page.locator("main")).containsText("gardener");
        }
    }

    /** The other pages are the same with local accounts: {@code AccessibilityTest} walks them. */
    @Test
    void axe_finds_nothing_on_the_pages_that_look_different_with_a_provider() {
        var wrong = new ArrayList<String>();
        try (var window = window()) {
            var page = window.newPage();
            signIn(page, "anna", "/console/people");
            wrong.addAll(Axe.look(page, "provider /console/people"));
            page.navigate("/console/account");
            wrong.addAll(Axe.look(page, "provider /console/account"));
            page.navigate("/console/signed-out");
            wrong.addAll(Axe.look(page, "provider /console/signed-out"));
        }
        try (var window = window()) {
            var page = window.newPage();
            signIn(page, "nora", "/console");
            wrong.addAll(Axe.look(page, "provider without a role"));
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void the_cookies_are_small_and_for_the_console_only() {
        try (var window = window()) {
            signIn(window.newPage(), "anna", "/console");

            var ours = window.cookies(SignedIn.base() + "/console");
            int size = ours.stream()
                    .mapToInt(c -> c.name.length() + c.value.length())
                    .sum();

            assertThat(ours).isNotEmpty().allSatisfy(c -> assertThat(c.path).isEqualTo("/console"));
            assertThat(ours)
                    .filteredOn(c -> c.name.startsWith("q_session"))
                    .allSatisfy(c -> assertThat(c.httpOnly).isTrue());
            assertThat(size).isLessThan(4096);
            assertThat(window.cookies(SignedIn.base() + "/api/v1/me")).isEmpty();
        }
    }

    @Test
    void signing_out_ends_the_session_at_the_provider_too() {
        try (var window = window()) {
            var page = window.newPage();
            signIn(page, "anna", "/console");

            page.locator("details.pop.end > summary").click();
            page.getByText("Sign out").first().click();

            assertThat(page).hasURL(SignedIn.base() + "/console/signed-out");
            page.navigate(SignedIn.base() + "/console");
            assertThat(page.locator("input[name=username]")).isVisible();
        }
    }

    @Test
    void an_open_stream_ends_within_five_minutes_and_whoever_has_signed_out_gets_no_other() throws Exception {
        try (var window = window()) {
            var page = window.newPage();
            signIn(page, "axel", "/console");
            var clock = HeldClock.atThisMoment();
            var stream = stream(window);
            assertThat(stream.statusCode()).isEqualTo(200);

            page.locator("details.pop.end > summary").click();
            page.getByText("Sign out").first().click();
            assertThat(page).hasURL(SignedIn.base() + "/console/signed-out");
            clock.pass(Duration.ofMinutes(5));

            assertTimeoutPreemptively(
                    Duration.ofSeconds(60), () -> stream.body().readAllBytes());
            assertThat(stream(window).statusCode()).isEqualTo(302);
        }
    }

    /** What a page of this window would get that opens a live view. */
    private static HttpResponse<InputStream> stream(BrowserContext window) throws IOException, InterruptedException {
        var cookies = window.cookies(SignedIn.base() + "/console").stream()
                .map(cookie -> cookie.name + "=" + cookie.value)
                .collect(Collectors.joining("; "));
        var request = HttpRequest.newBuilder(URI.create(SignedIn.base() + "/console/development/live/events"))
                .header("Cookie", cookies)
                .header("Accept", "text/event-stream");
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    @Test
    void nobody_is_sent_to_the_provider_from_a_page() {
        anonymous()
                .get("/console/environments")
                .then()
                .statusCode(302)
                .header("Location", startsWith(Keycloak.issuer() + "/protocol/openid-connect/auth"))
                .header("Location", containsString("code_challenge="))
                .header("Location", containsString("nonce="));
    }

    @Test
    void an_interface_answers_401_and_never_redirects() {
        anonymous()
                .header("X-Requested-With", "XMLHttpRequest")
                .get("/api/v1/me")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"));
    }

    @Test
    void a_bearer_token_meant_for_the_interface_is_believed() {
        given().header("Authorization", "Bearer " + token("arne", Keycloak.CLIENT, Keycloak.SECRET))
                .get("/api/v1/me")
                .then()
                .statusCode(200)
                .body("name", equalTo("Arne Architect"))
                .body("roles", hasItem("architect"))
                .body("subject", startsWith(Keycloak.issuer() + "#"));
    }

    @Test
    void the_log_says_to_which_application_a_token_was_issued() {
        given().header("Authorization", "Bearer " + token("arne", Keycloak.CLIENT, Keycloak.SECRET))
                .get("/api/v1/changelog/export.csv?kind=environment")
                .then()
                .statusCode(200);

        var row = log.find(new Filter("", "changelog", "", "", Optional.empty(), Optional.empty()), Long.MAX_VALUE, 1)
                .get(0);
        assertThat(row.means()).isEqualTo("token");
        assertThat(row.instrument()).isEqualTo(Keycloak.CLIENT);
    }

    @Test
    void a_bearer_token_reads_the_change_log_and_a_cookie_does_not() {
        given().header("Authorization", "Bearer " + token("arne", Keycloak.CLIENT, Keycloak.SECRET))
                .get("/api/v1/changelog?kind=environment")
                .then()
                .statusCode(200)
                .body("[0].object.id", equalTo("production"));
        anonymous()
                .cookie("weir_session", "any")
                .get("/api/v1/changelog")
                .then()
                .statusCode(401);
    }

    @Test
    void a_developer_reads_what_happened_in_the_environments_that_the_claim_names() {
        given().header("Authorization", "Bearer " + token("dora", Keycloak.CLIENT, Keycloak.SECRET))
                .get("/api/v1/changelog?limit=200")
                .then()
                .statusCode(200)
                .body("environment", hasItem("development"))
                .body("environment", everyItem(equalTo("development")));
        try (var window = window()) {
            var page = window.newPage();

            signIn(page, "dora", "/console/changelog");

            assertThat(page.locator(".log li").first()).isVisible();
            assertThat(page.locator(".log .badge").allInnerTexts()).containsOnly("development");
            assertThat(page.locator("#environment option").allInnerTexts()).containsExactly("all", "Development");
        }
    }

    @Test
    void a_token_of_another_application_is_refused() {
        refused(token("anna", "stranger", ""));
    }

    @Test
    void garbage_and_unsigned_tokens_are_refused() {
        var claims = "{\"iss\":\"" + Keycloak.issuer() + "\",\"sub\":\"x\",\"aud\":\"weir-api\",\"exp\":4102444800,"
                + "\"realm_access\":{\"roles\":[\"admin\"]}}";

        refused("garbage");
        refused(base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".");
        refused(base64("{\"alg\":\"HS256\"}") + "." + base64(claims) + "." + base64("signature"));
    }

    @Test
    void what_the_provider_did_not_vouch_for_is_counted_in_the_change_log() {
        long tokens = told("token");
        long signIns = told("sign-in");

        refused("garbage");
        refused(token("anna", "stranger", ""));
        back("error=access_denied");
        back("code=made-up");

        assertThat(told("token")).isEqualTo(tokens + 2);
        assertThat(told("sign-in")).isEqualTo(signIns + 2);
        // Somebody who has yet to sign in has failed at nothing.
        anonymous().get("/console").then().statusCode(302);
        assertThat(told("sign-in")).isEqualTo(signIns + 2);
    }

    /** From the provider, to which Weir has really sent this browser. */
    private static void back(String with) {
        var begun = anonymous().get("/console");
        var state = begun.header("Location").replaceFirst(".*[?&]state=([^&]+).*", "$1");
        anonymous()
                .cookies(begun.cookies())
                .get("/console?" + with + "&state=" + state)
                .then()
                .statusCode(401);
    }

    private long told(String kind) {
        refusals.tell();
        var filter = new Filter("nobody", kind, "provider", "", Optional.empty(), Optional.empty());
        var rows = log.find(filter, Long.MAX_VALUE, 200);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.content() + row.personal()).doesNotContain("garbage", "made-up"));
        return rows.stream()
                .mapToLong(row -> (long) Objects.requireNonNull(row.after().get("times")))
                .sum();
    }

    @Test
    void local_accounts_do_not_exist() {
        for (var path : new String[] {"/api/v1/people", "/api/v1/people/anna"}) {
            anonymous()
                    .header("Authorization", "Bearer " + token("arne", Keycloak.CLIENT, Keycloak.SECRET))
                    .get(path)
                    .then()
                    .statusCode(404)
                    .body("detail", equalTo("People and their roles are kept by the identity provider."));
        }
        anonymous().get("/console/setup?token=x").then().statusCode(404);
        anonymous().get("/console/join?token=x").then().statusCode(404);
    }

    private static void refused(String token) {
        anonymous()
                .header("Authorization", "Bearer " + token)
                .get("/api/v1/me")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }

    private static String token(String user, String client, String secret) {
        var request = given().formParam("grant_type", "password")
                .formParam("client_id", client)
                .formParam("scope", "openid")
                .formParam("username", user)
                .formParam("password", user + " of the tests");
        if (!secret.isEmpty()) {
            request.formParam("client_secret", secret);
        }
        return request.post(Keycloak.issuer() + "/protocol/openid-connect/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    private static BrowserContext window() {
        return Chromium.shared().newContext(new Browser.NewContextOptions().setBaseURL(SignedIn.base()));
    }

    private static Response signIn(Page page, String user, String path) {
        page.navigate(path);
        page.fill("input[name=username]", user);
        page.fill("input[name=password]", user + " of the tests");
        var answered = page.waitForResponse(
                answer -> answer.url().equals(SignedIn.base() + path) && answer.status() != 302,
                () -> page.click("[type=submit]"));
        // The answer's head is there before its page is.
        page.waitForURL(SignedIn.base() + path);
        return answered;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
