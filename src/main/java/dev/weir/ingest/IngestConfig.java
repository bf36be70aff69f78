package dev.weir.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the ingestion endpoints. Everything has one; docs/limits.md lists them. */
@ConfigMapping(prefix = "weir.ingest")
interface IngestConfig {

    /** Bytes of a browser's batch, as sent and as inflated; more is answered 413 before a byte is parsed. */
    @WithDefault("51200")
    int collectBytes();

    /** Bytes of a server's request as it is sent. */
    @WithDefault("2097152")
    int serverBytes();

    /** Bytes of a server's request after inflating. */
    @WithDefault("4194304")
    int serverInflatedBytes();

    /** How many times larger than what was sent an inflated body may be, once it exceeds 64 KiB. */
    @WithDefault("100")
    int inflatedRatio();

    /** Entries of a bulk request; those beyond are dropped as TOO_MANY. */
    @WithDefault("1000")
    int bulkEntries();

    /** How long a sender may take for one body. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /** Bytes of all bodies that are being read or wait for their turn; above it, 503. */
    @WithDefault("67108864")
    long bytesInFlight();

    /** Threads that decode and judge. */
    @WithDefault("4")
    int workers();

    /** Of them, how many may judge requests of one App ID; always fewer than there are, where there are several. */
    @WithDefault("3")
    int workersPerApp();

    /** Requests that may wait for one of them; the next one is answered 503. */
    @WithDefault("2048")
    int waiting();

    /** Requests of one App ID that may wait for their turn to be judged; the next one is answered 503. */
    @WithDefault("512")
    int waitingPerApp();

    Rate rate();

    /** What may be sent, in events. */
    interface Rate {

        /** By one App ID, a second, on average. */
        @WithDefault("10000")
        int perSecond();

        /** By one App ID, at once. */
        @WithDefault("20000")
        int burst();

        /** By one address, a second, on average. */
        @WithDefault("10000")
        int addressPerSecond();

        /** By one address, at once. */
        @WithDefault("20000")
        int addressBurst();

        /** By one user of an App ID, a second, on average. */
        @WithDefault("100")
        int identityPerSecond();

        /** By one user of an App ID, at once. */
        @WithDefault("2000")
        int identityBurst();

        /** Addresses, and users, that a node remembers. */
        @WithDefault("100000")
        int remembered();
    }
}
