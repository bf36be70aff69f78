package dev.weir.history;

import dev.weir.changelog.Filter;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.web.Problem;
import jakarta.ws.rs.DefaultValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * What somebody asks for, as it stands in the address of pages, interface and files: so that a view can be sent to somebody else.
 *
 * @param from a day, which begins at midnight UTC, or a moment
 * @param to a day, which is meant whole, or a moment, which is not
 */
record Asked(
        @RestQuery @DefaultValue("") String actor,
        @RestQuery @DefaultValue("") String kind,
        @RestQuery @DefaultValue("") String object,
        @RestQuery @DefaultValue("") String environment,
        @RestQuery @DefaultValue("") String from,
        @RestQuery @DefaultValue("") String to) {

    private static final int LONGEST = 500;

    Asked {
        object = object.strip();
        for (String text : new String[] {actor, kind, object, environment, from, to}) {
            if (text.length() > LONGEST) {
                throw Problem.of(400, "A filter has at most " + LONGEST + " characters.");
            }
        }
    }

    Filter filter() {
        if (!environment.isEmpty() && !EnvironmentKey.valid(environment)) {
            throw Problem.of(400, "This is no key of an environment.");
        }
        return new Filter(actor, kind, object, environment, moment(from, 0), moment(to, 1));
    }

    public boolean any() {
        return !query().isEmpty();
    }

    /** Whether it is the history of one thing. */
    public boolean one() {
        return !kind.isEmpty() && !object.isEmpty();
    }

    /** Without a question mark; empty where nothing is asked for. */
    public String query() {
        var asked = new LinkedHashMap<String, String>();
        asked.put("actor", actor);
        asked.put("kind", kind);
        asked.put("object", object);
        asked.put("environment", environment);
        asked.put("from", from);
        asked.put("to", to);
        return written(asked);
    }

    /** With a question mark. */
    String queryBefore(long sequence) {
        var query = query();
        return "?" + query + (query.isEmpty() ? "" : "&") + "before=" + sequence;
    }

    static String written(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Optional<Instant> moment(String text, int daysMore) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.length() == "2026-11-27".length()
                            ? LocalDate.parse(text)
                                    .plusDays(daysMore)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                            : Instant.parse(text));
        } catch (DateTimeException e) {
            throw Problem.of(400, "A time is a day as 2026-11-27, or a moment as 2026-11-27T08:15:00Z.");
        }
    }
}
