package dev.weir.policy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may remain of an address. Works on the string alone, step by step as the browser's engine does, because the two platforms'
 * URL classes disagree exactly where somebody would look for a hole.
 */
final class UrlRules {

    private static final int MAX_DEPTH = 3;
    private static final int ROUNDS = 9;
    private static final int MAX_LENGTH = 2048;
    private static final Set<String> NAMED_SCHEMES =
            Set.of("mailto", "tel", "sms", "javascript", "data", "blob", "file", "about");

    private final PagePatterns pages;
    private final Texts texts;
    private final ParameterNames parameters;
    private final boolean dropFragment;
    private final boolean maskIdentifiers;
    private final List<PathTemplate> templates;

    UrlRules(Json urls, ParameterNames parameters, PagePatterns pages, Texts texts) {
        this.pages = pages;
        this.texts = texts;
        this.parameters = parameters;
        this.dropFragment = urls.get("fragment").text().equals("drop");
        this.maskIdentifiers = urls.get("identifiers").text().equals("mask");
        this.templates =
                urls.get("paths").texts().stream().map(PathTemplate::new).toList();
    }

    /** Null when nothing of the address may stay. */
    @Nullable
    String clean(String url, String field, Findings findings) {
        var cleaning = new Cleaning(field, findings);
        var clean = cleaning.settled(AddressText.tidy(url));
        return cleaning.gone || clean.isEmpty() ? null : clean;
    }

    /** One address on its way through the rules. */
    private final class Cleaning {

        private final String field;
        private final Findings findings;
        private boolean gone;

        Cleaning(String field, Findings findings) {
            this.field = field;
            this.findings = findings;
        }

        /**
         * Again, until the rules leave it as it is: what is left may be more than may stay, such as a placeholder as the name of a parameter,
         * an address that lay under what was masked, or one that was cut off in the midst.
         */
        String settled(String tidy) {
            var text = tidy;
            for (int round = 0; round < ROUNDS && !text.isEmpty(); round++) {
                var cut = Wording.cut(url(text, 0), MAX_LENGTH);
                var left = cut.equals(text) ? text : AddressText.tidy(cut);
                if (left.equals(text)) {
                    return left;
                }
                text = left;
            }
            if (!text.isEmpty()) {
                // Nobody knows one that takes half as many rounds; if there is one, nothing of it may stay.
                findings.add(Reason.URL_SCHEME, field, "floor.scheme");
            }
            return "";
        }

        /** Empty when it is that of a page that is closed to capture: such a page is not named anywhere. */
        private String url(String text, int depth) {
            int end = AddressText.pathEnd(text);
            int hash = text.indexOf('#', end);
            var path = text.substring(0, end).replace('\\', '/');
            var query = end < text.length() && text.charAt(end) == '?'
                    ? text.substring(end + 1, hash < 0 ? text.length() : hash)
                    : "";
            var fragment = hash < 0 ? "" : text.substring(hash + 1);

            var out = new StringBuilder(text.length() + 2);
            int colon = AddressText.scheme(path);
            if (colon > 0) {
                var scheme = Wording.lower(path.substring(0, colon));
                if (!AddressText.isHttp(scheme)) {
                    findings.add(Reason.URL_SCHEME, field, "floor.scheme");
                    return (NAMED_SCHEMES.contains(scheme) ? scheme : "other") + ":";
                }
                out.append(scheme).append(':');
            }
            if (colon > 0 || path.startsWith("//")) {
                int start = colon + 1;
                while (start < path.length() && path.charAt(start) == '/') {
                    start++;
                }
                int slash = path.indexOf('/', start);
                var authority = path.substring(start, slash < 0 ? path.length() : slash);
                path = slash < 0 ? "" : path.substring(slash);
                int at = authority.lastIndexOf('@');
                if (at >= 0) {
                    findings.add(Reason.URL_CREDENTIALS, field, "floor.credentials");
                }
                var host = Wording.lower(authority.substring(at + 1));
                if (!isHost(host)) {
                    findings.add(Reason.URL_SCHEME, field, "floor.scheme");
                    return "other:";
                }
                var kept = texts.host(host, field, findings);
                gone |= kept == null;
                out.append("//").append(kept == null ? "" : kept);
                out.append(path(path, depth));
            } else {
                out.append(rooted(path(path, depth)));
            }
            var keptQuery = query(query, depth);
            if (!keptQuery.isEmpty()) {
                out.append('?').append(keptQuery);
            }
            var keptFragment = fragment(fragment, depth);
            if (!keptFragment.isEmpty()) {
                out.append('#').append(keptFragment);
            }
            var closed = pages.blocking(text);
            closed.ifPresent(pattern -> findings.add(Reason.URL_PATH, field, "pages." + pattern));
            return closed.isPresent() ? "" : out.toString();
        }

        private String path(String path, int depth) {
            if (path.isEmpty()) {
                return path;
            }
            return templates.isEmpty() && path.indexOf(';') < 0 ? segments(path) : detailed(path, depth);
        }

        /** Segment by segment, where nothing else is in a path. */
        private String segments(String path) {
            var out = new StringBuilder(path.length());
            int start = 0;
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', start)) {
                out.append(segment(path.substring(start, slash))).append('/');
                start = slash + 1;
            }
            return out.append(segment(path.substring(start))).toString();
        }

