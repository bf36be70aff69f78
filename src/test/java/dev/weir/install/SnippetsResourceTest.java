package dev.weir.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import dev.weir.access.Role;
import dev.weir.testsupport.Program;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The code to copy, as a program reads it. */
@QuarkusTest
class SnippetsResourceTest {

    private static Program program = new Program("");
    private static String place = "";
    private static String app = "";

    @BeforeEach
    void an_environment() {
        if (place.isEmpty()) {
            program = Program.of(Role.ADMIN, "Snippets");
            place = "with-snippets";
            program.environment(place, "Snippets");
            app = program.app(place);
        }
    }

    @Test
    void each_way_of_the_page_is_there_with_the_app_id_and_this_server() {
        program.asks()
                .get("/api/v1/snippets/" + place + "/" + app)
                .then()
                .statusCode(200)
                .body("app_id", equalTo(app))
                .body("environment", equalTo(place))
                .body("server", equalTo(SignedIn.base()))
                .body("content_security_policy", containsString(SignedIn.base()))
                .body("snippets.way", hasItems("direct", "consent", "gtm", "curl", "python", "java", "node"))
                .body("snippets.find { it.way == 'direct' }.where", equalTo("browser"))
                .body("snippets.find { it.way == 'curl' }.where", equalTo("server"))
                .body("snippets.find { it.way == 'curl' }.code", containsString(app));
    }

    @Test
    void one_way_comes_as_text_just_as_the_page_shows_it() {
        var page = SignedIn.as(Role.DEVELOPER)
                .request()
                .get("/console/" + place + "/snippet?app=" + app + "&way=direct")
                .asString();

        var answer = program.asks().get("/api/v1/snippets/" + place + "/" + app + "/direct");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("text/plain");
        assertThat(page.replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&"))
                .contains(answer.asString().strip());
        program.asks()
                .get("/api/v1/snippets/" + place + "/" + app + "/fax")
                .then()
                .statusCode(404);
    }

    @Test
    void where_a_server_key_is_required_the_code_says_where_it_belongs_and_never_what_it_is() {
        var keyed = program.keyed(place);

        program.asks()
                .get("/api/v1/snippets/" + place + "/" + keyed.app())
                .then()
                .statusCode(200)
                .body("snippets.find { it.way == 'curl' }.code", containsString("$WEIR_SERVER_KEY"))
                .body(not(containsString(keyed.key())));
    }

    @Test
    void for_an_app_id_that_has_retired_or_is_elsewhere_there_is_none() {
        var retired = program.retired(place);

        program.asks().get("/api/v1/snippets/" + place + "/" + retired).then().statusCode(404);
        program.asks().get("/api/v1/snippets/development/" + app).then().statusCode(404);
    }
}
