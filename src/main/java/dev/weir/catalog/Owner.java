package dev.weir.catalog;

/** Who answers for a definition: a person or a team, by the name that people know. */
public record Owner(boolean team, String name) {

    public String kind() {
        return team ? "team" : "person";
    }
}
