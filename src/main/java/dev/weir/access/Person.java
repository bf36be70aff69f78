package dev.weir.access;

/**
 * Somebody who may sign in.
 *
 * @param role one of {@link Role#ALL}
 * @param invited whether the person has not set a password yet
 * @param version what a form carries back, so that two Admins can't overwrite each other
 */
public record Person(
        String id, String login, String name, String role, boolean invited, boolean disabled, long version) {

    static Person of(Account account) {
        return new Person(
                account.id(),
                account.login(),
                account.name(),
                account.role(),
                account.passwordHash().isEmpty(),
                account.disabled(),
                account.version());
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
