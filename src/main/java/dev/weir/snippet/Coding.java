package dev.weir.snippet;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a script is packed for the way. */
enum Coding {
    IDENTITY("", ""),
    GZIP("gzip", "-gz"),
    BROTLI("br", "-br");

    private final String token;
    private final String suffix;

    Coding(String token, String suffix) {
        this.token = token;
        this.suffix = suffix;
    }

    /** As in {@code Content-Encoding}; empty for none. */
    String token() {
        return token;
    }

    /** What sets a packed representation's entity tag apart: a strong one may not be shared. */
    String suffix() {
        return suffix;
    }

    /** Whether the {@code Accept-Encoding} of a request takes this coding. */
    boolean accepted(@Nullable String header) {
        if (this == IDENTITY) {
            return true;
        }
        if (header == null) {
            return false;
        }
        boolean star = false;
        for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            var pieces = part.split(";", -1);
            boolean refused = pieces.length > 1 && pieces[1].strip().matches("q=0(\\.0*)?");
            if (pieces[0].strip().equals(token)) {
                return !refused;
            }
            star |= pieces[0].strip().equals("*") && !refused;
        }
        return star;
    }
}
