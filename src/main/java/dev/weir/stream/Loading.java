package dev.weir.stream;

import dev.weir.store.Carried;
import dev.weir.store.Disposition;
import dev.weir.store.Loaded;
import dev.weir.store.Loads;
import dev.weir.store.Loads.Stretch;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Brings what one poll gave into the database, in one transaction together with how far that is. What the database refuses is tried
 * record by record, so that one of them does not hold up the others.
 */
final class Loading {

    private final Loads loads;
    private final Places places;
    private final DeadLetters deadLetters;
    private final MeterRegistry meters;
    private final String topicId;

    Loading(Loads loads, Places places, DeadLetters deadLetters, MeterRegistry meters, String topicId) {
        this.loads = loads;
        this.places = places;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.topicId = topicId;
    }

    /** False when nothing can be written at the moment; whatever was not is found again by its place. */
    boolean load(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
        var carried = new ArrayList<Carried>();
        var stretches = new ArrayList<Stretch>();
        for (var partition : records.partitions()) {
            var mine = records.records(partition);
            for (var record : mine) {
                if (!read(record, carried)) {
                    places.forget();
                    return false;
                }
            }
            stretches.add(places.stretch(
                    partition.partition(), mine.get(mine.size() - 1).offset() + 1));
        }
        var loaded = loads.load(topicId, stretches, carried);
        return loaded instanceof Loaded.Refused ? oneByOne(records) : settled(loaded, stretches, carried);
    }

    /** False when a record that can't be read could not be reported: it must not be passed over. */
    private boolean read(ConsumerRecord<byte[], byte[]> record, List<Carried> carried) throws InterruptedException {
        var read = RecordReading.of(record.value());
        if (read instanceof RecordReading.Read.Good good) {
            carried.add(good.carried());
            return true;
        }
        return deadLetters.report(record, ((RecordReading.Read.Bad) read).fault());
    }

    private boolean oneByOne(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
        for (var record : records) {
            if (!alone(record)) {
                return false;
            }
        }
        return true;
    }

    private boolean alone(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        var stretches = List.of(places.stretch(record.partition(), record.offset() + 1));
        // What could not be read was reported before.
        var carried = RecordReading.of(record.value()) instanceof RecordReading.Read.Good good
                ? List.of(good.carried())
                : List.<Carried>of();
        var loaded = loads.load(topicId, stretches, carried);
        if (!(loaded instanceof Loaded.Refused)) {
            return settled(loaded, stretches, carried);
        }
        if (!deadLetters.report(record, Fault.DATABASE_REFUSED)) {
            places.forget();
            return false;
        }
        return settled(loads.load(topicId, stretches, List.of()), stretches, List.of());
    }

    private boolean settled(Loaded loaded, List<Stretch> stretches, List<Carried> carried) {
        if (loaded instanceof Loaded.Committed committed) {
            places.reached(stretches);
            count(carried, committed.dispositions());
            return true;
        }
        places.forget();
        return loaded instanceof Loaded.Overtaken;
    }

    private void count(List<Carried> carried, List<Disposition> dispositions) {
        for (int i = 0; i < dispositions.size(); i++) {
            var one = dispositions.get(i);
            var environment = carried.get(i).batch().revision().environment().value();
            var reason = one.reason() == null ? "" : one.reason();
            meters.counter(
                            "weir.loaded",
                            "environment",
                            environment,
                            "outcome",
                            one.outcome().label(),
                            "reason",
                            reason)
                    .increment();
        }
    }
}
