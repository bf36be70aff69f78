package dev.weir.artifact;

import dev.weir.artifact.Content.Published;
import dev.weir.catalog.Exports;
import dev.weir.install.Snippets;
import dev.weir.kernel.CanonicalJson;
import dev.weir.privacy.PolicyWords;
import dev.weir.privacy.Section;
import dev.weir.release.Emergency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the files of a pack. The same content gives the same files: no time of writing and no reader's name is in them. */
final class Chapters {

    private final Content content;
    private final Map<Section, List<String>> words;
    private final Map<String, String> files = new LinkedHashMap<>();

    private Chapters(Content content) {
        this.content = content;
        this.words = PolicyWords.of(content.document()).stream()
                .collect(Collectors.toMap(PolicyWords::section, PolicyWords::sentences));
    }

    static Pack pack(Content content) {
        var chapters = new Chapters(content);
        chapters.write();
        return new Pack(chapters.head(), chapters.files);
    }

    private void write() {
        files.put("README.md", filled("README.md"));
        files.put("app-id.json", json(app()));
        snippets();
        files.put("privacy/environment.weir.yaml", content.code());
        files.put("privacy/policy.json", content.inForce().release().canonical());
        files.put("privacy/rules.md", rules());
        files.put("definitions/definitions.yaml", Exports.yaml(content.definitions()));
        files.put("definitions/owners.md", owners());
        files.put("identity/README.md", filled("identity.md"));
        files.put("consent/README.md", filled("consent.md"));
        governance();
    }

    /** Which App ID and which revision a pack is about. */
    private Map<String, Object> head() {
        return Map.of(
                "app_id", content.app().id().digits(),
                "environment", content.place().key().value(),
                "server", content.server(),
                "revision", revision());
    }

    private Map<String, Object> revision() {
        var release = content.inForce().release();
        return Map.of("number", release.number(), "hash", release.hash());
    }

    private Map<String, @Nullable Object> app() {
        var app = content.app();
        var place = content.place();
        var digits = app.id().digits();
        var server = content.server();
        var json = new TreeMap<String, @Nullable Object>();
        json.put("app_id", digits);
        json.put("label", app.label());
        json.put(
                "environment",
                Map.of(
                        "key", place.key().value(),
                        "name", place.name(),
                        "kind", place.kind().id(),
                        "critical", place.critical()));
        json.put("origins", app.origins().stream().sorted().toList());
        json.put("server_key_required", app.serverKeyRequired());
        json.put("created_at", app.createdAt().toString());
        json.put("retires_at", app.retiresAt().map(Object::toString).orElse(null));
        json.put("revision", revision());
        json.put(
                "addresses",
                Map.of(
                        "collector", server + "/js/heap-" + digits + ".js",
                        "collector_v5", server + "/config/" + digits + "/heap_config.js",
                        "policy", server + "/api/policy/" + digits,
                        "browser_events", server + "/api/collect/" + digits,
                        "server_events", server + "/api/track"));
        return json;
    }

    private void snippets() {
        content.browser().forEach(code -> files.put("snippet/" + code.way().id() + ".html", code.text() + "\n"));
        files.put("snippet/content-security-policy.txt", content.contentSecurityPolicy() + "\n");
        files.put("snippet/README.md", "# The code for a page\n" + ways(content.browser(), ".html"));
        content.servers().forEach(code -> files.put("server/" + code.way().file(), code.text() + "\n"));
        files.put("server/README.md", filled("server.md"));
    }

    private static String ways(List<Snippets.Code> codes, String ending) {
        return codes.stream()
                .map(Snippets.Code::way)
                .map(way ->
                        "\n## " + way.title() + " (`" + way.id() + ending + "`)\n\n" + Markdown.text(way.hint()) + "\n")
                .collect(Collectors.joining());
    }

    private String rules() {
        var release = content.inForce().release();
        var text = new StringBuilder("# What is captured, and what never is\n\nRevision " + release.number() + " of "
                + Markdown.text(content.place().name())
                + ". The browser and the server enforce the same rules. Passwords,"
                + " card fields and one-time codes are never captured, whatever a rule says.\n");
        for (Section section : Section.values()) {
            text.append("\n## ").append(section.title()).append("\n\n").append(said(section));
        }
        return text.toString();
    }

    private String said(Section section) {
        return Markdown.list(words.getOrDefault(section, List.of()), "No rule.");
    }

    private String owners() {
        return "# Definitions and their owners\n\n"
                + Markdown.table(
                        List.of("Definition", "Status", "Criticality", "Owner"),
                        content.definitions().stream()
                                .map(definition -> List.of(
                                        definition.name(),
                                        definition.status().words(),
                                        definition.details().criticality().id(),
                                        definition
                                                .details()
                                                .owner()
                                                .map(owner -> owner.name() + (owner.team() ? " (team)" : ""))
                                                .orElse("nobody")))
                                .toList());
    }

