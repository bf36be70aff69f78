package dev.weir.testsupport;

import dev.weir.database.Sql;
import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Somebody with a real account who stands at the doors themselves: each call is a request of its own, on a thread of its own. */
public record Acting(String subject, String role) {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    });

    public static Acting as(String login, String role, Sql sql) {
        SignedIn.account(login, "Person " + login, role);
        var id = sql.first("select id from account where login = ?", row -> row.getString(1), login);
        return new Acting("local:" + id.orElseThrow(), role);
    }

    /** As a link that this one has made for the other does: for a while the two are no two people. */
    public void letsIn(Acting other, Instant at, Sql sql) {
        sql.change(
                "insert into let_in (account, let_in_by, way, let_in_at) values (?, ?, 'link', ?)",
                other.subject().substring("local:".length()),
                subject,
                at);
    }

    public <T> T does(Callable<T> work) {
        try {
            return starts(work).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public <T> Future<T> starts(Callable<T> work) {
        return THREADS.submit(() -> asked(work));
    }

    /** Several calls one after the other, each in {@link #asked}. */
    public static Future<?> alongside(Callable<?> calls) {
        return THREADS.submit(calls);
    }

    /** In the thread that calls. */
    public <T> T asked(Callable<T> work) throws Exception {
        var context = Arc.container().requestContext();
        context.activate();
        try {
            Arc.container()
                    .instance(CurrentIdentityAssociation.class)
                    .get()
                    .setIdentity(QuarkusSecurityIdentity.builder()
                            .setPrincipal(new QuarkusPrincipal(subject))
                            .addAttribute("weir.subject", subject)
                            .addAttribute("weir.name", subject)
                            .addRole(role)
                            .build());
            return work.call();
        } finally {
            context.terminate();
        }
    }
}
