package dev.weir.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One image, started as two nodes with one plane each: neither answers for the other, and together they are Weir. */
class PlanesIT {

    @TempDir
    Path folder;

    @Test
    void each_node_serves_its_own_plane_alone_and_runs_no_schedule_of_the_other()
            throws IOException, InterruptedException {
        var database = Map.of(
                "weir.database.url", Postgres.freshDatabase(),
                "weir.database.username", "postgres",
                "weir.database.password", "postgres");
        // The data plane comes first: what a new installation needs is made by the control plane alone.
        try (var data = Node.start(folder.resolve("data"), with(database, "data"))) {
            var there = new DataPlane(data.address());
            assertThat(there.get("/q/health/ready").statusCode()).isEqualTo(200);
            try (var control = Node.start(folder.resolve("control"), with(database, "control"))) {
                var admin = Person.settingUp(control);
                var app = admin.app("development");
                var here = new DataPlane(control.address());
                there.knowing(app);

                assertThat(statuses(
                                there,
                                "/",
                                "/console",
                                "/console/login",
                                "/console/setup",
                                "/api/v1/me",
                                "/api/v1/definitions",
                                "/assets/weir.css",
                                "/webjars/htmx.org/dist/htmx.min.js",
                                "/sample",
                                "/q/openapi",
                                "/nothing"))
                        .containsOnly(Map.entry(404, 11L));
                assertThat(there.get("/q/health/ready").body()).contains("\"started\": \"data\"");
                assertThat(there.get("/q/metrics").statusCode()).isEqualTo(200);
                assertThat(there.pageview(app, "e1", data.address() + "/").statusCode())
                        .isEqualTo(200);

                assertThat(statuses(
                                here,
                                "/js/heap-" + app + ".js",
                                "/config/" + app + "/heap_config.js",
                                "/api/policy/" + app,
                                "/api/collect/" + app,
                                "/api/track"))
                        .containsOnly(Map.entry(404, 5L));
                assertThat(here.pageview(app, "e2", control.address() + "/").statusCode())
                        .isEqualTo(404);
                assertThat(here.track(app, "k", "e3").statusCode()).isEqualTo(404);
                assertThat(here.post("/v1/batch", "{}", "Content-Type", "application/json")
                                .statusCode())
                        .isEqualTo(404);
                assertThat(here.post("/api/v1/identify", "{}", "Content-Type", "application/json")
                                .statusCode())
                        .isEqualTo(404);
                assertThat(here.get("/q/health/ready").body()).contains("\"started\": \"control\"");
                assertThat(admin.get("/console/development/live").statusCode()).isEqualTo(200);
            }
            assertThat(paused(data))
                    .anyMatch(line -> line.contains("dev.weir.release."))
                    .anyMatch(line -> line.contains("dev.weir.live."))
                    .noneMatch(line -> line.contains("dev.weir.store."));
            assertThat(data.log()).doesNotContain("console/setup?token=");
        }
    }

    private static Stream<String> paused(Node node) {
        return node.log().lines().filter(line -> line.contains("does not run here: "));
    }

    private static Map<Integer, Long> statuses(DataPlane node, String... paths)
            throws IOException, InterruptedException {
        var statuses = new TreeMap<Integer, Long>();
        for (String path : paths) {
            statuses.merge(node.get(path).statusCode(), 1L, Long::sum);
        }
        return statuses;
    }

    private static Map<String, String> with(Map<String, String> settings, String planes) {
        var all = new HashMap<>(settings);
        all.put("weir.planes", planes);
        return all;
    }
}
