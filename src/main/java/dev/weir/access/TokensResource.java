package dev.weir.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.web.Paged;
import dev.weir.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * Tokens for programs: seen and revoked. None is made here: a token that makes tokens would live on in them when it is revoked, or has
 * expired. Reads the request, asks {@link PersonalTokens}; decides nothing.
 */
@Path("/api/v1/tokens")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
@Tag(name = "People")
class TokensResource {

    record TokenOwner(String subject, String name) {}

    /** {@code used_at} is to the hour; {@code mine} says whether it is one of whoever asks. */
    record ShownToken(
            String id,
            TokenOwner owner,
            String name,
            String scope,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("expires_at") Instant expiresAt,
            @JsonProperty("used_at") @Nullable Instant usedAt,
            boolean mine) {}

    private final Access access;
    private final PersonalTokens tokens;

    TokensResource(Access access, PersonalTokens tokens) {
        this.access = access;
        this.tokens = tokens;
    }

    @GET
    @Operation(
            summary = "Everybody's tokens that can still be used, a page at a time",
            description =
                    "With mine=true one's own alone. Secrets are in no answer. 404 where an identity provider keeps the"
                            + " accounts: Weir makes no tokens then.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShownToken[].class)))
    public Response list(
            @RestQuery @DefaultValue("false") boolean mine,
            @RestQuery @DefaultValue("") String cursor,
            @RestQuery @DefaultValue("50") int limit,
            UriInfo uri) {
        onlyLocal();
        var some = tokens.all().stream()
                .filter(known -> !mine || tokens.mine(known.account()))
                .toList();
        return Paged.answer(some, known -> known.token().id(), this::told, cursor, limit, uri);
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Revoke a token",
            description =
                    "One's own, also the one that this request carries; an Admin revokes anybody's. None is made by"
                            + " a program: that is done on the page Tokens for programs.")
    @APIResponse(responseCode = "204")
    public Response revoke(@RestPath String id) {
        onlyLocal();
        if (!tokens.revoke(id)) {
            throw Problem.notFound("There is no such token.");
        }
        return Response.noContent().build();
    }

    private ShownToken told(PersonalTokens.Known known) {
        var token = known.token();
        return new ShownToken(
                token.id(),
                new TokenOwner("local:" + known.account(), known.owner()),
                token.name(),
                token.scope().id(),
                token.createdAt(),
                token.expiresAt(),
                token.usedAt().orElse(null),
                tokens.mine(known.account()));
    }

    private void onlyLocal() {
        if (!access.local()) {
            throw Problem.notFound("Programs bring tokens of the identity provider: Weir keeps none.");
        }
    }
}
