package dev.weir.release;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.release.ChangeRequest.Person;
import dev.weir.release.ChangeRequest.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares the change requests of an environment, and what was decided about them, with the rows that tell of them. Changes nothing. */
@ApplicationScoped
class RequestsAsTold {

    private static final int AT_ONCE = 200;
    private static final String KIND = "change-request";

    private final ChangeLog log;
    private final RequestRows requests;

    RequestsAsTold(ChangeLog log, RequestRows requests) {
        this.log = log;
        this.requests = requests;
    }

    /** The one that was told of first. What is asked for while this looks may be left out. */
    Optional<Difference> first(EnvironmentKey environment) {
        // Read before the table: so each of these is there by the time that it is looked at.
        var told = told(environment);
        var lies = lying(environment, told);
        var gone = told.entrySet().stream()
                .map(row -> new Difference(
                        environment, Difference.REQUEST, row.getKey(), row.getValue(), "it is not there"))
                .min(AsTold.BY_ROW);
        return Stream.of(lies, gone).flatMap(Optional::stream).min(AsTold.BY_ROW);
    }

    /** The numbers of all requests that rows tell of, and the rows that tell that they were asked for. */
    private Map<Long, Long> told(EnvironmentKey environment) {
        var filter = new Filter("", KIND, "", environment.value(), Optional.empty(), Optional.empty());
        var told = new TreeMap<Long, Long>();
        long before = Long.MAX_VALUE;
        List<Row> some;
        do {
            some = log.find(filter, before, AT_ONCE);
            some.stream()
                    .filter(row -> row.action().equals("requested"))
                    .forEach(row -> told.put(number(row), row.sequence()));
            before = some.isEmpty() ? 0 : some.get(some.size() - 1).sequence();
        } while (some.size() == AT_ONCE);
        return told;
    }

    private static long number(Row row) {
        return Long.parseLong(row.object().substring(row.object().lastIndexOf('-') + 1));
    }

    /** The first of those that are in the table; takes them out of what was told. */
    private Optional<Difference> lying(EnvironmentKey environment, Map<Long, Long> told) {
        Optional<Difference> first = Optional.empty();
        long before = Long.MAX_VALUE;
        List<ChangeRequest> some;
        do {
            some = requests.before(environment, before, AT_ONCE);
            for (ChangeRequest request : some) {
                told.remove(request.number());
                var difference = difference(request);
                first = difference.isPresent() ? difference : first;
            }
            before = some.isEmpty() ? 0 : some.get(some.size() - 1).number();
        } while (some.size() == AT_ONCE);
        return first;
    }

    private Optional<Difference> difference(ChangeRequest stored) {
        var request = stored;
        while (true) {
            var difference = compared(request, tale(request));
            var again = requests.find(request.environment(), request.number());
            if (difference.isEmpty() || again.filter(request::equals).isPresent() || again.isEmpty()) {
                return difference;
            }
            // Somebody decided about it between the two looks.
            request = again.get();
        }
    }

    /** What rows tell of one request: the newest of each sort. */
    private static final class Tale {

        private @Nullable Row asked;
        private @Nullable Row state;
        private @Nullable Row decided;
        private @Nullable Row published;
        private @Nullable Row promoted;

        void take(Row row) {
            switch (row.action()) {
                case "requested" -> asked = asked == null ? row : asked;
                case "approved", "rejected" -> decided = decided == null ? row : decided;
                case "published" -> published = published == null ? row : published;
                case "promotion-asked" -> promoted = promoted == null ? row : promoted;
                default -> {}
            }
            if (row.after().get("state") != null) {
                state = state == null ? row : state;
            }
        }
    }

    private Tale tale(ChangeRequest request) {
        var filter =
                new Filter("", request.thing().kind(), request.thing().id(), "", Optional.empty(), Optional.empty());
        var tale = new Tale();
        long before = Long.MAX_VALUE;
        List<Row> some;
        do {
            some = log.find(filter, before, AT_ONCE);
            some.forEach(tale::take);
            before = some.isEmpty() ? 0 : some.get(some.size() - 1).sequence();
        } while (some.size() == AT_ONCE);
        return tale;
    }

