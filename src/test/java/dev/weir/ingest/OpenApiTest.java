package dev.weir.ingest;

import static dev.weir.ingest.Sender.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpenApiTest {

    @Test
    void every_way_in_is_described_and_every_described_one_is_there() {
        Map<String, Map<String, Object>> paths = request()
                .queryParam("format", "json")
                .get("/q/openapi")
                .jsonPath()
                .getMap("paths");

        var described = paths.entrySet().stream()
                .filter(path -> path.getValue().containsKey("post"))
                .map(Map.Entry::getKey)
                .filter(path -> path.startsWith("/api/") || path.startsWith("/v1/"))
                .filter(path -> !path.startsWith("/api/v1/") || path.equals("/api/v1/identify"))
                .filter(path -> !path.startsWith("/api/public/"))
                .collect(Collectors.toCollection(TreeSet::new));
        var there = Arrays.stream(Endpoint.values())
                .map(endpoint -> endpoint.path().replace(":app", "{appId}"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(there);
    }

    @Test
    void what_pages_load_is_described() {
        Map<String, Object> paths = request()
                .queryParam("format", "json")
                .get("/q/openapi")
                .jsonPath()
                .getMap("paths");

        assertThat(paths).containsKeys("/js/heap-{appId}.js", "/config/{appId}/heap_config.js", "/api/policy/{appId}");
    }
}
