package dev.weir.changelog;

import dev.weir.changelog.proof.Checkpoint;
import dev.weir.changelog.proof.LogKey;
import dev.weir.changelog.proof.SigningKey;
import dev.weir.changelog.proof.Statement;
import dev.weir.database.Sql;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Signs where the log is: every {@value #ROWS} rows, and each hour in which something was written. The key is made with the first row. */
@ApplicationScoped
class Signing {

    static final int ROWS = 100;

    private static final Logger LOG = Logger.getLogger(Signing.class);

    private final Sql sql;
    private final LogRows rows;
    private final Clock clock;

    Signing(Sql sql, LogRows rows, Clock clock) {
        this.sql = sql;
        this.rows = rows;
        this.clock = clock;
    }

    /** A checkpoint as it was signed. */
    record Signed(long size, String note, Instant at) {}

    @Scheduled(every = "1h", delayed = "5m")
    @Transactional
    void hourly() {
        // Two nodes may have the same hour.
        var head = rows.lockedHead();
        if (head.sequence() > sql.number("select coalesce(max(size), 0) from changelog_checkpoint")) {
            sign(head);
            // The log of the program is often kept elsewhere: so is this then.
            LOG.infof("The change log has %d rows, the last one is %s.", head.sequence(), head.hash());
        }
    }

    /** For who has just added a row and still holds the head. */
    void added(LogRows.Head head) {
        if (head.sequence() % ROWS == 0) {
            sign(head);
        }
    }

    private void sign(LogRows.Head head) {
        sql.change(
                "insert into changelog_checkpoint (size, note, signed_at) values (?, ?, ?)",
                head.sequence(),
                note(head),
                now());
    }

    /** Signs without keeping it. */
    String note(LogRows.Head head) {
        var key = key().orElseThrow(() -> new IllegalStateException("the change log has no key"));
        return key.note(new Checkpoint(
                key.verifier().name(),
                head.sequence(),
                HexFormat.of().formatHex(head.tree().root()),
                head.hash(),
                now()));
    }

    /** What another room states, with the log's key. */
    String note(Statement statement) {
        return key().orElseThrow(() -> new IllegalStateException("the change log has no key"))
                .note(statement);
    }

    /** Makes the key, where there is none, for who holds the head. */
    void begin() {
        if (key().isEmpty()) {
            var key = SigningKey.fresh();
            sql.change(
                    "insert into changelog_key (id, public_key, secret_key, created_at) values (1, ?, ?, ?)",
                    key.verifier().line(),
                    key.kept(),
                    now());
        }
    }

    Optional<LogKey> verifier() {
        return sql.first("select public_key from changelog_key where id = 1", row -> row.getString(1))
                .map(LogKey::parse);
    }

    private Optional<SigningKey> key() {
        return sql.first(
                "select public_key, secret_key from changelog_key where id = 1",
                row -> SigningKey.of(row.getString(1), row.getString(2)));
    }

    /** The newest first. */
    List<Signed> checkpoints(long before, int most) {
        return sql.list(
                "select size, note, signed_at from changelog_checkpoint where size < ? order by size desc limit ?",
                row -> new Signed(row.getLong("size"), row.getString("note"), Sql.instant(row, "signed_at")),
                before,
                most);
    }

    /** The smallest one with at least so many rows. */
    Optional<Signed> checkpointOver(long rows) {
        return sql.first(
                "select size, note, signed_at from changelog_checkpoint where size >= ? order by size limit 1",
                row -> new Signed(row.getLong("size"), row.getString("note"), Sql.instant(row, "signed_at")),
                rows);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
