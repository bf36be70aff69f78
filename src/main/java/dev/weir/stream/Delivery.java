package dev.weir.stream;

import dev.weir.store.Appended;
import dev.weir.store.Disposition;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One batch under way: answered when the last of its records is acknowledged or given up, for all of them together. */
final class Delivery {

    private static final Logger LOG = Logger.getLogger(Delivery.class);

    private final Topic topic;
    private final List<Disposition> dispositions;
    private final Appended.Unavailable unavailable;
    private final AtomicInteger missing;
    private final CompletableFuture<Appended> answer = new CompletableFuture<>();
    private volatile boolean failed;

    Delivery(Topic topic, List<Disposition> dispositions, Appended.Unavailable unavailable, int records) {
        this.topic = topic;
        this.dispositions = dispositions;
        this.unavailable = unavailable;
        // One more, for whoever sends: else a batch could be answered before all of it was sent.
        this.missing = new AtomicInteger(records + 1);
    }

    /** After the first record that can't be sent the others are not tried: each of them might take as long. */
    CompletableFuture<Appended> send(Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
        int sent = 0;
        try {
            while (sent < records.size() && !failed) {
                var future = producer.send(records.get(sent), (metadata, failure) -> acknowledged(failure));
                sent += future == null ? 0 : 1;
            }
        } catch (KafkaException | IllegalStateException e) {
            failed(e);
        }
        settle(records.size() - sent + 1);
        return answer;
    }

    private void acknowledged(@Nullable Exception failure) {
        if (failure != null) {
            failed(failure);
        }
        settle(1);
    }

    private void failed(Exception failure) {
        if (failed) {
            return;
        }
        failed = true;
        if (failure instanceof RecordTooLargeException) {
            LOG.error("an event is larger than the topic's max.message.bytes lets it be: docs/topic.md");
        } else {
            if (topic.open()) {
                LOG.warnf("a batch was not acknowledged: %s", failure.getClass().getSimpleName());
            }
            topic.doubt();
        }
    }

    private void settle(int records) {
        if (missing.addAndGet(-records) == 0) {
            answer.complete(failed ? unavailable : new Appended.Committed(dispositions));
        }
    }
}
