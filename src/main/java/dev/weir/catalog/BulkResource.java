package dev.weir.catalog;

import dev.weir.access.Role;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** One change to many definitions, for programs. Reads the request, asks {@link BulkEdit}; decides nothing. */
@Path("/api/v1/definitions/bulk")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER})
@Tag(name = "Definitions")
class BulkResource {

    private static final String WRONG = "Name 1 to " + BulkEdit.MOST
            + " definitions, each with its id and the version that was looked at, and a value of at most 1000 characters.";

    record ChosenBody(@Nullable String id, @Nullable Long version) {}

    record BulkBody(
            @Nullable String action,
            @Nullable String value,
            @Nullable List<@Nullable ChosenBody> definitions) {}

    /**
     * {@code version} is the one that it has now; {@code refusal} says why nothing was changed; {@code standards} those that it breaks, as it
     * is or would be.
     */
    record BulkRow(
            String id,
            @Nullable String name,
            @Nullable Long version,
            @Nullable String refusal,
            List<BrokenStandard> standards) {

        static BulkRow of(BulkEdit.Row row, boolean done) {
            return new BulkRow(
                    row.id(),
                    row.name().isEmpty() ? null : row.name(),
                    done ? row.version() : null,
                    row.refusal().map(BulkEdit.Refusal::words).orElse(null),
                    BrokenStandard.of(row.broken()));
        }
    }

    record BulkAnswer(List<BulkRow> definitions) {}

    private final BulkEdit bulk;

    BulkResource(BulkEdit bulk) {
        this.bulk = bulk;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The same change to many definitions: to all of them or to none",
            description =
                    "action is tag, untag, category, criticality, team, person, or a status; value what it becomes, or why it"
                            + " goes to that status. Each definition carries the version that was looked at. Where one is refused, the"
                            + " problem tells of each under definitions; a 412 says that somebody else was first.")
    public BulkAnswer apply(@Nullable BulkBody sent) {
        var body = sent == null ? new BulkBody(null, null, null) : sent;
        var value = Objects.requireNonNullElse(body.value(), "");
        if (value.length() > Form.LONGEST_REASON) {
            throw Problem.of(422, WRONG);
        }
        var rows = bulk.apply(chosen(body), Objects.requireNonNullElse(body.action(), ""), value);
        boolean done = rows.stream().noneMatch(BulkEdit.Row::refused);
        var told = rows.stream().map(row -> BulkRow.of(row, done)).toList();
        if (!done) {
            boolean outdated =
                    rows.stream().flatMap(row -> row.refusal().stream()).anyMatch(BulkEdit.Refusal::outdated);
            throw Problem.of(outdated ? 412 : 422, "Nothing was changed, for what stands under definitions.")
                    .with("definitions", told);
        }
        return new BulkAnswer(told);
    }

    private static List<BulkEdit.Chosen> chosen(BulkBody body) {
        var named = Objects.requireNonNullElse(body.definitions(), List.<ChosenBody>of());
        var chosen = named.stream()
                .filter(Objects::nonNull)
                .map(one -> BulkEdit.Chosen.of(one.id() + " " + one.version()))
                .flatMap(Optional::stream)
                .toList();
        if (chosen.isEmpty() || chosen.size() > BulkEdit.MOST || chosen.size() != named.size()) {
            throw Problem.of(422, WRONG);
        }
        return chosen;
    }
}
