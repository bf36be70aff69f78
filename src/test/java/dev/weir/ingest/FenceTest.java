package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Revision;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.GovernedApp;
import dev.weir.policy.PolicyDocument;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FenceTest {

    private static final String STAGING = "https://staging.shop.example";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example.evil.example",
                "https://evil-shop.example",
                "https://shop.example@evil.example",
                "https://www.shop.example",
                "https://shop.example.",
                "https://shop.example:8443",
                "https://shop.example:443",
                "https://shop.example/",
                "https://shop.example/cart",
                "https://shop.example?",
                "https://shop.example#",
                " https://shop.example",
                "https://shop.example ",
                "https://shop.example, https://shop.example",
                "https://shop.example, https://evil.example",
                "http://shop.example",
                "HTTPS://shop.example",
                "https://Shop.example",
                "https://sh\u043ep.example",
                "https://xn--shp-emc.example",
                "//shop.example",
                "shop.example",
                "*",
                "file://",
                "chrome-extension://abcdefghijklmnop"
            })
    void only_an_origin_that_is_listed_may_send_and_none_that_looks_like_it(String origin) {
        var app = app("production", "https://shop.example");

        assertThat(Fence.objection(app, "https://shop.example", null)).isEmpty();
        assertThat(Fence.objection(app, origin, null)).contains("origin.unlisted");
    }

    @Test
    void what_has_no_origin_and_what_will_not_tell_it_may_not_send_even_where_it_is_listed() {
        var app = app("production", "null", "");

        assertThat(Fence.objection(app, null, null)).contains("origin.missing");
        assertThat(Fence.objection(app, "", null)).contains("origin.missing");
        assertThat(Fence.objection(app, "null", null)).contains("origin.null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "https://localhost:3000",
                "http://LOCALHOST:3000",
                "http://localhost.:3000",
                "http://shop.localhost:8080",
                "http://127.0.0.1",
                "http://127.0.0.1:5173",
                "http://127.1",
                "http://127.255.255.254:1",
                "http://0.0.0.0:8000",
                "http://[::1]",
                "http://[::1]:4200",
                "http://[::]",
                "http://[::ffff:127.0.0.1]",
                "http://[::ffff:7f00:1]"
            })
    void this_machine_may_never_send_to_production_but_to_the_others_where_it_is_listed(String origin) {
        assertThat(Fence.objection(app("production", origin), origin, null)).contains("origin.local");
        assertThat(Fence.objection(app("staging", origin), origin, null)).isEmpty();
        assertThat(Fence.objection(app("development", origin), origin, null)).isEmpty();
        assertThat(Fence.objection(app("staging"), origin, null)).contains("origin.unlisted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost.example",
                "https://localhost-shop.example",
                "https://notlocalhost",
                "https://127.example",
                "https://shop.example:127"
            })
    void a_host_that_only_looks_like_this_machine_is_any_other(String origin) {
        assertThat(Fence.objection(app("production", origin), origin, null)).isEmpty();
    }

    @Test
    void a_page_of_another_environment_is_told_apart_from_a_strangers() {
        assertThat(Fence.objection(app("production", "https://shop.example"), STAGING, null))
                .contains("origin.staging");
        assertThat(Fence.objection(app("staging", "https://other.example"), STAGING, null))
                .contains("origin.unlisted");
        assertThat(Fence.objection(app("production", STAGING), STAGING, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "development,http://weir.example:8080,true",
        "development,https://weir.example:8080,true",
        "development,http://weir.example,false",
        "development,http://weir.example:8081,false",
        "staging,http://weir.example:8080,false",
        "production,http://weir.example:8080,false"
    })
    void weirs_own_pages_may_send_development_data_only(String kind, String origin, boolean admitted) {
        assertThat(Fence.admits(app(kind), origin, "Weir.example:8080")).isEqualTo(admitted);
        assertThat(Fence.admits(app(kind), origin, null)).isFalse();
    }

    private static GovernedApp app(String kind, String... origins) {
        var document = PolicyDocument.balanced();
        return new GovernedApp(
                new AppId("1234567890"),
                new Revision(new EnvironmentKey("shop"), 1, document.hash()),
                CompiledPolicy.of(document, new byte[32]),
                Set.of(origins),
                kind.equals("development"),
                kind.equals("production"),
                Set.of(STAGING),
                Optional.empty());
    }
}
