package dev.weir.catalog;

/**
 * Who answers for a definition: a person or a team, by the name that people know.
 *
 * @param subject whose account the person is; empty where that isn't known
 */
public record Owner(boolean team, String name, String subject) {

    public Owner(boolean team, String name) {
        this(team, name, "");
    }

    public String kind() {
        return team ? "team" : "person";
    }

    /** As the change log tells it, and as it is compared with another one. */
    String text() {
        return kind() + ":" + name;
    }
}
