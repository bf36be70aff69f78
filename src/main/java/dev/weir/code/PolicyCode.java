package dev.weir.code;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.privacy.PolicyDiff;
import dev.weir.release.ChangeRequests;
import dev.weir.release.Release;
import dev.weir.release.Releases;
import dev.weir.release.Requested;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An environment as a file. Comparing changes nothing; what a file asks for becomes a change request and never anything else, and only
 * after whoever asks has seen what it changes. The name, the kind, criticality and App IDs are
 * compared alone.
 */
@ApplicationScoped
@Transactional
public class PolicyCode {

    private final Environments environments;
    private final Releases releases;
    private final Drafts drafts;
    private final ChangeRequests requests;
    private final ChangeLog log;
    private final CurrentActor current;
    private final Clock clock;

    PolicyCode(
            Environments environments,
            Releases releases,
            Drafts drafts,
            ChangeRequests requests,
            ChangeLog log,
            CurrentActor current,
            Clock clock) {
        this.environments = environments;
        this.releases = releases;
        this.drafts = drafts;
        this.requests = requests;
        this.log = log;
        this.current = current;
        this.clock = clock;
    }

    /** What is in force, or drafted, as a file; nothing where there is no such environment. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<String> export(EnvironmentKey key, boolean draft) {
        return environments
                .find(key)
                .map(here -> written(here, draft ? drafts.of(key).document() : releases.document(inForce(key))));
    }

    /** What one revision says, as a file. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public String export(Environment here, Release release) {
        return written(here, releases.document(release));
    }

    private String written(Environment here, PolicyDocument document) {
        return CodeFile.write(here.key(), SettingsLine.of(here), document, apps(here));
    }

    /** As {@link #export}, to be taken away: who does so is told. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<String> exported(EnvironmentKey key, boolean draft) {
        var file = export(key, draft);
        file.ifPresent(text -> log.write(
                Entry.of(current.actor(), "exported", Thing.in(key, "policy-file", draft ? "draft" : "inforce"))));
        return file;
    }

    /** What a file would change; nothing where there is no such environment. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Comparison> compare(EnvironmentKey key, byte[] text) {
        return environments.find(key).map(here -> compared(here, text));
    }

    private Comparison compared(Environment here, byte[] text) {
        var now = inForce(here.key());
        var read = CodeFile.read(text);
        var file = read.file();
        if (file == null) {
            return comparison(here, now, null, List.of(), List.of(), read.faults());
        }
        if (file.environment()
                .filter(named -> !named.equals(here.key().value()))
                .isPresent()) {
            var elsewhere = new Fault(0, 0, "/environment", "this is the file of another environment");
            return comparison(here, now, null, List.of(), List.of(), List.of(elsewhere));
        }
        var apps =
                file.apps().map(lines -> AppLine.differences(apps(here), lines)).orElse(List.of());
        return comparison(here, now, file.policy(), file.settings().differences(here), apps, List.of());
    }

    private Comparison comparison(
            Environment here,
            Release now,
            @Nullable PolicyDocument asked,
            List<String> settings,
            List<String> apps,
            List<Fault> faults) {
        var diff = asked == null ? new PolicyDiff(List.of()) : PolicyDiff.between(releases.document(now), asked);
        return new Comparison(here.key(), now.number(), now.hash(), asked, diff, settings, apps, faults);
    }

    /**
     * Asks for what a file says, as it was compared.
     *
     * @param compared what {@link #compare} said of the same file
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Requested propose(Comparison compared, String reason, int days) {
        var document = compared.document();
        if (document == null) {
            throw new IllegalArgumentException("what can't be read can't be asked for");
        }
        return requests.propose(compared.environment(), document, compared.revision(), reason, days);
    }

    private List<AppLine> apps(Environment here) {
        return here.working(clock.instant()).stream().map(AppLine::of).toList();
    }

    private Release inForce(EnvironmentKey key) {
        return releases.inForce(key).orElseThrow(() -> new IllegalStateException("no revision in force"));
    }
}
