package dev.weir.changelog.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.changelog.proof.Proof.Result.Kind;
import dev.weir.kernel.CanonicalJson;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProofTest {

    private static final int MOST = 40;

    /** The leaves that implementations of RFC 6962 share (certificate-transparency, merkle_tree_test). */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static List<String> made(Prover prover, int size) {
        LEAVES.subList(0, size).forEach(prover::take);
        return prover.hashes();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, ''",
        "1, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
                + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        "6, 8, bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
                + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
                + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "3, 3, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "2, 5, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
                + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
    })
    void the_way_from_a_row_to_the_root_is_the_one_that_others_find(int row, int size, String hashes) {
        assertThat(String.join(" ", made(Prover.ofInclusion(row, size), size))).isEqualTo(hashes);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, ''",
        "1, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
                + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        "6, 8, 0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
                + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
                + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "2, 5, 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
    })
    void the_way_from_an_older_root_to_a_newer_is_the_one_that_others_find(int older, int newer, String hashes) {
        assertThat(String.join(" ", made(Prover.ofConsistency(older, newer), newer)))
                .isEqualTo(hashes);
    }

    private static String consistency(Logs log, int older, int newer) {
        var prover = Prover.ofConsistency(older, newer);
        log.rows.subList(0, newer).forEach(row -> prover.take(row.hash()));
        return prover.consistency(older, newer);
    }

    private static String inclusion(Logs log, int row, int size) {
        var prover = Prover.ofInclusion(row, size);
        log.rows.subList(0, size).forEach(each -> prover.take(each.hash()));
        return prover.inclusion(row, size, log.rows.get(row - 1).content());
    }

    /** A log that grows, with the checkpoint over each of its sizes. */
    private static List<Checkpoint> grown(Logs log) {
        var checkpoints = new ArrayList<Checkpoint>();
        while (checkpoints.size() < MOST) {
            checkpoints.add(log.with(1).checkpoint());
        }
        return checkpoints;
    }

    @Test
    void each_size_is_proven_to_begin_with_each_smaller_one_and_to_hold_each_of_its_rows() {
        var log = new Logs();
        var checkpoints = grown(log);

        for (int newer = 1; newer <= MOST; newer++) {
            for (int older = 1; older <= newer; older++) {
                assertThat(Proof.check(consistency(log, older, newer), checkpoints)
                                .kind())
                        .as("%d in %d", older, newer)
                        .isEqualTo(Kind.TRUE);
                assertThat(Proof.check(inclusion(log, older, newer), checkpoints)
                                .kind())
                        .as("row %d of %d", older, newer)
                        .isEqualTo(Kind.TRUE);
            }
        }
    }

    @Test
    void a_log_that_was_written_again_is_proven_to_nobody_who_holds_an_older_checkpoint() {
        var log = new Logs();
        var held = grown(log);
        var forged = new Logs(log.key);
        log.rows.subList(0, 10).forEach(forged::add);
        var its = new ArrayList<Checkpoint>(held.subList(0, 10));
        while (its.size() < MOST) {
            forged.add("forged");
            its.add(forged.checkpoint());
        }

        for (int newer = 12; newer <= MOST; newer++) {
            for (int older = 1; older < newer; older++) {
                var known = List.of(held.get(older - 1), its.get(newer - 1));
                assertThat(Proof.check(consistency(forged, older, newer), known).kind())
                        .as("%d in %d", older, newer)
                        .isEqualTo(older <= 10 ? Kind.TRUE : Kind.BROKEN);
                assertThat(Proof.check(consistency(log, older, newer), known).kind())
                        .as("%d in %d, by the true log", older, newer)
                        .isEqualTo(Kind.BROKEN);
            }
        }
        assertThat(Proof.check(inclusion(forged, 11, MOST), held).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void whatever_is_changed_in_a_proof_it_proves_nothing_then() {
        var log = new Logs();
        var checkpoints = grown(log);

        for (var proof : List.of(consistency(log, 13, 29), inclusion(log, 17, 29))) {
            for (int at = 0; at < proof.length(); at++) {
                for (int bit = 0; bit < 7; bit++) {
                    var damaged =
                            proof.substring(0, at) + (char) (proof.charAt(at) ^ (1 << bit)) + proof.substring(at + 1);
                    assertThat(Proof.check(damaged, checkpoints).kind())
                            .as("character %d, bit %d: %s", at, bit, damaged)
                            .isNotEqualTo(Kind.TRUE);
                }
            }
        }
    }

    @Test
    void a_proof_with_a_hash_more_or_less_or_of_another_row_is_none() {
        var log = new Logs();
        var checkpoints = grown(log);
        var hashes = new ArrayList<>(hashes(inclusion(log, 17, 29)));
        var content = log.rows.get(16).content();

        assertThat(Proof.check(said(content, hashes, 17), checkpoints).kind()).isEqualTo(Kind.TRUE);
        assertThat(Proof.check(said(content, hashes, 18), checkpoints).kind()).isEqualTo(Kind.BROKEN);
        assertThat(Proof.check(said(log.rows.get(15).content(), hashes, 17), checkpoints)
                        .kind())
                .isEqualTo(Kind.BROKEN);
        assertThat(Proof.check(said(content, hashes.subList(1, hashes.size()), 17), checkpoints)
                        .kind())
                .isEqualTo(Kind.BROKEN);
        hashes.add(hashes.get(0));
        assertThat(Proof.check(said(content, hashes, 17), checkpoints).kind()).isEqualTo(Kind.BROKEN);
    }

    private static String said(String content, List<String> hashes, long row) {
        return CanonicalJson.write(
                Map.of("inclusion", Map.of("content", content, "hashes", hashes, "row", row, "size", 29L)));
    }

    private static List<String> hashes(String proof) {
        var found = new ArrayList<String>();
        var hash = java.util.regex.Pattern.compile("\"([0-9a-f]{64})\"").matcher(proof);
        while (hash.find()) {
            found.add(hash.group(1));
        }
        assertThat(found)
                .allSatisfy(each -> assertThat(HexFormat.of().parseHex(each)).hasSize(32));
        return found;
    }

    @Test
    void a_checkpoint_that_is_not_there_is_named() {
        var log = new Logs();
        var checkpoints = grown(log);

        var result = Proof.check(consistency(log, 13, 29), checkpoints.subList(13, MOST));

        assertThat(result.kind()).isEqualTo(Kind.UNABLE);
        assertThat(result.words()).contains("over 13 rows");
    }
}
