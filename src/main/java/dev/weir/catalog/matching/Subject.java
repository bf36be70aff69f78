package dev.weir.catalog.matching;

import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as filters see it. What it does not have is null, and no condition holds for that. */
public final class Subject {

    private final EventType type;
    private final @Nullable String path;
    private final @Nullable String text;
    private final @Nullable String href;
    private final @Nullable String form;
    private final @Nullable String event;
    private final Hierarchy hierarchy;
    private final Map<String, @Nullable Object> properties;

    Subject(Event event, MatcherVersion version) {
        var url = path(event.page().url());
        var target = event.href();
        this.type = event.type();
        this.path = url == null ? null : version.address(url);
        this.text = event.text();
        this.href = target == null ? null : version.address(target);
        this.form = form(event.hierarchy());
        this.event = event.type() == EventType.CUSTOM ? event.name() : null;
        this.hierarchy = event.hierarchy();
        this.properties = event.properties();
    }

    public EventType type() {
        return type;
    }

    Hierarchy hierarchy() {
        return hierarchy;
    }

    Map<String, @Nullable Object> properties() {
        return properties;
    }

    @Nullable
    String value(Field field, String name) {
        return switch (field) {
            case PATH -> path;
            case TEXT -> text;
            case HREF -> href;
            case FORM -> form;
            case EVENT -> event;
            case PROPERTY -> Numbers.text(properties.get(name));
        };
    }

    /** {@code https://shop.example/a/b?c#d} gives {@code /a/b}, as does {@code /a/b}. */
    public static @Nullable String path(@Nullable String url) {
        if (url == null) {
            return null;
        }
        int end = url.length();
        for (int i = 0; i < end; i++) {
            if (url.charAt(i) == '?' || url.charAt(i) == '#') {
                end = i;
            }
        }
        int host = url.indexOf("//");
        boolean whole = host >= 0 && host < end && (host == 0 || url.charAt(host - 1) == ':');
        int start = whole ? url.indexOf('/', host + 2) : 0;
        return start < 0 || start >= end ? "/" : url.substring(start, end);
    }

    private static @Nullable String form(Hierarchy hierarchy) {
        for (Element element : hierarchy.elements()) {
            if (element.tag().equals("form")) {
                return element.id();
            }
        }
        return null;
    }
}
