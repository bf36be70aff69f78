package dev.weir.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** When something happened: ISO 8601, milliseconds since 1970 as number or text, or nothing for now. Without a zone it is UTC. */
final class Timestamps {

    private static final long LAST = 253_402_300_799_999L;

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}");

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendPattern("[XXX][XX][X]")
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private Timestamps() {}

    /** Empty when it is none of these. */
    static Optional<Instant> of(JsonNode node, Instant now) {
        if (Fields.absent(node)) {
            return Optional.of(now);
        }
        if (node.isNumber()) {
            double millis = node.doubleValue();
            return millis >= 0 && millis <= LAST ? Optional.of(Instant.ofEpochMilli((long) millis)) : Optional.empty();
        }
        return node.isTextual() ? text(node.textValue().strip(), now) : Optional.empty();
    }

    private static Optional<Instant> text(String text, Instant now) {
        if (text.isEmpty()) {
            return Optional.of(now);
        }
        if (DIGITS.matcher(text).matches()) {
            long millis = Long.parseLong(text);
            return millis <= LAST ? Optional.of(Instant.ofEpochMilli(millis)) : Optional.empty();
        }
        return text.length() > 40 ? Optional.empty() : iso(text.replaceFirst(" ", "T"));
    }

    private static Optional<Instant> iso(String text) {
        try {
            var parsed = ISO.parse(text);
            var date = LocalDate.from(parsed);
            var time = parsed.isSupported(ChronoField.HOUR_OF_DAY) ? LocalTime.from(parsed) : LocalTime.MIDNIGHT;
            var zone = parsed.isSupported(ChronoField.OFFSET_SECONDS) ? ZoneOffset.from(parsed) : ZoneOffset.UTC;
            var instant = LocalDateTime.of(date, time).toInstant(zone);
            long millis = instant.toEpochMilli();
            return millis >= 0 && millis <= LAST ? Optional.of(instant) : Optional.empty();
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
