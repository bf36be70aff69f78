package dev.weir.console;

import dev.weir.web.Shell;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestForm;

/** Keeps the reader's choice of light or dark in a cookie, so that the server renders it. Knows nothing else about anybody. */
@Path("/console/theme")
@PermitAll
class ThemePages {

    /** Only a page of this console: never an address that leaves it. */
    private static final Pattern OWN = Pattern.compile("/console(?:[/?][\\w/.?&=%+-]*)?");

    @POST
    public Response choose(@RestForm @DefaultValue("") String theme, @RestForm @DefaultValue("") String back) {
        var chosen = Shell.THEMES.contains(theme) ? theme : "auto";
        return Response.seeOther(URI.create(OWN.matcher(back).matches() ? back : "/console"))
                .cookie(new NewCookie.Builder(Shell.THEME_COOKIE)
                        .value(chosen)
                        .path("/console")
                        .maxAge((int) Duration.ofDays(365).toSeconds())
                        .sameSite(NewCookie.SameSite.LAX)
                        .httpOnly(true)
                        .build())
                .build();
    }
}
