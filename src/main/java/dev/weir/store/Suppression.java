package dev.weir.store;

import dev.weir.kernel.AppId;
import dev.weir.policy.Pseudonyms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Who was deleted from an environment and must not come back. Knows keyed hashes only. Whoever adds one holds the environment's cursor,
 * as whoever writes events does: so from the commit on not one event of theirs is written.
 */
final class Suppression {

    private static final String ALGORITHM = "HmacSHA256";

    private static final int AT_ONCE = 500;

    private final Connection connection;
    private final String environment;
    /** Until when what came in of theirs is not to be written. */
    private final Map<UUID, Instant> known = new HashMap<>();

    /** Devices that a request names together with somebody who is on the list: nothing of theirs in this request is written. */
    private final Set<Beside> beside = new HashSet<>();

    private final Map<AppId, Boolean> withKey = new HashMap<>();
    private @Nullable Batch asked;
    private final List<Keyed> keyed = new ArrayList<>(1);

    private final Cuts cuts;

    Suppression(Connection connection, String environment) {
        this.connection = connection;
        this.environment = environment;
        this.cuts = new Cuts(connection, environment);
    }

    /** Looks up everybody whom these batches name, unless nobody is suppressed. */
    void recall(long suppressed, List<Prepared> batches) throws SQLException {
        if (suppressed == 0) {
            return;
        }
        var hashes = new HashSet<UUID>();
        for (Prepared prepared : batches) {
            for (Entry entry : prepared.batch().entries()) {
                if (entry instanceof Entry.Arrival arrival) {
                    for (Subject subject : of(arrival)) {
                        hashes.addAll(hashes(subject));
                    }
                }
            }
        }
        recallAll(hashes);
        if (!known.isEmpty()) {
            for (Prepared prepared : batches) {
                findBeside(prepared.batch());
            }
        }
    }

