package dev.weir.catalog;

import dev.weir.event.Element;
import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Hierarchy;
import dev.weir.event.Page;
import dev.weir.event.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/**
 * Which elements of pasted HTML a filter is about. The HTML is parsed, never run, and kept nowhere. Only what stands in the HTML is
 * known: no address of a page, no property.
 *
 * @param looked elements that were looked at
 * @param matched opening tags of the first ones that match, shortened
 */
record PastedPage(int looked, int count, List<String> matched) {

    static final int ELEMENTS = 2000;
    static final int SHOWN = 10;

    private static final int DEEPEST = 50;
    private static final int LONGEST_TAG = 120;

    static PastedPage read(String html, EventType type, Predicate<Event> matches) {
        var matched = new ArrayList<String>();
        int looked = 0;
        int count = 0;
        for (var target : Jsoup.parse(html).body().select("*")) {
            if (++looked > ELEMENTS) {
                break;
            }
            if (matches.test(event(target, type))) {
                count++;
                if (matched.size() < SHOWN) {
                    matched.add(tag(target));
                }
            }
        }
        return new PastedPage(Math.min(looked, ELEMENTS), count, matched);
    }

    private static Event event(org.jsoup.nodes.Element target, EventType type) {
        var path = new ArrayList<Element>();
        for (org.jsoup.nodes.Element node = target;
                node != null && path.size() < DEEPEST && !(node instanceof Document);
                node = node.parent()) {
            path.add(element(node));
        }
        var text = target.text();
        return new Event(
                type,
                null,
                text.isEmpty() ? null : text,
                href(target),
                new Hierarchy(path),
                Map.of(),
                null,
                Page.NONE,
                Session.NONE);
    }

    private static @Nullable String href(org.jsoup.nodes.Element target) {
        var name = target.normalName().equals("form") ? "action" : "href";
        return target.hasAttr(name) ? target.attr(name) : null;
    }

    private static Element element(org.jsoup.nodes.Element node) {
        var attributes = new LinkedHashMap<String, String>();
        node.attributes().forEach(attribute -> {
            if (!attribute.getKey().equals("id") && !attribute.getKey().equals("class")) {
                attributes.put(attribute.getKey().toLowerCase(Locale.ROOT), attribute.getValue());
            }
        });
        int child = 1;
        int ofType = 1;
        for (var before = node.previousElementSibling(); before != null; before = before.previousElementSibling()) {
            child++;
            ofType += before.tagName().equals(node.tagName()) ? 1 : 0;
        }
        return new Element(
                node.normalName(),
                node.id().isEmpty() ? null : node.id(),
                List.copyOf(node.classNames()),
                attributes,
                child,
                ofType,
                false);
    }

    private static String tag(org.jsoup.nodes.Element target) {
        var tag = "<" + target.normalName() + target.attributes().html() + ">";
        return tag.length() > LONGEST_TAG ? tag.substring(0, LONGEST_TAG) + "…" : tag;
    }
}
