package dev.weir.environment;

/** What people call an environment, or what an App ID is for. */
final class Names {

    static final int LONGEST = 100;

    private Names() {}

    static boolean valid(String name) {
        return !name.isBlank() && name.strip().length() <= LONGEST;
    }
}
