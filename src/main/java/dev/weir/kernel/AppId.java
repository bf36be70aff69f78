package dev.weir.kernel;

/** The public name under which a site or a server sends events: exactly ten decimal digits. Not a secret. */
public record AppId(String digits) {

    public static final int LENGTH = 10;

    public AppId {
        if (!valid(digits)) {
            throw new IllegalArgumentException("an App ID has exactly ten digits");
        }
    }

    public static boolean valid(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return digits;
    }
}
