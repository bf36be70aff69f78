package dev.weir.privacy;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.kernel.Actor;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.PolicyError;
import dev.weir.store.PolicyText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The drafts: one for each environment, started from the revision in force. An edit that would make the document invalid is refused
 * whole, so a draft can always be published as it stands; nothing here is enforced on anyone before it is.
 */
@ApplicationScoped
@Transactional
public class Drafts {

    private static final PolicyError NO_RULE = new PolicyError("", -1, "there is no such setting or rule");

    private final DraftRows rows;
    private final Instance<InForce> published;
    private final CurrentActor current;
    private final ChangeLog log;
    private final Clock clock;

    Drafts(DraftRows rows, Instance<InForce> published, CurrentActor current, ChangeLog log, Clock clock) {
        this.rows = rows;
        this.published = published;
        this.current = current;
        this.log = log;
        this.clock = clock;
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Draft of(EnvironmentKey environment) {
        return draft(environment, rows.find(environment).orElseGet(() -> unchanged(environment)));
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Edited replace(EnvironmentKey environment, long version, PolicyDocument document) {
        return edit(environment, version, "replaced", rules -> Optional.of(Rules.of(document)));
    }

    /** Back to the revision in force. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Edited discard(EnvironmentKey environment, long version) {
        return locked(environment, version, row -> {
            var now = inForce(environment);
            return saved(environment, row, now.document(), now.number(), "discarded");
        });
    }

    /** The draft as it is, on top of the revision that is in force now. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Edited rebase(EnvironmentKey environment, long version) {
        return locked(
                environment,
                version,
                row -> saved(
                        environment,
                        row,
                        PolicyText.document(row.document()),
                        inForce(environment).number(),
                        "rebased"));
    }

    /** Takes the last edit back; taking it back twice brings it again. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Edited undo(EnvironmentKey environment, long version) {
        return locked(
                environment,
                version,
                row -> rows.step(environment, row.version() - 1)
                        .filter(step -> step.base() == row.base())
                        .map(step ->
                                saved(environment, row, PolicyText.document(step.document()), row.base(), "undone"))
                        .orElseGet(() -> new Edited.Saved(draft(environment, row))));
    }

    /**
     * One setting, or one rule of a list: it takes the place of the one that is about the same thing, or comes last.
     *
     * @param path of the document, dotted
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Edited put(EnvironmentKey environment, long version, String path, @Nullable Object rule) {
        return edit(
                environment,
                version,
                "edited",
                // As on the page: names that were blocked are not what is allowed when the list turns.
                rules -> path.equals(SectionForms.MODE)
                        ? Optional.of(SectionForms.mode(rules, String.valueOf(rule)))
                        : rules.putting(path, rule));
    }

    /** Takes one rule out of a list. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Edited remove(EnvironmentKey environment, long version, OneRule rule) {
        return edit(environment, version, "edited", rules -> rules.without(rule.path(), rule.about()));
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    Edited edit(EnvironmentKey environment, long version, UnaryOperator<Rules> change) {
        return edit(environment, version, "edited", rules -> Optional.of(change.apply(rules)));
    }

    private Edited edit(
            EnvironmentKey environment, long version, String action, Function<Rules, Optional<Rules>> change) {
        return locked(
                environment,
                version,
                row -> change.apply(Rules.of(PolicyText.document(row.document())))
                        .<Edited>map(after -> after.parsed()
                                .match(
                                        valid -> saved(environment, row, valid, row.base(), action),
                                        errors -> new Edited.Invalid(errors)))
                        .orElseGet(() -> new Edited.Invalid(List.of(NO_RULE))));
    }

    /**
     * For whoever publishes: the draft, held until the transaction ends. Empty when there is none or when it isn't the version that
     * was looked at any more.
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Optional<Draft> claim(EnvironmentKey environment, long version) {
        return rows.lock(environment).filter(row -> row.version() == version).map(row -> draft(environment, row));
    }

    /** For whoever publishes: holds the draft, whatever its version. Asks for no role: Weir itself publishes when a term is over. */
    public Optional<Draft> hold(EnvironmentKey environment) {
        return rows.lock(environment).map(row -> draft(environment, row));
    }

    /** For whoever publishes: from now on the draft starts from this revision. */
    public void restart(EnvironmentKey environment, PolicyDocument document, long number, Actor actor) {
        var held = rows.lock(environment);
        var now = row(
                document.canonical(), number, held.map(DraftRows.Row::version).orElse(0L) + 1, actor);
        held.ifPresentOrElse(old -> rows.replace(environment, old, now), () -> rows.insert(environment, now));
    }

    private interface Work {
        Edited on(DraftRows.Row row);
    }

    private Edited locked(EnvironmentKey environment, long version, Work work) {
        var row = rows.lock(environment).orElseGet(() -> started(environment));
        return row.version() == version ? work.on(row) : overtaken(environment, version, row);
    }

    private DraftRows.Row started(EnvironmentKey environment) {
        var row = unchanged(environment);
        rows.insert(environment, row);
        return row;
    }

    private DraftRows.Row unchanged(EnvironmentKey environment) {
        var now = inForce(environment);
        return row(now.document().canonical(), now.number(), 1, Actor.SYSTEM);
    }

    private Edited overtaken(EnvironmentKey environment, long version, DraftRows.Row row) {
        var draft = draft(environment, row);
        var meanwhile = rows.step(environment, version)
                .map(seen -> PolicyDiff.between(PolicyText.document(seen.document()), draft.document())
                        .changes())
                .orElseGet(List::of);
        return new Edited.Overtaken(draft, new ArrayList<>(meanwhile));
    }

    private Edited saved(
            EnvironmentKey environment, DraftRows.Row old, PolicyDocument document, long base, String action) {
        if (document.canonical().equals(old.document()) && base == old.base()) {
            return new Edited.Saved(draft(environment, old));
        }
        var now = row(document.canonical(), base, old.version() + 1, current.actor());
        rows.replace(environment, old, now);
        var diff = PolicyDiff.between(PolicyText.document(old.document()), document);
        log.write(diff.told(Entry.of(current.actor(), action, Draft.thing(environment)))
                .change("base revision", old.base(), base));
        return new Edited.Saved(draft(environment, now));
    }

    private DraftRows.Row row(String document, long base, long version, Actor actor) {
        return new DraftRows.Row(
                document, base, version, actor.name(), clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private InForce.Published inForce(EnvironmentKey environment) {
        return published
                .get()
                .inForce(environment)
                .orElseThrow(() -> new IllegalStateException("no revision in force for " + environment));
    }

    private Draft draft(EnvironmentKey environment, DraftRows.Row row) {
        return new Draft(
                environment,
                PolicyText.document(row.document()),
                row.base(),
                row.version(),
                row.changedBy(),
                row.changedAt());
    }
}
