package dev.weir.restoration;

import dev.weir.access.CurrentActor;
import dev.weir.access.People;
import dev.weir.access.Person;
import dev.weir.access.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** People: role, whether they may sign in, and which environments are their own. Decides nothing: {@link People} does. */
@ApplicationScoped
class PersonThings implements Things {

    private final People people;
    private final CurrentActor current;

    PersonThings(People people, CurrentActor current) {
        this.people = people;
        this.current = current;
    }

    @Override
    public Versioned kind() {
        return Versioned.PERSON;
    }

    @Override
    public Optional<Present> now(String object) {
        return person(object)
                .map(person -> new Present(
                        person.name(),
                        Optional.empty(),
                        person.version(),
                        "/console/people",
                        "/console/people/" + person.id() + "/history"));
    }

    @Override
    public boolean edits(String object) {
        return current.is(Role.ADMIN);
    }

    @Override
    public Answer restore(Restoration asked, Map<String, @Nullable Object> then) {
        return person(asked.object())
                .map(now -> people.change(
                        now.id(),
                        Objects.toString(then.getOrDefault("role", now.role()), ""),
                        then.containsKey("disabled") ? Boolean.TRUE.equals(then.get("disabled")) : now.disabled(),
                        then.containsKey("environments")
                                ? Optional.of(environments(then.get("environments")))
                                : Optional.empty(),
                        asked.version(),
                        asked.reason(),
                        asked.asker().subject()))
                .map(PersonThings::answer)
                .orElse(Answer.OUTDATED);
    }

    private Optional<Person> person(String id) {
        return people.list().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    private static Set<String> environments(@Nullable Object keys) {
        return keys instanceof List<?> list ? list.stream().map(String::valueOf).collect(Collectors.toSet()) : Set.of();
    }

    private static Answer answer(People.Outcome outcome) {
        return switch (outcome) {
            case DONE -> Answer.DONE;
            case UNKNOWN, OUTDATED -> Answer.OUTDATED;
            default -> new Answer(outcome.status(), outcome.words());
        };
    }
}
