package dev.weir.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** A kind of work for tests that has one step, which may take long. */
@ApplicationScoped
class LongStepInTests implements Work {

    static final String KIND = "test-long-step";

    static final Duration LONGEST = Duration.ofMinutes(20);

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String title() {
        return "Take long in a test";
    }

    @Override
    public Duration longest() {
        return LONGEST;
    }

    @Override
    public boolean told() {
        return false;
    }

    @Override
    public Step step(Job job) {
        return Step.of(job).outOf(1).did(1).theLast();
    }
}
