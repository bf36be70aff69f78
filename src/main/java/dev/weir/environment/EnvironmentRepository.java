package dev.weir.environment;

import dev.weir.database.Sql;
import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Environments, App IDs and origins, as rows. Decides nothing. */
@ApplicationScoped
class EnvironmentRepository {

    private final Sql sql;

    EnvironmentRepository(Sql sql) {
        this.sql = sql;
    }

    List<Environment> all() {
        var apps = apps();
        return sql.list(
                "select e.key, e.name, e.kind, e.critical, e.version from environment e order by e.created_at, e.key",
                row -> new Environment(
                        new EnvironmentKey(row.getString("key")),
                        row.getString("name"),
                        Kind.of(row.getString("kind")).orElseThrow(),
                        row.getBoolean("critical"),
                        apps.getOrDefault(row.getString("key"), List.of()),
                        row.getLong("version")));
    }

    private Map<String, List<App>> apps() {
        var origins = new HashMap<String, List<String>>();
        sql.list(
                        "select o.app_id, o.origin from app_origin o order by o.origin",
                        row -> Map.entry(row.getString("app_id"), row.getString("origin")))
                .forEach(origin ->
                        origins.merge(origin.getKey(), List.of(origin.getValue()), EnvironmentRepository::both));
        var apps = new HashMap<String, List<App>>();
        sql.list(
                        "select a.digits, a.environment, a.label, a.server_key_hash, a.created_at, a.retires_at, a.version"
                                + " from app_id a order by a.created_at, a.digits",
                        row -> new App(
                                new AppId(row.getString("digits")),
                                new EnvironmentKey(row.getString("environment")),
                                row.getString("label"),
                                origins.getOrDefault(row.getString("digits"), List.of()),
                                row.getString("server_key_hash") != null,
                                Sql.instant(row, "created_at"),
                                Sql.instantIfAny(row, "retires_at"),
                                row.getLong("version")))
                .forEach(app -> apps.merge(app.environment().value(), List.of(app), EnvironmentRepository::both));
        return apps;
    }

    private static <T> List<T> both(List<T> one, List<T> other) {
        return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
    }

    /** False where the key is taken. */
    boolean addEnvironment(EnvironmentKey key, String name, Kind kind, boolean critical, String hashKey, Instant at) {
        return sql.change(
                        "insert into environment (key, name, kind, critical, hash_key, created_at) values (?, ?, ?, ?, ?, ?)"
                                + " on conflict do nothing",
                        key.value(),
                        name,
                        kind.id(),
                        critical,
                        hashKey,
                        at)
                == 1;
    }

    /** For who holds {@link #lock}. */
    void changeEnvironment(EnvironmentKey key, String name, boolean critical) {
        sql.change(
                "update environment set name = ?, critical = ?, version = version + 1 where key = ?",
                name,
                critical,
                key.value());
    }

    /** For who holds {@link #lock}: what belongs to an environment has changed. */
    void touchEnvironment(EnvironmentKey key) {
        sql.change("update environment set version = version + 1 where key = ?", key.value());
    }

    void setCritical(EnvironmentKey key, boolean critical) {
        sql.change("update environment set critical = ?, version = version + 1 where key = ?", critical, key.value());
    }

    /** False where the digits are taken. */
    boolean addApp(AppId app, EnvironmentKey environment, String label, Instant at) {
        return sql.change(
                        "insert into app_id (digits, environment, label, created_at) values (?, ?, ?, ?) on conflict do nothing",
                        app.digits(),
                        environment.value(),
                        label,
                        at)
                == 1;
    }

    long environments() {
        return sql.number("select count(*) from environment");
    }

    long apps(EnvironmentKey environment) {
        return sql.number("select count(*) from app_id where environment = ?", environment.value());
    }

    Optional<String> serverKeyHash(AppId app) {
        return sql.first(
                        "select a.server_key_hash from app_id a where a.digits = ?",
                        row -> Optional.ofNullable(row.getString(1)),
                        app.digits())
                .flatMap(hash -> hash);
    }

    /** Takes the next version of an App ID; false where somebody else was first. */
    boolean touchApp(AppId app, long version) {
        return sql.change(
                        "update app_id set version = version + 1 where digits = ? and version = ?",
                        app.digits(),
                        version)
                == 1;
    }

    void setLabel(AppId app, String label) {
        sql.change("update app_id set label = ? where digits = ?", label, app.digits());
    }

    void setRetiresAt(AppId app, @Nullable Instant at) {
        sql.change("update app_id set retires_at = ? where digits = ?", at, app.digits());
    }

    void setServerKeyHash(AppId app, @Nullable String hash) {
        sql.change("update app_id set server_key_hash = ? where digits = ?", hash, app.digits());
    }

    void addOrigin(AppId app, String origin) {
        sql.change(
                "insert into app_origin (app_id, origin) values (?, ?) on conflict do nothing", app.digits(), origin);
    }

    void removeOrigin(AppId app, String origin) {
        sql.change("delete from app_origin where app_id = ? and origin = ?", app.digits(), origin);
    }

    /** Tells every node's data plane to read again, when this transaction is committed. */
    void nextEpoch() {
        sql.change("update governing_epoch set epoch = epoch + 1 where id = 1");
    }

    /** Until this transaction ends, nobody else may do what takes this lock. */
    void lock() {
        sql.first("select epoch from governing_epoch where id = 1 for update", row -> row.getLong(1));
    }
}
