package dev.weir.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who was deleted from an environment and must not come back. Knows keyed hashes only. Whoever adds one holds the environment's cursor,
 * as whoever writes events does: so from the commit on not one event of theirs is written.
 */
final class Suppression {

    private static final String ALGORITHM = "HmacSHA256";

    private static final int AT_ONCE = 500;

    private final Connection connection;
    private final String environment;
    private final Set<UUID> known = new HashSet<>();
    private final List<Mac> mac = new ArrayList<>(1);

    Suppression(Connection connection, String environment) {
        this.connection = connection;
        this.environment = environment;
    }

    /** Looks up everybody whom these batches name, unless nobody is suppressed. */
    void recall(long suppressed, List<Prepared> batches) throws SQLException {
        if (suppressed == 0) {
            return;
        }
        var asked = new HashSet<UUID>();
        for (Prepared prepared : batches) {
            for (Entry entry : prepared.batch().entries()) {
                if (entry instanceof Entry.Arrival arrival) {
                    for (Subject subject : of(arrival)) {
                        asked.add(hash(subject));
                    }
                }
            }
        }
        var all = new ArrayList<>(asked);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            recallSome(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
    }

    boolean holds(Entry.Arrival arrival) throws SQLException {
        if (known.isEmpty()) {
            return false;
        }
        for (Subject subject : of(arrival)) {
            if (known.contains(hash(subject))) {
                return true;
            }
        }
        return false;
    }

    /** How many of them were not there before. */
    int add(Collection<Subject> subjects, Instant now) throws SQLException {
        int added = 0;
        try (var insert = connection.prepareStatement(
                "insert into suppressed (environment, subject, since) values (?, ?, ?) on conflict do nothing")) {
            for (Subject subject : subjects) {
                insert.setString(1, environment);
                insert.setObject(2, hash(subject));
                Binding.time(insert, 3, now);
                added += insert.executeUpdate();
            }
        }
        return added;
    }

    /** Under what somebody is known: an identity, or the id of a user or device. */
    record Subject(String kind, String name) {

        static Subject identity(String name) {
            return new Subject("identity", name);
        }

        static Subject user(String name) {
            return new Subject("user", name);
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
                "select subject from suppressed where environment = ? and subject in (" + marks + ")")) {
            select.setString(1, environment);
            for (int i = 0; i < asked.size(); i++) {
                select.setObject(i + 2, asked.get(i));
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    known.add(rows.getObject(1, UUID.class));
                }
            }
        }
    }

    private UUID hash(Subject subject) throws SQLException {
        if (mac.isEmpty()) {
            mac.add(keyed());
        }
        var text = "suppressed\0" + subject.kind() + "\0" + subject.name();
        var half = ByteBuffer.wrap(mac.get(0).doFinal(text.getBytes(StandardCharsets.UTF_8)));
        return new UUID(half.getLong(), half.getLong());
    }

    private Mac keyed() throws SQLException {
        try (var select = connection.prepareStatement("select hash_key from environment where key = ?")) {
            select.setString(1, environment);
            try (var rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("there is no such environment");
                }
                var keyed = Mac.getInstance(ALGORITHM);
                keyed.init(new SecretKeySpec(rows.getString(1).getBytes(StandardCharsets.UTF_8), ALGORITHM));
                return keyed;
            }
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
