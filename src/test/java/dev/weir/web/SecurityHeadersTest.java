package dev.weir.web;

import static dev.weir.testsupport.SignedIn.anonymous;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class SecurityHeadersTest {

    @ParameterizedTest
    @CsvSource({
        "/console/login, 200",
        "/console, 302",
        "/console/no-such-page, 404",
        "/assets/weir.css, 200",
        "/assets/nothing.css, 404",
        "/api/v1/nothing, 404",
        "/api/v1/me, 401",
        "/q/health, 200",
    })
    void every_answer_is_protected(String path, int status) {
        anonymous()
                .get(path)
                .then()
                .statusCode(status)
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Referrer-Policy", equalTo("same-origin"))
                .header(
                        "Content-Security-Policy",
                        allOf(
                                containsString("default-src 'none'"),
                                containsString("frame-ancestors 'none'"),
                                not(containsString("unsafe"))))
                .body(not(containsString("Exception")));
    }

    @ParameterizedTest
    @CsvSource({"/console/login", "/console", "/console/no-such-page"})
    void a_page_is_kept_by_nobody(String path) {
        anonymous()
                .get(path)
                .then()
                .header("Cache-Control", containsString("no-store"))
                .header("Cross-Origin-Opener-Policy", equalTo("same-origin"));
    }
}
