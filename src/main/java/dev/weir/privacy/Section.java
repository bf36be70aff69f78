package dev.weir.privacy;

import java.util.Optional;

/** The parts of a policy as people edit them: one page each. The slugs are addresses: never rename one. */
public enum Section {
    PARAMETERS("parameters", "URL parameters", "urls"),
    PATHS("paths", "URL paths", "urls.paths"),
    PAGES("pages", "Blocked pages", "pages"),
    ELEMENTS("elements", "Elements", "elements"),
    TEXT("text", "Text", "text"),
    PROPERTIES("properties", "Properties", "properties"),
    EVENTS("events", "Events", "events"),
    SCHEMAS("schemas", "Schemas", "schemas"),
    CONSENT("consent", "Consent", "consent"),
    CAPTURE("capture", "Capture", "capture"),
    IDENTITY("identity", "Identity", "identity"),
    RETENTION("retention", "Retention", "retention"),
    ORIGINS("origins", "Origins", "origins");

    private final String slug;
    private final String title;
    private final String path;

    Section(String slug, String title, String path) {
        this.slug = slug;
        this.title = title;
        this.path = path;
    }

    public String slug() {
        return slug;
    }

    public String title() {
        return title;
    }

    /** Where an explanation on this page can be looked at again. */
    public static Optional<Section> ofSlug(String slug) {
        for (Section section : values()) {
            if (section.slug.equals(slug)) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    /** The section that a dotted path of the document, or the rule named by a finding, belongs to: the longest prefix counts. */
    public static Optional<Section> ofPath(String path) {
        Section found = null;
        for (Section section : values()) {
            boolean within = path.equals(section.path) || path.startsWith(section.path + ".");
            if (within && (found == null || section.path.length() > found.path.length())) {
                found = section;
            }
        }
        return Optional.ofNullable(found);
    }
}
