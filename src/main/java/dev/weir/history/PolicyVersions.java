package dev.weir.history;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.privacy.Change;
import dev.weir.privacy.PolicyDiff;
import dev.weir.privacy.Section;
import dev.weir.release.Release;
import dev.weir.release.Releases;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The History tab of a policy, or of one part of it: what was published and changed something of it, rule by rule. Reads the log through
 * {@link History} and revisions through {@link Releases}; restores nothing: its form asks for a change request.
 */
@ApplicationScoped
class PolicyVersions {

    /** Versions on one page: each is compared with the one before it. */
    static final int PAGE = 10;

    private static final int AT_ONCE = 200;

    /** Where the tab is, as its form needs it. */
    record Where(Environment environment, String title, String tab, String home, String section, boolean editor) {

        public String address() {
            return home + "/history";
        }

        public String name() {
            return environment.name();
        }

        public boolean critical() {
            return environment.critical();
        }

        /** Where a change is asked for. */
        public String changes() {
            return "/console/" + environment.key() + "/changes";
        }

        public String revisions() {
            return "/console/" + environment.key() + "/policy";
        }
    }

    /** A version: the row, its revision, and what it changed. */
    record Published(RowView row, long number, boolean first, List<Change> changed) {

        public String label() {
            return "Changed by revision " + number;
        }
    }

    /** The one that somebody looks at, and what would change if it came back. */
    record Chosen(RowView row, long number, PolicyDiff back) {}

    @CheckedTemplate(basePath = "history")
    record policy(
            Where place,
            List<Published> versions,
            @Nullable Chosen chosen,
            long inForce,
            long older,
            boolean paged,
            boolean closed)
            implements TemplateInstance {}

    private final History history;
    private final Releases releases;
    private final Environments environments;
    private final CurrentActor current;

    PolicyVersions(History history, Releases releases, Environments environments, CurrentActor current) {
        this.history = history;
        this.releases = releases;
        this.environments = environments;
        this.current = current;
    }

    /**
     * @param part empty for the whole policy
     * @param row the version to be looked at; 0 for none
     */
    TemplateInstance page(String key, Optional<Section> part, long row, long before) {
        var environment = environments.named(key).orElseThrow(() -> Problem.notFound("There is no such environment."));
        var inForce =
                releases.inForce(environment.key()).orElseThrow(() -> Problem.notFound("No policy is in force here."));
        var rows = rows(environment, part, before, PAGE + 1);
        var shown = rows.stream()
                .limit(PAGE)
                .map(found -> published(environment, part, found))
                .flatMap(Optional::stream)
                .toList();
        return new policy(
                where(environment, part),
                shown,
                row == 0 ? null : chosen(environment, part, row, inForce),
                inForce.number(),
                rows.size() > PAGE ? rows.get(PAGE - 1).sequence() : 0,
                before != Long.MAX_VALUE,
                history.closed(key));
    }

    private Where where(Environment environment, Optional<Section> part) {
        var home = "/console/" + environment.key();
        boolean editor = current.is(Role.ADMIN) || current.is(Role.ARCHITECT);
        return part.map(section -> new Where(
                        environment,
                        section.title(),
                        "Rules",
                        home + "/privacy/" + section.slug(),
                        section.slug(),
                        editor))
                .orElseGet(() -> new Where(environment, "Policy", "Revisions", home + "/policy", "", editor));
    }

    /** Rows of publications that changed something of this part, and the one that made the first revision. */
    private List<Row> rows(Environment environment, Optional<Section> part, long before, int most) {
        var filter = new Filter("", "policy", environment.key().value(), "", Optional.empty(), Optional.empty());
        var rows = new ArrayList<Row>();
        int looked = 0;
        long from = before;
        while (from > 1 && rows.size() < most && looked < Timeline.MOST) {
            var some = history.find(filter, from, AT_ONCE);
            some.stream().filter(row -> touches(row, part)).forEach(rows::add);
            looked += some.size();
            from = some.size() < AT_ONCE ? 0 : some.get(some.size() - 1).sequence();
        }
        return rows.subList(0, Math.min(most, rows.size()));
    }

    private static boolean touches(Row row, Optional<Section> part) {
        if (row.after().get("hash") == null || row.after().get("revision") == null) {
            return false;
        }
        return part.isEmpty()
                || row.before().get("revision") == null
                || Stream.concat(row.before().keySet().stream(), row.after().keySet().stream())
                        .anyMatch(field -> Section.ofPath(String.valueOf(field)).equals(part));
    }

    private Optional<Published> published(Environment environment, Optional<Section> part, Row row) {
        long number = number(row);
        var before = releases.find(environment.key(), number - 1);
        return releases.find(environment.key(), number)
                .map(release -> new Published(
                        RowView.alone(row, Map.of()),
                        number,
                        before.isEmpty(),
                        before.map(old -> between(old, release, part).changes()).orElse(List.of())));
    }

    private Chosen chosen(Environment environment, Optional<Section> part, long sequence, Release inForce) {
        var row = history.find(sequence)
                .filter(found -> found.kind().equals("policy")
                        && found.object().equals(environment.key().value())
                        && touches(found, Optional.empty()))
                .orElseThrow(PolicyVersions::none);
        var release = releases.find(environment.key(), number(row)).orElseThrow(PolicyVersions::none);
        return new Chosen(RowView.alone(row, Map.of()), release.number(), between(inForce, release, part));
    }

    private PolicyDiff between(Release one, Release other, Optional<Section> part) {
        var diff = PolicyDiff.between(releases.document(one), releases.document(other));
        return part.map(diff::only).orElse(diff);
    }

    private static long number(Row row) {
        return row.after().get("revision") instanceof Long number ? number : 0;
    }

    private static Problem none() {
        return Problem.notFound("There is no such version.");
    }
}
