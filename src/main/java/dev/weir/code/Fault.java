package dev.weir.code;

/**
 * What is wrong with a file: where, and why, in words that never quote it.
 *
 * @param line counted from 1; 0 where it is about the whole file
 * @param column counted from 1; 0 likewise
 * @param pointer JSON pointer (RFC 6901) into the document
 */
public record Fault(int line, int column, String pointer, String message) {}
