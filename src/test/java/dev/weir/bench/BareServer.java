package dev.weir.bench;

import com.fasterxml.jackson.core.JsonFactory;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the machine allows: Vert.x alone, with as many event loops as there are processors, that reads a body ({@code /bare}), also looks at
 * each token of it ({@code /tokens}), or serves a file from memory ({@code /script}). Arguments: a port and that file.
 */
public final class BareServer extends AbstractVerticle {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Buffer ANSWER =
            Buffer.buffer("{\"accepted\":1,\"redacted\":0,\"quarantined\":0,\"duplicate\":0,\"dropped\":{}}");

    private final int port;
    private final Buffer script;

    private BareServer(int port, Buffer script) {
        this.port = port;
        this.script = script;
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        var script = Buffer.buffer(Files.readAllBytes(Path.of(arguments[1])));
        var options = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        Vertx.vertx()
                .deployVerticle(() -> new BareServer(port, script), options)
                .onSuccess(deployed -> System.out.println("listening"))
                .onFailure(failure -> System.exit(1));
    }

    @Override
    public void start() {
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(this::answer)
                .listen();
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/script" ->
                request.response()
                        .putHeader("Content-Type", "text/javascript")
                        .putHeader("Cache-Control", "public, max-age=60")
                        .end(script);
            case "/tokens" -> request.body().onSuccess(body -> tokens(request, body));
            default -> request.body().onSuccess(body -> done(request, 200));
        }
    }

    private static void tokens(HttpServerRequest request, Buffer body) {
        int names = 0;
        try (var parser = JSON.createParser(body.getBytes())) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                names += token.isScalarValue() ? parser.getTextLength() : 1;
            }
            done(request, names > 0 ? 200 : 400);
        } catch (IOException e) {
            done(request, 400);
        }
    }

    private static void done(HttpServerRequest request, int status) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(ANSWER);
    }
}
