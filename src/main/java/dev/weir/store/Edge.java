package dev.weir.store;

import dev.weir.policy.Pseudonyms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A name for two names: of a user or device, and of an identity. A keyed hash, the same whichever form of the handle a policy kept, that
 * tells nobody without the environment's key who they are.
 */
final class Edge {

    private static final String ALGORITHM = "HmacSHA256";

    private final Pseudonyms pseudonyms;
    private final SecretKeySpec key;

    Edge(Connection connection, String environment) throws SQLException {
        var secret = Secret.of(connection, environment).getBytes(StandardCharsets.UTF_8);
        this.pseudonyms = new Pseudonyms(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    UUID of(String user, String identity) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            // A handle has no such character in either form, so no two pairs are one text.
            var text = "edge\0" + pseudonyms.handle(user) + "\0" + identity;
            var half = ByteBuffer.wrap(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            return new UUID(half.getLong(), half.getLong());
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    Pseudonyms pseudonyms() {
        return pseudonyms;
    }
}
