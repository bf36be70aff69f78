package dev.weir.snippet;

import dev.weir.kernel.AppId;
import dev.weir.policy.GovernedApp;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The script of each App ID for the policy in force, made once per revision. Never more of them than App IDs that exist. */
@ApplicationScoped
class Scripts {

    private final Collector collector;
    private final Map<AppId, Made> made = new ConcurrentHashMap<>();

    Scripts(Collector collector) {
        this.collector = collector;
    }

    private record Made(String hash, Packed packed) {}

    /** From memory; empty when the script is still to be made. */
    Optional<Packed> ready(GovernedApp app) {
        return Optional.ofNullable(made.get(app.app()))
                .filter(one -> current(one, app))
                .map(Made::packed);
    }

    /** Takes some ten milliseconds the first time. */
    Packed make(GovernedApp app) {
        return made.compute(app.app(), (id, before) -> current(before, app) ? before : made(app)).packed;
    }

    private static boolean current(@Nullable Made one, GovernedApp app) {
        return one != null && one.hash.equals(app.revision().hash());
    }

    private Made made(GovernedApp app) {
        var hash = app.revision().hash();
        var script = collector.script(
                app.app().digits(), hash, app.policy().document().inPages().canonical());
        return new Made(hash, new Packed(hash + "-" + collector.version(), script.getBytes(StandardCharsets.UTF_8)));
    }
}
