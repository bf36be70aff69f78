package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.SignedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(CrowdTest.Small.class)
class CrowdTest {

    private static final int MOST = 8;

    private static final byte[] REQUEST =
            "GET /q/health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    public static final class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "weir.database.url",
                    "jdbc:h2:mem:crowd",
                    "quarkus.http.limits.max-connections",
                    String.valueOf(MOST));
        }
    }

    /** Each has been answered, so the server knows of it; none goes, so there is no room for one more. */
    @Test
    void beyond_the_connections_that_may_be_open_the_next_one_is_closed() throws IOException {
        var open = new ArrayList<Socket>();
        try {
            for (int i = 0; i < MOST; i++) {
                open.add(connected());
                assertThat(answered(open.get(i))).isTrue();
            }

            try (var another = connected()) {
                assertThat(answered(another)).isFalse();
            }
            assertThat(answered(open.get(0))).isTrue();
        } finally {
            for (var socket : open) {
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

    /** Reads the whole answer, so that the connection can be used again. */
    private static boolean answered(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(REQUEST);
            var answer = new StringBuilder();
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                answer.append((char) next);
                if (answer.length() > 4 && answer.indexOf("\r\n\r\n") > 0 && next == '}' && balanced(answer)) {
                    return answer.toString().startsWith("HTTP/1.1 200");
                }
            }
            return false;
        } catch (SocketException closed) {
            return false;
        }
    }

    private static boolean balanced(CharSequence answer) {
        return answer.chars().filter(c -> c == '{').count()
                == answer.chars().filter(c -> c == '}').count();
    }
}
