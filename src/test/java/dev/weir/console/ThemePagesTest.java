package dev.weir.console;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ThemePagesTest {

    @Test
    void the_server_renders_the_chosen_theme() {
        given().cookie("weir-theme", "dark").get("/console").then().body(containsString("data-theme=\"dark\""));
        given().get("/console").then().body(containsString("data-theme=\"auto\""));
    }

    @Test
    void a_theme_that_does_not_exist_is_not_echoed() {
        given().cookie("weir-theme", "x\"><b>").get("/console").then().body(not(containsString("<b>")));
    }
}
