package dev.weir.catalog;

/**
 * A question to the list of definitions that somebody has given a name.
 *
 * @param shared seen by everybody, else by who made it alone
 * @param made by whom, and when
 * @param version what an edit carries back
 */
public record View(String id, String name, boolean shared, Query query, Hand made, long version) {

    /** As it stands in an address. */
    public String address() {
        return Addresses.of(query, Cursor.START);
    }
}
