package dev.weir.environment;

import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One App ID. It is public by nature: it lets a browser on one of its origins send events to one environment, and nothing else.
 *
 * @param label which site or server it is for, for people
 * @param origins exact, as {@code scheme://host[:port]}
 * @param serverKeyRequired whether calls from servers must carry a secret key
 * @param retiresAt from when on it is refused, where that is decided
 */
public record App(
        AppId id,
        EnvironmentKey environment,
        String label,
        List<String> origins,
        boolean serverKeyRequired,
        Instant createdAt,
        Optional<Instant> retiresAt,
        long version) {

    public App {
        origins = List.copyOf(origins);
    }

    public boolean retiring() {
        return retiresAt.isPresent();
    }

    /** Whether it is refused by now. */
    public boolean retired(Instant now) {
        return retiresAt.filter(at -> !now.isBefore(at)).isPresent();
    }
}
