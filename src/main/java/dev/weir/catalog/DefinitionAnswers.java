package dev.weir.catalog;

import dev.weir.catalog.Definitions.Result;
import dev.weir.web.Problem;
import dev.weir.web.Versions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

/** Puts a definition, or why nothing was changed about it, into HTTP for programs. Decides nothing. */
@ApplicationScoped
class DefinitionAnswers {

    private final Matching matching;
    private final Conformity conformity;

    DefinitionAnswers(Matching matching, Conformity conformity) {
        this.matching = matching;
        this.conformity = conformity;
    }

    Response shown(int status, Definition definition) {
        var told = DefinitionsResource.Shown.of(definition, matching.inForce(), conformity.of(definition));
        return Versions.shown(status, told, definition.version()).build();
    }

    /** The definition after a change; else leaves with the reason, and with the standards where they are it. */
    static Definition done(Result result) {
        if (result.outcome() == Outcome.DONE) {
            return result.definition().orElseThrow();
        }
        var problem = Problem.of(result.outcome().status(), result.words());
        throw result.broken().isEmpty()
                ? problem
                : problem.with(
                        "standards",
                        result.broken().stream().map(BrokenStandard::of).toList());
    }
}
