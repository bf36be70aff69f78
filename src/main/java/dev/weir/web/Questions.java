package dev.weir.web;

/** A feature's addresses that take a POST and change nothing: a token that may only ask may ask there. A bean is found. */
public interface Questions {

    /** Whether a POST to this path asks and changes nothing. */
    boolean asks(String path);

    /** Whether a POST to this path shows what is stored and changes nothing: a token that may read may ask there. */
    default boolean reads(String path) {
        return false;
    }
}
