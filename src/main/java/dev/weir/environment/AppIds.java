package dev.weir.environment;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.kernel.AppId;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Loopback;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is done to App IDs. Whatever the data plane must know is told to it in the same transaction. Nothing is ever deleted but origins: an
 * App ID retires, and nothing is done to one that has.
 */
@ApplicationScoped
@Transactional
public class AppIds {

    /** How long a rotated App ID still works, unless said otherwise. */
    public static final Duration OVERLAP = Duration.ofDays(14);

    static final int LONGEST_OVERLAP_DAYS = 365;

    static final int LONGEST_REASON = 1000;

    /** App IDs of one environment, retired ones too. */
    static final int MOST = 1000;

    /** Origins of one App ID. */
    static final int MOST_ORIGINS = 100;

    static final String SERVER_KEY_PREFIX = "wsk_";

    private final EnvironmentRepository repository;
    private final Environments environments;
    private final Fresh fresh;
    private final ChangeLog log;
    private final CurrentActor current;
    private final Clock clock;

    AppIds(
            EnvironmentRepository repository,
            Environments environments,
            Fresh fresh,
            ChangeLog log,
            CurrentActor current,
            Clock clock) {
        this.repository = repository;
        this.environments = environments;
        this.fresh = fresh;
        this.log = log;
        this.current = current;
        this.clock = clock;
    }

    /** Another App ID for the same environment. */
    @RolesAllowed(Role.ADMIN)
    public Changed<AppId> create(EnvironmentKey environment, String label) {
        repository.lock();
        if (environments.find(environment).isEmpty()) {
            return Changed.refused(Outcome.UNKNOWN);
        }
        if (!Names.valid(label)) {
            return Changed.refused(Outcome.LABEL_WRONG);
        }
        if (repository.apps(environment) >= MOST) {
            return Changed.refused(Outcome.APPS_TOO_MANY);
        }
        var app = fresh.app(environment, label.strip());
        repository.nextEpoch();
        log.write(Entry.of(current.actor(), "created", Environments.thing(environment, app))
                .change("label", null, label.strip()));
        return Changed.done(app);
    }

    @RolesAllowed(Role.ADMIN)
    public Outcome label(AppId app, String label, long version) {
        return Names.valid(label) ? changing(app, version, old -> relabelled(old, label.strip())) : Outcome.LABEL_WRONG;
    }

    /** Nothing on somebody's own machine may ever send to production. */
    @RolesAllowed(Role.ADMIN)
    public Outcome addOrigin(AppId app, String origin, long version) {
        return addOrigin(app, origin, version, "");
    }

    /** {@code reason} may be empty. */
    @RolesAllowed(Role.ADMIN)
    public Outcome addOrigin(AppId app, String origin, long version, String reason) {
        if (!reasonable(reason)) {
            return Outcome.REASON_WRONG;
        }
        var exact = Origin.parse(origin).accepted();
        if (exact.isEmpty()) {
            return Outcome.ORIGIN_WRONG;
        }
        var text = exact.get().text();
        var known = environments.find(app).map(App::origins).orElse(List.of());
        if (known.size() >= MOST_ORIGINS && !known.contains(text)) {
            return Outcome.ORIGINS_TOO_MANY;
        }
        return Loopback.is(text) && ofProduction(app)
                ? Outcome.LOCAL
                : changing(app, version, old -> List.of(added(old, text).because(reason.strip())));
    }

    @RolesAllowed(Role.ADMIN)
    public Outcome removeOrigin(AppId app, String origin, long version) {
        return changing(app, version, old -> List.of(removed(old, origin)));
    }

    /** What it is for and its origins at once: origins that are not named go. */
    @RolesAllowed(Role.ADMIN)
    public Outcome change(AppId app, String label, List<String> origins, long version) {
        return change(app, label, origins, version, "");
    }

    /** {@code reason} may be empty. */
    @RolesAllowed(Role.ADMIN)
    public Outcome change(AppId app, String label, List<String> origins, long version, String reason) {
        if (!reasonable(reason)) {
            return Outcome.REASON_WRONG;
        }
        if (!Names.valid(label)) {
            return Outcome.LABEL_WRONG;
        }
        if (origins.size() > MOST_ORIGINS) {
            return Outcome.ORIGINS_TOO_MANY;
        }
        var wanted = new TreeSet<String>();
        for (var origin : origins) {
            var exact = Origin.parse(origin).accepted();
            if (exact.isEmpty()) {
                return Outcome.ORIGIN_WRONG;
            }
            wanted.add(exact.get().text());
        }
        if (wanted.stream().anyMatch(Loopback::is) && ofProduction(app)) {
            return Outcome.LOCAL;
        }
        return changing(app, version, old -> {
            var entries = new ArrayList<>(relabelled(old, label.strip()));
            wanted.stream()
                    .filter(origin -> !old.origins().contains(origin))
                    .forEach(origin -> entries.add(added(old, origin)));
            old.origins().stream()
                    .filter(origin -> !wanted.contains(origin))
                    .forEach(origin -> entries.add(removed(old, origin)));
            entries.replaceAll(entry -> entry.because(reason.strip()));
            return entries;
        });
    }

