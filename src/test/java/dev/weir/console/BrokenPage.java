package dev.weir.console;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Fails, so that the page for failures can be looked at. Stands among the tests: Weir as it is built does not have it. */
@Path("/console/broken-on-purpose")
@PermitAll
public class BrokenPage {

    @GET
    public String fail() {
        throw new IllegalStateException("broken on purpose");
    }
}
