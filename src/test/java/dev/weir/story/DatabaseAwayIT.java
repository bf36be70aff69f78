package dev.weir.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL that is stopped under the packaged program while clients send, and started again. */
class DatabaseAwayIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CLIENTS = 4;
    private static final int EACH = 20;

    @TempDir
    Path folder;

    @Test
    void what_was_acknowledged_is_there_once_and_everything_else_was_told_to_come_again()
            throws IOException, InterruptedException, SQLException {
        var first = database(0);
        int port = first.getPort();
        var settings = Map.of(
                "weir.database.url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "weir.database.username", "postgres",
                "weir.database.password", "postgres");
        try (var weir = Node.start(folder.resolve("node"), settings)) {
            var admin = Person.settingUp(weir);
            var app = admin.app("development");
            var plane = new DataPlane(weir.address());
            plane.knowing(app);
            try (var clients = new Clients(CLIENTS, plane, app)) {
                clients.acknowledged(EACH);

                first.close();
                clients.refused();
                var script = plane.script(app);
                var ready = plane.get("/q/health/ready");
                var console = admin.get("/console/environments");

                assertThat(script.statusCode()).isEqualTo(200);
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(plane.get("/q/health/live").statusCode()).isEqualTo(200);
                assertThat(console.statusCode()).isEqualTo(503);
                assertThat(console.headers().firstValue("Retry-After")).isPresent();

                try (var second = database(port)) {
                    clients.acknowledged(EACH);
                    DataPlane.until(
                            answer -> answer.statusCode() == 200,
                            PATIENCE,
                            "readiness",
                            () -> plane.get("/q/health/ready"));
                    clients.end();

                    assertThat(clients.unexpected()).isEmpty();
                    assertThat(stored(second)).containsExactlyInAnyOrderElementsOf(clients.acknowledged());
                    assertThat(statuses(admin)).containsOnly(200);
                }
            }
        }
    }

    private static List<Integer> statuses(Person admin) throws IOException, InterruptedException {
        var statuses = new ArrayList<Integer>();
        for (var path : List.of("/console/environments", "/console/development/live")) {
            HttpResponse<String> page = admin.get(path);
            statuses.add(page.statusCode());
        }
        return statuses;
    }

    /** The names of all events, as often as they are there. */
    private static List<String> stored(EmbeddedPostgres database) throws SQLException {
        try (var connection = database.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select name from event")) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    /** Each time over the same files. */
    private EmbeddedPostgres database(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("database"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
    }
}
