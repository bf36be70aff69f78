package dev.weir.snippet;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** One script in every coding that this machine can make, packed once as tightly as it goes. */
final class Packed {

    private static final int BROTLI_QUALITY = 11;

    private final Map<Coding, Buffer> bodies = new EnumMap<>(Coding.class);
    private final String tag;

    /** {@code tag}: the entity tag of the plain script, without its quotes. */
    Packed(String tag, byte[] plain) {
        this.tag = tag;
        bodies.put(Coding.IDENTITY, Buffer.buffer(plain));
        bodies.put(Coding.GZIP, Buffer.buffer(gzip(plain)));
        if (Brotli4jLoader.isAvailable()) {
            bodies.put(Coding.BROTLI, Buffer.buffer(brotli(plain)));
        }
    }

    Coding best(@Nullable String acceptEncoding) {
        for (Coding coding : new Coding[] {Coding.BROTLI, Coding.GZIP}) {
            if (bodies.containsKey(coding) && coding.accepted(acceptEncoding)) {
                return coding;
            }
        }
        return Coding.IDENTITY;
    }

    Buffer body(Coding coding) {
        return bodies.getOrDefault(coding, Buffer.buffer());
    }

    String tag(Coding coding) {
        return "\"" + tag + coding.suffix() + "\"";
    }

    private static byte[] gzip(byte[] plain) {
        var out = new ByteArrayOutputStream(plain.length / 2);
        try (var gzip = new Best(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] brotli(byte[] plain) {
        try {
            return Encoder.compress(plain, new Encoder.Parameters().setQuality(BROTLI_QUALITY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The level of a gzip stream can only be set from within. */
    private static final class Best extends GZIPOutputStream {
        Best(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
