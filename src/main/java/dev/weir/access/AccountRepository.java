package dev.weir.access;

import dev.weir.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Local accounts, as rows. Decides nothing. */
@ApplicationScoped
class AccountRepository {

    /** Of an account, {@code a}, as {@link #account} reads them. */
    static final String COLUMNS = "a.id, a.login, a.name, a.role, a.password_hash, a.disabled, a.version";

    private final Sql sql;

    AccountRepository(Sql sql) {
        this.sql = sql;
    }

    Optional<Account> byLogin(String login) {
        return sql.first("select " + COLUMNS + " from account a where a.login = ?", AccountRepository::account, login);
    }

    Optional<Account> byId(String id) {
        return sql.first("select " + COLUMNS + " from account a where a.id = ?", AccountRepository::account, id);
    }

    /** Of this name, whatever its case; two at most. */
    List<Account> named(String name) {
        return sql.list(
                "select " + COLUMNS + " from account a where lower(a.name) = lower(?) limit 2",
                AccountRepository::account,
                name);
    }

    /** As it is, until this transaction ends. */
    Optional<Account> lock(String id) {
        return sql.first(
                "select " + COLUMNS + " from account a where a.id = ? for update", AccountRepository::account, id);
    }

    long number() {
        return sql.number("select count(*) from account");
    }

    List<Account> all() {
        return sql.list(
                "select " + COLUMNS + " from account a order by a.disabled, a.name, a.login",
                AccountRepository::account);
    }

    /** Admins who can sign in. Locks them, so that two of them can't remove each other at once. */
    List<String> workingAdmins() {
        return sql.list(
                "select a.id from account a where a.role = 'admin' and not a.disabled and a.password_hash is not null for update",
                row -> row.getString(1));
    }

    boolean adminExists() {
        return sql.number("select count(*) from account a where a.role = 'admin' and a.password_hash is not null") > 0;
    }

    /** False where the login is taken. */
    boolean add(Account account, Instant at) {
        return sql.change(
                        "insert into account (id, login, name, role, password_hash, disabled, created_at) values (?, ?, ?, ?, ?, ?, ?)"
                                + " on conflict do nothing",
                        account.id(),
                        account.login(),
                        account.name(),
                        account.role(),
                        account.passwordHash().orElse(null),
                        account.disabled(),
                        at)
                == 1;
    }

    /** What belongs to an account has changed. */
    void touch(String id) {
        sql.change("update account set version = version + 1 where id = ?", id);
    }

    void setPassword(String id, String hash) {
        sql.change("update account set password_hash = ?, version = version + 1 where id = ?", hash, id);
    }

    void setRole(String id, String role) {
        sql.change("update account set role = ?, version = version + 1 where id = ?", role, id);
    }

    void setDisabled(String id, boolean disabled) {
        sql.change("update account set disabled = ?, version = version + 1 where id = ?", disabled, id);
    }

    static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString("id"),
                row.getString("login"),
                row.getString("name"),
                row.getString("role"),
                Optional.ofNullable(row.getString("password_hash")),
                row.getBoolean("disabled"),
                row.getLong("version"));
    }
}
