package dev.weir.history;

import java.util.LinkedHashMap;

/**
 * What a History tab is about.
 *
 * @param title what people call it
 * @param tab the name of the tab beside this one, which leads to the thing itself
 * @param home the address of the thing itself
 * @param address of this tab
 * @param environment whose it is; empty where it belongs to none
 * @param restoring what becomes of a version that somebody wants back, in words
 * @param way how this person gets one back
 */
record Subject(
        Versioned kind,
        String object,
        String environment,
        String title,
        String tab,
        String home,
        String address,
        String restoring,
        Way way) {

    /**
     * @param link where an earlier version is looked at again, the number of its row to be added; empty for none
     * @param version what the form carries, so that two people can't overwrite each other; -1 where there is no form
     * @param reason whether a reason is asked for
     */
    record Way(String link, long version, boolean reason) {

        static final Way NONE = new Way("", -1, false);

        public boolean any() {
            return !link.isEmpty() || version >= 0;
        }

        static Way form(boolean may, long version, boolean reason) {
            return may ? new Way("", version, reason) : NONE;
        }

        static Way link(boolean may, String link) {
            return may ? new Way(link, -1, false) : NONE;
        }
    }

    /** The same rows, and those that make no version, among all others. */
    public String log() {
        var filter = new LinkedHashMap<String, String>();
        filter.put("kind", kind.kind());
        filter.put("object", object);
        return "/console/changelog?" + Asked.written(filter);
    }

    public String kindWords() {
        return RowView.kind(kind.kind());
    }
}
