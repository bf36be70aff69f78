package dev.weir.release;

import dev.weir.database.Sql;
import dev.weir.release.ChangeRequest.Person;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who was asked by name to look at a request. Decides nothing. */
@ApplicationScoped
class ReviewerRows {

    private final Sql sql;

    ReviewerRows(Sql sql) {
        this.sql = sql;
    }

    /** A person who was asked, and when that person declined. */
    record Named(Person person, Instant askedAt, Optional<Instant> declinedAt) {}

    List<Named> of(ChangeRequest request) {
        return sql.list(
                "select subject, name, asked_at, declined_at from change_reviewer where environment = ? and number = ?"
                        + " order by asked_at, name",
                row -> new Named(
                        new Person(row.getString("subject"), row.getString("name")),
                        Sql.instant(row, "asked_at"),
                        Sql.instantIfAny(row, "declined_at")),
                request.environment().value(),
                request.number());
    }

    /** Who declined may be asked again. */
    void add(ChangeRequest request, Person person, Instant at) {
        sql.change(
                "delete from change_reviewer where environment = ? and number = ? and subject = ?",
                request.environment().value(),
                request.number(),
                person.subject());
        sql.change(
                "insert into change_reviewer (environment, number, subject, name, asked_at) values (?, ?, ?, ?, ?)",
                request.environment().value(),
                request.number(),
                person.subject(),
                person.name(),
                at);
    }

    void decline(ChangeRequest request, Person person, Instant at) {
        sql.change(
                "update change_reviewer set declined_at = ? where environment = ? and number = ? and subject = ?",
                at,
                request.environment().value(),
                request.number(),
                person.subject());
    }
}
