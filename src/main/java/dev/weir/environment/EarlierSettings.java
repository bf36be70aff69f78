package dev.weir.environment;

import dev.weir.access.Role;
import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.kernel.Loopback;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Gives an environment or an App ID settings back that it had before: each by the edit that anybody would make by hand, and by its rules,
 * all of them or none. Never a server key, and never life to what has retired.
 */
@ApplicationScoped
@Transactional
public class EarlierSettings {

    private final Environments environments;
    private final AppIds apps;
    private final UncriticalWishes wishes;
    private final Clock clock;

    EarlierSettings(Environments environments, AppIds apps, UncriticalWishes wishes, Clock clock) {
        this.environments = environments;
        this.apps = apps;
        this.wishes = wishes;
        this.clock = clock;
    }

    /** What became of it. Each but the first one changed nothing. */
    public enum Answer {
        DONE(0, ""),
        UNKNOWN(404, "It is not there any more."),
        OUTDATED(409, "Somebody else changed it while you were reading. It is shown as it is now."),
        OWN_WISH(
                403,
                "You asked for this yourself, and by it the environment would be critical no longer: another Admin has to agree."),
        NO_SECOND_PERSON(403, UncriticalWishes.Answer.NO_SECOND_PERSON.words()),
        ASKER_WITHOUT_ROLE(409, UncriticalWishes.Answer.ASKER_WITHOUT_ROLE.words()),
        LOCAL(
                422,
                "What runs on somebody's own machine is never production, and one of the origins of then is such. Add the others by hand."),
        ORIGIN_REFUSED(422, "One of the origins of then would not be accepted now. Add the others by hand."),
        RETIRED(409, "This App ID has retired. It does not come back: create another one.");

        private final int status;
        private final String words;

        Answer(int status, String words) {
            this.status = status;
            this.words = words;
        }

        public int status() {
            return status;
        }

        public String words() {
            return words;
        }
    }

    /**
     * @param critical whether it is to be critical
     * @param version that was looked at
     * @param asked by whom, and why: that it be critical no longer takes somebody else to agree, whoever asks now
     */
    @RolesAllowed(Role.ADMIN)
    public Answer restore(EnvironmentKey key, String name, boolean critical, long version, UncriticalWish asked) {
        var found = environments.find(key);
        if (found.isEmpty()) {
            return Answer.UNKNOWN;
        }
        boolean loosens = found.get().critical() && !critical;
        if (loosens) {
            var agreed = wishes.agree(key, version, asked);
            if (agreed != UncriticalWishes.Answer.DONE) {
                return answer(agreed);
            }
        }
        if (loosens && found.get().name().equals(name)) {
            return Answer.DONE;
        }
        // That somebody agreed has made it the next version.
        var named = environments.change(key, name, critical, loosens ? version + 1 : version);
        if (named != Outcome.DONE && loosens) {
            throw new IllegalStateException("an edit that nothing objected to was refused");
        }
        return named == Outcome.DONE ? Answer.DONE : Answer.OUTDATED;
    }

    private static Answer answer(UncriticalWishes.Answer refused) {
        return switch (refused) {
            case OWN_WISH -> Answer.OWN_WISH;
            case NO_SECOND_PERSON -> Answer.NO_SECOND_PERSON;
            case ASKER_WITHOUT_ROLE -> Answer.ASKER_WITHOUT_ROLE;
            default -> Answer.OUTDATED;
        };
    }

    /** Why it could not have these origins, whoever asks; {@link Answer#DONE} for nothing. */
    public Answer objection(AppId id, Collection<String> origins) {
        return environments
                .find(id)
                .map(app -> objection(
                        app,
                        origins.stream()
                                .filter(origin -> !app.origins().contains(origin))
                                .toList()))
                .orElse(Answer.UNKNOWN);
    }

    /** @param origins all that it is to have */
    @RolesAllowed(Role.ADMIN)
    public Answer restore(AppId id, String label, Collection<String> origins, long version) {
        var found = environments.find(id);
        if (found.isEmpty()) {
            return Answer.UNKNOWN;
        }
        var app = found.get();
        var more = origins.stream()
                .filter(origin -> !app.origins().contains(origin))
                .toList();
        var less = app.origins().stream()
                .filter(origin -> !origins.contains(origin))
                .toList();
        var objection = objection(app, more);
        if (objection != Answer.DONE) {
            return objection;
        }
        var edits = new ArrayList<LongFunction<Outcome>>();
        if (!app.label().equals(label)) {
            edits.add(now -> apps.label(id, label, now));
        }
        less.forEach(origin -> edits.add(now -> apps.removeOrigin(id, origin, now)));
        more.forEach(origin -> edits.add(now -> apps.addOrigin(id, origin, now)));
        return done(edits, version);
    }

    /** The first edit takes the App ID, or is refused before anything was changed. From then on nobody else changes it. */
    private static Answer done(List<LongFunction<Outcome>> edits, long version) {
        long now = version;
        for (var edit : edits) {
            if (edit.apply(now) != Outcome.DONE) {
                if (now == version) {
                    return Answer.OUTDATED;
                }
                throw new IllegalStateException("an edit that nothing objected to was refused");
            }
            now++;
        }
        return Answer.DONE;
    }

    private Answer objection(App app, List<String> more) {
        if (app.retired(clock.instant())) {
            return Answer.RETIRED;
        }
        if (more.stream().anyMatch(origin -> Origin.parse(origin).objection() != null)) {
            return Answer.ORIGIN_REFUSED;
        }
        boolean production = environments
                .find(app.environment())
                .filter(environment -> environment.kind() == Kind.PRODUCTION)
                .isPresent();
        return production && more.stream().anyMatch(Loopback::is) ? Answer.LOCAL : Answer.DONE;
    }
}
