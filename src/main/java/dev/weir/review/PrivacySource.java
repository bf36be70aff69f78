package dev.weir.review;

import dev.weir.environment.Environment;
import dev.weir.environment.Environments;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.Allowances;
import dev.weir.release.Emergencies;
import dev.weir.release.Release;
import dev.weir.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which privacy rules are in force in an environment, and what was loosened on the way to them. */
@ApplicationScoped
class PrivacySource implements Source {

    private final Releases releases;
    private final Allowances allowances;
    private final Emergencies emergencies;
    private final Environments environments;

    PrivacySource(Releases releases, Allowances allowances, Emergencies emergencies, Environments environments) {
        this.releases = releases;
        this.allowances = allowances;
        this.emergencies = emergencies;
        this.environments = environments;
    }

    @Override
    public Matter matter() {
        return Matter.PRIVACY;
    }

    @Override
    public List<Portion> portions(Collection<EnvironmentKey> places) {
        return places.stream()
                .map(place -> new Portion(Matter.PRIVACY, Optional.of(place), ""))
                .toList();
    }

    @Override
    public Map<String, ?> facts(Portion portion) {
        var place = portion.environment().orElseThrow();
        var inForce = releases.inForce(place);
        var loosened = allowances.of(place, "", Long.MAX_VALUE);
        var urgent = emergencies.of(place);
        var facts = new TreeMap<String, @Nullable Object>();
        facts.put(
                "critical", environments.find(place).map(Environment::critical).orElse(false));
        facts.put("revision", inForce.map(Release::number).orElse(0L));
        facts.put("sha256", inForce.map(Release::hash).orElse(""));
        facts.put("intact", inForce.map(Release::intact).orElse(false));
        facts.put(
                "publishedAt",
                inForce.map(release -> release.publishedAt().toString()).orElse(""));
        facts.put(
                "expiresAt",
                inForce.flatMap(Release::term)
                        .map(term -> term.expiresAt().toString())
                        .orElse(null));
        facts.put("loosenings", (long) loosened.allowances().size());
        facts.put("lookedBackTo", loosened.rest());
        facts.put("emergencies", (long) urgent.size());
        facts.put("unreviewed", urgent.stream().filter(one -> !one.reviewed()).count());
        return facts;
    }

    @Override
    public Map<Portion, Map<String, ?>> figures(Collection<Portion> portions, Collection<EnvironmentKey> places) {
        return Map.of();
    }

    @Override
    public List<Table> tables(Evidence evidence) {
        var facts = new Facts(evidence.facts());
        var home = "/console/" + new Facts(evidence.content()).text("environment");
        var rows = new ArrayList<List<Table.Cell>>();
        rows.add(Table.row("Revision in force", home + "/policy/" + facts.text("revision"), facts.text("revision")));
        rows.add(Table.row(
                "Its SHA-256", "", facts.text("sha256") + (facts.is("intact") ? "" : ", which its text has not")));
        rows.add(Table.row("Published", "", Source.moment(facts.text("publishedAt"))));
        var ends = facts.text("expiresAt");
        rows.add(Table.row("What it loosens ends", "", ends.isEmpty() ? "not by itself" : Source.moment(ends)));
        rows.add(Table.row(
                "Critical environment",
                "/console/environments" + home.substring("/console".length()),
                facts.is("critical") ? "yes" : "no"));
        rows.add(Table.row("Changes that may have loosened", home + "/allowed", loosenings(facts)));
        rows.add(Table.row(
                "Emergencies",
                home + "/emergencies",
                facts.number("emergencies") + ", " + facts.number("unreviewed") + " of them not reviewed"));
        return List.of(new Table("The policy in force", List.of("What", "Is"), rows, ""));
    }

    private static String loosenings(Facts facts) {
        return facts.number("loosenings")
                + (facts.number("lookedBackTo") > 0 ? " since revision " + facts.number("lookedBackTo") : "");
    }
}
