package dev.weir.kernel;

/**
 * Who acts, and by which means. {@code subject} is stable (an account id, or issuer and subject); {@code name} is for people.
 *
 * @param instrument name of the token or of the import; mostly empty
 */
public record Actor(String subject, String name, Means means, String instrument) {

    /** How somebody acted. The names are stored: never rename one. */
    public enum Means {
        SESSION,
        TOKEN,
        IMPORT,
        /** The one-time link that sets a password. */
        LINK,
        SETUP,
        /** An attempt to sign in: nobody knows who it was. */
        SIGN_IN,
        SYSTEM
    }

    public static final Actor SYSTEM = new Actor("system", "Weir", Means.SYSTEM);

    public Actor(String subject, String name, Means means) {
        this(subject, name, means, "");
    }
}
