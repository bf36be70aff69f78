package dev.weir.access;

import dev.weir.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether two accounts may count as two people. They don't for a while after one of them has let the other in, itself or by way of others:
 * who makes an account, or a link that sets its password, may be the one who uses it, and whom one enables again owes it to them. Of an identity provider's people Weir can't say.
 */
@ApplicationScoped
public class SecondPerson {

    /** How long it lasts; a Weir that is younger has nobody who was there before. */
    public static final Duration APART = Duration.ofDays(7);

    /** The names are stored: never rename one. */
    enum Way {
        INVITED,
        ROLE,
        LINK,
        ENABLED;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record LetIn(String subject, String by, boolean link) {}

    private final Access access;
    private final Sql sql;

    SecondPerson(Access access, Sql sql) {
        this.access = access;
        this.sql = sql;
    }

    void letIn(String account, String by, Way way, Instant at) {
        sql.change(
                "insert into let_in (account, let_in_by, way, let_in_at) values (?, ?, ?, ?) on conflict do nothing",
                account,
                by,
                way.id(),
                at.truncatedTo(ChronoUnit.MICROS));
    }

    /** Whether these two subjects were no two people at that moment. */
    public boolean tied(String one, String other, Instant at) {
        return tiedTo(one, at).test(other);
    }

    /** The same, of one subject and whomever it is asked about. */
    public Predicate<String> tiedTo(String one, Instant at) {
        if (!access.local()) {
            return other -> false;
        }
        var lately = lately(at);
        var reached = reach(one, lately);
        return other -> reached.contains(other) || reach(other, lately).contains(one);
    }

    /** In the first days there is nobody but those whom the first Admin invites; a link to an account that is there takes it over even then. */
    private List<LetIn> lately(Instant at) {
        boolean young = begun().filter(begun -> at.isBefore(begun.plus(APART))).isPresent();
        return sql
                .list(
                        "select account, let_in_by, way from let_in where let_in_at > ? and let_in_at <= ?",
                        SecondPerson::letIn,
                        at.minus(APART),
                        at)
                .stream()
                .filter(each -> each.link() || !young)
                .toList();
    }

    private Optional<Instant> begun() {
        return sql.first(
                "select created_at from account order by created_at limit 1", row -> Sql.instant(row, "created_at"));
    }

    /** Whom somebody has let in, and whom they have let in. */
    private static Set<String> reach(String somebody, List<LetIn> lately) {
        var reach = new HashSet<String>(Set.of(somebody));
        boolean grows = true;
        while (grows) {
            grows = false;
            for (var each : lately) {
                grows |= reach.contains(each.by()) && reach.add(each.subject());
            }
        }
        return reach;
    }

    private static LetIn letIn(ResultSet row) throws SQLException {
        return new LetIn(
                "local:" + row.getString("account"),
                row.getString("let_in_by"),
                row.getString("way").equals(Way.LINK.id()));
    }
}
