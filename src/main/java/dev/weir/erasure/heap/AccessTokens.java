package dev.weir.erasure.heap;

import dev.weir.erasure.Erasures;
import dev.weir.kernel.AppId;
import dev.weir.kernel.CanonicalJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a program gets for its key, good for five minutes: App ID and end, signed with what is kept of the key. Nothing of it is stored;
 * with the key, or its App ID, it ends.
 */
@ApplicationScoped
class AccessTokens {

    static final Duration GOOD_FOR = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";

    private static final String PREFIX = "wat_";

    private final Erasures erasures;
    private final Clock clock;

    AccessTokens(Erasures erasures, Clock clock) {
        this.erasures = erasures;
        this.clock = clock;
    }

    /** For whoever shows the App ID's key. */
    Optional<String> give(String app, String key) {
        return hash(app)
                .filter(hash -> equal(hash, CanonicalJson.sha256(key)))
                .map(hash -> token(app, clock.instant().plus(GOOD_FOR), hash));
    }

    /** Whose token it is, while it is good. */
    Optional<AppId> app(String token) {
        var parts = token.startsWith(PREFIX) ? token.substring(PREFIX.length()).split("\\.", -1) : new String[0];
        if (parts.length != 3 || !parts[1].matches("[0-9]{1,15}")) {
            return Optional.empty();
        }
        var end = Instant.ofEpochMilli(Long.parseLong(parts[1]));
        return hash(parts[0])
                .filter(hash -> equal(token(parts[0], end, hash), token))
                .filter(hash -> clock.instant().isBefore(end))
                .map(hash -> new AppId(parts[0]));
    }

    private Optional<String> hash(String app) {
        return AppId.valid(app) ? erasures.keyHash(new AppId(app)) : Optional.empty();
    }

    private static String token(String app, Instant end, String hash) {
        var said = app + "." + end.toEpochMilli();
        return PREFIX + said + "." + signature(said, hash);
    }

    private static String signature(String said, String hash) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(hash.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(("access " + said).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
