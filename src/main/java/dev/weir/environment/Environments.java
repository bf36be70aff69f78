package dev.weir.environment;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.kernel.Actor;
import dev.weir.kernel.AppId;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Loopback;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Environments, their App IDs and the origins these may be used from. Whatever the data plane must know is told to it in the same
 * transaction. Nothing is ever deleted but origins: an App ID retires.
 */
@ApplicationScoped
@Transactional
public class Environments {

    /** How long a rotated App ID still works, unless said otherwise. */
    public static final Duration OVERLAP = Duration.ofDays(14);

    static final String SERVER_KEY_PREFIX = "wsk_";

    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EnvironmentRepository repository;
    private final Event<EnvironmentCreated> created;
    private final ChangeLog log;
    private final CurrentActor current;
    private final Clock clock;

    Environments(
            EnvironmentRepository repository,
            Event<EnvironmentCreated> created,
            ChangeLog log,
            CurrentActor current,
            Clock clock) {
        this.repository = repository;
        this.created = created;
        this.log = log;
        this.current = current;
        this.clock = clock;
    }

    /** In the order in which they were made. */
    public List<Environment> list() {
        return repository.all();
    }

    public Optional<Environment> find(EnvironmentKey key) {
        return list().stream()
                .filter(environment -> environment.key().equals(key))
                .findFirst();
    }

    /** By the key as it stands in an address; nothing for a text that is no key. */
    public Optional<Environment> named(String key) {
        return EnvironmentKey.valid(key) ? find(new EnvironmentKey(key)) : Optional.empty();
    }

    public Optional<App> find(AppId id) {
        return list().stream()
                .flatMap(environment -> environment.apps().stream())
                .filter(app -> app.id().equals(id))
                .findFirst();
    }

    /** Makes an environment with one App ID. */
    @RolesAllowed(Role.ADMIN)
    public Outcome create(EnvironmentKey key, String name, Kind kind, boolean critical, Actor by) {
        return make(key, name, kind, critical, by);
    }

    /** As {@link #create}, for Weir itself, which has no role. */
    Outcome make(EnvironmentKey key, String name, Kind kind, boolean critical, Actor by) {
        repository.lock();
        if (!repository.addEnvironment(
                key, name, kind, critical, HexFormat.of().formatHex(random()), clock.instant())) {
            return Outcome.TAKEN;
        }
        var app = newApp(key, name);
        repository.nextEpoch();
        log.write(Entry.of(by, "created", thing(key))
                .change("name", null, name)
                .change("kind", null, kind.id())
                .change("critical", null, critical));
        log.write(Entry.of(by, "created", thing(key, app)).change("label", null, name));
        created.fire(new EnvironmentCreated(key, by));
        return Outcome.DONE;
    }

