package dev.weir.simulation;

import dev.weir.testsupport.Postgres;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The same on PostgreSQL. */
@QuarkusTest
@TestProfile(Postgres.class)
class PostgresSimulationsTest extends SimulationsTest {}
