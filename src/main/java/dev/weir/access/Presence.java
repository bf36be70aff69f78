package dev.weir.access;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BooleanSupplier;

/**
 * Whether somebody who was let in is still signed in: for answers that go on for minutes. With an identity provider Weir keeps no
 * session that could be asked, so it can't tell before the next request; looking never counts as being seen.
 */
@ApplicationScoped
public class Presence {

    private final Access access;
    private final Sessions sessions;

    Presence(Access access, Sessions sessions) {
        this.access = access;
        this.sessions = sessions;
    }

    /** A question about the session of this request, to be asked again and again, by any thread that may wait for the database. */
    public BooleanSupplier of(RoutingContext context) {
        if (!access.local()) {
            return () -> true;
        }
        var token = SessionMechanism.token(context);
        return () -> token.map(sessions::lasts).orElse(false);
    }
}
