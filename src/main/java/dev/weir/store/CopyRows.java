package dev.weir.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows in PostgreSQL's binary COPY format, which costs both sides the least. Fields in the order of the columns. */
final class CopyRows {

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    /** Microseconds between 1970 and 2000, where PostgreSQL begins to count. */
    private static final long EPOCH = 946_684_800_000_000L;

    /** The same in days. */
    private static final long EPOCH_DAY = 10_957;

    /** What is sent at a time. */
    private static final int CHUNK = 64 * 1024;

    private final CopyIn copy;
    private final short columns;
    private ByteBuffer buffer = ByteBuffer.allocate(2 * CHUNK);

    private CopyRows(CopyIn copy, int columns) {
        this.copy = copy;
        this.columns = (short) columns;
        buffer.put(HEADER);
    }

    /** Writes rows into an open copy. */
    interface Content {
        void into(CopyRows rows) throws SQLException;
    }

    static void write(Connection connection, String table, String columns, Content content) throws SQLException {
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + table + " (" + columns + ") from stdin (format binary)");
        try {
            var rows = new CopyRows(copy, columns.split(",", -1).length);
            content.into(rows);
            rows.end();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    void row() throws SQLException {
        if (buffer.position() >= CHUNK) {
            send();
        }
        room(Short.BYTES).putShort(columns);
    }

    void text(@Nullable String text) {
        if (text == null) {
            room(Integer.BYTES).putInt(-1);
        } else if (!ascii(text)) {
            spelled(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Writes a text of nothing but ASCII, as most are; whether it is one. */
    private boolean ascii(String text) {
        int length = text.length();
        room(Integer.BYTES + length);
        byte[] bytes = buffer.array();
        int start = buffer.position() + Integer.BYTES;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 128) {
                return false;
            }
            bytes[start + i] = (byte) c;
        }
        buffer.putInt(length).position(start + length);
        return true;
    }

    /** A text in UTF-8. */
    void spelled(byte[] text) {
        room(Integer.BYTES + text.length).putInt(text.length).put(text);
    }

    void number(long number) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(number);
    }

    void day(LocalDate day) {
        room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt((int) (day.toEpochDay() - EPOCH_DAY));
    }

    void id(UUID id) {
        room(Integer.BYTES + 2 * Long.BYTES)
                .putInt(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
    }

    void flag(boolean flag) {
        room(Integer.BYTES + 1).putInt(1).put((byte) (flag ? 1 : 0));
    }

    /** Microseconds, as the database keeps them; what is finer is cut off. */
    void time(Instant at) {
        number(Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000) - EPOCH);
    }

    private void end() throws SQLException {
        room(Short.BYTES).putShort((short) -1);
        send();
        copy.endCopy();
    }

    private void send() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int size = Math.max(2 * buffer.capacity(), buffer.position() + bytes);
            buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), size)).position(buffer.position());
        }
        return buffer;
    }
}
