package dev.weir.store;

import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Revision;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.GovernedApp;
import dev.weir.policy.PolicyDocument;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the newest revision of each environment and compiles it once. A document that can't be read, or that is not the one its
 * hash was taken from, is reported without its content and governs nothing.
 */
final class Revisions {

    private static final Logger LOG = Logger.getLogger(Revisions.class);

    private Map<Revision, CompiledPolicy> compiled = Map.of();

    private record Governing(Revision revision, CompiledPolicy policy, String kind) {}

    static long epoch(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("select epoch from governing_epoch where id = 1");
                var rows = select.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    Published.Snapshot read(Connection connection, long epoch) throws SQLException {
        var unreadable = new TreeSet<String>();
        var policies = policies(connection, unreadable);
        var origins = origins(connection);
        var apps = new HashMap<AppId, Published.Entry>();
        try (var select = connection.prepareStatement(
                        "select digits, environment, server_key_hash, retires_at from app_id");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                var governing = policies.get(rows.getString(2));
                if (governing != null) {
                    var app = app(rows, governing, origins);
                    var retires = rows.getObject(4, OffsetDateTime.class);
                    apps.put(app.app(), new Published.Entry(app, retires == null ? null : retires.toInstant()));
                }
            }
        }
        return new Published.Snapshot(epoch, Map.copyOf(apps), documents(policies), Set.copyOf(unreadable));
    }

    private static Map<EnvironmentKey, PolicyDocument> documents(Map<String, Governing> policies) {
        return policies.values().stream()
                .collect(Collectors.toUnmodifiableMap(
                        governing -> governing.revision.environment(), governing -> governing.policy.document()));
    }

    private static GovernedApp app(ResultSet rows, Governing governing, Origins origins) throws SQLException {
        var digits = rows.getString(1);
        return new GovernedApp(
                new AppId(digits),
                governing.revision,
                governing.policy,
                origins.ofApps.getOrDefault(digits, Set.of()),
                governing.kind.equals("development"),
                governing.kind.equals("production"),
                origins.elsewhere,
                Optional.ofNullable(rows.getString(3)));
    }

    private Map<String, Governing> policies(Connection connection, Set<String> unreadable) throws SQLException {
        var policies = new HashMap<String, Governing>();
        var still = new HashMap<Revision, CompiledPolicy>();
        try (var select = connection.prepareStatement("""
                        select e.key, e.kind, e.hash_key, r.number, r.hash, r.document
                        from environment e join policy_revision r on r.environment = e.key
                        where r.number = (select max(n.number) from policy_revision n where n.environment = e.key)
                        """);
                var rows = select.executeQuery()) {
            while (rows.next()) {
                var revision = new Revision(new EnvironmentKey(rows.getString(1)), rows.getLong(4), rows.getString(5));
                var policy = compiled(revision, rows.getString(6), rows.getString(3));
                if (policy == null) {
                    unreadable.add(revision.environment().value());
                } else {
                    still.put(revision, policy);
                    policies.put(revision.environment().value(), new Governing(revision, policy, rows.getString(2)));
                }
            }
        }
        compiled = still;
        return policies;
    }

    private @Nullable CompiledPolicy compiled(Revision revision, String document, String hashKey) {
        var known = compiled.get(revision);
        if (known != null) {
            return known;
        }
        var parsed = parsed(revision, document);
        return parsed == null ? null : CompiledPolicy.of(parsed, hashKey.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable PolicyDocument parsed(Revision revision, String document) {
        try {
            var parsed = PolicyText.parsed(document);
            var valid = parsed.match(Optional::of, errors -> Optional.<PolicyDocument>empty());
            var faithful = valid.filter(read -> read.hash().equals(revision.hash()));
            if (faithful.isEmpty()) {
                LOG.errorf(
                        "revision %d of %s governs nothing: its document %s",
                        revision.number(),
                        revision.environment(),
                        valid.isEmpty() ? "is not a valid policy" : "is not the one that was published");
            }
            return faithful.orElse(null);
        } catch (RuntimeException e) {
            LOG.errorf(
                    "revision %d of %s governs nothing: its document can't be read (%s)",
                    revision.number(), revision.environment(), e.getClass().getName());
            return null;
        }
    }

    /** Of each App ID; and of all that are not for production. */
    private record Origins(Map<String, Set<String>> ofApps, Set<String> elsewhere) {}

    private static Origins origins(Connection connection) throws SQLException {
        var origins = new Origins(new HashMap<>(), new HashSet<>());
        try (var select = connection.prepareStatement("""
                        select o.app_id, o.origin, e.kind
                        from app_origin o join app_id a on a.digits = o.app_id join environment e on e.key = a.environment
                        """);
                var rows = select.executeQuery()) {
            while (rows.next()) {
                origins.ofApps
                        .computeIfAbsent(rows.getString(1), app -> new HashSet<>())
                        .add(rows.getString(2));
                if (!rows.getString(3).equals("production")) {
                    origins.elsewhere.add(rows.getString(2));
                }
            }
        }
        return new Origins(origins.ofApps, Set.copyOf(origins.elsewhere));
    }
}
