package dev.weir.testsupport;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** A program with a personal token, and what it does first where a test looks at what an App ID is given. */
public record Program(String token) {

    /** With a token that leaves nothing out, of somebody with this role. */
    public static Program of(String role, String name) {
        return new Program(SignedIn.as(role).token(name, "all"));
    }

    public RequestSpecification asks() {
        return SignedIn.anonymous().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    /** Makes an environment for staging. */
    public void environment(String key, String name) {
        asks().body(Map.of("key", key, "name", name, "kind", "staging"))
                .post("/api/v1/environments")
                .then()
                .statusCode(201);
    }

    /** The App ID that an environment begins with. */
    public String app(String environment) {
        return asks().get(apps(environment)).path("[0].id");
    }

    /** An App ID that requires this server key. */
    public record Keyed(String app, String key) {}

    public Keyed keyed(String environment) {
        var app = another(environment, "Keyed");
        return new Keyed(app, changed(environment, app, "server-key").path("server_key"));
    }

    /** An App ID that is refused. */
    public String retired(String environment) {
        var app = another(environment, "Retired");
        changed(environment, app, "retire");
        return app;
    }

    private String another(String environment, String label) {
        return asks().body(Map.of("label", label)).post(apps(environment)).path("id");
    }

    private Response changed(String environment, String app, String what) {
        var answer = asks().header("If-Match", "\"0\"").post(apps(environment) + "/" + app + "/" + what);
        answer.then().statusCode(200);
        return answer;
    }

    private static String apps(String environment) {
        return "/api/v1/environments/" + environment + "/app-ids";
    }
}
