package dev.weir.privacy;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.event.Page;
import dev.weir.event.Session;
import dev.weir.policy.PageTokens;
import dev.weir.privacy.Pasted.Sample;
import dev.weir.privacy.PastedEvent.Unreadable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.jsoup.select.Elements;
import org.jsoup.select.Selector.SelectorParseException;
import org.jspecify.annotations.Nullable;

/**
 * Pasted HTML as the clicks that the collector would make of it, one for each element. It is parsed, never run: scripts, styles and
 * anything fetched don't exist here.
 */
final class PastedHtml {

    /** Whose visible text the collector reads: the same words as in its {@code capture.ts}, which a test compares. */
    static final String LABELLED = "a,area,button,summary,[role=button],[role=link],[role=menuitem],[role=tab]";

    /** What it takes for the target of a click, likewise. */
    static final String ACTIVE = LABELLED
            + ",label,input,select,textarea,option,[role=checkbox],[role=radio],[role=switch],[role=option],[role=treeitem],[role^=menuitem],[onclick]";

    /** What of a label it does not read: the same words as in its {@code dom.ts}, behind the tokens of pages. */
    static final String UNREAD =
            "[hidden],form,input,select,textarea,option,script,style,svg,svg *,iframe,object,canvas,video,audio";

    private static final String LEFT_OUT = Stream.concat(
                    PageTokens.IGNORE.stream().map(token -> "." + token + ",[" + token + "]"),
                    Stream.of(
                            "[" + PageTokens.REDACT_TEXT + "]",
                            "[contenteditable]:not([contenteditable=false])",
                            UNREAD))
            .collect(Collectors.joining(","));

    /** What a label can be for. */
    private static final String LABELABLE = "button,input:not([type=hidden]),meter,output,progress,select,textarea";

    private static final int TITLE = 60;

    private PastedHtml() {}

    static List<Sample> read(String html, String selector) throws Unreadable {
        var document = parsed(html);
        var chosen = selector.isBlank() ? active(document) : selected(document, selector);
        if (chosen.isEmpty()) {
            throw new Unreadable(
                    selector.isBlank()
                            ? "there is nothing to click in this HTML: name an element with a selector"
                            : "no element of this HTML matches the selector");
        }
        // Paths are as long as the nesting is deep: only those that will be shown are built, and the rest is counted.
        var elements = new PastedElements(document);
        var samples = new ArrayList<>(chosen.stream()
                .limit(Pasted.EVENTS)
                .map(target -> click(elements, target))
                .toList());
        samples.addAll(Collections.nCopies(chosen.size() - samples.size(), samples.get(0)));
        return samples;
    }

    static List<Sample> all(Document document, PastedElements elements, int most) {
        var samples = new ArrayList<Sample>();
        active(document).stream()
                .limit(most)
                .map(target -> click(elements, target))
                .forEach(samples::add);
        document.select("input:not([type=hidden]),select,textarea").stream()
                .limit(Math.max(0, most - samples.size()))
                .map(field -> sample(elements, field, EventType.CHANGE, "A change of ", null, null))
                .forEach(samples::add);
        document.select("form").stream()
                .limit(Math.max(0, most - samples.size()))
                .map(form -> sample(
                        elements,
                        form,
                        EventType.SUBMIT,
                        "A submit of ",
                        null,
                        form.hasAttr("action") ? form.attr("action") : null))
                .forEach(samples::add);
        return samples;
    }

    static Document parsed(String html) {
        return Jsoup.parse(html, "", Parser.htmlParser().setTrackPosition(true));
    }

    /** Without the labels of fields: the browser repeats the click on the field, and the collector takes that one. */
    private static Elements active(Document document) {
        var active = document.select(ACTIVE);
        active.removeIf(element -> element.normalName().equals("label") && forField(document, element));
        return active;
    }

    private static boolean forField(Document document, org.jsoup.nodes.Element label) {
        if (!label.hasAttr("for")) {
            return !label.select(LABELABLE).isEmpty();
        }
        var field = document.getElementById(label.attr("for"));
        return field != null && field.is(LABELABLE);
    }

    private static Elements selected(Document document, String selector) throws Unreadable {
        try {
            return document.select(selector);
        } catch (SelectorParseException e) {
            throw new Unreadable("the selector can't be read");
        }
    }

    private static Sample click(PastedElements elements, org.jsoup.nodes.Element target) {
        return sample(elements, target, EventType.CLICK, "A click on ", label(target), address(target));
    }

    private static Sample sample(
            PastedElements elements,
            org.jsoup.nodes.Element target,
            EventType type,
            String what,
            @Nullable String text,
            @Nullable String href) {
        var event =
                new Event(type, null, text, href, elements.hierarchy(target), Map.of(), null, Page.NONE, Session.NONE);
        var start = target.sourceRange().start();
        return new Sample(
                what + title(target), event, Math.max(0, start.lineNumber()), Math.max(0, start.columnNumber()));
    }

    /** What the collector would read of it; what is only hidden by a style sheet can't be known here. */
    private static @Nullable String label(org.jsoup.nodes.Element target) {
        if (!target.is(LABELLED) || target.is(LEFT_OUT)) {
            return null;
        }
        var copy = target.clone();
        copy.select(LEFT_OUT).remove();
        return copy.text().isEmpty() ? null : copy.text();
    }

    private static @Nullable String address(org.jsoup.nodes.Element target) {
        return target.is("a[href], area[href]") ? target.attr("href") : null;
    }

    /** The opening tag, shortened: it goes back to whoever pasted it and nowhere else. */
    private static String title(org.jsoup.nodes.Element target) {
        var id = target.id().isEmpty() ? "" : "#" + target.id();
        var classes = String.join(
                "", target.classNames().stream().map(name -> "." + name).toList());
        var words = target.normalName() + id + classes;
        return words.length() > TITLE ? words.substring(0, TITLE) + "…" : words;
    }
}
