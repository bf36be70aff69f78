package dev.weir.ingest;

import dev.weir.store.Door;

/** One way in: its address, how it reads a body, and what it is called where events are stored. */
enum Endpoint {
    COLLECT("/api/collect/:app", Door.COLLECT),
    TRACK("/api/track", Door.TRACK),
    USER_PROPERTIES("/api/add_user_properties", Door.USER_PROPERTIES),
    ACCOUNT_PROPERTIES("/api/add_account_properties", Door.ACCOUNT_PROPERTIES),
    IDENTIFY("/api/v1/identify", Door.IDENTIFY),
    INTEGRATIONS_TRACK("/api/integrations/track", Door.TRACK),
    INTEGRATIONS_USERS("/api/integrations/add_user_properties", Door.USER_PROPERTIES),
    BATCH("/v1/batch", Door.BATCH),
    IMPORT("/v1/import/", Door.BATCH);

    private final String path;
    private final Door door;

    Endpoint(String path, Door door) {
        this.path = path;
        this.door = door;
    }

    String path() {
        return path;
    }

    Door door() {
        return door;
    }

    Decoder decoder() {
        return switch (this) {
            case COLLECT -> Decoders.COLLECT;
            case TRACK -> Decoders.TRACK;
            case USER_PROPERTIES -> PropertiesDecoder.USERS;
            case ACCOUNT_PROPERTIES -> PropertiesDecoder.ACCOUNTS;
            case IDENTIFY -> Decoders.IDENTIFY;
            case INTEGRATIONS_TRACK -> IntegrationsDecoder.EVENTS;
            case INTEGRATIONS_USERS -> IntegrationsDecoder.USERS;
            case BATCH, IMPORT -> Decoders.SEGMENT;
        };
    }

    private static final class Decoders {
        static final Decoder COLLECT = new CollectDecoder();
        static final Decoder TRACK = new TrackDecoder();
        static final Decoder IDENTIFY = new IdentifyDecoder();
        static final Decoder SEGMENT = new SegmentDecoder();
    }
}
