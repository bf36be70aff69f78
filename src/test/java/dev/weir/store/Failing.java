package dev.weir.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database in front of which memory runs out, at certain statements. */
final class Failing {

    private Failing() {}

    static DataSource on(DataSource database, Predicate<String> statement) {
        return proxied(DataSource.class, database, statement);
    }

    private static <T> T proxied(Class<T> type, T real, Predicate<String> statement) {
        return type.cast(Proxy.newProxyInstance(
                Failing.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && statement.test(text(arguments))) {
                        throw new OutOfMemoryError("as a test");
                    }
                    try {
                        var answer = method.invoke(real, arguments);
                        return method.getName().equals("getConnection") && answer instanceof Connection connection
                                ? proxied(Connection.class, connection, statement)
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static String text(Object @Nullable [] arguments) {
        return arguments == null ? "" : String.valueOf(arguments[0]);
    }
}
