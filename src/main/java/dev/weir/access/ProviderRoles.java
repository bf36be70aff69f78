package dev.weir.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Translates what an identity provider says about somebody: its roles into ours, and issuer and subject into who it is. A role that
 * the mapping doesn't know gives nothing; a mail address is never an identity.
 */
@ApplicationScoped
class ProviderRoles implements SecurityIdentityAugmentor {

    /** The names that the provider gave, for the page that explains why somebody may do nothing. */
    static final String RECEIVED = "weir.received";

    private final OidcConfig config;

    ProviderRoles(OidcConfig config) {
        this.config = config;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom()
                .item(identity.getPrincipal() instanceof JsonWebToken token ? translated(identity, token) : identity);
    }

    private SecurityIdentity translated(SecurityIdentity identity, JsonWebToken token) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addCredentials(identity.getCredentials())
                .addAttributes(identity.getAttributes())
                .addAttribute(CurrentActor.SUBJECT, token.getIssuer() + "#" + token.getSubject())
                .addAttribute(CurrentActor.NAME, name(token))
                .addAttribute(RECEIVED, new TreeSet<>(identity.getRoles()))
                .addRoles(ours(identity.getRoles()))
                .build();
    }

    Set<String> ours(Set<String> theirs) {
        var mapping = config.roleMapping();
        return theirs.stream()
                .flatMap(role -> Optional.ofNullable(mapping.isEmpty() ? role : mapping.get(role)).stream())
                .filter(Role.ALL::contains)
                .collect(Collectors.toSet());
    }

    private static String name(JsonWebToken token) {
        if (token.getClaim("name") instanceof String text && !text.isBlank()) {
            return text;
        }
        return token.getClaim("preferred_username") instanceof String text ? text : token.getSubject();
    }
}
