package dev.weir.console;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FrontDoorTest {

    @Test
    void the_address_of_the_server_alone_leads_to_the_console() {
        given().redirects().follow(false).get("/").then().statusCode(303).header("Location", endsWith("/console"));
    }
}
