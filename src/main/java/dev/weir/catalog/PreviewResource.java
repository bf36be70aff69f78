package dev.weir.catalog;

import dev.weir.access.Role;
import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.matching.Stability;
import dev.weir.event.EventType;
import dev.weir.web.Places;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** For programs: what a filter would have found, and whether it will last. Reads the request, asks {@link Hindsight}; keeps nothing. */
@Path(PreviewResource.HOME)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
@Tag(name = "Definitions")
class PreviewResource {

    static final String HOME = "/api/v1/definitions/preview";

    /** {@code html} is a page to try the filter on as well; it is parsed, never run, and kept nowhere. */
    record Looking(
            @Nullable String environment,
            @Nullable String type,
            @Nullable String filter,
            @Nullable String html) {}

    record DayBody(LocalDate date, long count) {}

    /** An event that matches, as it is kept: after the policy. */
    record SampleBody(
            Instant at,
            String what,
            @Nullable String path,
            @Nullable String target) {}

    record StabilityBody(int score, String words, List<String> advice) {}

    /** Elements of the page that was sent; {@code matched} are the opening tags of the first ones. */
    record PageBody(int looked, int count, List<String> matched) {}

    /** {@code cut}: of the events of this type only the newest {@code looked} were looked at, not all of 30 days. */
    record PreviewBody(
            String environment,
            long count,
            long looked,
            boolean cut,
            List<DayBody> days,
            List<SampleBody> samples,
            StabilityBody stability,
            @Nullable PageBody page) {}

    private final Hindsight hindsight;
    private final Matching matching;
    private final Places places;

    PreviewResource(Hindsight hindsight, Matching matching, Places places) {
        this.hindsight = hindsight;
        this.matching = matching;
        this.places = places;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What a filter would have matched in one environment: count, 30 days, ten events",
            description =
                    "Changes nothing and keeps nothing, so a token that may read may ask. The editor shows the same.")
    public PreviewBody look(@Nullable Looking sent) {
        var asked = sent == null ? new Looking(null, null, null, null) : sent;
        var type = EventType.of(text(asked.type))
                .filter(Details.TYPES::contains)
                .orElseThrow(() -> Problem.of(422, "The type is pageview, click, change, submit or custom."));
        var place = places.places().stream()
                .filter(known -> known.key().value().equals(asked.environment))
                .findFirst()
                .orElseThrow(() -> Problem.of(422, "Name an environment that there is."));
        var filter = Filter.parse(text(asked.filter).strip()).<Filter>match(valid -> valid, refused -> {
            throw Problem.of(
                    422,
                    "The filter can't be read: at character " + (refused.position() + 1) + ", " + refused.message()
                            + ".");
        });
        return told(
                hindsight.preview(place.key(), type, filter),
                Stability.of(filter),
                Optional.ofNullable(asked.html)
                        .filter(html -> !html.isBlank())
                        .map(html -> PastedPage.read(html, type, matching.test(filter)))
                        .map(page -> new PageBody(page.looked(), page.count(), page.matched()))
                        .orElse(null));
    }

    private static PreviewBody told(Preview preview, Stability stability, @Nullable PageBody page) {
        return new PreviewBody(
                preview.environment(),
                preview.count(),
                preview.looked(),
                preview.cut(),
                preview.days().stream()
                        .map(day -> new DayBody(day.date(), day.count()))
                        .toList(),
                preview.samples().stream()
                        .map(sample -> new SampleBody(sample.at(), sample.what(), sample.path(), sample.target()))
                        .toList(),
                new StabilityBody(stability.score(), stability.words(), List.copyOf(stability.advice())),
                page);
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
