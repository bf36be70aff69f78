package dev.weir.access;

import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.kernel.Actor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts refusals that are alike, a limited number of different ones; all others together. Holds nothing of what was typed and no token.
 * Safe for many threads.
 */
final class RefusalCount {

    /** Different refusals that are told apart between two tellings. */
    static final int MOST = 20;

    private static final Actor NOBODY = new Actor("nobody", "Nobody signed in", Actor.Means.SIGN_IN);

    private Map<Refused, Long> counts = new LinkedHashMap<>();
    private long others;

    /**
     * A refusal; equal ones are counted together.
     *
     * @param about whose personal value the address is, as a subject
     */
    record Refused(String action, Thing thing, String about, String why, String address) {

        static Refused waits(Optional<Account> known, String address) {
            return attempt("sign-in-delayed", known, "too many attempts", address);
        }

        /** Who it was for is told; what was typed is not. */
        static Refused password(Optional<Account> known, String address) {
            return attempt("sign-in-refused", known, "wrong name or password, or disabled", address);
        }

        private static Refused attempt(String action, Optional<Account> known, String why, String address) {
            return new Refused(
                    action,
                    known.map(Account::thing).orElseGet(() -> Thing.of("account", "unknown")),
                    known.map(Account::subject).orElse("nobody"),
                    why,
                    address);
        }

        static Refused token(PersonalTokens.WhyNot whyNot, String address) {
            return new Refused("refused", Thing.of("token", whyNot.token()), whyNot.about(), whyNot.why(), address);
        }

        static Refused providersToken(String address) {
            return new Refused(
                    "refused",
                    Thing.of("token", "provider"),
                    "nobody",
                    "the provider's token was not believed",
                    address);
        }

        static Refused signIn(String address) {
            return new Refused(
                    "refused",
                    Thing.of("sign-in", "provider"),
                    "nobody",
                    "the provider did not sign anybody in",
                    address);
        }
    }

    /** What was counted between two tellings. */
    record Taken(Map<Refused, Long> counts, long others) {

        boolean isEmpty() {
            return counts.isEmpty();
        }

        List<Entry> entries() {
            var entries = new ArrayList<Entry>();
            counts.forEach((refused, times) -> entries.add(Entry.of(NOBODY, refused.action(), refused.thing())
                    .personal("address", refused.about(), null, refused.address())
                    .change("why", null, refused.why())
                    .change("times", null, times)));
            if (others > 0) {
                entries.add(Entry.of(NOBODY, "refused", Thing.of("sign-in", "others"))
                        .change("times", null, others));
            }
            return entries;
        }
    }

    synchronized void add(Refused refused) {
        add(refused, 1);
    }

    private void add(Refused refused, long times) {
        if (counts.size() < MOST || counts.containsKey(refused)) {
            counts.merge(refused, times, Long::sum);
        } else {
            others += times;
        }
    }

    synchronized Taken take() {
        var taken = new Taken(counts, others);
        counts = new LinkedHashMap<>();
        others = 0;
        return taken;
    }

    synchronized void putBack(Taken taken) {
        taken.counts().forEach(this::add);
        others += taken.others();
    }
}
