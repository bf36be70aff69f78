package dev.weir.changelog.proof;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something else than the log that is signed with the log's key, so that it can be shown to whoever holds the public half. Its first line
 * says what it is: no statement can be taken for a checkpoint.
 *
 * @param kind a word with hyphens
 * @param content one line
 */
public record Statement(String kind, String content) {

    /** What each begins with. */
    static final String BEGIN = "weir-statement/1 ";

    private static final Pattern TEXT = Pattern.compile(BEGIN + "([a-z][a-z-]{0,31})\n([^\n]+)\n");

    public Statement {
        if (!TEXT.matcher(text(kind, content)).matches()) {
            throw new IllegalArgumentException("a statement has a kind of at most 32 letters and one line");
        }
    }

    String text() {
        return text(kind, content);
    }

    private static String text(String kind, String content) {
        return BEGIN + kind + "\n" + content + "\n";
    }

    /** The statement of a signed note; empty where the note is damaged, or this key didn't sign it. */
    public static Optional<Statement> of(String note, LogKey key) {
        return Note.text(note, key)
                .map(TEXT::matcher)
                .filter(lines -> lines.matches())
                .map(lines -> new Statement(lines.group(1), lines.group(2)));
    }
}
