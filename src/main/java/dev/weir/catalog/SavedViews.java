package dev.weir.catalog;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.event.EventType;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Named questions to the list of definitions: one's own, and those that others share. A view shows nobody a definition that they would
 * not find themselves. Who may do what is decided here, whichever way somebody comes.
 */
@ApplicationScoped
@Transactional
public class SavedViews {

    /** Of one person. */
    static final int MOST = 100;

    static final int LONGEST = 200;

    private final ViewRows rows;
    private final Owners owners;
    private final ChangeLog log;
    private final CurrentActor current;
    private final Clock clock;

    SavedViews(ViewRows rows, Owners owners, ChangeLog log, CurrentActor current, Clock clock) {
        this.rows = rows;
        this.owners = owners;
        this.log = log;
        this.current = current;
        this.clock = clock;
    }

    /** What became of a change, and the view as it is then. */
    record Result(ViewOutcome outcome, Optional<View> view) {

        static Result of(ViewOutcome outcome) {
            return new Result(outcome, Optional.empty());
        }
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    List<View> list() {
        return rows.seenBy(reader());
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<View> find(String id) {
        return rows.find(id, reader());
    }

    /** Also of what somebody else keeps to themselves: it says nothing of it but that it has changed. */
    public Optional<Long> version(String id) {
        return rows.version(id);
    }

    public boolean mine(View view) {
        return view.made().subject().equals(reader());
    }

    /** Whether this person may take it away: their own, or as an Admin a shared one. */
    boolean removable(View view) {
        return mine(view) || (view.shared() && current.is(Role.ADMIN));
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    Result save(String name, Query query, boolean shared) {
        rows.lock();
        var by = current.actor();
        var wrong = wrong(name.strip(), query);
        if (wrong.isPresent()) {
            return Result.of(wrong.get());
        }
        if (rows.named(name.strip(), by.subject()).isPresent()) {
            return Result.of(ViewOutcome.TAKEN);
        }
        if (rows.madeBy(by.subject()) >= MOST) {
            return Result.of(ViewOutcome.FULL);
        }
        var hand = new Hand(by.subject(), by.name(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        var made = new View(UUID.randomUUID().toString(), name.strip(), shared, query, hand, 0);
        rows.add(made);
        log.write(fields(Entry.of(by, "created", thing(made)), Optional.empty(), Optional.of(made)));
        return new Result(ViewOutcome.DONE, Optional.of(made));
    }

    /** Gives it another name or another question, shares it, or keeps it to oneself again. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    Result change(String id, String name, Query query, boolean shared, long version) {
        return changing(id, version, old -> {
            if (!mine(old)) {
                return ViewOutcome.NOT_YOURS;
            }
            var wrong = wrong(name.strip(), query);
            if (wrong.isPresent()) {
                return wrong.get();
            }
            if (rows.named(name.strip(), old.made().subject())
                    .filter(other -> !other.id().equals(id))
                    .isPresent()) {
                return ViewOutcome.TAKEN;
            }
            var made = new View(id, name.strip(), shared, query, old.made(), version);
            var entry = fields(Entry.of(current.actor(), "changed", thing(old)), Optional.of(old), Optional.of(made));
            if (!entry.changesNothing()) {
                rows.change(made);
                log.write(entry);
            }
            return ViewOutcome.DONE;
        });
    }

    /**
     * As {@link #change}, with a question as the change log has it.
     *
     * @return why nothing was changed; empty where it was
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Optional<ViewOutcome> restore(String id, String name, String address, boolean shared, long version) {
        var outcome =
                change(id, name, Addresses.query(address), shared, version).outcome();
        return Optional.of(outcome).filter(each -> each != ViewOutcome.DONE);
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    ViewOutcome remove(String id, long version) {
        return changing(id, version, old -> {
                    if (!removable(old)) {
                        return ViewOutcome.NOT_YOURS;
                    }
                    rows.remove(id);
                    log.write(fields(
                            Entry.of(current.actor(), "removed", thing(old)), Optional.of(old), Optional.empty()));
                    return ViewOutcome.DONE;
                })
                .outcome();
    }

    private Result changing(String id, long version, Function<View, ViewOutcome> change) {
        rows.lock();
        var old = find(id);
        if (old.isEmpty()) {
            return Result.of(ViewOutcome.UNKNOWN);
        }
        return old.get().version() == version
                ? new Result(change.apply(old.get()), find(id))
                : new Result(ViewOutcome.OUTDATED, old);
    }

    private static Optional<ViewOutcome> wrong(String name, Query query) {
        if (name.isEmpty() || name.length() > Form.LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of(ViewOutcome.NAMELESS);
        }
        if (query.all()) {
            return Optional.of(ViewOutcome.EMPTY);
        }
        boolean known = Query.BREAKS.contains(query.breaks())
                && (query.status().isEmpty() || Status.of(query.status()).isPresent())
                && (query.type().isEmpty()
                        || EventType.of(query.type())
                                .filter(Details.TYPES::contains)
                                .isPresent());
        boolean bounded = query.tag().length() <= 64
                && Stream.of(query.q(), query.owner(), query.category())
                        .allMatch(text -> text.length() <= LONGEST && text.indexOf('\0') < 0);
        return known && bounded ? Optional.empty() : Optional.of(ViewOutcome.TOO_LONG);
    }

    private String reader() {
        return current.actor().subject();
    }

    private static Thing thing(View view) {
        return Thing.of("saved-view", view.id());
    }

    /** What is asked for may name people: it is nothing that could not be erased. */
    private Entry fields(Entry entry, Optional<View> before, Optional<View> after) {
        return entry.change(
                        "name",
                        before.map(View::name).orElse(null),
                        after.map(View::name).orElse(null))
                .personal(
                        "filter",
                        about(before),
                        before.map(View::address).orElse(null),
                        about(after),
                        after.map(View::address).orElse(null))
                .change(
                        "shared",
                        before.map(View::shared).orElse(null),
                        after.map(View::shared).orElse(null));
    }

    private String about(Optional<View> view) {
        return view.map(each -> owners.about(each.query().owner())).orElse("");
    }
}
