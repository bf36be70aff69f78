package dev.weir.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.OwnPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A migration of PostgreSQL may take longer than the database lets anybody be silent. */
class MigrationsTest {

    @TempDir
    Path files;

    /** Who is idle in a transaction is ended after a while (weir.database.silence), and the migration with it. */
    @Test
    void nobody_is_idle_in_a_transaction_while_a_migration_runs() throws Exception {
        Files.createDirectory(files.resolve("sql"));
        Files.writeString(files.resolve("sql").resolve("V1__slow.sql"), """
                create table idle as select pid from pg_stat_activity where state like 'idle in transaction%';
                """);
        try (var server = OwnPostgres.start(files.resolve("database"), 0)) {
            var source = new PGSimpleDataSource();
            source.setUrl(server.url());
            source.setUser("postgres");
            source.setPassword("postgres");
            var configuration = Flyway.configure().dataSource(source).locations("filesystem:" + files.resolve("sql"));

            new Migrations().customize(configuration);
            configuration.load().migrate();

            try (var connection = server.connection();
                    var select = connection.prepareStatement("select count(*) from idle");
                    var rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isZero();
            }
        }
    }
}
