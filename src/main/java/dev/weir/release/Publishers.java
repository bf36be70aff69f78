package dev.weir.release;

import dev.weir.access.Names;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** Who published a revision, as pages name people. */
@Named("publishers")
@ApplicationScoped
public class Publishers {

    private final ReleaseRows rows;
    private final Names names;

    Publishers(ReleaseRows rows, Names names) {
        this.rows = rows;
        this.names = names;
    }

    public String of(Release release) {
        return names.of(rows.publisher(release.environment(), release.number()).orElse(""), release.publishedBy());
    }
}
