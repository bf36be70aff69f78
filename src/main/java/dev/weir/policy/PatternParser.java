package dev.weir.policy;

import dev.weir.policy.PatternSubset.Refused;
import java.util.BitSet;

/** Reads a pattern of the subset, part by part, and refuses at the first place that is none. */
final class PatternParser {

    private static final int MAX_DEPTH = 20;

    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private static final String NAMED = "dwsDWS";

    private final PatternCursor cursor;
    private final boolean exact;
    private int depth;

    PatternParser(String pattern) {
        this(pattern, false);
    }

    /** @param exact whether a letter is itself alone, and not its other case as well */
    PatternParser(String pattern, boolean exact) {
        this.cursor = new PatternCursor(pattern);
        this.exact = exact;
    }

    PatternPart whole() throws Refused {
        var part = alternatives();
        if (cursor.more()) {
            throw new Refused(cursor.at(), "this parenthesis was never opened");
        }
        return part;
    }

    private PatternPart alternatives() throws Refused {
        int start = cursor.at();
        if (++depth > MAX_DEPTH) {
            throw new Refused(start, "groups are nested too deeply");
        }
        var part = sequence();
        if (cursor.sees("|")) {
            while (cursor.take("|")) {
                part = part.or(sequence());
            }
            part = part.grouped().limited(start);
        }
        depth--;
        return part;
    }

    private PatternPart sequence() throws Refused {
        int start = cursor.at();
        var sequence = new PatternSequence();
        while (cursor.more() && !cursor.seesOneOf("|)")) {
            int here = cursor.at();
            sequence.add(repeated(), here);
        }
        return sequence.whole(start);
    }

    private PatternPart repeated() throws Refused {
        var part = atom();
        int here = cursor.at();
        if (!cursor.seesOneOf("?*+{")) {
            return part;
        }
        int min;
        int max;
        switch (cursor.next()) {
            case '?' -> {
                min = 0;
                max = 1;
            }
            case '*' -> {
                min = 0;
                max = -1;
            }
            case '+' -> {
                min = 1;
                max = -1;
            }
            default -> {
                min = number(here);
                max = min;
                if (cursor.take(",")) {
                    max = cursor.sees("}") ? -1 : number(here);
                }
                if (!cursor.take("}")) {
                    throw new Refused(here, "a brace that is no quantifier needs a backslash");
                }
                if (max == 0 || (max > 0 && max < min)) {
                    throw new Refused(here, "this quantifier can't be met");
                }
            }
        }
        if (part.assertion()) {
            throw new Refused(here, "a position can't be repeated");
        }
        if (part.empty()) {
            throw new Refused(here, "what is repeated here may be nothing");
        }
        cursor.take("?");
        if (cursor.seesOneOf("?*+{")) {
            throw new Refused(cursor.at(), "a quantifier can't follow a quantifier");
        }
        return part.repeated(cursor.since(here), min, max, here);
    }

    private int number(int brace) throws Refused {
        int start = cursor.at();
        while (cursor.seesOneOf("0123456789") && cursor.at() - start < 4) {
            cursor.next();
        }
        if (cursor.at() == start) {
            throw new Refused(brace, "a brace that is no quantifier needs a backslash");
        }
        int number = Integer.parseInt(cursor.since(start));
        if (number > PatternSubset.MAX_COUNT) {
            throw new Refused(start, "a quantifier counts to " + PatternSubset.MAX_COUNT + " at most");
        }
        return number;
    }

    private PatternPart atom() throws Refused {
        int here = cursor.at();
        char c = cursor.next();
        return switch (c) {
            case '(' -> group(here);
            case '[' -> characterClass(here);
            case '.' -> PatternPart.one("[^\\n\\r\\x{2028}\\x{2029}]", CharacterSets.all());
            case '^' -> PatternPart.position("\\A");
            case '$' -> PatternPart.position("\\z");
            case '\\' -> escape(here);
            case '?', '*', '+' -> throw new Refused(here, "there is nothing to repeat");
            case '{', '}', ']' -> throw new Refused(here, "this bracket needs a backslash");
            default -> literal(c, here);
        };
    }

