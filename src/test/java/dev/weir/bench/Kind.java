package dev.weir.bench;

/** What one request is. As many events are under way over few connections with batches as over many without. */
enum Kind {
    /** An order of a server, of about 1 kB. */
    SINGLE(1, 256),
    /** Autocaptured events with long ways through the page: 25 of them are 20 kB. */
    BATCH_OF_25(25, 128),
    /** With short ones it takes 38; the goals are about these. */
    BATCH_OF_38(38, 128),
    /** The collector of an App ID. */
    SCRIPT(1, 256);

    private final int events;
    private final int connections;

    Kind(int events, int connections) {
        this.events = events;
        this.connections = connections;
    }

    int events() {
        return events;
    }

    int connections() {
        return connections;
    }

    byte[] request(String path, String app) {
        return switch (this) {
            case SINGLE -> Payloads.post(path, Payloads.single(app));
            case BATCH_OF_25, BATCH_OF_38 -> Payloads.post(path, Payloads.batch(events));
            case SCRIPT -> Payloads.get(path);
        };
    }
}
