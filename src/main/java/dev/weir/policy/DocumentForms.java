package dev.weir.policy;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the strings of a document's lists may be, and the form in which each is kept. */
final class DocumentForms {

    private static final Pattern ORIGIN =
            Pattern.compile("https?://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+\\])(?::[0-9]{1,5})?");
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z_][a-z0-9_:.-]{0,63}");
    private static final Pattern TEMPLATE = Pattern.compile("(?:/(?:\\{[a-z0-9_-]{1,32}\\}|[^/{}?#;\\\\]+))+/?");

    private final DocumentValues values;

    DocumentForms(DocumentValues values) {
        this.values = values;
    }

    static String folded(String text, String pointer) {
        return Wording.trim(text).toLowerCase(Locale.ROOT);
    }

    @Nullable
    String origin(String text, String pointer) {
        var origin = text.toLowerCase(Locale.ROOT);
        return ORIGIN.matcher(origin).matches()
                ? origin
                : values.error(
                        pointer, "an origin is http:// or https:// and a host, perhaps a port, and nothing behind");
    }

    @Nullable
    String page(String text, String pointer) {
        if (!text.startsWith("/") && !text.startsWith("*")) {
            return values.error(pointer, "a page is a path: it begins with / or *");
        }
        if (text.contains("?") || text.contains("#")) {
            return values.error(pointer, "a page is a path alone, without ? and #");
        }
        var page = PagePatterns.normalised(text);
        // Else a policy could be published that nobody can read back.
        boolean same = values.isPlain(page) && page.indexOf('?') < 0 && page.indexOf('#') < 0;
        return same && page.equals(PagePatterns.normalised(page))
                ? page
                : values.error(
                        pointer, "a page is a page also when it is decoded: no encoded control characters, ?, # or %");
    }

    @Nullable
    String named(String text, String pointer) {
        var name = folded(text, pointer);
        return name.indexOf('*') < 0 || (name.indexOf('*') == name.length() - 1 && name.length() > 1)
                ? name
                : values.error(pointer, "* stands only at the end, behind at least one character");
    }

    @Nullable
    String template(String text, String pointer) {
        var template = text.toLowerCase(Locale.ROOT);
        return TEMPLATE.matcher(template).matches() && template.contains("{")
                ? template
                : values.error(
                        pointer,
                        "a template is a path such as /account/{id}, with at least one {placeholder} as a segment");
    }

    @Nullable
    String region(String text, String pointer) {
        var region = text.toUpperCase(Locale.ROOT);
        return NationalPhones.known(region) ? region : values.error(pointer, "not a region with telephone numbers");
    }

    @Nullable
    String attribute(String text, String pointer) {
        var name = text.toLowerCase(Locale.ROOT);
        return ATTRIBUTE.matcher(name).matches() ? name : values.error(pointer, "not the name of an attribute");
    }
}
