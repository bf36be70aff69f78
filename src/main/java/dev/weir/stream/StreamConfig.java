package dev.weir.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Names and limits of the road through Kafka. Where the broker is and how to connect are settings of the client: {@code kafka.*}. */
@ConfigMapping(prefix = "weir.kafka")
interface StreamConfig {

    /** Where judged events go. Weir does not make it. */
    @WithDefault("weir-events")
    String topic();

    /** Where the loader reports a record that it can't load. */
    @WithDefault("weir-dead-letters")
    String deadLetters();

    /** The consumer group of all loaders of one database. */
    @WithDefault("weir-loader")
    String group();

    /** Bytes of records that wait for the broker's acknowledgement; the next batch is answered 503. */
    @WithDefault("33554432")
    int bytesInFlight();

    /** How long the broker may take to acknowledge a batch; after it, 503. */
    @WithDefault("10s")
    Duration deliveryTimeout();

    /** Records that a loader brings into the database in one transaction at most. */
    @WithDefault("1000")
    int pollRecords();

    /** After this time without a sign of life a loader's partitions go to the others. */
    @WithDefault("10s")
    Duration sessionTimeout();
}
