package dev.weir.store;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.Circumstances;
import dev.weir.policy.Circumstances.Consent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * What is still known of the circumstances of a stored event. Neither consent nor the browser's signal is kept, but the revision is
 * that judged it: what it asked for was there. What it didn't ask for is unknown, and taken as not given.
 */
final class Recollection {

    private final Connection connection;
    private final EnvironmentKey environment;
    private final Map<Long, Circumstances> known = new HashMap<>();

    Recollection(Connection connection, EnvironmentKey environment) {
        this.connection = connection;
        this.environment = environment;
    }

    Circumstances of(Door door, long revision) throws SQLException {
        if (!door.browser()) {
            return Circumstances.SERVER;
        }
        var remembered = known.get(revision);
        if (remembered == null) {
            remembered = asked(revision);
            known.put(revision, remembered);
        }
        return remembered;
    }

    private Circumstances asked(long revision) throws SQLException {
        var consent = Enforced.document(connection, environment, revision)
                .map(document -> document.json().get("consent"))
                .filter(rules -> rules instanceof Map<?, ?>)
                .map(rules -> (Map<?, ?>) rules)
                .orElse(Map.of());
        boolean granted = Boolean.TRUE.equals(consent.get("required"));
        boolean heeded = Boolean.TRUE.equals(consent.get("honourGpc"));
        return new Circumstances(granted ? Consent.GRANTED : Consent.UNKNOWN, !heeded);
    }
}
