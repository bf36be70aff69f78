package dev.weir.restoration;

import dev.weir.catalog.SavedViews;
import dev.weir.catalog.ViewOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Saved views: name, question, and whether they are shared. Decides nothing: {@link SavedViews} does. */
@ApplicationScoped
class ViewThings implements Things {

    private static final String HOME = "/console/definitions/views";

    private final SavedViews views;

    ViewThings(SavedViews views) {
        this.views = views;
    }

    @Override
    public Versioned kind() {
        return Versioned.VIEW;
    }

    @Override
    public Optional<Present> now(String object) {
        return views.find(object)
                .map(view -> new Present(
                        view.name(),
                        Optional.empty(),
                        view.version(),
                        HOME + "#view-" + view.id(),
                        HOME + "/" + view.id() + "/history"));
    }

    @Override
    public Optional<Long> version(String object) {
        return views.version(object);
    }

    @Override
    public boolean edits(String object) {
        return views.find(object).filter(views::mine).isPresent();
    }

    @Override
    public Answer restore(Restoration asked, Map<String, @Nullable Object> then) {
        return views.find(asked.object())
                .map(now -> views.restore(
                                now.id(),
                                Objects.toString(then.getOrDefault("name", now.name()), ""),
                                Objects.toString(then.getOrDefault("filter", now.address()), ""),
                                then.containsKey("shared") ? Boolean.TRUE.equals(then.get("shared")) : now.shared(),
                                asked.version())
                        .map(ViewThings::refused)
                        .orElse(Answer.DONE))
                .orElse(Answer.OUTDATED);
    }

    private static Answer refused(ViewOutcome outcome) {
        return outcome == ViewOutcome.UNKNOWN || outcome == ViewOutcome.OUTDATED
                ? Answer.OUTDATED
                : new Answer(outcome.status(), outcome.words());
    }
}
