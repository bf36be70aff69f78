package dev.weir.code;

import dev.weir.environment.App;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One App ID as a file tells of it. Compared, never changed: what data is accepted is an Admin's affair, on the environment's page. */
record AppLine(String id, String label, List<String> origins, boolean serverKey) {

    AppLine {
        origins = origins.stream().sorted().toList();
    }

    static AppLine of(App app) {
        return new AppLine(app.id().toString(), app.label(), app.origins(), app.serverKeyRequired());
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", id);
        json.put("label", label);
        json.put("origins", origins);
        json.put("serverKey", serverKey);
        return json;
    }

    /** What is different here from what the file says, in words. */
    static List<String> differences(List<AppLine> here, List<AppLine> file) {
        var words = new ArrayList<String>();
        var written = byId(file);
        var working = byId(here);
        working.forEach((id, app) -> {
            var line = written.get(id);
            if (line == null) {
                words.add("App ID " + id + " works here and is not in the file.");
            } else if (!line.equals(app)) {
                words.add("App ID " + id + " differs in " + String.join(", ", parts(app, line)) + ".");
            }
        });
        written.keySet().stream()
                .filter(id -> !working.containsKey(id))
                .map(id -> "App ID " + id + " is in the file and does not work here.")
                .forEach(words::add);
        return words;
    }

    private static Map<String, AppLine> byId(List<AppLine> lines) {
        var map = new TreeMap<String, AppLine>();
        lines.forEach(line -> map.put(line.id, line));
        return map;
    }

    private static List<String> parts(AppLine one, AppLine other) {
        var parts = new ArrayList<String>();
        if (!one.label.equals(other.label)) {
            parts.add("label");
        }
        if (!one.origins.equals(other.origins)) {
            parts.add("origins");
        }
        if (one.serverKey != other.serverKey) {
            parts.add("server key");
        }
        return parts;
    }
}
