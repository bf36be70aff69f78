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

    /** Requests that may wait for one of them; the next one is answered 503. */
    @WithDefault("2048")
    int waiting();

    Rate rate();

    /** What one App ID may send. */
    interface Rate {

        /** Events a second, on average. */
        @WithDefault("10000")
        int perSecond();

        /** Events at once. */
        @WithDefault("20000")
        int burst();
    }
}
