package dev.weir.erasure;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.database.Sql;
import dev.weir.environment.App;
import dev.weir.environment.Environments;
import dev.weir.jobs.Job;
import dev.weir.jobs.Jobs;
import dev.weir.kernel.Actor;
import dev.weir.kernel.AppId;
import dev.weir.kernel.CanonicalJson;
import dev.weir.store.Erasing;
import dev.weir.store.Erasing.Name;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Having users deleted by a program with a key of its own, and these keys. Whom somebody asks to delete is told to nobody: the change log
 * has numbers only. By hand, see {@link Requests}.
 */
@ApplicationScoped
@Transactional
public class Erasures {

    /** Users that a program with a key has deleted at once; a person asks for fewer: {@link Requests#MOST}. */
    public static final int MOST = 10_000;

    static final String KEY_PREFIX = "wdk_";

    /** The kind of job that takes away what deleted events shared. */
    static final String SWEEP = "sweep";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;

    /** Instead of a key's version, where there is none. */
    static final long NO_KEY = 0;

    private final Jobs jobs;
    private final TargetRows targets;
    private final Environments environments;
    private final Erasing erasing;
    private final CurrentActor current;
    private final ChangeLog log;
    private final Sql sql;
    private final Clock clock;

    Erasures(
            Jobs jobs,
            TargetRows targets,
            Environments environments,
            Erasing erasing,
            CurrentActor current,
            ChangeLog log,
            Sql sql,
            Clock clock) {
        this.jobs = jobs;
        this.targets = targets;
        this.environments = environments;
        this.erasing = erasing;
        this.current = current;
        this.log = log;
        this.sql = sql;
        this.clock = clock;
    }

    /** For whoever has shown the key of this App ID. */
    public Optional<Job> deleteUsers(Collection<Name> names, AppId app) {
        if (names.size() > MOST) {
            throw new IllegalArgumentException("more users than one request may name");
        }
        var by = new Actor("erasure-key:" + app.digits(), "Erasure key of " + app.digits(), Actor.Means.TOKEN);
        return jobs.ask(
                UserDeletion.KIND, Optional.empty(), "", by, "", job -> targets.add(job.id(), TargetRows.ASKED, names));
    }

    /** One that a program asked for; others are none of its business. */
    public Optional<Job> asked(AppId app, String job) {
        return jobs.of(job)
                .filter(one -> one.kind().equals(UserDeletion.KIND)
                        && one.askedBy().subject().equals("erasure-key:" + app.digits()));
    }

    /** How many names must not come back, over all environments. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public long suppressed() {
        return environments.list().stream()
                .mapToLong(environment -> erasing.suppressed(environment.key()))
                .sum();
    }

    /** App IDs that have a key, and which it is. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Map<String, Long> keys() {
        return sql
                .list(
                        "select app_id, version from erasure_key",
                        row -> Map.entry(row.getString("app_id"), row.getLong("version")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What became of making or dropping a key. Each but the first one changed nothing. */
    enum Keyed {
        DONE,
        UNKNOWN,
        /** Another Admin was first: the key that was looked at is none any more. */
        OUTDATED
    }

    /** A key, which is told this once, and which one it is; empty where the outcome isn't {@link Keyed#DONE}. */
    record Made(Keyed outcome, Optional<String> key, long version) {

        static Made not(Keyed outcome) {
            return new Made(outcome, Optional.empty(), NO_KEY);
        }
    }

    /**
     * A new key; the one that was looked at is good no more.
     *
     * @param seen which one that is; {@value #NO_KEY} for none
     */
    @RolesAllowed(Role.ADMIN)
    Made makeKey(AppId app, long seen) {
        var found = environments.find(app);
        if (found.isEmpty()) {
            return Made.not(Keyed.UNKNOWN);
        }
        var bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        var key = KEY_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        // By chance, and not counted: a key that is made after one was dropped is not taken for that one.
        long version = 1 + RANDOM.nextLong(Long.MAX_VALUE - 1);
        var hash = CanonicalJson.sha256(key);
        int made = seen == NO_KEY
                ? sql.change(
                        "insert into erasure_key (app_id, key_hash, made_at, version) values (?, ?, ?, ?) on conflict do nothing",
                        app.digits(),
                        hash,
                        clock.instant(),
                        version)
                : sql.change(
                        "update erasure_key set key_hash = ?, made_at = ?, version = ? where app_id = ? and version = ?",
                        hash,
                        clock.instant(),
                        version,
                        app.digits(),
                        seen);
        if (made == 0) {
            return Made.not(Keyed.OUTDATED);
        }
        log.write(entry(found.get(), "erasure-key-made")
                .change("erasure key", seen == NO_KEY ? "none" : "there was one", "a new one"));
        return new Made(Keyed.DONE, Optional.of(key), version);
    }

    /** The one that was looked at, and no other. */
    @RolesAllowed(Role.ADMIN)
    Keyed dropKey(AppId app, long seen) {
        var found = environments.find(app);
        if (found.isEmpty()) {
            return Keyed.UNKNOWN;
        }
        if (sql.change("delete from erasure_key where app_id = ? and version = ?", app.digits(), seen) == 0) {
            return Keyed.OUTDATED;
        }
        log.write(entry(found.get(), "erasure-key-dropped").change("erasure key", "there was one", "none"));
        return Keyed.DONE;
    }

    /** What is kept of an App ID's key; empty where it has none, or does not work any more. */
    public Optional<String> keyHash(AppId app) {
        return environments
                .find(app)
                .filter(known -> known.retiresAt()
                        .filter(at -> !at.isAfter(clock.instant()))
                        .isEmpty())
                .flatMap(known -> sql.first(
                        "select key_hash from erasure_key where app_id = ?", row -> row.getString(1), app.digits()));
    }

    private Entry entry(App app, String action) {
        return Entry.of(
                current.actor(),
                action,
                Thing.in(app.environment(), "app-id", app.id().digits()));
    }
}
