package dev.weir.web;

import io.vertx.ext.web.RoutingContext;

/** Where the console lives: everything that a person's cookie is good for, and nothing else. */
public final class Console {

    public static final String PATH = "/console";

    private Console() {}

    public static boolean is(RoutingContext context) {
        return is(context.normalizedPath());
    }

    public static boolean is(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    /** Whether the browser speaks TLS with us or with the proxy before us, as far as we are told. */
    public static boolean secure(RoutingContext context) {
        return context.request().isSSL() || "https".equals(context.request().scheme());
    }
}
