package dev.weir.privacy;

import dev.weir.event.Element;
import dev.weir.event.Hierarchy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;

/** Every element of parsed HTML as the collector would record it; read in one walk, however many stand beside each other. */
public final class PastedElements {

    /** Ancestors looked at; the collector stops at a thousand, the engine keeps fifty. */
    private static final int DEEPEST = 1000;

    private final IdentityHashMap<org.jsoup.nodes.Element, Element> elements = new IdentityHashMap<>();

    public PastedElements(Document document) {
        for (var parent : document.getAllElements()) {
            var ofTypes = new HashMap<String, Integer>();
            int child = 0;
            for (var node : parent.children()) {
                elements.put(node, element(node, ++child, ofTypes.merge(node.tagName(), 1, Integer::sum)));
            }
        }
    }

    /** How many there are. */
    public int count() {
        return elements.size();
    }

    /** Where an element of the document stands. */
    public Hierarchy hierarchy(org.jsoup.nodes.Element target) {
        var path = new ArrayList<Element>();
        for (org.jsoup.nodes.Element node = target;
                node != null && path.size() < DEEPEST && !(node instanceof Document);
                node = node.parent()) {
            var element = elements.get(node);
            if (element != null) {
                path.add(element);
            }
        }
        return new Hierarchy(path);
    }

    /** Where each of them stands. */
    public Stream<Hierarchy> hierarchies() {
        return elements.keySet().stream().map(this::hierarchy);
    }

    private static Element element(org.jsoup.nodes.Element node, int child, int ofType) {
        var attributes = new LinkedHashMap<String, String>();
        node.attributes().forEach(attribute -> {
            if (!attribute.getKey().equals("id") && !attribute.getKey().equals("class")) {
                attributes.put(attribute.getKey().toLowerCase(Locale.ROOT), attribute.getValue());
            }
        });
        return new Element(
                node.normalName(),
                node.id().isEmpty() ? null : node.id(),
                List.copyOf(node.classNames()),
                attributes,
                child,
                ofType,
                false);
    }
}
