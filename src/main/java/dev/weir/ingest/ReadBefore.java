package dev.weir.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Objects of one text that were read already, by their bytes: what the events of a page have in common is read once. Remembers a fixed
 * number of them, and compares all bytes, so nobody can make it slow or wrong by what they send.
 */
final class ReadBefore {

    private static final int SLOTS = 256;

    /** Longer ones are read again. */
    private static final int LONGEST = 400;

    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private @Nullable Known @Nullable [] slots;

    /** Of the bytes that were looked at last. */
    private int slot;

    ReadBefore(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** What was made of the bytes that stand there, and how many tokens they are. */
    record Known(int from, int to, int tokens, @Nullable Object value) {}

    /**
     * Where an object that begins here may end, by its looks: behind it another one begins, or the list ends. {@code from} where it does not
     * look like that. Eight bytes at a time.
     */
    int look(int from) {
        long hash = 0;
        int last = Math.min(end - Long.BYTES, from + LONGEST);
        for (int i = from; i <= last; i += Long.BYTES) {
            long word = (long) LONGS.get(bytes, i);
            for (long closing = closing(word); closing != 0; closing &= closing - 1) {
                int place = Long.numberOfTrailingZeros(closing) >> 3;
                if (ends(i + place)) {
                    long rest = word << (Long.SIZE - Byte.SIZE * (place + 1));
                    slot = (int) (((hash ^ rest) * MIX) >>> (Long.SIZE - Byte.SIZE));
                    return i + place + 1;
                }
            }
            hash = (hash ^ word) * MIX;
        }
        return from;
    }

    /** The top bit of each byte that is a closing brace; perhaps of others behind it. */
    private static long closing(long word) {
        long zeros = word ^ ('}' * ONES);
        return (zeros - ONES) & ~zeros & TOPS;
    }

    private boolean ends(int i) {
        return i + 2 < end && bytes[i] == '}' && (bytes[i + 1] == ']' || (bytes[i + 1] == ',' && bytes[i + 2] == '{'));
    }

    /** Null where these bytes were not read before, or are forgotten. Where they were, they are a whole object, whatever it looked like. */
    @Nullable
    Known known(int from, int to) {
        if (slots == null || from == to) {
            return null;
        }
        var known = slots[slot];
        return known != null && Arrays.equals(bytes, from, to, bytes, known.from, known.to) ? known : null;
    }

    /** Under the place of what was looked at last, which is this but for objects in objects. */
    void remember(int from, int to, int tokens, @Nullable Object value) {
        if (slots == null) {
            slots = new Known[SLOTS];
        }
        slots[slot] = new Known(from, to, tokens, value);
    }
}
