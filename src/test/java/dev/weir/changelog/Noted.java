package dev.weir.changelog;

import dev.weir.changelog.ChangeTable.Parts;
import dev.weir.changelog.proof.Row;
import dev.weir.database.Sql;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;

/**
 * What each operation was seen to write, and that each row says what it has to: who did it and by which means, to which thing, from what
 * to what, why, and what else was done with it. Nobody else may write meanwhile.
 */
final class Noted {

    /** Which variables of an address name the thing that a row is about, after the beginning of the address. */
    private static final Map<String, List<String>> ADDRESSED = Map.ofEntries(
            Map.entry("account", List.of("/people/{id}")),
            Map.entry("app-id", List.of("/apps/{app}", "/app-ids/{app}", "/erasure/keys/{app}")),
            Map.entry("change-request", List.of("/{environment}/changes/{number}", "/changes/{environment}/{number}")),
            Map.entry("changelog-row", List.of("/changelog/{sequence}")),
            Map.entry("definition", List.of("/definitions/{id}")),
            Map.entry("draft", List.of("/console/{environment}", "/policy/{environment}")),
            Map.entry("environment", List.of("/environments/{key}")),
            Map.entry("job", List.of("/requests/{id}", "/erasure/{id}", "/cuts/{id}", "/jobs/{id}")),
            Map.entry("policy", List.of("/console/{environment}", "/policy/{environment}", "/changes/{environment}")),
            Map.entry("restoration", List.of("/restorations/{number}")),
            Map.entry("quarantine", List.of("/console/{environment}", "/quarantine/{environment}")),
            Map.entry("review-cycle", List.of("/reviews/{number}")),
            Map.entry("review-task", List.of("/reviews/{number}/tasks/{task}")),
            Map.entry("saved-view", List.of("/views/{id}")),
            Map.entry("token", List.of("/tokens/{id}")));

    /** What there is of a kind, by the id that rows call it by. */
    private static final Map<String, String> KEPT = Map.ofEntries(
            Map.entry("account", "account where id"),
            Map.entry("app-id", "app_id where digits"),
            Map.entry("change-request", "change_request where concat(environment, '-', number)"),
            Map.entry("definition", "definition where id"),
            Map.entry("environment", "environment where key"),
            Map.entry("job", "job where id"),
            Map.entry("policy", "environment where key"),
            Map.entry("restoration", "restoration where cast(number as varchar)"),
            Map.entry("review-cycle", "review_cycle where cast(number as varchar)"),
            Map.entry("review-task", "review_task where concat(cycle, '-', number)"),
            Map.entry("saved-view", "saved_view where id"),
            Map.entry("token", "personal_token where id"));

    /** Actions that make or displace another thing than the one in the address. */
    private static final Set<String> OTHERS =
            Set.of("app-id created", "change-request requested", "change-request superseded", "job asked");

    /** Actions after which the thing is not there any more. */
    private static final Set<String> GONE = Set.of("token revoked", "saved-view removed");

    /** Addresses that take a file, and what rows call it. */
    private static final Map<String, String> FILES =
            Map.of("/definitions/import", "csv", "/starter-pack", "starter pack", "/code", "policy file");

    private final ChangeLog log;
    private final Sql sql;
    private final String[] secrets;
    private final Map<String, Parts> parts = ChangeTable.parts();
    private final Map<String, Set<String>> seen = new TreeMap<>();
    private final Set<String> correlations = new HashSet<>();
    private final SoftAssertions verdict = new SoftAssertions();

    /** @param secrets what no row may hold, besides keys, tokens and hashes of passwords */
    Noted(ChangeLog log, Sql sql, String... secrets) {
        this.log = log;
        this.sql = sql;
        this.secrets = secrets;
    }

    /** Who did it, by which means, and by the token or the import of which name. */
    record Doer(String subject, String means, String instrument) {

        /** Whoever brings a file in is told apart from who types; by a token, it names that too. */
        Doer bringing(String path) {
            var address = path.replaceFirst("\\?.*", "");
            return FILES.entrySet().stream()
                    .filter(file -> address.endsWith(file.getKey()))
                    .findFirst()
                    .map(file -> new Doer(
                            subject,
                            "import",
                            instrument.isEmpty() ? file.getValue() : file.getValue() + ", token " + instrument))
                    .orElse(this);
        }
    }

    /** What was asked for: where, by whom, and why, where it was said. */
    record Deed(String method, String path, Doer doer, Optional<String> reason) {

        String text() {
            return method + " " + path;
        }
    }

    /** The number of the newest row. */
    long newest() {
        return log.find(Filter.ALL, Long.MAX_VALUE, 1).get(0).sequence();
    }

