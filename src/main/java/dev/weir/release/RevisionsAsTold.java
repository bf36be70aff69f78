package dev.weir.release;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the revisions of an environment, and its emergencies, with the rows that tell of them. Changes nothing. */
@ApplicationScoped
class RevisionsAsTold {

    private static final int AT_ONCE = 200;

    private final ChangeLog log;
    private final ReleaseRows releases;
    private final EmergencyRows emergencies;

    RevisionsAsTold(ChangeLog log, ReleaseRows releases, EmergencyRows emergencies) {
        this.log = log;
        this.releases = releases;
        this.emergencies = emergencies;
    }

    /** The one that was told of first. What is published while this looks may be left out. */
    Optional<Difference> first(EnvironmentKey environment) {
        // Read before the rows: so each of these has its row by the time that the rows are read.
        long newest = releases.latest(environment).map(Release::number).orElse(0L);
        var pass = new Pass(environment, newest, emergencies.reviewed(environment));
        var filter = new Filter("", "policy", environment.value(), "", Optional.empty(), Optional.empty());
        long before = Long.MAX_VALUE;
        List<Row> some;
        do {
            some = log.find(filter, before, AT_ONCE);
            some.forEach(pass::take);
            before = some.isEmpty() ? 0 : some.get(some.size() - 1).sequence();
        } while (some.size() == AT_ONCE);
        return pass.end();
    }

    /** The rows of one environment, the newest first. */
    private final class Pass {

        private final EnvironmentKey environment;
        private final long newest;
        private final Set<Long> reviewed;
        private long expected;
        private @Nullable Difference found;

        Pass(EnvironmentKey environment, long newest, Set<Long> reviewed) {
            this.environment = environment;
            this.newest = newest;
            this.reviewed = new TreeSet<>(reviewed);
            this.expected = newest;
        }

        void take(Row row) {
            if (!(row.after().get("revision") instanceof Long number)) {
                return;
            }
            if (row.action().equals("emergency-reviewed")) {
                reviewed.remove(number);
                differs(Difference.EMERGENCY, number, row, review(number, row));
            } else if (row.after().get("hash") != null && number <= newest) {
                if (number < expected) {
                    found = Difference.untold(environment, Difference.REVISION, expected);
                }
                expected = number - 1;
                differs(Difference.REVISION, number, row, revision(number, row));
                differs(Difference.EMERGENCY, number, row, emergency(number, row));
            }
        }

        Optional<Difference> end() {
            if (found == null && expected > 0) {
                found = Difference.untold(environment, Difference.REVISION, expected);
            }
            if (found == null && !reviewed.isEmpty()) {
                found = Difference.untold(
                        environment, Difference.EMERGENCY, reviewed.iterator().next());
            }
            return Optional.ofNullable(found);
        }

        private void differs(String kind, long number, Row row, Optional<String> words) {
            words.ifPresent(what -> found = new Difference(environment, kind, number, row.sequence(), what));
        }

        private Optional<String> revision(long number, Row row) {
            return releases.find(environment, number)
                    .map(release -> compared(release, row).words())
                    .orElse(Optional.of("it is not there"));
        }

        private Compared compared(Release release, Row row) {
            return new Compared()
                    .same("its hash", release.hash(), row.after().get("hash"))
                    .same("the hash of its text", release.intact(), true)
                    .same(
                            "who published it",
                            releases.publisher(environment, release.number()).orElse(""),
                            row.actor())
                    .unerased("the name of who published it", release.publishedBy(), row.actorName())
                    .at("when it was published", Optional.of(release.publishedAt()), row.at())
                    .unerased("its reason", release.reason(), row.reason())
                    .same(
                            "what it restores",
                            release.restores().orElse(null),
                            row.after().get("restores"))
                    .same(
                            "the request that it comes from",
                            release.request().orElse(null),
                            row.after().get("request"))
                    .same(
                            "when it ends",
                            release.term()
                                    .map(term -> term.expiresAt().toString())
                                    .orElse(null),
                            row.after().get("expires"))
                    .same(
                            "what comes back then",
                            revertsTo(release, row),
                            row.after().get("reverts to"));
        }

        /** Rows of an earlier Weir tell when something ends, and not what comes back then. */
        private static @Nullable Long revertsTo(Release release, Row row) {
            boolean silent = row.after().get("expires") != null && row.after().get("reverts to") == null;
            return silent ? null : release.term().map(Release.Term::revertsTo).orElse(null);
        }

        private Optional<String> emergency(long number, Row row) {
            boolean told = row.action().equals("emergency-published");
            var stored = emergencies.find(environment, number);
            if (!told || stored.isEmpty()) {
                return told == stored.isPresent()
                        ? Optional.empty()
                        : Optional.of("whether it is one is not what the row tells");
            }
            var by = stored.get().publishedBy();
            return new Compared()
                    .same("who published it", by.subject(), row.actor())
                    .unerased("the name of who published it", by.name(), row.actorName())
                    .at("when it was published", Optional.of(stored.get().publishedAt()), row.at())
                    .words();
        }

        private Optional<String> review(long number, Row row) {
            var review = emergencies.find(environment, number).flatMap(Emergency::review);
            if (review.isEmpty()) {
                return Optional.of("its review is not there");
            }
            return new Compared()
                    .same("who reviewed it", review.get().by().subject(), row.actor())
                    .unerased("the name of who reviewed it", review.get().by().name(), row.actorName())
                    .at("when it was reviewed", Optional.of(review.get().at()), row.at())
                    .unerased("its review", review.get().words(), row.reason())
                    .words();
        }
    }
}
