package dev.weir.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** Inflates gzip, and stops as soon as the result is too large or too much larger than what was sent. Never trusts a header's word. */
final class Inflater {

    private static final int FREE = 64 * 1024;
    private static final int CHUNK = 16 * 1024;

    private final int limit;
    private final int ratio;

    Inflater(int limit, int ratio) {
        this.limit = limit;
        this.ratio = ratio;
    }

    /** The bytes, or why there are none. */
    sealed interface Inflated {
        <R> R match(Function<ByteBuffer, R> bytes, Function<Refused, R> refused);

        record Bytes(ByteBuffer bytes) implements Inflated {
            @Override
            public <R> R match(Function<ByteBuffer, R> onBytes, Function<Refused, R> refused) {
                return onBytes.apply(bytes);
            }
        }

        record No(Refused why) implements Inflated {
            @Override
            public <R> R match(Function<ByteBuffer, R> bytes, Function<Refused, R> refused) {
                return refused.apply(why);
            }
        }
    }

    static boolean looksGzipped(byte[] sent) {
        return sent.length > 1 && (sent[0] & 0xff) == 0x1f && (sent[1] & 0xff) == 0x8b;
    }

    Inflated inflate(byte[] sent) {
        long most = Math.min(limit, Math.max(FREE, (long) sent.length * ratio));
        try (var in = new GZIPInputStream(new ByteArrayInputStream(sent), CHUNK)) {
            var out = new ByteArrayOutputStream(Math.min(limit, sent.length * 4));
            var chunk = new byte[CHUNK];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                if (out.size() + n > most) {
                    return new Inflated.No(Refused.TOO_LARGE);
                }
                out.write(chunk, 0, n);
            }
            return new Inflated.Bytes(ByteBuffer.wrap(out.toByteArray()));
        } catch (IOException e) {
            return new Inflated.No(Refused.NOT_GZIP);
        }
    }
}