    private PatternPart group(int here) throws Refused {
        if (cursor.sees("?") && !cursor.take("?:")) {
            throw new Refused(here, "of the groups that begin with ?, only (?: is known");
        }
        var inner = alternatives();
        if (!cursor.take(")")) {
            throw new Refused(here, "this parenthesis is never closed");
        }
        return inner.grouped();
    }

    private PatternPart escape(int here) throws Refused {
        char c = cursor.escaped(here);
        if (NAMED.indexOf(c) >= 0) {
            return PatternPart.one("\\" + c, CharacterSets.named(c));
        }
        if (c == 'b') {
            return PatternPart.position("\\b");
        }
        plain(c, here);
        return literal(c, here);
    }

    /** Whether an escaped character stands for itself everywhere. */
    private static void plain(char c, int here) throws Refused {
        if ("tnrfv".indexOf(c) >= 0) {
            throw new Refused(here, "white space is read as a space: write a space or \\s");
        }
        if (PUNCTUATION.indexOf(c) < 0) {
            throw new Refused(here, "this escape is not one of those that mean the same everywhere");
        }
    }

    private PatternPart literal(char c, int here) throws Refused {
        if (c < ' ' || Character.isSurrogate(c) || (c >= '\ue000' && c <= '\uf8ff') || c == 0x7f) {
            throw new Refused(here, "this character can't be matched for; use a dot");
        }
        if (!Folding.fold(String.valueOf(c)).equals(String.valueOf(c))) {
            throw new Refused(here, "text is looked at with this character in its plain form, so it would never match");
        }
        var chars = cases(CharacterSets.of(c));
        var other = exact ? CharacterSets.alone(c) : CharacterSets.spelt(c);
        var spelt = c < CharacterSets.OTHER ? CharacterSets.spelt(chars) : other;
        return PatternPart.known("[" + spelt + "]", chars);
    }

    private PatternPart characterClass(int open) throws Refused {
        boolean negated = cursor.take("^");
        var members = new BitSet();
        var names = new StringBuilder();
        int start = cursor.at();
        while (cursor.more() && !cursor.sees("]")) {
            member(members, names);
        }
        int end = cursor.at();
        if (!cursor.take("]")) {
            throw new Refused(open, "this bracket is never closed");
        }
        if (end == start) {
            throw new Refused(open, "a class can't be empty");
        }
        var chars = cases(members);
        var re2 = "[" + (negated ? "^" : "") + CharacterSets.spelt(chars) + names + "]";
        for (int i = 1; i < names.length(); i += 2) {
            chars = CharacterSets.union(chars, CharacterSets.named(names.charAt(i)));
        }
        if (negated) {
            chars = CharacterSets.others(chars);
        }
        if (chars.isEmpty()) {
            throw new Refused(open, "no character is in this class");
        }
        return names.isEmpty() ? PatternPart.known(re2, chars) : PatternPart.one(re2, chars);
    }

    private BitSet cases(BitSet chars) {
        return exact ? chars : CharacterSets.bothCases(chars);
    }

    /** One member of a class: a character, a range, or a named set. */
    private void member(BitSet chars, StringBuilder names) throws Refused {
        int here = cursor.at();
        int low = character(names);
        if (low >= 0) {
            chars.set(low);
        }
        if (!cursor.seesRange()) {
            return;
        }
        cursor.next();
        int high = character(new StringBuilder());
        if (low < 0 || high < 0) {
            throw new Refused(here, "a range goes from one character to another");
        }
        if (high < low) {
            throw new Refused(here, "this range runs backwards");
        }
        chars.set(low, high + 1);
    }

    /** A character of a class, or -1 for a named set. */
    private int character(StringBuilder names) throws Refused {
        int here = cursor.at();
        char c = cursor.next();
        if (c == '\\') {
            c = cursor.escaped(here);
            if (NAMED.indexOf(c) >= 0) {
                names.append('\\').append(c);
                return -1;
            }
            plain(c, here);
        } else if (c == '[') {
            throw new Refused(here, "a bracket in a class needs a backslash");
        }
        if (c < ' ' || c > '~') {
            throw new Refused(here, "a class holds ASCII characters only");
        }
        return c;
    }
}
