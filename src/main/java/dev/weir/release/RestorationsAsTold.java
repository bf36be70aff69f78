package dev.weir.release;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.restoration.Restoration;
import dev.weir.restoration.Restoration.Person;
import dev.weir.restoration.Restorations;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Compares restorations, and what was decided about them, with the rows that tell of them. Changes nothing. */
@ApplicationScoped
class RestorationsAsTold {

    private static final int AT_ONCE = 200;

    private final ChangeLog log;
    private final Restorations restorations;

    RestorationsAsTold(ChangeLog log, Restorations restorations) {
        this.log = log;
        this.restorations = restorations;
    }

    /** Of those about one environment, or about what belongs to none: the one that was asked for first. */
    Optional<Difference> first(Optional<EnvironmentKey> environment) {
        Optional<Difference> first = Optional.empty();
        long before = Long.MAX_VALUE;
        List<Restoration> some;
        do {
            some = restorations.stored(environment, before, AT_ONCE);
            for (Restoration restoration : some) {
                var difference = difference(restoration);
                first = difference.isPresent() ? difference : first;
            }
            before = some.isEmpty() ? 0 : some.get(some.size() - 1).number();
        } while (some.size() == AT_ONCE);
        return first;
    }

    private Optional<Difference> difference(Restoration stored) {
        var restoration = stored;
        while (true) {
            var difference = compared(restoration);
            var again = restorations.stored(restoration.number());
            if (difference.isEmpty() || again.filter(restoration::equals).isPresent() || again.isEmpty()) {
                return difference;
            }
            // Somebody decided about it between the two looks.
            restoration = again.get();
        }
    }

    private Optional<Difference> compared(Restoration restoration) {
        var thing = restoration.thing();
        var filter = new Filter("", thing.kind(), thing.id(), "", Optional.empty(), Optional.empty());
        // Two rows tell of one: that it was asked for, and what became of it.
        var rows = log.find(filter, Long.MAX_VALUE, 3);
        if (rows.isEmpty()) {
            return Optional.of(difference(restoration, 0, "no row tells of it"));
        }
        var asked = rows.get(rows.size() - 1);
        return asked(restoration, asked)
                .words()
                .map(words -> difference(restoration, asked.sequence(), words))
                .or(() -> decided(restoration, rows));
    }

    private static Compared asked(Restoration restoration, Row row) {
        return new Compared()
                .same("what was done", "asked", row.action())
                .same("its kind", restoration.kind().kind(), row.after().get("kind"))
                .same("what it is about", restoration.object(), row.after().get("object"))
                .same(
                        "the environment that it is about",
                        restoration.environment().map(Object::toString).orElse(""),
                        row.environment())
                .same(
                        "the row that it goes back to",
                        restoration.row(),
                        row.after().get("row"))
                .same("the row that was seen", restoration.seen(), row.after().get("seen row"))
                .same(
                        "the version that it is on top of",
                        restoration.version(),
                        row.after().get("version"))
                .same("its hash", restoration.hash(), row.after().get("hash"))
                .same("who asked for it", restoration.asker().subject(), row.actor())
                .unerased("the name of who asked for it", restoration.asker().name(), row.actorName())
                .at("when it was asked for", Optional.of(restoration.askedAt()), row.at())
                .unerased("its reason", restoration.reason(), row.reason());
    }

    private static Optional<Difference> decided(Restoration restoration, List<Row> rows) {
        var row = rows.get(0);
        boolean told = row.after().get("state") != null && rows.size() > 1;
        if (rows.size() > 2 || told == restoration.open()) {
            return Optional.of(difference(
                    restoration, row.sequence(), "whether somebody has decided about it is not what the row tells"));
        }
        if (restoration.open()) {
            return Optional.empty();
        }
        var compared = new Compared()
                .same("what became of it", restoration.state().id(), row.after().get("state"))
                .same(
                        "who decided about it",
                        restoration.decidedBy().map(Person::subject).orElse(""),
                        row.actor())
                .unerased(
                        "the name of who decided about it",
                        restoration.decidedBy().map(Person::name).orElse(""),
                        row.actorName())
                .at("when it was decided about", restoration.decidedAt(), row.at());
        var declined = restoration.state() == Restoration.State.DECLINED
                ? compared.unerased("why it was declined", restoration.answer(), row.reason())
                : compared.same("why it was declined", "", restoration.answer());
        return declined.words().map(words -> difference(restoration, row.sequence(), words));
    }

    private static Difference difference(Restoration restoration, long row, String words) {
        return new Difference(restoration.environment(), Difference.RESTORATION, restoration.number(), row, words);
    }
}
