package dev.weir.history;

import dev.weir.changelog.proof.Row;
import dev.weir.restoration.Fields;
import dev.weir.restoration.Versioned;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row as pages show it: in words, field by field, with links. Erased values say so.
 *
 * @param most fields, and items of a list, that are shown
 * @param object what people call the thing that was changed
 */
record RowView(Row row, int most, String object) {

    static final String ERASED = Versioned.ERASED;

    public long sequence() {
        return row.sequence();
    }

    public Instant at() {
        return row.at();
    }

    public String who() {
        return row.actorName().orElse(ERASED);
    }

    public String actor() {
        return row.actor();
    }

    /** How they acted, where it wasn't in the console. */
    public String means() {
        var words = switch (row.means()) {
            case "session" -> "";
            case "token" -> "with a token";
            case "import" -> "by an import";
            case "link" -> "with a one-time link";
            case "setup" -> "with the set-up link";
            case "sign-in" -> "";
            default -> "by itself";
        };
        return row.instrument().isEmpty() ? words : words + " (" + row.instrument() + ")";
    }

    /** "origin added". */
    public String action() {
        return row.action().replace('-', ' ');
    }

    /** "app id". */
    public String kind() {
        return kind(row.kind());
    }

    /** "Environment". */
    public String title() {
        return kind().substring(0, 1).toUpperCase(Locale.ROOT) + kind().substring(1);
    }

    static String kind(String kind) {
        return kind.equals("app-id") ? "App ID" : kind.replace('-', ' ');
    }

    public String environment() {
        return row.environment();
    }

    /** Where the thing is now; empty where it has no page. */
    public String link() {
        var place = "/console/" + row.environment();
        return switch (row.kind()) {
            case "environment" -> "/console/environments/" + row.object();
            case "app-id" -> "/console/environments/" + row.environment() + "#app-" + row.object();
            case "draft" -> place + "/privacy";
            case "policy" -> place + "/policy/" + row.after().get("revision");
            case "change-request" ->
                place + "/changes/" + row.object().substring(row.object().lastIndexOf('-') + 1);
            case "definition" -> "/console/definitions/" + row.object();
            case "saved-view" -> "/console/definitions/views#view-" + row.object();
            case "matcher" -> "/console/definitions/matcher";
            case "standards" -> "/console/definitions/standards";
            case "restoration" -> "/console/restorations/" + row.object();
            case "account" -> "/console/people";
            case "review-cycle" -> "/console/reviews/" + row.object();
            case "review-task" -> "/console/reviews/" + row.object().replace("-", "/tasks/");
            default -> "";
        };
    }

    /** Where what this row made can be asked back; empty where it can't. */
    public String restore() {
        if (row.kind().equals("policy") && row.after().get("hash") != null) {
            return "/console/" + row.environment() + "/policy/" + row.after().get("revision") + "/restore";
        }
        boolean version = Versioned.of(row.kind())
                .filter(kind -> !kind.changes(row).isEmpty())
                .isPresent();
        return version ? tab() + "?row=" + row.sequence() : "";
    }

    /** The History tab of a thing that has versions. */
    private String tab() {
        return switch (row.kind()) {
            case "environment" -> "/console/environments/" + row.object() + "/history";
            case "app-id" -> "/console/environments/" + row.environment() + "/apps/" + row.object() + "/history";
            case "saved-view" -> "/console/definitions/views/" + row.object() + "/history";
            case "account" -> "/console/people/" + row.object() + "/history";
            case "matcher" -> "/console/definitions/matcher/history";
            case "standards" -> "/console/definitions/standards/history";
            default -> "/console/definitions/" + row.object() + "/history";
        };
    }

    /** Everything that happened to the same thing. */
    public String history() {
        var filter = new LinkedHashMap<String, String>();
        filter.put("kind", row.kind());
        filter.put("object", row.object());
        return "/console/changelog?" + Asked.written(filter);
    }

    public boolean reasoned() {
        return row.reasoned();
    }

    public String reason() {
        return row.reason().orElse(ERASED);
    }

    public List<Fields.Field> fields() {
        var all = all();
        return all.subList(0, Math.min(most, all.size()));
    }

    /** Fields that are not shown here. */
    public int more() {
        return Math.max(0, all().size() - most);
    }

    private List<Fields.Field> all() {
        return Fields.of(
                Fields.pairs(opened(row, row.before()), opened(row, row.after())),
                most,
                most > FEW,
                RULES.contains(row.kind()));
    }

    /** Kinds whose rows tell of rules. */
    private static final Set<String> RULES = Set.of("policy", "change-request", "draft");

    /** Fields, and items of a list, that a row shows among others. */
    private static final int FEW = 4;

    private static final int MANY = 1000;

    static RowView among(Row row, Map<String, String> people) {
        return new RowView(row, FEW, object(row, people));
    }

    static RowView alone(Row row, Map<String, String> people) {
        return new RowView(row, MANY, object(row, people));
    }

    private static String object(Row row, Map<String, String> people) {
        if (row.kind().equals("account")) {
            return people.getOrDefault(row.object(), row.object());
        }
        // Where it tells the name, that says more than the id.
        boolean named = row.kind().equals("definition") || row.kind().equals("saved-view");
        return named && row.after().get("name") instanceof String name ? name : row.object();
    }

    /** The row as it was written, for who wants to compute its hash. */
    public String content() {
        return row.content();
    }

    public String hash() {
        return row.hash();
    }

    public String previous() {
        return row.previous();
    }

    public String correlation() {
        return row.correlation();
    }

    /** Whether the row is about somebody, rather than by somebody only. */
    public boolean aboutPerson() {
        return person(row).isPresent();
    }

    /** Whom a row is about, as a subject. */
    static Optional<String> person(Row row) {
        return row.kind().equals("account") ? Optional.of("local:" + row.object()) : Optional.empty();
    }

    /** As programs read it. */
    static Map<String, @Nullable Object> json(Row row) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("sequence", row.sequence());
        json.put("time", row.at().toString());
        var actor = new LinkedHashMap<String, @Nullable Object>();
        actor.put("subject", row.actor());
        actor.put("name", row.actorName().orElse(null));
        actor.put("means", row.means());
        actor.put("instrument", row.instrument().isEmpty() ? null : row.instrument());
        json.put("actor", actor);
        json.put("action", row.action());
        json.put("object", Map.of("kind", row.kind(), "id", row.object()));
        json.put("environment", row.environment().isEmpty() ? null : row.environment());
        json.put("before", opened(row, row.before()));
        json.put("after", opened(row, row.after()));
        json.put("reason", row.reasoned() ? row.reason().orElse(ERASED) : null);
        json.put("correlation", row.correlation());
        json.put("previous", row.previous());
        json.put("hash", row.hash());
        return json;
    }

    private static Map<String, @Nullable Object> opened(Row row, Map<?, ?> values) {
        var opened = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((name, value) -> opened.put((String) name, Versioned.opened(row, value)));
        return opened;
    }
}
