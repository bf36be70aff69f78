package dev.weir.stream;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Leaves the database out of the readiness of a node that goes on without it: one that is the data plane alone and keeps events in
 * Kafka. On every other node a database that is away is a reason to send nobody there.
 */
public final class ReadyWithoutDatabase implements ConfigSourceFactory {

    /** Above application.properties (250), below the environment (300). */
    private static final int ORDINAL = 260;

    private static final String CHECK =
            "quarkus.smallrye-health.check.\"io.quarkus.agroal.runtime.health.DataSourceHealthCheck\".enabled";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var needed = needed(value(context, Keeping.SETTING), value(context, "weir.planes"));
        return needed
                ? List.of()
                : List.of(new PropertiesConfigSource(Map.of(CHECK, "false"), "readiness without a database", ORDINAL));
    }

    static boolean needed(String store, String planes) {
        var started = Arrays.stream(planes.split(",", -1)).map(String::strip).toList();
        return !store.equals(Keeping.KAFKA) || !Set.copyOf(started).equals(Set.of("data"));
    }

    private static String value(ConfigSourceContext context, String name) {
        var found = context.getValue(name).getValue();
        return found == null ? "" : found.strip();
    }
}
