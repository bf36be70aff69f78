package dev.weir.release;

import dev.weir.testsupport.Postgres;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(Postgres.class)
class PostgresChangeRequestsTest extends ChangeRequestsTest {

    @Override
    int rounds() {
        return 1000;
    }
}
