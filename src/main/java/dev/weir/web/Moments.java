package dev.weir.web;

import io.quarkus.qute.TemplateExtension;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How pages write a moment: the same everywhere, to the minute and in UTC. */
@TemplateExtension
public final class Moments {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private Moments() {}

    /** {@code {release.publishedAt.moment}}, in a column of a page that says that its times are UTC. */
    public static String moment(Instant moment) {
        return MINUTE.format(moment);
    }

    /** {@code {release.publishedAt.momentInUtc}}, where nothing else says so. */
    public static String momentInUtc(Instant moment) {
        return moment(moment) + " UTC";
    }
}
