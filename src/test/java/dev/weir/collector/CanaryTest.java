package dev.weir.collector;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.policy.PolicyDocument;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Chromium;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What gets out of a page full of secrets, through the collector with each of the presets, and through the server when the
 * collector's policy is switched off: nothing under the strict one, exactly the documented set under the balanced one.
 */
@QuarkusTest
class CanaryTest {

    @Test
    void the_page_holds_at_least_sixty_secrets_none_of_them_part_of_another() {
        assertThat(CanaryPage.SECRETS).hasSizeGreaterThanOrEqualTo(60);
        CanaryPage.SECRETS
                .values()
                .forEach(one -> assertThat(CanaryPage.SECRETS.values().stream()
                                .filter(other -> other.toLowerCase(Locale.ROOT).contains(one.toLowerCase(Locale.ROOT))))
                        .as(one)
                        .hasSize(1));
    }

    @Test
    void under_the_strict_preset_the_browser_gives_away_nothing() {
        assertThat(CanaryPage.leaked(sent(CollectorBundle.governed(), PolicyDocument.strict())))
                .isEmpty();
    }

    @Test
    void under_the_balanced_preset_the_browser_gives_away_the_documented_set() {
        assertThat(CanaryPage.leaked(sent(CollectorBundle.governed(), PolicyDocument.balanced())))
                .isEqualTo(new TreeSet<>(CanaryPage.BALANCED));
    }

    @Test
    void with_the_collector_s_policy_switched_off_the_server_gives_the_same_two_results() {
        try (var site = new Site()
                .script(CollectorBundle.open(), PolicyDocument.balanced().canonical())) {
            visit(site);
            var raw = CanaryPage.leaked(site.received().toString());
            assertThat(raw).as("what the server has to deal with").hasSizeGreaterThan(30);

            assertThat(CanaryPage.leaked(stored(PolicyDocument.strict(), site))).isEmpty();
            assertThat(CanaryPage.leaked(stored(PolicyDocument.balanced(), site)))
                    .isEqualTo(new TreeSet<>(CanaryPage.BALANCED));
        }
    }

    private static String sent(String bundle, PolicyDocument policy) {
        try (var site = new Site().script(bundle, policy.canonical())) {
            visit(site);
            assertThat(site.events("pageview")).hasSizeGreaterThanOrEqualTo(4);
            assertThat(site.events("click")).hasSizeGreaterThan(50);
            assertThat(site.events("change")).hasSizeGreaterThan(10);
            assertThat(site.events("submit")).isNotEmpty();
            assertThat(site.events("custom")).isNotEmpty();
            return site.received().toString();
        }
    }

    private static void visit(Site site) {
        try (var context = Chromium.shared().newContext()) {
            var seen = CanaryPage.visit(site, context.newPage());
            assertThat(CanaryPage.unused(seen))
                    .as("channels that were not used")
                    .isEmpty();
        }
    }

    /** What the real server keeps of these batches under this policy. */
    private static String stored(PolicyDocument policy, Site site) {
        var tenant = Tenant.of("production", policy, site.origin());
        Renewal.now();
        for (Site.Received batch : site.received()) {
            given().contentType("text/plain")
                    .header("Origin", site.origin())
                    .body(batch.body().getBytes(StandardCharsets.UTF_8))
                    .post("/api/collect/" + tenant.app())
                    .then()
                    .statusCode(200);
        }
        List<String> rows = tenant.stored();
        assertThat(tenant.bodies()).hasSizeGreaterThan(100);
        return String.join("\n", rows);
    }
}
