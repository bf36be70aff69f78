package dev.weir.database;

import dev.weir.testsupport.Postgres;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(Postgres.class)
class PostgresSqlTest extends SqlTest {

    @Override
    String product() {
        return "PostgreSQL";
    }
}
