package dev.weir.access;

import dev.weir.kernel.Actor;
import dev.weir.web.SignedIn;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import java.util.Optional;

/** Who makes this request. It never says what the person may do beyond the roles that were given. */
@RequestScoped
public class CurrentActor implements SignedIn {

    /** Attributes of the identity: what the audit keeps, and what people read. */
    static final String SUBJECT = "weir.subject";

    static final String NAME = "weir.name";

    /** The name of the personal token that a program carries. */
    static final String TOKEN = "weir.token";

    /** The application that a token of a provider was issued to. */
    static final String APPLICATION = "weir.application";

    /** What an identity of a provider says about who vouched for it; {@code api} is for programs (dev.weir.access.AuthChoice). */
    private static final String TENANT = "tenant-id";

    private final SecurityIdentity identity;

    CurrentActor(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The person; outside a signed-in request, Weir itself can't stand in: that is a bug. */
    public Actor actor() {
        if (identity.isAnonymous()) {
            throw new IllegalStateException("nobody is signed in");
        }
        String token = identity.getAttribute(TOKEN);
        if (token != null) {
            return new Actor(attribute(SUBJECT), attribute(NAME), Actor.Means.TOKEN, token);
        }
        if ("api".equals(identity.getAttribute(TENANT))) {
            String application = identity.getAttribute(APPLICATION);
            return new Actor(
                    attribute(SUBJECT), attribute(NAME), Actor.Means.TOKEN, application == null ? "" : application);
        }
        return new Actor(attribute(SUBJECT), attribute(NAME), Actor.Means.SESSION);
    }

    /** The same person, who brings something in a file; and with which token, where it was one. */
    public Actor importing(String what) {
        var actor = actor();
        boolean token =
                actor.means() == Actor.Means.TOKEN && !actor.instrument().isEmpty();
        return new Actor(
                actor.subject(),
                actor.name(),
                Actor.Means.IMPORT,
                token ? what + ", token " + actor.instrument() : what);
    }

    public boolean is(String role) {
        return identity.hasRole(role);
    }

    @Override
    public Optional<Person> person() {
        if (identity.isAnonymous()) {
            return Optional.empty();
        }
        List<String> roles = Role.ALL.stream().filter(this::is).toList();
        return Optional.of(new Person(attribute(NAME), roles));
    }

    @Override
    public Optional<String> subject() {
        return identity.isAnonymous() ? Optional.empty() : Optional.of(attribute(SUBJECT));
    }

    private String attribute(String name) {
        Object value = identity.getAttribute(name);
        return value == null ? identity.getPrincipal().getName() : value.toString();
    }
}
