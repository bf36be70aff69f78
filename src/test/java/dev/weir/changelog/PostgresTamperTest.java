package dev.weir.changelog;

import dev.weir.testsupport.Postgres;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;

/** The same on PostgreSQL, on a database of its own: what is broken here stays broken. */
@QuarkusTest
@TestProfile(PostgresTamperTest.AloneToo.class)
class PostgresTamperTest extends TamperTest {

    public static final class AloneToo implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return new Postgres().getConfigOverrides();
        }
    }

    @Override
    String on(String table) {
        return " on " + table;
    }
}
