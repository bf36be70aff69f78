package dev.weir.catalog;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.catalog.standards.Deviation;
import dev.weir.kernel.Actor;
import dev.weir.kernel.CanonicalJson;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Many definitions at once, from a file: all of them or, where one is wrong, none. A definition of the same name is changed. */
@ApplicationScoped
@Transactional
public class Imports {

    private final Definitions definitions;
    private final DefinitionRows rows;
    private final Conformity conformity;
    private final CurrentActor current;
    private final TransactionSynchronizationRegistry transaction;

    Imports(
            Definitions definitions,
            DefinitionRows rows,
            Conformity conformity,
            CurrentActor current,
            TransactionSynchronizationRegistry transaction) {
        this.definitions = definitions;
        this.rows = rows;
        this.conformity = conformity;
        this.current = current;
        this.transaction = transaction;
    }

    /**
     * What one row does, or why it can't: {@code number} counts definitions from 1.
     *
     * @param deviations the standards that its definition breaks
     */
    public record Row(int number, String name, String effect, List<String> errors, List<Deviation> deviations) {
        public boolean wrong() {
            return !errors.isEmpty();
        }
    }

    /**
     * What a whole file does, or did.
     *
     * @param tag stands for the file and for the catalog that it was tried on
     */
    public record Report(List<Row> rows, boolean done, String tag) {
        public long wrong() {
            return rows.stream().filter(Row::wrong).count();
        }

        public long with(String effect) {
            return rows.stream().filter(row -> row.effect().equals(effect)).count();
        }
    }

    static List<Form> starterPack() {
        try (var file = Imports.class.getResourceAsStream("/catalog/starter-pack.yaml")) {
            if (file == null) {
                throw new IllegalStateException("the starter pack is missing");
            }
            return Sheet.read(Sheet.Kind.YAML, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Sheet.Unreadable e) {
            throw new IllegalStateException("the starter pack can't be read", e);
        }
    }

    /** A file, by its kind for the change log. */
    record Sent(List<Form> forms, String text, String kind) {

        static Sent of(Sheet.Kind kind, String text) throws Sheet.Unreadable {
            return new Sent(Sheet.read(kind, text), text, kind.id());
        }
    }

    /** Says what would be done, and does nothing. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    Report tried(Sent file) {
        return run(file, true, locked(file.text()));
    }

    /**
     * Does it; empty where the file, or anything in the catalog, is another one than what was tried.
     *
     * @param seen the tag of when it was tried
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    Optional<Report> done(Sent file, String seen) {
        var tag = locked(file.text());
        if (!tag.equals(seen)) {
            transaction.setRollbackOnly();
            return Optional.empty();
        }
        return Optional.of(run(file, false, tag));
    }

    /** Adds what of the starter pack has a name that nobody has taken: the rest is somebody's work, and stays as it is. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    Report starters() {
        var tag = locked("");
        var missing = starterPack().stream()
                .filter(form -> definitions.named(form.name()).isEmpty())
                .toList();
        return run(new Sent(missing, "", "starter pack"), false, tag);
    }

    /** From here on nobody else changes the catalog; which took one change of its own. A form sends other ends of lines than it was given. */
    private String locked(String text) {
        rows.lock();
        var whole = text.replace("\r\n", "\n").strip();
        return CanonicalJson.sha256(whole).substring(0, 32) + "-" + (rows.head().changes() - 1);
    }

    private Report run(Sent file, boolean dry, String tag) {
        var actor = current.importing(file.kind());
        var told = new ArrayList<Row>();
        var names = new HashSet<String>();
        for (int i = 0; i < file.forms().size(); i++) {
            told.add(row(i + 1, file.forms().get(i), names, actor));
        }
        boolean done = !dry && told.stream().noneMatch(Row::wrong);
        if (!done) {
            // It has been tried out in earnest, by the doors that decide: nothing of it stays.
            transaction.setRollbackOnly();
        }
        return new Report(told, done, tag);
    }

    private Row row(int number, Form form, Set<String> names, Actor actor) {
        var read = form.read();
        if (read.details().isEmpty()) {
            return new Row(number, "", "", errors(read.errors()), List.of());
        }
        var details = read.details().get();
        if (!names.add(DefinitionRows.key(details.name()))) {
            return new Row(number, details.name(), "", List.of("name: Stands in the file twice."), List.of());
        }
        var deviations = conformity.of(Form.of(details));
        var old = definitions.named(details.name());
        if (old.isPresent() && Form.of(old.get().details()).equals(Form.of(details))) {
            return new Row(number, details.name(), "unchanged", List.of(), deviations);
        }
        var result = old.isEmpty()
                ? definitions.create(details, false, actor)
                : definitions.change(old.get().id(), details, old.get().version(), actor);
        return result.outcome() == Outcome.DONE
                ? new Row(number, details.name(), old.isEmpty() ? "new" : "changed", List.of(), deviations)
                : new Row(number, details.name(), "", List.of(result.words()), deviations);
    }

    private static List<String> errors(Map<String, String> errors) {
        return errors.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(error -> error.getKey() + ": " + error.getValue())
                .collect(Collectors.toList());
    }
}
