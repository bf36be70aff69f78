package dev.weir.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.access.Role;
import dev.weir.testsupport.Endpoints;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every operation of the administration keeps the same conventions. The operations are read from the description that Weir serves, so a new
 * one can't be forgotten; and that description is the file in the repository.
 */
@QuarkusTest
class OpenApiTest {

    private static final Path FILE = Path.of("docs/openapi.yaml");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** What asks and changes nothing may be asked with the least of tokens. */
    private static final Set<String> QUESTIONS =
            Set.of("POST /api/v1/check", "POST /api/v1/policy/{environment}/code/drift");

    /** Lists, what is counted when it is asked for, and what never changes: they need no tag. */
    private static final Set<String> UNTAGGED = Set.of(
            "/api/v1/changes/{environment}",
            "/api/v1/policy/{environment}/revisions",
            "/api/v1/policy/{environment}/history",
            "/api/v1/history/{kind}/{object}",
            "/api/v1/policy/{environment}/simulate/{id}",
            "/api/v1/policy/{environment}/emergencies",
            "/api/v1/policy/{environment}/promote",
            "/api/v1/definitions/{id}/health",
            "/api/v1/jobs/{id}",
            "/api/v1/identities/{environment}/cuts",
            "/api/v1/findings/{environment}",
            "/api/v1/quarantine/{environment}",
            "/api/v1/quarantine/{environment}/groups",
            "/api/v1/changelog/{sequence}",
            "/api/v1/changelog/checkpoints/{size}",
            "/api/v1/environments/{key}/app-ids",
            "/api/v1/reviews/{number}/report");

    private static String admin = "";
    private static String app = "";
    private static String somebody = "";
    private static String asker = "";
    private static String definition = "";
    private static String view = "";
    private static String review = "";
    private static String request = "";
    private static String restoration = "";

    private record Operation(String method, String path, JsonNode json) {

        String text() {
            return method + " " + path;
        }

        boolean takes(String in, String name) {
            for (var parameter : json.path("parameters")) {
                if (parameter.path("in").asText().equals(in)
                        && parameter.path("name").asText().equals(name)) {
                    return true;
                }
            }
            return false;
        }

        /** With things that exist. */
        String there() {
            return path.replace("{kind}/{object}", "environment/development")
                    .replace("{environment}", "development")
                    .replace("{key}", "development")
                    .replace("/changes/development/{number}", "/changes/development/" + request)
                    .replace("/restorations/{number}", "/restorations/" + restoration)
                    .replace("{app}", app)
                    .replace("{way}", "curl")
                    .replace("/reviews/{number}", "/reviews/" + review)
                    .replace("{task}", "1")
                    .replace("/views/{id}", "/views/" + view)
                    .replace("/people/{id}", "/people/" + somebody)
                    .replace("{id}", definition);
        }

        /** With things that don't. */
        String nowhere() {
            return path.replace("{environment}", "nowhere")
                    .replace("{id}", UUID.randomUUID().toString())
                    .replaceAll("\\{\\w+}", "999999");
        }
    }

    @BeforeEach
    void tokens_a_definition_and_a_view() {
        if (admin.isEmpty()) {
            var person = SignedIn.as(Role.ADMIN);
            admin = person.token("Conventions", "all");
            asker = person.token("Conventions, asking", "check");
            definition = with(admin)
                    .contentType("application/json")
                    .body(Map.of("name", "Conventions", "type", "click", "filter", "text equals \"Buy\""))
                    .post("/api/v1/definitions")
                    .jsonPath()
                    .getString("id");
            somebody = with(admin)
                    .contentType("application/json")
                    .body(Map.of("login", "conventions", "name", "Conventions", "role", "auditor"))
                    .post("/api/v1/people")
                    .jsonPath()
                    .getString("id");
            app = with(admin)
                    .get("/api/v1/environments/development/app-ids")
                    .jsonPath()
                    .getString("[0].id");
            var cycle = with(admin)
                    .contentType("application/json")
                    .body(Map.of(
                            "name",
                            "Conventions",
                            "due",
                            LocalDate.now(ZoneOffset.UTC).plusDays(1).toString(),
                            "matters",
                            List.of("access")))
                    .post("/api/v1/reviews");
            review = String.valueOf(cycle.<Integer>path("number"));
            view = with(admin)
                    .contentType("application/json")
                    .body(Map.of("name", "Conventions", "query", Map.of("type", "click")))
                    .post("/api/v1/definitions/views")
                    .jsonPath()
                    .getString("id");
            restoration = askedBack();
            request = requested("{\"weir\":1,\"policy\":{\"version\":1,\"pages\":[\"/conventions\"]}}");
        }
    }

