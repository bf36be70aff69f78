package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import dev.weir.testsupport.Chromium;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Selector against {@code Element.matches()} of a real Chromium, on generated documents: not one disagreement is allowed. */
class SelectorOracleTest {

    private static final long SEED = 20261124;
    private static final int DOCUMENTS = 30;
    private static final int ELEMENTS = 40;
    private static final int SELECTORS = 100;

    private static final List<String> TAGS =
            List.of("div", "span", "p", "a", "button", "input", "ul", "li", "section", "form", "x-card");
    private static final List<String> DRAWN = List.of("path", "g", "linearGradient", "a", "text");
    private static final List<String> IDS = List.of(
            "cart", "Cart", "a:b", "1st", "-x", "--y", "ünï", "a b", "x.y", "💡", "back\\slash", "q\"uote", "[x]");
    private static final List<String> CLASSES =
            List.of("btn", "BTN", "primary", "a:b", "sm/2", "1x", "-", "--x", "é", "w-1.5", "[x]", "#h", "+", "💡");
    private static final List<String> NAMES =
            List.of("type", "role", "name", "data-testid", "data-x", "lang", "method", "rel", "title");
    private static final List<String> VALUES = List.of(
            "", "button", "Button", "pay now", "PAY", "pay", "a\"b", "tab\tsep", "x-y", "1", "é", " lead", "a\\b");

    private static final String BUILD = """
            (json) => {
              const [trees, selectors] = JSON.parse(json);
              return trees.map((tree, t) => {
                const elements = [];
                const build = (node, into) => {
                  const e = node.s ? document.createElementNS('http://www.w3.org/2000/svg', node.t) : document.createElement(node.t);
                  if (node.i != null) e.setAttribute('id', node.i);
                  if (node.c.length) e.setAttribute('class', node.c.join(' '));
                  for (const name in node.a) e.setAttribute(name, node.a[name]);
                  into.append(e);
                  elements.push(e);
                  const inside = node.h ? e.attachShadow({ mode: 'open' }) : e;
                  node.children.forEach((child) => build(child, inside));
                };
                build(tree, new DocumentFragment());
                return selectors[t].map((s) => elements.map((e) => (e.matches(s) ? '1' : '0')).join(''));
              });
            }
            """;

    private final Random random = new Random(SEED);

    private static final class Node {
        String tag = "";

        @Nullable
        String id;

        final List<String> classes = new ArrayList<>();
        final Map<String, String> attributes = new LinkedHashMap<>();
        final List<Node> children = new ArrayList<>();

        @Nullable
        Node parent;

        boolean drawn;
        boolean host;

        Element element() {
            int nth = 1;
            int ofType = 1;
            if (parent != null) {
                for (var sibling : parent.children) {
                    if (sibling == this) {
                        break;
                    }
                    nth++;
                    ofType += sibling.tag.equals(tag) && sibling.drawn == drawn ? 1 : 0;
                }
            }
            return new Element(tag, id, classes, attributes, nth, ofType, host, drawn);
        }

        /** {@code from} is the node the path came from: a host is one only when the path leaves its shadow there. */
        Hierarchy hierarchy() {
            var elements = new ArrayList<Element>();
            Node below = null;
            for (Node node = this; node != null; node = node.parent) {
                var element = node.element();
                boolean left = node.host && below != null;
                elements.add(new Element(
                        element.tag(),
                        element.id(),
                        element.classes(),
                        element.attributes(),
                        element.nthChild(),
                        element.nthOfType(),
                        left,
                        element.foreign()));
                below = node;
            }
            return new Hierarchy(elements);
        }

        Map<String, Object> json() {
            var out = new LinkedHashMap<String, Object>();
            out.put("t", tag);
            if (id != null) {
                out.put("i", id);
            }
            out.put("c", classes);
            out.put("a", attributes);
            out.put("s", drawn);
            out.put("h", host);
            out.put("children", children.stream().map(Node::json).toList());
            return out;
        }
    }