    /** What came after that row was written by this operation. */
    void since(long before, Deed deed) {
        var written = log.find(Filter.ALL, Long.MAX_VALUE, 100).stream()
                .filter(row -> row.sequence() > before)
                .toList();
        var operation = ChangeTable.operation(deed.method(), deed.path());
        written.forEach(row -> told(row, deed, operation));
        together(written, deed);
        seen.computeIfAbsent(operation, unknown -> new TreeSet<>())
                .addAll(written.stream().map(Noted::words).collect(Collectors.toSet()));
    }

    /** Once nothing that was seen was wrong. */
    Map<String, Set<String>> seen() {
        verdict.assertAll();
        return seen;
    }

    private static String words(Row row) {
        return row.kind() + " " + row.action();
    }

    private void told(Row row, Deed deed, String operation) {
        var what = deed.text() + ": " + row.content();
        verdict.assertThat(new Doer(row.actor(), row.means(), row.instrument()))
                .as(what)
                .isEqualTo(deed.doer());
        verdict.assertThat(row.actorName().orElse("")).as(what).isNotEmpty();
        verdict.assertThat(row.content() + row.personal())
                .doesNotContain(secrets)
                .doesNotContain("wsk_", "wpt_", "wdk_", "$2");
        about(row, deed, operation);
        var held = new TreeSet<String>();
        if (!row.before().isEmpty()) {
            held.add("before");
        }
        if (!row.after().isEmpty()) {
            held.add("after");
        }
        if (row.reasoned()) {
            held.add("reason");
        }
        verdict.assertThat(parts).as("docs/changelog.md says what it holds").containsKey(words(row));
        verdict.assertThat(Optional.ofNullable(parts.get(words(row)))
                        .filter(allowed -> allowed.allow(held))
                        .isPresent())
                .as("%s holds %s", words(row), held)
                .isTrue();
    }

    /** The thing in the address, or one that there is; in the environment of the address. */
    private void about(Row row, Deed deed, String operation) {
        var what = deed.text() + ": " + row.content();
        var variables = variables(operation, deed.path());
        var addressed =
                OTHERS.contains(words(row)) ? Optional.<String>empty() : addressed(row.kind(), operation, variables);
        if (addressed.isPresent()) {
            verdict.assertThat(row.object()).as(what).isEqualTo(addressed.get());
        } else if (KEPT.containsKey(row.kind())
                && !GONE.contains(words(row))
                && !row.object().equals("unknown")) {
            verdict.assertThat(sql.number("select count(*) from " + KEPT.get(row.kind()) + " = ?", row.object()))
                    .as(what)
                    .isEqualTo(1);
        } else {
            verdict.assertThat(row.object()).as(what).isNotEmpty();
        }
        var place = Optional.ofNullable(variables.getOrDefault("environment", variables.get("key")));
        place.filter(there -> !row.environment().isEmpty())
                .ifPresent(
                        there -> verdict.assertThat(row.environment()).as(what).isEqualTo(there));
    }

    private static Optional<String> addressed(String kind, String operation, Map<String, String> variables) {
        return ADDRESSED.getOrDefault(kind, List.of()).stream()
                .filter(part -> (operation + "/").contains(part + "/"))
                .findFirst()
                .map(part -> Pattern.compile("\\{(\\w+)}")
                        .matcher(part)
                        .results()
                        .map(variable -> variables.get(variable.group(1)))
                        .collect(Collectors.joining("-")));
    }

    private static Map<String, String> variables(String operation, String path) {
        var names = operation.replaceFirst("\\w+ ", "").split("/", -1);
        var values = path.split("/", -1);
        var variables = new HashMap<String, String>();
        for (int i = 0; i < names.length; i++) {
            if (names[i].startsWith("{")) {
                variables.put(names[i].substring(1, names[i].length() - 1), values[i]);
            }
        }
        return variables;
    }

    /** What was done at once is told as done at once, and by nothing else; a reason that was given stands in one of the rows. */
    private void together(List<Row> written, Deed deed) {
        if (written.isEmpty()) {
            return;
        }
        var one = written.stream().map(Row::correlation).collect(Collectors.toSet());
        verdict.assertThat(one).as(deed.text()).hasSize(1);
        verdict.assertThat(correlations).as(deed.text()).doesNotContainAnyElementsOf(one);
        correlations.addAll(one);
        deed.reason()
                .ifPresent(reason -> verdict.assertThat(written)
                        .as(deed.text())
                        .anyMatch(row -> row.reason().equals(Optional.of(reason))));
    }
}
