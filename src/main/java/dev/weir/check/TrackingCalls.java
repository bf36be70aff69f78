package dev.weir.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Calls of {@code stopTracking} and {@code startTracking} that run before there is anything to call. Follows the order in which a browser
 * runs the scripts of a page, and the functions in them that are called by name; runs none of them.
 */
final class TrackingCalls {

    // Possessive, here and below: whoever writes blanks without end must not have them counted again and again.
    private static final String HEAP = "\\bheap\\s*+(?:\\?\\.|\\.)?+\\s*+\\.?+\\s*+\\b";
    private static final String CALLED = "\\s*+(?:\\?\\.)?+\\s*+\\(";
    private static final Pattern CALL = Pattern.compile(HEAP + "((?:stop|start)Tracking)" + CALLED);
    private static final Pattern LOADS = Pattern.compile(HEAP + "(?:load|init)" + CALLED);
    private static final Pattern NAME = Pattern.compile("(?<![\\w$])([\\w$]{1,100}+)" + CALLED);
    private static final Pattern SCRIPT = Pattern.compile("/js/heap-[0-9]{10}\\.js|/heap_config\\.js");
    private static final Pattern LOADER = Pattern.compile("\\.\\s*load\\s*=");
    private static final Set<String> TYPES = Set.of(
            "", "module", "text/javascript", "application/javascript", "text/ecmascript", "application/ecmascript");

    private static final String EARLY =
            "heap.%s runs before the collector is loaded: it fails or does nothing, and tracking goes on.";
    private static final String BY_CHANCE =
            "heap.%s runs while the collector is still being fetched (async or defer): whether it is there is chance.";
    private static final String NO_STUB =
            "heap.%s runs right after heap.load, and the loader in this page has no stub for it: it fails, and tracking goes on.";

    /** Functions that call each other are followed so far. */
    private static final int DEPTH = 50;

    /** Calls by one name that are looked at. */
    private static final int CALLS = 1_000;

    /** What is too early, and where: lines below the beginning of the script, and the column where it is not the first line. */
    record Early(Element script, int line, int column, String message) {}

    private record Part(Element script, int start) {

        boolean fetchesCollector() {
            return SCRIPT.matcher(script.attr("src")).find();
        }
    }

    /** When something runs: the place at the top from which it is reached, and its own. */
    private record When(int top, int own) {

        private static final Comparator<When> ORDER =
                Comparator.comparingInt(When::top).thenComparingInt(When::own);

        boolean before(When other) {
            return ORDER.compare(this, other) < 0;
        }
    }

    /** All scripts of the page behind each other, as they run. */
    private final List<Part> parts = new ArrayList<>();

    private final String code;
    private final List<ScriptText.Function> functions = new ArrayList<>();
    private final int[] innermost;
    private final Map<String, List<Integer>> calls = new HashMap<>();
    private final Map<Integer, Optional<Integer>> reached = new HashMap<>();

    private TrackingCalls(Document document) {
        var scripts = document.select("script").stream()
                .filter(script -> TYPES.contains(script.attr("type").strip().toLowerCase(Locale.ROOT)))
                .toList();
        var text = new StringBuilder();
        scripts.stream().filter(script -> !waits(script)).forEach(script -> add(script, text));
        scripts.stream().filter(TrackingCalls::waits).forEach(script -> add(script, text));
        this.code = text.toString();
        this.innermost = new int[code.length()];
        index();
    }

    static List<Early> in(Document document) {
        return new TrackingCalls(document).early();
    }

    /** Whether it runs when the page has been read: async and defer count for what is fetched alone. */
    private static boolean waits(Element script) {
        boolean module = script.attr("type").strip().equalsIgnoreCase("module");
        return module || (script.hasAttr("src") && (script.hasAttr("defer") || script.hasAttr("async")));
    }

    private void add(Element script, StringBuilder all) {
        var text = ScriptText.read(script.hasAttr("src") ? "" : script.data());
        int start = all.length();
        parts.add(new Part(script, start));
        for (var each : text.functions()) {
            if (functions.size() < ScriptText.FUNCTIONS) {
                functions.add(new ScriptText.Function(
                        each.start() + start,
                        each.end() + start,
                        each.name(),
                        each.declared() < 0 ? -1 : each.declared() + start,
                        each.atOnce()));
            }
        }
        all.append(text.code()).append("\n;");
    }

