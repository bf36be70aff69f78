package dev.weir.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a form of the console carries back, for templates: {@code {inject:csrf.parameterName}} and
 * {@code {inject:csrf.token}}. It is set only for a browser that was shown a form, and never leaves {@code /console}.
 */
@Named("csrf")
@RequestScoped
public class Csrf {

    public static final String COOKIE = "weir_csrf";
    public static final String PARAMETER = "csrf-token";
    public static final String HEADER = "X-CSRF-TOKEN";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RoutingContext context;

    private @Nullable String token;

    Csrf(RoutingContext context) {
        this.context = context;
    }

    public String getParameterName() {
        return PARAMETER;
    }

    public String getHeaderName() {
        return HEADER;
    }

    /** The browser's token; a new one where it has none. */
    public String getToken() {
        if (token == null) {
            token = brought();
        }
        if (token == null) {
            token = fresh();
            context.response()
                    .addCookie(Cookie.cookie(COOKIE, token)
                            .setPath(Console.PATH)
                            .setHttpOnly(true)
                            .setSameSite(CookieSameSite.STRICT)
                            .setSecure(Console.secure(context)));
        }
        return token;
    }

    boolean matches(@Nullable String sent) {
        var expected = brought();
        return expected != null
                && sent != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable String brought() {
        var cookie = context.request().getCookie(COOKIE);
        return cookie != null && FORM.matcher(cookie.getValue()).matches() ? cookie.getValue() : null;
    }

    private static String fresh() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
