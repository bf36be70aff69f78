package dev.weir.testsupport;

import io.quarkus.test.junit.QuarkusMock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of the Weir under test, held for the rest of one test: it goes when it is told to, and by how much. */
public final class HeldClock extends Clock {

    private volatile Instant now;

    private HeldClock(Instant now) {
        this.now = now;
    }

    /** To be called within a test; after it Weir has its own clock again. */
    public static HeldClock atThisMoment() {
        var clock = new HeldClock(Instant.now());
        QuarkusMock.installMockForType(clock, Clock.class);
        return clock;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
