package dev.weir.store;

import java.util.HexFormat;

/** When a UUID of version 7 was minted, as it says itself (RFC 9562, 5.7). */
final class Minted {

    private static final int LENGTH = 36;
    private static final int VERSION = 14;

    /** Where the digits of the time end, but for the last two; with the hyphen. */
    private static final int END = 11;

    private static final int HYPHEN = 8;

    /** 2020 and 2100 in units of 256 ms: what names another time is no time, whatever it is, and nothing of it is kept. */
    private static final long FIRST = 1_577_836_800_000L >> 8;

    private static final long LAST = 4_102_444_800_000L >> 8;

    private Minted() {}

    /** In units of 256 ms since 1970; -1 when it is no such UUID. */
    static long quarter(String id) {
        if (id.length() != LENGTH || id.charAt(HYPHEN) != '-' || id.charAt(VERSION) != '7') {
            return -1;
        }
        long time = 0;
        for (int i = 0; i < END; i++) {
            if (i == HYPHEN) {
                continue;
            }
            char digit = id.charAt(i);
            if (!HexFormat.isHexDigit(digit)) {
                return -1;
            }
            time = (time << 4) | HexFormat.fromHexDigit(digit);
        }
        return time >= FIRST && time < LAST ? time : -1;
    }
}
