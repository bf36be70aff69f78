package dev.weir.environment;

/** What people call an environment, or what an App ID is for. */
final class Names {

    static final int LONGEST = 100;

    private Names() {}

    static boolean valid(String name) {
        return !name.isBlank()
                && name.strip().length() <= LONGEST
                && name.codePoints().noneMatch(Names::unwritable);
    }

    /** What no line has, or not every database can hold: control characters, and halves of surrogate pairs. */
    private static boolean unwritable(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }
}
