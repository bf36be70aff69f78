package dev.weir.simulation;

import dev.weir.catalog.Definition;
import dev.weir.event.Event;
import dev.weir.policy.Circumstances;
import dev.weir.policy.CompiledPolicy;
import dev.weir.policy.Finding;
import dev.weir.policy.PolicyDocument;
import dev.weir.policy.Verdict;
import dev.weir.simulation.Effect.Crossing;
import dev.weir.simulation.Effect.Field;
import dev.weir.simulation.Effect.Matching;
import dev.weir.simulation.Effect.Outcome;
import dev.weir.simulation.Effect.Sample;
import dev.weir.simulation.Effect.Step;
import dev.weir.simulation.Effect.Why;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges events by two policies, with the engine that enforces, and counts what differs. Give it the events, then ask. Consent is taken
 * as given: what is recorded has it. Not for several threads.
 */
final class Trial {

    private static final int KEY_BYTES = 32;

    private final CompiledPolicy now;
    private final CompiledPolicy then;
    private final List<Definition> definitions;
    private final Function<Event, List<Definition>> matches;

    private final Map<List<Outcome>, Integer> crossings = new HashMap<>();
    private final Map<String, Integer> fields = new TreeMap<>();
    private final Map<String, int[]> reasons = new TreeMap<>();
    private final Map<String, int[]> matched = new HashMap<>();
    private final Set<String> identities = new HashSet<>();
    private final Set<String> identitiesAffected = new HashSet<>();
    private final Set<String> identitiesLost = new HashSet<>();
    private final Set<String> users = new HashSet<>();
    private final Set<String> usersAffected = new HashSet<>();
    private final Map<List<Object>, Sample> samples = new LinkedHashMap<>();
    private int changed;

    /** @param matches says which of the definitions an event matches */
    Trial(
            PolicyDocument now,
            PolicyDocument then,
            List<Definition> definitions,
            Function<Event, List<Definition>> matches) {
        // A key of its own: nobody can look up a person with what a hash rule makes here.
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        this.now = CompiledPolicy.of(now, key);
        this.then = CompiledPolicy.of(then, key);
        this.definitions = List.copyOf(definitions);
        this.matches = matches;
    }

    /** One verdict, as far as it is compared. */
    private record Judged(Outcome outcome, Optional<Event> event, Set<Finding> findings, Set<String> reasons) {

        static Judged of(Verdict verdict) {
            var findings = Set.copyOf(verdict.findings());
            var reasons = new HashSet<String>();
            findings.forEach(finding -> reasons.add(finding.reason().name()));
            return verdict.match(
                    kept -> new Judged(
                            findings.isEmpty() ? Outcome.KEPT : Outcome.REDACTED,
                            Optional.of(kept.event()),
                            findings,
                            reasons),
                    aside -> {
                        reasons.add(aside.reason().name());
                        return new Judged(Outcome.QUARANTINED, Optional.of(aside.event()), findings, reasons);
                    },
                    dropped -> {
                        reasons.add(dropped.reason().name());
                        return new Judged(Outcome.DROPPED, Optional.empty(), findings, reasons);
                    });
        }

        Optional<Event> stored() {
            return outcome.stored() ? event : Optional.empty();
        }

        Optional<String> identity() {
            return stored().flatMap(kept -> Optional.ofNullable(kept.identity()));
        }
    }

    void event(long sequence, Event event, @Nullable String user) {
        var before = Judged.of(now.judge(event, Circumstances.SERVER));
        var after = Judged.of(then.judge(event, Circumstances.SERVER));
        crossings.merge(List.of(before.outcome(), after.outcome()), 1, Integer::sum);
        before.reasons().forEach(reason -> reasons.computeIfAbsent(reason, unknown -> new int[2])[0]++);
        after.reasons().forEach(reason -> reasons.computeIfAbsent(reason, unknown -> new int[2])[1]++);
        matched(before, after);
        var differing = new HashSet<String>();
        before.event()
                .ifPresent(one -> after.event()
                        .ifPresent(other ->
                                Fields.differing(one, other).forEach(name -> differing.add(Fields.told(name)))));
        differing.forEach(name -> fields.merge(name, 1, Integer::sum));
        boolean affected = !differing.isEmpty() || !kind(before.outcome()).equals(kind(after.outcome()));
        people(event, user, before, after, affected);
        if (affected) {
            changed++;
            sample(sequence, event, before, after, differing);
        }
    }