    private void recallAll(Collection<UUID> hashes) throws SQLException {
        var all = new ArrayList<>(hashes);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            recallSome(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
    }

    private record Beside(AppId app, Door door, Instant receivedAt, String device) {

        static Beside of(Batch batch, String device) {
            return new Beside(batch.app(), batch.door(), batch.receivedAt(), device);
        }
    }

    private void findBeside(Batch batch) throws SQLException {
        for (Entry entry : batch.entries()) {
            if (entry instanceof Entry.Arrival arrival) {
                var device = arrival.who().userId();
                if (device != null && named(batch.receivedAt(), arrival)) {
                    beside.add(Beside.of(batch, device));
                }
            }
        }
    }

    boolean holds(Batch batch, Entry.Arrival arrival) throws SQLException {
        if (known.isEmpty()) {
            return false;
        }
        asked = batch;
        var device = arrival.who().userId();
        return named(batch.receivedAt(), arrival) || (device != null && beside.contains(Beside.of(batch, device)));
    }

    /** Whether an event names somebody of whom what came in then is not to be written. */
    private boolean named(Instant receivedAt, Entry.Arrival arrival) throws SQLException {
        for (Subject subject : of(arrival)) {
            for (UUID hash : hashes(subject)) {
                var until = known.get(hash);
                if (until != null && !receivedAt.isAfter(until)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The device of what was held last, where it came with somebody who is on the list, is not there itself, and may be taken for theirs:
     * a server says so that has shown a key, and the device is linked to nobody. Anybody can say so as a browser, of anybody's device.
     * Null otherwise, and where what it says was cut since: an old retry makes nobody's device somebody else's.
     */
    @Nullable
    String stranger(Entry.Arrival arrival) throws SQLException {
        var device = arrival.who().userId();
        if (device == null || listed(device) || asked == null || asked.door().browser() || !withKey(asked.app())) {
            return null;
        }
        return alone(device) && !parted(device, arrival) ? device : null;
    }

    private boolean parted(String device, Entry.Arrival arrival) throws SQLException {
        var identity = arrival.event().identity();
        return identity != null && cuts.parted(device, identity, arrival.happenedAt(), arrival.happenedAt());
    }

    private boolean listed(String device) throws SQLException {
        return hashes(Subject.user(device)).stream().anyMatch(known::containsKey);
    }

    /** Whether no server gets in without the App ID's key. */
    private boolean withKey(AppId app) throws SQLException {
        var already = withKey.get(app);
        if (already != null) {
            return already;
        }
        try (var select =
                connection.prepareStatement("select 1 from app_id where digits = ? and server_key_hash is not null")) {
            select.setString(1, app.digits());
            try (var rows = select.executeQuery()) {
                boolean there = rows.next();
                withKey.put(app, there);
                return there;
            }
        }
    }

    /**
     * A device that came with somebody who is on the list: a job deletes what is stored of it. It is on the list as well, for ever.
     * How many names are new on it.
     */
    int late(String device, Instant now) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into late_device (environment, user_id) values (?, ?) on conflict do nothing")) {
            insert.setString(1, environment);
            insert.setString(2, device);
            insert.executeUpdate();
        }
        var subject = Subject.user(device);
        known.put(hash(subject), Instant.MAX);
        return add(List.of(subject), true, now);
    }

    /** Links of who was deleted are gone: whatever is left is somebody else's. */
    private boolean alone(String device) throws SQLException {
        try (var select = connection.prepareStatement(
                "select 1 from identity_link where environment = ? and user_id in (?, ?)")) {
            select.setString(1, environment);
            select.setString(2, device);
            select.setString(3, keyed().pseudonyms.handle(device));
            try (var rows = select.executeQuery()) {
                return !rows.next();
            }
        }
    }

    /**
     * How many of them were not there before.
     *
     * @param lasting whether they are never to come back; else what came in until now is not to be written any more
     */
    int add(Collection<Subject> subjects, boolean lasting, Instant now) throws SQLException {
        int added = 0;
        for (Subject subject : subjects) {
            var hash = hash(subject);
            int there = change(
                    "update suppressed set since = ?, lasting = (lasting or ?) where environment = ? and subject = ?",
                    hash,
                    lasting,
                    now);
            added += there == 0
                    ? change(
                            "insert into suppressed (since, lasting, environment, subject) values (?, ?, ?, ?)",
                            hash,
                            lasting,
                            now)
                    : 0;
        }
        return added;
    }

    private int change(String sql, UUID hash, boolean lasting, Instant now) throws SQLException {
        try (var change = connection.prepareStatement(sql)) {
            Binding.time(change, 1, now);
            change.setBoolean(2, lasting);
            change.setString(3, environment);
            change.setObject(4, hash);
            return change.executeUpdate();
        }
    }

    /** What came in until now is not written any more; the rest may be. */
    int letGoOn(Subject subject, Instant now) throws SQLException {
        return change(
                "update suppressed set since = ?, lasting = ? where environment = ? and subject = ?",
                hash(subject),
                false,
                now);
    }

    /** Those of these identities that are never to come back. */
    Set<String> gone(Collection<String> identities) throws SQLException {
        var hashes = new HashMap<String, UUID>();
        for (String identity : identities) {
            hashes.put(identity, hash(Subject.identity(identity)));
        }
        recallAll(hashes.values());
        return hashes.entrySet().stream()
                .filter(of -> Instant.MAX.equals(known.get(of.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Under what somebody is known: an identity, or the id of a user or device. */
    record Subject(String kind, String name) {

        static final String USER = "user";

        static Subject identity(String name) {
            return new Subject("identity", name);
        }

        static Subject user(String name) {
            return new Subject(USER, name);
        }
    }

    /** An account is no person: what looks like an identity there names a company. */
    private static List<Subject> of(Entry.Arrival arrival) {
        var subjects = new ArrayList<Subject>(2);
        var identity = arrival.event().identity();
        if (identity != null && arrival.meaning() != Entry.Meaning.ACCOUNT_PROPERTIES) {
            subjects.add(Subject.identity(identity));
        }
        var user = arrival.who().userId();
        if (user != null) {
            subjects.add(Subject.user(user));
        }
        return subjects;
    }

    private void recallSome(List<UUID> asked) throws SQLException {
        var marks = "?" + ", ?".repeat(asked.size() - 1);
        try (var select = connection.prepareStatement(
                "select subject, lasting, since from suppressed where environment = ? and subject in (" + marks
                        + ")")) {
            select.setString(1, environment);
            for (int i = 0; i < asked.size(); i++) {
                select.setObject(i + 2, asked.get(i));
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    known.put(rows.getObject(1, UUID.class), rows.getBoolean(2) ? Instant.MAX : Reading.time(rows, 3));
                }
            }
        }
    }

    /** A user has one name on the list, whether a policy keeps what it is called as it was sent or not. */
    private UUID hash(Subject subject) throws SQLException {
        boolean user = subject.kind().equals(Subject.USER);
        return hash(subject.kind(), user ? keyed().pseudonyms.handle(subject.name()) : subject.name());
    }

    /** Under which it may be there: who was put on the list before users had one name is there by the handle as it was kept. */
    private List<UUID> hashes(Subject subject) throws SQLException {
        var now = hash(subject);
        var once = subject.kind().equals(Subject.USER) ? hash(subject.kind(), subject.name()) : now;
        return now.equals(once) ? List.of(now) : List.of(now, once);
    }

    private UUID hash(String kind, String name) throws SQLException {
        var text = "suppressed\0" + kind + "\0" + name;
        var half = ByteBuffer.wrap(keyed().mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        return new UUID(half.getLong(), half.getLong());
    }

    private record Keyed(Mac mac, Pseudonyms pseudonyms) {}

    private Keyed keyed() throws SQLException {
        if (keyed.isEmpty()) {
            var secret = Secret.of(connection, environment).getBytes(StandardCharsets.UTF_8);
            keyed.add(new Keyed(mac(secret), new Pseudonyms(secret)));
        }
        return keyed.get(0);
    }

    private static Mac mac(byte[] secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
