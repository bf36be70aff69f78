package dev.weir.stream;

import dev.weir.store.EventStore;
import dev.weir.store.Journal;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Produces the journal that ingestion injects: the one that was chosen when Weir started. */
class Journals {

    @Produces
    @Singleton
    Journal chosen(Keeping keeping, EventStore database, TopicJournal topic) {
        return keeping.kafka() ? topic : database;
    }
}
