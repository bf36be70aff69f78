package dev.weir.store;

import dev.weir.event.Event;
import dev.weir.event.EventType;
import dev.weir.kernel.AppId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event, or several equal drops, as the control plane may see it: after the policy, so never with what was taken away.
 *
 * @param type null for a dropped entry that was not even recognisable
 * @param outcome never {@link Outcome#DUPLICATE}: a retry is counted, not seen again
 * @param reason why it was dropped or set aside; null when it was accepted
 * @param text visible text of the element, after the policy
 * @param url address of the page, after the policy
 * @param target the element itself, as {@code button#cta.primary}
 * @param placeholders what has the shape of one, such as {@code [email]}, anywhere in the event; put there by whom is not known
 * @param stale whether the sender enforced another revision than the one that judged it here
 * @param count how many; 1 unless dropped
 * @param event all that is left of it, where it was accepted
 */
public record Sighting(
        long sequence,
        Instant at,
        AppId app,
        Door door,
        @Nullable EventType type,
        Outcome outcome,
        @Nullable String reason,
        boolean redacted,
        List<Note> findings,
        @Nullable String name,
        @Nullable String text,
        @Nullable String url,
        @Nullable String target,
        @Nullable String identity,
        List<String> placeholders,
        long revision,
        boolean stale,
        int count,
        @Nullable Event event) {

    public Sighting {
        findings = List.copyOf(findings);
        placeholders = List.copyOf(placeholders);
    }
}
