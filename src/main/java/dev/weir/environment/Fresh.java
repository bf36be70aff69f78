package dev.weir.environment;

import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

/** What is new and can't be guessed: App IDs and keys. */
@Singleton
class Fresh {

    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final EnvironmentRepository repository;
    private final Clock clock;

    Fresh(EnvironmentRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    AppId app(EnvironmentKey environment, String label) {
        var app = digits();
        while (!repository.addApp(app, environment, label, clock.instant())) {
            app = digits();
        }
        return app;
    }

    /** Never with a leading zero: somebody will keep it as a number. */
    private static AppId digits() {
        return new AppId(Long.toString(RANDOM.nextLong(1_000_000_000L, 10_000_000_000L)));
    }

    static byte[] key() {
        var bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
