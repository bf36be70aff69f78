package dev.weir.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A set of words in small letters that can be asked for a part of a text, whatever its case, without cutting it out. */
final class WordList {

    private static final int SLOTS = 256;

    private final String[][] slots = new String[SLOTS][];

    private WordList(Collection<String> words) {
        for (int slot = 0; slot < SLOTS; slot++) {
            int here = slot;
            slots[slot] = words.stream()
                    .filter(word -> slot(word.charAt(0), word.charAt(word.length() - 1), word.length()) == here)
                    .distinct()
                    .toArray(String[]::new);
        }
    }

    static WordList of(Collection<String> words) {
        return new WordList(words);
    }

    private static int slot(int first, int last, int length) {
        return ((first & 31) * 37 + (last & 31) * 11 + length) & (SLOTS - 1);
    }

    /** {@code from} to {@code to} are letters of ASCII. */
    boolean has(String text, int from, int to) {
        for (var word : slots[slot(text.charAt(from), text.charAt(to - 1), to - from)]) {
            if (word.length() == to - from && same(word, text, from)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(String word, String text, int from) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) != (text.charAt(from + i) | 32)) {
                return false;
            }
        }
        return true;
    }

    /** All words of an expression that holds alternatives, groups, {@code ?} and escaped characters only. */
    static List<String> expand(String expression) {
        return new Expansion(expression).alternatives();
    }

    private static final class Expansion {

        private final String expression;
        private int at;

        Expansion(String expression) {
            this.expression = expression;
        }

        List<String> alternatives() {
            var words = new ArrayList<>(sequence());
            while (sees('|')) {
                at++;
                words.addAll(sequence());
            }
            return words;
        }

        private List<String> sequence() {
            List<String> words = List.of("");
            while (at < expression.length() && !sees('|') && !sees(')')) {
                var part = part();
                var longer = new ArrayList<String>();
                words.forEach(word -> part.forEach(end -> longer.add(word + end)));
                words = longer;
            }
            return words;
        }

        private List<String> part() {
            List<String> part;
            if (expression.startsWith("(?:", at)) {
                at += 3;
                part = new ArrayList<>(alternatives());
            } else {
                at += sees('\\') ? 1 : 0;
                part = new ArrayList<>(List.of(expression.substring(at, at + 1)));
            }
            at++;
            if (sees('?')) {
                at++;
                part.add("");
            }
            return part;
        }

        private boolean sees(char c) {
            return at < expression.length() && expression.charAt(at) == c;
        }
    }
}
