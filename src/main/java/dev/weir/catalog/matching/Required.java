package dev.weir.catalog.matching;

import dev.weir.event.Selector;
import dev.weir.event.Selector.Need;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** What an event must have for a filter to hold for it: one of a set of tokens, of which the rarest such set is chosen. */
final class Required {

    private final ToLongFunction<Token> cost;

    Required(ToLongFunction<Token> cost) {
        this.cost = cost;
    }

    /** Each token on which the filter could be hung. */
    static void each(Filter filter, Consumer<Token> token) {
        if (filter instanceof Filter.All all) {
            all.parts().forEach(part -> each(part, token));
        } else if (filter instanceof Filter.Any any) {
            any.parts().forEach(part -> each(part, token));
        } else if (filter instanceof Filter.Condition condition) {
            token(condition).ifPresent(token);
        } else if (filter instanceof Filter.Selected selected) {
            selected.selector().needs().forEach(needs -> needs.forEach(need -> token.accept(token(need))));
        }
    }

    /** Empty where the filter may hold for an event that has nothing in particular. */
    Optional<Set<Token>> of(Filter filter) {
        if (filter instanceof Filter.All all) {
            return all.parts().stream()
                    .map(this::of)
                    .flatMap(Optional::stream)
                    .min(Comparator.comparingLong(this::cost));
        }
        if (filter instanceof Filter.Any any) {
            return union(any.parts().stream().map(this::of).toList());
        }
        if (filter instanceof Filter.Condition condition) {
            return token(condition).map(Set::of);
        }
        return filter instanceof Filter.Selected selected ? of(selected.selector()) : Optional.empty();
    }

    private Optional<Set<Token>> of(Selector selector) {
        return union(selector.needs().stream()
                .map(needs -> needs.stream()
                        .map(Required::token)
                        .min(Comparator.comparingLong(cost))
                        .map(Set::of))
                .toList());
    }

    private static Optional<Set<Token>> union(List<Optional<Set<Token>>> sets) {
        if (sets.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        var all = new HashSet<Token>();
        sets.forEach(set -> all.addAll(set.orElseThrow()));
        return Optional.of(all);
    }

    private long cost(Set<Token> set) {
        return set.stream().mapToLong(cost).sum();
    }

    private static Optional<Token> token(Filter.Condition condition) {
        if (condition.field() == Field.PROPERTY) {
            return Optional.of(
                    condition.operator() == Operator.EQUALS
                            ? Token.property(condition.name(), condition.value())
                            : new Token(Token.Space.PROPERTY_NAME, condition.name()));
        }
        return switch (condition.operator()) {
            case EQUALS -> Optional.of(new Token(Token.exact(condition.field()), condition.value()));
            case CONTAINS, STARTS_WITH -> Optional.of(new Token(Token.part(condition.field()), condition.value()));
            case GLOB ->
                Arrays.stream(condition.value().split("\\*", -1))
                        .max(Comparator.comparingInt(String::length))
                        .filter(longest -> !longest.isEmpty())
                        .map(longest -> new Token(Token.part(condition.field()), longest));
            default -> Optional.empty();
        };
    }

    private static Token token(Need need) {
        return new Token(
                switch (need.part()) {
                    case ID -> Token.Space.ID;
                    case CLASS -> Token.Space.CLASS;
                    case ATTRIBUTE -> Token.Space.ATTRIBUTE;
                    case TAG -> Token.Space.TAG;
                },
                need.value());
    }
}
