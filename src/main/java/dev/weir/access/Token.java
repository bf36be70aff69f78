package dev.weir.access;

import dev.weir.kernel.CanonicalJson;
import java.security.SecureRandom;
import java.util.Base64;

/** A secret that somebody carries: 256 random bits, of which Weir keeps the SHA-256 only. */
record Token(String secret) {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Token fresh() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    String hash() {
        return CanonicalJson.sha256(secret);
    }

    /** Never the secret: a record's own would print it. */
    @Override
    public String toString() {
        return "Token";
    }
}
