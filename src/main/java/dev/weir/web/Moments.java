package dev.weir.web;

import io.quarkus.qute.TemplateExtension;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How pages write a moment: the same everywhere, in UTC. */
@TemplateExtension
final class Moments {

    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private Moments() {}

    /** {@code {release.publishedAt.moment}}: to the minute. */
    static String moment(Instant moment) {
        return SHORT.format(moment);
    }
}
