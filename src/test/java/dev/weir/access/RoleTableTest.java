package dev.weir.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ingest.WaysIn;
import dev.weir.testsupport.Endpoints;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of docs/access.md, cell by cell, over HTTP: everything that Weir answers, as nobody and as people who have signed in. */
@QuarkusTest
class RoleTableTest {

    private static final String NOBODY = "nobody";

    private static final List<String> WHO =
            Stream.concat(Stream.of(NOBODY), Role.ALL.stream()).toList();

    private static final Pattern ROW =
            Pattern.compile("\\| `(GET|POST|PUT|DELETE) (/\\S*)` \\|((?: (?:yes|no) \\|){5})");

    /** What stands for the variables of an address: an environment that exists, so that its doors are reached, and nothing else. */
    private static final Map<String, String> KNOWN = Map.of(
            "{environment}", "development",
            "{section}", "parameters",
            "{verb}", "undo",
            "{name}", "strict",
            "{number}", "1",
            "{task}", "1",
            "{form}", "checkout",
            "{path}", "cart");

    /** A stream has no end to wait for: of an environment that does not exist there is none. */
    private static final String STREAM = "/console/{environment}/live/events";

    /** Health, metrics and description; static files. What answers for every other path is the one behind `GET /`. */
    private static final Set<String> QUARKUS = Set.of("/q/", "/webjars/");

    private static final Map<String, SignedIn> PEOPLE = new HashMap<>();

    @Inject
    Router router;

    record Operation(String method, String path, List<Boolean> allowed) {

        String text() {
            return method + " " + path;
        }

        /** What takes a token instead of a cookie; who brings one is the identity provider's affair, so the tests say it. */
        boolean forPrograms() {
            return path.startsWith("/api/v1/") && !path.equals("/api/v1/identify");
        }

        String address() {
            if (path.equals(STREAM)) {
                return path.replaceAll("\\{\\w+}", "nothing-here");
            }
            var address = path.replace("/privacy/{section}/{verb}", "/privacy/parameters/settings");
            for (var known : KNOWN.entrySet()) {
                address = address.replace(known.getKey(), known.getValue());
            }
            return address.replaceAll("\\{\\w+}", "nothing-here");
        }
    }

    static List<Operation> table() {
        try {
            return Files.readAllLines(Path.of("docs/access.md")).stream()
                    .map(ROW::matcher)
                    .filter(row -> row.matches())
                    .map(row -> new Operation(
                            row.group(1),
                            row.group(2),
                            Stream.of(row.group(3).replace(" ", "").split("\\|"))
                                    .map("yes"::equals)
                                    .toList()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Operation> pages() {
        return table().stream().filter(operation -> !operation.forPrograms()).toList();
    }

    static List<Operation> forPrograms() {
        return table().stream().filter(Operation::forPrograms).toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void each_role_and_nobody_may_do_what_the_table_says(Operation operation) {
        var verdict = new SoftAssertions();
        for (int i = 0; i < WHO.size(); i++) {
            var answer = send(operation, WHO.get(i));

            verdict.assertThat(!denied(operation, WHO.get(i), answer))
                    .as("%s as %s was answered %d", operation.text(), WHO.get(i), answer.statusCode())
                    .isEqualTo(operation.allowed().get(i));
            verdict.assertThat(answer.statusCode()).as(operation.text()).isLessThan(500);
        }
        verdict.assertAll();
    }

    @Test
    void a_program_without_a_token_is_told_so() {
        assertPrograms(NOBODY);
    }

    @Test
    @TestSecurity(user = "program", roles = Role.ADMIN)
    void a_program_of_an_admin_may_do_what_the_table_says() {
        assertPrograms(Role.ADMIN);
    }

    @Test
    @TestSecurity(user = "program", roles = Role.ARCHITECT)
    void a_program_of_an_architect_may_do_what_the_table_says() {
        assertPrograms(Role.ARCHITECT);
    }

    @Test
    @TestSecurity(user = "program", roles = Role.DEVELOPER)
    void a_program_of_a_developer_may_do_what_the_table_says() {
        assertPrograms(Role.DEVELOPER);
    }

    @Test
    @TestSecurity(user = "program", roles = Role.AUDITOR)
    void a_program_of_an_auditor_may_do_what_the_table_says() {
        assertPrograms(Role.AUDITOR);
    }

    private static void assertPrograms(String who) {
        assertThat(forPrograms()).hasSizeGreaterThan(1).allSatisfy(operation -> {
            int status = SignedIn.anonymous()
                    .contentType("application/json")
                    .request(operation.method(), operation.address())
                    .statusCode();

            assertThat(status)
                    .as("%s as %s", operation.text(), who)
                    .isNotEqualTo(who.equals(NOBODY) ? 403 : 401)
                    .isLessThan(500);
            assertThat(status != 401 && status != 403)
                    .as("%s as %s was answered %d", operation.text(), who, status)
                    .isEqualTo(operation.allowed().get(WHO.indexOf(who)));
        });
    }

    @Test
    void the_table_has_every_operation() {
        var built = new TreeSet<String>();
        Endpoints.all().forEach(endpoint -> built.add(endpoint.text()));
        routes().forEach(built::add);
        WaysIn.all().forEach(built::add);

        Set<String> written = table().stream().map(Operation::text).collect(Collectors.toSet());
        assertThat(new TreeSet<>(written)).hasSizeGreaterThan(60).isEqualTo(built);
    }

    /** Forms carry no version of what they change, so whoever is allowed to send one is told that it is outdated. */
    private static Response send(Operation operation, String who) {
        var request = as(operation, who).urlEncodingEnabled(false);
        return operation.method().equals("GET") ? request.get(operation.address()) : request.post(operation.address());
    }

    private static RequestSpecification as(Operation operation, String who) {
        if (!who.equals(NOBODY)) {
            // Who signs out needs a session that nobody else uses.
            return operation.path().endsWith("/logout")
                    ? SignedIn.as(who).request()
                    : PEOPLE.computeIfAbsent(who, SignedIn::as).request();
        }
        if (operation.path().startsWith("/console") && operation.method().equals("POST")) {
            var token = SignedIn.anonymous().get("/console/login").cookie("weir_csrf");
            return SignedIn.anonymous().cookie("weir_csrf", token).header("X-CSRF-TOKEN", token);
        }
        return SignedIn.anonymous();
    }

    private static boolean denied(Operation operation, String who, Response answer) {
        if (!who.equals(NOBODY)) {
            return answer.statusCode() == 403;
        }
        var signIn = answer.statusCode() / 100 == 3
                && String.valueOf(answer.header("Location")).contains("/console/login")
                && !operation.path().equals("/console/logout");
        return signIn || answer.header("WWW-Authenticate") != null;
    }

    /** What is answered beside the resources and {@link WaysIn}: the snippet. A path for all methods only says that the method is wrong. */
    private Set<String> routes() {
        var found = new TreeSet<String>();
        var closed = new TreeSet<String>();
        for (Route route : router.getRoutes()) {
            if (route.getName() == null) {
                continue;
            }
            var path = route.getName()
                    .replaceAll("\\(\\?<app>.*?\\)\\\\", "{appId}")
                    .replace(":app", "{appId}");
            if (route.methods() == null) {
                closed.add(path);
            } else {
                route.methods().stream()
                        .filter(Set.of(HttpMethod.GET, HttpMethod.POST)::contains)
                        .forEach(method -> found.add(method + " " + path));
            }
        }
        found.forEach(operation -> closed.remove(operation.replaceFirst("\\w+ ", "")));
        assertThat(closed).isEqualTo(QUARKUS);
        return found;
    }
}
