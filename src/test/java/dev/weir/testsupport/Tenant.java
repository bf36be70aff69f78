package dev.weir.testsupport;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import io.quarkus.arc.Arc;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * An environment of a test's own, with one App ID and a published policy, written with plain SQL. The data plane knows it after it
 * has looked: call {@code dev.weir.store.Renewal.now()}, or wait a second.
 */
public record Tenant(EnvironmentKey environment, String app) {

    public static final String ORIGIN = "https://shop.example";

    private static final AtomicLong NEXT = new AtomicLong(7_000_000_001L);

    public static Tenant development() {
        return of("development", PolicyDocument.balanced(), ORIGIN);
    }

    public static Tenant production() {
        return of("production", PolicyDocument.balanced(), ORIGIN);
    }

    public static Tenant of(String kind, PolicyDocument policy, String... origins) {
        long number = NEXT.getAndIncrement();
        var tenant = new Tenant(new EnvironmentKey("t" + number), String.valueOf(number));
        var now = OffsetDateTime.now(ZoneOffset.UTC);
        tenant.change(
                "insert into environment (key, name, kind, critical, hash_key, created_at) values (?, ?, ?, false, ?, ?)",
                tenant.environment.value(),
                "Tenant " + number,
                kind,
                "0".repeat(64),
                now);
        tenant.change(
                "insert into app_id (digits, environment, label, created_at) values (?, ?, 'test', ?)",
                tenant.app,
                tenant.environment.value(),
                now);
        for (String origin : origins) {
            tenant.change("insert into app_origin (app_id, origin) values (?, ?)", tenant.app, origin);
        }
        tenant.publish(policy);
        return tenant;
    }

    /** The document with some of its members replaced; it must be valid. */
    public static PolicyDocument balancedWith(Map<String, @Nullable Object> members) {
        var json = new LinkedHashMap<String, @Nullable Object>(
                PolicyDocument.balanced().json());
        json.putAll(members);
        return PolicyDocument.parse(json).match(valid -> valid, errors -> {
            throw new AssertionError(errors);
        });
    }

    public void publish(PolicyDocument policy) {
        publish(policy.canonical(), policy.hash());
    }

    public void publish(String document, String hash) {
        long number = number("select coalesce(max(number), 0) from policy_revision where environment = ?", key()) + 1;
        change("""
                insert into policy_revision (environment, number, hash, document, reason, published_by, published_by_name, published_at)
                values (?, ?, ?, ?, 'test', 'test', 'Test', ?)
                """, key(), number, hash, document, OffsetDateTime.now(ZoneOffset.UTC));
        epoch();
    }

    public void requireKey(String sha256) {
        change("update app_id set server_key_hash = ? where digits = ?", sha256, app);
        epoch();
    }

    public void retire(OffsetDateTime at) {
        change("update app_id set retires_at = ? where digits = ?", at, app);
        epoch();
    }

    /** Everything that is stored of this tenant, as text: what must hold no secret. */
    public List<String> stored() {
        var rows = new ArrayList<String>();
        for (String table :
                List.of("event", "hierarchy", "location", "dropped", "identity_link", "subject_property", "tally")) {
            rows.addAll(rows("select * from " + table + " where environment = ?", key()));
        }
        return rows;
    }

    /** What each event says, with what it shares with others. */
    public List<String> bodies() {
        return rows("""
                select e.body, h.content, l.content from event e
                left join hierarchy h on h.environment = e.environment and h.id = e.hierarchy
                left join location l on l.environment = e.environment and l.id = e.location
                where e.environment = ? order by e.sequence
                """, key());
    }

    public long number(String select, Object... arguments) {
        var rows = rows(select, arguments);
        return rows.isEmpty() ? 0 : Long.parseLong(rows.get(0));
    }

    public List<String> rows(String select, Object... arguments) {
        try (var connection = database().getConnection();
                var statement = connection.prepareStatement(select)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            var found = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    var row = new StringBuilder();
                    for (int column = 1; column <= columns; column++) {
                        row.append(column == 1 ? "" : " | ").append(rows.getString(column));
                    }
                    found.add(row.toString());
                }
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    public void change(String sql, Object... arguments) {
        try (var connection = database().getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private String key() {
        return environment.value();
    }

    private void epoch() {
        change("update governing_epoch set epoch = epoch + 1 where id = 1");
    }

    private static DataSource database() {
        return Arc.container().instance(DataSource.class).get();
    }
}