        /** With templates, and parameters in segments. */
        private String detailed(String path, int depth) {
            var segments = path.split("/", -1);
            var decoded = new String[segments.length];
            var replaced = new String[segments.length];
            for (int i = 0; i < segments.length; i++) {
                int semicolon = segments[i].indexOf(';');
                decoded[i] = semicolon < 0 ? segments[i] : segments[i].substring(0, semicolon);
            }
            for (var template : templates) {
                if (template.apply(decoded, replaced)) {
                    findings.add(Reason.URL_PATH, field, "urls.paths." + template.text());
                }
            }
            for (int i = 0; i < segments.length; i++) {
                int semicolon = segments[i].indexOf(';');
                var parameters = semicolon < 0 ? "" : query(segments[i].substring(semicolon + 1), depth);
                segments[i] = (replaced[i] == null ? segment(decoded[i]) : replaced[i])
                        + (parameters.isEmpty() ? "" : ";" + parameters);
            }
            return String.join("/", segments);
        }

        private String segment(String segment) {
            if (segment.isEmpty()) {
                return segment;
            }
            var plain = Decoding.percent(segment);
            var scrubbed = scrub(plain, null);
            if (maskIdentifiers && Identifiers.looksLikeOne(scrubbed)) {
                findings.add(Reason.URL_PATH, field, "urls.identifiers");
                return "{id}";
            }
            return scrubbed.equals(plain) ? segment : Percent.encode(scrubbed);
        }

        private String query(String query, int depth) {
            if (query.isEmpty()) {
                return query;
            }
            var kept = new StringBuilder(query.length());
            int start = 0;
            for (int i = 0; i <= query.length(); i++) {
                if (i == query.length() || query.charAt(i) == '&' || query.charAt(i) == ';') {
                    var written = query.substring(start, i);
                    // Blanks alone are nothing: at the end they would be trimmed, and the separator would stay.
                    var parameter = Wording.trim(written).isEmpty() ? "" : parameter(written, depth);
                    if (!parameter.isEmpty()) {
                        kept.append(kept.isEmpty() ? "" : "&").append(parameter);
                    }
                    start = i + 1;
                }
            }
            return kept.toString();
        }

        private String parameter(String parameter, int depth) {
            int equals = parameter.indexOf('=');
            var written = equals < 0 ? parameter : parameter.substring(0, equals);
            var plain = Decoding.percent(spaced(written));
            var name = Wording.lower(Wording.trim(Decoding.percent(plain)));
            var rule = parameters.forbidding(name);
            if (rule != null) {
                findings.add(Reason.URL_PARAMETER, field, rule);
                return "";
            }
            if (equals < 0) {
                return segment(spaced(written));
            }
            var scrubbed = scrub(plain, null);
            return (scrubbed.equals(plain) ? written : Percent.encode(scrubbed))
                    + "="
                    + value(parameter.substring(equals + 1), name, depth);
        }

        private String value(String written, String name, int depth) {
            var plain = Decoding.percent(spaced(written));
            var inner = plain;
            boolean closed = false;
            if (AddressText.isAddress(plain)) {
                if (depth == MAX_DEPTH) {
                    findings.add(Reason.URL_PARAMETER, field, "urls.parameters");
                    return "";
                }
                var tidy = AddressText.tidy(plain);
                var nested = url(tidy, depth + 1);
                closed = nested.isEmpty();
                inner = closed || nested.equals(tidy) ? plain : nested;
            }
            // What goes is looked at all the same: a rule may set the event aside for it.
            var scrubbed = scrub(inner, name);
            return closed ? "" : scrubbed.equals(plain) ? written : Percent.encode(scrubbed);
        }

        private String fragment(String fragment, int depth) {
            if (fragment.isEmpty()) {
                return fragment;
            }
            if (dropFragment) {
                findings.add(Reason.URL_FRAGMENT, field, "urls.fragment");
                return "";
            }
            int mark = fragment.indexOf('?');
            var front = mark < 0 ? fragment : fragment.substring(0, mark);
            var back = mark < 0 ? "" : query(fragment.substring(mark + 1), depth);
            return (front.indexOf('=') < 0 ? path(front, depth) : query(front, depth))
                    + (back.isEmpty() ? "" : "?" + back);
        }

        private String scrub(String text, @Nullable String key) {
            var scrubbed = texts.scrub(text, key, field, findings);
            if (scrubbed == null) {
                gone = true;
                return "";
            }
            return scrubbed;
        }
    }

    /** A {@code +} is a space, but for one at the beginning, which is a telephone number's. */
    private static String spaced(String written) {
        if (written.indexOf('+') < 0) {
            return written;
        }
        return written.startsWith("+") ? "+" + written.substring(1).replace("+", "%20") : written.replace("+", "%20");
    }

    private static boolean isHost(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c < 0x80 && !ParameterNames.isNameCharacter(c) && ".:[]".indexOf(c) < 0) {
                return false;
            }
        }
        return !host.isEmpty();
    }

    /** A path must not begin like a host because something between its slashes went. */
    private static String rooted(String path) {
        int slashes = 0;
        while (slashes < path.length() && path.charAt(slashes) == '/') {
            slashes++;
        }
        return slashes > 1 ? path.substring(slashes - 1) : path;
    }
}
