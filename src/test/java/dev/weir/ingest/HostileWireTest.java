package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.Edge;
import dev.weir.testsupport.Limit;
import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What no client sends by mistake, byte by byte. Limits are short here, and each test waits until the server has closed the
 * connection: were it not to, the test would end with a time-out of the socket and fail.
 */
@QuarkusTest
@TestProfile(HostileWireTest.Impatient.class)
class HostileWireTest {

    private static final String SECOND = "GET /q/health/live HTTP/1.1\r\nHost: x\r\n\r\n";

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "weir.database.url", "jdbc:h2:mem:hostile-wire",
                    "weir.ingest.body-timeout", "1s",
                    "quarkus.http.idle-timeout", "3s");
        }
    }

    /** One request and another one right behind it, which must not be answered: nobody agrees on where the first one ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5|Transfer-Encoding: chunked||0||",
                "Transfer-Encoding: chunked|Content-Length: 5||0||",
                "Content-Length: 2|Content-Length: 40||{}",
                "Content-Length: 2, 40||{}",
                "Content-Length: +2||{}",
                "Content-Length: -2||{}",
                "Content-Length: 0x2||{}",
                "Content-Length: 99999999999999999999||{}",
                "Transfer-Encoding: xchunked|Content-Length: 2||{}",
                "Transfer-Encoding: identity|Content-Length: 2||{}",
                "Transfer-Encoding: gzip, chunked||0||",
                "Transfer-Encoding : chunked|Content-Length: 2||{}",
                "Transfer-Encoding: chunked, identity|Content-Length: 2||{}",
                "Transfer-Encoding: chunked|Transfer-Encoding: identity||0||",
                "Transfer-Encoding:\tchunked|Content-Length: 2||{}",
                "Transfer-Encoding: \u000bchunked|Content-Length: 2||{}",
                "X: y\nTransfer-Encoding: chunked||2|{}|0||",
                "Transfer-Encoding: chunked||2;a=\"b|\"|{}|0||",
                "Transfer-Encoding: chunked||2\n{}\n0\n\n",
                "Transfer-Encoding: chunked||2|{}X|0||",
                "Transfer-Encoding: chunked||FFFFFFFFFFFFFFFF1|{}|0||",
                "Transfer-Encoding: chunked||-2|{}|0||"
            })
    void what_could_be_cut_in_two_ways_ends_the_connection(String shape) throws IOException {
        for (var path : new String[] {"/api/track", "/api/collect/1234567890", "/console/login"}) {
            var answers = statuses(
                    exchange("POST " + path + " HTTP/1.1\r\nHost: x\r\n" + shape.replace("|", "\r\n") + SECOND));

            assertThat(answers).as(path).hasSizeLessThanOrEqualTo(1).allMatch("400"::equals);
        }
    }

    @Test
    void two_requests_that_everybody_cuts_alike_are_both_answered() throws IOException {
        var post = "POST /api/track HTTP/1.1\r\nHost: x\r\n";

        assertThat(exchanges(List.of(
                        post + "Content-Length: 2\r\n\r\n{}" + SECOND,
                        post + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" + SECOND)))
                .allSatisfy(answers -> assertThat(statuses(answers)).containsExactly("400", "200"));
    }

    @Test
    void who_says_nothing_more_is_not_waited_for() throws IOException {
        assertThat(exchanges(List.of(
                        "",
                        "POST /api/tr",
                        "POST /api/track HTTP/1.1\r\nHost: x\r\nContent-Le",
                        "GET /q/health/live HTTP/1.1\r\nHost: x\r\n")))
                .hasSize(4)
                .allSatisfy(answers -> assertThat(statuses(answers)).isEmpty());
    }

    @Test
    void a_body_that_does_not_come_is_answered_408_and_its_connection_ends() throws IOException {
        var beginnings = List.of(
                "Content-Length: 100\r\n\r\n{",
                "Transfer-Encoding: chunked\r\n\r\n5\r\n{",
                "Transfer-Encoding: chunked\r\n\r\n",
                "Expect: 100-continue\r\nContent-Length: 100\r\n\r\n");
        for (var path : List.of("/api/track", "/api/collect/1234567890")) {
            var requests = beginnings.stream()
                    .map(rest -> "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + rest)
                    .toList();

            assertThat(exchanges(requests))
                    .as(path)
                    .hasSize(4)
                    .allSatisfy(answers -> assertThat(statuses(answers)).contains("408"));
        }
    }

    @Test
    void a_body_that_comes_drop_by_drop_has_no_more_time_than_another() throws IOException {
        try (var socket = connected()) {
            var out = socket.getOutputStream();
            out.write("POST /api/track HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1));
            // As often as it takes: each drop would give an idle connection more time.
            socket.setSoTimeout(200);
            var answer = new ByteArrayOutputStream();
            boolean open = true;
            while (open) {
                try {
                    // No drop after an answer: it would meet a closed door, and what has not been read yet would be
                    // lost.
                    if (answer.size() == 0) {
                        out.write(' ');
                    }
                    int next = socket.getInputStream().read();
                    open = next >= 0;
                    if (open) {
                        answer.write(next);
                    }
                } catch (SocketTimeoutException nothingYet) {
                    // Another drop.
                } catch (SocketException closed) {
                    open = false;
                }
            }
            // A drop on its way when the connection ended may have cost the answer, or its end.
            assertThat("HTTP/1.1 408 Request Timeout")
                    .startsWith(answer.toString(StandardCharsets.ISO_8859_1).split("\r", 2)[0]);
        }
    }

    @Test
    void a_body_that_is_refused_already_has_no_more_time_than_another() throws IOException {
        try (var socket = connected()) {
            var out = socket.getOutputStream();
            out.write("POST /api/track HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(200);
            var answer = new ByteArrayOutputStream();
            boolean open = true;
            // A minute of drops: ten times as long as this server gives a body.
            for (int drop = 0; open && drop < 300; drop++) {
                try {
                    out.write(' ');
                    for (int next = socket.getInputStream().read(); open; ) {
                        open = next >= 0;
                        if (open) {
                            answer.write(next);
                            next = socket.getInputStream().read();
                        }
                    }
                } catch (SocketTimeoutException nothingYet) {
                    // Another drop.
                } catch (SocketException closed) {
                    open = false;
                }
            }
            assertThat(open).isFalse();
            assertThat(answer.toString(StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void headers_without_end_are_cut_off() throws IOException {
        var many = "X-Header: " + "a".repeat(1000) + "\r\n";
        var answer = statuses(exchange("GET /q/health/live HTTP/1.1\r\nHost: x\r\n" + many.repeat(40)));

        var line = statuses(exchange("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n"));

        // Who goes on sending may see the end of the connection before the answer.
        assertThat(answer).hasSizeLessThanOrEqualTo(1).allMatch("431"::equals);
        assertThat(line).hasSizeLessThanOrEqualTo(1).allMatch("414"::equals);
    }

    @Test
    @Edge("first line; all headers of a request")
    void a_first_line_is_as_long_as_the_table_says_and_no_byte_longer() {
        var rest = "GET /q/health/live?x= HTTP/1.1";

        Limit.here()
                .isTheLastTaken(bytes -> answered(
                        "GET /q/health/live?x=" + "a".repeat((int) bytes - rest.length()) + " HTTP/1.1\r\n",
                        "Host: x\r\n",
                        "414"));
    }

    @Test
    @Edge(value = "first line; all headers of a request", figure = 1)
    void headers_are_together_as_long_as_the_table_says_and_no_byte_longer() {
        var host = "Host: x";
        var other = "X-Other: ";
        var name = "X-Header: ";
        var close = "Connection: close";

        Limit.here().isTheLastTaken(bytes -> {
            int left = (int) bytes - host.length() - other.length() - 1000 - name.length() - close.length();
            return answered(
                    "GET /q/health/live HTTP/1.1\r\n",
                    host + "\r\n" + other + "a".repeat(1000) + "\r\n" + name + "a".repeat(left) + "\r\n",
                    "431");
        });
    }

    /** Who asks ends the connection: the answer is all that comes. */
    private static boolean answered(String line, String headers, String otherwise) throws IOException {
        var answers = statuses(exchange(line + headers + "Connection: close\r\n\r\n"));
        // Who is refused in the midst of sending may see the end of the connection before the answer.
        assertThat(answers).hasSizeLessThanOrEqualTo(1).allMatch(List.of("200", otherwise)::contains);
        return answers.contains("200");
    }

    private static List<String> statuses(String answers) {
        return STATUS.matcher(answers).results().map(found -> found.group(1)).toList();
    }

    /** Everything that comes back until the server ends the connection, which it has to. */
    private static String exchange(String request) throws IOException {
        try (var socket = connected()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return rest(socket);
        }
    }

    /** As {@link #exchange}, each over a connection of its own and all at the same time: they wait for the server to give up. */
    private static List<String> exchanges(List<String> requests) throws IOException {
        var sockets = new ArrayList<Socket>();
        try {
            for (var request : requests) {
                var socket = connected();
                sockets.add(socket);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            }
            var answers = new ArrayList<String>();
            for (var socket : sockets) {
                answers.add(rest(socket));
            }
            return answers;
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    private static Socket connected() throws IOException {
        var address = URI.create(SignedIn.base());
        var socket = new Socket();
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        return socket;
    }

    private static String rest(Socket socket) throws IOException {
        var answer = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                answer.write(buffer, 0, n);
            }
        } catch (SocketException reset) {
            // Closed without a word, which is an end as well.
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }
}
