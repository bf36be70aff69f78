package dev.weir.store;

import dev.weir.event.Event;
import dev.weir.kernel.EnvironmentKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One transaction for one environment after the other: takes the environment's cursor, leaves out what is known already, writes
 * rows, links, properties and tallies. All of it or nothing.
 */
final class Writing {

    private static final int USERS_PER_IDENTITY = 10;
    private static final int LINK_DAYS = 30;
    private static final int KEY_HOURS = 24;

    private static final String INSERT_EVENT = """
            insert into event (environment, sequence, id, app_id, door, received_at, happened_at, type, name, user_id, identity,
                               session_id, page_id, status, reason, redacted, revision, stale, findings, body)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_DROPPED = """
            insert into dropped (environment, sequence, app_id, door, received_at, type, reason, rule, n, revision, stale)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Connection connection;
    private final String environment;
    private final List<Batch> settled = new ArrayList<>();
    private final List<EventRow> events = new ArrayList<>();
    private final Map<DroppedRow, Integer> dropped = new LinkedHashMap<>();
    private final Map<TallyRow, Long> tallies = new TreeMap<>();
    private final Map<AppKey, Instant> known = new HashMap<>();
    private final Set<AppKey> fresh = new LinkedHashSet<>();

    private Writing(Connection connection, EnvironmentKey environment) {
        this.connection = connection;
        this.environment = environment.value();
    }

    private record EventRow(Prepared prepared, Entry.Arrival arrival, Prepared.Line line) {}

    /** Equal drops of one batch, which is named by its place in {@link #settled}. */
    private record DroppedRow(int batch, @Nullable String type, String reason, String rule) {}

    private record TallyRow(Instant slot, String outcome, String reason) implements Comparable<TallyRow> {
        @Override
        public int compareTo(TallyRow other) {
            int bySlot = slot.compareTo(other.slot);
            int byOutcome = bySlot != 0 ? bySlot : outcome.compareTo(other.outcome);
            return byOutcome != 0 ? byOutcome : reason.compareTo(other.reason);
        }
    }

