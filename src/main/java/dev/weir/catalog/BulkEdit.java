package dev.weir.catalog;

import dev.weir.access.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The same change to many definitions: to all of them or, where one can't be changed, to none. */
@ApplicationScoped
@Transactional
class BulkEdit {

    static final int MOST = 500;

    private final Definitions definitions;
    private final TransactionSynchronizationRegistry transaction;

    BulkEdit(Definitions definitions, TransactionSynchronizationRegistry transaction) {
        this.definitions = definitions;
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

    /** What refused, definition by definition; empty when all is done. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
    List<String> apply(List<Chosen> chosen, String action, String value) {
        var refusals = new ArrayList<String>();
        for (var one : chosen) {
            var definition = definitions.find(one.id());
            if (definition.isEmpty()) {
                refusals.add(Outcome.UNKNOWN.words());
                continue;
            }
            var refusal = apply(definition.get(), one.version(), action, value);
            refusal.ifPresent(words -> refusals.add(definition.get().name() + ": " + words));
        }
        if (!refusals.isEmpty()) {
            transaction.setRollbackOnly();
        }
        return refusals;
    }

    private Optional<String> apply(Definition definition, long version, String action, String value) {
        var status = Status.of(action);
        if (status.isPresent()) {
            return refusal(definitions.move(definition.id(), status.get(), version, value));
        }
        var form = changed(Form.of(definition.details()), action, value.strip());
        if (form.isEmpty()) {
            return Optional.of("There is no such change.");
        }
        var read = form.get().read();
        return read.details().isEmpty()
                ? Optional.of(String.join(" ", read.errors().values()))
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

    private static Optional<String> refusal(Definitions.Result result) {
        return result.outcome() == Outcome.DONE
                ? Optional.empty()
                : Optional.of(result.outcome().words());
    }
}
