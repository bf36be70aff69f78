package dev.weir.access;

import dev.weir.database.Sql;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who may do what at this moment, for whoever reviews it: Weir's own accounts, and the tokens that work. Changes nothing, and knows no
 * secret. Of people of an identity provider it knows nobody.
 */
@ApplicationScoped
public class Grants {

    private final Access access;
    private final AccountRepository accounts;
    private final OwnEnvironments own;
    private final Sql sql;
    private final Clock clock;

    Grants(Access access, AccountRepository accounts, OwnEnvironments own, Sql sql, Clock clock) {
        this.access = access;
        this.accounts = accounts;
        this.own = own;
        this.sql = sql;
        this.clock = clock;
    }

    /** What somebody has an account for. */
    public record Grant(String subject, String name, String role, String state, List<String> environments) {}

    /** A program's token: {@code owner} is a subject. */
    public record Pass(
            String id, String name, String owner, String scope, Instant expiresAt, Optional<Instant> usedAt) {}

    /** Whether Weir keeps the accounts itself, and so knows who there is. */
    public boolean known() {
        return access.local();
    }

    /** Everybody, also who is disabled, by subject. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Grant> accounts() {
        if (!known()) {
            return List.of();
        }
        var environments = own.all();
        return accounts.all().stream()
                .map(account -> new Grant(
                        account.subject(),
                        account.name(),
                        account.role(),
                        Person.of(account).state(),
                        List.copyOf(environments.getOrDefault(account.id(), new TreeSet<>()))))
                .sorted((one, other) -> one.subject().compareTo(other.subject()))
                .toList();
    }

    /** Those that can be used, by id. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Pass> tokens() {
        if (!known()) {
            return List.of();
        }
        return sql.list(
                "select t.id, t.name, t.account, t.scope, t.expires_at, t.used_at from personal_token t"
                        + " join account a on a.id = t.account where not a.disabled and t.expires_at > ? order by t.id",
                row -> new Pass(
                        row.getString("id"),
                        row.getString("name"),
                        "local:" + row.getString("account"),
                        row.getString("scope"),
                        Sql.instant(row, "expires_at"),
                        Sql.instantIfAny(row, "used_at")),
                clock.instant());
    }
}
