package dev.weir.release;

import dev.weir.access.Role;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.PolicyDiff;
import dev.weir.privacy.Section;
import dev.weir.release.Snapshots.Wish;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Asks for one part of an earlier revision to come back, the rest staying as it is now. Publishes nothing, and touches nobody's draft. */
@ApplicationScoped
@Transactional
public class Parts {

    private final Releases releases;
    private final ChangeRequests requests;
    private final Drafts drafts;

    Parts(Releases releases, ChangeRequests requests, Drafts drafts) {
        this.releases = releases;
        this.requests = requests;
        this.drafts = drafts;
    }

    /**
     * @param seen number of the revision that was in force when this was decided
     * @param days after how many the change reverts by itself; 0 for never
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Requested restore(
            EnvironmentKey environment, long number, Section part, long seen, String reason, int days) {
        drafts.hold(environment);
        var now = releases.inForce(environment).filter(release -> release.number() == seen);
        var then = releases.find(environment, number);
        if (then.isEmpty()) {
            return new Requested.Refused(Why.NO_REVISION);
        }
        if (now.isEmpty()) {
            return new Requested.Refused(Why.OTHER_REVISION_IN_FORCE);
        }
        var before = releases.document(now.get());
        return PolicyDiff.between(before, releases.document(then.get()))
                .only(part)
                .applied(before)
                .match(
                        document -> requests.propose(environment, seen, Wish.part(document, number, reason, days)),
                        errors -> new Requested.Refused(Why.CHOICE_INVALID));
    }
}
