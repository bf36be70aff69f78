package dev.weir.privacy;

import dev.weir.policy.PolicyDocument;
import dev.weir.policy.RuleChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one policy says otherwise than another, rule by rule, and which of both has moved since they had a common base. Proposes nothing:
 * whoever looks chooses rule by rule.
 *
 * @param target what the chosen changes are applied to
 */
public record ThreeWay(PolicyDocument target, List<Line> lines) {

    private static final String PARAMETERS = "urls.parameters";

    public ThreeWay {
        lines = List.copyOf(lines);
    }

    /** Who changed it since the base. */
    public enum Moved {
        SOURCE,
        TARGET,
        /** Both, and otherwise: a conflict. */
        BOTH
    }

    /**
     * One difference.
     *
     * @param number its place in the list, from 0
     * @param change from what the target says to what the source says
     * @param sides what each of the three says
     */
    public record Line(int number, Change change, Moved moved, Sides sides) {

        public boolean conflict() {
            return moved == Moved.BOTH;
        }

        public boolean sourceMoved() {
            return moved == Moved.SOURCE;
        }
    }

    /** One rule three times, in words. */
    public record Sides(String base, String source, String target) {}

    private static final String NO_RULE = "No such rule.";

    private static Sides sides(Rules base, Rules source, Rules target, Change change) {
        boolean setting = change.from() < 0 && change.to() < 0;
        return new Sides(
                said(
                        base,
                        change.path(),
                        setting ? base.at(change.path()) : counterpart(base, source, target, change),
                        setting),
                said(source, change.path(), change.after(), setting),
                said(target, change.path(), change.before(), setting));
    }

    private static String said(Rules rules, String path, @Nullable Object value, boolean setting) {
        if (value == null) {
            return NO_RULE;
        }
        return setting ? RuleWords.setting(path, value) : RuleWords.rule(rules, path, value);
    }

    /** The rule of the base about the same thing. */
    private static @Nullable Object counterpart(Rules base, Rules source, Rules target, Change change) {
        var all = base.list(change.path());
        for (var value : Arrays.asList(change.before(), change.after())) {
            if (value != null && all.contains(value)) {
                return value;
            }
        }
        return leftByBoth(base, source, target, change)
                .or(() -> aboutTheSame(base, change).findFirst())
                .orElse(null);
    }

    private static Stream<Object> aboutTheSame(Rules base, Change change) {
        var about = subject(change.after() == null ? change.before() : change.after());
        return base.list(change.path()).stream()
                .filter(rule -> !about.isEmpty() && subject(rule).equals(about));
    }

    private static String subject(@Nullable Object rule) {
        return rule instanceof Map<?, ?> map ? RuleChange.about(map) : "";
    }

    public static ThreeWay between(PolicyDocument base, PolicyDocument source, PolicyDocument target) {
        var rules = Rules.of(base);
        var turned = !Rules.of(source).at(PARAMETERS + ".mode").equals(rules.at(PARAMETERS + ".mode"));
        var lines = new ArrayList<Line>();
        for (var change : PolicyDiff.between(target, source).changes()) {
            Moved moved;
            if (turned && change.path().equals(PARAMETERS + ".names")) {
                // From block-list to allow-list the names mean the opposite: they can't be compared with those of the
                // base.
                moved = Moved.BOTH;
            } else if (reordered(change)) {
                moved = whole(rules.list(change.path()), Rules.of(source), Rules.of(target), change.path());
            } else {
                moved = moved(rules, Rules.of(source), Rules.of(target), change);
            }
            lines.add(new Line(lines.size(), change, moved, sides(rules, Rules.of(source), Rules.of(target), change)));
        }
        return new ThreeWay(target, lines);
    }

    /** Whether a rule only stands elsewhere in its list. */
    private static boolean reordered(Change change) {
        return change.before() != null && change.before().equals(change.after());
    }

    private static Moved whole(List<Object> base, Rules source, Rules target, String path) {
        return moved(base.equals(target.list(path)), base.equals(source.list(path)));
    }

    private static Moved moved(Rules base, Rules source, Rules target, Change change) {
        if (change.from() < 0 && change.to() < 0) {
            var value = base.at(change.path());
            return moved(value.equals(change.before()), value.equals(change.after()));
        }
        boolean old = has(base, change.path(), change.before());
        boolean fresh = has(base, change.path(), change.after());
        if (change.kind() == Change.Kind.CHANGED) {
            return moved(old, fresh);
        }
        if (!old && !fresh && leftByBoth(base, source, target, change).isPresent()) {
            return Moved.BOTH;
        }
        return switch (change.kind()) {
            case ADDED -> fresh ? Moved.TARGET : Moved.SOURCE;
            default -> old ? Moved.SOURCE : Moved.TARGET;
        };
    }

    /** The rule of the base about the same thing that neither has any more: one of them changed it, and the other took it away. */
    private static Optional<Object> leftByBoth(Rules base, Rules source, Rules target, Change change) {
        return aboutTheSame(base, change)
                .filter(rule -> !has(source, change.path(), rule) && !has(target, change.path(), rule))
                .findFirst();
    }

    /** By which of both the base has. */
    private static Moved moved(boolean asTheTarget, boolean asTheSource) {
        if (asTheTarget) {
            return Moved.SOURCE;
        }
        return asTheSource ? Moved.TARGET : Moved.BOTH;
    }

    private static boolean has(Rules rules, String path, @Nullable Object item) {
        return rules.list(path).stream().anyMatch(other -> Objects.equals(other, item));
    }

    /** The target with the lines of these numbers applied. */
    public PolicyDocument.Parsed with(Set<Integer> chosen) {
        var changes = lines.stream()
                .filter(line -> chosen.contains(line.number()))
                .map(Line::change)
                .toList();
        return new PolicyDiff(changes).applyTo(Rules.of(target)).parsed();
    }
}
