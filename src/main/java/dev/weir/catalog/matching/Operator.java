package dev.weir.catalog.matching;

/** How a condition compares. Case counts. The words are stored and exported: never rename one. */
public enum Operator {
    EQUALS("equals"),
    CONTAINS("contains"),
    STARTS_WITH("starts with"),
    /** {@code *} is any run of characters; every other character is itself. */
    GLOB("glob"),
    /** Greater than a number. Only for properties. */
    ABOVE("above"),
    /** Less than a number. Only for properties. */
    BELOW("below"),
    /** The property is there. Takes no value. */
    EXISTS("exists");

    private final String words;

    Operator(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    boolean numeric() {
        return this == ABOVE || this == BELOW;
    }

    boolean onlyForProperties() {
        return numeric() || this == EXISTS;
    }

    /** Whether {@code actual}, which is there, compares with {@code wanted} as this says. */
    boolean test(String actual, String wanted) {
        return switch (this) {
            case EQUALS -> actual.equals(wanted);
            case CONTAINS -> actual.contains(wanted);
            case STARTS_WITH -> actual.startsWith(wanted);
            case GLOB -> covers(wanted, actual);
            case ABOVE -> compare(actual, wanted) > 0;
            case BELOW -> compare(actual, wanted) < 0;
            case EXISTS -> true;
        };
    }

    /** 0 where one of them is no number: then nothing is above or below. */
    private static int compare(String actual, String wanted) {
        var one = Numbers.of(actual);
        var other = Numbers.of(wanted);
        return one.isPresent() && other.isPresent() ? Double.compare(one.getAsDouble(), other.getAsDouble()) : 0;
    }

    private static boolean covers(String pattern, String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
