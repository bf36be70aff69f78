package dev.weir.access;

import dev.weir.web.PagePolicy;
import dev.weir.web.PublicAddress;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.OidcSession;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The identity provider, where there is one: signs out there as well, and lets forms lead there. */
@ApplicationScoped
class Provider implements PagePolicy {

    /** Under this name the identity of somebody who signed in there knows the provider's addresses. */
    private static final String METADATA = "configuration-metadata";

    private static final URI SIGNED_OUT = URI.create("/console/signed-out");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Access access;
    private final OidcConfig config;
    private final Instance<SecurityIdentity> identity;
    private final Instance<OidcSession> session;
    private final PublicAddress address;

    Provider(
            Access access,
            OidcConfig config,
            Instance<SecurityIdentity> identity,
            Instance<OidcSession> session,
            PublicAddress address) {
        this.access = access;
        this.config = config;
        this.identity = identity;
        this.session = session;
        this.address = address;
    }

    /** Ends the session here; the answer is where the browser must go to end it at the provider. */
    URI signOut(RoutingContext context) {
        if (identity.get().isAnonymous()) {
            return SIGNED_OUT;
        }
        var token = identity.get().getCredential(IdTokenCredential.class);
        OidcConfigurationMetadata metadata = identity.get().getAttribute(METADATA);
        session.get().logout().await().atMost(PATIENCE);
        if (metadata == null || metadata.getEndSessionUri() == null || token == null) {
            return SIGNED_OUT;
        }
        return UriBuilder.fromUri(metadata.getEndSessionUri())
                .queryParam("id_token_hint", token.getToken())
                .queryParam("post_logout_redirect_uri", address.of(context) + SIGNED_OUT)
                .build();
    }

    @Override
    public String path() {
        return "/console";
    }

    @Override
    public Optional<String> formTarget() {
        return access.local() ? Optional.empty() : config.issuer().map(Provider::origin);
    }

    private static String origin(String issuer) {
        var address = URI.create(issuer);
        return address.getScheme() + "://" + address.getRawAuthority();
    }
}
