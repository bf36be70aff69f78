package dev.weir.changelog.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** The key that a log signs with (Ed25519, RFC 8032), and its public half. */
public record SigningKey(LogKey verifier, PrivateKey secret) {

    private static final int NAME_BYTES = 8;

    /** A new key for a new log, whose name nobody else has. */
    public static SigningKey fresh() {
        var random = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(random);
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var name = "weir-changelog/" + HexFormat.of().formatHex(random);
            return new SigningKey(new LogKey(name, pair.getPublic()), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has had Ed25519 since 15", e);
        }
    }

    /** For keeping: the secret half in PKCS #8, base64. */
    public String kept() {
        return Base64.getEncoder().encodeToString(secret.getEncoded());
    }

    public static SigningKey of(String line, String kept) {
        try {
            var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(kept));
            return new SigningKey(
                    LogKey.parse(line), KeyFactory.getInstance("Ed25519").generatePrivate(spec));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the log's key can't be read", e);
        }
    }

    /** The checkpoint as a signed note. */
    public String note(Checkpoint checkpoint) {
        return signed(checkpoint.text());
    }

    /** The statement as a signed note. */
    public String note(Statement statement) {
        return signed(statement.text());
    }

    private String signed(String text) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            return Note.write(text, verifier, signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("nothing can be signed", e);
        }
    }

    /** Never the secret: a record's own would try to print it. */
    @Override
    public String toString() {
        return "SigningKey of " + verifier.name();
    }
}
