package dev.weir.store;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.Pseudonyms;
import dev.weir.policy.Verdict;
import dev.weir.store.Erasing.Known;
import dev.weir.store.Erasing.Name;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Under which names persons are known in an environment. A user or a device is looked for by its handle and by the pseudonym of it: a
 * handle that one policy keeps as it was sent, another one may turn into its pseudonym, and then it was the same device before.
 */
final class Persons {

    private final Connection connection;
    private final String environment;
    private final Pseudonyms pseudonyms;
    private final Optional<CompiledPolicy> inForce;

    Persons(Connection connection, EnvironmentKey environment) throws SQLException {
        this.connection = connection;
        this.environment = environment.value();
        this.pseudonyms = pseudonyms(connection, environment);
        this.inForce = Enforced.read(connection, environment).map(Enforced::policy);
    }

    static Pseudonyms pseudonyms(Connection connection, EnvironmentKey environment) throws SQLException {
        return new Pseudonyms(Secret.of(connection, environment.value()).getBytes(StandardCharsets.UTF_8));
    }

    Known known(Name name) throws SQLException {
        var identities = new LinkedHashSet<String>();
        var users = new LinkedHashSet<String>();
        if (name.identity()) {
            identities.addAll(identities(name.text()));
        } else {
            users.addAll(forms(name.text()));
            var of = identitiesOf(name.text());
            if (of.size() == 1) {
                identities.addAll(of);
            }
        }
        var alone = new LinkedHashSet<>(users);
        for (var identity : List.copyOf(identities)) {
            for (var user : usersOf(identity)) {
                users.addAll(forms(user));
                if (identities.containsAll(identitiesOf(user))) {
                    alone.addAll(forms(user));
                }
            }
        }
        var shared = new LinkedHashSet<>(users);
        shared.removeAll(alone);
        return new Known(names(identities, users), names(identities, alone), names(Set.of(), shared));
    }

    /** Of handles that came with these identities those that nobody else is linked to, and that were not cut from them since. */
    Set<Name> met(Map<Theirs.Said, Instant> met, Set<String> identities) throws SQLException {
        var cuts = new Cuts(connection, environment);
        var alone = new LinkedHashSet<String>();
        for (var said : met.entrySet()) {
            var handle = said.getKey().handle();
            var at = said.getValue();
            if (identities.containsAll(identitiesOf(handle))
                    && !cuts.parted(handle, said.getKey().identity(), at, at)) {
                alone.addAll(forms(handle));
            }
        }
        return names(Set.of(), alone);
    }

    /** Whether one of these identities is linked to the handle. */
    boolean linked(String handle, Set<String> identities) throws SQLException {
        return identitiesOf(handle).stream().anyMatch(identities::contains);
    }

    private static Set<Name> names(Collection<String> identities, Collection<String> users) {
        var names = new LinkedHashSet<Name>();
        identities.forEach(identity -> names.add(new Name(true, identity)));
        users.forEach(user -> names.add(new Name(false, user)));
        return names;
    }

    /** As the policy in force would keep it, and as it was sent: an earlier one may have kept it so. */
    Set<String> identities(String sent) {
        var forms = new LinkedHashSet<String>();
        forms.add(sent);
        forms.add(sent.strip());
        inForce.flatMap(policy -> kept(policy, sent)).ifPresent(forms::add);
        return forms;
    }

    private static Optional<String> kept(CompiledPolicy policy, String sent) {
        var event = new Event(
                EventType.IDENTIFY, null, null, null, Hierarchy.NONE, Map.of(), sent, Page.NONE, Session.NONE);
        return policy.judge(event, Circumstances.SERVER) instanceof Verdict.Kept kept
                ? Optional.ofNullable(kept.event().identity())
                : Optional.empty();
    }

    Set<String> forms(String handle) {
        var forms = new LinkedHashSet<String>();
        forms.add(handle);
        forms.add(pseudonyms.handle(handle));
        return forms;
    }

    private Set<String> identitiesOf(String user) throws SQLException {
        return texts(
                "select identity from identity_link where environment = ? and user_id in (?, ?)",
                user,
                pseudonyms.handle(user));
    }

    private Set<String> usersOf(String identity) throws SQLException {
        return texts("select user_id from identity_link where environment = ? and identity = ?", identity);
    }

    private Set<String> texts(String sql, String... arguments) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, environment);
            for (int i = 0; i < arguments.length; i++) {
                select.setString(i + 2, arguments[i]);
            }
            var found = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return new LinkedHashSet<>(found);
        }
    }
}
