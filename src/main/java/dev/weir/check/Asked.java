package dev.weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to have checked: any of these, or all.
 *
 * @param page HTML
 * @param before the same page as it was: definitions that matched there and match no more are told
 * @param url where the page lies; definitions and rules look at paths
 * @param selectors of definitions to be
 * @param samples each an event, a collector's batch or a call of the server API, as JSON
 * @param policy a file of policy as code
 */
record Asked(
        @Nullable String page,
        @Nullable String before,
        @Nullable String url,
        List<String> selectors,
        List<String> samples,
        @Nullable String policy) {

    /** Bytes of everything together. docs/limits.md. */
    static final int BYTES = 1 << 20;

    static final int SELECTORS = 100;
    static final int SAMPLES = 500;
    static final int ELEMENTS = 10_000;

    /** Interactive elements, fields and forms that are judged. */
    static final int JUDGED = 1000;

    static final int REMARKS = 500;

    Asked {
        selectors = List.copyOf(selectors);
        samples = List.copyOf(samples);
    }

    static Asked nothing() {
        return new Asked(null, null, null, List.of(), List.of(), null);
    }

    Asked withPage(String html, @Nullable String at) {
        return new Asked(html, before, at, selectors, samples, policy);
    }

    Asked withSelectors(List<String> some) {
        return new Asked(page, before, url, some, samples, policy);
    }

    Asked withPolicy(String file) {
        return new Asked(page, before, url, selectors, samples, file);
    }

    Asked withSamples(List<String> some) {
        return new Asked(page, before, url, selectors, some, policy);
    }
}
