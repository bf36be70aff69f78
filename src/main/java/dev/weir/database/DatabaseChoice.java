package dev.weir.database;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Turns the one setting {@code weir.database.url} into the two data sources of the build: one active, one asleep.
 *
 * <p>A database is chosen when Weir starts, never when it is built. Any other kind of address stops the start.
 */
public final class DatabaseChoice implements ConfigSourceFactory {

    private static final String SETTING = "weir.database.url";

    /** Above application.properties (250), below the environment (300): an operator may still set a data source by hand. */
    private static final int ORDINAL = 260;

    /** What makes H2 understand the migrations. WRITE_DELAY=0: an acknowledged commit is on disk. */
    private static final String LIKE_POSTGRESQL =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;NON_KEYWORDS=KEY,VALUE;WRITE_DELAY=0";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var named = value(context, SETTING, "");
        var url = named.isEmpty() ? "jdbc:h2:file:" + value(context, "weir.data-dir", "./data") + "/weir" : named;
        return List.of(new PropertiesConfigSource(settings(url), "the database of " + SETTING, ORDINAL));
    }

    static Map<String, String> settings(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return settings("postgresql", "h2", url);
        }
        if (url.startsWith("jdbc:h2:mem:")) {
            return settings("h2", "postgresql", url + LIKE_POSTGRESQL + ";DB_CLOSE_DELAY=-1");
        }
        if (url.startsWith("jdbc:h2:")) {
            return settings("h2", "postgresql", url + LIKE_POSTGRESQL);
        }
        throw new IllegalArgumentException(SETTING + " must start with jdbc:h2: or jdbc:postgresql:");
    }

    private static Map<String, String> settings(String chosen, String other, String url) {
        return Map.of(
                "quarkus.datasource." + chosen + ".active", "true",
                "quarkus.datasource." + chosen + ".jdbc.url", url,
                "quarkus.datasource." + other + ".active", "false");
    }

    private static String value(ConfigSourceContext context, String name, String otherwise) {
        var found = context.getValue(name).getValue();
        return found == null || found.isBlank() ? otherwise : found;
    }
}
