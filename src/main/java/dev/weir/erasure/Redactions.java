package dev.weir.erasure;

import dev.weir.access.CurrentActor;
import dev.weir.access.Myself;
import dev.weir.access.Role;
import dev.weir.jobs.Job;
import dev.weir.jobs.Job.State;
import dev.weir.jobs.Jobs;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Redacting;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Applying rules to what is stored: first somebody has it counted, then an Admin does it for the policy that was counted for. Above a
 * number of events the one who has it counted and the one who does it are two.
 */
@ApplicationScoped
@Transactional
public class Redactions {

    /** Events, properties and links, together, that may change without a second person. */
    public static final long ALONE = 1000;

    private static final int SHOWN = 20;

    private final Jobs jobs;
    private final Redacting redacting;
    private final Myself myself;
    private final CurrentActor current;

    Redactions(Jobs jobs, Redacting redacting, Myself myself, CurrentActor current) {
        this.jobs = jobs;
        this.redacting = redacting;
        this.myself = myself;
        this.current = current;
    }

    /** What becomes of asking. */
    public enum Why {
        DONE,
        /** Too many jobs wait. */
        BUSY,
        /** There is no such count, or it is not over. */
        NOT_COUNTED,
        /** Another revision is in force than the one that was counted for. */
        OTHER_REVISION,
        /** It changes so much that somebody else has to do it. */
        NEEDS_ANOTHER
    }

    public record Asked(Why why, Optional<Job> job) {}

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Redacting.Oldest oldest(EnvironmentKey environment) {
        return redacting.oldest(environment);
    }

    /** Counts and applications of one environment, the newest first. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Job> recent(EnvironmentKey environment) {
        return Stream.of(Redaction.Count.KIND, Redaction.Apply.KIND)
                .flatMap(kind -> jobs.ofKind(kind, 5 * SHOWN).stream())
                .filter(job -> job.environment().filter(environment::equals).isPresent())
                .sorted((one, other) -> other.askedAt().compareTo(one.askedAt()))
                .limit(SHOWN)
                .toList();
    }

    /** The revision that is in force; empty where it can't be read. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Long> revision(EnvironmentKey environment) {
        return redacting.revision(environment);
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Asked count(EnvironmentKey environment) {
        return asked(Redaction.Count.KIND, environment, "", "");
    }

    /** For this revision and no other; 0 for the one in force. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Asked count(EnvironmentKey environment, long revision) {
        boolean other = revision != 0
                && redacting
                        .revision(environment)
                        .filter(number -> number == revision)
                        .isEmpty();
        return other ? new Asked(Why.OTHER_REVISION, Optional.empty()) : count(environment);
    }

    /** What stands against applying what this job has counted; {@link Why#DONE} for nothing. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Why objection(EnvironmentKey environment, Job count) {
        if (!count.kind().equals(Redaction.Count.KIND)
                || count.state() != State.DONE
                || count.environment().filter(environment::equals).isEmpty()) {
            return Why.NOT_COUNTED;
        }
        if (!Redaction.revision(count).equals(redacting.revision(environment))) {
            return Why.OTHER_REVISION;
        }
        long changed = Stream.of("redacted", "deleted", "properties", "links")
                .mapToLong(of -> count.counts().getOrDefault(of, 0L))
                .sum();
        boolean same = myself.maybe(count.askedBy().subject());
        return changed > ALONE && same ? Why.NEEDS_ANOTHER : Why.DONE;
    }

    @RolesAllowed(Role.ADMIN)
    public Asked apply(EnvironmentKey environment, String count, String why) {
        var counted = jobs.find(count);
        var objection = counted.map(job -> objection(environment, job)).orElse(Why.NOT_COUNTED);
        return objection == Why.DONE
                ? asked(Redaction.Apply.KIND, environment, Redaction.Apply.input(counted.orElseThrow()), why)
                : new Asked(objection, Optional.empty());
    }

    private Asked asked(String kind, EnvironmentKey environment, String input, String why) {
        var job = jobs.ask(kind, Optional.of(environment), input, current.actor(), why);
        return new Asked(job.isPresent() ? Why.DONE : Why.BUSY, job);
    }
}
