package dev.weir.release;

import dev.weir.access.Role;
import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether revisions, change requests, emergencies and restorations lie in their tables as the change log tells it. The log proves itself; these tables
 * are what pages read and the data plane enforces, and nothing else proves them. Takes as long as there are many; changes nothing.
 */
@ApplicationScoped
public class AsTold {

    static final Comparator<Difference> BY_ROW =
            Comparator.comparingLong(one -> one.row() == 0 ? Long.MAX_VALUE : one.row());

    private final Environments environments;
    private final RevisionsAsTold revisions;
    private final RequestsAsTold requests;
    private final RestorationsAsTold restorations;

    AsTold(
            Environments environments,
            RevisionsAsTold revisions,
            RequestsAsTold requests,
            RestorationsAsTold restorations) {
        this.environments = environments;
        this.revisions = revisions;
        this.requests = requests;
        this.restorations = restorations;
    }

    /** The first difference by the rows that tell of it; one that no row tells of comes last. For a log that is intact. */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.AUDITOR})
    public Optional<Difference> first() {
        var ofEach = environments.list().stream().map(Environment::key).map(this::first);
        return Stream.concat(ofEach, Stream.of(restorations.first(Optional.empty())))
                .flatMap(Optional::stream)
                .min(BY_ROW);
    }

    /** Of one environment. */
    Optional<Difference> first(EnvironmentKey environment) {
        return Stream.of(
                        revisions.first(environment),
                        requests.first(environment),
                        restorations.first(Optional.of(environment)))
                .flatMap(Optional::stream)
                .min(BY_ROW);
    }
}
