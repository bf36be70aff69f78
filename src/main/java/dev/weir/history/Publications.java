package dev.weir.history;

import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.environment.Environment;
import dev.weir.privacy.Change;
import dev.weir.privacy.OneRule;
import dev.weir.privacy.PolicyDiff;
import dev.weir.privacy.Section;
import dev.weir.release.Allowances;
import dev.weir.release.Allowances.Assent;
import dev.weir.release.Release;
import dev.weir.release.Releases;
import dev.weir.restoration.Timeline;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was published of a policy, of one part or of one rule of it: who, when and why by the log, what it changed by the revisions, who
 * asked and agreed by the requests. Changes nothing.
 */
@ApplicationScoped
class Publications {

    private static final int AT_ONCE = 200;

    /** @param part and rule empty for the whole policy */
    record Sought(Environment environment, Optional<Section> part, Optional<OneRule> rule) {

        PolicyDiff of(PolicyDiff diff) {
            if (rule.isPresent()) {
                return new PolicyDiff(diff.changes().stream()
                        .filter(rule.orElseThrow()::concerns)
                        .toList());
            }
            return part.map(diff::only).orElse(diff);
        }

        private boolean all() {
            return part.isEmpty() && rule.isEmpty();
        }

        private boolean touches(Map<?, ?> noted) {
            return noted.entrySet().stream()
                    .anyMatch(entry -> touchesAt(String.valueOf(entry.getKey()), entry.getValue()));
        }

        /** Rows from before rules that only moved were told name none. */
        private static boolean namesNone(Map<?, ?> noted) {
            return noted.keySet().stream()
                    .noneMatch(path -> Section.ofPath(String.valueOf(path)).isPresent());
        }

        private boolean touchesAt(String path, @Nullable Object value) {
            return rule.map(one -> one.mayConcern(path, value))
                    .orElseGet(() -> Section.ofPath(path).equals(part));
        }
    }

    /**
     * A version: the row, its revision, and what it changed of what is sought.
     *
     * @param first the first revision: there is none before it to compare with
     */
    record Published(RowView row, Release release, boolean first, List<Change> changed, Assent assent) {

        public long number() {
            return release.number();
        }

        public String label() {
            return "Changed by revision " + number();
        }
    }

    private final History history;
    private final Releases releases;
    private final Allowances allowances;

    Publications(History history, Releases releases, Allowances allowances) {
        this.history = history;
        this.releases = releases;
        this.allowances = allowances;
    }

    /** The newest first, those whose rows are before that one. */
    List<Published> find(Sought sought, long before, int most) {
        var key = sought.environment().key().value();
        var filter = new Filter("", "policy", key, "", Optional.empty(), Optional.empty());
        var found = new ArrayList<Published>();
        int looked = 0;
        long from = before;
        while (from > 1 && found.size() < most && looked < Timeline.MOST) {
            var some = history.find(filter, from, AT_ONCE);
            some.stream()
                    .filter(row -> touches(sought, row))
                    .map(row -> published(sought, row))
                    .flatMap(Optional::stream)
                    .limit(most - found.size())
                    .forEach(found::add);
            looked += some.size();
            from = some.size() < AT_ONCE ? 0 : some.get(some.size() - 1).sequence();
        }
        return found;
    }

    /** The revision that a row of this policy has made. */
    Optional<Release> made(Environment environment, Row row) {
        boolean ofThis = row.kind().equals("policy")
                && row.object().equals(environment.key().value())
                && publishes(row);
        return ofThis ? releases.find(environment.key(), number(row)) : Optional.empty();
    }

    PolicyDiff between(Sought sought, Release one, Release other) {
        return sought.of(PolicyDiff.between(releases.document(one), releases.document(other)));
    }

    /** Those that changed something of it, and the one that made the first revision. */
    private static boolean touches(Sought sought, Row row) {
        boolean first = row.before().get("revision") == null;
        return publishes(row)
                && (sought.all()
                        || first
                        || (Sought.namesNone(row.before()) && Sought.namesNone(row.after()))
                        || sought.touches(row.before())
                        || sought.touches(row.after()));
    }

    private static boolean publishes(Row row) {
        return row.after().get("hash") != null && row.after().get("revision") != null;
    }

    private Optional<Published> published(Sought sought, Row row) {
        var environment = sought.environment().key();
        long number = number(row);
        var before = releases.find(environment, number - 1);
        return releases.find(environment, number)
                .map(release -> new Published(
                        RowView.alone(row, Map.of()),
                        release,
                        before.isEmpty(),
                        before.map(old -> between(sought, old, release).changes())
                                .orElse(List.of()),
                        allowances.assent(release)))
                .filter(one -> sought.all() || isIn(sought, one));
    }

    private boolean isIn(Sought sought, Published published) {
        return published.first()
                ? sought.rule()
                        .map(rule -> rule.in(releases.document(published.release())))
                        .orElse(true)
                : !published.changed().isEmpty();
    }

    private static long number(Row row) {
        return row.after().get("revision") instanceof Long number ? number : 0;
    }
}
