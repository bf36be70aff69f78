package dev.weir.check;

/**
 * One thing that a check found. Its words never quote what was sent: they end up in the logs of whoever asked.
 *
 * @param part which part of what was sent: {@code page}, {@code selectors}, {@code samples}, {@code policy}, {@code before}
 * @param line where, from 1; 0 where that isn't known. Of a list, which item
 * @param column likewise; 0 for an item of a list
 */
record Remark(Rule rule, String message, String part, int line, int column) {}
