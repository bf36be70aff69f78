package dev.weir.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.CanonicalJson;
import dev.weir.testsupport.Edge;
import dev.weir.testsupport.Limit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class PackTest {

    private static final Map<String, Object> HEAD = Map.of("app_id", "1234567890");

    @Test
    void equal_files_give_equal_bytes_in_whatever_order_they_were_written() throws Exception {
        var one = new LinkedHashMap<String, String>();
        one.put("b/second.md", "two");
        one.put("a.md", "one");
        var other = new LinkedHashMap<String, String>();
        other.put("a.md", "one");
        other.put("b/second.md", "two");

        assertThat(bytes(new Pack(HEAD, one))).isEqualTo(bytes(new Pack(HEAD, other)));
        assertThat(new Pack(HEAD, one).hash()).isEqualTo(new Pack(HEAD, other).hash());
    }

    @Test
    @Edge("files of an artifact pack")
    void all_its_files_are_together_as_large_as_the_table_says_and_no_byte_larger() {
        int most = (int) Limit.here().most();
        // In the manifest stands how long the file is, with as many digits.
        long rest = new Pack(HEAD, Map.of("a.md", "x".repeat(most))).size() - most;

        Limit.here().isTheLastTaken(size -> {
            var pack = new Pack(HEAD, Map.of("a.md", "x".repeat(Math.toIntExact(size - rest))));
            assertThat(pack.size()).isEqualTo(size);
            return !pack.tooLarge();
        });
    }

    @Test
    void another_file_another_name_and_another_text_give_another_hash() {
        assertThat(List.of(
                        new Pack(HEAD, Map.of("a", "one")).hash(),
                        new Pack(HEAD, Map.of("a", "two")).hash(),
                        new Pack(HEAD, Map.of("b", "one")).hash(),
                        new Pack(HEAD, Map.of("a", "one", "b", "one")).hash()))
                .doesNotHaveDuplicates();
    }

    @Test
    void names_stand_in_order_and_every_file_has_the_same_time_and_nothing_of_the_machine() throws Exception {
        var entries = new ArrayList<ZipEntry>();
        try (var zip = new ZipInputStream(
                new ByteArrayInputStream(bytes(new Pack(HEAD, Map.of("z.md", "last", "dir/a.md", "first")))))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                zip.readAllBytes();
                entries.add(entry);
            }
        }

        assertThat(entries.stream().map(ZipEntry::getName))
                .containsExactly("SHA256SUMS", "dir/a.md", "manifest.json", "z.md");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.getTimeLocal()).isEqualTo(LocalDateTime.of(2000, 1, 1, 0, 0));
            assertThat(entry.getExtra()).isNull();
            assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
        });
    }

    @Test
    void the_manifest_names_each_file_with_its_hash_and_the_hash_of_all() throws Exception {
        var pack = new Pack(HEAD, Map.of("a.md", "one", "b.md", "zwölf"));

        var files = files(bytes(pack));

        assertThat(file(files, "SHA256SUMS"))
                .isEqualTo(CanonicalJson.sha256("one") + "  a.md\n" + CanonicalJson.sha256("zwölf") + "  b.md\n");
        assertThat(pack.hash()).isEqualTo(CanonicalJson.sha256(file(files, "SHA256SUMS")));
        assertThat(CanonicalJson.read(file(files, "manifest.json").strip()))
                .isEqualTo(Map.of(
                        "format",
                        1L,
                        "app_id",
                        "1234567890",
                        "sha256",
                        pack.hash(),
                        "files",
                        List.of(
                                Map.of("name", "a.md", "bytes", 3L, "sha256", CanonicalJson.sha256("one")),
                                Map.of("name", "b.md", "bytes", 6L, "sha256", CanonicalJson.sha256("zwölf")))));
    }

    @Test
    void the_digest_is_that_of_the_bytes_that_are_sent() throws Exception {
        var pack = new Pack(HEAD, Map.of("a.md", "one"));

        var sum = MessageDigest.getInstance("SHA-256").digest(bytes(pack));

        assertThat(pack.digest()).isEqualTo("sha-256=:" + Base64.getEncoder().encodeToString(sum) + ":");
    }

    @Test
    void in_a_list_or_a_table_a_text_means_itself() {
        assertThat(Markdown.table(List.of("Name"), List.of(List.of("a | b\n<script> [x](y) `c`"))))
                .isEqualTo("| Name |\n|---|\n| a \\| b \\<script\\> \\[x\\](y) \\`c\\` |\n");
        assertThat(Markdown.list(List.of("# no head\u2028- no item"), "None.")).isEqualTo("- \\# no head - no item\n");
        assertThat(Markdown.list(List.of(), "None.")).isEqualTo("None.\n");
    }

    static byte[] bytes(Pack pack) throws IOException {
        var out = new ByteArrayOutputStream();
        pack.writeTo(out);
        return out.toByteArray();
    }

    static Map<String, String> files(byte[] bytes) throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    static String file(Map<String, String> files, String name) {
        return Objects.requireNonNull(files.get(name), name);
    }
}
