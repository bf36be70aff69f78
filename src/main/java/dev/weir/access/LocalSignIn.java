package dev.weir.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Turns a login and a password into a session. A refusal has no reason that the asker could see: unknown, wrong and disabled look
 * and cost the same; too many attempts look the same and cost nothing, whether or not there is such a login.
 */
@ApplicationScoped
class LocalSignIn {

    private static final Logger LOG = Logger.getLogger(LocalSignIn.class);

    private final AccountRepository accounts;
    private final Sessions sessions;
    private final Patience patience;
    private final Hashing hashing;
    private final Refusals refusals;

    LocalSignIn(AccountRepository accounts, Sessions sessions, Patience patience, Hashing hashing, Refusals refusals) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.patience = patience;
        this.hashing = hashing;
        this.refusals = refusals;
    }

    /** What came of an attempt: a session, a refusal, or neither because too many others are being looked at. */
    record Attempt(Optional<Token> token, boolean busy) {
        static final Attempt REFUSED = new Attempt(Optional.empty(), false);
        static final Attempt BUSY = new Attempt(Optional.empty(), true);
    }

    Attempt attempt(String typed, String password, String address, String browser) {
        var login = typed.strip().toLowerCase(Locale.ROOT);
        if (!patience.admits(login, address)) {
            LOG.info("Refused to sign somebody in: too many attempts.");
            refusals.waits(login, address);
            return Attempt.REFUSED;
        }
        var known = accounts.byLogin(login);
        var account = known.filter(found -> !found.disabled());
        // Always one comparison, whoever it is for.
        var matches =
                hashing.matches(password, account.flatMap(Account::passwordHash).orElse(null));
        if (matches.isEmpty()) {
            patience.withdraw(login, address);
            return Attempt.BUSY;
        }
        var begun = account.filter(found -> matches.get()).flatMap(found -> sessions.begin(found, browser));
        if (begun.isEmpty()) {
            LOG.info("Refused to sign somebody in.");
            // What was typed is not told: it may be a password in the wrong field.
            refusals.password(known, address);
            return Attempt.REFUSED;
        }
        patience.succeeded(login, address);
        return new Attempt(begun, false);
    }
}
