package dev.weir.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;

/** Limits of the event store. */
@ConfigMapping(prefix = "weir.store")
interface StoreConfig {

    /** The setting {@code weir.store} itself: {@code database} or {@code kafka}. Whoever chooses between the two reads it. */
    @WithParentName
    @WithDefault("database")
    String itself();

    /** How often a node looks whether something was published. {@link Published} allows at most five seconds. */
    @WithDefault("1s")
    Duration renewEvery();

    /** Requests that may wait for the writers; the next one is answered 503. */
    @WithDefault("1024")
    int queueRequests();

    /** Characters that may wait for the writers, all requests together; the next request is answered 503. */
    @WithDefault("33554432")
    long queueCharacters();

    /** Requests that share one transaction at most. */
    @WithDefault("512")
    int groupRequests();

    /** Entries with which a transaction takes no further request. */
    @WithDefault("2000")
    int groupEntries();

    /** Transactions at once, where more waits than one of them takes. H2 takes one at a time, whatever this says. */
    @WithDefault("2")
    int writers();

    /** What a sender is told to wait when nothing can be written. */
    @WithDefault("5s")
    Duration retryAfter();

    /** How long the reasons of dropped events can be looked at one by one; the counts stay. */
    @WithDefault("7d")
    Duration dropped();

    /** How often what is too old is deleted, the first time at the start; {@code off} for never on this node. */
    @WithDefault("1h")
    String expireEvery();

    /** Rows that one transaction deletes at most. */
    @WithDefault("1000")
    int expireRows();
}
