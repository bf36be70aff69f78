package dev.weir.catalog;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.catalog.standards.Conventions;
import dev.weir.catalog.standards.Deviation;
import dev.weir.catalog.standards.Rule;
import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Entry;
import dev.weir.changelog.Thing;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the organisation asks of its definitions. A standard that becomes stricter changes no definition: what is verified stays so, and
 * whoever is about to say so sees how many break it.
 */
@ApplicationScoped
@Transactional
public class Standards {

    private static final int SHORTEST_REASON = 3;

    private final ConventionRows conventions;
    private final DefinitionRows rows;
    private final Conformity conformity;
    private final ChangeLog log;
    private final CurrentActor current;

    Standards(
            ConventionRows conventions,
            DefinitionRows rows,
            Conformity conformity,
            ChangeLog log,
            CurrentActor current) {
        this.conventions = conventions;
        this.rows = rows;
        this.conformity = conformity;
        this.log = log;
        this.current = current;
    }

    /** @param version what a change carries back, so that two people can't overwrite each other */
    record InForce(Conventions conventions, long version) {}

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    InForce inForce() {
        // In this order: where somebody changes them meanwhile, the version is too old, and never the conventions.
        long version = conventions.version();
        return new InForce(conventions.find(), version);
    }

    /** A definition and the standards that it would break. */
    record Breach(Definition definition, List<Deviation> deviations) {

        public boolean blocked() {
            return deviations.stream().anyMatch(Deviation::blocks);
        }
    }

    /**
     * What conventions would mean for the shared definitions that there are, waived or not.
     *
     * @param breaches those that would break one, what would be blocked first
     */
    record Effect(List<Breach> breaches, int all) {

        /** How many of this status would break one that blocks. */
        public long blockedIn(Status status) {
            return breaches.stream()
                    .filter(Breach::blocked)
                    .filter(breach -> breach.definition().status() == status)
                    .count();
        }

        public long blocked() {
            return breaches.stream().filter(Breach::blocked).count();
        }
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT, Role.DEVELOPER, Role.AUDITOR})
    Effect look(Conventions looked) {
        var all = rows.inUse();
        var found = all.stream()
                .map(one -> new Breach(one, looked.look(Conformity.said(one.details()))))
                .filter(breach -> !breach.deviations().isEmpty())
                .toList();
        var sorted = Stream.concat(
                        found.stream().filter(Breach::blocked), found.stream().filter(breach -> !breach.blocked()))
                .toList();
        return new Effect(sorted, all.size());
    }

    /** The shared definitions that break a standard that blocks, where nobody has waived it; by rule. */
    public Map<Rule, List<Definition>> blocked() {
        var all = rows.inUse();
        var broken = conformity.of(all);
        var blocked = new EnumMap<Rule, List<Definition>>(Rule.class);
        for (var one : all) {
            broken.getOrDefault(one.id(), List.of()).stream()
                    .filter(Broken::blocks)
                    .forEach(each -> blocked.computeIfAbsent(each.rule(), rule -> new ArrayList<>())
                            .add(one));
        }
        return blocked;
    }

    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    StandardOutcome change(Conventions made, long version, String reason) {
        rows.lock();
        if (conventions.version() != version) {
            return StandardOutcome.OUTDATED;
        }
        int length = reason.codePointCount(0, reason.length());
        if (length < SHORTEST_REASON || length > Form.LONGEST_REASON) {
            return StandardOutcome.UNREASONED;
        }
        var entry = told(conventions.find(), made);
        if (!entry.changesNothing()) {
            conventions.save(made);
            log.write(entry.because(reason));
        }
        return StandardOutcome.DONE;
    }

    private Entry told(Conventions before, Conventions after) {
        var entry = Entry.of(current.actor(), "changed", Thing.of("standards", "catalog"));
        for (var rule : Rule.values()) {
            entry = entry.change(rule.id(), before.words(rule), after.words(rule));
        }
        return entry;
    }
}