    private static Optional<Difference> compared(ChangeRequest request, Tale tale) {
        var asked = tale.asked;
        if (asked == null) {
            return Optional.of(Difference.untold(request.environment(), Difference.REQUEST, request.number()));
        }
        return asked(request, asked)
                .words()
                .map(words -> difference(request, asked, words))
                .or(() -> origin(request, tale.promoted, asked))
                .or(() -> decision(request, tale.decided, asked))
                .or(() -> outcome(request, tale, asked));
    }

    private static Difference difference(ChangeRequest request, Row row, String words) {
        return new Difference(request.environment(), Difference.REQUEST, request.number(), row.sequence(), words);
    }

    private static Compared asked(ChangeRequest request, Row row) {
        return new Compared()
                .same("its hash", request.hash(), row.after().get("hash"))
                .same("the hash of its text", CanonicalJson.sha256(request.canonical()), request.hash())
                .same("who asked for it", request.author().subject(), row.actor())
                .unerased("the name of who asked for it", request.author().name(), row.actorName())
                .at("when it was asked for", Optional.of(request.createdAt()), row.at())
                .unerased("its reason", request.reason(), row.reason())
                .same(
                        "the revision that it is on top of",
                        request.base(),
                        row.after().get("base revision"))
                .same(
                        "what it restores",
                        request.restores().orElse(null),
                        row.after().get("restores"))
                .same(
                        "what it is a part of",
                        request.partOf().orElse(null),
                        row.after().get("part of"))
                .same(
                        "whether it is to stay",
                        request.stays() ? true : null,
                        row.after().get("stays"))
                .same(
                        "after how many days it ends",
                        request.expiresDays() == 0 ? null : (Long) (long) request.expiresDays(),
                        row.after().get("expires after days"));
    }

    private static Optional<Difference> origin(ChangeRequest request, @Nullable Row promoted, Row asked) {
        Map<?, ?> told = promoted == null ? Map.of() : promoted.after();
        return new Compared()
                .same(
                        "the environment that it promotes from",
                        request.origin().map(origin -> origin.source().value()).orElse(null),
                        told.get("source"))
                .same(
                        "the revision that it promotes",
                        request.origin().map(Promotion.Origin::revision).orElse(null),
                        told.get("source revision"))
                .words()
                .map(words -> difference(request, promoted == null ? asked : promoted, words));
    }

    /** The row that tells who decided is the one that is named; where there is none, the one that tells who asked. */
    private static Optional<Difference> decision(ChangeRequest request, @Nullable Row decided, Row asked) {
        var by = request.decidedBy();
        if (decided == null || by.isEmpty()) {
            return decided == null && by.isEmpty() && request.approvedHash().isEmpty()
                    ? Optional.empty()
                    : Optional.of(difference(
                            request,
                            decided == null ? asked : decided,
                            "whether somebody has decided about it is not what the row tells"));
        }
        return new Compared()
                .same("who decided about it", by.map(Person::subject).orElse(""), decided.actor())
                .unerased(
                        "the name of who decided about it", by.map(Person::name).orElse(""), decided.actorName())
                .at("when it was decided about", request.decidedAt(), decided.at())
                .same(
                        "the hash that was approved",
                        request.approvedHash().orElse(null),
                        decided.after().get("approved hash"))
                .unerased("why somebody said no", request.decidedReason().orElse(""), decided.reason())
                .same(
                        "whether somebody said why not",
                        request.decidedReason().isPresent() && decided.action().equals("approved"),
                        false)
                .words()
                .map(words -> difference(request, decided, words));
    }

    private static Optional<Difference> outcome(ChangeRequest request, Tale tale, Row asked) {
        var row = tale.state == null ? asked : tale.state;
        var state = tale.state == null ? State.OPEN.id() : row.after().get("state");
        Map<?, ?> published = tale.published == null ? Map.of() : tale.published.after();
        return new Compared()
                .same("what became of it", request.state().id(), state)
                .same("the revision that it became", request.revision().orElse(null), published.get("revision"))
                .words()
                .map(words -> difference(request, row, words));
    }
}
