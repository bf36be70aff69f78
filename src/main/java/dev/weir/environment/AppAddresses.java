package dev.weir.environment;

import io.quarkus.qute.TemplateExtension;

/** Addresses of an App ID's forms, for templates. */
@TemplateExtension
class AppAddresses {

    private AppAddresses() {}

    static String action(App app, String what) {
        return "/console/environments/" + app.environment() + "/apps/" + app.id() + "/" + what;
    }
}
