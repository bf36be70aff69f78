package dev.weir.bench;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalPropertiesReader;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A database of a benchmark's own, with Weir's tables, whose commits are on disk; it is gone when it is closed. */
final class Disk implements AutoCloseable {

    private final AgroalDataSource database;
    private final @Nullable EmbeddedPostgres postgres;
    private final Path folder;

    private Disk(AgroalDataSource database, @Nullable EmbeddedPostgres postgres, Path folder) {
        this.database = database;
        this.postgres = postgres;
        this.folder = folder;
    }

    /** PostgreSQL as it comes, but for the address: {@code fsync} and {@code synchronous_commit} are on. */
    static Disk postgresql() throws IOException, SQLException {
        var folder = Files.createTempDirectory(Path.of("target"), "bench-postgresql");
        var postgres = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .setServerConfig("max_wal_size", "4GB")
                .setDataDirectory(folder.resolve("data"))
                .start();
        var url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
        return migrated(pool(url, "postgres", "postgres"), postgres, folder, "postgresql");
    }

    /** As {@code dev.weir.database.DatabaseChoice} opens it. */
    static Disk h2() throws IOException, SQLException {
        var folder = Files.createTempDirectory(Path.of("target"), "bench-h2");
        var url = "jdbc:h2:file:" + folder.toAbsolutePath().resolve("weir")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;NON_KEYWORDS=KEY,VALUE;WRITE_DELAY=0";
        return migrated(pool(url, "", ""), null, folder, "h2");
    }

    private static Disk migrated(
            AgroalDataSource database, @Nullable EmbeddedPostgres postgres, Path folder, String vendor) {
        Flyway.configure()
                .dataSource(database)
                .locations("db/migration", "db/vendor/" + vendor)
                .load()
                .migrate();
        return new Disk(database, postgres, folder);
    }

    private static AgroalDataSource pool(String url, String user, String password) throws SQLException {
        var settings = new HashMap<String, String>();
        settings.put(AgroalPropertiesReader.JDBC_URL, url);
        settings.put(AgroalPropertiesReader.PRINCIPAL, user);
        settings.put(AgroalPropertiesReader.CREDENTIAL, password);
        settings.put(AgroalPropertiesReader.MAX_SIZE, "8");
        return AgroalDataSource.from(new AgroalPropertiesReader()
                .readProperties(Map.copyOf(settings))
                .get());
    }

    DataSource source() {
        return database;
    }

    @Override
    public void close() throws IOException {
        database.close();
        if (postgres != null) {
            postgres.close();
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