    private void governance() {
        files.put("governance/README.md", filled("governance.md"));
        files.put(
                "governance/revisions.json",
                json(content.revisions().stream().map(Chapters::published).toList()));
        content.told().ifPresent(told -> {
            files.put("governance/changelog.key", told.key() + "\n");
            told.checkpoint().ifPresent(covering -> files.put("governance/checkpoint.txt", covering.note()));
        });
    }

    private static Map<String, @Nullable Object> published(Published published) {
        var release = published.release();
        var json = new TreeMap<String, @Nullable Object>();
        json.put("number", release.number());
        json.put("hash", release.hash());
        json.put("published_at", release.publishedAt().toString());
        json.put("published_by", release.publishedBy());
        json.put("reason", release.reason());
        json.put("request", release.request().orElse(null));
        json.put("asked_by", published.asked().orElse(null));
        json.put("agreed_by", published.agreed().orElse(null));
        json.put("restores", release.restores().orElse(null));
        json.put(
                "expires_at",
                release.term().map(term -> term.expiresAt().toString()).orElse(null));
        json.put("emergency", published.emergency().isPresent());
        json.put(
                "reviewed_by",
                published.reviewed().map(review -> review.by().name()).orElse(null));
        json.put("review", published.reviewed().map(Emergency.Review::words).orElse(null));
        return json;
    }

    private String revisions() {
        return Markdown.table(
                List.of("Revision", "Published", "By", "Asked for by", "Agreed to by", "Reason"),
                content.revisions().stream()
                        .map(published -> List.of(
                                String.valueOf(published.release().number()),
                                published.release().publishedAt().toString(),
                                published.release().publishedBy(),
                                published.asked().orElse("–"),
                                agreed(published),
                                published.release().reason()))
                        .toList());
    }

    private static String agreed(Published published) {
        return published.agreed().orElse("–")
                + published
                        .reviewed()
                        .map(review -> " (" + review.by().name() + " looked at it afterwards: " + review.words() + ")")
                        .orElse("");
    }

    /** What the change log says of the revision in force, in words. */
    private String told() {
        return content.told()
                .map(told -> "Row " + told.row() + ", written " + told.at() + ", SHA-256 `" + told.hash() + "`. "
                        + told.checkpoint()
                                .map(
                                        covering ->
                                                "`checkpoint.txt` is the first signed checkpoint that covers it (rows 1 to "
                                                        + covering.size()
                                                        + "), and `changelog.key` the public key: keep both elsewhere, and the"
                                                        + " offline verifier says whether an export of the log still fits them.")
                                .orElse(
                                        "No checkpoint covers it yet: one is signed every 100 rows, and each hour in which"
                                                + " something was written."))
                .orElse("The row of this publication was not found.");
    }

    /** A text of this build with what is in force in it. */
    private String filled(String file) {
        var app = content.app();
        var release = content.inForce().release();
        return read(file)
                .replace("__RULES_IDENTITY__", said(Section.IDENTITY))
                .replace("__RULES_CONSENT__", said(Section.CONSENT))
                .replace("__RULES_EVENTS__", said(Section.EVENTS))
                .replace("__RULES_PROPERTIES__", said(Section.PROPERTIES))
                .replace("__RULES_RETENTION__", said(Section.RETENTION))
                .replace("__REVISIONS__", revisions())
                .replace("__CHANGE_LOG__", told())
                .replace(
                        "__KEY__",
                        app.serverKeyRequired()
                                ? "This App ID requires its server key as well: `Authorization: Bearer wsk_…`. The key is in no"
                                        + " pack; an Admin makes one on the environment's page, and the programs read it from"
                                        + " `WEIR_SERVER_KEY`."
                                : "This App ID requires no server key.")
                .replace("__APP_ID__", app.id().digits())
                .replace("__LABEL__", Markdown.text(app.label()))
                .replace("__PLACE__", Markdown.text(content.place().name()))
                .replace("__KIND__", content.place().kind().id())
                .replace("__ORIGINS__", app.origins().isEmpty() ? "none yet" : String.join(", ", app.origins()))
                .replace("__DEFINITIONS__", String.valueOf(content.definitions().size()))
                .replace("__NUMBER__", String.valueOf(release.number()))
                .replace("__HASH__", release.hash())
                .replace("__SERVER__", content.server());
    }

    private static String json(Object value) {
        return CanonicalJson.write(value) + "\n";
    }

    private static String read(String file) {
        try (var in = Chapters.class.getResourceAsStream("/artifact/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
