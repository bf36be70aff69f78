package dev.weir.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.database.Sql;
import dev.weir.kernel.CanonicalJson;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * {@code Idempotency-Key} on a POST of the administration: whoever sends the same request with the same key within 24 hours is answered as
 * before, and nothing is done again. What was refused because of who asked, and what failed in Weir, may be tried again. A secret in an answer
 * is never kept.
 */
class Idempotency {

    static final String HEADER = "Idempotency-Key";
    static final Duration REMEMBERED = Duration.ofHours(24);

    /** Keys of one person that are remembered at a time; each may hold an answer. */
    static final int MOST = 1000;

    private static final Duration LATER = Duration.ofHours(1);

    private static final String CLAIMED = "weir.idempotency";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** What is not remembered: it says nothing of whether the request was done. */
    private static final List<Integer> PASSING = List.of(401, 403, 408, 413, 415, 429);

    private final Sql sql;
    private final Clock clock;
    private final ObjectMapper json;
    private final Instance<Questions> questions;
    private final SignedIn signedIn;

    Idempotency(Sql sql, Clock clock, ObjectMapper json, @Any Instance<Questions> questions, SignedIn signedIn) {
        this.sql = sql;
        this.clock = clock;
        this.json = json;
        this.questions = questions;
        this.signedIn = signedIn;
    }

    /** One key of one person. */
    private record Claim(String subject, String key) {}

    private record Kept(
            String request,
            int status,
            @Nullable String type,
            @Nullable String location,
            @Nullable String tag,
            @Nullable String body) {}

    @ServerRequestFilter
    @Nullable
    Response before(ContainerRequestContext request) throws IOException {
        var key = request.getHeaderString(HEADER);
        var path = request.getUriInfo().getRequestUri().getPath();
        boolean asked = key != null
                && request.getMethod().equals("POST")
                && path.startsWith(Description.ADMINISTRATION)
                && questions.stream().noneMatch(feature -> feature.asks(path) || feature.reads(path));
        var person = asked ? signedIn.subject() : Optional.<String>empty();
        if (person.isEmpty()) {
            return null;
        }
        if (!KEY.matcher(key).matches()) {
            throw Problem.of(400, "An Idempotency-Key has 1 to 255 visible characters of ASCII.");
        }
        var body = request.getEntityStream().readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        var claim = new Claim(CanonicalJson.sha256(person.get()), CanonicalJson.sha256(key));
        var hash = hash(request, body);
        var now = clock.instant();
        // Everybody's, so that nothing stays of somebody who never comes again.
        sql.change("delete from idempotency_key where created_at <= ?", now.minus(REMEMBERED));
        if (full(claim)) {
            throw Problem.tooMany("At most " + MOST + " Idempotency-Keys are remembered for one person.", LATER);
        }
        boolean first = sql.change(
                        "insert into idempotency_key (subject_hash, key_hash, request_hash, created_at) values (?, ?, ?, ?)"
                                + " on conflict do nothing",
                        claim.subject,
                        claim.key,
                        hash,
                        now)
                == 1;
        if (first) {
            request.setProperty(CLAIMED, claim);
            return null;
        }
        return again(claim, hash);
    }

    /** Whether this key would be one too many; one that is known already is not. */
    private boolean full(Claim claim) {
        return sql.number("select count(*) from idempotency_key where subject_hash = ?", claim.subject) >= MOST
                && sql.number(
                                "select count(*) from idempotency_key where subject_hash = ? and key_hash = ?",
                                claim.subject,
                                claim.key)
                        == 0;
    }

    private Response again(Claim claim, String hash) {
        var kept = sql.first(
                "select request_hash, status, type, location, tag, body from idempotency_key"
                        + " where subject_hash = ? and key_hash = ?",
                row -> new Kept(
                        row.getString("request_hash"),
                        row.getInt("status"),
                        row.getString("type"),
                        row.getString("location"),
                        row.getString("tag"),
                        row.getString("body")),
                claim.subject,
                claim.key);
        if (kept.isPresent() && !kept.get().request.equals(hash)) {
            throw Problem.of(422, "This Idempotency-Key was sent with another request.");
        }
        if (kept.isEmpty() || kept.get().status == 0) {
            throw Problem.of(
                    409,
                    "The request with this Idempotency-Key is being answered, or was cut off: look whether it was done.");
        }
        var answer = Response.status(kept.get().status).header("Idempotent-Replayed", "true");
        Optional.ofNullable(kept.get().location).ifPresent(value -> answer.header("Location", value));
        Optional.ofNullable(kept.get().tag).ifPresent(value -> answer.header("ETag", value));
        Optional.ofNullable(kept.get().body).ifPresent(answer::entity);
        Optional.ofNullable(kept.get().type).ifPresent(answer::type);
        return answer.build();
    }

    @ServerResponseFilter
    void after(ContainerRequestContext request, ContainerResponseContext response) throws JsonProcessingException {
        if (!(request.getProperty(CLAIMED) instanceof Claim claim)) {
            return;
        }
        int status = response.getStatus();
        if (status >= 500 || PASSING.contains(status)) {
            sql.change("delete from idempotency_key where subject_hash = ? and key_hash = ?", claim.subject, claim.key);
            return;
        }
        var entity = response.getEntity() instanceof ShownOnce secret ? secret.without() : response.getEntity();
        sql.change(
                "update idempotency_key set status = ?, type = ?, location = ?, tag = ?, body = ?"
                        + " where subject_hash = ? and key_hash = ?",
                status,
                response.getMediaType() == null ? null : response.getMediaType().toString(),
                text(response.getHeaders().getFirst("Location")),
                text(response.getHeaders().getFirst("ETag")),
                entity == null ? null : entity instanceof String text ? text : json.writeValueAsString(entity),
                claim.subject,
                claim.key);
    }

    private static @Nullable String text(@Nullable Object header) {
        return header == null ? null : header.toString();
    }

    private static String hash(ContainerRequestContext request, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : List.of(
                    request.getUriInfo().getRequestUri().getRawPath(),
                    String.valueOf(request.getUriInfo().getRequestUri().getRawQuery()),
                    String.valueOf(request.getHeaderString("If-Match")))) {
                digest.update(part.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
