package dev.weir.console;

import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.privacy.Drafts;
import dev.weir.release.Emergencies;
import dev.weir.release.Release;
import dev.weir.release.Releases;
import dev.weir.review.Tasks;
import dev.weir.store.Sightings;
import dev.weir.store.Tallies;
import dev.weir.web.Places.Place;
import dev.weir.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The overview. Reads the doors of the features below; decides nothing. */
@Path("/console")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
class ConsolePages {

    @CheckedTemplate(basePath = "console")
    record overview(@Nullable Summary here, List<Summary> all, Instant now, boolean edits, Tasks.Waiting reviews)
            implements TemplateInstance {}

    private final Environments environments;
    private final Drafts drafts;
    private final Releases releases;
    private final Emergencies emergencies;
    private final Tallies tallies;
    private final Sightings sightings;
    private final Tasks reviews;
    private final Shell shell;
    private final Clock clock;

    ConsolePages(
            Environments environments,
            Drafts drafts,
            Releases releases,
            Emergencies emergencies,
            Tallies tallies,
            Sightings sightings,
            Tasks reviews,
            Shell shell,
            Clock clock) {
        this.environments = environments;
        this.drafts = drafts;
        this.releases = releases;
        this.emergencies = emergencies;
        this.tallies = tallies;
        this.sightings = sightings;
        this.reviews = reviews;
        this.shell = shell;
        this.clock = clock;
    }

    @GET
    public TemplateInstance overview() {
        var all = environments.list().stream().map(this::summary).toList();
        var chosen = Optional.ofNullable(shell.place()).map(Place::key);
        var here = all.stream()
                .filter(summary ->
                        chosen.filter(summary.environment().key()::equals).isPresent())
                .findFirst()
                .orElse(null);
        return new overview(
                here, all, clock.instant(), shell.is(Role.ADMIN) || shell.is(Role.ARCHITECT), reviews.waiting());
    }

    private Summary summary(Environment environment) {
        var key = environment.key();
        var now = clock.instant();
        var inForce = releases.inForce(key);
        return new Summary(
                environment,
                Day.of(tallies.since(key, Day.from(now)), now),
                inForce.orElse(null),
                inForce.map(release -> waiting(environment, release)).orElse(false),
                emergencies.of(key),
                sightings.newest(key, 1).stream().findFirst().orElse(null));
    }

    private boolean waiting(Environment environment, Release inForce) {
        return !drafts.of(environment.key()).document().hash().equals(inForce.hash());
    }
}
