package dev.weir.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the live view. Everything has one. */
@ConfigMapping(prefix = "weir.live")
interface LiveConfig {

    /** Open streams of one person; a browser opens at most six connections to a server, and pages need some of them. */
    @WithDefault("4")
    int streamsPerPerson();

    /** Open streams of this node. */
    @WithDefault("200")
    int streams();

    /** After this long without news a stream says that it is alive; as often it is asked whether its reader is still signed in. */
    @WithDefault("15s")
    Duration heartbeat();

    /** A stream ends after this long, and the browser opens the next one: so whoever may not look any more is found out. */
    @WithDefault("5m")
    Duration streamLength();
}
