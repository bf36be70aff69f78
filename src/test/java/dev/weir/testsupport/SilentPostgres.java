package dev.weir.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL behind a {@link SilentProxy}, for whose silence Weir waits two seconds. */
public final class SilentPostgres implements QuarkusTestResourceLifecycleManager {

    private static final String ORDERS = "weir.test.proxy";
    private static final String OPERATOR = "weir.test.operator";

    private @Nullable OwnPostgres server;
    private @Nullable SilentProxy proxy;

    @Override
    public Map<String, String> start() {
        try {
            server = OwnPostgres.start(Files.createTempDirectory("weir-silent").resolve("database"), 0);
            proxy = new SilentProxy(server.port());
            return Map.of(
                    "weir.database.url",
                    "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres",
                    "weir.database.username",
                    "postgres",
                    "weir.database.password",
                    "postgres",
                    "weir.database.silence",
                    "2s",
                    ORDERS,
                    String.valueOf(proxy.orders()),
                    OPERATOR,
                    server.url());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the proxy takes orders. */
    public static int orders() {
        return ConfigProvider.getConfig().getValue(ORDERS, Integer.class);
    }

    /** Past the proxy. */
    public static String url() {
        return ConfigProvider.getConfig().getValue(OPERATOR, String.class);
    }

    @Override
    public void stop() {
        try {
            if (proxy != null) {
                proxy.close();
            }
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
