package dev.weir.policy;

import dev.weir.event.Element;
import dev.weir.event.Hierarchy;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hierarchy, and what the rules say of its elements each by itself. The events of a batch have elements in common, which are looked at
 * once ({@link Elements}).
 */
final class LookedAt {

    final Hierarchy hierarchy;
    final List<Facts> facts;

    /** {@link SelectorNeeds} that one of the elements has. */
    final long had;

    private LookedAt(Hierarchy hierarchy, List<Facts> facts, long had) {
        this.hierarchy = hierarchy;
        this.facts = facts;
        this.had = had;
    }

    boolean isEmpty() {
        return facts.isEmpty();
    }

    /** One element, wherever it stands. */
    static final class Facts {

        final Element element;

        /** Whether it is a field that nobody may capture. */
        final boolean secret;

        /** The token because of which the whole event is not to be captured. */
        final @Nullable String ignoring;

        final boolean redactsText;

        /** The names that it asks to withhold, as it lists them. */
        final @Nullable String withholding;

        final long had;

        private @Nullable Element kept;
        private List<Finding> findings = List.of();

        Facts(Element element, long had) {
            this.element = element;
            this.had = had;
            this.secret = ElementRules.isSecret(element);
            this.ignoring = ElementRules.token(element);
            this.redactsText = ElementRules.carries(element, PageTokens.REDACT_TEXT);
            this.withholding = element.attributes().get(PageTokens.REDACT_ATTRIBUTES);
        }

        /** The element as it may be kept where no rule withholds anything. */
        Element kept(Texts texts, Findings into) {
            var known = kept;
            if (known == null) {
                var own = new Findings();
                known = new Keeping(texts, own).element(element, name -> null);
                findings = own.list();
                kept = known;
            }
            into.addAll(findings);
            return known;
        }
    }

    /** The elements of one batch. One thread. */
    static final class Elements {

        private final SelectorNeeds needs;
        private final IdentityHashMap<Element, Facts> known = new IdentityHashMap<>(8);

        Elements(SelectorNeeds needs) {
            this.needs = needs;
        }

        LookedAt of(Hierarchy hierarchy) {
            if (hierarchy.isEmpty()) {
                return new LookedAt(hierarchy, List.of(), 0);
            }
            var elements = hierarchy.elements();
            var facts = new ArrayList<Facts>(elements.size());
            long had = 0;
            for (int i = 0; i < elements.size(); i++) {
                var element = elements.get(i);
                var one = known.get(element);
                if (one == null) {
                    one = new Facts(element, needs.had(element));
                    known.put(element, one);
                }
                facts.add(one);
                had |= one.had;
            }
            return new LookedAt(hierarchy, facts, had);
        }
    }
}
