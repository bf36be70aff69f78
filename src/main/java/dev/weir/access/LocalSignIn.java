package dev.weir.access;

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

    LocalSignIn(AccountRepository accounts, Sessions sessions, Patience patience) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.patience = patience;
    }

    Optional<Token> attempt(String typed, String password, String address, String browser) {
        var login = typed.strip().toLowerCase(Locale.ROOT);
        boolean admitted = patience.admits(login, address);
        var account = accounts.byLogin(login).filter(found -> !found.disabled());
        // Always one comparison, whoever it is for and whether or not it may count.
        boolean matches = Passwords.matches(
                password, account.flatMap(Account::passwordHash).orElse(null));
        if (!admitted || !matches || account.isEmpty()) {
            LOG.infof("Refused to sign somebody in%s.", admitted ? "" : ": too many attempts");
            return Optional.empty();
        }
        patience.succeeded(login, address);
        return Optional.of(sessions.begin(account.get(), browser));
    }
}
