package dev.weir.catalog;

import dev.weir.catalog.matching.Filter;
import dev.weir.catalog.standards.Conventions;
import dev.weir.catalog.standards.Deviation;
import dev.weir.catalog.standards.Level;
import dev.weir.catalog.standards.Rule;
import dev.weir.catalog.standards.Said;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which standards definitions break, those in force now, and what of that was waived. Changes nothing but what an edit makes void. */
@ApplicationScoped
class Conformity {

    private final ConventionRows rows;

    Conformity(ConventionRows rows) {
        this.rows = rows;
    }

    List<Broken> of(Definition definition) {
        return of(List.of(definition)).getOrDefault(definition.id(), List.of());
    }

    /** By the id of the definition, for each of them. */
    Map<String, List<Broken>> of(List<Definition> definitions) {
        var conventions = rows.find();
        var found = new HashMap<String, List<Deviation>>();
        definitions.forEach(one -> found.put(one.id(), conventions.look(said(one.details()))));
        var waivers = waivers(conventions, found);
        var broken = new HashMap<String, List<Broken>>();
        found.forEach((id, deviations) -> broken.put(
                id,
                deviations.stream()
                        .map(each -> new Broken(
                                each,
                                Optional.ofNullable(
                                        waivers.get(id + " " + each.rule().id()))))
                        .toList()));
        return broken;
    }

    /** Who has waived what, by definition and rule: of what blocks, and of what is asked as it was then. */
    private Map<String, Hand> waivers(Conventions conventions, Map<String, List<Deviation>> found) {
        var blocked = found.entrySet().stream()
                .filter(one -> one.getValue().stream().anyMatch(Deviation::blocks))
                .map(Map.Entry::getKey)
                .toList();
        return rows.waivers(blocked).stream()
                .filter(waiver -> Rule.of(waiver.rule())
                        .filter(rule -> waiver.asks().equals(ConventionRows.hash(conventions, rule)))
                        .filter(rule -> conventions.level(rule) == Level.BLOCK)
                        .isPresent())
                .collect(Collectors.toMap(
                        waiver -> waiver.definition() + " " + waiver.rule(), ConventionRows.Waiver::hand));
    }

    /** What keeps a definition from being sent to review and verified. */
    List<Deviation> blocking(Definition definition) {
        return of(definition).stream()
                .filter(Broken::blocks)
                .map(Broken::deviation)
                .toList();
    }

    /** What blocks of a definition as it would be, and doesn't as it is. */
    List<Deviation> added(Details now, Details made) {
        var conventions = rows.find();
        var before = conventions.look(said(now)).stream().map(Deviation::rule).collect(Collectors.toSet());
        return conventions.look(said(made)).stream()
                .filter(Deviation::blocks)
                .filter(each -> !before.contains(each.rule()))
                .toList();
    }

    /** Of what is still being written; what blocks comes first. */
    List<Deviation> of(Form form) {
        return rows
                .find()
                .look(Said.of(
                        form.name(),
                        Filter.parse(form.filter().strip()).match(Optional::of, refused -> Optional.empty()),
                        form.category(),
                        Form.words(form.tags()),
                        form.description(),
                        form.context(),
                        !form.owner().isBlank()))
                .stream()
                .sorted(Comparator.comparing(deviation -> !deviation.blocks()))
                .toList();
    }

    /** For what an edit has changed: who waived something had looked at something else. */
    void edited(Details before, Details after, String definition) {
        if (!Form.of(before).equals(Form.of(after))) {
            rows.forget(definition);
        }
    }

    static Said said(Details details) {
        return Said.of(
                details.name(),
                Optional.of(details.filter()),
                details.category(),
                details.tags(),
                details.description(),
                details.context(),
                details.owner().isPresent());
    }

    static String words(List<Deviation> deviations) {
        return deviations.stream().map(Deviation::text).collect(Collectors.joining(" "));
    }
}
