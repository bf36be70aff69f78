package dev.weir.review;

import java.util.function.Function;

/** What became of something that somebody wanted. Only {@link Done} changed anything. */
public sealed interface Decided<T> {

    <R> R match(Function<T, R> done, Function<Why, R> refused);

    record Done<T>(T thing) implements Decided<T> {
        @Override
        public <R> R match(Function<T, R> done, Function<Why, R> refused) {
            return done.apply(thing);
        }
    }

    record Refused<T>(Why why) implements Decided<T> {
        @Override
        public <R> R match(Function<T, R> done, Function<Why, R> refused) {
            return refused.apply(why);
        }
    }
}
