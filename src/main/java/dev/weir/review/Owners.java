package dev.weir.review;

import dev.weir.access.CurrentActor;
import dev.weir.access.Grants;
import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who can answer for a task. Of Weir's own accounts whoever can sign in and may sign; where an identity provider keeps them, whoever asks
 * and whoever the change log knows: which roles these have, only the provider knows, and signing asks again.
 */
@ApplicationScoped
class Owners {

    static final Set<String> SIGNING = Set.of(Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER);
    private static final int LATEST = 200;
    private static final Set<String> NOBODY = Set.of("system", "nobody");

    private final Grants grants;
    private final ChangeLog log;
    private final CurrentActor current;

    Owners(Grants grants, ChangeLog log, CurrentActor current) {
        this.grants = grants;
        this.log = log;
        this.current = current;
    }

    /** By name. */
    List<Someone> all() {
        var found = grants.known() ? accounts() : doers();
        return found.distinct()
                .sorted(Comparator.comparing(Someone::name).thenComparing(Someone::subject))
                .toList();
    }

    private Stream<Someone> accounts() {
        return grants.accounts().stream()
                .filter(account -> account.state().equals("active") && SIGNING.contains(account.role()))
                .map(account -> new Someone(account.subject(), account.name()));
    }

    private Stream<Someone> doers() {
        var me = Someone.of(current.actor());
        var others = log.doers(LATEST).stream()
                .filter(doer ->
                        !NOBODY.contains(doer.subject()) && !doer.subject().matches("(local|erasure-key):.*"))
                .filter(doer -> !doer.subject().equals(me.subject()))
                .flatMap(doer -> doer.name().map(name -> new Someone(doer.subject(), name)).stream());
        return Stream.concat(Stream.of(me), others);
    }

    /** Those of the tasks whose owner can sign no more: the account is disabled, or has another role. */
    List<Long> stranded(List<Task> tasks) {
        if (!grants.known()) {
            return List.of();
        }
        var able = accounts().map(Someone::subject).collect(Collectors.toSet());
        return tasks.stream()
                .filter(task -> task.state() == Task.State.OPEN && !task.closed())
                .filter(task -> !able.contains(task.owner().subject()))
                .map(Task::number)
                .toList();
    }

    static Optional<Someone> named(String subject, List<Someone> owners) {
        return owners.stream().filter(one -> one.subject().equals(subject)).findFirst();
    }

    /** Who is called so, where it is one of them and no two. */
    static Optional<Someone> called(String name, List<Someone> owners) {
        var found =
                owners.stream().filter(one -> one.name().equalsIgnoreCase(name)).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }
}
