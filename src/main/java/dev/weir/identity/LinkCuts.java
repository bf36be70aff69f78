package dev.weir.identity;

import dev.weir.access.CurrentActor;
import dev.weir.access.Myself;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.database.DatabaseException;
import dev.weir.identity.CutRows.Target;
import dev.weir.jobs.Job;
import dev.weir.jobs.Job.State;
import dev.weir.jobs.Jobs;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.store.Erasing.Name;
import dev.weir.store.IdentityLinks;
import dev.weir.store.IdentityLinks.Link;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Undoing a wrong link between a device and an identity. Somebody asks, which has counted how many events it is about; an Admin releases
 * it, above a number of events one who did not ask; and it can be restored. No event is changed by any of it.
 */
@ApplicationScoped
@Transactional
public class LinkCuts {

    /** Requests of an environment that may be open at once, so that all of them are shown; docs/limits.md. */
    static final int OPEN = 200;

    private static final Logger LOG = Logger.getLogger(LinkCuts.class);

    private final IdentityLinks links;
    private final Jobs jobs;
    private final CutRows rows;
    private final IdentityConfig config;
    private final Myself myself;
    private final CurrentActor current;
    private final ChangeLog log;
    private final Clock clock;

    LinkCuts(
            IdentityLinks links,
            Jobs jobs,
            CutRows rows,
            IdentityConfig config,
            Myself myself,
            CurrentActor current,
            ChangeLog log,
            Clock clock) {
        this.links = links;
        this.jobs = jobs;
        this.rows = rows;
        this.config = config;
        this.myself = myself;
        this.current = current;
        this.log = log;
        this.clock = clock;
    }

    /** What becomes of asking, releasing, declining or restoring. */
    public enum Why {
        DONE,
        /** Too many jobs or requests wait. */
        BUSY,
        /** There is no such link, or not any more. */
        NO_LINK,
        /** It was not cut, or who was linked has been deleted since. */
        NOT_CUT,
        /** There is no such request, it is still being counted, or it was released, declined or forgotten. */
        NOT_WAITING,
        /** It is about so many events that somebody else has to do it. */
        NEEDS_ANOTHER,
        /** Only who asked, or an Admin, takes it back. */
        NOT_YOURS
    }

    /** What became of asking, and the job that counts. */
    public record Asked(Why why, Optional<Job> job) {}

    /** Events that an Admin decides about alone. */
    public long alone() {
        return config.alone();
    }

    /** Of somebody who is called so. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public List<Link> links(EnvironmentKey environment, Name name) {
        return links.of(environment, name);
    }

    /** @param link of those that {@link #links} says of the same name */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Asked ask(EnvironmentKey environment, Name name, UUID link, String why) {
        var found = links.find(environment, name, link).filter(Link::linked);
        if (found.isEmpty()) {
            return new Asked(Why.NO_LINK, Optional.empty());
        }
        if (rows.open(environment).size() >= OPEN) {
            return new Asked(Why.BUSY, Optional.empty());
        }
        var job = jobs.ask(
                CutCount.KIND,
                Optional.of(environment),
                "",
                current.actor(),
                why,
                count -> rows.add(count.id(), environment, found.get()));
        return new Asked(job.isPresent() ? Why.DONE : Why.BUSY, job);
    }

    /** All that is being counted or waits to be released, the newest first. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public List<Job> waiting(EnvironmentKey environment) {
        return rows.open(environment).stream()
                .flatMap(id -> jobs.of(id).stream())
                .toList();
    }

    /** Which link is asked about, as somebody may see who may ask. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    Optional<Target> target(Job count) {
        return rows.find(count.id());
    }

    /** What stands against releasing this now, by whoever asks; {@link Why#DONE} for nothing. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Why objection(Job count) {
        if (!count.kind().equals(CutCount.KIND)
                || count.state() != State.DONE
                || rows.find(count.id()).isEmpty()) {
            return Why.NOT_WAITING;
        }
        return events(count) > config.alone() && myself.maybe(count.askedBy().subject()) ? Why.NEEDS_ANOTHER : Why.DONE;
    }

    /** From the commit on the two are no longer one. */
    @RolesAllowed(Role.ADMIN)
    public Why release(EnvironmentKey environment, String id) {
        var count = held(environment, id);
        var objection = count.map(this::objection).orElse(Why.NOT_WAITING);
        if (objection != Why.DONE) {
            return objection;
        }
        var target = rows.find(id).orElseThrow();
        rows.forget(id);
        if (!links.cut(
                environment,
                target.user(),
                target.identity(),
                events(count.get()),
                current.actor().subject())) {
            return Why.NO_LINK;
        }
        log.write(Entry.of(current.actor(), "cut", thing(environment, target.edge()))
                .change("linked", true, false)
                .change("events", null, events(count.get()))
                .change("asked by", null, count.get().askedBy().subject())
                .change("job", null, id));
        return Why.DONE;
    }

    /** Nothing is cut, and the names are forgotten. Also who asked may take it back. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Why decline(EnvironmentKey environment, String id) {
        var count = held(environment, id)
                .filter(job -> job.state() == State.DONE && rows.find(id).isPresent());
        if (count.isEmpty()) {
            return Why.NOT_WAITING;
        }
        if (!jobs.mayCancel(count.get())) {
            return Why.NOT_YOURS;
        }
        rows.forget(id);
        jobs.declined(count.get());
        return Why.DONE;
    }

    /** Makes a link again that was cut, as it was. Of so many events somebody else than who cut it. */
    @RolesAllowed(Role.ADMIN)
    public Why restore(EnvironmentKey environment, Name name, UUID link, String why) {
        var cut = links.find(environment, name, link)
                .filter(found -> !found.linked())
                .flatMap(Link::cut);
        if (cut.isEmpty()) {
            return Why.NOT_CUT;
        }
        if (cut.get().events() > config.alone() && myself.maybe(cut.get().by())) {
            return Why.NEEDS_ANOTHER;
        }
        if (!links.restore(environment, link)) {
            return Why.NOT_CUT;
        }
        log.write(Entry.of(current.actor(), "restored", thing(environment, link))
                .change("linked", false, true)
                .change("events", null, cut.get().events())
                .because(why));
        return Why.DONE;
    }

    /** Names that waited too long. */
    @Scheduled(
            every = "${weir.identity.unmerge.forget-every:1h}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional(TxType.NOT_SUPPORTED)
    void forget() {
        try {
            expire();
        } catch (DatabaseException e) {
            LOG.warnf(
                    "links that waited too long were not forgotten this time: %s",
                    e.getClass().getName());
        }
    }

    /** Whoever asked finds in the log what became of it. */
    void expire() {
        var counts = jobs.held(CutCount.KIND, clock.instant().minus(config.keep())).stream()
                .filter(id -> rows.find(id).isPresent())
                .toList();
        rows.forgetOrphans();
        counts.forEach(rows::forget);
        counts.forEach(id -> jobs.expired(CutCount.KIND, id));
    }

    boolean mine(Job count) {
        return jobs.mine(count);
    }

    static long events(Job count) {
        return count.counts().getOrDefault(CutCount.EVENTS, 0L);
    }

    private static Thing thing(EnvironmentKey environment, UUID link) {
        return Thing.in(environment, "identity-link", link.toString());
    }

    private Optional<Job> held(EnvironmentKey environment, String id) {
        return jobs.held(CutCount.KIND, id).filter(job -> job.environment().equals(Optional.of(environment)));
    }
}
