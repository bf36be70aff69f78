package dev.weir.history;

import dev.weir.access.CurrentActor;
import dev.weir.access.Role;
import dev.weir.restoration.Fields;
import dev.weir.restoration.Restorations;
import dev.weir.restoration.Timeline;
import dev.weir.restoration.Versioned;
import dev.weir.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The History tab of one thing: its versions, and one of them beside what is now. Reads the log through {@link History}; restores nothing: its form asks. */
@ApplicationScoped
class Versions {

    /** Versions on one page. */
    private static final int PAGE = 50;

    private static final int MANY = 1000;

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
            boolean asks,
            long version)
            implements TemplateInstance {}

    private final History history;
    private final Restorations restorations;
    private final CurrentActor current;

    Versions(History history, Restorations restorations, CurrentActor current) {
        this.history = history;
        this.restorations = restorations;
        this.current = current;
    }

    /** @param row the version to be looked at; 0 for none */
    TemplateInstance page(Subject subject, long row, long before) {
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
                current.is(Role.ADMIN) || current.is(Role.ARCHITECT),
                version(subject.kind(), subject.object()).orElse(-1L));
    }

    private Timeline timeline(Subject subject) {
        return timeline(subject.kind(), subject.object());
    }

    /** As far as whoever asks may read it. */
    Timeline timeline(Versioned kind, String object) {
        return Timeline.of(history::find, kind, object, Long.MAX_VALUE);
    }

    /** What a restoration of the thing is asked for on top of. */
    Optional<Long> version(Versioned kind, String object) {
        return restorations.version(kind, object);
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
