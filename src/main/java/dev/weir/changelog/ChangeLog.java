package dev.weir.changelog;

import dev.weir.changelog.proof.LogKey;
import dev.weir.changelog.proof.Row;
import dev.weir.changelog.proof.Statement;
import dev.weir.changelog.proof.Verification;
import dev.weir.kernel.Actor;
import dev.weir.kernel.CanonicalJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what, when and why. Rows are only ever added, each in the transaction of the change it tells about: either both happen
 * or neither. Asks nobody for a role: who may look is decided above.
 */
@ApplicationScoped
public class ChangeLog {

    private static final String CORRELATION = "dev.weir.changelog.correlation";

    private final LogRows rows;
    private final Signing signing;
    private final Checking checking;
    private final Proving proving;
    private final TransactionSynchronizationRegistry transaction;
    private final Clock clock;

    ChangeLog(
            LogRows rows,
            Signing signing,
            Checking checking,
            Proving proving,
            TransactionSynchronizationRegistry transaction,
            Clock clock) {
        this.rows = rows;
        this.signing = signing;
        this.checking = checking;
        this.proving = proving;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A checkpoint that was signed: over how many rows, when, and the signed note itself. */
    public record Checkpoint(long size, Instant at, String note) {}

    /** Somebody who did something; the name is missing once it is erased. */
    public record Doer(String subject, Optional<String> name) {}

    /** To be the last thing that a transaction does: it holds the end of the log until the commit. */
    @Transactional(TxType.MANDATORY)
    public void write(Entry entry) {
        var head = rows.lockedHead();
        signing.begin();
        var words = new Wording(
                entry, head.sequence() + 1, clock.instant().truncatedTo(ChronoUnit.MICROS), head.hash(), correlation());
        var row = new Row(words.content(), CanonicalJson.sha256(words.content()), Map.of());
        var tree = head.tree();
        tree.append(java.util.HexFormat.of().parseHex(row.hash()));
        rows.add(row, words.personal(), tree);
        signing.added(new LogRows.Head(row.sequence(), row.hash(), tree.frontier()));
    }

    /** As {@link #write}, unless what was asked for was so already. */
    @Transactional(TxType.MANDATORY)
    public void writeIfChanged(Entry entry) {
        if (!entry.changesNothing()) {
            write(entry);
        }
    }

    /** What was done at once is told by rows with the same one. */
    private String correlation() {
        @Nullable Object known = transaction.getResource(CORRELATION);
        if (known == null) {
            known = UUID.randomUUID().toString();
            transaction.putResource(CORRELATION, known);
        }
        return known.toString();
    }

    /** The newest first, from below {@code before}. */
    public List<Row> find(Filter filter, long before, int most) {
        return rows.find(filter, before, most);
    }

    public Optional<Row> find(long sequence) {
        return rows.find(Filter.ALL, sequence + 1, 1).stream()
                .filter(row -> row.sequence() == sequence)
                .findFirst();
    }

    public List<Doer> doers(int most) {
        return doers(Filter.ALL, most);
    }

    /** Those who did something that a filter lets through. */
    public List<Doer> doers(Filter filter, int most) {
        var doers = new LinkedHashMap<String, Optional<String>>();
        rows.actors(filter, most)
                .forEach((subject, latest) -> doers.put(subject, find(latest).flatMap(Row::actorName)));
        return doers.entrySet().stream()
                .map(doer -> new Doer(doer.getKey(), doer.getValue()))
                .collect(Collectors.toList());
    }

    public List<String> kinds() {
        return kinds(Filter.ALL);
    }

    /** Of rows that a filter lets through. */
    public List<String> kinds(Filter filter) {
        return rows.kinds(filter);
    }

    /** Checks every row and every checkpoint. Takes as long as the log is. */
    public Verified verify() {
        return checking.verify();
    }

    /** The whole log, line by line, for the offline verifier. */
    public void export(Consumer<String> lines) {
        checking.export(lines);
    }

    /** That the first {@code older} of {@code newer} rows are still what they were, as one line; empty where there are fewer. */
    public Optional<String> consistency(long older, long newer) {
        return proving.consistency(older, newer);
    }

    /** That a row is among the first {@code size}, as one line; empty where it isn't. */
    public Optional<String> inclusion(long sequence, long size) {
        return find(sequence).flatMap(row -> proving.inclusion(row, size));
    }

    /** The newest first, those over less than {@code before} rows. */
    public List<Checkpoint> checkpoints(long before, int most) {
        return signing.checkpoints(before, most).stream()
                .map(signed -> new Checkpoint(signed.size(), signed.at(), signed.note()))
                .toList();
    }

    /** The first one that covers this row; none before it is signed. */
    public Optional<Checkpoint> checkpointOver(long sequence) {
        return signing.checkpointOver(sequence)
                .map(signed -> new Checkpoint(signed.size(), signed.at(), signed.note()));
    }

    /** The public key; none before the first row. */
    public Optional<LogKey> key() {
        return signing.verifier();
    }

    /** The statement as a note signed with the log's key, for who has written a row before. Keeps nothing. */
    public String sign(Statement statement) {
        return signing.note(statement);
    }

    /** Forgets what rows say of a person by name, and writes that this was done. Who did what can still be told by the subject. */
    @Transactional
    public int erasePerson(String subject, Actor by, String reason) {
        int values = rows.forgetPerson(subject);
        write(erased(by, "person", subject, values).because(reason));
        return values;
    }

    /** Forgets all personal values of one row, its reason too, and writes that this was done. */
    @Transactional
    public int eraseRow(long sequence, Actor by, String reason) {
        int values = rows.forgetRow(sequence);
        write(erased(by, "changelog-row", String.valueOf(sequence), values).because(reason));
        return values;
    }

    private static Entry erased(Actor by, String kind, String id, int values) {
        return Entry.of(by, Verification.ERASURE, Thing.of(kind, id)).change("values", (long) values, 0L);
    }
}
