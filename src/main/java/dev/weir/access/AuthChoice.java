package dev.weir.access;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Turns {@code weir.auth=oidc} and the few settings {@code weir.oidc.*} into the two tenants of the build: one that signs people in
 * for the console, one that believes tokens at the interface. Without it both sleep.
 */
public final class AuthChoice implements ConfigSourceFactory {

    /** Above application.properties (250), below the environment (300). */
    private static final int ORDINAL = 260;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if (!"oidc".equals(value(context, "weir.auth", "local"))) {
            return List.of();
        }
        return List.of(new PropertiesConfigSource(settings(context), "the identity provider of weir.oidc", ORDINAL));
    }

    private static Map<String, String> settings(ConfigSourceContext context) {
        var issuer = required(context, "weir.oidc.issuer");
        var client = required(context, "weir.oidc.client-id");
        var settings = new HashMap<String, String>();
        settings.put("quarkus.oidc.tenant-enabled", "true");
        settings.put("quarkus.oidc.auth-server-url", issuer);
        settings.put("quarkus.oidc.client-id", client);
        settings.put("quarkus.oidc.credentials.secret", required(context, "weir.oidc.client-secret"));
        settings.put(
                "quarkus.oidc.roles.role-claim-path", value(context, "weir.oidc.role-claim", "realm_access/roles"));
        settings.put("quarkus.oidc.api.tenant-enabled", "true");
        settings.put("quarkus.oidc.api.auth-server-url", issuer);
        settings.put("quarkus.oidc.api.client-id", client);
        settings.put("quarkus.oidc.api.token.audience", value(context, "weir.oidc.audience", "weir-api"));
        settings.put(
                "quarkus.oidc.api.roles.role-claim-path", value(context, "weir.oidc.role-claim", "realm_access/roles"));
        return settings;
    }

    private static String required(ConfigSourceContext context, String name) {
        var value = value(context, name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("weir.auth=oidc needs " + name);
        }
        return value;
    }

    private static String value(ConfigSourceContext context, String name, String otherwise) {
        var found = context.getValue(name).getValue();
        return found == null || found.isBlank() ? otherwise : found;
    }
}
