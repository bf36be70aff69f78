package dev.weir.access;

import dev.weir.web.Console;
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
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * In local mode: the cookie {@value #COOKIE} says who somebody is, below {@code /console} and nowhere else. Whoever is nobody is
 * sent to the sign-in page. With an identity provider it does nothing.
 */
@ApplicationScoped
class SessionMechanism implements HttpAuthenticationMechanism {

    static final String COOKIE = "weir_session";

    private final Access access;
    private final Sessions sessions;
    private final BlockingSecurityExecutor executor;

    SessionMechanism(Access access, Sessions sessions, BlockingSecurityExecutor executor) {
        this.access = access;
        this.sessions = sessions;
        this.executor = executor;
    }

    static Optional<Token> token(RoutingContext context) {
        return Optional.ofNullable(context.request().getCookie(COOKIE)).map(cookie -> new Token(cookie.getValue()));
    }

    static void give(RoutingContext context, Token token) {
        context.response().addCookie(cookie(context, token.secret()));
    }

    static void takeAway(RoutingContext context) {
        context.response().addCookie(cookie(context, "").setMaxAge(0));
    }

    private static Cookie cookie(RoutingContext context, String value) {
        return Cookie.cookie(COOKIE, value)
                .setPath(Console.PATH)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX)
                .setSecure(Console.secure(context));
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        var token = access.local() && Console.is(context) ? token(context) : Optional.<Token>empty();
        if (token.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        return executor.executeBlocking(() ->
                sessions.account(token.get()).map(SessionMechanism::identity).orElse(null));
    }

    private static SecurityIdentity identity(Account account) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(account.login()))
                .addRole(account.role())
                .addAttribute(CurrentActor.SUBJECT, account.subject())
                .addAttribute(CurrentActor.NAME, account.name())
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        if (!access.local()) {
            return Uni.createFrom().nullItem();
        }
        if (!Console.is(context)) {
            return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
        }
        if ("true".equals(context.request().getHeader("HX-Request"))) {
            // htmx follows a redirect silently and would put the sign-in page into a corner of this one.
            return Uni.createFrom().item(new ChallengeData(401, "HX-Redirect", "/console/login"));
        }
        return Uni.createFrom().item(new ChallengeData(302, "Location", signIn(context)));
    }

    private static String signIn(RoutingContext context) {
        boolean reading = "GET".equals(context.request().method().name());
        return reading
                ? "/console/login?to=" + URLEncoder.encode(context.request().uri(), StandardCharsets.UTF_8)
                : "/console/login";
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.COOKIE, COOKIE));
    }

    /** Before the identity provider's, whose challenge would answer first. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
    }
}
