package dev.weir.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.access.Role;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.database.Sql;
import dev.weir.kernel.Actor;
import dev.weir.kernel.AppId;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EnvironmentsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Actor SOMEBODY = new Actor("local:1", "Somebody", Actor.Means.SESSION);

    @Inject
    Environments environments;

    @Inject
    AppIds apps;

    @Inject
    Sql sql;

    @Inject
    ChangeLog log;

    @Inject
    Clock clock;

    @Inject
    Heard heard;

    /** Hears what is fired, and whether the row is there by then. */
    @Singleton
    static class Heard {
        final List<EnvironmentCreated> events = new ArrayList<>();
        private final Environments environments;

        Heard(Environments environments) {
            this.environments = environments;
        }

        void created(@Observes EnvironmentCreated event) {
            if (environments.find(event.environment()).isPresent()) {
                events.add(event);
            }
        }
    }

    @Test
    void a_new_installation_has_development_and_production() {
        var development = environments.find(FirstEnvironments.DEVELOPMENT).orElseThrow();
        var production = environments.find(FirstEnvironments.PRODUCTION).orElseThrow();

        assertThat(development.kind()).isEqualTo(Kind.DEVELOPMENT);
        assertThat(development.critical()).isFalse();
        assertThat(development.apps().get(0).origins()).contains("http://127.0.0.1:8080", "http://localhost:8080");
        assertThat(production.kind()).isEqualTo(Kind.PRODUCTION);
        assertThat(production.critical()).isTrue();
        assertThat(production.apps().get(0).id().digits()).matches("[1-9][0-9]{9}");
        assertThat(heard.events).extracting(EnvironmentCreated::environment).contains(FirstEnvironments.PRODUCTION);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void an_environment_is_made_whole_and_told_to_the_data_plane() {
        long epoch = epoch();

        var key = created();

        assertThat(environments.find(key).orElseThrow().apps()).hasSize(1);
        assertThat(heard.events).contains(new EnvironmentCreated(key, SOMEBODY));
        assertThat(epoch()).isGreaterThan(epoch);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void a_key_is_taken_once() {
        var key = created();

        assertThat(environments.create(key, "Again", Kind.STAGING, true, SOMEBODY))
                .isEqualTo(Outcome.TAKEN);
        assertThat(environments.find(key).orElseThrow().name()).isEqualTo("Name of " + key);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void of_two_who_read_the_same_version_the_second_changes_nothing() {
        var key = created();

        var first = environments.change(key, "First", false, 0);
        var second = environments.change(key, "Second", true, 0);

        assertThat(first).isEqualTo(Outcome.DONE);
        assertThat(second).isEqualTo(Outcome.OUTDATED);
        assertThat(environments.find(key).orElseThrow().name()).isEqualTo("First");
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void a_rotated_app_id_works_until_the_overlap_is_over() {
        var old = app(created());
        apps.addOrigin(old.id(), "https://shop.example.com", 0);
        var key = apps.requireServerKey(old.id(), 1).made().orElseThrow();
        long epoch = epoch();

        apps.rotate(old.id(), 14, 2);

        var both = environments.find(old.environment()).orElseThrow().apps();
        assertThat(both).hasSize(2);
        var fresh = both.stream()
                .filter(app -> !app.id().equals(old.id()))
                .findFirst()
                .orElseThrow();
        assertThat(fresh.origins()).containsExactly("https://shop.example.com");
        assertThat(fresh.retiresAt()).isEmpty();
        assertThat(keyHash(fresh.id())).isEqualTo(CanonicalJson.sha256(key));
        assertThat(environments.find(old.id()).orElseThrow().retiresAt().orElseThrow())
                .isAfter(clock.instant().plus(Duration.ofDays(13)))
                .isBefore(clock.instant().plus(Duration.ofDays(15)));
        assertThat(epoch()).isGreaterThan(epoch);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void a_retired_app_id_is_refused_from_now_on() {
        var app = app(created());

        apps.retire(app.id(), 0);

        assertThat(environments.find(app.id()).orElseThrow().retiresAt().orElseThrow())
                .isBeforeOrEqualTo(clock.instant());
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void nothing_brings_a_retired_app_id_back() {
        var app = app(created());
        apps.retire(app.id(), 0);
        var retired = environments.find(app.id()).orElseThrow();

        assertThat(apps.rotate(app.id(), 14, 1).outcome()).isEqualTo(Outcome.RETIRED);
        assertThat(apps.retire(app.id(), 1)).isEqualTo(Outcome.RETIRED);
        assertThat(apps.label(app.id(), "Again", 1)).isEqualTo(Outcome.RETIRED);
        assertThat(apps.addOrigin(app.id(), "https://shop.example.com", 1)).isEqualTo(Outcome.RETIRED);
        assertThat(apps.change(app.id(), "Again", List.of(), 1)).isEqualTo(Outcome.RETIRED);
        assertThat(apps.requireServerKey(app.id(), 1).outcome()).isEqualTo(Outcome.RETIRED);

        assertThat(environments.find(app.id())).contains(retired);
        assertThat(environments.find(app.environment()).orElseThrow().apps()).hasSize(1);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void what_retires_already_is_not_given_longer() {
        var app = app(created());
        apps.rotate(app.id(), 1, 0);
        var retiring = environments.find(app.id()).orElseThrow();

        assertThat(apps.rotate(app.id(), 365, 1).outcome()).isEqualTo(Outcome.RETIRING);

        assertThat(environments.find(app.id())).contains(retiring);
    }

    /** In a transaction that nobody else sees and that is rolled back. */
    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void there_are_so_many_environments_and_app_ids_and_no_more() {
        var place = created();
        var outcomes = new ArrayList<Outcome>();
        QuarkusTransaction.begin();
        try {
            for (int i = 1; i < AppIds.MOST - 1; i++) {
                sql.change(
                        "insert into app_id (digits, environment, label, created_at) values (?, ?, 'One of many', ?)",
                        "" + (9_000_000_000L + i),
                        place.value(),
                        clock.instant());
            }
            outcomes.add(apps.create(place, "The last one").outcome());
            outcomes.add(apps.create(place, "One too many").outcome());
            long rest = Environments.MOST - sql.number("select count(*) from environment");
            for (int i = 0; i < rest; i++) {
                sql.change(
                        "insert into environment (key, name, kind, critical, hash_key, created_at)"
                                + " values (?, 'One of many', 'staging', false, '', ?)",
                        "many-" + i,
                        clock.instant());
            }
            outcomes.add(
                    environments.create(new EnvironmentKey("too-many"), "One too many", Kind.STAGING, false, SOMEBODY));
        } finally {
            QuarkusTransaction.rollback();
        }

        assertThat(outcomes).containsExactly(Outcome.DONE, Outcome.APPS_TOO_MANY, Outcome.TOO_MANY);
        assertThat(outcomes).extracting(Outcome::status).containsExactly(200, 409, 409);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void the_door_itself_refuses_what_has_no_sense() {
        var app = app(created());
        var many = java.util.stream.IntStream.rangeClosed(0, AppIds.MOST_ORIGINS)
                .mapToObj(i -> "https://shop" + i + ".example.com")
                .toList();

        assertThat(environments.create(new EnvironmentKey("people"), "People", Kind.STAGING, false, SOMEBODY))
                .isEqualTo(Outcome.KEY_RESERVED);
        assertThat(environments.create(new EnvironmentKey("blank"), " ", Kind.STAGING, false, SOMEBODY))
                .isEqualTo(Outcome.NAME_WRONG);
        assertThat(environments.change(app.environment(), "n".repeat(101), false, 0))
                .isEqualTo(Outcome.NAME_WRONG);
        assertThat(apps.label(app.id(), "", 0)).isEqualTo(Outcome.LABEL_WRONG);
        assertThat(apps.addOrigin(app.id(), "null", 0)).isEqualTo(Outcome.ORIGIN_WRONG);
        assertThat(apps.rotate(app.id(), 366, 0).outcome()).isEqualTo(Outcome.DAYS_WRONG);
        assertThat(apps.change(app.id(), "Shop", many, 0)).isEqualTo(Outcome.ORIGINS_TOO_MANY);
        assertThat(apps.change(app.id(), "Shop", many.subList(1, many.size()), 0))
                .isEqualTo(Outcome.DONE);
        assertThat(apps.addOrigin(app.id(), many.get(0), 1)).isEqualTo(Outcome.ORIGINS_TOO_MANY);
        assertThat(environments.find(app.id()).orElseThrow().origins()).hasSize(AppIds.MOST_ORIGINS);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void of_a_server_key_only_the_hash_is_kept() {
        var app = app(created());

        var key = apps.requireServerKey(app.id(), 0).made().orElseThrow();

        assertThat(key).startsWith("wsk_").hasSize(47);
        assertThat(keyHash(app.id())).isEqualTo(CanonicalJson.sha256(key));
        assertThat(apps.dropServerKey(app.id(), 1)).isEqualTo(Outcome.DONE);
        assertThat(environments.find(app.id()).orElseThrow().serverKeyRequired())
                .isFalse();
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void why_an_origin_came_or_went_and_why_no_server_key_is_required_can_be_said() {
        var app = app(created());
        var origin = "https://shop.example.com";

        assertThat(apps.addOrigin(app.id(), origin, 0, "x".repeat(AppIds.LONGEST_REASON + 1)))
                .isEqualTo(Outcome.REASON_WRONG);
        assertThat(apps.addOrigin(app.id(), origin, 0, " The shop moved here ")).isEqualTo(Outcome.DONE);
        assertThat(told(app)).contains("origin-added: The shop moved here");
        assertThat(apps.change(app.id(), app.label(), List.of(), 1, "It moved on"))
                .isEqualTo(Outcome.DONE);
        assertThat(told(app)).contains("origin-removed: It moved on");
        apps.requireServerKey(app.id(), 2);
        assertThat(apps.dropServerKey(app.id(), 3, "Old servers can't send one"))
                .isEqualTo(Outcome.DONE);
        assertThat(told(app)).contains("server-key-dropped: Old servers can't send one");
        assertThat(apps.addOrigin(app.id(), origin, 4)).isEqualTo(Outcome.DONE);
        assertThat(told(app)).contains("origin-added: ");
    }

    private String told(App app) {
        var ofApp = new Filter("", "app-id", app.id().digits(), "", Optional.empty(), Optional.empty());
        var row = log.find(ofApp, Long.MAX_VALUE, 1).get(0);
        return row.action() + ": " + row.reason().orElse("");
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void every_change_of_an_origin_is_told_to_the_data_plane() {
        var app = app(created());
        long before = epoch();

        apps.addOrigin(app.id(), "HTTPS://Shop.Example.com:443/", 0);
        long added = epoch();
        var origins = environments.find(app.id()).orElseThrow().origins();
        apps.removeOrigin(app.id(), "https://shop.example.com", 1);

        assertThat(origins).containsExactly("https://shop.example.com");
        assertThat(environments.find(app.id()).orElseThrow().origins()).isEmpty();
        assertThat(added).isGreaterThan(before);
        assertThat(epoch()).isGreaterThan(added);
    }

    @Test
    @TestSecurity(user = "ada", roles = Role.ADMIN)
    void what_is_undone_is_not_told() {
        long before = epoch();

        QuarkusTransaction.begin();
        created();
        QuarkusTransaction.rollback();

        assertThat(epoch()).isEqualTo(before);
    }

    @Test
    @TestSecurity(
            user = "ari",
            roles = {Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    void the_door_itself_refuses_whoever_is_no_admin() {
        assertThatThrownBy(() -> environments.create(new EnvironmentKey("mine"), "Mine", Kind.STAGING, false, SOMEBODY))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> apps.retire(new AppId("1234567890"), 0)).isInstanceOf(ForbiddenException.class);
        assertThat(environments.list()).isNotEmpty();
    }

    private EnvironmentKey created() {
        var key = new EnvironmentKey("made-" + COUNT.incrementAndGet());
        environments.create(key, "Name of " + key, Kind.STAGING, false, SOMEBODY);
        return key;
    }

    private App app(EnvironmentKey key) {
        return environments.find(key).orElseThrow().apps().get(0);
    }

    private long epoch() {
        return sql.number("select epoch from governing_epoch where id = 1");
    }

    private String keyHash(AppId app) {
        return sql.first("select server_key_hash from app_id where digits = ?", row -> row.getString(1), app.digits())
                .orElseThrow();
    }
}
