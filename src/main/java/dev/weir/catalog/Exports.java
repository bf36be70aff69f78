package dev.weir.catalog;

import dev.weir.web.Problem;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Definitions as one file to keep. */
public final class Exports {

    private Exports() {}

    /** As the import takes it. */
    public static String yaml(List<Definition> definitions) {
        return Sheet.write(Sheet.Kind.YAML, definitions);
    }

    static Response answer(Definitions definitions, String kind) {
        var file = Sheet.Kind.of(kind).orElseThrow(() -> Problem.of(400, "A file is csv, yaml or json."));
        return Response.ok(Sheet.write(file, definitions.exported(file.id())))
                .type(file.type + ";charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"definitions." + file.id() + "\"")
                .build();
    }
}
