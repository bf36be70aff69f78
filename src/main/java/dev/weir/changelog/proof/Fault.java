package dev.weir.changelog.proof;

/**
 * The first thing that is wrong with a log.
 *
 * @param row where: the number of the row
 * @param words what, for people; never quotes the log
 */
public record Fault(long row, String words) {}
