package dev.weir.release;

import dev.weir.access.Role;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.ByName;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Change;
import dev.weir.privacy.PolicyDiff;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who allowed what: every change of an environment's policy that may loosen, with who published it, why, and who agreed. */
@ApplicationScoped
public class Allowances {

    /** Revisions that one look takes in; docs/limits.md. */
    static final int REVISIONS = 100;

    /** Revisions that are looked through, as far as nothing is found, for something that is searched for; docs/limits.md. */
    static final int SEARCHED = 2000;

    /** What a parameter may be called, as people type it. */
    private static final Pattern NAME = Pattern.compile("[\\w.\\[\\]-]{1,64}");

    private final ReleaseRows releases;
    private final RequestRows requests;
    private final EmergencyRows emergencies;

    Allowances(ReleaseRows releases, RequestRows requests, EmergencyRows emergencies) {
        this.releases = releases;
        this.requests = requests;
        this.emergencies = emergencies;
    }

    /** What stands behind a revision beside who published it. Names are as they were written: two people may have the same. */
    public record Assent(Optional<ChangeRequest> request, Optional<Emergency> emergency) {

        /** Who asked for it, where somebody had to. */
        public Optional<String> asked() {
            return request.map(found -> found.author().name());
        }

        /** Who agreed to it before it was published. */
        public Optional<String> agreed() {
            return request.flatMap(ChangeRequest::decidedBy).map(ChangeRequest.Person::name);
        }

        /** What somebody else said of it afterwards, in an emergency. That need not be that they agree. */
        public Optional<Emergency.Review> reviewed() {
            return emergency.flatMap(Emergency::review);
        }
    }

    /** What of a change is left in the revision in force. */
    public enum Today {
        SO("still so today", "warn"),
        BACK("taken back since", "ok"),
        OTHERWISE("changed since", "info");

        private final String words;
        private final String tone;

        Today(String words, String tone) {
            this.words = words;
            this.tone = tone;
        }

        public String words() {
            return words;
        }

        public String tone() {
            return tone;
        }
    }

    /** One of them. */
    public record Allowance(Release release, Change change, Assent assent, Today today) {}

    /**
     * Some of them.
     *
     * @param rest below which revision those are that were not looked at; 0 where this is all
     * @param now what the revision in force does with what is searched for, in words; empty where its name alone decides nothing
     */
    public record Some(List<Allowance> allowances, long rest, String now) {}

    /** Two revisions, one after the other, and the one in force. */
    private record Step(PolicyDocument before, PolicyDocument after, PolicyDocument now) {

        /** Whether a change is about what is searched for: it says so, or what has this name is treated more permissively by it. */
        boolean about(Change change, String sought) {
            return (change.words() + ' ' + change.path() + ' ' + change.before() + ' ' + change.after())
                            .toLowerCase(Locale.ROOT)
                            .contains(sought)
                    || (frees(change.path(), sought) && named(change, sought));
        }

        private boolean frees(String path, String name) {
            return ByName.of(after, name).laxer(path, ByName.of(before, name));
        }

        /** A list that turned as a whole is about every name. */
        private static boolean named(Change change, String name) {
            boolean setting = change.from() < 0 && change.to() < 0;
            return setting
                    || Stream.of(Optional.ofNullable(change.before()), Optional.ofNullable(change.after()))
                            .flatMap(Optional::stream)
                            .anyMatch(rule -> ByName.decides(change.path(), rule, name));
        }

        Today today(Change change, String sought) {
            if (!sought.isEmpty() && frees(change.path(), sought)) {
                var is = ByName.of(now, sought);
                if (!ByName.of(after, sought).laxer(change.path(), is)) {
                    return Today.SO;
                }
                return is.laxer(change.path(), ByName.of(before, sought)) ? Today.OTHERWISE : Today.BACK;
            }
            var rule = change.rule();
            boolean moved = rule.said(before).equals(rule.said(after));
            Function<PolicyDocument, Object> said = moved ? rule::whole : rule::said;
            if (said.apply(now).equals(said.apply(after))) {
                return Today.SO;
            }
            return said.apply(now).equals(said.apply(before)) ? Today.BACK : Today.OTHERWISE;
        }
    }

    /**
     * The newest first.
     *
     * @param text what the words, the place or the value of a change hold, in whatever case; or a name that it frees
     * @param before only of revisions below this number
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Some of(EnvironmentKey environment, String text, long before) {
        var sought = text.strip().toLowerCase(Locale.ROOT);
        var inForce = releases.latest(environment).map(Publishing::document);
        if (inForce.isEmpty()) {
            return new Some(List.of(), 0, "");
        }
        var now = inForce.get();
        var allowances = new ArrayList<Allowance>();
        long rest = before;
        int looked = 0;
        do {
            var found = releases.before(environment, rest, REVISIONS + 1);
            allowances.addAll(look(found, now, sought));
            // The revision below the last that was compared is the newest of the rest.
            rest = found.size() > REVISIONS ? found.get(REVISIONS - 1).number() : 0;
            looked += REVISIONS;
        } while (rest > 0 && allowances.isEmpty() && !sought.isEmpty() && looked < SEARCHED);
        return new Some(List.copyOf(allowances), rest, today(now, sought));
    }

    /** Each with the one before it, but for the last. */
    private List<Allowance> look(List<Release> newestFirst, PolicyDocument now, String sought) {
        var allowances = new ArrayList<Allowance>();
        for (int i = 0; i + 1 < newestFirst.size(); i++) {
            var release = newestFirst.get(i);
            var step = new Step(before(release, newestFirst.get(i + 1)), Publishing.document(release), now);
            var about = PolicyDiff.between(step.before(), step.after()).changes().stream()
                    .filter(Change::mayLoosen)
                    .filter(change -> sought.isEmpty() || step.about(change, sought))
                    .toList();
            if (!about.isEmpty()) {
                var assent = assent(release);
                about.forEach(
                        change -> allowances.add(new Allowance(release, change, assent, step.today(change, sought))));
            }
        }
        return allowances;
    }

    /** What somebody allowed to stay would else have been taken back. */
    private PolicyDocument before(Release release, Release earlier) {
        return Publishing.document(earlier.term()
                .filter(term -> release.hash().equals(earlier.hash()))
                .flatMap(term -> releases.find(release.environment(), term.revertsTo()))
                .orElse(earlier));
    }

    private static String today(PolicyDocument now, String sought) {
        if (!NAME.matcher(sought).matches()) {
            return "";
        }
        return ByName.of(now, sought).takesParameter() ? "is removed from every address" : "is kept in addresses";
    }

    /** Who asked for a revision, and who agreed. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Assent assent(Release release) {
        var environment = release.environment();
        return new Assent(
                release.request().flatMap(number -> requests.find(environment, number)),
                emergencies.find(environment, release.number()));
    }
}
