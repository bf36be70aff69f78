package dev.weir.catalog.standards;

import dev.weir.policy.WholePattern;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** How a name is to be written: one of the forms that everybody knows, or a pattern of one's own. */
public final class NameForm {

    static final String OWN = "pattern";

    /** Words that stand small in a title, unless it begins or ends with them. */
    private static final Set<String> SMALL = Set.of(
            "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "off", "on", "or", "out", "over",
            "per", "the", "to", "up", "via", "with");

    /** Begins with a capital, a digit or a letter of a script that knows no case. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}&&[^\\p{Ll}]][\\p{L}\\p{M}\\p{N}'’.&/+-]*|&");

    public static final NameForm TITLE = new NameForm("title-case", "", "Signup Button Clicked", NameForm::title);
    public static final NameForm SNAKE = known("snake-case", "signup_button_clicked", "[a-z][a-z0-9]*(?:_[a-z0-9]+)*");
    public static final NameForm KEBAB = known("kebab-case", "signup-button-clicked", "[a-z][a-z0-9]*(?:-[a-z0-9]+)*");
    public static final NameForm CAMEL = known("camel-case", "signupButtonClicked", "[a-z][a-zA-Z0-9]*");

    public static final List<NameForm> KNOWN = List.of(TITLE, SNAKE, KEBAB, CAMEL);

    private final String id;
    private final String pattern;
    private final String example;
    private final Predicate<String> test;

    private NameForm(String id, String pattern, String example, Predicate<String> test) {
        this.id = id;
        this.pattern = pattern;
        this.example = example;
        this.test = test;
    }

    private static NameForm known(String id, String example, String expression) {
        var compiled = Pattern.compile(expression);
        return new NameForm(id, "", example, name -> compiled.matcher(name).matches());
    }

    /** A form, or why there is none; never quotes what was typed. */
    public record Read(Optional<NameForm> form, String error) {}

    /** @param pattern counts where the form is one's own */
    public static Read read(String id, String pattern) {
        if (!id.equals(OWN)) {
            var found = KNOWN.stream().filter(form -> form.id.equals(id)).findFirst();
            return new Read(found, found.isPresent() ? "" : "The form is one of those in the list.");
        }
        var fault = WholePattern.fault(pattern);
        return fault.isPresent()
                ? new Read(Optional.empty(), fault.get())
                : new Read(Optional.of(new NameForm(OWN, pattern, "", WholePattern.of(pattern)::fits)), "");
    }

    public String id() {
        return id;
    }

    /** Empty where it is a known form. */
    public String pattern() {
        return pattern;
    }

    public String words() {
        return pattern.isEmpty() ? id + ", as in " + example : "the pattern " + pattern;
    }

    boolean fits(String name) {
        return test.test(name);
    }

    /** Two words or more, such as what and what happened to it. */
    private static boolean title(String name) {
        var words = List.of(name.split(" ", -1));
        int last = words.size() - 1;
        return last > 0
                && IntStream.rangeClosed(0, last)
                        .allMatch(i -> WORD.matcher(words.get(i)).matches()
                                || (i > 0 && i < last && SMALL.contains(words.get(i))));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NameForm form && form.id.equals(id) && form.pattern.equals(pattern);
    }

    @Override
    public int hashCode() {
        return id.hashCode() * 31 + pattern.hashCode();
    }
}
