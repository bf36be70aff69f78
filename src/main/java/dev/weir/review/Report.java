package dev.weir.review;

/**
 * What became of a cycle.
 *
 * @param hash SHA-256 of its content
 * @param note the content as a statement, signed with the change log's key: what an auditor takes home
 */
public record Report(String hash, String note) {}
