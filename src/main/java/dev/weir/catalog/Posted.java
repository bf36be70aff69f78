package dev.weir.catalog;

import java.util.HashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/** The fields of the form that this request carries: texts only. A resource method has to name one field to have it read at all. */
final class Posted {

    private final Map<String, String> values;

    private Posted(Map<String, String> values) {
        this.values = values;
    }

    static Posted form() {
        var data = CurrentRequestManager.get().getFormData();
        var values = new HashMap<String, String>();
        if (data != null) {
            for (String name : data) {
                var first = data.getFirst(name);
                if (first != null && !first.isFileItem()) {
                    values.put(name, first.getValue());
                }
            }
        }
        return new Posted(values);
    }

    String text(String name) {
        return values.getOrDefault(name, "").replace("\r\n", "\n");
    }

    long version() {
        return text("version").matches("[0-9]{1,18}") ? Long.parseLong(text("version")) : -1;
    }

    Form definition() {
        return new Form(
                text("name"),
                text("type"),
                text("filter"),
                text("category"),
                text("tags"),
                text("description"),
                text("context"),
                text("criticality"),
                text("ownerKind"),
                text("owner"));
    }
}
