package dev.weir.catalog;

import dev.weir.access.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets a definition say again what it said before, by the edit that anybody would make by hand and by its rules: what was verified is a draft
 * again. Its status never comes back.
 */
@ApplicationScoped
@Transactional
public class EarlierDefinitions {

    private final Definitions definitions;

    EarlierDefinitions(Definitions definitions) {
        this.definitions = definitions;
    }

    /** @param then fields as the change log has them; what is not in it stays as it is now */
    public boolean readable(Definition now, Map<String, @Nullable Object> then) {
        return details(now, then).isPresent();
    }

    /**
     * As an edit; where the fields make no definition, nothing is changed.
     *
     * @param asker subject of who asked for it, who verifies it no more than who agrees now
     */
    @RolesAllowed({Role.ADMIN, Role.ARCHITECT})
    public Outcome restore(String id, Map<String, @Nullable Object> then, long version, String asker) {
        var now = definitions.find(id);
        return now.flatMap(found -> details(found, then))
                .map(details -> definitions.change(id, details, version, asker).outcome())
                .orElse(now.isEmpty() ? Outcome.UNKNOWN : Outcome.OUTDATED);
    }

    private static Optional<Details> details(Definition definition, Map<String, @Nullable Object> then) {
        var now = Form.of(definition.details());
        var owner = then.containsKey("owner") ? text(then, "owner", "") : now.ownerKind() + ":" + now.owner();
        int colon = owner.indexOf(':');
        return new Form(
                        text(then, "name", now.name()),
                        text(then, "type", now.type()),
                        text(then, "filter", now.filter()),
                        text(then, "category", now.category()),
                        tags(then, now.tags()),
                        text(then, "description", now.description()),
                        text(then, "context", now.context()),
                        text(then, "criticality", now.criticality()),
                        colon < 0 ? Form.EMPTY.ownerKind() : owner.substring(0, colon),
                        owner.substring(colon + 1))
                .read()
                .details();
    }

    /** What was empty is told as nothing. */
    private static String text(Map<String, @Nullable Object> then, String field, String now) {
        if (!then.containsKey(field)) {
            return now;
        }
        return then.get(field) instanceof String text ? text : "";
    }

    private static String tags(Map<String, @Nullable Object> then, String now) {
        if (!then.containsKey("tags")) {
            return now;
        }
        return then.get("tags") instanceof List<?> tags
                ? tags.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : "";
    }
}
