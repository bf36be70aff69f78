package dev.weir.access;

import java.util.List;
import java.util.Locale;

/** What somebody may be. Compile-time constants, because annotations want them; docs/access.md says what each may do. */
public final class Role {

    public static final String ADMIN = "admin";
    public static final String ARCHITECT = "architect";
    public static final String DEVELOPER = "developer";
    public static final String AUDITOR = "auditor";

    public static final List<String> ALL = List.of(ADMIN, ARCHITECT, DEVELOPER, AUDITOR);

    private Role() {}

    /** "Admin". */
    public static String title(String role) {
        return role.substring(0, 1).toUpperCase(Locale.ROOT) + role.substring(1);
    }
}
