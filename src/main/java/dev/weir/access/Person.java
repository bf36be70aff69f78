package dev.weir.access;

/**
 * Somebody who may sign in.
 *
 * @param role one of {@link Role#ALL}
 * @param invited whether the person has not set a password yet
 */
public record Person(String id, String login, String name, String role, boolean invited, boolean disabled) {

    static Person of(Account account) {
        return new Person(
                account.id(),
                account.login(),
                account.name(),
                account.role(),
                account.passwordHash().isEmpty(),
                account.disabled());
    }

    public String roleTitle() {
        return Role.title(role);
    }

    public String state() {
        if (disabled) {
            return "disabled";
        }
        return invited ? "invited" : "active";
    }
}
