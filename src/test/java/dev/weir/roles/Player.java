package dev.weir.roles;

import dev.weir.database.Sql;
import dev.weir.kernel.CanonicalJson;
import dev.weir.testsupport.Acting;
import dev.weir.testsupport.SignedIn;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Somebody of one role: with a session for pages, a token that leaves nothing out for programs, and a way to the doors themselves. */
final class Player {

    private final String login;
    private final Acting acting;
    private final SignedIn session;
    private final String secret;
    private String sent = "";

    private Player(String login, Acting acting, SignedIn session, String secret) {
        this.login = login;
        this.acting = acting;
        this.session = session;
        this.secret = secret;
    }

    /** The token is written by SQL: whether the role might make one is a case of its own. */
    static Player of(String login, String role, Sql sql) {
        var acting = Acting.as(login, role, sql);
        var secret = "wpt_" + CanonicalJson.sha256(login).substring(0, 43);
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        sql.change(
                "insert into personal_token (id, account, token_hash, name, scope, created_at, expires_at)"
                        + " values (?, ?, ?, 'of the matrix', 'all', ?, ?) on conflict do nothing",
                UUID.nameUUIDFromBytes(login.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString(),
                acting.subject().substring("local:".length()),
                CanonicalJson.sha256(secret),
                now,
                now.plus(1, ChronoUnit.DAYS));
        return new Player(login, acting, SignedIn.signIn(login, SignedIn.PASSWORD), secret);
    }

    String login() {
        return login;
    }

    String role() {
        return acting.role();
    }

    String subject() {
        return acting.subject();
    }

    /** At the doors, where a stage is set. */
    <T> T does(Callable<T> work) {
        return acting.does(work);
    }

    /** {@code POST /console/…}, as the last request had it. */
    String sent() {
        return sent;
    }

    Response opens(String path) {
        sent = "GET " + path;
        return session.request().get(path);
    }

    /** A form; a field may come more than once. */
    Response form(String path, Object... fields) {
        sent = "POST " + path;
        var request = session.request();
        for (int i = 0; i < fields.length; i += 2) {
            request.formParam((String) fields[i], fields[i + 1]);
        }
        return request.post(path);
    }

    Response reads(String path) {
        sent = "GET " + path;
        return program().get(path);
    }

    Response sends(String method, String path, Object... fields) {
        return sends(method, path, json(fields));
    }

    /** What has a version, which {@code If-Match} names. */
    Response edits(String method, String path, long version, Object... fields) {
        return sends(method, path, json(fields).header("If-Match", "\"" + version + "\""));
    }

    private RequestSpecification json(Object... fields) {
        var body = new TreeMap<String, Object>();
        for (int i = 0; i < fields.length; i += 2) {
            body.put((String) fields[i], fields[i + 1]);
        }
        return program().contentType("application/json").body(body);
    }

    Response sends(String method, String path, RequestSpecification request) {
        sent = method + " " + path;
        return request.request(method, path);
    }

    RequestSpecification program() {
        return SignedIn.anonymous().header("Authorization", "Bearer " + secret);
    }
}
