package dev.weir.ingest;

import dev.weir.kernel.AppId;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Revision;
import dev.weir.planes.UsualPlanes;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.GovernedApp;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.PublishedPolicies;
import dev.weir.store.StoresNothing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * For benchmarks: Weir's own routes, decoders, policy and counts in one process, over a store that forgets everything. No database, no
 * console, no framework. Put together by hand, and compiled by {@code IngestBenchmark} alone: a change of Weir that does not fit it
 * costs that benchmark one line of its table, not the build. Arguments: a port, and a file with the policy.
 */
public final class WithoutStore {

    private static final String MANY = "100000000";
    private static final AppId APP = new AppId("1000000001");

    private WithoutStore() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        var config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(IngestConfig.class)
                .withDefaultValue("weir.ingest.rate.per-second", MANY)
                .withDefaultValue("weir.ingest.rate.burst", MANY)
                .withDefaultValue("weir.ingest.rate.address-per-second", MANY)
                .withDefaultValue("weir.ingest.rate.address-burst", MANY)
                .withDefaultValue("weir.ingest.rate.identity-per-second", MANY)
                .withDefaultValue("weir.ingest.rate.identity-burst", MANY)
                .build()
                .getConfigMapping(IngestConfig.class);
        var counting = new Counting(new SimpleMeterRegistry());
        var policies = new One(Files.readString(Path.of(arguments[1])));
        var workers = new Workers(config);
        var intake = new Intake(policies, new StoresNothing(), counting, Clock.systemUTC(), config, workers);
        var vertx = Vertx.vertx();
        var routes =
                new IngestRoutes(intake, workers, counting, policies, UsualPlanes.started(), config, vertx);
        var options = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        vertx.deployVerticle(() -> new Served(routes, port), options)
                .onSuccess(deployed -> System.out.println("listening"))
                .onFailure(failure -> System.exit(1));
    }

    /** One event loop. */
    private static final class Served extends AbstractVerticle {

        private final IngestRoutes routes;
        private final int port;

        Served(IngestRoutes routes, int port) {
            this.routes = routes;
            this.port = port;
        }

        @Override
        public void start() {
            var router = Router.router(vertx);
            routes.register(router);
            vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                    .requestHandler(router)
                    .listen();
        }
    }

    /** One App ID with one policy. */
    private static final class One implements PublishedPolicies {

        private final GovernedApp app;

        One(String canonical) {
            var document = PolicyDocument.parse(CanonicalJson.read(canonical)).match(valid -> valid, errors -> {
                throw new IllegalArgumentException("not a policy: " + errors);
            });
            this.app = new GovernedApp(
                    APP,
                    new Revision(new EnvironmentKey("bench"), 1, document.hash()),
                    CompiledPolicy.of(document, "a key for benchmarks".getBytes(StandardCharsets.UTF_8)),
                    Set.of("https://shop.example"),
                    true,
                    false,
                    Set.of(),
                    Optional.empty());
        }

        @Override
        public Optional<GovernedApp> governing(AppId asked) {
            return asked.equals(APP) ? Optional.of(app) : Optional.empty();
        }

        @Override
        public boolean loaded() {
            return true;
        }
    }
}
