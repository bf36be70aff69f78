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
    private final ChangeLog log;

    LocalSignIn(
            AccountRepository accounts,
            Sessions sessions,
            Patience patience,
            Hashing hashing,
            Refusals refusals,
            ChangeLog log) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.patience = patience;
        this.hashing = hashing;
        this.refusals = refusals;
        this.log = log;
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
        if (!matches.get() || account.isEmpty()) {
            LOG.info("Refused to sign somebody in.");
            QuarkusTransaction.requiringNew().run(() -> log.write(failure(known, address)));
            return Attempt.REFUSED;
        }
        patience.succeeded(login, address);
        return new Attempt(Optional.of(sessions.begin(account.get(), browser)), false);
    }

    /**
     * What was typed is not kept: it may be a password in the wrong field. Attempts that had to wait are not told one by one, but
     * counted (see {@link Refusals}), so nobody can fill the log.
     */
    private static Entry failure(Optional<Account> known, String address) {
        var nobody = new Actor("nobody", "Nobody signed in", Actor.Means.SIGN_IN);
        var thing = known.map(Account::thing).orElseGet(() -> Thing.of("account", "unknown"));
        return Entry.of(nobody, "sign-in-refused", thing)
                .personal("address", known.map(Account::subject).orElse("nobody"), null, address);
    }
}
