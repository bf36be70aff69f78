package dev.weir.changelog;

import dev.weir.testsupport.Postgres;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The same on PostgreSQL: locks and triggers are where databases differ. */
@QuarkusTest
@TestProfile(Postgres.class)
class PostgresChangeLogTest extends ChangeLogTest {}
