package dev.weir.store;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import javax.sql.DataSource;

/** What each revision says, for whoever compares with it. Empty for one that is not there, or is not what was published. */
@ApplicationScoped
public class PastPolicies {

    private final DataSource database;

    PastPolicies(DataSource database) {
        this.database = database;
    }

    /** As a part of the transaction that is under way. */
    public Optional<PolicyDocument> of(EnvironmentKey environment, long revision) {
        return Reading.change(database, connection -> Enforced.document(connection, environment, revision));
    }
}
