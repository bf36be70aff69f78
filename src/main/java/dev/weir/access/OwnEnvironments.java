package dev.weir.access;

import dev.weir.database.Sql;
import dev.weir.kernel.EnvironmentKey;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which environments are somebody's own. An Admin says so of Weir's accounts, an identity provider of its people; who hears nothing of it
 * has none. What follows from it is decided where it matters.
 */
@ApplicationScoped
public class OwnEnvironments {

    /** Attribute of an identity: what its provider said. */
    static final String CLAIMED = "weir.environments";

    private static final String LOCAL = "local:";

    private final Access access;
    private final SecurityIdentity identity;
    private final CurrentActor current;
    private final Sql sql;

    OwnEnvironments(Access access, SecurityIdentity identity, CurrentActor current, Sql sql) {
        this.access = access;
        this.identity = identity;
        this.current = current;
        this.sql = sql;
    }

    /** Those of whoever makes this request. */
    public Set<EnvironmentKey> mine() {
        if (!access.local()) {
            Set<EnvironmentKey> claimed = identity.getAttribute(CLAIMED);
            return claimed == null ? Set.of() : Set.copyOf(claimed);
        }
        var subject = current.actor().subject();
        return subject.startsWith(LOCAL)
                ? of(subject.substring(LOCAL.length())).stream()
                        .map(EnvironmentKey::new)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    SortedSet<String> of(String account) {
        return new TreeSet<>(sql.list(
                "select environment from account_environment where account = ?", row -> row.getString(1), account));
    }

    /** By account; who has none is not in it. */
    Map<String, SortedSet<String>> all() {
        record Line(String account, String environment) {}
        var all = new HashMap<String, SortedSet<String>>();
        sql.list(
                        "select account, environment from account_environment",
                        row -> new Line(row.getString(1), row.getString(2)))
                .forEach(line -> all.computeIfAbsent(line.account(), account -> new TreeSet<>())
                        .add(line.environment()));
        return all;
    }

    void replace(String account, Collection<String> environments) {
        sql.change("delete from account_environment where account = ?", account);
        environments.forEach(environment -> sql.change(
                "insert into account_environment (account, environment) values (?, ?)", account, environment));
    }
}
