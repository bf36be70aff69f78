package dev.weir.testsupport;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * A database that the many other tests do not write to, for a test that looks at all of it: at every environment, or whether anything
 * was written. Those who have this profile come one after the other, and leave nothing that goes on by itself.
 */
public final class Alone implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("weir.database.url", "jdbc:h2:mem:alone");
    }
}
