package dev.weir.artifact;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.artifact.Content.Published;
import dev.weir.artifact.Content.Told;
import dev.weir.catalog.Definitions;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Filter;
import dev.weir.changelog.Thing;
import dev.weir.code.PolicyCode;
import dev.weir.environment.App;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.install.Snippets;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.ChangeRequests;
import dev.weir.release.Emergencies;
import dev.weir.release.Emergency;
import dev.weir.release.Release;
import dev.weir.release.Releases;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The artifact pack of an App ID: what is in force for it, from every room that has a part of it. Reads what each role may look at on the
 * pages, no secret among it, and tells the log who took it away.
 */
@ApplicationScoped
@Transactional
class ArtifactPacks {

    /** Rows about an environment's policy since the last publication, of which the first one is sought. */
    private static final int ROWS = 200;

    private final Environments environments;
    private final Releases releases;
    private final ChangeRequests requests;
    private final Emergencies emergencies;
    private final Definitions definitions;
    private final PolicyCode code;
    private final Snippets snippets;
    private final ChangeLog log;
    private final CurrentActor current;
    private final Clock clock;

    ArtifactPacks(
            Environments environments,
            Releases releases,
            ChangeRequests requests,
            Emergencies emergencies,
            Definitions definitions,
            PolicyCode code,
            Snippets snippets,
            ChangeLog log,
            CurrentActor current,
            Clock clock) {
        this.environments = environments;
        this.releases = releases;
        this.requests = requests;
        this.emergencies = emergencies;
        this.definitions = definitions;
        this.code = code;
        this.snippets = snippets;
        this.log = log;
        this.current = current;
        this.clock = clock;
    }

    /**
     * Nothing where there is no such App ID at work: a deployment of one that is refused would only do harm.
     *
     * @param server the origin that stands in the code
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    Optional<Pack> of(String environment, String digits, String server) {
        return environments
                .named(environment)
                .flatMap(place -> place.app(digits)
                        .filter(app -> !app.retired(clock.instant()))
                        .map(app -> Chapters.pack(content(place, app, server))));
    }

    /** To be told before it is handed out. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    void taken(String environment, String digits, Pack pack) {
        log.write(Entry.of(
                        current.actor(), "exported", Thing.in(new EnvironmentKey(environment), "artifact-pack", digits))
                .change("sha256", null, pack.hash()));
    }

    private Content content(Environment place, App app, String server) {
        var key = place.key();
        var urgent = emergencies.of(key);
        var revisions = releases.revisions(key, Long.MAX_VALUE).stream()
                .map(release -> published(release, urgent))
                .toList();
        // Of the same reading as the list: between two of them, somebody might publish.
        var now = revisions.get(0);
        return new Content(
                place,
                app,
                now,
                releases.document(now.release()),
                server,
                code.export(place, now.release()),
                snippets.browser(app.id(), server),
                snippets.server(app.id(), server, app.serverKeyRequired()),
                snippets.contentSecurityPolicy(app.id(), server),
                definitions.inUse(),
                revisions,
                told(now.release()));
    }

    private Published published(Release release, List<Emergency> urgent) {
        return new Published(
                release,
                release.request().flatMap(number -> requests.find(release.environment(), number)),
                urgent.stream()
                        .filter(emergency -> emergency.revision() == release.number())
                        .findFirst());
    }

    /** The row that was written when a revision was published, and what seals it. Neither changes any more, once it is there. */
    private Optional<Told> told(Release release) {
        var key = release.environment().value();
        var since = new Filter("", "policy", key, key, Optional.of(release.publishedAt()), Optional.empty());
        return log.find(since, Long.MAX_VALUE, ROWS).stream()
                .filter(row -> release.hash().equals(row.after().get("hash"))
                        && Long.valueOf(release.number()).equals(row.after().get("revision")))
                .findFirst()
                .map(row -> new Told(
                        row.sequence(),
                        row.hash(),
                        row.at(),
                        log.checkpointOver(row.sequence()),
                        log.key().map(found -> found.line()).orElse("")));
    }
}
