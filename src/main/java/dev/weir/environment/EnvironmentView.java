package dev.weir.environment;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The page of one environment, and what its forms are answered with: what became of a change, in words or by going back. */
@ApplicationScoped
class EnvironmentView {

    /** What is shown above the page: nothing, an objection and what it was raised to, or a key that is shown this once. */
    record Message(String tone, String text, String app, String secret, String typed) {
        static final Message NONE = new Message("", "", "", "", "");
    }

    @CheckedTemplate(basePath = "environment")
    record detail(
            Environment environment,
            Instant now,
            boolean edit,
            Message message,
            long overlapDays,
            Optional<UncriticalWish> wish,
            boolean own)
            implements TemplateInstance {}

    private final Environments environments;
    private final UncriticalWishes wishes;
    private final CurrentActor current;
    private final Clock clock;

    EnvironmentView(Environments environments, UncriticalWishes wishes, CurrentActor current, Clock clock) {
        this.environments = environments;
        this.wishes = wishes;
        this.current = current;
        this.clock = clock;
    }

    Environment found(String key) {
        return environments.named(key).orElseThrow(() -> Problem.notFound("There is no such environment."));
    }

    TemplateInstance of(Environment environment) {
        return of(environment, Message.NONE);
    }

    /** @param typed what somebody would have to type again */
    Response answer(Environment environment, String app, Outcome outcome, String typed) {
        if (outcome == Outcome.DONE) {
            return to(environment.key());
        }
        if (outcome == Outcome.UNKNOWN) {
            throw Problem.notFound(outcome.words());
        }
        return refused(outcome.pageStatus(), environment, app, outcome.words(), typed);
    }

    Response refused(int status, Environment environment, String app, String objection, String typed) {
        return Response.status(status)
                .entity(of(found(environment.key().value()), new Message("bad", objection, app, "", typed)))
                .build();
    }

    /** Answered at once and not after a redirect: the key exists nowhere but in this answer. */
    Response withKey(Environment environment, String app, String key) {
        var message = new Message(
                "ok",
                "This is the server key. It is shown this once: keep it where your server finds it.",
                app,
                key,
                "");
        return Response.ok(of(found(environment.key().value()), message)).build();
    }

    static Response to(EnvironmentKey key) {
        return Response.seeOther(URI.create("/console/environments/" + key)).build();
    }

    private TemplateInstance of(Environment environment, Message message) {
        var wish = wishes.wish(environment.key());
        return new detail(
                environment,
                clock.instant(),
                current.is(Role.ADMIN),
                message,
                AppIds.OVERLAP.toDays(),
                wish,
                wish.filter(found -> found.subject().equals(current.actor().subject()))
                        .isPresent());
    }
}