    private List<Entry> relabelled(App old, String label) {
        repository.setLabel(old.id(), label);
        return List.of(entry("label-changed", old).change("label", old.label(), label));
    }

    private Entry added(App old, String origin) {
        repository.addOrigin(old.id(), origin);
        return entry("origin-added", old).change("origin", old.origins().contains(origin) ? origin : null, origin);
    }

    private Entry removed(App old, String origin) {
        repository.removeOrigin(old.id(), origin);
        return entry("origin-removed", old).change("origin", old.origins().contains(origin) ? origin : null, null);
    }

    /** A new App ID with the same origins now; the old one works until the overlap is over. */
    @RolesAllowed(Role.ADMIN)
    public Changed<AppId> rotate(AppId app, long days, long version) {
        if (days < 0 || days > LONGEST_OVERLAP_DAYS) {
            return Changed.refused(Outcome.DAYS_WRONG);
        }
        var found = environments.find(app);
        if (found.filter(old -> old.version() == version && old.retiring() && !old.retired(clock.instant()))
                .isPresent()) {
            return Changed.refused(Outcome.RETIRING);
        }
        var made = new ArrayList<AppId>();
        var outcome = changing(app, version, old -> {
            var successor = fresh.app(old.environment(), old.label());
            made.add(successor);
            old.origins().forEach(origin -> repository.addOrigin(successor, origin));
            // The key that servers hold stays good: they change the App ID at their own time.
            repository.setServerKeyHash(successor, repository.serverKeyHash(app).orElse(null));
            var retires = clock.instant().plus(Duration.ofDays(days));
            repository.setRetiresAt(app, retires);
            return List.of(
                    Entry.of(current.actor(), "created", Environments.thing(old.environment(), successor))
                            .change("label", null, old.label())
                            .change("origins", null, old.origins())
                            .change("server key", null, serverKey(old)),
                    entry("rotated", old)
                            .change("retires", retired(old), retires.toString())
                            .change("successor", null, successor.digits()));
        });
        return outcome == Outcome.DONE ? Changed.done(made.get(0)) : Changed.refused(outcome);
    }

    /** Refused from now on. */
    @RolesAllowed(Role.ADMIN)
    public Outcome retire(AppId app, long version) {
        return changing(app, version, old -> {
            var now = clock.instant();
            repository.setRetiresAt(app, now);
            return List.of(entry("retired", old).change("retires", retired(old), now.toString()));
        });
    }

    /** Requires a new key of server calls and gives it out, once. */
    @RolesAllowed(Role.ADMIN)
    public Changed<String> requireServerKey(AppId app, long version) {
        var key = SERVER_KEY_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(Fresh.key());
        var outcome = changing(app, version, old -> {
            repository.setServerKeyHash(app, CanonicalJson.sha256(key));
            return List.of(entry(old.serverKeyRequired() ? "server-key-replaced" : "server-key-required", old)
                    .change("server key", serverKey(old), "a new one is required"));
        });
        return outcome == Outcome.DONE ? Changed.done(key) : Changed.refused(outcome);
    }

    /** Server calls need no key any more. */
    @RolesAllowed(Role.ADMIN)
    public Outcome dropServerKey(AppId app, long version) {
        return dropServerKey(app, version, "");
    }

    /** {@code reason} may be empty. */
    @RolesAllowed(Role.ADMIN)
    public Outcome dropServerKey(AppId app, long version, String reason) {
        if (!reasonable(reason)) {
            return Outcome.REASON_WRONG;
        }
        return changing(app, version, old -> {
            repository.setServerKeyHash(app, null);
            return List.of(entry("server-key-dropped", old)
                    .change("server key", serverKey(old), "not required")
                    .because(reason.strip()));
        });
    }

    private static boolean reasonable(String reason) {
        return reason.strip().codePointCount(0, reason.strip().length()) <= LONGEST_REASON;
    }

    private boolean ofProduction(AppId app) {
        return environments
                .find(app)
                .flatMap(known -> environments.find(known.environment()))
                .filter(environment -> environment.kind() == Kind.PRODUCTION)
                .isPresent();
    }

    /** Runs a change, which says what the log shall say of it. */
    private Outcome changing(AppId app, long version, Function<App, List<Entry>> change) {
        repository.lock();
        var found = environments.find(app);
        if (found.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        if (found.get().version() == version && found.get().retired(clock.instant())) {
            return Outcome.RETIRED;
        }
        if (!repository.touchApp(app, version)) {
            return Outcome.OUTDATED;
        }
        // Nobody else changes it any more: what it is now is what it was before.
        var entries = change.apply(environments.find(app).orElseThrow());
        repository.nextEpoch();
        // Last: who holds the end of the log waits for nothing any more.
        entries.forEach(log::writeIfChanged);
        return Outcome.DONE;
    }

    private Entry entry(String action, App app) {
        return Entry.of(current.actor(), action, thing(app));
    }

    private static Thing thing(App app) {
        return Environments.thing(app.environment(), app.id());
    }

    private static String serverKey(App app) {
        return app.serverKeyRequired() ? "required" : "not required";
    }

    private static @Nullable String retired(App app) {
        return app.retiresAt().map(Object::toString).orElse(null);
    }
}
