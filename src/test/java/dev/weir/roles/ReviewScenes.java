package dev.weir.roles;

import dev.weir.review.Cycle;
import dev.weir.review.Decided;
import dev.weir.review.Matter;
import dev.weir.review.Opening;
import dev.weir.review.Reviews;
import dev.weir.review.Task;
import dev.weir.review.Tasks;
import dev.weir.roles.RoleMatrix.Way;
import dev.weir.roles.Scene.Deed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Review cycles: who opens and closes them, who signs, who confirms. */
final class ReviewScenes {

    private static final String WHY = "The auditors have gone";

    private final Stage stage;
    private final Reviews reviews;
    private final Tasks tasks;
    private final Map<String, Scene> scenes = new HashMap<>();

    ReviewScenes(Stage stage, Reviews reviews, Tasks tasks) {
        this.stage = stage;
        this.reviews = reviews;
        this.tasks = tasks;
    }

    Map<String, Scene> all() {
        cycles();
        signatures();
        confirmations();
        return scenes;
    }

    private void cycles() {
        scenes.put("open a review cycle", (who, way) -> {
            closeAll();
            var place = stage.development().value();
            var due = reviews.today().plusDays(1).toString();
            return Deed.changing(
                    stage.rows("select count(*) from review_cycle"),
                    () -> way == Way.PAGE
                            ? who.form(
                                    "/console/reviews",
                                    "name",
                                    "Q1",
                                    "due",
                                    due,
                                    "matter",
                                    "privacy",
                                    "environment",
                                    place,
                                    "owner",
                                    stage.ada.subject())
                            : who.sends(
                                    "POST",
                                    "/api/v1/reviews",
                                    "name",
                                    "Q1",
                                    "due",
                                    due,
                                    "matters",
                                    Set.of("privacy"),
                                    "environments",
                                    Set.of(place),
                                    "owner",
                                    stage.ada.subject()));
        });
        scenes.put("name another owner of a task", (who, way) -> {
            var task = opened(stage.ada);
            var other = stage.dora.subject();
            return Deed.changing(
                    state(task),
                    () -> way == Way.PAGE
                            ? who.form(page(task) + "/owner", "version", task.version(), "owner", other)
                            : who.edits("POST", api(task) + "/owner", task.version(), "owner", other));
        });
        scenes.put("close a review cycle", (who, way) -> {
            var task = opened(stage.ada);
            long version = stage.sql.number("select version from review_cycle where number = ?", task.cycle());
            return Deed.changing(
                    stage.rows("select report_hash from review_cycle where number = ?", task.cycle()),
                    () -> way == Way.PAGE
                            ? who.form("/console/reviews/" + task.cycle() + "/close", "version", version, "reason", WHY)
                            : who.edits("POST", "/api/v1/reviews/" + task.cycle() + "/close", version, "reason", WHY));
        });
    }

    private void signatures() {
        scenes.put("sign one's own task", (who, way) -> signed(who, way, owned(who)));
        scenes.put("sign somebody else's task", (who, way) -> signed(who, way, opened(stage.ada)));
        scenes.put("gather the evidence of one's own task again", (who, way) -> {
            var task = owned(who);
            return Deed.changing(
                    state(task),
                    () -> way == Way.PAGE
                            ? who.form(page(task) + "/gather", "version", task.version())
                            : who.edits("POST", api(task) + "/gather", task.version()));
        });
    }

    /** Who may not own one at all is shown that of another. */
    private Task owned(Player who) {
        return opened(stage.orAda(who, "admin", "architect", "developer"));
    }

    private Deed signed(Player who, Way way, Task task) {
        return Deed.changing(
                state(task),
                () -> way == Way.PAGE
                        ? who.form(page(task) + "/sign", "version", task.version(), "outcome", "in-order")
                        : who.edits("POST", api(task) + "/sign", task.version(), "outcome", "in-order"));
    }

    private void confirmations() {
        scenes.put("counter-sign what somebody else has signed", (who, way) -> confirmed(who, way, signed(stage.ada)));
        scenes.put("counter-sign what one has signed", (who, way) -> {
            var task = signed(stage.ada);
            // As if whoever plays had another role until yesterday.
            stage.sql.change(
                    "update review_task set signed_by = ? where cycle = ? and number = ?",
                    who.subject(),
                    task.cycle(),
                    task.number());
            return confirmed(who, way, task);
        });
        scenes.put("hand back what somebody else has signed", (who, way) -> {
            var task = signed(stage.ada);
            return Deed.changing(
                    state(task),
                    () -> way == Way.PAGE
                            ? who.form(page(task) + "/hand-back", "hash", hash(task), "reason", WHY)
                            : who.sends("POST", api(task) + "/hand-back", "hash", hash(task), "reason", WHY));
        });
    }

    private Deed confirmed(Player who, Way way, Task task) {
        return Deed.changing(
                state(task),
                () -> way == Way.PAGE
                        ? who.form(page(task) + "/counter-sign", "hash", hash(task))
                        : who.sends("POST", api(task) + "/counter-sign", "hash", hash(task)));
    }

    private Task opened(Player owner) {
        closeAll();
        Cycle cycle = thing(stage.ada.does(() -> reviews.open(new Opening(
                "Q1",
                Optional.of(reviews.today().plusDays(1)),
                Set.of(Matter.PRIVACY),
                Set.of(stage.development()),
                owner.subject()))));
        return stage.ada.does(() -> tasks.find(cycle.number(), 1)).orElseThrow();
    }

    /** So many cycles are open at once and no more. */
    private void closeAll() {
        stage.sql.change("update review_cycle set closed_by = '', closed_by_name = '', closed_at = opened_at,"
                + " closed_why = '', report = '', report_hash = '' where closed_at is null");
    }

    private Task signed(Player owner) {
        var task = opened(owner);
        return thing(
                owner.does(() -> tasks.sign(task.cycle(), 1, task.version(), Optional.of(Task.Outcome.IN_ORDER), "")));
    }

    private static <T> T thing(Decided<T> became) {
        return became.match(thing -> thing, why -> {
            throw new AssertionError(why);
        });
    }

    private static String hash(Task task) {
        return task.signature().orElseThrow().hash();
    }

    private Supplier<?> state(Task task) {
        return stage.rows(
                "select concat(state, ' ', owner, ' ', version) from review_task where cycle = ? and number = ?",
                task.cycle(),
                task.number());
    }

    private static String page(Task task) {
        return task.address();
    }

    private static String api(Task task) {
        return "/api/v1/reviews/" + task.cycle() + "/tasks/" + task.number();
    }
}