    /** Its name, and that it is critical. That it be so no longer is asked for: see {@link UncriticalWishes}. */
    @RolesAllowed(Role.ADMIN)
    public Outcome change(EnvironmentKey key, String name, boolean critical, long version) {
        var before = find(key);
        if (before.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        if (before.get().critical() && !critical) {
            return Outcome.NEEDS_SECOND;
        }
        if (!repository.changeEnvironment(key, name, critical, version)) {
            return Outcome.OUTDATED;
        }
        repository.nextEpoch();
        log.writeIfChanged(Entry.of(current.actor(), "changed", thing(key))
                .change("name", before.get().name(), name)
                .change("critical", before.get().critical(), critical));
        return Outcome.DONE;
    }

    /** Another App ID for the same environment; empty where there is no such environment. */
    @RolesAllowed(Role.ADMIN)
    public Optional<AppId> createApp(EnvironmentKey environment, String label) {
        if (find(environment).isEmpty()) {
            return Optional.empty();
        }
        var app = newApp(environment, label);
        repository.nextEpoch();
        log.write(Entry.of(current.actor(), "created", thing(environment, app)).change("label", null, label));
        return Optional.of(app);
    }

    @RolesAllowed(Role.ADMIN)
    public Outcome label(AppId app, String label, long version) {
        return changing(app, version, old -> {
            repository.setLabel(app, label);
            return List.of(entry("label-changed", old).change("label", old.label(), label));
        });
    }

    /** Nothing on somebody's own machine may ever send to production. */
    @RolesAllowed(Role.ADMIN)
    public Outcome addOrigin(AppId app, String origin, long version) {
        var exact = Origin.parse(origin).accepted().orElseThrow(() -> new IllegalArgumentException("not an origin"));
        if (Loopback.is(exact.text()) && ofProduction(app)) {
            return Outcome.LOCAL;
        }
        return changing(app, version, old -> {
            repository.addOrigin(app, exact.text());
            boolean there = old.origins().contains(exact.text());
            return List.of(entry("origin-added", old).change("origin", there ? exact.text() : null, exact.text()));
        });
    }

    @RolesAllowed(Role.ADMIN)
    public Outcome removeOrigin(AppId app, String origin, long version) {
        return changing(app, version, old -> {
            repository.removeOrigin(app, origin);
            return List.of(entry("origin-removed", old)
                    .change("origin", old.origins().contains(origin) ? origin : null, null));
        });
    }

    /** A new App ID with the same origins now; the old one works until the overlap is over. */
    @RolesAllowed(Role.ADMIN)
    public Outcome rotate(AppId app, Duration overlap, long version) {
        return changing(app, version, old -> {
            var fresh = newApp(old.environment(), old.label());
            old.origins().forEach(origin -> repository.addOrigin(fresh, origin));
            // The key that servers hold stays good: they change the App ID at their own time.
            repository.setServerKeyHash(fresh, repository.serverKeyHash(app).orElse(null));
            var retires = clock.instant().plus(overlap);
            repository.setRetiresAt(app, retires);
            return List.of(
                    Entry.of(current.actor(), "created", thing(old.environment(), fresh))
                            .change("label", null, old.label())
                            .change("origins", null, old.origins())
                            .change("server key", null, serverKey(old)),
                    entry("rotated", old)
                            .change("retires", retired(old), retires.toString())
                            .change("successor", null, fresh.digits()));
        });
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

    /** Requires a new key of server calls and gives it out, once. Empty where somebody else was first, or there is no such App ID. */
    @RolesAllowed(Role.ADMIN)
    public Optional<String> requireServerKey(AppId app, long version) {
        var key = SERVER_KEY_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random());
        var outcome = changing(app, version, old -> {
            repository.setServerKeyHash(app, CanonicalJson.sha256(key));
            return List.of(entry(old.serverKeyRequired() ? "server-key-replaced" : "server-key-required", old)
                    .change("server key", serverKey(old), "a new one is required"));
        });
        return outcome == Outcome.DONE ? Optional.of(key) : Optional.empty();
    }

    /** Server calls need no key any more. */
    @RolesAllowed(Role.ADMIN)
    public Outcome dropServerKey(AppId app, long version) {
        return changing(app, version, old -> {
            repository.setServerKeyHash(app, null);
            return List.of(entry("server-key-dropped", old).change("server key", serverKey(old), "not required"));
        });
    }

    private boolean ofProduction(AppId app) {
        return find(app)
                .flatMap(known -> find(known.environment()))
                .filter(environment -> environment.kind() == Kind.PRODUCTION)
                .isPresent();
    }

    /** Runs a change, which says what the log shall say of it. */
    private Outcome changing(AppId app, long version, Function<App, List<Entry>> change) {
        if (find(app).isEmpty()) {
            return Outcome.UNKNOWN;
        }
        if (!repository.touchApp(app, version)) {
            return Outcome.OUTDATED;
        }
        // Nobody else changes it any more: what it is now is what it was before.
        var entries = change.apply(find(app).orElseThrow());
        repository.nextEpoch();
        // Last: who holds the end of the log waits for nothing any more.
        entries.forEach(log::writeIfChanged);
        return Outcome.DONE;
    }

    private Entry entry(String action, App app) {
        return Entry.of(current.actor(), action, thing(app.environment(), app.id()));
    }

    private static String serverKey(App app) {
        return app.serverKeyRequired() ? "required" : "not required";
    }

    private static @Nullable String retired(App app) {
        return app.retiresAt().map(Object::toString).orElse(null);
    }

    static Thing thing(EnvironmentKey key) {
        return Thing.in(key, "environment", key.value());
    }

    static Thing thing(EnvironmentKey environment, AppId app) {
        return Thing.in(environment, "app-id", app.digits());
    }

    private AppId newApp(EnvironmentKey environment, String label) {
        var app = randomAppId();
        while (!repository.addApp(app, environment, label, clock.instant())) {
            app = randomAppId();
        }
        return app;
    }

    /** Never with a leading zero: somebody will keep it as a number. */
    private static AppId randomAppId() {
        return new AppId(Long.toString(RANDOM.nextLong(1_000_000_000L, 10_000_000_000L)));
    }

    private static byte[] random() {
        var bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
