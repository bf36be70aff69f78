package dev.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.Load;
import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rows of docs/faults.md in which the clock or a policy is wrong, on the database that Weir brings itself. */
@QuarkusTest
class FaultsOnH2Test extends FaultRows {

    @Override
    List<String> names() {
        return tenant.rows(
                "select name from event where environment = ?",
                tenant.environment().value());
    }

    @Override
    List<String> telling() {
        return tenant.stored().stream().filter(row -> row.contains(Load.SECRET)).toList();
    }

    /** The connection that made the tables must not end: see {@code DatabaseChoice}. */
    @Test
    void no_connection_ends_because_it_is_idle_or_old() {
        var pool = Arc.container()
                .instance(AgroalDataSource.class)
                .get()
                .getConfiguration()
                .connectionPoolConfiguration();

        assertThat(pool.reapTimeout()).isZero();
        assertThat(pool.maxLifetime()).isZero();
    }
}
