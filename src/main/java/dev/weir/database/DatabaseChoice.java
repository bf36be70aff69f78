package dev.weir.database;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.time.Duration;
import java.util.HashMap;
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

    /** How long PostgreSQL may say nothing while somebody waits for it. */
    private static final String SILENCE = "weir.database.silence";

    private static final String SILENT = "30s";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Above application.properties (250), below the environment (300): an operator may still set a data source by hand. */
    private static final int ORDINAL = 260;

    /** What makes H2 understand the migrations. WRITE_DELAY=0: an acknowledged commit is on disk. */
    private static final String LIKE_POSTGRESQL =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;NON_KEYWORDS=KEY,VALUE;WRITE_DELAY=0";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var named = value(context, SETTING, "");
        var url = named.isEmpty() ? "jdbc:h2:file:" + value(context, "weir.data-dir", "./data") + "/weir" : named;
        var settings = new HashMap<>(settings(url));
        if (isPostgresql(url)) {
            settings.putAll(bounded(value(context, SILENCE, SILENT)));
        }
        return List.of(new PropertiesConfigSource(settings, "the database of " + SETTING, ORDINAL));
    }

    private static boolean isPostgresql(String url) {
        return url.startsWith("jdbc:postgresql:");
    }

    /**
     * A server that accepts what it is asked and never answers must not hold anybody for ever, neither who asks nor, where only the way
     * to it was cut, what who asked had locked. For what may take longer there is {@link Patience}.
     */
    static Map<String, String> bounded(String silence) {
        var longest = DurationConverter.parseDuration(silence);
        if (longest.compareTo(SHORTEST) < 0 || longest.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(SILENCE + " must be 1 s to 5 min");
        }
        var postgresql = "quarkus.datasource.postgresql.jdbc.";
        return Map.of(
                postgresql + "additional-jdbc-properties.socketTimeout",
                String.valueOf(longest.toSeconds()),
                postgresql + "additional-jdbc-properties.tcpKeepAlive",
                "true",
                postgresql + "new-connection-sql",
                "set idle_in_transaction_session_timeout = " + 2 * longest.toMillis()
                        + "; set tcp_keepalives_idle = " + longest.toSeconds()
                        + "; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3");
    }

    static Map<String, String> settings(String url) {
        if (isPostgresql(url)) {
            return settings("postgresql", "h2", url);
        }
        if (url.startsWith("jdbc:h2:mem:")) {
            return kept(settings("h2", "postgresql", url + LIKE_POSTGRESQL + ";DB_CLOSE_DELAY=-1"));
        }
        if (url.startsWith("jdbc:h2:")) {
            return kept(settings("h2", "postgresql", url + LIKE_POSTGRESQL));
        }
        throw new IllegalArgumentException(SETTING + " must start with jdbc:h2: or jdbc:postgresql:");
    }

    /**
     * No connection is closed because nobody uses it. H2 2.4 ties the checks of a table to the connection that made the table, and once that
     * one is closed, refuses whatever is inserted until the database is opened anew: after the very first start Weir would stop taking
     * events as soon as the pool lets go of the connection that migrated.
     */
    private static Map<String, String> kept(Map<String, String> settings) {
        var kept = new HashMap<>(settings);
        kept.put("quarkus.datasource.h2.jdbc.idle-removal-interval", "0S");
        return Map.copyOf(kept);
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
