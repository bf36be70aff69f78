package dev.weir.history;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.history.Publications.Published;
import dev.weir.history.Publications.Sought;
import dev.weir.privacy.OneRule;
import dev.weir.privacy.PolicyDiff;
import dev.weir.privacy.Section;
import dev.weir.release.Release;
import dev.weir.release.Releases;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The History tab of a policy, or of one part of it: what was published and changed something of it, rule by rule. Reads the log through
 * {@link History} and revisions through {@link Releases}; restores nothing: its form asks for a change request.
 */
@ApplicationScoped
class PolicyVersions {

    /** Versions on one page: each is compared with the one before it. */
    static final int PAGE = 10;

    /** Where the tab is, as its form needs it. */
    record Where(
            Environment environment,
            String title,
            String tab,
            String home,
            String section,
            @Nullable OneRule rule,
            boolean editor) {

        public String address() {
            return home + "/history";
        }

        /** As {@link #address}, with a question mark and of the same rule. */
        public String paged() {
            return address() + "?" + (rule == null ? "" : rule.query() + "&");
        }

        public String key() {
            return environment.key().value();
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
    private final Publications publications;
    private final Releases releases;
    private final Environments environments;
    private final CurrentActor current;

    PolicyVersions(
            History history,
            Publications publications,
            Releases releases,
            Environments environments,
            CurrentActor current) {
        this.history = history;
        this.publications = publications;
        this.releases = releases;
        this.environments = environments;
        this.current = current;
    }

    /**
     * @param part empty for the whole policy
     * @param rule of that part, where it is followed alone
     * @param row the version to be looked at; 0 for none
     */
    TemplateInstance page(String key, Optional<Section> part, Optional<OneRule> rule, long row, long before) {
        var environment = environments.named(key).orElseThrow(() -> Problem.notFound("There is no such environment."));
        var inForce =
                releases.inForce(environment.key()).orElseThrow(() -> Problem.notFound("No policy is in force here."));
        var sought = new Sought(environment, part, rule);
        var found = publications.find(sought, before, PAGE + 1);
        return new policy(
                where(sought),
                found.stream().limit(PAGE).toList(),
                row == 0 ? null : chosen(sought, row, inForce),
                inForce.number(),
                found.size() > PAGE ? found.get(PAGE - 1).row().sequence() : 0,
                before != Long.MAX_VALUE,
                history.closed(key));
    }

    private Where where(Sought sought) {
        var environment = sought.environment();
        var home = "/console/" + environment.key();
        boolean editor = current.is(Role.ADMIN) || current.is(Role.ARCHITECT);
        return sought.part()
                .map(section -> new Where(
                        environment,
                        section.title(),
                        "Rules",
                        home + "/privacy/" + section.slug(),
                        section.slug(),
                        sought.rule().orElse(null),
                        editor))
                .orElseGet(() -> new Where(environment, "Policy", "Revisions", home + "/policy", "", null, editor));
    }

    private Chosen chosen(Sought sought, long sequence, Release inForce) {
        var row = history.find(sequence).orElseThrow(PolicyVersions::none);
        var release = publications.made(sought.environment(), row).orElseThrow(PolicyVersions::none);
        return new Chosen(
                RowView.alone(row, Map.of()), release.number(), publications.between(sought, inForce, release));
    }

    private static Problem none() {
        return Problem.notFound("There is no such version.");
    }
}
