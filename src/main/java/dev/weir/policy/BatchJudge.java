package dev.weir.policy;

import dev.weir.event.Event;
import dev.weir.event.Hierarchy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges the events of one request, one after the other: what they have in common, such as their page and session, is looked at once. Each
 * verdict is the one that the event would get alone. One thread.
 */
public final class BatchJudge {

    private final CompiledPolicy policy;
    private final Circumstances circumstances;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, String> handles = new HashMap<>();
    private final LookedAt.Elements elements;
    private @Nullable String page;
    private @Nullable String blocking;

    /** What a text became under one name, and what was noted about it. */
    private record Seen(String given, @Nullable String kept, List<Finding> findings) {}

    BatchJudge(CompiledPolicy policy, Circumstances circumstances) {
        this.policy = policy;
        this.circumstances = circumstances;
        this.elements = policy.elements.elements();
    }

    public Verdict judge(Event event) {
        return policy.judge(event, circumstances, this);
    }

    /** {@link CompiledPolicy#handle}. */
    public String handle(String sent) {
        if (handles.size() > MOST_HANDLES) {
            handles.clear();
        }
        return handles.computeIfAbsent(sent, policy::handle);
    }

    /** {@link CompiledPolicy#retryKey}. */
    public String retryKey(String sent) {
        return policy.retryKey(sent);
    }

    private static final int MOST_HANDLES = 100;

    LookedAt look(Hierarchy hierarchy) {
        return elements.of(hierarchy);
    }

    /** The pattern for which the page is closed to capture, if there is one. */
    @Nullable
    String blocking(@Nullable String url) {
        if (!Objects.equals(url, page)) {
            blocking = policy.pages.blocking(url).orElse(null);
            page = url;
        }
        return blocking;
    }

    /** What becomes of a text under a name: as the last time, if it is the same text. */
    @Nullable
    String remembered(String name, String text, Findings findings, Function<Findings, @Nullable String> look) {
        var last = seen.get(name);
        if (last == null || !Objects.equals(last.given, text)) {
            var own = new Findings();
            last = new Seen(text, look.apply(own), own.list());
            seen.put(name, last);
        }
        findings.addAll(last.findings);
        return last.kept;
    }
}
