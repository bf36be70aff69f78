package dev.weir.catalog.standards;

/** That a definition is not as a standard asks. The text never quotes the definition. */
public record Deviation(Rule rule, Level level, String text) {

    public boolean blocks() {
        return level == Level.BLOCK;
    }
}
