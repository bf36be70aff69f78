package dev.weir.policy;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The patterns that mean the same in RE2 and in JavaScript and that neither engine can be led astray by; anything else is refused with
 * its position. docs/policy-language.md, "Patterns". A pattern is never quoted back.
 */
final class PatternSubset {

    static final int MAX_LENGTH = 200;

    /** The largest number in a quantifier. */
    static final int MAX_COUNT = 100;

    /** Ways to match one and the same text that a backtracking engine may have to try. */
    private static final double MAX_WAYS = 5000;

    /** Instructions that all counted repeats together may unfold to. */
    private static final int MAX_SIZE = 2000;

    private static final int MAX_DEPTH = 20;

    /** Stands for every character that isn't ASCII in a set of characters. */
    private static final int OTHER = 128;

    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private final String pattern;
    private int at;
    private int depth;

    private PatternSubset(String pattern) {
        this.pattern = pattern;
    }

    /** Why a pattern is refused, in words that never quote it. */
    record Fault(int position, String message) {}

    static Optional<Fault> check(String pattern) {
        try {
            new PatternSubset(pattern).whole();
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e.fault);
        }
    }

    /** Only for what {@link #check} has let through. */
    static com.google.re2j.Pattern compile(String pattern) {
        try {
            return com.google.re2j.Pattern.compile(new PatternSubset(pattern).whole().re2);
        } catch (Refused e) {
            throw new IllegalArgumentException(e.fault.message(), e);
        }
    }

    /** The text as JavaScript sees it: each half of a surrogate pair is one character, which no pattern can name. */
    static String units(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (out == null) {
                    out = new StringBuilder(text);
                }
                out.setCharAt(i, '\ue000');
            }
        }
        return out == null ? text : out.toString();
    }

    private static final class Refused extends Exception {

        private final Fault fault;

        Refused(int position, String message) {
            super(message, null, false, false);
            this.fault = new Fault(position, message);
        }
    }

    /**
     * A part of a pattern.
     *
     * @param re2 the part for RE2, with both cases of each letter spelt out
     * @param chars all characters that it may take
     * @param first characters that it may begin with
     * @param empty whether it may take nothing
     * @param fixed whether a given text can be taken in one way only and with one length
     * @param open whether it holds a repeat without an end
     * @param delimited whether it begins or ends with a character that can't stand elsewhere in it
     * @param ways how many ways there may be to take a text
     * @param size how much it unfolds to
     * @param assertion whether it looks at a position and takes nothing
     */
    private record Part(
            String re2,
            BitSet chars,
            BitSet first,
            boolean empty,
            boolean fixed,
            boolean open,
            boolean delimited,
            double ways,
            int size,
            boolean assertion) {

        static Part one(String re2, BitSet chars) {
            return new Part(re2, chars, chars, false, true, false, false, 1, 1, false);
        }

        static Part position(String re2) {
            return new Part(re2, new BitSet(), new BitSet(), true, true, false, false, 1, 1, true);
        }
    }

    private Part whole() throws Refused {
        if (pattern.isEmpty()) {
            throw new Refused(0, "a pattern can't be empty");
        }
        if (pattern.length() > MAX_LENGTH) {
            throw new Refused(MAX_LENGTH, "a pattern has at most " + MAX_LENGTH + " characters");
        }
        var part = alternatives();
        if (at < pattern.length()) {
            throw new Refused(at, "this parenthesis was never opened");
        }
        if (part.empty()) {
            throw new Refused(0, "a pattern that matches nothing at all would match everywhere");
        }
        try {
            com.google.re2j.Pattern.compile(part.re2());
        } catch (com.google.re2j.PatternSyntaxException e) {
            throw new Refused(0, "RE2 can't read this pattern");
        }
        return part;
    }

    private Part alternatives() throws Refused {
        int start = at;
        if (++depth > MAX_DEPTH) {
            throw new Refused(at, "groups are nested too deeply");
        }
        var part = sequence();
        if (at >= pattern.length() || pattern.charAt(at) != '|') {
            depth--;
            return part;
        }
        var re2 = new StringBuilder("(?:").append(part.re2());
        var chars = copy(part.chars());
        var first = copy(part.first());
        boolean empty = part.empty();
        boolean fixed = part.fixed();
        boolean open = part.open();
        double ways = part.ways();
        int size = part.size();
        while (at < pattern.length() && pattern.charAt(at) == '|') {
            at++;
            var next = sequence();
            re2.append('|').append(next.re2());
            boolean apart = !first.intersects(next.first()) && !empty && !next.empty();
            fixed &= apart && next.fixed();
            ways = apart ? Math.max(ways, next.ways()) : ways + next.ways();
            chars.or(next.chars());
            first.or(next.first());
            empty |= next.empty();
            open |= next.open();
            size += next.size() + 1;
        }
        limit(ways, size, start);
        depth--;
        return new Part(re2.append(')').toString(), chars, first, empty, fixed, open, false, ways, size, false);
    }

    private Part sequence() throws Refused {
        int start = at;
        var re2 = new StringBuilder();
        var chars = new BitSet();
        var first = new BitSet();
        boolean empty = true;
        boolean fixed = true;
        boolean open = false;
        double ways = 1;
        int size = 0;
        // What repeats of variable length may still take back, and what of it has no end.
        var loose = new BitSet();
        var endless = new BitSet();
        BitSet head = null;
        BitSet rest = new BitSet();
        BitSet tail = null;
        BitSet beforeTail = new BitSet();
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            int here = at;
            var part = repeated();
            re2.append(part.re2());
            if (empty) {
                first.or(part.first());
            }
            if (part.fixed() && !part.empty()) {
                if (!loose.intersects(part.first())) {
                    loose.clear();
                    endless.clear();
                }
                ways *= part.ways();
            } else if (!part.assertion()) {
                if (part.open() && endless.intersects(part.chars())) {
                    throw new Refused(
                            here,
                            "two repeats without an end can share text here: narrow one, or put a separator between");
                }
                ways = loose.intersects(part.first()) ? ways * part.ways() : Math.max(ways, part.ways());
                loose.or(part.chars());
                if (part.open()) {
                    endless.or(part.chars());
                }
            }
            boolean single = part.fixed() && !part.empty() && part.size() == 1;
            if (head == null && size == 0) {
                head = single ? part.chars() : null;
            } else {
                rest.or(part.chars());
            }
            if (tail != null) {
                beforeTail.or(tail);
            }
            tail = copy(part.chars());
            boolean lastSingle = single;
            if (!lastSingle) {
                beforeTail.or(part.chars());
            }
            chars.or(part.chars());
            empty &= part.empty();
            fixed &= part.fixed();
            open |= part.open();
            size += part.size();
            limit(ways, size, here);
        }
        boolean delimited = (head != null && !head.intersects(rest)) || (tail != null && !tail.intersects(beforeTail));
        if (size == 0) {
            return new Part("(?:)", chars, first, true, true, false, false, 1, 1, false);
        }
        limit(ways, size, start);
        return new Part(re2.toString(), chars, first, empty, fixed, open, delimited, ways, size, false);
    }

    private Part repeated() throws Refused {
        var part = atom();
        if (at >= pattern.length()) {
            return part;
        }
        int here = at;
        int min;
        int max;
        switch (pattern.charAt(at)) {
            case '?' -> {
                min = 0;
                max = 1;
                at++;
            }
            case '*' -> {
                min = 0;
                max = -1;
                at++;
            }
            case '+' -> {
                min = 1;
                max = -1;
                at++;
            }
            case '{' -> {
                at++;
                min = number(here);
                max = min;
                if (at < pattern.length() && pattern.charAt(at) == ',') {
                    at++;
                    max = at < pattern.length() && pattern.charAt(at) == '}' ? -1 : number(here);
                }
                if (at >= pattern.length() || pattern.charAt(at) != '}') {
                    throw new Refused(here, "a brace that is no quantifier needs a backslash");
                }
                at++;
                if (max == 0 || (max > 0 && max < min)) {
                    throw new Refused(here, "this quantifier can't be met");
                }
            }
            default -> {
                return part;
            }
        }
        if (part.assertion()) {
            throw new Refused(here, "a position can't be repeated");
        }
        if (part.empty()) {
            throw new Refused(here, "what is repeated here may be nothing");
        }
        var quantifier = new StringBuilder(pattern.substring(here, at));
        if (at < pattern.length() && pattern.charAt(at) == '?') {
            quantifier.append('?');
            at++;
        }
        if (at < pattern.length() && "?*+{".indexOf(pattern.charAt(at)) >= 0) {
            throw new Refused(at, "a quantifier can't follow a quantifier");
        }
        return repeat(part, quantifier.toString(), min, max, here);
    }

    private static Part repeat(Part part, String quantifier, int min, int max, int here) throws Refused {
        boolean endless = max < 0;
        if (endless && part.open()) {
            throw new Refused(here, "a repeat without an end inside a repeat without an end");
        }
        double ways = part.ways();
        if (!part.fixed() && max != 1) {
            if (endless || Math.pow(Math.max(2, ways), max) > MAX_WAYS) {
                if (!part.delimited()) {
                    throw new Refused(
                            here,
                            "what is repeated here has no fixed length, so it must begin or end with a separator");
                }
            } else {
                ways = Math.pow(Math.max(2, ways), max);
            }
        }
        if (part.open() && max != 1) {
            throw new Refused(here, "a repeat without an end inside a repeat");
        }
        int count = endless ? Math.max(min, 1) : max;
        int size = part.size() * count + (min == max && count == 1 ? 0 : 1);
        if (!endless) {
            ways = Math.max(ways, max - min + 1.0);
        }
        limit(ways, size, here);
        return new Part(
                "(?:" + part.re2() + ")" + quantifier,
                part.chars(),
                part.first(),
                min == 0,
                part.fixed() && min == max,
                part.open() || endless,
                false,
                ways,
                size,
                false);
    }

    private static void limit(double ways, int size, int here) throws Refused {
        if (ways > MAX_WAYS || size > MAX_SIZE) {
            throw new Refused(here, "this could take too long to match");
        }
    }

    private int number(int brace) throws Refused {
        int start = at;
        while (at < pattern.length() && digit(pattern.charAt(at)) && at - start < 4) {
            at++;
        }
        if (at == start) {
            throw new Refused(brace, "a brace that is no quantifier needs a backslash");
        }
        int number = Integer.parseInt(pattern.substring(start, at));
        if (number > MAX_COUNT) {
            throw new Refused(start, "a quantifier counts to " + MAX_COUNT + " at most");
        }
        return number;
    }

    private Part atom() throws Refused {
        int here = at;
        char c = pattern.charAt(at++);
        switch (c) {
            case '(' -> {
                if (at < pattern.length() && pattern.charAt(at) == '?') {
                    if (!pattern.startsWith("?:", at)) {
                        throw new Refused(here, "of the groups that begin with ?, only (?: is known");
                    }
                    at += 2;
                }
                var inner = alternatives();
                if (at >= pattern.length()) {
                    throw new Refused(here, "this parenthesis is never closed");
                }
                at++;
                return new Part(
                        "(?:" + inner.re2() + ")",
                        inner.chars(),
                        inner.first(),
                        inner.empty(),
                        inner.fixed(),
                        inner.open(),
                        inner.delimited(),
                        inner.ways(),
                        inner.size(),
                        false);
            }
            case '[' -> {
                return characterClass(here);
            }
            case '.' -> {
                return Part.one("[^\\n\\r\\x{2028}\\x{2029}]", all());
            }
            case '^', '$' -> {
                return Part.position(c == '^' ? "\\A" : "\\z");
            }
            case '\\' -> {
                return escape(here);
            }
            case '?', '*', '+' -> throw new Refused(here, "there is nothing to repeat");
            case '{', '}', ']' -> throw new Refused(here, "this bracket needs a backslash");
            default -> {
                return literal(c, here);
            }
        }
    }

    private Part escape(int here) throws Refused {
        if (at >= pattern.length()) {
            throw new Refused(here, "a pattern can't end with a backslash");
        }
        char c = pattern.charAt(at++);
        if ("dwsDWS".indexOf(c) >= 0) {
            return Part.one("\\" + c, named(c));
        }
        if (c == 'b') {
            return Part.position("\\b");
        }
        if ("tnrfv".indexOf(c) >= 0) {
            throw new Refused(here, "white space is read as a space: write a space or \\s");
        }
        if (PUNCTUATION.indexOf(c) < 0) {
            throw new Refused(here, "this escape is not one of those that mean the same everywhere");
        }
        return literal(c, here);
    }

    private static Part literal(char c, int here) throws Refused {
        if (c < ' ' || Character.isSurrogate(c) || (c >= '\ue000' && c <= '\uf8ff') || c == 0x7f) {
            throw new Refused(here, "this character can't be matched for; use a dot");
        }
        if (!Decoding.fold(String.valueOf(c)).equals(String.valueOf(c))) {
            throw new Refused(here, "text is looked at with this character in its plain form, so it would never match");
        }
        var chars = new BitSet();
        if (c < OTHER) {
            chars.set(c);
            chars.or(otherCase(chars));
            return Part.one("[" + spelt(chars) + "]", chars);
        }
        chars.set(OTHER);
        var re2 = new StringBuilder("[");
        for (char same : Cases.like(c).toCharArray()) {
            re2.append(String.format(Locale.ROOT, "\\x{%x}", (int) same));
        }
        return Part.one(re2.append(']').toString(), chars);
    }

    private Part characterClass(int open) throws Refused {
        boolean negated = at < pattern.length() && pattern.charAt(at) == '^';
        if (negated) {
            at++;
        }
        var chars = new BitSet();
        var names = new StringBuilder();
        boolean something = false;
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            something = true;
            int here = at;
            int low = member(chars, names);
            if (at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
                at++;
                int high = member(new BitSet(), new StringBuilder());
                if (low < 0 || high < 0) {
                    throw new Refused(here, "a range goes from one character to another");
                }
                if (high < low) {
                    throw new Refused(here, "this range runs backwards");
                }
                chars.set(low, high + 1);
            }
        }
        if (at >= pattern.length()) {
            throw new Refused(open, "this bracket is never closed");
        }
        if (!something) {
            throw new Refused(open, "a class can't be empty");
        }
        at++;
        chars.or(otherCase(chars));
        var re2 = "[" + (negated ? "^" : "") + spelt(chars) + names + "]";
        for (int i = 1; i < names.length(); i += 2) {
            chars.or(named(names.charAt(i)));
        }
        if (negated) {
            chars.flip(0, OTHER + 1);
        }
        if (chars.isEmpty()) {
            throw new Refused(open, "no character is in this class");
        }
        return Part.one(re2, chars);
    }

    /** One member of a class: a character, or -1 for a named set. */
    private int member(BitSet chars, StringBuilder names) throws Refused {
        int here = at;
        char c = pattern.charAt(at++);
        if (c == '\\') {
            if (at >= pattern.length()) {
                throw new Refused(here, "a pattern can't end with a backslash");
            }
            c = pattern.charAt(at++);
            if ("dwsDWS".indexOf(c) >= 0) {
                names.append('\\').append(c);
                return -1;
            }
            if ("tnrfv".indexOf(c) >= 0) {
                throw new Refused(here, "white space is read as a space: write a space or \\s");
            }
            if (PUNCTUATION.indexOf(c) < 0) {
                throw new Refused(here, "this escape is not one of those that mean the same everywhere");
            }
        } else if (c == '[') {
            throw new Refused(here, "a bracket in a class needs a backslash");
        }
        if (c < ' ' || c > '~') {
            throw new Refused(here, "a class holds ASCII characters only");
        }
        chars.set(c);
        return c;
    }

    private static BitSet named(char name) {
        var chars = new BitSet();
        switch (Character.toLowerCase(name)) {
            case 'd' -> chars.set('0', '9' + 1);
            case 'w' -> {
                chars.set('0', '9' + 1);
                chars.set('a', 'z' + 1);
                chars.set('A', 'Z' + 1);
                chars.set('_');
            }
            default -> chars.set(' ');
        }
        if (Character.isUpperCase(name)) {
            chars.flip(0, OTHER + 1);
        }
        return chars;
    }

    private static BitSet all() {
        var chars = new BitSet();
        chars.set(0, OTHER + 1);
        return chars;
    }

    private static BitSet copy(BitSet chars) {
        return (BitSet) chars.clone();
    }

    private static BitSet otherCase(BitSet chars) {
        var other = new BitSet();
        for (char c = 'a'; c <= 'z'; c++) {
            char upper = (char) (c - 32);
            if (chars.get(c) || chars.get(upper)) {
                other.set(c);
                other.set(upper);
            }
        }
        return other;
    }

    private static String spelt(BitSet chars) {
        var out = new StringBuilder();
        chars.stream().forEach(c -> out.append(String.format(Locale.ROOT, "\\x{%02x}", c)));
        return out.toString();
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Which characters JavaScript takes for one another without regard to case. */
    private static final class Cases {

        private static final Map<Character, StringBuilder> BY_CANON = new HashMap<>();

        static {
            for (char c = OTHER; c < '\ud800'; c++) {
                BY_CANON.computeIfAbsent(canon(c), ignored -> new StringBuilder())
                        .append(c);
            }
        }

        private Cases() {}

        static String like(char c) {
            var same = BY_CANON.get(canon(c));
            return same == null ? String.valueOf(c) : same.toString();
        }

        private static char canon(char c) {
            var upper = String.valueOf(c).toUpperCase(Locale.ROOT);
            return upper.length() != 1 || upper.charAt(0) < OTHER ? c : upper.charAt(0);
        }
    }
}