    @Test
    void the_matcher_agrees_with_the_browser_on_every_pair() throws JsonProcessingException {
        System.out.println("selector oracle: seed " + SEED);
        var documents = new ArrayList<List<Node>>();
        var selectors = new ArrayList<List<String>>();
        for (int i = 0; i < DOCUMENTS; i++) {
            var nodes = document();
            documents.add(nodes);
            var written = new ArrayList<String>();
            while (written.size() < SELECTORS) {
                written.add(selector(nodes));
            }
            selectors.add(written);
        }
        var answers = browser(documents, selectors);

        int pairs = 0;
        int positives = 0;
        var wrong = new ArrayList<String>();
        for (int d = 0; d < DOCUMENTS; d++) {
            var hierarchies = documents.get(d).stream().map(Node::hierarchy).toList();
            for (int s = 0; s < SELECTORS; s++) {
                var text = selectors.get(d).get(s);
                var selector = parsed(text);
                var expected = answers.get(d).get(s);
                for (int e = 0; e < hierarchies.size(); e++) {
                    boolean matches = selector.matches(hierarchies.get(e), 0);
                    pairs++;
                    positives += matches ? 1 : 0;
                    if (matches != (expected.charAt(e) == '1')) {
                        wrong.add(text + " on " + hierarchies.get(e).elements());
                    }
                }
            }
        }

        System.out.println("selector oracle: " + pairs + " pairs, " + positives + " positive");
        assertThat(wrong).isEmpty();
        assertThat(pairs).isGreaterThanOrEqualTo(100_000);
        assertThat(positives).isGreaterThanOrEqualTo(2_500);
    }

    /** Every second selector is asked in the spelling that documents keep: both must mean the same. */
    private static List<List<String>> browser(List<List<Node>> documents, List<List<String>> selectors)
            throws JsonProcessingException {
        var asked = new ArrayList<List<String>>();
        for (var written : selectors) {
            var row = new ArrayList<String>();
            for (int i = 0; i < written.size(); i++) {
                row.add(i % 2 == 0 ? written.get(i) : parsed(written.get(i)).toString());
            }
            asked.add(row);
        }
        var trees = documents.stream().map(nodes -> nodes.get(0).json()).toList();
        try (var context = Chromium.shared().newContext()) {
            Page page = context.newPage();
            page.setContent("<!doctype html><title>oracle</title>");
            @SuppressWarnings("unchecked")
            var answers = (List<List<String>>)
                    page.evaluate(BUILD, new ObjectMapper().writeValueAsString(List.of(trees, asked)));
            return answers;
        }
    }

    private List<Node> document() {
        var nodes = new ArrayList<Node>();
        nodes.add(node(null, "div"));
        while (nodes.size() < ELEMENTS) {
            var parent = nodes.get(random.nextInt(nodes.size()));
            boolean drawn = parent.drawn || random.nextInt(8) == 0;
            var node = node(parent, drawn ? (parent.drawn ? pick(DRAWN) : "svg") : pick(TAGS));
            node.drawn = drawn;
            nodes.add(node);
        }
        var ordered = new ArrayList<Node>();
        collect(nodes.get(0), ordered);
        return ordered;
    }

    private static void collect(Node node, List<Node> into) {
        into.add(node);
        node.children.forEach(child -> collect(child, into));
    }

