package dev.weir.policy;

/** A name, or all names that begin alike: {@code utm_*}. Compares what is in lower case already. */
record NamePattern(String text) {

    boolean isPrefix() {
        return text.endsWith("*");
    }

    boolean fits(String name) {
        return isPrefix() ? name.startsWith(text.substring(0, text.length() - 1)) : name.equals(text);
    }
}
