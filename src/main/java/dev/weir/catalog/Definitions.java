package dev.weir.catalog;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.access.SecondPerson;
import dev.weir.catalog.standards.Deviation;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.kernel.Actor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The definitions catalog: who may write down what an event means, and how that becomes something others rely on. Nothing is ever
 * deleted: a definition is archived. Who may do what is decided here, whichever way somebody comes.
 */
@ApplicationScoped
@Transactional
public class Definitions {

    static final int PAGE = 50;

    /** Definitions that there are, whatever their status: matching is measured with as many. */
    static final int MOST = 10_000;

    private final DefinitionRows rows;
    private final Owners owners;
    private final Conformity conformity;
    private final SecondPerson second;
    private final ChangeLog log;
    private final CurrentActor current;
    private final Clock clock;

    Definitions(
            DefinitionRows rows,
            Owners owners,
            Conformity conformity,
            SecondPerson second,
            ChangeLog log,
            CurrentActor current,
            Clock clock) {
        this.rows = rows;
        this.owners = owners;
        this.conformity = conformity;
        this.second = second;
        this.log = log;
        this.current = current;
        this.clock = clock;
    }

    /**
     * What became of a change, and the definition as it is then.
     *
     * @param broken what it breaks that blocks, where that is why nothing was changed
     */
    public record Result(Outcome outcome, Optional<Definition> definition, List<Deviation> broken) {

        Result(Outcome outcome, Optional<Definition> definition) {
            this(outcome, definition, List.of());
        }

        static Result of(Outcome outcome) {
            return new Result(outcome, Optional.empty());
        }

        public String words() {
            return broken.isEmpty() ? outcome.words() : outcome.words() + " " + Conformity.words(broken);
        }

        /** With what {@code broken} finds, where a standard is the reason. */
        private Result explained(Function<Definition, List<Deviation>> found) {
            return outcome == Outcome.STANDARD
                    ? new Result(outcome, definition, definition.map(found).orElse(List.of()))
                    : this;
        }
    }

    /** Some of a list, and where the rest begins. */
    public record Some(List<Definition> definitions, Optional<Cursor> next) {}

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public Optional<Definition> find(String id) {
        return rows.find(id, reader());
    }

