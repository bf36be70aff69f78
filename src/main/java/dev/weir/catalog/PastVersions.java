package dev.weir.catalog;

import dev.weir.changelog.ChangeLog;
import dev.weir.changelog.Filter;
import dev.weir.changelog.proof.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a definition said after an earlier change of it, put together from the change log. Changes nothing: it fills the editor's form. */
@ApplicationScoped
class PastVersions {

    private static final int AT_ONCE = 200;

    private final ChangeLog log;

    PastVersions(ChangeLog log) {
        this.log = log;
    }

    /** Empty where this row is not about this definition. */
    Optional<Form> of(String id, long sequence) {
        var rows = upTo(id, sequence);
        if (rows.isEmpty() || rows.get(rows.size() - 1).sequence() != sequence) {
            return Optional.empty();
        }
        var fields = new TreeMap<String, Object>();
        for (var row : rows) {
            row.before().keySet().forEach(name -> fields.remove(String.valueOf(name)));
            row.after().forEach((name, value) -> {
                // What is erased stays empty.
                var told = Row.isSealed(value) ? row.open(value).orElse("") : value;
                if (told != null) {
                    fields.put(String.valueOf(name), told);
                }
            });
        }
        return Optional.of(form(fields));
    }

    /** The oldest first. */
    private List<Row> upTo(String id, long sequence) {
        var filter = new Filter("", "definition", id, "", Optional.empty(), Optional.empty());
        var rows = new ArrayList<Row>();
        long before = sequence + 1;
        var found = log.find(filter, before, AT_ONCE);
        while (!found.isEmpty()) {
            rows.addAll(found);
            before = found.get(found.size() - 1).sequence();
            found = found.size() < AT_ONCE ? List.of() : log.find(filter, before, AT_ONCE);
        }
        Collections.reverse(rows);
        return rows;
    }

    private static Form form(Map<String, Object> fields) {
        var owner = text(fields, "owner");
        int colon = owner.indexOf(':');
        return new Form(
                text(fields, "name"),
                fields.containsKey("type") ? text(fields, "type") : Form.EMPTY.type(),
                text(fields, "filter"),
                text(fields, "category"),
                fields.get("tags") instanceof List<?> tags
                        ? tags.stream().map(String::valueOf).collect(Collectors.joining(", "))
                        : "",
                text(fields, "description"),
                text(fields, "context"),
                fields.containsKey("criticality") ? text(fields, "criticality") : Form.EMPTY.criticality(),
                colon < 0 ? Form.EMPTY.ownerKind() : owner.substring(0, colon),
                owner.substring(colon + 1));
    }

    private static String text(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }
}
