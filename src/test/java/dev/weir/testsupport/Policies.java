package dev.weir.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Somebody at the rule pages: fills in forms and takes along what the forms carry. */
public final class Policies {

    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"(\\d+)\"");
    private static final Pattern REVISION = Pattern.compile("Revision (\\d+) is in force");

    private final SignedIn person;
    private final String environment;

    public Policies(SignedIn person, String environment) {
        this.person = person;
        this.environment = environment;
    }

    public Response get(String page) {
        return person.request().get("/console/" + environment + page);
    }

    public Response post(String page, Map<String, ?> fields) {
        return person.request().formParams(fields).post("/console/" + environment + page);
    }

    /** An edit on the version that the page shows. */
    public Response edit(String form, Map<String, String> fields) {
        var all = new java.util.HashMap<String, String>(fields);
        all.put("version", version());
        return post("/privacy/" + form, all);
    }

    public String version() {
        return found(VERSION, get("/privacy/parameters").asString());
    }

    public long inForce() {
        return Long.parseLong(found(REVISION, get("/policy").asString()));
    }

    public String canonical() {
        return get("/policy/" + inForce() + ".json").asString();
    }

    public Response publish(String reason) {
        return post("/policy/publish", Map.of("version", version(), "reason", reason, "key", environment));
    }

    /** Leaves no change behind, whoever was here before. */
    public Policies fresh() {
        edit("discard", Map.of());
        return this;
    }

    /** Something that tightens and that nobody has said before. */
    public Policies blocking(String parameter) {
        assertThat(edit("parameters/add", Map.of("values", parameter)).statusCode())
                .isEqualTo(303);
        return this;
    }

    static String found(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s", List.of(pattern)).isTrue();
        return matcher.group(1);
    }
}
