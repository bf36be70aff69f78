package dev.weir.stream;

import dev.weir.store.Carried;
import dev.weir.store.Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The key of a record: the environment, and a hash of the user, so that what one user does stays in its order. What has no user is
 * spread. Keys show up in the tools of brokers: they name nobody.
 */
final class RecordKey {

    private static final int HASHED_BYTES = 8;

    private RecordKey() {}

    /** Of the entries of one batch: what was dropped goes where the rest of its batch goes. */
    static List<byte[]> of(List<Carried> batch) {
        var first = batch.stream()
                .map(carried -> user(carried.entry()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        var known = new HashMap<String, byte[]>();
        var keys = new ArrayList<byte[]>(batch.size());
        for (Carried carried : batch) {
            var user = user(carried.entry());
            var name =
                    user != null ? user : first != null ? first : carried.id().toString();
            keys.add(known.computeIfAbsent(name, one -> key(carried, one)));
        }
        return keys;
    }

    private static @Nullable String user(Entry entry) {
        if (entry instanceof Entry.Arrival arrival) {
            var user = arrival.who().userId();
            return user == null ? arrival.event().identity() : user;
        }
        return null;
    }

    private static byte[] key(Carried carried, String user) {
        var environment = carried.batch().revision().environment().value();
        return (environment + "/" + hash(user)).getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(String user) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(user.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASHED_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
