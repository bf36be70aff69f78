package dev.weir.access;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import dev.weir.database.Sql;
import dev.weir.kernel.Actor;
import dev.weir.planes.Planes;
import dev.weir.web.PublicAddress;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Makes the first Admin: while there is none, each start prints a link that is good once and for an hour. There is no default
 * password, and no way in here once an Admin exists.
 */
@ApplicationScoped
class FirstAdmin {

    private static final Logger LOG = Logger.getLogger("dev.weir.setup");

    private final Access access;
    private final AccountRepository accounts;
    private final AccessConfig config;
    private final ChangeLog log;
    private final Hashing hashing;
    private final Sql sql;
    private final Clock clock;
    private final PublicAddress address;
    private final Planes planes;
    private final AtomicBoolean told = new AtomicBoolean();

    FirstAdmin(
            Access access,
            AccountRepository accounts,
            AccessConfig config,
            ChangeLog log,
            Hashing hashing,
            Sql sql,
            Clock clock,
            PublicAddress address,
            Planes planes) {
        this.access = access;
        this.accounts = accounts;
        this.config = config;
        this.log = log;
        this.hashing = hashing;
        this.sql = sql;
        this.clock = clock;
        this.address = address;
        this.planes = planes;
    }

    void plain(@ObservesAsync HttpServerStart start) {
        listening("http", start.options());
    }

    void tls(@ObservesAsync HttpsServerStart start) {
        listening("https", start.options());
    }

    /** Where Weir speaks both, the first of them is told: a second link would end the first. */
    private void listening(String scheme, HttpServerOptions options) {
        if (!planes.control() || !access.local() || told.getAndSet(true)) {
            return;
        }
        var host = options.getHost();
        var reachable = "0.0.0.0".equals(host) || "::".equals(host) ? "localhost" : host;
        var base = address.configured().orElse(scheme + "://" + reachable + ":" + options.getPort());
        newLink()
                .ifPresent(token -> LOG.infof(
                        "There is no Admin yet. Open %s/console/setup?token=%s to create the first one (good once, for %d minutes).",
                        base, token.secret(), config.setUpLink().toMinutes()));
    }

    /** A new link, which ends the one before; none once there is an Admin. */
    @Transactional
    Optional<Token> newLink() {
        sql.change("delete from setup_link");
        if (accounts.adminExists()) {
            return Optional.empty();
        }
        var token = Token.fresh();
        sql.change(
                "insert into setup_link (id, token_hash, expires_at) values (1, ?, ?)",
                token.hash(),
                clock.instant().plus(config.setUpLink()));
        log.write(Entry.of(Actor.SYSTEM, "link-made", Thing.of("set-up", "first-admin")));
        return Optional.of(token);
    }

    @Transactional
    boolean good(Token token) {
        return !accounts.adminExists()
                && sql.number(
                                "select count(*) from setup_link where token_hash = ? and expires_at > ?",
                                token.hash(),
                                clock.instant())
                        == 1;
    }

    /** Uses the link up. Empty where it is not good any more: of two at once, one gets the account. */
    @Transactional
    Optional<Account> create(Token token, String login, String name, String password) {
        boolean mine = sql.change(
                        "delete from setup_link where token_hash = ? and expires_at > ?", token.hash(), clock.instant())
                == 1;
        if (!mine || accounts.adminExists()) {
            return Optional.empty();
        }
        var account =
                new Account(UUID.randomUUID().toString(), login, name, Role.ADMIN, Optional.of(hashing.hash(password)));
        if (!accounts.add(account, clock.instant())) {
            return Optional.empty();
        }
        log.write(account.introduced(account.actor(Actor.Means.SETUP), "created"));
        return Optional.of(account);
    }
}
