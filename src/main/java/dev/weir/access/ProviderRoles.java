package dev.weir.access;

import dev.weir.kernel.EnvironmentKey;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Translates what an identity provider says about somebody: its roles into ours, issuer and subject into who it is, and which environments
 * are theirs. A role that the mapping doesn't know gives nothing; a mail address is never an identity.
 */
@ApplicationScoped
class ProviderRoles implements SecurityIdentityAugmentor {

    private static final int LONGEST_APPLICATION = 100;

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
                .addAttribute(CurrentActor.APPLICATION, application(token))
                .addAttribute(OwnEnvironments.CLAIMED, environments(token, config.environmentClaim()))
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

    /** A list of keys, or one; what is no key of an environment says nothing. */
    static Set<EnvironmentKey> environments(JsonWebToken token, String path) {
        var names = path.split("/", -1);
        Object found = token.getClaim(names[0]);
        for (int i = 1; i < names.length; i++) {
            found = found instanceof Map<?, ?> object ? object.get(names[i]) : null;
        }
        return (found instanceof Collection<?> list ? list.stream() : Stream.ofNullable(found))
                // A provider's JSON has its texts in quotes.
                .map(text -> text.toString().replace("\"", ""))
                .filter(EnvironmentKey::valid)
                .map(EnvironmentKey::new)
                .collect(Collectors.toSet());
    }

    /** To which application it was issued: {@code azp}, or {@code client_id} as RFC 9068 has it. Empty where it says neither. */
    private static String application(JsonWebToken token) {
        return Stream.of("azp", "client_id")
                .flatMap(claim -> Stream.ofNullable(token.<Object>getClaim(claim)))
                .filter(String.class::isInstance)
                .map(found -> found.toString()
                        .substring(
                                0,
                                Math.min(LONGEST_APPLICATION, found.toString().length())))
                .findFirst()
                .orElse("");
    }

    private static String name(JsonWebToken token) {
        if (token.getClaim("name") instanceof String text && !text.isBlank()) {
            return text;
        }
        return token.getClaim("preferred_username") instanceof String text ? text : token.getSubject();
    }
}
