package dev.weir.access;

import dev.weir.access.PersonalToken.Scope.Kind;
import dev.weir.access.PersonalTokens.Bearer;
import dev.weir.web.Questions;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * In local mode: {@code Authorization: Bearer wpt_…} says on whose behalf a program asks, below {@value #PATH} and nowhere else. What the
 * account may do now is what the token may, less what its scope leaves out: then it has no role. With an identity provider it does nothing.
 */
@ApplicationScoped
class TokenMechanism implements HttpAuthenticationMechanism {

    static final String PATH = "/api/v1/";

    private static final String BEARER = "bearer ";

    private final Access access;
    private final PersonalTokens tokens;
    private final Refusals refusals;
    private final BlockingSecurityExecutor executor;
    private final Instance<Questions> questions;

    TokenMechanism(
            Access access,
            PersonalTokens tokens,
            Refusals refusals,
            BlockingSecurityExecutor executor,
            @Any Instance<Questions> questions) {
        this.access = access;
        this.tokens = tokens;
        this.refusals = refusals;
        this.executor = executor;
        this.questions = questions;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        var secret = access.local() && context.normalizedPath().startsWith(PATH)
                ? secret(context)
                : Optional.<String>empty();
        if (secret.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        var method = context.request().method().name();
        var kind = kind(method, context.normalizedPath());
        var address = context.request().remoteAddress().hostAddress();
        return executor.executeBlocking(() -> tokens.bearer(secret.get())
                .map(bearer -> identity(bearer, bearer.token().scope().covers(kind)))
                .orElseThrow(() -> refused(secret.get(), address)));
    }

    private Kind kind(String method, String path) {
        if (method.equals("GET") || method.equals("HEAD")) {
            return Kind.READS;
        }
        if (!method.equals("POST")) {
            return Kind.CHANGES;
        }
        return questions.stream().anyMatch(feature -> feature.asks(path))
                ? Kind.ASKS
                : questions.stream().anyMatch(feature -> feature.reads(path)) ? Kind.READS : Kind.CHANGES;
    }

    private AuthenticationFailedException refused(String secret, String address) {
        refusals.token(secret, address);
        return new AuthenticationFailedException();
    }

    private static Optional<String> secret(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader("Authorization"))
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()).strip())
                .filter(secret -> secret.startsWith(PersonalToken.PREFIX));
    }

    private static SecurityIdentity identity(Bearer bearer, boolean covered) {
        var identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(bearer.account().login()))
                .addAttribute(CurrentActor.SUBJECT, bearer.account().subject())
                .addAttribute(CurrentActor.NAME, bearer.account().name())
                .addAttribute(CurrentActor.TOKEN, bearer.token().name());
        if (covered) {
            identity.addRole(bearer.account().role());
        }
        return identity.build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        // The other mechanism of local mode says it, for pages and programs.
        return Uni.createFrom().nullItem();
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom()
                .item(new HttpCredentialTransport(HttpCredentialTransport.Type.OTHER_HEADER, "personal-token"));
    }

    /** After that of sessions, which looks at nothing here. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
    }
}
