package dev.weir.ingest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    private static final String SECONDS_FORM = "0000-00-00T00:00:00Z";
    private static final String MILLIS_FORM = "0000-00-00T00:00:00.000Z";

    private Timestamps() {}

    /** Empty when it is none of these. */
    static Optional<Instant> of(@Nullable Object value, Instant now) {
        if (value == null) {
            return Optional.of(now);
        }
        if (value instanceof Number number) {
            double millis = number.doubleValue();
            return millis >= 0 && millis <= LAST ? Optional.of(Instant.ofEpochMilli((long) millis)) : Optional.empty();
        }
        return value instanceof String text ? text(text.strip(), now) : Optional.empty();
    }

    private static Optional<Instant> text(String text, Instant now) {
        if (text.isEmpty()) {
            return Optional.of(now);
        }
        if (DIGITS.matcher(text).matches()) {
            long millis = Long.parseLong(text);
            return millis <= LAST ? Optional.of(Instant.ofEpochMilli(millis)) : Optional.empty();
        }
        var common = common(text);
        if (common.isPresent()) {
            return common;
        }
        return text.length() > 40 ? Optional.empty() : iso(text.replaceFirst(" ", "T"));
    }

    /** {@code 2026-11-27T10:15:30Z}, with milliseconds or without, as most write it: the same as {@link #iso}, without a formatter. */
    private static Optional<Instant> common(String text) {
        int length = text.length();
        boolean millis = length == 24;
        if (!(length == 20 || millis) || !formed(text, millis ? MILLIS_FORM : SECONDS_FORM)) {
            return Optional.empty();
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean dated = year >= 1970
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
        if (!dated || hour > 23 || minute > 59 || second > 59) {
            // Rare, or not to be: the formatter knows.
            return Optional.empty();
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400L + hour * 3600L + minute * 60L + second;
        return Optional.of(Instant.ofEpochMilli(seconds * 1000 + (millis ? number(text, 20, 23) : 0)));
    }

    private static boolean formed(String text, String form) {
        for (int i = 0; i < form.length(); i++) {
            char c = text.charAt(i);
            if (form.charAt(i) == '0' ? c < '0' || c > '9' : c != form.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
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
