package dev.weir.release;

import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Revision;
import java.time.Instant;
import java.util.Optional;

/**
 * One published policy of one environment. It never changes.
 *
 * @param canonical the bytes that are hashed, served and enforced, as text
 * @param restores number of the earlier revision that this one brings back
 * @param request number of the approved change request that it comes from
 * @param term when what it loosens ends by itself
 */
public record Release(
        EnvironmentKey environment,
        long number,
        String hash,
        String canonical,
        String reason,
        Optional<Long> restores,
        Optional<Long> request,
        Optional<Term> term,
        String publishedBy,
        Instant publishedAt) {

    /** A loosening ends at that moment: then what this revision says comes back. */
    public record Term(Instant expiresAt, long revertsTo) {}

    public Revision revision() {
        return new Revision(environment, number, hash);
    }

    /** Whether the text still has the hash it was published with. */
    public boolean intact() {
        return CanonicalJson.sha256(canonical).equals(hash);
    }

    public String shortHash() {
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
