package dev.weir.review;

import dev.weir.access.Grants;
import dev.weir.access.Grants.Pass;
import dev.weir.access.Role;
import dev.weir.environment.App;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who may do what: people with their roles, tokens of programs, App IDs. People are named by subject; only a page adds their names. */
@ApplicationScoped
class AccessSource implements Source {

    private final Grants grants;
    private final Environments environments;
    private final Clock clock;

    AccessSource(Grants grants, Environments environments, Clock clock) {
        this.grants = grants;
        this.environments = environments;
        this.clock = clock;
    }

    @Override
    public Matter matter() {
        return Matter.ACCESS;
    }

    @Override
    public List<Portion> portions(Collection<EnvironmentKey> places) {
        return List.of(new Portion(Matter.ACCESS, Optional.empty(), ""));
    }

    @Override
    public Map<String, ?> facts(Portion portion) {
        var people = grants.accounts().stream()
                .map(one -> Map.of(
                        "subject", one.subject(),
                        "role", one.role(),
                        "state", one.state(),
                        "environments", one.environments()))
                .toList();
        var tokens = grants.tokens().stream()
                .map(token -> Map.of(
                        "id", token.id(),
                        "name", token.name(),
                        "owner", token.owner(),
                        "scope", token.scope(),
                        "expiresAt", token.expiresAt().toString()))
                .toList();
        var now = clock.instant();
        var apps = environments.list().stream()
                .flatMap(place -> place.working(now).stream())
                .sorted((one, other) -> one.id().digits().compareTo(other.id().digits()))
                .map(AccessSource::app)
                .toList();
        return Map.of("people", people, "tokens", tokens, "apps", apps);
    }

    private static Map<String, @Nullable Object> app(App app) {
        var told = new TreeMap<String, @Nullable Object>();
        told.put("id", app.id().digits());
        told.put("environment", app.environment().value());
        told.put("label", app.label());
        told.put("origins", app.origins().stream().sorted().toList());
        told.put("serverKey", app.serverKeyRequired());
        told.put("retiresAt", app.retiresAt().map(Instant::toString).orElse(null));
        return told;
    }

    /** When each token was last used, to the hour. */
    @Override
    public Map<Portion, Map<String, ?>> figures(Collection<Portion> portions, Collection<EnvironmentKey> places) {
        var used = grants.tokens().stream()
                .filter(token -> token.usedAt().isPresent())
                .collect(Collectors.toMap(
                        Pass::id, token -> token.usedAt().orElseThrow().toString()));
        var figures = new LinkedHashMap<Portion, Map<String, ?>>();
        portions.forEach(portion -> figures.put(portion, Map.of("used", used)));
        return figures;
    }

    @Override
    public List<Table> tables(Evidence evidence) {
        var names = grants.accounts().stream().collect(Collectors.toMap(Grants.Grant::subject, Grants.Grant::name));
        var facts = evidence.facts();
        var people = Facts.each(facts, "people")
                .map(one -> Table.row(
                        name(one.text("subject"), names),
                        "/console/people",
                        Role.title(one.text("role")),
                        one.text("state"),
                        String.join(", ", one.texts("environments"))))
                .toList();
        var used = new Facts(evidence.figures()).inner("used");
        var tokens = Facts.each(facts, "tokens")
                .map(token -> Table.row(
                        token.text("name"),
                        "/console/account/tokens",
                        name(token.text("owner"), names),
                        token.text("scope"),
                        Source.moment(token.text("expiresAt")),
                        Source.moment(used.text(token.text("id")))))
                .toList();
        var apps = Facts.each(facts, "apps")
                .map(app -> Table.row(
                        app.text("id") + " " + app.text("label"),
                        "/console/environments/" + app.text("environment"),
                        app.text("environment"),
                        String.join(", ", app.texts("origins")),
                        app.is("serverKey") ? "required" : "not required",
                        Source.moment(app.text("retiresAt"))))
                .toList();
        return List.of(
                new Table(
                        "People",
                        List.of("Who", "Role", "State", "Own environments"),
                        people,
                        grants.known() ? "" : "Your identity provider keeps the accounts: review them there."),
                new Table("Tokens of programs", List.of("Token", "Whose", "Scope", "Until", "Last used"), tokens, ""),
                new Table("App IDs", List.of("App ID", "Environment", "Origins", "Server key", "Retires"), apps, ""));
    }

    /** Of somebody whom Weir doesn't know any more, the subject. */
    private static String name(String subject, Map<String, String> names) {
        return names.getOrDefault(subject, subject);
    }
}