    private record AppKey(String app, UUID key, Instant at) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof AppKey that && app.equals(that.app) && key.equals(that.key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    /** Commits all batches in one transaction; answers in their order. */
    static List<Appended.Committed> commit(DataSource database, List<Prepared> batches) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var answers = all(connection, batches);
                connection.commit();
                return answers;
            } catch (SQLException | RuntimeException e) {
                rollback(connection);
                throw e;
            }
        }
    }

    /** Environments in the order of their keys, so that two nodes never wait for each other's cursor. */
    private static List<Appended.Committed> all(Connection connection, List<Prepared> batches) throws SQLException {
        var byEnvironment = new TreeMap<String, List<Integer>>();
        for (int i = 0; i < batches.size(); i++) {
            var key = batches.get(i).batch().revision().environment().value();
            byEnvironment.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
        }
        var answers = new Appended.@Nullable Committed[batches.size()];
        for (var indexes : byEnvironment.values()) {
            var first = batches.get(indexes.get(0)).batch().revision().environment();
            var writing = new Writing(connection, first);
            var mine = indexes.stream().map(batches::get).toList();
            var committed = writing.write(mine);
            for (int i = 0; i < indexes.size(); i++) {
                answers[indexes.get(i)] = committed.get(i);
            }
        }
        return List.of(answers);
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone; closing it is all that is left, and the caller already has the first failure.
        }
    }

    private List<Appended.Committed> write(List<Prepared> batches) throws SQLException {
        long last = cursor();
        recall(batches);
        var answers = new ArrayList<Appended.Committed>();
        for (Prepared prepared : batches) {
            answers.add(new Appended.Committed(settle(prepared)));
        }
        long next = insertDropped(insertEvents(last + 1));
        insertKeys();
        addTallies();
        if (next > last + 1) {
            moveCursor(next - 1);
        }
        return answers;
    }

    // ── the cursor
    // ────────────────────────────────────────────────────────────────────────────────────────────────────

    private long cursor() throws SQLException {
        var found = lockCursor();
        if (found == null) {
            try (var insert = connection.prepareStatement(
                    "insert into event_cursor (environment, last_sequence) values (?, 0) on conflict do nothing")) {
                insert.setString(1, environment);
                insert.executeUpdate();
            }
            found = lockCursor();
        }
        return found == null ? 0 : found;
    }

    private @Nullable Long lockCursor() throws SQLException {
        try (var select = connection.prepareStatement(
                "select last_sequence from event_cursor where environment = ? for update")) {
            select.setString(1, environment);
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : null;
            }
        }
    }

    private void moveCursor(long last) throws SQLException {
        try (var update =
                connection.prepareStatement("update event_cursor set last_sequence = ? where environment = ?")) {
            update.setLong(1, last);
            update.setString(2, environment);
            update.executeUpdate();
        }
    }

    // ── duplicates
    // ────────────────────────────────────────────────────────────────────────────────────────────────────

    /** Which keys of this group were seen in the last 24 hours. */
    private void recall(List<Prepared> batches) throws SQLException {
        var asked = new LinkedHashSet<AppKey>();
        for (Prepared prepared : batches) {
            for (var line : prepared.lines()) {
                if (line != null && line.key() != null) {
                    asked.add(key(prepared.batch(), line.key()));
                }
            }
        }
        for (var of :
                asked.stream().collect(Collectors.groupingBy(one -> one.app)).values()) {
            for (int from = 0; from < of.size(); from += 500) {
                recallSome(of.subList(from, Math.min(of.size(), from + 500)));
            }
        }
    }

    /** All of one App ID, because that is how the index begins. */
    private void recallSome(List<AppKey> asked) throws SQLException {
        var marks = "?" + ", ?".repeat(asked.size() - 1);
        try (var select = connection.prepareStatement(
                "select app_id, key, received_at from event_key where app_id = ? and key in (" + marks + ")")) {
            select.setString(1, asked.get(0).app);
            for (int i = 0; i < asked.size(); i++) {
                select.setObject(i + 2, asked.get(i).key);
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var at = rows.getObject(3, OffsetDateTime.class).toInstant();
                    known.put(new AppKey(rows.getString(1), rows.getObject(2, UUID.class), at), at);
                }
            }
        }
        forgetExpired(asked);
    }

    /** A key older than 24 hours counts as new; its row makes room for the new one. */
    private void forgetExpired(List<AppKey> asked) throws SQLException {
        try (var delete = connection.prepareStatement("delete from event_key where app_id = ? and key = ?")) {
            for (AppKey now : asked) {
                var seen = known.get(now);
                if (seen != null && seen.isBefore(now.at.minus(KEY_HOURS, ChronoUnit.HOURS))) {
                    known.remove(now);
                    delete.setString(1, now.app);
                    delete.setObject(2, now.key);
                    delete.executeUpdate();
                }
            }
        }
    }

    private static AppKey key(Batch batch, UUID key) {
        return new AppKey(batch.app().digits(), key, batch.receivedAt());
    }

    private void insertKeys() throws SQLException {
        if (fresh.isEmpty()) {
            return;
        }
        try (var insert =
                connection.prepareStatement("insert into event_key (app_id, key, received_at) values (?, ?, ?)")) {
            for (AppKey key : fresh) {
                insert.setString(1, key.app);
                insert.setObject(2, key.key);
                time(insert, 3, key.at);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    // ── what becomes of each entry
    // ────────────────────────────────────────────────────────────────────────────────────

    private List<Disposition> settle(Prepared prepared) throws SQLException {
        settled.add(prepared.batch());
        var dispositions = new ArrayList<Disposition>();
        var entries = prepared.batch().entries();
        for (int i = 0; i < entries.size(); i++) {
            dispositions.add(settle(prepared, entries.get(i), prepared.lines().get(i)));
        }
        return dispositions;
    }

    private Disposition settle(Prepared prepared, Entry entry, Prepared.@Nullable Line line) throws SQLException {
        if (entry instanceof Entry.Arrival arrival && line != null) {
            return arrival(prepared, arrival, line);
        }
        var drop = (Entry.Drop) entry;
        var type = drop.type();
        return drop(prepared.batch(), type == null ? null : type.wire(), drop.reason(), drop.notes());
    }

    private Disposition arrival(Prepared prepared, Entry.Arrival arrival, Prepared.Line line) throws SQLException {
        var batch = prepared.batch();
        if (line.key() != null) {
            var key = key(batch, line.key());
            if (known.containsKey(key) || fresh.contains(key)) {
                count(batch, Outcome.DUPLICATE.label(), "");
                return new Disposition(Outcome.DUPLICATE, null, false, List.of());
            }
            fresh.add(key);
        }
        if (arrival.reason() == null) {
            var refusal = meaning(batch, arrival);
            if (refusal != null) {
                return drop(
                        batch, arrival.event().type().wire(), refusal.name(), List.of(Note.of(refusal, "identity")));
            }
        }
        events.add(new EventRow(prepared, arrival, line));
        return counted(batch, arrival);
    }

    private Disposition counted(Batch batch, Entry.Arrival arrival) {
        var reason = arrival.reason();
        var outcome = reason == null ? Outcome.ACCEPTED : Outcome.QUARANTINED;
        count(batch, outcome.label(), reason == null ? "" : reason);
        if (outcome == Outcome.ACCEPTED && arrival.redacted()) {
            count(batch, Tallies.REDACTED, "");
        }
        arrival.notes().stream().map(Note::reason).distinct().forEach(found -> count(batch, Tallies.FOUND, found));
        return new Disposition(outcome, reason, arrival.redacted(), arrival.notes());
    }

    private Disposition drop(Batch batch, @Nullable String type, String reason, List<Note> notes) {
        var rule = notes.stream()
                .filter(note -> note.reason().equals(reason))
                .map(Note::rule)
                .findFirst()
                .orElse("");
        dropped.merge(new DroppedRow(settled.size() - 1, type, reason, rule), 1, Integer::sum);
        count(batch, Outcome.DROPPED.label(), reason);
        return new Disposition(Outcome.DROPPED, reason, false, notes);
    }

    private void count(Batch batch, String outcome, String reason) {
        var slot = batch.receivedAt().truncatedTo(ChronoUnit.HOURS);
        tallies.merge(new TallyRow(slot, outcome, reason), 1L, Long::sum);
        if (batch.stale() && !outcome.equals(Tallies.FOUND) && !outcome.equals(Tallies.REDACTED)) {
            tallies.merge(new TallyRow(slot, Tallies.STALE, ""), 1L, Long::sum);
        }
    }

    // ── links and properties
    // ──────────────────────────────────────────────────────────────────────────────────────────

    private @Nullable Refusal meaning(Batch batch, Entry.Arrival arrival) throws SQLException {
        var identity = arrival.event().identity();
        var user = arrival.who().userId();
        switch (arrival.meaning()) {
            case NOTHING -> {
                return null;
            }
            case SERVER_LINK -> {
                return identity == null || user == null ? null : link(batch.receivedAt(), user, identity, 1, true);
            }
            case DEVICE_LINK -> {
                var refusal = identity == null || user == null
                        ? null
                        : link(batch.receivedAt(), user, identity, batch.perDevice(), false);
                if (refusal == null) {
                    remember(batch.receivedAt(), arrival, identity == null ? user : identity);
                }
                return refusal;
            }
            case USER_PROPERTIES, ACCOUNT_PROPERTIES -> {
                remember(batch.receivedAt(), arrival, identity == null ? user : identity);
                return null;
            }
        }
        throw new IllegalStateException("a meaning without a case");
    }

    /** {@code server}: what a server says of its user, for which the limits of the wire contract hold; else a browser's word. */
    private @Nullable Refusal link(Instant now, String user, String identity, int perUser, boolean server)
            throws SQLException {
        var identities = identitiesOf(user);
        if (identities.contains(identity)) {
            return null;
        }
        if (identities.size() >= perUser) {
            return server ? Refusal.IDENTITY_TAKEN : Refusal.IDENTITY_LIMIT;
        }
        if (server && usersOf(identity, now) >= USERS_PER_IDENTITY) {
            return Refusal.IDENTITY_LIMIT;
        }
        try (var insert = connection.prepareStatement(
                "insert into identity_link (environment, user_id, identity, linked_at) values (?, ?, ?, ?)")) {
            insert.setString(1, environment);
            insert.setString(2, user);
            insert.setString(3, identity);
            time(insert, 4, now);
            insert.executeUpdate();
        }
        return null;
    }

    private Set<String> identitiesOf(String user) throws SQLException {
        try (var select = connection.prepareStatement(
                "select identity from identity_link where environment = ? and user_id = ?")) {
            select.setString(1, environment);
            select.setString(2, user);
            var identities = new HashSet<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    identities.add(rows.getString(1));
                }
            }
            return identities;
        }
    }

    private int usersOf(String identity, Instant now) throws SQLException {
        try (var select = connection.prepareStatement(
                "select count(*) from identity_link where environment = ? and identity = ? and linked_at > ?")) {
            select.setString(1, environment);
            select.setString(2, identity);
            time(select, 3, now.minus(LINK_DAYS, ChronoUnit.DAYS));
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    private void remember(Instant now, Entry.Arrival arrival, @Nullable String subject) throws SQLException {
        if (subject == null) {
            return;
        }
        var kind = arrival.meaning() == Entry.Meaning.ACCOUNT_PROPERTIES ? "account" : "user";
        for (var property : arrival.event().properties().entrySet()) {
            var id = Keys.of(kind, subject, property.getKey());
            var value = String.valueOf(property.getValue());
            if (change(id, value, now) == 0) {
                add(id, kind, subject, property.getKey(), value, now);
            }
        }
    }

    private int change(UUID id, String value, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(
                "update subject_property set value = ?, changed_at = ? where environment = ? and id = ?")) {
            update.setString(1, value);
            time(update, 2, now);
            update.setString(3, environment);
            update.setObject(4, id);
            return update.executeUpdate();
        }
    }

    private void add(UUID id, String kind, String subject, String name, String value, Instant now) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into subject_property (environment, id, kind, subject, name, value, changed_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """)) {
            insert.setString(1, environment);
            insert.setObject(2, id);
            insert.setString(3, kind);
            insert.setString(4, subject);
            insert.setString(5, name);
            insert.setString(6, value);
            time(insert, 7, now);
            insert.executeUpdate();
        }
    }

    // ── rows
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    private long insertEvents(long sequence) throws SQLException {
        if (events.isEmpty()) {
            return sequence;
        }
        long next = sequence;
        try (var insert = connection.prepareStatement(INSERT_EVENT)) {
            for (EventRow row : events) {
                fill(insert, next++, row);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return next;
    }

    private void fill(PreparedStatement insert, long sequence, EventRow row) throws SQLException {
        Batch batch = row.prepared.batch();
        Entry.Arrival arrival = row.arrival;
        Event event = arrival.event();
        insert.setString(1, environment);
        insert.setLong(2, sequence);
        insert.setObject(3, row.line.id());
        insert.setString(4, batch.app().digits());
        insert.setString(5, batch.door().stored());
        time(insert, 6, batch.receivedAt());
        time(insert, 7, arrival.happenedAt());
        insert.setString(8, event.type().wire());
        text(insert, 9, event.name());
        text(insert, 10, arrival.who().userId());
        text(insert, 11, event.identity());
        text(insert, 12, arrival.who().sessionId());
        text(insert, 13, arrival.who().pageId());
        insert.setString(14, arrival.reason() == null ? "kept" : "quarantined");
        text(insert, 15, arrival.reason());
        insert.setBoolean(16, arrival.redacted());
        insert.setLong(17, batch.revision().number());
        insert.setBoolean(18, batch.stale());
        insert.setString(19, row.line.findings());
        insert.setString(20, row.line.body());
    }

    private long insertDropped(long sequence) throws SQLException {
        if (dropped.isEmpty()) {
            return sequence;
        }
        long next = sequence;
        try (var insert = connection.prepareStatement(INSERT_DROPPED)) {
            for (var row : dropped.entrySet()) {
                fill(insert, next++, row.getKey(), row.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return next;
    }

    private void fill(PreparedStatement insert, long sequence, DroppedRow row, int n) throws SQLException {
        Batch batch = settled.get(row.batch);
        insert.setString(1, environment);
        insert.setLong(2, sequence);
        insert.setString(3, batch.app().digits());
        insert.setString(4, batch.door().stored());
        time(insert, 5, batch.receivedAt());
        text(insert, 6, row.type);
        insert.setString(7, row.reason);
        insert.setString(8, row.rule);
        insert.setInt(9, n);
        insert.setLong(10, batch.revision().number());
        insert.setBoolean(11, batch.stale());
    }

    private void addTallies() throws SQLException {
        for (var tally : tallies.entrySet()) {
            if (increase(tally.getKey(), tally.getValue()) == 0) {
                begin(tally.getKey(), tally.getValue());
            }
        }
    }

    private int increase(TallyRow row, long n) throws SQLException {
        try (var update = connection.prepareStatement(
                "update tally set n = n + ? where environment = ? and slot = ? and outcome = ? and reason = ?")) {
            update.setLong(1, n);
            update.setString(2, environment);
            time(update, 3, row.slot);
            update.setString(4, row.outcome);
            update.setString(5, row.reason);
            return update.executeUpdate();
        }
    }

    private void begin(TallyRow row, long n) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into tally (environment, slot, outcome, reason, n) values (?, ?, ?, ?, ?)")) {
            insert.setString(1, environment);
            time(insert, 2, row.slot);
            insert.setString(3, row.outcome);
            insert.setString(4, row.reason);
            insert.setLong(5, n);
            insert.executeUpdate();
        }
    }

    private static void time(PreparedStatement statement, int index, Instant at) throws SQLException {
        statement.setObject(index, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
    }

    private static void text(PreparedStatement statement, int index, @Nullable String text) throws SQLException {
        if (text == null) {
            statement.setNull(index, Types.VARCHAR);
        } else {
            statement.setString(index, text);
        }
    }
}