    /** The number of a restoration that nobody has decided about. */
    private static String askedBack() {
        with(admin)
                .contentType("application/json")
                .header("If-Match", "\"0\"")
                .body(Map.of("name", "Conventions", "type", "click", "filter", "text equals \"Sell\""))
                .put("/api/v1/definitions/" + definition);
        var first = with(admin)
                .get("/api/v1/history/definition/" + definition)
                .jsonPath()
                .getLong("[-1].row");
        return with(admin)
                .contentType("application/json")
                .body(Map.of(
                        "kind",
                        "definition",
                        "object",
                        definition,
                        "row",
                        first,
                        "version",
                        1,
                        "reason",
                        "Conventions"))
                .post("/api/v1/restorations")
                .jsonPath()
                .getString("number");
    }

    /** The number of a change request that nobody has decided about. */
    private static String requested(String file) {
        var code = "/api/v1/policy/development/code";
        var tag = with(admin)
                .contentType("application/json")
                .body(file)
                .post(code)
                .header("ETag");
        return with(admin)
                .contentType("application/json")
                .header("If-Match", tag)
                .body(file)
                .post(code + "?dry=false&reason=Conventions")
                .jsonPath()
                .getString("number");
    }

    private static RequestSpecification with(String token) {
        return SignedIn.anonymous().header("Authorization", "Bearer " + token);
    }

    private static JsonNode description() throws Exception {
        var served = (ObjectNode) JSON.readTree(SignedIn.anonymous()
                .queryParam("format", "json")
                .get("/q/openapi")
                .asByteArray());
        // Where it happens to run.
        served.remove("servers");
        return served;
    }

