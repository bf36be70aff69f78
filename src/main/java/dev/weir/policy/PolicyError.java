package dev.weir.policy;

/**
 * What is wrong with a policy document: where, and why, in words that never quote it.
 *
 * @param pointer JSON pointer (RFC 6901) into the document
 * @param position index of the offending character in a pattern or selector; -1 when there is none
 */
public record PolicyError(String pointer, int position, String message) {

    /** What is said of a key that has no meaning where it stands; the pointer names the object around it. */
    public static final String UNKNOWN_KEY = "a key is not known here";
}
