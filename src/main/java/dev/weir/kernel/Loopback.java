package dev.weir.kernel;

import java.util.regex.Pattern;

/** Origins of the machine that a page is looked at on, however they are spelled. Never asks for a name's address. */
public final class Loopback {

    private static final Pattern ORIGIN = Pattern.compile(
            "https?://(?:(?:[^/:]+\\.)?localhost\\.?|127(?:\\.[0-9]+){1,3}|0\\.0\\.0\\.0|\\[::1?]|\\[::ffff:(?:127\\.|7f)[^]]*])(?::[0-9]+)?",
            Pattern.CASE_INSENSITIVE);

    private Loopback() {}

    public static boolean is(String origin) {
        return ORIGIN.matcher(origin).matches();
    }
}
