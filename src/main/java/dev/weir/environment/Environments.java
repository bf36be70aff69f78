package dev.weir.environment;

import dev.weir.access.Role;
import dev.weir.kernel.Actor;
import dev.weir.kernel.AppId;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
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
    private final Clock clock;

    Environments(EnvironmentRepository repository, Event<EnvironmentCreated> created, Clock clock) {
        this.repository = repository;
        this.created = created;
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
        newApp(key, name);
        repository.nextEpoch();
        created.fire(new EnvironmentCreated(key, by));
        return Outcome.DONE;
    }

    @RolesAllowed(Role.ADMIN)
    public Outcome change(EnvironmentKey key, String name, boolean critical, long version) {
        if (find(key).isEmpty()) {
            return Outcome.UNKNOWN;
        }
        return repository.changeEnvironment(key, name, critical, version) ? told() : Outcome.OUTDATED;
    }

    /** Another App ID for the same environment; empty where there is no such environment. */
    @RolesAllowed(Role.ADMIN)
    public Optional<AppId> createApp(EnvironmentKey environment, String label) {
        if (find(environment).isEmpty()) {
            return Optional.empty();
        }
        var app = newApp(environment, label);
        repository.nextEpoch();
        return Optional.of(app);
    }

    @RolesAllowed(Role.ADMIN)
    public Outcome label(AppId app, String label, long version) {
        return changing(app, version, () -> repository.setLabel(app, label));
    }

    @RolesAllowed(Role.ADMIN)
    public Outcome addOrigin(AppId app, String origin, long version) {
        var exact = Origin.parse(origin).accepted().orElseThrow(() -> new IllegalArgumentException("not an origin"));
        return changing(app, version, () -> repository.addOrigin(app, exact.text()));
    }

    @RolesAllowed(Role.ADMIN)
    public Outcome removeOrigin(AppId app, String origin, long version) {
        return changing(app, version, () -> repository.removeOrigin(app, origin));
    }

    /** A new App ID with the same origins now; the old one works until the overlap is over. */
    @RolesAllowed(Role.ADMIN)
    public Outcome rotate(AppId app, Duration overlap, long version) {
        return changing(app, version, () -> {
            var old = find(app).orElseThrow();
            var fresh = newApp(old.environment(), old.label());
            old.origins().forEach(origin -> repository.addOrigin(fresh, origin));
            // The key that servers hold stays good: they change the App ID at their own time.
            repository.setServerKeyHash(fresh, repository.serverKeyHash(app).orElse(null));
            repository.setRetiresAt(app, clock.instant().plus(overlap));
        });
    }

    /** Refused from now on. */
    @RolesAllowed(Role.ADMIN)
    public Outcome retire(AppId app, long version) {
        return changing(app, version, () -> repository.setRetiresAt(app, clock.instant()));
    }

    /** Requires a new key of server calls and gives it out, once. Empty where somebody else was first, or there is no such App ID. */
    @RolesAllowed(Role.ADMIN)
    public Optional<String> requireServerKey(AppId app, long version) {
        var key = SERVER_KEY_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random());
        var outcome = changing(app, version, () -> repository.setServerKeyHash(app, CanonicalJson.sha256(key)));
        return outcome == Outcome.DONE ? Optional.of(key) : Optional.empty();
    }

    /** Server calls need no key any more. */
    @RolesAllowed(Role.ADMIN)
    public Outcome dropServerKey(AppId app, long version) {
        return changing(app, version, () -> repository.setServerKeyHash(app, null));
    }

    private Outcome changing(AppId app, long version, Runnable change) {
        if (find(app).isEmpty()) {
            return Outcome.UNKNOWN;
        }
        if (!repository.touchApp(app, version)) {
            return Outcome.OUTDATED;
        }
        change.run();
        return told();
    }

    private Outcome told() {
        repository.nextEpoch();
        return Outcome.DONE;
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
