package dev.weir.stream;

import dev.weir.planes.Planes;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Starts what of this room a node needs: the way into the topic, the way out of it, both, or neither. */
@ApplicationScoped
class Streaming {

    private final Planes planes;
    private final Keeping keeping;
    private final Broker broker;
    private final Topic topic;
    private final TopicJournal journal;
    private final Loader loader;

    Streaming(Planes planes, Keeping keeping, Broker broker, Topic topic, TopicJournal journal, Loader loader) {
        this.planes = planes;
        this.keeping = keeping;
        this.broker = broker;
        this.topic = topic;
        this.journal = journal;
        this.loader = loader;
    }

    /** After the store. */
    void start(@Observes @Priority(30) StartupEvent started) {
        if (sends() || planes.loader()) {
            broker.named();
        }
        if (sends()) {
            topic.start(journal::known);
        }
        if (planes.loader()) {
            loader.start();
        }
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        if (planes.loader()) {
            loader.stop();
        }
        if (sends()) {
            topic.stop();
            journal.stop();
        }
    }

    boolean sends() {
        return planes.data() && keeping.kafka();
    }
}
