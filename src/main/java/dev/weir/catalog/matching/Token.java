package dev.weir.catalog.matching;

/** Something that an event has or has not, by which definitions are found. */
record Token(Space space, String value) {

    /**
     * What kind of thing a token is; the weight says how many events have one of this kind, roughly: the smaller, the rarer.
     */
    enum Space {
        PATH(1),
        TEXT(1),
        HREF(1),
        FORM(1),
        EVENT(1),
        /** Name and value of a property. */
        PROPERTY(2),
        ID(2),
        PATH_PART(4),
        TEXT_PART(4),
        HREF_PART(4),
        FORM_PART(4),
        EVENT_PART(4),
        CLASS(4),
        ATTRIBUTE(16),
        /** A property, whatever its value. */
        PROPERTY_NAME(16),
        TAG(64);

        final int weight;

        Space(int weight) {
            this.weight = weight;
        }
    }

    static Token property(String name, String value) {
        return new Token(Space.PROPERTY, name + '\0' + value);
    }

    static Space exact(Field field) {
        return switch (field) {
            case PATH -> Space.PATH;
            case TEXT -> Space.TEXT;
            case HREF -> Space.HREF;
            case FORM -> Space.FORM;
            case EVENT -> Space.EVENT;
            case PROPERTY -> Space.PROPERTY;
        };
    }

    static Space part(Field field) {
        return switch (field) {
            case PATH -> Space.PATH_PART;
            case TEXT -> Space.TEXT_PART;
            case HREF -> Space.HREF_PART;
            case FORM -> Space.FORM_PART;
            case EVENT -> Space.EVENT_PART;
            case PROPERTY -> Space.PROPERTY_NAME;
        };
    }
}
