package dev.weir.store;

import java.sql.Connection;
import java.sql.SQLException;

/** The key of an environment, under which it makes pseudonyms. Never leaves this package. */
final class Secret {

    private Secret() {}

    static String of(Connection connection, String environment) throws SQLException {
        try (var select = connection.prepareStatement("select hash_key from environment where key = ?")) {
            select.setString(1, environment);
            try (var rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("there is no such environment");
                }
                return rows.getString(1);
            }
        }
    }
}
