package dev.weir.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.check.Report.Captured;
import dev.weir.store.EventJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report as JSON of our own and as SARIF 2.1.0, which code hosts show beside the lines. */
final class Formats {

    static final String SARIF = "application/sarif+json";

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<Rule> RULES = List.of(Rule.values());

    private Formats() {}

    static Map<String, @Nullable Object> json(Report report) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("verdict", report.passes() ? "pass" : "fail");
        json.put("environment", report.environment());
        json.put("revision", report.revision() == 0 ? null : report.revision());
        json.put("hash", report.hash());
        for (var level : Rule.Level.values()) {
            json.put(level.id() + "s", report.count(level));
        }
        json.put("remarks", report.remarks().stream().map(Formats::remark).toList());
        json.put("captured", report.captured().stream().map(Formats::captured).toList());
        json.put("definitions", report.definitions());
        return json;
    }

    private static Map<String, Object> remark(Remark remark) {
        var json = new LinkedHashMap<String, Object>();
        json.put("rule", remark.rule().id());
        json.put("level", remark.rule().level().id());
        json.put("message", remark.message());
        json.put("part", remark.part());
        json.put("line", remark.line());
        json.put("column", remark.column());
        return json;
    }

    private static Map<String, @Nullable Object> captured(Captured captured) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("part", captured.part());
        json.put("line", captured.line());
        json.put("column", captured.column());
        json.put("type", captured.type());
        json.put("outcome", captured.outcome());
        json.put("reason", captured.reason().isEmpty() ? null : captured.reason());
        json.put(
                "findings",
                captured.findings().stream()
                        .map(finding -> Map.of(
                                "reason", finding.reason().name(), "field", finding.field(), "rule", finding.rule()))
                        .toList());
        json.put("event", captured.event() == null ? null : tree(EventJson.write(captured.event())));
        json.put("definitions", captured.definitions());
        return json;
    }

    private static JsonNode tree(String event) {
        try {
            return JSON.readTree(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event can always be read");
        }
    }

    /**
     * @param file what was checked, as whoever asks calls it; a relative address
     */
    static Map<String, Object> sarif(Report report, String file) {
        var rules = RULES.stream()
                .map(rule -> Map.<String, Object>of(
                        "id", rule.id(),
                        "shortDescription", Map.of("text", rule.title()),
                        "defaultConfiguration", Map.of("level", rule.level().id())))
                .toList();
        var driver = Map.of("name", "Weir", "rules", rules);
        var results =
                report.remarks().stream().map(remark -> result(remark, file)).toList();
        var run = Map.of("tool", Map.of("driver", driver), "columnKind", "utf16CodeUnits", "results", results);
        var sarif = new LinkedHashMap<String, Object>();
        sarif.put("$schema", SCHEMA);
        sarif.put("version", "2.1.0");
        sarif.put("runs", List.of(run));
        return sarif;
    }

    private static Map<String, Object> result(Remark remark, String file) {
        var place = new LinkedHashMap<String, Object>();
        place.put("artifactLocation", Map.of("uri", file));
        if (remark.line() > 0) {
            place.put(
                    "region",
                    remark.column() > 0
                            ? Map.of("startLine", remark.line(), "startColumn", remark.column())
                            : Map.of("startLine", remark.line()));
        }
        return Map.of(
                "ruleId", remark.rule().id(),
                "ruleIndex", RULES.indexOf(remark.rule()),
                "level", remark.rule().level().id(),
                "message", Map.of("text", remark.message()),
                "locations", List.of(Map.of("physicalLocation", place)));
    }

    /** In the form that JUnit's reports have and CI systems read: one test for each rule. */
    static String junit(Report report, String file) {
        var byRule = report.remarks().stream().collect(Collectors.groupingBy(Remark::rule));
        long failures = byRule.keySet().stream()
                .filter(rule -> rule.level() == Rule.Level.ERROR)
                .count();
        var out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        var counts = " tests=\"" + Rule.values().length + "\" failures=\"" + failures
                + "\" errors=\"0\" skipped=\"0\" time=\"0\"";
        out.append("<testsuites name=\"Weir\"")
                .append(counts.replace(" skipped=\"0\"", ""))
                .append(">\n");
        out.append("  <testsuite name=\"Weir: ")
                .append(xml(file))
                .append('"')
                .append(counts)
                .append(">\n");
        for (var rule : Rule.values()) {
            var found = byRule.getOrDefault(rule, List.of());
            out.append("    <testcase classname=\"weir.check\" name=\"")
                    .append(rule.id())
                    .append("\" time=\"0\"");
            out.append(found.isEmpty() ? "/>\n" : ">\n");
            if (!found.isEmpty()) {
                var lines = found.stream().map(remark -> line(remark, file)).collect(Collectors.joining("\n"));
                boolean failure = rule.level() == Rule.Level.ERROR;
                out.append(
                                failure
                                        ? "      <failure type=\"" + rule.id() + "\" message=\"" + xml(rule.title())
                                                + "\">"
                                        : "      <system-out>")
                        .append(xml(lines))
                        .append(failure ? "</failure>\n" : "</system-out>\n")
                        .append("    </testcase>\n");
            }
        }
        return out.append("  </testsuite>\n</testsuites>\n").toString();
    }

    private static String line(Remark remark, String file) {
        return file + ":" + remark.line() + ":" + remark.column() + " "
                + remark.rule().level().id() + ": " + remark.message();
    }

    /** Characters that XML can't hold are left out. */
    private static String xml(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> {
                    boolean allowed = c == '\n'
                            || c == '\t'
                            || (c >= 0x20 && c < 0xd800)
                            || (c > 0xdfff && c < 0xfffe)
                            || c > 0xffff;
                    if (allowed) {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }
}
