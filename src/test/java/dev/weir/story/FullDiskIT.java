package dev.weir.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program on H2, whose file finds no room any more, and then does again. */
class FullDiskIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CLIENTS = 3;
    private static final int EACH = 30;

    /** How Weir itself opens the file; nothing is written. */
    private static final String LIKE_WEIR =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;NON_KEYWORDS=KEY,VALUE;ACCESS_MODE_DATA=r";

    @TempDir
    Path folder;

    @Test
    void without_room_for_h2_senders_are_told_to_come_again_and_what_was_acknowledged_is_there_once()
            throws IOException, InterruptedException, SQLException {
        List<String> acknowledged;
        try (var weir = Node.start(folder.resolve("node"), Map.of())) {
            var app = Person.settingUp(weir).app("development");
            var plane = new DataPlane(weir.address());
            plane.knowing(app);
            try (var clients = new Clients(CLIENTS, plane, app)) {
                clients.acknowledged(EACH);

                weir.filesUpTo(Files.size(folder.resolve("node/weir.mv.db")));
                clients.refused();
                var script = plane.script(app).statusCode();
                var ready = plane.get("/q/health/ready").statusCode();
                weir.filesUpTo(-1);

                clients.acknowledged(EACH);
                DataPlane.until(
                        answer -> answer.statusCode() == 200,
                        PATIENCE,
                        "readiness",
                        () -> plane.get("/q/health/ready"));
                clients.end();
                assertThat(clients.unexpected()).isEmpty();
                assertThat(script).isEqualTo(200);
                assertThat(ready).isEqualTo(200);
                acknowledged = clients.acknowledged();
            }
        }
        assertThat(names()).containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    private List<String> names() throws SQLException {
        try (var h2 = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("node/weir") + LIKE_WEIR, "", "");
                var statement = h2.createStatement();
                var rows = statement.executeQuery("select name from event where name like 'client %'")) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }
}
