package dev.weir.history;

import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The History tab of one thing: its versions, and one of them beside what is now. Reads the log through {@link History}; restores nothing. */
@ApplicationScoped
class Versions {

    /** Versions on one page. */
    private static final int PAGE = 50;

    private static final int AT_ONCE = 200;
    private static final int MANY = 1000;
    private static final String SO_NOW = "What can come back of it is so now.";

    /** A version as it is shown: the row, and what it changed. */
    record Shown(RowView row, List<Fields.Field> changed, boolean present) {}

    /** The one that somebody looks at: what is otherwise now. */
    record Chosen(RowView row, List<Fields.Field> since, boolean present, boolean restores) {}

    @CheckedTemplate(basePath = "history")
    record versions(
            Subject subject,
            List<Shown> shown,
            @Nullable Chosen chosen,
            long older,
            boolean paged,
            boolean cut,
            boolean closed,
            String wrong)
            implements TemplateInstance {}

    /** Why a version was not restored, as a status and in words. */
    record Refused(int status, String words) {
        static final Refused NOT = new Refused(0, "");

        boolean not() {
            return status == 0;
        }
    }

    /** Asks a room for what a version says. The room decides, as it does about any edit. */
    interface Door {
        Refused restore(Timeline.Past past);
    }

    private final History history;

    Versions(History history) {
        this.history = history;
    }

    /** @param row the version to be looked at; 0 for none */
    TemplateInstance page(Subject subject, long row, long before) {
        return page(subject, row, before, "");
    }

    private TemplateInstance page(Subject subject, long row, long before, String wrong) {
        var timeline = timeline(subject);
        var some = timeline.versions().stream()
                .filter(past -> past.row().sequence() < before)
                .toList();
        var chosen = row == 0
                ? null
                : timeline.at(row)
                        .map(past -> chosen(past, subject.kind()))
                        .orElseThrow(() -> Problem.notFound("There is no such version."));
        return new versions(
                subject,
                some.stream().limit(PAGE).map(Versions::shown).toList(),
                chosen,
                some.size() > PAGE ? some.get(PAGE - 1).row().sequence() : 0,
                before != Long.MAX_VALUE,
                timeline.cut(),
                history.closed(subject.environment()),
                wrong);
    }

    /**
     * Restores through a door, and comes back to the tab.
     */
    Response restore(Subject subject, long row, Door door) {
        var past = timeline(subject).at(row).orElseThrow(() -> Problem.notFound("There is no such version."));
        var refused = subject.kind().restores(past) ? door.restore(past) : new Refused(409, SO_NOW);
        return refused.not()
                ? Response.seeOther(URI.create(subject.address())).build()
                : Response.status(refused.status())
                        .entity(page(subject, row, Long.MAX_VALUE, refused.words()))
                        .build();
    }

    /** The version of a thing that a program wants back; a problem where there is none, or nothing of it could come back. */
    Timeline.Past wanted(Versioned kind, String object, @Nullable Long row) {
        var past = timeline(kind, object)
                .at(row == null ? 0 : row)
                .orElseThrow(() -> Problem.of(422, "Name the row of one of its versions."));
        if (!kind.restores(past)) {
            throw Problem.of(409, SO_NOW);
        }
        return past;
    }

    private Timeline timeline(Subject subject) {
        return timeline(subject.kind(), subject.object());
    }

    /** As far as whoever asks may read it. */
    Timeline timeline(Versioned kind, String object) {
        return Timeline.of(rows(kind.kind(), object), kind);
    }

    private List<Row> rows(String kind, String object) {
        var filter = new Filter("", kind, object, "", Optional.empty(), Optional.empty());
        var rows = new ArrayList<Row>();
        long before = Long.MAX_VALUE;
        while (before > 1 && rows.size() < Timeline.MOST) {
            var some = history.find(filter, before, AT_ONCE);
            rows.addAll(some);
            before = some.size() < AT_ONCE ? 0 : some.get(some.size() - 1).sequence();
        }
        return rows;
    }

    private static Shown shown(Timeline.Past past) {
        return new Shown(
                RowView.alone(past.row(), Map.of()), Fields.of(past.changed(), MANY, true, false), past.present());
    }

    private static Chosen chosen(Timeline.Past past, Versioned kind) {
        return new Chosen(
                RowView.alone(past.row(), Map.of()),
                Fields.of(past.since(), MANY, true, false),
                past.present(),
                kind.restores(past));
    }
}
