package dev.weir.environment;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.planes.Planes;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.util.List;

/** Gives an empty installation its two environments. Where there is one environment already, it does nothing. */
@ApplicationScoped
class FirstEnvironments {

    static final EnvironmentKey DEVELOPMENT = new EnvironmentKey("development");
    static final EnvironmentKey PRODUCTION = new EnvironmentKey("production");

    /** Where people develop. A production has no such address: it gets its origins from a person. */
    private static final List<String> LOCAL = List.of("http://localhost:8080", "http://127.0.0.1:8080");

    private static final int EARLY = 100;

    private final Environments environments;
    private final EnvironmentRepository repository;
    private final ChangeLog log;
    private final Planes planes;

    FirstEnvironments(Environments environments, EnvironmentRepository repository, ChangeLog log, Planes planes) {
        this.environments = environments;
        this.repository = repository;
        this.log = log;
        this.planes = planes;
    }

    @Transactional
    void make(@Observes @Priority(EARLY) StartupEvent start) {
        if (!planes.control()) {
            return;
        }
        // Two nodes may start at once.
        repository.lock();
        if (!environments.list().isEmpty()) {
            return;
        }
        environments.make(DEVELOPMENT, "Development", Kind.DEVELOPMENT, false, Actor.SYSTEM);
        environments.make(PRODUCTION, "Production", Kind.PRODUCTION, true, Actor.SYSTEM);
        var app = environments.find(DEVELOPMENT).orElseThrow().apps().get(0).id();
        LOCAL.forEach(origin -> {
            repository.addOrigin(app, origin);
            log.write(Entry.of(Actor.SYSTEM, "origin-added", Environments.thing(DEVELOPMENT, app))
                    .change("origin", null, origin));
        });
    }
}
