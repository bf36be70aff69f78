package dev.weir.store;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.h2.jdbcx.JdbcDataSource;

/** For benchmarks: says at once that everything was accepted, and forgets it. */
public final class StoresNothing extends EventStore {

    public StoresNothing() {
        super(
                new JdbcDataSource(),
                new SmallRyeConfigBuilder()
                        .withConverter(Duration.class, 200, new DurationConverter())
                        .withMapping(StoreConfig.class)
                        .build()
                        .getConfigMapping(StoreConfig.class),
                Clock.systemUTC());
    }

    @Override
    public boolean full() {
        return false;
    }

    @Override
    public CompletionStage<Appended> append(Batch batch) {
        return CompletableFuture.completedFuture(new Appended.Committed(
                batch.entries().stream().map(StoresNothing::accepted).toList()));
    }

    private static Disposition accepted(Entry entry) {
        return entry instanceof Entry.Drop drop
                ? new Disposition(Outcome.DROPPED, drop.reason(), false, drop.notes())
                : new Disposition(Outcome.ACCEPTED, null, false, ((Entry.Arrival) entry).notes());
    }
}
