package dev.weir.stream;

/** Why a record can't be loaded. The set is closed; the names are written to the dead-letter topic and are metric labels. */
enum Fault {
    /** No JSON object. */
    NOT_JSON,
    /** Of a version that this loader does not read. */
    OTHER_VERSION,
    /** Not as docs/topic.md says. */
    NOT_AS_DOCUMENTED,
    /** The database takes it at no time. */
    DATABASE_REFUSED
}
