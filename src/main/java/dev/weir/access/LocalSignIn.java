package dev.weir.access;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.kernel.Actor;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Turns a login and a password into a session. A refusal has no reason that the asker could see: unknown, wrong, disabled and too
 * many attempts look and cost the same.
 */
@ApplicationScoped
class LocalSignIn {

    private static final Logger LOG = Logger.getLogger(LocalSignIn.class);

    private final AccountRepository accounts;
    private final Sessions sessions;
    private final Patience patience;
    private final ChangeLog log;

    LocalSignIn(AccountRepository accounts, Sessions sessions, Patience patience, ChangeLog log) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.patience = patience;
        this.log = log;
    }

    Optional<Token> attempt(String typed, String password, String address, String browser) {
        var login = typed.strip().toLowerCase(Locale.ROOT);
        boolean admitted = patience.admits(login, address);
        var known = accounts.byLogin(login);
        var account = known.filter(found -> !found.disabled());
        // Always one comparison, whoever it is for and whether or not it may count.
        boolean matches = Passwords.matches(
                password, account.flatMap(Account::passwordHash).orElse(null));
        if (!admitted || !matches || account.isEmpty()) {
            LOG.infof("Refused to sign somebody in%s.", admitted ? "" : ": too many attempts");
            if (admitted) {
                QuarkusTransaction.requiringNew().run(() -> log.write(failure(known, address)));
            }
            return Optional.empty();
        }
        patience.succeeded(login, address);
        return Optional.of(sessions.begin(account.get(), browser));
    }

    /**
     * What was typed is not kept: it may be a password in the wrong field. Attempts that had to wait are not told one by one, so
     * nobody can fill the log.
     */
    private static Entry failure(Optional<Account> known, String address) {
        var nobody = new Actor("nobody", "Nobody signed in", Actor.Means.SIGN_IN);
        var thing = known.map(Account::thing).orElseGet(() -> Thing.of("account", "unknown"));
        return Entry.of(nobody, "sign-in-refused", thing)
                .personal("address", known.map(Account::subject).orElse("nobody"), null, address);
    }
}
