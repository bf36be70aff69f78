package dev.weir.roles;

import dev.weir.roles.RoleMatrix.Way;
import dev.weir.roles.Scene.Deed;
import dev.weir.testsupport.SignedIn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** People, and the tokens of their programs. */
final class PeopleScenes {

    private static final String HOME = "/console/people";
    private static final String TOKENS = "/console/account/tokens";
    private static final String API = "/api/v1/people";

    private final Stage stage;
    private final Map<String, Scene> scenes = new HashMap<>();

    PeopleScenes(Stage stage) {
        this.stage = stage;
    }

    Map<String, Scene> all() {
        scenes.put("look at people", (who, way) -> {
            var login = somebody();
            return Deed.showing(login, () -> way == Way.PAGE ? who.opens(HOME) : who.reads(API + "/" + id(login)));
        });
        scenes.put("invite somebody", (who, way) -> {
            var login = "invited" + Stage.next();
            var fields = new Object[] {"login", login, "name", "Invited", "role", "developer"};
            return Deed.changing(
                    stage.rows("select role from account where login = ?", login),
                    () -> way == Way.PAGE ? who.form(HOME, fields) : who.sends("POST", API, fields));
        });
        person(
                "make a password link",
                "/link",
                "POST /link",
                id -> {},
                id -> stage.rows("select token_hash from account_link where account = ?", id),
                Map.of());
        person("give a role", "/role", "PUT", id -> {}, this::account, settings("auditor", false), "role", "auditor");
        person(
                "say which environments are somebody's own",
                "/environments",
                "PUT",
                id -> {},
                id -> stage.rows("select environment from account_environment where account = ?", id),
                Map.of("role", "developer", "disabled", false, "environments", List.of("development")),
                "environment",
                "development");
        person("disable somebody", "/disable", "PUT", id -> {}, this::account, settings("developer", true));
        person(
                "enable somebody",
                "/enable",
                "PUT",
                id -> stage.sql.change("update account set disabled = true where id = ?", id),
                this::account,
                settings("developer", false));
        person(
                "end somebody's sessions",
                "/sessions/end",
                "POST /sessions/end",
                id -> SignedIn.signIn(stage.text("select login from account where id = ?", id), SignedIn.PASSWORD),
                id -> stage.rows("select token_hash from account_session where account = ?", id),
                Map.of());
        tokens();
        return scenes;
    }

    private static Map<String, Object> settings(String role, boolean disabled) {
        return Map.of("role", role, "disabled", disabled);
    }

    private String id(String login) {
        return stage.text("select id from account where login = ?", login);
    }

    private void tokens() {
        scenes.put("see which tokens there are", (who, way) -> {
            var name = "Seen " + Stage.next();
            Stage.done(stage.dora.form(TOKENS, "name", name, "scope", "check", "days", 1));
            var shown = Deed.showing(
                    name, () -> way == Way.PAGE ? who.opens(TOKENS) : who.reads("/api/v1/tokens?limit=200"));
            stage.sql.change("delete from personal_token where name like 'Made %'");
            return shown;
        });
        token("make a CI token", "check");
        token("make a token that may everything", "all");
        token("make a token that reads", "read");
        scenes.put(
                "ask what CI asks",
                (who, way) ->
                        Deed.showing("\"verdict\"", () -> who.sends("POST", "/api/v1/check", "events", List.of())));
    }

    private void token(String name, String scope) {
        scenes.put(name, (who, way) -> {
            var called = "Made " + Stage.next();
            return Deed.changing(
                    stage.rows("select scope from personal_token where name = ?", called),
                    () -> who.form(TOKENS, "name", called, "scope", scope, "days", 1));
        });
    }

    private interface Kept {
        Supplier<List<String>> of(String id);
    }

    /** @param operation method of the interface, and what stands behind the person there */
    private void person(
            String name,
            String form,
            String operation,
            Consumer<String> before,
            Kept kept,
            Map<String, Object> body,
            Object... fields) {
        scenes.put(name, (who, way) -> {
            var id = id(somebody());
            before.accept(id);
            long version = stage.sql.number("select version from account where id = ?", id);
            var asked = operation.split(" ", 2);
            var path = API + "/" + id + (asked.length > 1 ? asked[1] : "");
            var sent = body.entrySet().stream()
                    .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                    .toArray();
            var typed = Stream.concat(Stream.of("version", version), Stream.of(fields))
                    .toArray();
            return Deed.changing(
                    kept.of(id),
                    () -> way == Way.PAGE
                            ? who.form(HOME + "/" + id + form, typed)
                            : who.edits(asked[0], path, version, sent));
        });
    }

    private Supplier<List<String>> account(String id) {
        return stage.rows("select concat(role, ' ', disabled) from account where id = ?", id);
    }

    /** The sign-in name of somebody whom nobody else needs. */
    static String somebody() {
        var login = "somebody" + Stage.next();
        SignedIn.account(login, "Somebody", "developer");
        return login;
    }
}
