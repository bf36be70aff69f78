package dev.weir.catalog;

/** What was just done, by the word that an address carries for it. */
final class Notices {

    private Notices() {}

    static String words(String done) {
        return switch (done) {
            case "imported" -> "The import is done. What is new or means something else is a draft.";
            case "bulk" -> "The chosen definitions are changed.";
            default -> "";
        };
    }
}
