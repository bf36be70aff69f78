package dev.weir.artifact;

import dev.weir.kernel.CanonicalJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Files with what they hash to, as one zip. Equal files give equal bytes on every machine: names are in order, nothing is compressed, and
 * every file has the same time.
 */
final class Pack {

    /** Bytes of all files; docs/limits.md. */
    static final int MOST = 16 << 20;

    /** As {@code sha256sum -c} reads it. */
    static final String SUMS = "SHA256SUMS";

    static final String MANIFEST = "manifest.json";

    /** A real one would make equal content differ. */
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final String hash;

    /**
     * @param head what the manifest says beside the files
     * @param texts by name
     */
    Pack(Map<String, ?> head, Map<String, String> texts) {
        var sums = new StringBuilder();
        var listed = new ArrayList<Map<String, Object>>();
        new TreeMap<>(texts).forEach((name, text) -> {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var sum = CanonicalJson.sha256(text);
            files.put(name, bytes);
            sums.append(sum).append("  ").append(name).append('\n');
            listed.add(Map.of("name", name, "bytes", (long) bytes.length, "sha256", sum));
        });
        hash = CanonicalJson.sha256(sums.toString());
        var manifest = new TreeMap<String, Object>(head);
        manifest.put("format", 1L);
        manifest.put("files", List.copyOf(listed));
        manifest.put("sha256", hash);
        files.put(SUMS, sums.toString().getBytes(StandardCharsets.UTF_8));
        files.put(MANIFEST, (CanonicalJson.write(manifest) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Of all files: the SHA-256 of the list of their hashes. */
    String hash() {
        return hash;
    }

    boolean tooLarge() {
        return size() > MOST;
    }

    long size() {
        return files.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    void writeTo(OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (var file : files.entrySet()) {
            zip.putNextEntry(entry(file.getKey(), file.getValue()));
            zip.write(file.getValue());
            zip.closeEntry();
        }
        zip.finish();
    }

    private static ZipEntry entry(String name, byte[] bytes) {
        var checksum = new CRC32();
        checksum.update(bytes);
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCompressedSize(bytes.length);
        entry.setCrc(checksum.getValue());
        // Without a zone: setTime would write what the machine's own makes of it.
        entry.setTimeLocal(TIME);
        return entry;
    }

    /** Of the zip itself, as the header {@code Repr-Digest} has it (RFC 9530). */
    String digest() {
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            writeTo(out);
            return "sha-256=:"
                    + Base64.getEncoder().encodeToString(out.getMessageDigest().digest()) + ":";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
