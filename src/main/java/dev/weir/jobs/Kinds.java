package dev.weir.jobs;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The kinds of work that this build knows. */
@ApplicationScoped
class Kinds {

    private final Map<String, Work> works = new TreeMap<>();

    Kinds(@All List<Work> all) {
        for (Work work : all) {
            if (works.put(work.kind(), work) != null) {
                throw new IllegalStateException("two kinds of work have one name");
            }
        }
    }

    Set<String> names() {
        return works.keySet();
    }

    Work of(String kind) {
        var work = works.get(kind);
        if (work == null) {
            throw new IllegalArgumentException("no such kind of work");
        }
        return work;
    }
}