    private Node node(@Nullable Node parent, String tag) {
        var node = new Node();
        node.tag = tag;
        node.parent = parent;
        if (parent != null) {
            parent.children.add(node);
        }
        node.host = (tag.equals("div") || tag.equals("section") || tag.equals("x-card")) && random.nextInt(5) == 0;
        if (random.nextInt(3) == 0) {
            node.id = pick(IDS);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            var name = pick(CLASSES);
            if (!node.classes.contains(name)) {
                node.classes.add(name);
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            node.attributes.put(pick(NAMES), pick(VALUES));
        }
        return node;
    }

    private String selector(List<Node> nodes) {
        var out = new StringBuilder(complex(nodes));
        while (random.nextInt(6) == 0) {
            out.append(random.nextBoolean() ? "," : " , ").append(complex(nodes));
        }
        return out.toString();
    }

    /** Built around a node of the document, so that much of it is true. */
    private String complex(List<Node> nodes) {
        var node = nodes.get(random.nextInt(nodes.size()));
        var out = compound(node);
        for (int i = random.nextInt(4); i > 0 && node.parent != null; i--) {
            boolean child = random.nextBoolean();
            node = node.parent;
            while (!child && node.parent != null && random.nextBoolean()) {
                node = node.parent;
            }
            var combinator = child ? (random.nextBoolean() ? ">" : " > ") : (random.nextBoolean() ? " " : "\t ");
            out = compound(node) + combinator + out;
        }
        return out;
    }

    private String compound(Node node) {
        var out = new StringBuilder();
        switch (random.nextInt(4)) {
            case 0 -> out.append(spelled(escaped(node.tag)));
            case 1 -> out.append(escaped(pick(TAGS)));
            case 2 -> out.append("*");
            default -> {}
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            out.append(condition(node));
        }
        return out.toString();
    }

    private String condition(Node node) {
        if (random.nextInt(6) == 0) {
            var inner = random.nextInt(5) == 0 ? escaped(pick(TAGS)) : simple(node);
            return (random.nextBoolean() ? ":not(" : ":NOT( ") + inner + ")";
        }
        return simple(node);
    }

    private String simple(Node node) {
        boolean own = random.nextInt(4) > 0;
        var element = node.element();
        return switch (random.nextInt(6)) {
            case 0 -> "#" + escaped(own && node.id != null ? node.id : pick(IDS));
            case 1 -> "." + escaped(own && !node.classes.isEmpty() ? pick(node.classes) : pick(CLASSES));
            case 2 ->
                random.nextBoolean()
                        ? ":nth-child(" + (own ? element.nthChild() : 1 + random.nextInt(4)) + ")"
                        : ":nth-of-type( " + (own ? element.nthOfType() : 1 + random.nextInt(3)) + " )";
            case 3 -> special(node);
            default -> attribute(node, own);
        };
    }

    private String special(Node node) {
        var id = node.id == null ? pick(IDS) : node.id;
        var name = node.classes.isEmpty() ? pick(CLASSES) : pick(node.classes);
        return switch (random.nextInt(4)) {
            case 0 -> "[id=" + quoted(id) + "]";
            case 1 -> "[id^=" + quoted(beginning(id)) + "]";
            case 2 -> "[class~=" + quoted(name) + "]";
            default -> "[class*=" + quoted(beginning(name)) + "]";
        };
    }

    /** Never half a character: policies with broken characters are refused. */
    private static String beginning(String text) {
        return text.substring(0, text.offsetByCodePoints(0, 1));
    }

    private String attribute(Node node, boolean own) {
        var name = own && !node.attributes.isEmpty() ? pick(List.copyOf(node.attributes.keySet())) : pick(NAMES);
        var value = own ? node.attributes.getOrDefault(name, pick(VALUES)) : pick(VALUES);
        var operator = pick(List.of("", "=", "=", "^=", "$=", "*=", "~="));
        if (operator.isEmpty()) {
            return "[" + spelled(name) + "]";
        }
        if (!value.isEmpty() && random.nextBoolean() && !operator.equals("=")) {
            value = value.substring(random.nextInt(value.length()));
        }
        if (random.nextInt(4) == 0) {
            value = spelled(value);
        }
        var flag = random.nextInt(6) == 0 ? pick(List.of(" i", " I")) : "";
        return "[ " + spelled(name) + operator + quoted(value) + flag + "]";
    }

    private String spelled(String text) {
        return random.nextInt(5) == 0 ? text.toUpperCase(java.util.Locale.ROOT) : text;
    }

    private String quoted(String value) {
        char quote = random.nextBoolean() ? '"' : '\'';
        var out = new StringBuilder().append(quote);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == quote || c == '\\') {
                out.append('\\');
            }
            out.append(c == '\t' && random.nextBoolean() ? "\\9 " : String.valueOf(c));
        }
        return out.append(quote).toString();
    }

    /** As a person would escape, in several ways. */
    private String escaped(String name) {
        var out = new StringBuilder();
        name.codePoints().forEach(c -> {
            boolean first = out.isEmpty();
            boolean plain =
                    Character.isLetter(c) || c == '_' || (c >= 0x80) || (!first && (c == '-' || Character.isDigit(c)));
            if (plain && random.nextInt(20) > 0) {
                out.appendCodePoint(c);
            } else if (Character.isLetterOrDigit(c) || random.nextBoolean()) {
                out.append('\\').append(Integer.toHexString(c)).append(' ');
            } else {
                out.append('\\').appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Selector parsed(String text) {
        return Selector.parse(text).match(selector -> selector, refused -> {
            throw new AssertionError(text + ": " + refused);
        });
    }
}
