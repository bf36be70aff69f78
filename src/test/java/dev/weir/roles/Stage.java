package dev.weir.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.access.Role;
import dev.weir.database.Sql;
import dev.weir.environment.AppIds;
import dev.weir.environment.Environments;
import dev.weir.environment.Kind;
import dev.weir.kernel.Actor;
import dev.weir.kernel.AppId;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.Drafts;
import dev.weir.release.ChangeRequest;
import dev.weir.release.ChangeRequests;
import dev.weir.release.Releases;
import dev.weir.release.Requested;
import dev.weir.testsupport.Tenant;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What scenes are set with: environments of their own, drafts, requests, and colleagues who are somebody else. */
final class Stage {

    /** Keeps events for so many days: fewer and more than a new environment does. */
    static final PolicyDocument TIGHTER = Tenant.balancedWith(Map.of("retention", Map.of("events", 100L)));

    static final PolicyDocument LOOSER = Tenant.balancedWith(Map.of("retention", Map.of("events", 400L)));

    private static final AtomicInteger MADE = new AtomicInteger();

    final Sql sql;
    final Environments environments;
    final AppIds apps;
    final Drafts drafts;
    final ChangeRequests requests;
    final Releases releases;

    /** An Admin who is somebody else than whoever plays. */
    final Player ada;

    /** Another Admin. */
    final Player bob;

    /** An Architect and a Developer who are somebody else, too. */
    final Player dean;

    final Player dora;

    Stage(Sql sql, Environments environments, AppIds apps, Drafts drafts, ChangeRequests requests, Releases releases) {
        this.sql = sql;
        this.environments = environments;
        this.apps = apps;
        this.drafts = drafts;
        this.requests = requests;
        this.releases = releases;
        this.ada = Player.of("matrix-ada", Role.ADMIN, sql);
        this.bob = Player.of("matrix-bob", Role.ADMIN, sql);
        this.dean = Player.of("matrix-dean", Role.ARCHITECT, sql);
        this.dora = Player.of("matrix-dora", Role.DEVELOPER, sql);
    }

    static int next() {
        return MADE.incrementAndGet();
    }

    /** For what has to be somebody's own: who may not have it at all is shown that of another. */
    Player orAda(Player who, String... roles) {
        return List.of(roles).contains(who.role()) ? who : ada;
    }

    EnvironmentKey development() {
        return environment(Kind.DEVELOPMENT, false);
    }

    EnvironmentKey critical() {
        return environment(Kind.PRODUCTION, true);
    }

    private EnvironmentKey environment(Kind kind, boolean critical) {
        int number = next();
        var key = new EnvironmentKey("stage" + number);
        ada.does(() -> environments.create(key, "Stage " + number, kind, critical, Actor.SYSTEM));
        return key;
    }

    AppId app(EnvironmentKey place) {
        return new AppId(text("select digits from app_id where environment = ? order by created_at", place.value()));
    }

    long appVersion(AppId app) {
        return sql.number("select version from app_id where digits = ?", app.digits());
    }

    long version(EnvironmentKey place) {
        return sql.number("select version from environment where key = ?", place.value());
    }

    /** Tighter as well, and what no other environment says: else a file that says so would be a promotion. */
    static PolicyDocument tighterOnlyIn(EnvironmentKey place) {
        return Tenant.balancedWith(Map.of("pages", List.of("/only-in-" + place)));
    }

    /** The draft says this; the answer is its version. */
    long drafted(EnvironmentKey place, PolicyDocument document) {
        ada.does(() -> drafts.replace(place, drafts.of(place).version(), document));
        return ada.does(() -> drafts.of(place).version());
    }

    /** Of the revision in force. */
    long number(EnvironmentKey place) {
        return sql.number("select max(number) from policy_revision where environment = ?", place.value());
    }

    void published(EnvironmentKey place, PolicyDocument document) {
        long version = drafted(place, document);
        var before = number(place);
        ada.does(() -> releases.publish(place, version, "So it is", place.value()));
        assertThat(number(place)).isEqualTo(before + 1);
    }

    ChangeRequest asked(Player by, EnvironmentKey place, PolicyDocument document) {
        by.does(() -> drafts.replace(place, drafts.of(place).version(), document));
        long version = ada.does(() -> drafts.of(place).version());
        return request(by.does(() -> requests.open(place, version, "Please", 0)));
    }

    ChangeRequest proposed(Player by, EnvironmentKey place, PolicyDocument document) {
        return request(by.does(() -> requests.propose(place, document, number(place), "Please", 0)));
    }

    /** Of what there is to see of it now. */
    String tag(ChangeRequest request) {
        return ada.does(() -> requests.tag(
                requests.find(request.environment(), request.number()).orElseThrow()));
    }

    void agreed(ChangeRequest request) {
        request(ada.does(() -> requests.approve(request.environment(), request.number(), request.hash())));
    }

    static ChangeRequest request(Requested became) {
        return became.match(done -> done.request(), refused -> {
            throw new AssertionError(refused.why());
        });
    }

    String text(String select, Object... arguments) {
        return sql.first(select, row -> String.valueOf(row.getString(1)), arguments)
                .orElseThrow();
    }

    /** What these rows say, to be compared with what they say later. */
    Supplier<List<String>> rows(String select, Object... arguments) {
        return () -> sql.list(select, row -> String.valueOf(row.getString(1)), arguments);
    }

    /** What a colleague does to set the stage has to succeed. */
    static Response done(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isLessThan(400);
        return answer;
    }
}
