package dev.weir.artifact;

import dev.weir.catalog.Definition;
import dev.weir.changelog.ChangeLog.Checkpoint;
import dev.weir.environment.App;
import dev.weir.environment.Environment;
import dev.weir.install.Snippets;
import dev.weir.policy.PolicyDocument;
import dev.weir.release.ChangeRequest;
import dev.weir.release.Emergency;
import dev.weir.release.Release;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a pack is made of, as it was read at one moment.
 *
 * @param server the origin under which pages and servers reach Weir
 * @param code the environment as one YAML document
 * @param revisions the newest first, that in force among them
 * @param told what the change log says of the revision in force
 */
record Content(
        Environment place,
        App app,
        Published inForce,
        PolicyDocument document,
        String server,
        String code,
        List<Snippets.Code> browser,
        List<Snippets.Code> servers,
        String contentSecurityPolicy,
        List<Definition> definitions,
        List<Published> revisions,
        Optional<Told> told) {

    /** A revision, and how it came to be published. */
    record Published(Release release, Optional<ChangeRequest> request, Optional<Emergency> emergency) {

        /** Whoever agreed to it before it was published. */
        Optional<String> agreed() {
            return request.flatMap(ChangeRequest::decidedBy).map(ChangeRequest.Person::name);
        }

        /** What somebody else said of it afterwards, in an emergency. That need not be that they agree. */
        Optional<Emergency.Review> reviewed() {
            return emergency.flatMap(Emergency::review);
        }

        Optional<String> asked() {
            return request.map(found -> found.author().name());
        }
    }

    /**
     * The row of a publication.
     *
     * @param checkpoint the first one that covers the row; none before it is signed
     */
    record Told(long row, String hash, Instant at, Optional<Checkpoint> checkpoint, String key) {}
}
