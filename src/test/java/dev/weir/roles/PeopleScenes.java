package dev.weir.roles;

import dev.weir.roles.Scene.Deed;
import dev.weir.testsupport.SignedIn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** People, and the tokens of their programs. */
final class PeopleScenes {

    private static final String HOME = "/console/people";
    private static final String TOKENS = "/console/account/tokens";

    private final Stage stage;
    private final Map<String, Scene> scenes = new HashMap<>();

    PeopleScenes(Stage stage) {
        this.stage = stage;
    }

    Map<String, Scene> all() {
        scenes.put("look at people", (who, way) -> {
            var login = somebody();
            return Deed.showing(login, () -> who.opens(HOME));
        });
        scenes.put("invite somebody", (who, way) -> {
            var login = "invited" + Stage.next();
            return Deed.changing(
                    stage.rows("select role from account where login = ?", login),
                    () -> who.form(HOME, "login", login, "name", "Invited", "role", "developer"));
        });
        person(
                "make a password link",
                "/link",
                id -> {},
                id -> stage.rows("select token_hash from account_link where account = ?", id));
        person("give a role", "/role", id -> {}, this::account, "role", "auditor");
        person(
                "say which environments are somebody's own",
                "/environments",
                id -> {},
                id -> stage.rows("select environment from account_environment where account = ?", id),
                "environment",
                "development");
        person("disable somebody", "/disable", id -> {}, this::account);
        person(
                "enable somebody",
                "/enable",
                id -> stage.sql.change("update account set disabled = true where id = ?", id),
                this::account);
        person(
                "end somebody's sessions",
                "/sessions/end",
                id -> SignedIn.signIn(stage.text("select login from account where id = ?", id), SignedIn.PASSWORD),
                id -> stage.rows("select token_hash from account_session where account = ?", id));
        tokens();
        return scenes;
    }

    private void tokens() {
        scenes.put("see which tokens there are", (who, way) -> {
            var name = "Seen " + Stage.next();
            Stage.done(stage.dora.form(TOKENS, "name", name, "scope", "check", "days", 1));
            var shown = Deed.showing(name, () -> who.opens(TOKENS));
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

    private void person(String name, String path, Consumer<String> before, Kept kept, Object... fields) {
        scenes.put(name, (who, way) -> {
            var id = stage.text("select id from account where login = ?", somebody());
            before.accept(id);
            return Deed.changing(kept.of(id), () -> who.form(HOME + "/" + id + path, fields));
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
