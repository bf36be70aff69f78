package dev.weir.console;

import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One page in one state.
 *
 * @param path with its query; {@code {app}} and the like stand for what is known only at run time
 * @param state what makes it differ from the same page visited plainly; empty for that
 * @param status what its address is answered with
 * @param steps what is done there before anybody looks
 */
record Visit(String path, String state, int status, Consumer<Page> steps) {

    static Visit at(String path) {
        return new Visit(path, "", 200, page -> {});
    }

    Visit answered(int other) {
        return new Visit(path, state, other, steps);
    }

    /** Does something on the page and waits for what must be seen then: else nothing would tell that it failed. */
    Visit then(String what, Consumer<Page> doing, String seen) {
        return new Visit(path, what, status, doing.andThen(page -> page.waitForSelector(seen)));
    }

    String name() {
        return state.isEmpty() ? path : path + " " + state;
    }

    /** The address without its query. */
    String address() {
        return path.replaceFirst("[?#].*", "");
    }

    String filled(Map<String, String> known) {
        var filled = path;
        for (var each : known.entrySet()) {
            filled = filled.replace("{" + each.getKey() + "}", each.getValue());
        }
        return filled;
    }
}
