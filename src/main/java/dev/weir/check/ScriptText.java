package dev.weir.check;

import java.nio.CharBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JavaScript as far as one must understand it to say what runs at once and what only later: its functions, without comments, texts and
 * regular expressions. Reads it, never runs it, and never fails: what it can't make out counts as running at once.
 */
final class ScriptText {

    /** Functions of one page that are told from what stands around them. docs/limits.md. */
    static final int FUNCTIONS = 5_000;

    private static final int NEAR = 300;
    private static final int LONGEST_ARROW = 20_000;
    private static final int LONGEST_EXPRESSION = 2_000;
    private static final Set<String> BLOCKS = Set.of("if", "for", "while", "switch", "catch", "with");
    private static final String BEFORE_EXPRESSION = "(,=:[!&|?{};+-*%~^<>";
    // Possessive, and from the beginning of a word only: no text makes them look at the same places again and again.
    private static final Pattern ASSIGNED =
            Pattern.compile("(?<![\\w$])([\\w$]++)\\s*+[=:]\\s*+(?:async\\b\\s*+)?+(?:function\\b[\\s*]*+)?+$");
    private static final Pattern FUNCTION = Pattern.compile("\\bfunction\\b[\\s*]*+([\\w$]*+)\\s*+$");
    private static final Pattern METHOD = Pattern.compile("(?<![\\w$])([\\w$]++)\\s*+$");
    private static final Pattern AT_ONCE =
            Pattern.compile("\\s*+\\)?+\\s*+(?:\\?\\.)?+(?:\\.\\s*+(?:call|apply)\\s*+)?+\\(");

    /**
     * What stands between {@code start} and {@code end} runs when the function is called.
     *
     * @param name empty where it has none
     * @param declared where its name stands with its parameters behind it, which is no call; -1 where it does not
     * @param atOnce whether it is called where it stands
     */
    record Function(int start, int end, String name, int declared, boolean atOnce) {}

    private record Named(String name, int declared) {

        private static final Named NOBODY = new Named("", -1);
    }

    /** @param named null for a block that is no function */
    private record Open(int at, @Nullable Named named) {}

    private final String given;
    private final char[] code;
    private final List<Function> functions = new ArrayList<>();
    private int member = -1;
    private int memberEnd = -1;

    private ScriptText(String given) {
        this.given = given;
        this.code = given.toCharArray();
    }

    static ScriptText read(String given) {
        var text = new ScriptText(given);
        text.blank();
        text.find();
        return text;
    }

    /** As long as what was given, with blanks for comments, texts and regular expressions; {@code a["b"]} is {@code a .b}. */
    String code() {
        return String.valueOf(code);
    }

    List<Function> functions() {
        return List.copyOf(functions);
    }

    private void blank() {
        char last = '(';
        int i = 0;
        while (i < code.length) {
            char c = code[i];
            int end = i;
            if (given.startsWith("//", i) || given.startsWith("<!--", i)) {
                end = past("\n", i);
            } else if (given.startsWith("/*", i)) {
                end = past("*/", i + 2);
            } else if (c == '"' || c == '\'' || c == '`') {
                end = quoted(i, c);
                member(i, end);
                last = c;
            } else if (c == '/' && BEFORE_EXPRESSION.indexOf(last) >= 0) {
                end = expression(i);
                last = c;
            } else {
                last = Character.isWhitespace(c) ? last : c;
            }
            for (int j = i; j < end; j++) {
                boolean stays = code[j] == '\n' || (j >= member && j < memberEnd);
                code[j] = stays ? code[j] : ' ';
            }
            i = Math.max(end, i + 1);
        }
    }

    /** The name in {@code heap["stopTracking"]} stays, behind a dot. */
    private void member(int start, int end) {
        boolean inBrackets = start > 0 && code[start - 1] == '[' && end < code.length && code[end] == ']';
        if (inBrackets
                && end - start > 2
                && given.substring(start + 1, end - 1).chars().allMatch(c -> isWord((char) c))) {
            code[start - 1] = ' ';
            code[start] = '.';
            code[end] = ' ';
            member = start;
            memberEnd = end - 1;
        }
    }

    private int past(String mark, int from) {
        int at = given.indexOf(mark, from);
        return at < 0 ? code.length : at + mark.length();
    }

