package dev.weir.release;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.InForce;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Tells the floor below which policy is in force. */
@ApplicationScoped
class RevisionInForce implements InForce {

    private final ReleaseRows rows;
    private final Releases releases;

    RevisionInForce(ReleaseRows rows, Releases releases) {
        this.rows = rows;
        this.releases = releases;
    }

    @Override
    public Optional<Published> inForce(EnvironmentKey environment) {
        return rows.latest(environment).map(this::published);
    }

    @Override
    public Optional<Published> revision(EnvironmentKey environment, long number) {
        return rows.find(environment, number).map(this::published);
    }

    private Published published(Release release) {
        return new Published(release.number(), releases.document(release));
    }
}
