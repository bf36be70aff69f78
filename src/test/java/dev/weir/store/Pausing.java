package dev.weir.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The database, for somebody who stops once: after a query that begins like this has been answered, until told to go on. */
final class Pausing {

    private static final long PATIENCE_SECONDS = 60;

    private final DataSource database;
    private final String query;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    Pausing(DataSource database, String query) {
        this.database = database;
        this.query = query;
    }

    /** Returns when whoever has the source has stopped. */
    void reached() throws InterruptedException {
        if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody asked for: " + query);
        }
    }

    void goOn() {
        goOn.countDown();
    }

    DataSource source() {
        return proxied(DataSource.class, database, (method, arguments, answer) -> connection(answer));
    }

    private Object connection(Object answer) {
        return answer instanceof Connection connection
                ? proxied(Connection.class, connection, (method, arguments, prepared) -> statement(arguments, prepared))
                : answer;
    }

    private Object statement(Object @Nullable [] arguments, Object prepared) {
        boolean asked = prepared instanceof PreparedStatement
                && arguments != null
                && String.valueOf(arguments[0]).strip().startsWith(query);
        return asked
                ? proxied(PreparedStatement.class, (PreparedStatement) prepared, (method, none, answer) -> {
                    if (method.getName().equals("executeQuery")) {
                        pause();
                    }
                    return answer;
                })
                : prepared;
    }

    private void pause() throws InterruptedException {
        reached.countDown();
        if (!goOn.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody said that it goes on");
        }
    }

    private interface Afterwards {
        Object of(Method method, Object @Nullable [] arguments, Object answer) throws InterruptedException;
    }

    private static <T> T proxied(Class<T> type, T real, Afterwards afterwards) {
        return type.cast(Proxy.newProxyInstance(
                Pausing.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        var answer = method.invoke(real, arguments);
                        return answer == null ? null : afterwards.of(method, arguments, answer);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }
}
