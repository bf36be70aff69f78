package dev.weir.access;

import dev.weir.changelog.ChangeLog;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.spi.runtime.AuthenticationFailureEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Tells the change log of refusals that anybody could cause as often as they like: wrong passwords, attempts that have to wait, tokens
 * that are not believed, sign-ins that fail at an identity provider. Counts them and tells the counts once a minute, so nobody can fill
 * the log.
 */
@ApplicationScoped
class Refusals {

    private final RefusalCount count = new RefusalCount();

    private final Access access;
    private final AccountRepository accounts;
    private final PersonalTokens tokens;
    private final ChangeLog log;

    Refusals(Access access, AccountRepository accounts, PersonalTokens tokens, ChangeLog log) {
        this.access = access;
        this.accounts = accounts;
        this.tokens = tokens;
        this.log = log;
    }

    /** Somebody has to wait before this name, or from this address, is looked at again. */
    void waits(String login, String address) {
        count.add(RefusalCount.Refused.waits(accounts.byLogin(login), address));
    }

    /** Nobody has this name and this password. */
    void password(Optional<Account> known, String address) {
        count.add(RefusalCount.Refused.password(known, address));
    }

    /** A personal token is not believed. */
    void token(String secret, String address) {
        count.add(RefusalCount.Refused.token(tokens.whyNot(secret), address));
    }

    /** A bearer token, or the way back from the provider, is not believed. A page that asks somebody to sign in again is no failure. */
    void provider(@Observes AuthenticationFailureEvent event) {
        boolean redirect = event.getAuthenticationFailure() instanceof AuthenticationRedirectException;
        if (access.local() || redirect) {
            return;
        }
        Optional.ofNullable(event.getEventProperties().get(RoutingContext.class.getName()))
                .map(RoutingContext.class::cast)
                .ifPresent(this::provider);
    }

    private void provider(RoutingContext context) {
        var address = context.request().remoteAddress().hostAddress();
        if (context.normalizedPath().startsWith(TokenMechanism.PATH)) {
            count.add(RefusalCount.Refused.providersToken(address));
        } else if (context.request().getParam("state") != null) {
            count.add(RefusalCount.Refused.signIn(address));
        }
    }

    /**
     * What was counted since the last time; who asks for it meanwhile waits until it is told. Nothing is lost where the database is away:
     * it is told later.
     */
    @Scheduled(every = "1m")
    synchronized void tell() {
        var taken = count.take();
        if (taken.isEmpty()) {
            return;
        }
        try {
            QuarkusTransaction.requiringNew().run(() -> taken.entries().forEach(log::write));
        } catch (RuntimeException e) {
            count.putBack(taken);
            throw e;
        }
    }

    void last(@Observes ShutdownEvent event) {
        tell();
    }
}
