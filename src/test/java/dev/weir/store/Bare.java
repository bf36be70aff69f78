package dev.weir.store;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** The store's doors without a server around them, for benchmarks. */
public final class Bare {

    private Bare() {}

    public static StoredEvents reading(DataSource database) {
        return new StoredEvents(database);
    }

    /** A writer that runs, with these settings of {@code weir.store}. */
    public static EventStore writing(DataSource database, Clock clock, Map<String, String> settings) {
        var config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(StoreConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(StoreConfig.class);
        var store = new EventStore(database, config, clock);
        store.start(new StartupEvent());
        return store;
    }

    public static void stop(EventStore store) throws InterruptedException {
        store.stop(new ShutdownEvent());
    }
}
