package dev.weir.history;

import dev.weir.restoration.Versioned;
import java.util.LinkedHashMap;

/**
 * What a History tab is about.
 *
 * @param title what people call it
 * @param tab the name of the tab beside this one, which leads to the thing itself
 * @param home the address of the thing itself
 * @param address of this tab
 * @param environment whose it is; empty where it belongs to none
 */
record Subject(
        Versioned kind, String object, String environment, String title, String tab, String home, String address) {

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
