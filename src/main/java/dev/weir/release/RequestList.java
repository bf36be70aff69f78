package dev.weir.release;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.restoration.Restorations;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** All change requests that concern an environment in one list, so that nobody has to look in two places. Decides nothing. */
@ApplicationScoped
class RequestList {

    private final ChangeRequests requests;
    private final Reviewers reviewers;
    private final Restorations restorations;

    RequestList(ChangeRequests requests, Reviewers reviewers, Restorations restorations) {
        this.requests = requests;
        this.reviewers = reviewers;
        this.restorations = restorations;
    }

    /**
     * Some of the list, the newest first.
     *
     * @param request the last number of a request for rules that is on this page or a newer one
     * @param restoration likewise
     */
    record Page(List<Listed> lines, long request, long restoration, boolean more) {

        /** The address of the next page; empty where there is none. */
        String older(String home) {
            return more ? home + "?before=" + request + "&restoration=" + restoration : "";
        }
    }

    /** Those that wait for whoever looks. */
    List<Listed> waiting(EnvironmentKey environment) {
        return merged(reviewers.mine(environment), environment, restorations.waiting(environment));
    }

    Page page(EnvironmentKey environment, long request, long restoration) {
        var rules = requests.list(environment, request);
        var others = restorations.list(environment, restoration, Restorations.PAGE + 1);
        var all = merged(rules, environment, others);
        var lines = all.subList(0, Math.min(all.size(), ChangeRequests.PAGE));
        long lastRule = request;
        long lastOther = restoration;
        for (var line : lines) {
            lastRule = line.request() == null ? lastRule : line.request().number();
            lastOther = line.restoration() == null
                    ? lastOther
                    : line.restoration().restoration().number();
        }
        boolean more = all.size() > lines.size() || (rules.size() == ChangeRequests.PAGE && lastRule > 1);
        return new Page(lines, lastRule, lastOther, more);
    }

    /** Each in its own order, whatever the clocks of nodes said: a page ends at one place of both. */
    private List<Listed> merged(List<ChangeRequest> rules, EnvironmentKey environment, List<Restorations.Line> others) {
        var outdated = requests.outdated(environment, rules);
        var first = new ArrayDeque<Listed>();
        rules.forEach(request -> first.add(Listed.of(request, outdated.contains(request.number()))));
        var second = new ArrayDeque<Listed>();
        others.forEach(line -> second.add(Listed.of(line)));
        var merged = new ArrayList<Listed>();
        while (!first.isEmpty() && !second.isEmpty()) {
            boolean newer = first.element().at().isAfter(second.element().at());
            merged.add(newer ? first.remove() : second.remove());
        }
        merged.addAll(first);
        merged.addAll(second);
        return merged;
    }
}