    private static List<Operation> operations() throws Exception {
        var operations = new ArrayList<Operation>();
        description()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (path.getKey().startsWith("/api/v1/") && !path.getKey().equals("/api/v1/identify")) {
                        operations.add(new Operation(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                operation.getValue()));
                    }
                }));
        assertThat(operations).hasSizeGreaterThan(30);
        return operations;
    }

    @Test
    void the_description_in_the_repository_is_the_one_that_is_served() throws Exception {
        var served = description();
        var written = Path.of("target/openapi.yaml");
        Files.writeString(written, YAML.writeValueAsString(JSON.treeToValue(served, Object.class)));

        assertThat(Files.exists(FILE) ? YAML.readTree(Files.readString(FILE)) : YAML.createObjectNode())
                .as("the interface has changed: look at the difference, and copy " + written + " to " + FILE)
                .isEqualTo(YAML.readTree(Files.readString(written)));
    }

    @Test
    void every_operation_is_described_and_no_page_is() throws Exception {
        var described = operations().stream().map(Operation::text).collect(Collectors.toCollection(TreeSet::new));
        var built = Endpoints.all().stream()
                .filter(endpoint -> endpoint.path().startsWith("/api/v1/"))
                .map(Endpoints.Endpoint::text)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(built);
        assertThat(description().path("paths").properties())
                .noneMatch(path ->
                        path.getKey().startsWith("/console") || path.getKey().startsWith("/sample"));
    }

    @Test
    void without_a_token_each_is_a_401_and_with_too_narrow_a_one_a_403() throws Exception {
        var verdict = new SoftAssertions();
        for (var operation : operations()) {
            problem(
                    verdict,
                    operation,
                    401,
                    send(operation, SignedIn.anonymous(), operation.there(), "application/json"));
            if (!QUESTIONS.contains(operation.text())) {
                problem(verdict, operation, 403, send(operation, with(asker), operation.there(), "application/json"));
            }
        }
        verdict.assertAll();
    }

    @Test
    void what_is_not_there_is_a_404() throws Exception {
        var verdict = new SoftAssertions();
        for (var operation : operations()) {
            if (operation.method().equals("GET") && operation.path().contains("{")) {
                problem(verdict, operation, 404, send(operation, with(admin), operation.nowhere(), "application/json"));
            }
        }
        verdict.assertAll();
    }

    @Test
    void another_method_does_nothing_and_another_content_type_is_a_415() throws Exception {
        var verdict = new SoftAssertions();
        for (var operation : operations()) {
            var answer = with(admin).patch(operation.there().replaceAll("\\{\\w+}", "999999"));
            // Where two rooms share the beginning of an address, RESTEasy looks for the method in the first of them
            // only.
            problem(verdict, operation, answer.statusCode() == 404 ? 404 : 405, answer);
            if (operation.json().has("requestBody")) {
                problem(verdict, operation, 415, send(operation, with(admin), operation.there(), "image/png"));
            }
        }
        verdict.assertAll();
    }

    @Test
    void what_asks_for_if_match_is_a_428_without_and_a_412_with_an_old_one() throws Exception {
        var verdict = new SoftAssertions();
        var asking = operations().stream()
                .filter(operation -> operation.takes("header", "If-Match"))
                .toList();
        for (var operation : asking) {
            var address = operation.there() + "?dry=false";
            problem(verdict, operation, 428, send(operation, with(admin), address, "application/json"));
            problem(
                    verdict,
                    operation,
                    412,
                    send(operation, with(admin).header("If-Match", "\"999\""), address, "application/json"));
        }
        verdict.assertAll();
        assertThat(asking).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void each_single_thing_has_a_tag() throws Exception {
        var verdict = new SoftAssertions();
        for (var operation : operations()) {
            if (operation.method().equals("GET")
                    && operation.path().contains("{")
                    && !UNTAGGED.contains(operation.path())
                    && !operation.path().startsWith("/api/v1/changes/")) {
                var answer = with(admin).get(operation.there().replace("{number}", "1"));
                verdict.assertThat(answer.statusCode()).as(operation.text()).isEqualTo(200);
                verdict.assertThat(answer.header("ETag")).as(operation.text()).matches("\"[^\"]+\"");
            }
        }
        verdict.assertAll();
    }

    @Test
    void each_list_has_a_limit_that_is_kept() throws Exception {
        var verdict = new SoftAssertions();
        var lists = operations().stream()
                .filter(operation -> operation.takes("query", "before") || operation.takes("query", "cursor"))
                .toList();
        for (var operation : lists) {
            verdict.assertThat(operation.takes("query", "limit"))
                    .as(operation.text())
                    .isTrue();
            var list = operation.there() + "?environment=development&limit=";
            problem(verdict, operation, 400, with(admin).get(list + "0"));
            problem(verdict, operation, 400, with(admin).get(list + "100000"));
            verdict.assertThat(with(admin).get(list + "1").statusCode())
                    .as(operation.text())
                    .isEqualTo(200);
        }
        verdict.assertAll();
        assertThat(lists).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void a_value_of_a_query_that_is_of_another_kind_is_a_400_that_names_the_parameter_and_does_not_quote_it()
            throws Exception {
        var verdict = new SoftAssertions();
        int tried = 0;
        for (var operation : operations()) {
            for (var parameter : operation.json().path("parameters")) {
                var name = parameter.path("name").asText();
                var type = parameter.path("schema").path("type").asText();
                if (parameter.path("in").asText().equals("query")
                        && Set.of("integer", "boolean").contains(type)) {
                    tried++;
                    var address = operation.there() + "?" + name + "=canary";
                    var answer = send(operation, with(admin), address, "application/json");
                    problem(verdict, operation, 400, answer);
                    verdict.assertThat(answer.asString())
                            .as(operation.text())
                            .contains("The parameter " + name + " of the query is ")
                            .doesNotContain("canary");
                }
            }
        }
        verdict.assertAll();
        assertThat(tried).isGreaterThanOrEqualTo(18);
    }

    private static Response send(Operation operation, RequestSpecification request, String address, String type) {
        if (!operation.method().equals("GET")) {
            request.contentType(type).body(body(operation).getBytes(StandardCharsets.UTF_8));
        }
        return request.request(operation.method(), address.replaceAll("\\{\\w+}", "999999"));
    }

    /** Something that the operation would read. */
    private static String body(Operation operation) {
        if (operation.path().contains("/code")) {
            return "{\"weir\":1,\"policy\":{\"version\":1,\"retention\":{\"events\":7}}}";
        }
        if (operation.path().startsWith("/api/v1/definitions/views")) {
            return "{\"name\":\"Conventions\",\"query\":{\"type\":\"click\"}}";
        }
        if (operation.path().endsWith("/draft/rule")) {
            return "{\"path\":\"retention.events\",\"rule\":30}";
        }
        if (operation.path().endsWith("/draft")) {
            return "{\"version\":1}";
        }
        if (operation.path().startsWith("/api/v1/people")) {
            return "{\"role\":\"auditor\",\"disabled\":false}";
        }
        if (operation.path().startsWith("/api/v1/environments")) {
            return "{\"name\":\"Development\",\"critical\":false,\"label\":\"Conventions\",\"origins\":[]}";
        }
        if (operation.path().endsWith("/import")) {
            return "{\"definitions\":[{\"name\":\"Conventions\",\"type\":\"click\",\"filter\":\"text equals \\\"Buy\\\"\"}]}";
        }
        return operation.path().startsWith("/api/v1/definitions")
                ? "{\"name\":\"Conventions\",\"type\":\"click\",\"filter\":\"text equals \\\"Buy\\\"\",\"status\":\"archived\","
                        + "\"version\":2,\"reason\":\"Conventions\"}"
                : "{}";
    }

    private static void problem(SoftAssertions verdict, Operation operation, int status, Response answer) {
        verdict.assertThat(answer.statusCode()).as(operation.text()).isEqualTo(status);
        verdict.assertThat(String.valueOf(answer.contentType()))
                .as(operation.text())
                .startsWith("application/problem+json");
        if (String.valueOf(answer.contentType()).startsWith("application/problem+json")) {
            verdict.assertThat(answer.jsonPath().getInt("status"))
                    .as(operation.text())
                    .isEqualTo(status);
            verdict.assertThat(answer.jsonPath().getString("detail"))
                    .as(operation.text())
                    .isNotBlank();
        }
    }
}