    /** Also of what somebody else keeps to themselves: it says nothing of it but that it has changed. */
    public Optional<Long> version(String id) {
        return rows.version(id);
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    Some list(Query query, Cursor after, int most) {
        var found = query.breaks().isEmpty()
                ? rows.list(query, reader(), after, most + 1)
                : breaking(query, after).stream().limit(most + 1L).toList();
        return found.size() > most
                ? new Some(found.subList(0, most), Optional.of(Cursor.after(found.get(most - 1))))
                : new Some(found, Optional.empty());
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    public long count(Query query) {
        return query.breaks().isEmpty()
                ? rows.count(query, reader())
                : breaking(query, Cursor.START).size();
    }

    /** Which standards one breaks depends on those in force, so no column says it. */
    private List<Definition> breaking(Query query, Cursor after) {
        var all = rows.list(query, reader(), after, MOST);
        var broken = conformity.of(all);
        return all.stream()
                .filter(one -> broken.getOrDefault(one.id(), List.of()).stream().anyMatch(query::asksFor))
                .toList();
    }

    public List<String> owners() {
        return rows.owners();
    }

    public List<String> categories() {
        return rows.categories();
    }

    public List<String> tags() {
        return rows.tags();
    }

    /** Shared and not archived, by name: what events are matched with. */
    public List<Definition> inUse() {
        return rows.inUse();
    }

    /** As {@link #inUse}, to be taken away as a file: who does so is told. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    List<Definition> exported(String file) {
        log.write(Entry.of(current.actor(), "exported", Thing.of("catalog", file)));
        return rows.inUse();
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Result create(Details details, boolean personal) {
        return create(details, personal, current.actor());
    }

    /** @param by the person of this request, perhaps by means of an import */
    Result create(Details sent, boolean personal, Actor by) {
        rows.lock();
        var details = owners.known(sent, Optional.empty(), by);
        if (!personal && rows.reserving(details.name()).isPresent()) {
            return Result.of(Outcome.TAKEN);
        }
        if (rows.count() >= MOST) {
            return Result.of(Outcome.TOO_MANY);
        }
        var hand = hand(by);
        var made = new Definition(
                UUID.randomUUID().toString(),
                details,
                Status.DRAFT,
                personal,
                Set.of(by.subject()),
                hand,
                hand,
                Optional.empty(),
                0);
        rows.add(made);
        log.write(fields(Entry.of(by, "created", thing(made)), Optional.empty(), Optional.of(details)));
        return new Result(Outcome.DONE, Optional.of(made));
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Result change(String id, Details details, long version) {
        return change(id, details, version, current.actor());
    }

    /** What was verified or in review is a draft again as soon as it means something else. */
    Result change(String id, Details sent, long version, Actor by) {
        return change(id, sent, version, by, by.subject());
    }

    /** As {@link #change(String, Details, long)}, where somebody else asked for it: it is what both have written. */
    Result change(String id, Details sent, long version, String asker) {
        return change(id, sent, version, current.actor(), asker);
    }

    private Result change(String id, Details sent, long version, Actor by, String asker) {
        var result = changing(id, version, old -> {
            var details = owners.known(sent, old.details().owner(), by);
            boolean same = old.details().means(details);
            if (old.status().weighty() && !curates()) {
                return Outcome.NOT_ALLOWED;
            }
            if (old.status() == Status.VERIFIED && same && details.owner().isEmpty()) {
                return Outcome.UNOWNED;
            }
            if (!old.personal() && old.status() != Status.ARCHIVED && taken(details.name(), id)) {
                return Outcome.TAKEN;
            }
            var status = same || old.status() == Status.ARCHIVED ? old.status() : Status.DRAFT;
            if (status.checked() && !conformity.added(old.details(), details).isEmpty()) {
                return Outcome.STANDARD;
            }
            conformity.edited(old.details(), details, id);
            var made = new Definition(
                    id,
                    details,
                    status,
                    old.personal(),
                    same && !disowned(old.details(), details) ? old.authors() : authors(old, by, asker),
                    old.created(),
                    hand(by),
                    same ? old.verified() : Optional.empty(),
                    version);
            return save(
                    made,
                    fields(Entry.of(by, "changed", thing(old)), Optional.of(old.details()), Optional.of(details))
                            .change("status", old.status().id(), status.id()));
        });
        return result.explained(old -> conformity.added(old.details(), sent));
    }

    /** A personal draft becomes everybody's. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Result share(String id, long version) {
        var by = current.actor();
        return changing(id, version, old -> {
            if (!old.personal()) {
                return Outcome.DONE;
            }
            if (taken(old.name(), id)) {
                return Outcome.TAKEN;
            }
            return save(
                    with(old, Status.DRAFT, false, old.authors(), hand(by), Optional.empty()),
                    Entry.of(by, "shared", thing(old)).change("personal", true, false));
        });
    }

    /** @param reason why; may be empty */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    public Result move(String id, Status to, long version, String reason) {
        var by = current.actor();
        var result = changing(id, version, old -> {
            var refused = refused(old, to, by);
            if (refused.isPresent()) {
                return refused.get();
            }
            var hand = hand(by);
            boolean verified = to == Status.VERIFIED;
            var made = with(
                    old,
                    to,
                    old.personal(),
                    // It was looked at by somebody else: only what is written from here on needs that again.
                    verified ? Set.of() : old.authors(),
                    hand,
                    verified ? Optional.of(hand) : to == Status.DEPRECATED ? old.verified() : Optional.empty());
            return save(
                    made,
                    Entry.of(by, to.id(), thing(old))
                            .change("status", old.status().id(), to.id())
                            .because(reason));
        });
        return result.explained(conformity::blocking);
    }

    private Optional<Outcome> refused(Definition old, Status to, Actor by) {
        if (!old.status().next().contains(to)) {
            return Optional.of(Outcome.NOT_FROM_HERE);
        }
        if (old.personal() && to != Status.ARCHIVED) {
            return Optional.of(Outcome.PERSONAL);
        }
        if ((to.weighty() || old.status().weighty()) && !curates()) {
            return Optional.of(Outcome.NOT_ALLOWED);
        }
        if (to == Status.VERIFIED && old.details().owner().isEmpty()) {
            return Optional.of(Outcome.UNOWNED);
        }
        if (to == Status.VERIFIED && own(old, by)) {
            return Optional.of(Outcome.OWN);
        }
        if (to == Status.VERIFIED && tied(old, by)) {
            return Optional.of(Outcome.TIED);
        }
        if (old.status() == Status.ARCHIVED && taken(old.name(), old.id())) {
            return Optional.of(Outcome.TAKEN);
        }
        return to.checked() && !conformity.blocking(old).isEmpty() ? Optional.of(Outcome.STANDARD) : Optional.empty();
    }

    /** Whether it is this person's own: written, owned, or taken from its owner, since it was verified last. */
    static boolean own(Definition definition, Actor person) {
        return definition.authors().contains(person.subject())
                || definition
                        .details()
                        .owner()
                        .filter(owner -> !owner.team()
                                && (owner.subject().equals(person.subject())
                                        || owner.name().equalsIgnoreCase(person.name())))
                        .isPresent();
    }

    /** Whether somebody whose own it is may be the same person: one of both has let the other in lately. */
    boolean tied(Definition definition, Actor person) {
        var whose = new HashSet<>(definition.authors());
        definition
                .details()
                .owner()
                .filter(owner -> !owner.team())
                .map(Owner::subject)
                .ifPresent(whose::add);
        var now = clock.instant();
        return whose.stream().anyMatch(subject -> second.tied(subject, person.subject(), now));
    }

    boolean curates() {
        return current.is(Role.ADMIN) || current.is(Role.ARCHITECT);
    }

    boolean drafts() {
        return curates() || current.is(Role.DEVELOPER);
    }

    Optional<Definition> named(String name) {
        return rows.reserving(name);
    }

    /** Runs a change on what nobody else changes meanwhile. */
    private Result changing(String id, long version, Function<Definition, Outcome> change) {
        rows.lock();
        var old = find(id);
        if (old.isEmpty()) {
            return Result.of(Outcome.UNKNOWN);
        }
        if (old.get().version() != version) {
            return new Result(Outcome.OUTDATED, old);
        }
        var outcome = change.apply(old.get());
        return new Result(outcome, find(id));
    }

    private Outcome save(Definition made, Entry entry) {
        if (entry.changesNothing()) {
            return Outcome.DONE;
        }
        if (!rows.change(made)) {
            return Outcome.OUTDATED;
        }
        log.write(entry);
        return Outcome.DONE;
    }

    private boolean taken(String name, String by) {
        return rows.reserving(name).filter(other -> !other.id().equals(by)).isPresent();
    }

    private String reader() {
        return current.actor().subject();
    }

    private Hand hand(Actor by) {
        return new Hand(by.subject(), by.name(), clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** Else an owner could hand a definition to somebody, verify it and take it back. */
    private static boolean disowned(Details old, Details made) {
        return old.owner().isPresent()
                && !old.owner().map(Owner::text).equals(made.owner().map(Owner::text));
    }

    private static Set<String> authors(Definition old, Actor by, String asker) {
        var authors = new HashSet<>(old.authors());
        authors.add(by.subject());
        authors.add(asker);
        return authors;
    }

    private static Definition with(
            Definition old,
            Status status,
            boolean personal,
            Set<String> authors,
            Hand changed,
            Optional<Hand> verified) {
        return new Definition(
                old.id(), old.details(), status, personal, authors, old.created(), changed, verified, old.version());
    }

    private static Thing thing(Definition definition) {
        return Thing.of("definition", definition.id());
    }

    /** An empty text is told as nothing. */
    private static Entry fields(Entry entry, Optional<Details> before, Optional<Details> after) {
        return entry.change(
                        "name",
                        before.map(Details::name).orElse(null),
                        after.map(Details::name).orElse(null))
                .change(
                        "type",
                        text(before, d -> d.type().wire()),
                        text(after, d -> d.type().wire()))
                .change(
                        "filter",
                        text(before, d -> d.filter().toString()),
                        text(after, d -> d.filter().toString()))
                .change("category", text(before, Details::category), text(after, Details::category))
                .change(
                        "tags",
                        before.map(Details::tags)
                                .filter(tags -> !tags.isEmpty())
                                .orElse(null),
                        after.map(Details::tags).filter(tags -> !tags.isEmpty()).orElse(null))
                .change("description", text(before, Details::description), text(after, Details::description))
                .change("context", text(before, Details::context), text(after, Details::context))
                .change(
                        "criticality",
                        text(before, d -> d.criticality().id()),
                        text(after, d -> d.criticality().id()))
                .personal(
                        "owner",
                        Owners.about(before.flatMap(Details::owner)),
                        text(before, Definitions::owner),
                        Owners.about(after.flatMap(Details::owner)),
                        text(after, Definitions::owner));
    }

    private static String owner(Details details) {
        return details.owner().map(Owner::text).orElse("");
    }

    private static @Nullable String text(Optional<Details> details, Function<Details, String> field) {
        return details.map(field).filter(text -> !text.isEmpty()).orElse(null);
    }
}
