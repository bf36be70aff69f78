package dev.weir.catalog;

import dev.weir.access.Role;
import dev.weir.catalog.Definitions.Result;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The same change to many definitions: to all of them or, where one can't be changed, to none. */
@ApplicationScoped
@Transactional
class BulkEdit {

    static final int MOST = 500;

    private final Definitions definitions;
    private final Conformity conformity;
    private final TransactionSynchronizationRegistry transaction;

    BulkEdit(Definitions definitions, Conformity conformity, TransactionSynchronizationRegistry transaction) {
        this.definitions = definitions;
        this.conformity = conformity;
        this.transaction = transaction;
    }

    /** A definition as it stood in the list. */
    record Chosen(String id, long version) {

        /** Of {@code id version}, as a box of the list carries it. */
        static Optional<Chosen> of(String word) {
            return word.matches("[0-9A-Za-z-]{1,36} [0-9]{1,18}")
                    ? Optional.of(new Chosen(
                            word.substring(0, word.indexOf(' ')),
                            Long.parseLong(word.substring(word.indexOf(' ') + 1))))
                    : Optional.empty();
        }
    }

    /**
     * What became of one of them; where one is refused, none was changed.
     *
     * @param name empty where there is no such definition
     * @param version after the change
     * @param refusal empty where nothing speaks against it
     * @param broken the standards that it breaks as it would be then
     */
    record Row(String id, String name, long version, Optional<Refusal> refusal, List<Broken> broken) {

        boolean refused() {
            return refusal.isPresent();
        }

        /** For people. */
        String words() {
            var words = refusal.map(Refusal::words).orElse("");
            return name.isEmpty() ? words : name + ": " + words;
        }
    }

    /** @param outdated whether somebody else was first */
    record Refusal(String words, boolean outdated) {

        static Refusal of(Result result) {
            return new Refusal(result.words(), result.outcome() == Outcome.OUTDATED);
        }
    }

    /** One by one, in the order in which they were chosen. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    List<Row> apply(List<Chosen> chosen, String action, String value) {
        var rows = chosen.stream().map(one -> row(one, action, value)).toList();
        if (rows.stream().anyMatch(Row::refused)) {
            transaction.setRollbackOnly();
        }
        return rows;
    }

    private Row row(Chosen one, String action, String value) {
        var found = definitions.find(one.id());
        if (found.isEmpty()) {
            return new Row(one.id(), "", one.version(), Optional.of(Refusal.of(Result.of(Outcome.UNKNOWN))), List.of());
        }
        var definition = found.get();
        var refusal = apply(definition, one.version(), action, value);
        var broken = definitions.find(one.id()).map(conformity::of).orElse(List.of());
        return new Row(one.id(), definition.name(), one.version() + 1, refusal, broken);
    }

    private Optional<Refusal> apply(Definition definition, long version, String action, String value) {
        var status = Status.of(action);
        if (status.isPresent()) {
            return refusal(definitions.move(definition.id(), status.get(), version, value));
        }
        var form = changed(Form.of(definition.details()), action, value.strip());
        if (form.isEmpty()) {
            return Optional.of(new Refusal("There is no such change.", false));
        }
        var read = form.get().read();
        return read.details().isEmpty()
                ? Optional.of(new Refusal(String.join(" ", read.errors().values()), false))
                : refusal(definitions.change(definition.id(), read.details().get(), version));
    }

    private static Optional<Form> changed(Form form, String action, String value) {
        var tags = Form.words(form.tags()).stream();
        return switch (action) {
            case "tag" -> Optional.of(form.withTags(Stream.concat(tags, Form.words(value).stream())));
            case "untag" ->
                Optional.of(form.withTags(tags.filter(tag -> !Form.words(value).contains(tag))));
            case "category" -> Optional.of(form.withCategory(value));
            case "criticality" -> Optional.of(form.withCriticality(value));
            case "team", "person" -> Optional.of(form.withOwner(action, value));
            default -> Optional.empty();
        };
    }

    private static Optional<Refusal> refusal(Result result) {
        return result.outcome() == Outcome.DONE ? Optional.empty() : Optional.of(Refusal.of(result));
    }
}
