package dev.weir.access;

import dev.weir.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;

/** How pages name people: nobody is to be taken for somebody else who is called the same. Knows the accounts that Weir keeps itself only. */
@Named("names")
@ApplicationScoped
public class Names {

    private final Sql sql;

    Names(Sql sql) {
        this.sql = sql;
    }

    /** The name; with the sign-in name, where another account has it too. */
    public String of(String subject, String name) {
        var called = sql.list(
                "select id, login from account where lower(name) = lower(?) order by login",
                row -> Map.entry("local:" + row.getString("id"), row.getString("login")),
                name);
        return called.stream()
                .filter(account -> called.size() > 1 && account.getKey().equals(subject))
                .findFirst()
                .map(account -> name + " (" + account.getValue() + ")")
                .orElse(name);
    }
}
