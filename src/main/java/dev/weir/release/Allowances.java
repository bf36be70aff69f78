package dev.weir.release;

import dev.weir.access.Role;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.Change;
import dev.weir.privacy.PolicyDiff;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who allowed what: every change of an environment's policy that may loosen, with who published it, why, and who agreed. */
@ApplicationScoped
public class Allowances {

    /** Revisions that one look takes in; docs/limits.md. */
    static final int REVISIONS = 100;

    private final ReleaseRows releases;
    private final RequestRows requests;
    private final EmergencyRows emergencies;

    Allowances(ReleaseRows releases, RequestRows requests, EmergencyRows emergencies) {
        this.releases = releases;
        this.requests = requests;
        this.emergencies = emergencies;
    }

    /** What stands behind a revision beside who published it. */
    public record Assent(Optional<ChangeRequest> request, Optional<Emergency> emergency) {

        /** Who asked for it, where somebody had to. */
        public Optional<String> asked() {
            return request.map(found -> found.author().name());
        }

        /** Who agreed, before or, in an emergency, afterwards. */
        public Optional<String> agreed() {
            return request.flatMap(ChangeRequest::decidedBy)
                    .map(ChangeRequest.Person::name)
                    .or(() -> emergency
                            .flatMap(Emergency::review)
                            .map(review -> review.by().name() + ", afterwards"));
        }
    }

    /** One of them. */
    public record Allowance(Release release, Change change, Assent assent) {}

    /** Some of them, and below which revision the rest is; 0 where this is all. */
    public record Some(List<Allowance> allowances, long rest) {}

    /**
     * The newest first.
     *
     * @param text what the words, the place or the value of a change hold, in whatever case
     * @param before only of revisions below this number
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Some of(EnvironmentKey environment, String text, long before) {
        var sought = text.strip().toLowerCase(Locale.ROOT);
        var found = releases.before(environment, before, REVISIONS + 1);
        var allowances = new ArrayList<Allowance>();
        for (int i = 0; i + 1 < found.size(); i++) {
            var release = found.get(i);
            var assent = assent(release);
            PolicyDiff.between(Publishing.document(found.get(i + 1)), Publishing.document(release)).changes().stream()
                    .filter(Change::mayLoosen)
                    .filter(change -> holds(change, sought))
                    .forEach(change -> allowances.add(new Allowance(release, change, assent)));
        }
        // The revision below the last that was compared is the newest of the rest.
        long rest = found.size() > REVISIONS ? found.get(REVISIONS - 1).number() : 0;
        return new Some(List.copyOf(allowances), rest);
    }

    /** Who asked for a revision, and who agreed. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Assent assent(Release release) {
        var environment = release.environment();
        return new Assent(
                release.request().flatMap(number -> requests.find(environment, number)),
                emergencies.find(environment, release.number()));
    }

    private static boolean holds(Change change, String sought) {
        return sought.isEmpty()
                || (change.words() + ' ' + change.path() + ' ' + change.before() + ' ' + change.after())
                        .toLowerCase(Locale.ROOT)
                        .contains(sought);
    }
}
