package dev.weir.testsupport;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Weir as on its first start: an empty database of its own, nobody there yet. */
public final class FreshInstallation implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("weir.database.url", "jdbc:h2:mem:fresh");
    }
}