    private int quoted(int start, char quote) {
        int i = start + 1;
        while (i < code.length && code[i] != quote && (code[i] != '\n' || quote == '`')) {
            i += code[i] == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, code.length);
    }

    private int expression(int start) {
        boolean inClass = false;
        int i = start + 1;
        int most = Math.min(code.length, start + LONGEST_EXPRESSION);
        while (i < most && code[i] != '\n') {
            if (code[i] == '/' && !inClass) {
                return i + 1;
            }
            inClass = code[i] == '[' || (inClass && code[i] != ']');
            i += code[i] == '\\' ? 2 : 1;
        }
        return start + 1;
    }

    private void find() {
        Deque<Open> open = new ArrayDeque<>();
        for (int i = 0; i < code.length && functions.size() < FUNCTIONS; i++) {
            if (code[i] == '{') {
                open.push(new Open(i, named(i)));
            } else if (code[i] == '}' && !open.isEmpty()) {
                var opened = open.pop();
                add(opened.at(), i + 1, opened.named());
            } else if (code[i] == '=' && i + 1 < code.length && code[i + 1] == '>' && next(i + 2) != '{') {
                add(i, arrowEnd(i + 2), assigned(parameters(i)));
            }
        }
        // What is never closed is read to the end.
        open.forEach(left -> add(left.at(), code.length, left.named()));
    }

    private void add(int start, int end, @Nullable Named named) {
        if (named != null) {
            var behind = AT_ONCE.matcher(CharBuffer.wrap(code)).region(end, Math.min(code.length, end + NEAR));
            functions.add(new Function(start, end, named.name(), named.declared(), behind.lookingAt()));
        }
    }

    private char next(int from) {
        int i = behindBlanks(from, code.length);
        return i < code.length ? code[i] : ' ';
    }

    private int behindBlanks(int from, int most) {
        int i = from;
        while (i < most && Character.isWhitespace(code[i])) {
            i++;
        }
        return i;
    }

    /** The function whose body begins here; null where it is none. */
    private @Nullable Named named(int brace) {
        int i = back(brace - 1);
        if (i >= 1 && code[i] == '>' && code[i - 1] == '=') {
            return assigned(parameters(i - 1));
        }
        if (i < 0 || code[i] != ')') {
            return null;
        }
        int bracket = parenthesis(i);
        int from = Math.max(0, bracket - NEAR);
        var before = String.valueOf(code, from, bracket - from);
        var function = FUNCTION.matcher(before);
        if (function.find()) {
            return function.group(1).isEmpty()
                    ? assigned(bracket)
                    : new Named(function.group(1), from + function.start(1));
        }
        var method = METHOD.matcher(before);
        return method.find() && !BLOCKS.contains(method.group(1))
                ? new Named(method.group(1), from + method.start(1))
                : null;
    }

    private Named assigned(int before) {
        int from = Math.max(0, before - NEAR);
        var assigned = ASSIGNED.matcher(String.valueOf(code, from, before - from));
        return assigned.find() ? new Named(assigned.group(1), -1) : Named.NOBODY;
    }

    /** Where the parameters of an arrow begin. */
    private int parameters(int arrow) {
        int i = back(arrow - 1);
        if (i >= 0 && code[i] == ')') {
            return parenthesis(i);
        }
        while (i >= 0 && isWord(code[i])) {
            i--;
        }
        return i + 1;
    }

    private int parenthesis(int closing) {
        int depth = 0;
        int i = closing;
        while (i > Math.max(0, closing - NEAR)) {
            depth += code[i] == ')' ? 1 : code[i] == '(' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
            i--;
        }
        return i;
    }

    private int arrowEnd(int from) {
        int depth = 0;
        int most = Math.min(code.length, from + LONGEST_ARROW);
        for (int i = from; i < most; i++) {
            char c = code[i];
            if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            }
            boolean ends = c == ';' || c == ',';
            if (c == '\n' && i > from && depth == 0) {
                int behind = behindBlanks(i, most);
                ends = behind == most || code[behind] != '.';
                // A chain goes on: none of these blanks ends it.
                i = ends ? i : behind - 1;
            }
            if (depth < 0 || (depth == 0 && ends)) {
                return i;
            }
        }
        return most;
    }

    private int back(int from) {
        int i = from;
        while (i >= 0 && Character.isWhitespace(code[i])) {
            i--;
        }
        return i;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