    /** Which function each place is in, and where something is called by name. */
    private void index() {
        functions.sort(Comparator.comparingInt(ScriptText.Function::start));
        var declared = new HashSet<Integer>();
        functions.forEach(function -> declared.add(function.declared()));
        findInnermost();
        var name = NAME.matcher(code);
        while (name.find()) {
            var found = calls.computeIfAbsent(name.group(1), unknown -> new ArrayList<>());
            if (found.size() < CALLS && !declared.contains(name.start())) {
                found.add(name.start());
            }
        }
    }

    /** Of all functions that a place is in, the one that began last. Looks at each place once. */
    private void findInnermost() {
        var open = new ArrayDeque<Integer>();
        int next = 0;
        for (int at = 0; at < innermost.length; at++) {
            while (next < functions.size() && functions.get(next).start() == at) {
                open.push(next++);
            }
            while (!open.isEmpty() && functions.get(open.getFirst()).end() <= at) {
                open.pop();
            }
            innermost[at] = open.isEmpty() ? -1 : open.getFirst();
        }
    }

    private List<Early> early() {
        var loaded = loaded();
        var stubbed = new HashMap<String, Boolean>();
        var early = new ArrayList<Early>();
        var call = CALL.matcher(code);
        while (call.find() && early.size() < Asked.REMARKS) {
            int at = call.start();
            var method = call.group(1);
            runs(at, DEPTH).ifPresent(when -> {
                if (loaded.filter(load -> load.before(when)).isEmpty()) {
                    early.add(early(at, pending(when) ? BY_CHANCE : EARLY, method));
                } else if (!stubbed.computeIfAbsent(method, this::stubbed)) {
                    early.add(early(at, NO_STUB, method));
                }
            });
        }
        return early;
    }

    /** When the collector is there: by heap.load, or by the script itself where it does not come by chance. */
    private Optional<When> loaded() {
        var loads = new ArrayList<When>();
        var call = LOADS.matcher(code);
        while (call.find()) {
            runs(call.start(), DEPTH).ifPresent(loads::add);
        }
        for (var part : parts) {
            boolean fetched = part.fetchesCollector() && !part.script().hasAttr("async");
            boolean written = !part.script().hasAttr("src")
                    && SCRIPT.matcher(part.script().data()).find();
            if (fetched || written) {
                loads.add(new When(part.start(), part.start() - 1));
            }
        }
        return loads.stream().min(When.ORDER);
    }

    private boolean pending(When when) {
        return parts.stream()
                .filter(Part::fetchesCollector)
                .anyMatch(part -> part.script().hasAttr("async") || part.start() > when.top());
    }

    /** Whether what the page loads the collector with queues calls of the method; another loader than its own is trusted to. */
    private boolean stubbed(String method) {
        boolean own = parts.stream().noneMatch(Part::fetchesCollector)
                && parts.stream()
                        .map(part -> part.script().data())
                        .anyMatch(script -> LOADER.matcher(script).find() && script.contains("createElement"));
        var stub = Pattern.compile("[\"'`,]" + method + "[\"'`,]|\\." + method + "\\s*=");
        return !own
                || parts.stream()
                        .anyMatch(part -> stub.matcher(part.script().data()).find());
    }

    /** When what stands here runs while the page is being read; nothing where that is later, or never. */
    private Optional<When> runs(int at, int depth) {
        int inside = innermost[at];
        while (inside >= 0 && functions.get(inside).atOnce()) {
            int start = functions.get(inside).start();
            inside = start == 0 ? -1 : innermost[start - 1];
        }
        return inside < 0
                ? Optional.of(new When(at, at))
                : reached(inside, depth).map(top -> new When(top, at));
    }

    /** The first place at the top from which a function is called by its name. */
    private Optional<Integer> reached(int index, int depth) {
        var known = reached.get(index);
        if (known != null) {
            return known;
        }
        // While this is looked for, a function that calls itself is no way to it.
        reached.put(index, Optional.empty());
        var function = functions.get(index);
        if (depth > 0) {
            reached.put(
                    index,
                    calls.getOrDefault(function.name(), List.of()).stream()
                            .filter(call -> call < function.start() || call >= function.end())
                            .map(call -> runs(call, depth - 1))
                            .flatMap(Optional::stream)
                            .map(When::top)
                            .min(Comparator.naturalOrder()));
        }
        return Optional.ofNullable(reached.get(index)).flatMap(found -> found);
    }

    private Early early(int at, String message, String method) {
        var part = parts.stream()
                .filter(one -> one.start() <= at)
                .max(Comparator.comparingInt(Part::start))
                .orElseThrow();
        var before = code.substring(part.start(), at);
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return new Early(
                part.script(),
                line,
                line == 0 ? 0 : before.length() - before.lastIndexOf('\n'),
                message.formatted(method));
    }
}
