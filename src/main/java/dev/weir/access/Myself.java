package dev.weir.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.function.Predicate;

/** Whether somebody is whoever makes this request, or may be: see {@link SecondPerson}. What follows from it is up to whoever asks. */
@ApplicationScoped
public class Myself {

    private final CurrentActor current;
    private final SecondPerson second;
    private final Clock clock;

    Myself(CurrentActor current, SecondPerson second, Clock clock) {
        this.current = current;
        this.second = second;
        this.clock = clock;
    }

    public boolean maybe(String subject) {
        return maybe().test(subject);
    }

    /** The same of many. */
    public Predicate<String> maybe() {
        var me = current.actor().subject();
        return second.tiedTo(me, clock.instant()).or(me::equals);
    }
}
