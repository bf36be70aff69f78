package dev.weir.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.flyway.FlywayDataSource;
import jakarta.inject.Singleton;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** Lets a migration of PostgreSQL take as long as it takes: on a large table it may say nothing for hours. */
@Singleton
@FlywayDataSource("postgresql")
class Migrations implements FlywayConfigurationCustomizer {

    private static final int NEVER = 0;

    /**
     * Flyway holds its lock with a second connection. In a transaction that would be idle for as long as the migration takes, and
     * PostgreSQL ends what is idle so long, as it was told to ({@link DatabaseChoice}).
     */
    private static final String LOCK_IN_A_TRANSACTION = "flyway.postgresql.transactional.lock";

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.dataSource(new Unhurried(configuration.getDataSource()));
        configuration.configuration(Map.of(LOCK_IN_A_TRANSACTION, "false"));
    }

    /** Its connections wait without end, and are as they were before when they go back to their pool. */
    private static final class Unhurried implements DataSource {

        private final DataSource pool;

        Unhurried(DataSource pool) {
            this.pool = pool;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return unhurried(pool.getConnection());
        }

        @Override
        public Connection getConnection(@Nullable String username, @Nullable String password) throws SQLException {
            return unhurried(pool.getConnection(username, password));
        }

        private static Connection unhurried(Connection connection) throws SQLException {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, NEVER);
            return (Connection) Proxy.newProxyInstance(
                    Migrations.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("close") && !connection.isClosed()) {
                            connection.setNetworkTimeout(Runnable::run, before);
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause() == null ? e : e.getCause();
                        }
                    });
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            return pool.getLogWriter();
        }

        @Override
        public void setLogWriter(PrintWriter out) throws SQLException {
            pool.setLogWriter(out);
        }

        @Override
        public void setLoginTimeout(int seconds) throws SQLException {
            pool.setLoginTimeout(seconds);
        }

        @Override
        public int getLoginTimeout() throws SQLException {
            return pool.getLoginTimeout();
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return pool.unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return pool.isWrapperFor(type);
        }
    }
}
