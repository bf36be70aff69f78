package dev.weir.store;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Revision;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.PolicyDocument;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The policy in force as the transaction sees it, for what is done to stored events: a moment later is too late, and a revision that
 * can't be read, or is not what was published, judges nothing.
 */
record Enforced(Revision revision, CompiledPolicy policy) {

    static Optional<Enforced> read(Connection connection, EnvironmentKey environment) throws SQLException {
        try (var select = connection.prepareStatement("""
                select r.number, r.hash, r.document, e.hash_key
                from policy_revision r join environment e on e.key = r.environment
                where r.environment = ? order by r.number desc limit 1
                """)) {
            select.setString(1, environment.value());
            try (var rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                var revision = new Revision(environment, rows.getLong(1), rows.getString(2));
                var key = rows.getString(4).getBytes(StandardCharsets.UTF_8);
                return document(rows.getString(3), revision.hash())
                        .map(document -> new Enforced(revision, CompiledPolicy.of(document, key)));
            }
        }
    }

    /** An earlier revision of the same environment. */
    static Optional<PolicyDocument> document(Connection connection, EnvironmentKey environment, long number)
            throws SQLException {
        try (var select = connection.prepareStatement(
                "select document, hash from policy_revision where environment = ? and number = ?")) {
            select.setString(1, environment.value());
            select.setLong(2, number);
            try (var rows = select.executeQuery()) {
                return rows.next() ? document(rows.getString(1), rows.getString(2)) : Optional.empty();
            }
        }
    }

    private static Optional<PolicyDocument> document(String text, String hash) {
        try {
            return PolicyText.parsed(text)
                    .match(Optional::of, errors -> Optional.<PolicyDocument>empty())
                    .filter(read -> read.hash().equals(hash));
        } catch (RuntimeException e) {
            // What it says is no policy; whoever asked is told that there is none.
            return Optional.empty();
        }
    }
}
