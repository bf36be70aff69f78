package dev.weir.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.weir.access.Role;
import dev.weir.kernel.CanonicalJson;
import dev.weir.testsupport.Axe;
import dev.weir.testsupport.Chromium;
import dev.weir.testsupport.Endpoints;
import dev.weir.testsupport.FreshInstallation;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Walks every page in every state ({@link Visits}), light on a desk and dark on a phone: axe finds nothing, nothing is wider than a
 * phone, and no link leads anywhere that the walk does not lead.
 */
@QuarkusTest
@TestProfile(FreshInstallation.class)
class AccessibilityTest {

    /** Parts of pages, for scripts. */
    private static final Set<String> FRAGMENTS = Set.of("GET /console/{environment}/snippet/arrival");

    private static final String LINKS = """
            () => [...document.querySelectorAll('a:not([href^="#"], [download])')].map(a => new URL(a.href)).filter(u => u.origin == origin)
                .map(u => u.pathname).filter(p => p.startsWith('/console'))
            """;

    /** Variables whose values are different pages. */
    private static final Set<String> DISTINCT = Set.of("{section}", "{name}");

    @Inject
    DataSource database;

    /** Where the pages of an Admin lead. */
    private final Set<String> linked = new TreeSet<>();

    @Test
    void every_page_is_visited() {
        var visited = Visits.all().stream()
                .map(visit -> Endpoints.page(visit.address()))
                .flatMap(Optional::stream)
                .map(Endpoints.Endpoint::text)
                .collect(Collectors.toSet());

        assertThat(Endpoints.all().stream()
                        .filter(endpoint -> endpoint.page() && endpoint.method().equals("GET"))
                        .map(Endpoints.Endpoint::text)
                        .filter(endpoint -> !FRAGMENTS.contains(endpoint)))
                .hasSizeGreaterThan(20)
                .isSubsetOf(visited);
    }

    /** What everybody sees, two look at side by side: reading changes nothing. */
    @Test
    void axe_finds_nothing_where_somebody_edits_or_may_only_read() throws ExecutionException, InterruptedException {
        var known = Scene.set();
        var reading = alongside(SignedIn.as(Role.AUDITOR), known);
        try (var window = SignedIn.as(Role.ADMIN).browser()) {
            var page = window.newPage();
            var wrong = walk("admin", page, Visits.CONSOLE, known);
            wrong.addAll(reading.get());
            wrong.addAll(walk("admin", page, Visits.EDITING, known));
            page.navigate("/console");
            wrong.addAll(Axe.lookAtMenus(page, "/console with its menus"));
            assertThat(wrong).isEmpty();
        }
        // Each link that was seen leads to a page that was visited, and each page is led to.
        assertThat(shapes(Visits.all())).containsAll(linked);
        assertThat(linked).containsAll(shapes(Visits.CONSOLE));
    }

    /** The walk of somebody who may only read, in a thread and a browser of its own. */
    private Future<List<String>> alongside(SignedIn auditor, Map<String, String> known) {
        var reading = new FutureTask<List<String>>(() -> {
            try (var chromium = Chromium.own();
                    var window = auditor.browser(chromium.browser())) {
                var page = window.newPage();
                var wrong = walk("auditor", page, Visits.CONSOLE, known);
                wrong.addAll(walk("auditor", page, Visits.REFUSED, known));
                return wrong;
            }
        });
        new Thread(reading, "auditor").start();
        return reading;
    }

    @Test
    void axe_finds_nothing_on_the_pages_of_a_developer() {
        var known = Scene.set();
        try (var window = SignedIn.as(Role.DEVELOPER).browser()) {
            assertThat(walk("developer", window.newPage(), Visits.DEVELOPING, known))
                    .isEmpty();
        }
    }

    @Test
    void axe_finds_nothing_before_signing_in() {
        var known = Scene.set();
        try (var window = anybody()) {
            assertThat(walk("anybody", window.newPage(), Visits.OPEN, known)).isEmpty();
        }
    }

    @Test
    void axe_finds_nothing_where_the_first_admin_is_made() {
        var token = "a-link-for-the-walk";
        sql("delete from account");
        sql("delete from setup_link");
        sql("insert into setup_link (id, token_hash, expires_at) values (1, '" + CanonicalJson.sha256(token)
                + "', timestamp with time zone '2999-01-01 00:00:00Z')");
        try (var window = anybody()) {
            assertThat(walk("anybody", window.newPage(), Visits.SET_UP, Map.of("setup", token)))
                    .isEmpty();
        }
    }

    /** All pages before the verdict: one look at the report shows everything that is to be done. */
    private List<String> walk(String whose, Page page, List<Visit> visits, Map<String, String> known) {
        var wrong = new ArrayList<String>();
        for (var visit : visits) {
            var status = page.navigate(visit.filled(known)).status();
            if (status != visit.status()) {
                wrong.add(visit.name() + ": answered " + status);
                continue;
            }
            visit.steps().accept(page);
            wrong.addAll(Axe.look(page, whose + " " + visit.name()));
            if (String.valueOf(page.evaluate("document.body.innerText")).matches("(?s).*(\\{\\||\\|}).*")) {
                wrong.add(visit.name() + ": shows marks of its template");
            }
            if (whose.equals("admin")) {
                for (Object link : (List<?>) page.evaluate(LINKS)) {
                    linked.add(shape((String) link));
                }
            }
        }
        return wrong;
    }

    /** {@code /console/walk/policy/2} is a page like {@code /console/development/policy/1}, but each rule page is one of its own. */
    private static String shape(String address) {
        var path = address.replaceFirst("[?#].*", "");
        return Endpoints.page(path)
                .map(endpoint -> {
                    var parts = path.split("/", -1);
                    var names = endpoint.path().split("/", -1);
                    for (int i = 0; i < names.length; i++) {
                        if (names[i].startsWith("{") && !DISTINCT.contains(names[i])) {
                            parts[i] = names[i];
                        }
                    }
                    return String.join("/", parts);
                })
                .orElse(path);
    }

    private static Set<String> shapes(List<Visit> visits) {
        return visits.stream().map(visit -> shape(visit.path())).collect(Collectors.toCollection(TreeSet::new));
    }

    private static BrowserContext anybody() {
        return Chromium.shared().newContext(new Browser.NewContextOptions().setBaseURL(SignedIn.base()));
    }

    private void sql(String change) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(change);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
