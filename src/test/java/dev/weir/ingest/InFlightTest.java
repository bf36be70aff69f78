package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.Edge;
import dev.weir.testsupport.Limit;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How much of all bodies together is in memory, by the class that reads them and a server that does nothing else. */
class InFlightTest {

    private static final int BODY = 1000;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong inFlight = new AtomicLong();

    @Test
    @Edge("bodies in memory, all together")
    void bodies_are_together_as_large_as_the_table_says_and_no_byte_larger() throws Exception {
        long most = Limit.here().most();
        var server = vertx.createHttpServer().requestHandler(request -> receive(request, most));
        try {
            int port = server.listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS)
                    .actualPort();

            // Others have all that is left beside this one.
            Limit.here().isTheLastTaken(all -> {
                inFlight.set(all - BODY);
                int status = sent(port);
                // Whether it was taken or not, it is no longer in memory.
                assertThat(inFlight).hasValue(all - BODY);
                assertThat(status).isIn(200, 503);
                return status == 200;
            });
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private void receive(HttpServerRequest request, long most) {
        var receiving = new Receiving[1];
        receiving[0] = new Receiving(
                request,
                2 * BODY,
                inFlight,
                most,
                body -> {
                    receiving[0].release();
                    request.response().end(String.valueOf(body.length));
                },
                why -> request.response().setStatusCode(why.status()).end());
        receiving[0].start(vertx, 30_000);
    }

    private static int sent(int port) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                .POST(BodyPublishers.ofByteArray(new byte[BODY]))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }
}