    /** Whether something is redacted shows in the fields; a finding may also be about what is gone already. */
    private static String kind(Outcome outcome) {
        return outcome.stored() ? "stored" : outcome.name();
    }

    private void matched(Judged before, Judged after) {
        var ones = before.stored().map(matches).orElseGet(List::of);
        var others = after.stored().map(matches).orElseGet(List::of);
        for (var definition : ones) {
            counts(definition)[0]++;
            counts(definition)[3] += others.contains(definition) ? 0 : 1;
        }
        for (var definition : others) {
            counts(definition)[1]++;
            counts(definition)[2] += ones.contains(definition) ? 0 : 1;
        }
    }

    /** Now, then, gained, lost. */
    private int[] counts(Definition definition) {
        return matched.computeIfAbsent(definition.id(), unknown -> new int[4]);
    }

    private void people(Event event, @Nullable String user, Judged before, Judged after, boolean affected) {
        var identity = event.identity();
        if (identity != null) {
            identities.add(identity);
            if (affected) {
                identitiesAffected.add(identity);
            }
            if (before.identity().isPresent() && after.identity().isEmpty()) {
                identitiesLost.add(identity);
            }
        }
        if (user != null) {
            users.add(user);
            if (affected) {
                usersAffected.add(user);
            }
        }
    }

    /** The first of each sort: same type, same outcomes, same fields, same rules. */
    private void sample(long sequence, Event event, Judged before, Judged after, Set<String> differing) {
        if (samples.size() >= Effect.SAMPLES) {
            return;
        }
        var onlyNow = steps(before.findings(), after.findings());
        var onlyThen = steps(after.findings(), before.findings());
        var names = differing.stream().sorted().toList();
        var sort =
                List.<Object>of(event.type(), kind(before.outcome()), kind(after.outcome()), names, onlyNow, onlyThen);
        samples.putIfAbsent(
                sort,
                new Sample(sequence, event.type().wire(), before.outcome(), after.outcome(), names, onlyNow, onlyThen));
    }

    private static List<Step> steps(Set<Finding> some, Set<Finding> others) {
        return some.stream()
                .filter(finding -> !others.contains(finding))
                .map(finding -> new Step(finding.reason().name(), finding.field(), finding.rule()))
                .sorted(Comparator.comparing(Step::reason)
                        .thenComparing(Step::field)
                        .thenComparing(Step::rule))
                .toList();
    }

    Effect effect() {
        var affected = new ArrayList<Matching>();
        for (var definition : definitions) {
            var counts = counts(definition);
            if (counts[2] + counts[3] > 0) {
                affected.add(
                        new Matching(definition.id(), definition.name(), counts[0], counts[1], counts[2], counts[3]));
            }
        }
        affected.sort(Comparator.comparingInt((Matching one) -> one.gained() + one.lost())
                .reversed()
                .thenComparing(Matching::name));
        int shown = Math.min(affected.size(), Effect.DEFINITIONS);
        return new Effect(
                crossings.entrySet().stream()
                        .map(entry -> new Crossing(
                                entry.getKey().get(0), entry.getKey().get(1), entry.getValue()))
                        .sorted(Comparator.comparing(Crossing::now).thenComparing(Crossing::then))
                        .toList(),
                changed,
                fields.entrySet().stream()
                        .map(entry -> new Field(entry.getKey(), entry.getValue()))
                        .toList(),
                reasons.entrySet().stream()
                        .map(entry -> new Why(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
                        .toList(),
                affected.subList(0, shown),
                affected.size() - shown,
                identities.size(),
                identitiesAffected.size(),
                identitiesLost.size(),
                users.size(),
                usersAffected.size(),
                List.copyOf(samples.values()));
    }
}
