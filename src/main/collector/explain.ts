/**
 * Whether the engine names its reasons. In a page nobody reads them, and they are a third of its size; the tests that compare both
 * engines build one that does.
 */
export const EXPLAIN: boolean = false;
