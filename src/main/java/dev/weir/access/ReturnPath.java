package dev.weir.access;

import java.net.URI;
import java.util.regex.Pattern;

/** Where somebody goes after signing in: a page of this console and never another site, whatever the address asked for. */
final class ReturnPath {

    private static final Pattern OWN = Pattern.compile("/console(?:/\\w[\\w~-]*)*/?(?:\\?[\\w.~%&=+-]*)?");

    private ReturnPath() {}

    static URI of(String asked) {
        return URI.create(OWN.matcher(asked).matches() && !asked.startsWith("/console/log") ? asked : "/console");
    }
}
