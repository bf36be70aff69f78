package dev.weir.access;

/** How people sign in: {@code weir.auth}, chosen when Weir starts. */
enum AuthMode {
    /** With accounts that Weir keeps. */
    LOCAL,
    /** With an identity provider. */
    OIDC
}
