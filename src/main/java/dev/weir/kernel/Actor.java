package dev.weir.kernel;

/** Who acts, and by which means. {@code subject} is stable (an account id, or issuer and subject); {@code name} is for people. */
public record Actor(String subject, String name, Means means) {

    /** How somebody acted. The names are stored: never rename one. */
    public enum Means {
        SESSION,
        TOKEN,
        SETUP,
        SYSTEM
    }

    public static final Actor SYSTEM = new Actor("system", "Weir", Means.SYSTEM);
}
