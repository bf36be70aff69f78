package dev.weir.kernel;

import java.util.regex.Pattern;

/** Names an environment in addresses and documents: a lower-case letter, then letters, digits and hyphens, at most 32. */
public record EnvironmentKey(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public EnvironmentKey {
        if (!valid(value)) {
            throw new IllegalArgumentException(
                    "an environment key is a letter, then letters, digits and hyphens, at most 32");
        }
    }

    public static boolean valid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
