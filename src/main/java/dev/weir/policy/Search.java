package dev.weir.policy;

import dev.weir.policy.Scrubber.Detecting;
import dev.weir.policy.Scrubber.Matching;
import dev.weir.policy.Scrubber.National;
import dev.weir.policy.Scrubber.Pairing;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** One string on its way through the steps of a {@link Scrubber}, layer by layer. Used once. */
final class Search {

    /** Layers of encoding that are looked under: as it came, decoded once, decoded twice; below a find begins anew. */
    private static final int LAYERS = 3;

    /** Layers in which something may be found; of a text with more nothing stays. */
    private static final int FINDING_LAYERS = 4;

    /** Masking can uncover more; so many finds in one layer end the search all the same. */
    private static final int MAX_FINDS = 1000;

    private final Scrubber scrubber;
    private final String key;
    private final List<Hit> hits = new ArrayList<>();
    private int found;
    private String last = "";

    Search(Scrubber scrubber, String key) {
        this.scrubber = scrubber;
        this.key = key;
    }

    Scrubbed run(String original, Stock originalStock) {
        var text = original;
        var layer = original;
        var stock = originalStock;
        int finding = 0;
        for (int left = LAYERS; left > 0; left--) {
            int start = found;
            if (!stock.plain()) {
                layer = Folding.fold(layer);
                stock = Stock.of(layer, key);
            }
            layer = settle(layer, stock, start);
            if (found > start) {
                if (++finding > FINDING_LAYERS) {
                    text = "[" + last + "]";
                    break;
                }
                text = layer;
                stock = Stock.of(layer, key);
                // What is left is itself a text as it came: who looks at it again must find no more.
                left = LAYERS;
            }
            if (!stock.encoded()) {
                break;
            }
            layer = Decoding.decode(layer);
            stock = Stock.of(layer, key);
        }
        return new Scrubbed(hits.stream().anyMatch(hit -> hit.action() == Action.DROP) ? null : text, hits);
    }

    /** Looks until there is nothing more to find, so that scrubbing twice finds no more than scrubbing once. */
    private String settle(String layer, Stock layerStock, int start) {
        var text = layer;
        var stock = layerStock;
        int before;
        do {
            before = found;
            text = all(text, key, stock);
            if (stock.token()) {
                text = Expressions.BASE64
                        .matcher(text)
                        .replaceAll(match -> Matcher.quoteReplacement(opened(match.group())));
            }
            stock = before < found ? Stock.of(text, key) : stock;
        } while (before < found && found < start + MAX_FINDS);
        return text;
    }

    /** A base64 token, or the placeholder of what is in it. */
    private String opened(String token) {
        int before = found;
        for (var part : token.split("\\.", -1)) {
            var opened = Folding.fold(Decoding.base64(part));
            all(opened, "", Stock.of(opened, ""));
            if (found > before) {
                return "[" + last + "]";
            }
        }
        return token;
    }

    private String all(String given, String key, Stock givenStock) {
        var text = given;
        var stock = givenStock;
        BitSet occurring = null;
        for (var step : scrubber.steps()) {
            var looked = text;
            if (step instanceof Detecting detecting) {
                looked = (stock.possible() & detecting.detector()) == 0 ? text : detect(text, key, detecting);
            } else if (step instanceof Pairing pairing) {
                looked = stock.pairs() ? pairs(text, pairing) : text;
            } else if (step instanceof National national) {
                looked = stock.digits() ? national(text, national) : text;
            } else if (step instanceof Matching matching) {
                occurring = occurring == null ? scrubber.patterns().occurring(text) : occurring;
                looked = occurring.get(matching.place()) ? match(text, matching) : text;
            }
            if (!looked.equals(text)) {
                text = looked;
                stock = Stock.of(text, key);
                occurring = null;
            }
        }
        return text;
    }

    /** None begins inside a word or a number. */
    private String detect(String text, String key, Detecting step) {
        var scan = new Scan(text, key);
        var out = new Masked(text, step.rule());
        int detector = step.detector();
        for (int at = 0; at < text.length(); ) {
            int accepted = 0;
            if (Detectors.beginning(text.charAt(at), detector) != 0 && !Ascii.is(text, at - 1, Ascii.ALPHANUMERIC)) {
                accepted = Detectors.find(detector, scan, at);
                if (accepted > 0) {
                    out.mask(at, at + accepted);
                }
            }
            at += Math.max(1, Math.abs(accepted));
        }
        return out.text();
    }

    private String pairs(String text, Pairing step) {
        var out = new Masked(text, step.rule());
        for (var pair = Pair.next(text, 0); pair != null; ) {
            if (step.takes(pair, text)) {
                int end = pair.end(text);
                out.mask(pair.from(), end);
                pair = Pair.next(text, end);
            } else {
                pair = step.next(pair, text);
            }
        }
        return out.text();
    }

    private String national(String text, National step) {
        var out = new Masked(text, step.rule());
        for (var span : NationalPhones.find(text, step.rule().regions())) {
            out.mask(span.from(), span.to());
        }
        return out.text();
    }

    private String match(String text, Matching step) {
        var matcher = step.pattern().matcher(PatternSubset.units(text));
        var out = new Masked(text, step.rule());
        int from = 0;
        while (from <= text.length() && matcher.find(from)) {
            if (matcher.end() == matcher.start()) {
                from = matcher.end() + 1;
                continue;
            }
            if (!placeholder(text, matcher.start(), matcher.end())) {
                out.mask(matcher.start(), matcher.end());
            }
            from = matcher.end();
        }
        return out.text();
    }

    private boolean placeholder(String text, int from, int to) {
        int open = text.lastIndexOf('[', from);
        return open >= 0
                && scrubber.placeholders().stream().anyMatch(p -> text.startsWith(p, open) && to <= open + p.length());
    }

    /** A text in which one rule's hits are being replaced. */
    private final class Masked {

        private final String text;
        private final TextRule rule;
        private @Nullable StringBuilder out;
        private int done;

        Masked(String text, TextRule rule) {
            this.text = text;
            this.rule = rule;
        }

        void mask(int from, int to) {
            out = out == null ? new StringBuilder(text.length()) : out;
            out.append(text, done, from).append('[').append(rule.label()).append(']');
            done = to;
            found++;
            last = rule.label();
            if (hits.stream().noneMatch(hit -> hit.label().equals(rule.label()))) {
                hits.add(new Hit(rule.label(), rule.action()));
            }
        }

        String text() {
            return out == null ? text : out.append(text, done, text.length()).toString();
        }
    }
}
