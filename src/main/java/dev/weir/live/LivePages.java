package dev.weir.live;

import dev.weir.access.CurrentActor;
import dev.weir.access.Presence;
import dev.weir.access.Role;
import dev.weir.catalog.Matching;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Sighting;
import dev.weir.store.Sightings;
import dev.weir.web.Places;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What just happened in an environment, and every reason why something was taken away. Shows what the store holds, nothing else. */
@Path("/console/{environment}/live")
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class LivePages {

    @CheckedTemplate(basePath = "live")
    record live(
            Places.Place place,
            Filter filter,
            List<String> outcomes,
            List<String> types,
            List<Line> lines,
            boolean used,
            long position,
            long missed)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "live")
    record live$news(List<Line> lines, long missed) implements TemplateInstance {}

    private static final Duration RETRY = Duration.ofSeconds(30);

    private final Sightings sightings;
    private final Feed feed;
    private final Matching matching;
    private final Places places;
    private final CurrentActor actor;
    private final Presence presence;

    LivePages(Sightings sightings, Feed feed, Matching matching, Places places, CurrentActor actor, Presence presence) {
        this.sightings = sightings;
        this.feed = feed;
        this.matching = matching;
        this.places = places;
        this.actor = actor;
        this.presence = presence;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance live(
            @RestPath String environment,
            @RestQuery @DefaultValue(Filter.ALL) String outcome,
            @RestQuery @DefaultValue(Filter.ALL) String type) {
        var place = place(environment);
        var filter = Filter.of(outcome, type);
        // A filter looks further back than the list is long, so that it finds what is rare.
        var found = sightings.newest(place.key(), filter.everything() ? Feed.KEPT : Feed.KEPT * 10);
        var known = matching.known();
        var lines = found.stream()
                .filter(filter::takes)
                .limit(Feed.KEPT)
                .map(sighting -> Line.of(place.key(), sighting, known))
                .toList();
        long position = found.stream().mapToLong(Sighting::sequence).max().orElse(0);
        return new live(place, filter, Filter.OUTCOMES, Filter.TYPES, lines, !found.isEmpty(), position, 0);
    }

    /** Who asks, and for which environment, is looked up first: that takes a worker. The stream itself then holds no thread. */
    @GET
    @Path("events")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> events(
            @RestPath String environment,
            @RestQuery @DefaultValue(Filter.ALL) String outcome,
            @RestQuery @DefaultValue(Filter.ALL) String type,
            @RestQuery @DefaultValue("0") long after,
            @HeaderParam("Last-Event-ID") @DefaultValue("") String lastEventId,
            @Context Sse sse,
            RoutingContext context) {
        var place = place(environment);
        var reader = new Feed.Reader(actor.actor().subject(), presence.of(context));
        return feed.watch(place.key(), Filter.of(outcome, type), reader, position(lastEventId, after))
                .orElseThrow(() -> Problem.tooMany("Too many live views are open. Close one and try again.", RETRY))
                .map(news -> event(sse, place.key(), news));
    }

    /** Without rows it is a comment: it keeps proxies and the browser from giving up. */
    private OutboundSseEvent event(Sse sse, EnvironmentKey environment, Feed.News news) {
        var builder = sse.newEventBuilder().id(Long.toString(news.position()));
        if (news.sightings().isEmpty() && news.missed() == 0) {
            return builder.name("quiet").data("").build();
        }
        var known = matching.known();
        var lines = news.sightings().stream()
                .map(sighting -> Line.of(environment, sighting, known))
                .toList();
        // One line: the text of an event can't end a field of the stream.
        var html = new live$news(lines, news.missed()).render().replaceAll("\\R\\s*", " ");
        return builder.name("sightings").data(html).build();
    }

    private static long position(String lastEventId, long after) {
        return lastEventId.matches("[0-9]{1,18}") ? Long.parseLong(lastEventId) : Math.max(0, after);
    }

    private Places.Place place(String key) {
        return places.places().stream()
                .filter(place -> place.key().value().equals(key))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("There is no such environment."));
    }
}
