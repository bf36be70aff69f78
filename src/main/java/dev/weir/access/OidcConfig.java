package dev.weir.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** The identity provider. {@link AuthChoice} reads the same settings when Weir starts. */
@ConfigMapping(prefix = "weir.oidc")
interface OidcConfig {

    /** As the provider names itself: {@code https://id.example.com/realms/company}. */
    Optional<String> issuer();

    Optional<String> clientId();

    Optional<String> clientSecret();

    /** Who a token for the interface must be meant for. */
    @WithDefault("weir-api")
    String audience();

    /** Where in the ID token the roles are, with slashes. */
    @WithDefault("realm_access/roles")
    String roleClaim();

    /** Their role to ours. Empty: roles are named alike. What is not named here gives nothing. */
    Map<String, String> roleMapping();

    /** Where in the token the keys of somebody's own environments are, with slashes. */
    @WithDefault("weir_environments")
    String environmentClaim();
}
