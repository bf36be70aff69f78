package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.store.Renewal;
import dev.weir.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Byte for byte what clients that nobody here wrote put on the wire; what they look at is the status. */
@QuarkusTest
class RealClientsTest {

    private static Tenant tenant() {
        var tenant = Tenant.production();
        Renewal.now();
        return tenant;
    }

    /** One exchange over a bare socket: what was recorded goes out as it was, with the App ID of this test. */
    private static String exchange(String head, byte[] body) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            var out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String post(String path, String headers, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return exchange(head(path, headers, bytes.length), bytes);
    }

    private static String head(String path, String headers, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: heapanalytics.com\r\n" + headers + "Content-Length: " + length
                + "\r\nConnection: close\r\n\r\n";
    }

    private static void assertTaken(String answer, String counts) throws IOException {
        assertThat(answer).startsWith("HTTP/1.1 200 ");
        var json = new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(json.toString()).isEqualTo(counts);
    }

    private static String accepted(int accepted, int redacted) {
        return "{\"accepted\":" + accepted + ",\"redacted\":" + redacted
                + ",\"quarantined\":0,\"duplicate\":0,\"dropped\":{}}";
    }

    @Test
    void the_runbooks_python_client_gets_the_200_that_it_needs() throws IOException {
        var tenant = tenant();
        var headers = String.join(
                "\r\n",
                "User-Agent: python-requests/2.32.3",
                "Accept-Encoding: gzip, deflate",
                "Accept: */*",
                "Content-Type: application/json",
                "");

        var renewed = post(
                "/api/track",
                headers,
                "{\"app_id\": \"" + tenant.app()
                        + "\", \"identity\": \"USR-12345\", \"event\": \"Subscription Renewed\", \"properties\": {\"plan_type\": \"plan_pro\", \"revenue\": 49.0, \"billing_period\": \"month\", \"renewal_count\": 1}, \"timestamp\": null}");
        var bare = post(
                "/api/track",
                headers,
                "{\"app_id\": \"" + tenant.app()
                        + "\", \"identity\": \"USR-12345\", \"event\": \"Subscription Renewed\", \"properties\": {}, \"timestamp\": null}");
        var user = post(
                "/api/add_user_properties",
                headers,
                "{\"app_id\": \"" + tenant.app()
                        + "\", \"identity\": \"USR-12345\", \"properties\": {\"total_spend\": 599.94, \"lifetime_orders\": 6, \"customer_tier\": \"gold\"}}");

        assertTaken(renewed, accepted(1, 0));
        assertTaken(bare, accepted(1, 0));
        assertTaken(user, accepted(1, 0));
        assertThat(tenant.bodies()).hasSize(3);
        assertThat(tenant.bodies().get(0)).contains("\"revenue\":49.0").contains("\"identity\":\"USR-12345\"");
    }

    @Test
    void heaps_node_client_is_satisfied() throws IOException {
        var tenant = tenant();
        var headers =
                "user-agent: heap-node/1.0.1 request/2.88.2 node/v20.19.0\r\naccept: application/json\r\ncontent-type: application/json\r\n";

        var track = post(
                "/api/track",
                headers,
                "{\"app_id\":\"" + tenant.app()
                        + "\",\"event\":\"Purchase Completed\",\"identity\":\"user-123\",\"properties\":{\"revenue\":129.98,\"currency\":\"USD\"}}");
        var user = post(
                "/api/add_user_properties",
                headers,
                "{\"app_id\":\"" + tenant.app()
                        + "\",\"identity\":\"user-123\",\"properties\":{\"plan\":\"pro\",\"age\":30}}");

        assertTaken(track, accepted(1, 0));
        assertTaken(user, accepted(1, 0));
    }

    @Test
    void segments_destination_is_satisfied() throws IOException {
        var tenant = tenant();
        var headers = "user-agent: Segment (Actions)\r\ncontent-type: application/json\r\n";

        var track = post(
                "/api/integrations/track",
                headers,
                "{\"app_id\":\"" + tenant.app()
                        + "\",\"events\":[{\"event\":\"Test Event\",\"custom_properties\":{\"segment_library\":\"cloud-mode-destination\",\"a.b\":\"1\",\"arr.0\":\"1\",\"n\":\"null\",\"t\":\"true\"},\"idempotency_key\":\"msg-12345678\",\"user_identifier\":{\"identity\":\"user-1\"},\"timestamp\":\"2021-08-17T15:21:15.449Z\"}],\"library\":\"server\"}");
        var user = post(
                "/api/add_user_properties",
                headers,
                "{\"app_id\":\"" + tenant.app()
                        + "\",\"identity\":\"user-1\",\"properties\":{\"anonymous_id\":\"5a41f0df\",\"name\":\"K\",\"plan\":\"pro\"}}");

        assertTaken(track, accepted(1, 0));
        assertTaken(user, accepted(1, 0));
    }

    @Test
    void rudderstacks_node_client_sends_gzip_under_a_forms_name_in_chunks() throws IOException {
        var tenant = tenant();
        var body = TrackTest.gzip(
                "{\"batch\":[{\"userId\":\"user-1\",\"event\":\"Paid\",\"type\":\"track\",\"properties\":{\"total\":5},\"messageId\":\"m-1\",\"originalTimestamp\":\"2026-01-02T03:04:05.000Z\",\"_metadata\":{\"nodeVersion\":\"20\"}}],\"sentAt\":\"2026-01-02T03:04:05.000Z\"}");
        var basic = Base64.getEncoder().encodeToString((tenant.app() + ":").getBytes(StandardCharsets.UTF_8));
        var head = "POST /v1/batch HTTP/1.1\r\nHost: localhost\r\naccept: application/json, text/plain, */*\r\n"
                + "content-type: application/x-www-form-urlencoded\r\nauthorization: Basic " + basic
                + "\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\nConnection: close\r\n\r\n";
        var chunked = new ByteArrayOutputStream();
        for (int from = 0; from < body.length; from += 50) {
            int length = Math.min(50, body.length - from);
            chunked.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunked.write(body, from, length);
            chunked.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        chunked.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        var answer = exchange(head, chunked.toByteArray());

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"accepted\":1");
    }

    @Test
    void a_client_that_asks_first_is_told_to_go_on() throws IOException {
        var tenant = tenant();
        var body = "{\"app_id\":\"" + tenant.app() + "\",\"event\":\"x\",\"identity\":\"a\"}";

        var answer = post("/api/track", "Expect: 100-continue\r\n", body);

        assertThat(answer).startsWith("HTTP/1.1 100 ").contains("HTTP/1.1 200 ");
    }

    @Test
    void a_body_that_ends_too_early_stores_nothing() throws IOException {
        var tenant = tenant();
        var body = ("{\"app_id\":\"" + tenant.app() + "\",\"event\":\"x\",\"identity\":\"a\"}")
                .getBytes(StandardCharsets.UTF_8);

        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(head("/api/track", "", body.length + 10).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            socket.setSoTimeout(20_000);
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).doesNotContain(" 200 ").doesNotContain(" 500 ");
        }

        assertThat(tenant.bodies()).isEmpty();
    }
}
