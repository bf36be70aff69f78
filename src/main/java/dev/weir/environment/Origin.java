package dev.weir.environment;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An origin exactly as a browser sends it: {@code scheme://host[:port]}, lower case, punycode, no default port. */
record Origin(String text) {

    static final int LONGEST = 300;

    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern DIGITS_ONLY = Pattern.compile("[0-9.]+");
    private static final Pattern IP_V4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}");

    /** Either the origin, or why there is none, in words. */
    record Parsed(@Nullable Origin origin, @Nullable String objection) {

        Optional<Origin> accepted() {
            return Optional.ofNullable(origin);
        }
    }

    static Parsed parse(String typed) {
        var text = typed.strip();
        if (text.isEmpty()) {
            return no("Type an origin, as https://shop.example.com.");
        }
        if (text.length() > LONGEST) {
            return no("An origin has at most " + LONGEST + " characters.");
        }
        if (text.equalsIgnoreCase("null")) {
            return no(
                    "The origin null is shared by every sandboxed frame and local file of the world: it can't be allowed.");
        }
        if (text.contains("*")) {
            return no("Wildcards are not supported: name each host, so that a forgotten subdomain can't send.");
        }
        if (!text.contains("://")) {
            return no("Start with the scheme, as https://shop.example.com.");
        }
        return parseAddress(text);
    }

    private static Parsed parseAddress(String text) {
        int afterScheme = text.indexOf("://") + 3;
        var scheme = text.substring(0, afterScheme - 3).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return no("The scheme is https or http.");
        }
        var rest = text.substring(afterScheme);
        if (rest.endsWith("/") && rest.indexOf('/') == rest.length() - 1) {
            rest = rest.substring(0, rest.length() - 1);
        }
        if (rest.contains("/") || rest.contains("?") || rest.contains("#") || rest.contains("\\")) {
            return no("An origin has no path: leave out everything after the host.");
        }
        if (rest.contains("@")) {
            return no("An origin has no user name or password.");
        }
        return parseHostAndPort(scheme, rest);
    }

    private static Parsed parseHostAndPort(String scheme, String rest) {
        boolean bracketed = rest.startsWith("[");
        int colon = bracketed ? rest.indexOf(':', Math.max(0, rest.indexOf(']'))) : rest.indexOf(':');
        var host = host(colon < 0 ? rest : rest.substring(0, colon), bracketed);
        if (host.isEmpty()) {
            return no("This is not the name or address of a host.");
        }
        if (colon < 0) {
            return new Parsed(new Origin(scheme + "://" + host.get()), null);
        }
        var digits = rest.substring(colon + 1);
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > 65535) {
            return no("The port is a number from 1 to 65535.");
        }
        int port = Integer.parseInt(digits);
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        return new Parsed(new Origin(scheme + "://" + host.get() + (usual ? "" : ":" + port)), null);
    }

    private static Optional<String> host(String typed, boolean bracketed) {
        if (bracketed) {
            return ipV6(typed);
        }
        try {
            var host = IDN.toASCII(typed, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            boolean looksLikeAddress = DIGITS_ONLY.matcher(host).matches();
            boolean valid = host.length() <= 253
                    && LABELS.matcher(host).matches()
                    && (!looksLikeAddress || IP_V4.matcher(host).matches());
            return valid ? Optional.of(host) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> ipV6(String typed) {
        try {
            // URI checks the form; letters are lower case in what a browser sends.
            var host = new URI("http://" + typed).getHost();
            return Optional.ofNullable(host).map(h -> h.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Parsed no(String objection) {
        return new Parsed(null, objection);
    }
}
