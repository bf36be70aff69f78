package dev.weir.environment;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.kernel.Actor;
import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Environments, and which App IDs they have; what is done to these, {@link AppIds} does. Whatever the data plane must know is told to it in
 * the same transaction. Nothing is ever deleted.
 */
@ApplicationScoped
@Transactional
public class Environments {

    /** Environments that there are: none is ever deleted. */
    static final int MOST = 5000;

    /** First words of the console's own addresses. */
    private static final Set<String> RESERVED = Set.of(
            "environments",
            "people",
            "account",
            "login",
            "logout",
            "signed-out",
            "setup",
            "join",
            "theme",
            "environment",
            "new",
            "definitions",
            "audit",
            "erasure",
            "jobs",
            "reviews",
            "restorations",
            "changelog");

    private final EnvironmentRepository repository;
    private final Fresh fresh;
    private final Event<EnvironmentCreated> created;
    private final ChangeLog log;
    private final CurrentActor current;
    private final Clock clock;

    Environments(
            EnvironmentRepository repository,
            Fresh fresh,
            Event<EnvironmentCreated> created,
            ChangeLog log,
            CurrentActor current,
            Clock clock) {
        this.repository = repository;
        this.fresh = fresh;
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

    /** Makes an environment with one App ID. Its key and kind stay as they are. */
    @RolesAllowed(Role.ADMIN)
    public Outcome create(EnvironmentKey key, String name, Kind kind, boolean critical, Actor by) {
        if (RESERVED.contains(key.value())) {
            return Outcome.KEY_RESERVED;
        }
        return Names.valid(name) ? make(key, name.strip(), kind, critical, by) : Outcome.NAME_WRONG;
    }

    /** As {@link #create}, for Weir itself, which has no role. */
    Outcome make(EnvironmentKey key, String name, Kind kind, boolean critical, Actor by) {
        repository.lock();
        if (repository.environments() >= MOST) {
            return Outcome.TOO_MANY;
        }
        if (!repository.addEnvironment(
                key, name, kind, critical, HexFormat.of().formatHex(Fresh.key()), clock.instant())) {
            return Outcome.TAKEN;
        }
        var app = fresh.app(key, name);
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
        if (!Names.valid(name)) {
            return Outcome.NAME_WRONG;
        }
        // Nobody else changes it from here on: what is read now is what it was before.
        repository.lock();
        var before = find(key);
        if (before.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        if (before.get().version() != version) {
            return Outcome.OUTDATED;
        }
        if (before.get().critical() && !critical) {
            return Outcome.NEEDS_SECOND;
        }
        repository.changeEnvironment(key, name.strip(), critical);
        repository.nextEpoch();
        log.writeIfChanged(Entry.of(current.actor(), "changed", thing(key))
                .change("name", before.get().name(), name.strip())
                .change("critical", before.get().critical(), critical));
        return Outcome.DONE;
    }

    static Thing thing(EnvironmentKey key) {
        return Thing.in(key, "environment", key.value());
    }

    static Thing thing(EnvironmentKey environment, AppId app) {
        return Thing.in(environment, "app-id", app.digits());
    }
}
