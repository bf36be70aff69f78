package dev.weir.roles;

import dev.weir.roles.RoleMatrix.Way;
import io.restassured.response.Response;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One case of the role table: sets the stage for somebody, then says what they do, and how it shows that it happened. */
@FunctionalInterface
interface Scene {

    Deed by(Player who, Way way);

    /**
     * @param happened whether it did, once it was answered
     * @param hides whether who may not have it is answered without it, instead of 403
     */
    record Deed(Supplier<Response> act, Predicate<Response> happened, boolean hides) {

        /** Something that changes what is kept. */
        static Deed changing(Supplier<?> kept, Supplier<Response> act) {
            var before = kept.get();
            return new Deed(act, answer -> !kept.get().equals(before), false);
        }

        /** Something that shows what nobody else's answer holds. */
        static Deed showing(String marker, Supplier<Response> act) {
            return new Deed(act, answer -> answer.asString().contains(marker), false);
        }

        /** The same, where others are answered, but not that. */
        static Deed showingSome(String marker, Supplier<Response> act) {
            return new Deed(act, answer -> answer.asString().contains(marker), true);
        }
    }
}
