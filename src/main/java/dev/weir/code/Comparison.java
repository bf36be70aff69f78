package dev.weir.code;

import dev.weir.kernel.CanonicalJson;
import dev.weir.kernel.EnvironmentKey;
import dev.weir.policy.PolicyDocument;
import dev.weir.privacy.PolicyDiff;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An environment beside a file: what the file would change.
 *
 * @param revision number of the one in force
 * @param inForce its hash
 * @param document what the file asks for; null where it can't be read
 * @param settings differences of name, kind and criticality, in words: an import leaves them as they are
 * @param apps differences of App IDs, in words: an import leaves them as they are
 * @param faults why the file can't be read
 */
public record Comparison(
        EnvironmentKey environment,
        long revision,
        String inForce,
        @Nullable PolicyDocument document,
        PolicyDiff diff,
        List<String> settings,
        List<String> apps,
        List<Fault> faults) {

    public Comparison {
        settings = List.copyOf(settings);
        apps = List.copyOf(apps);
        faults = List.copyOf(faults);
    }

    public boolean readable() {
        return document != null;
    }

    /** Whether the policy that the file asks for is the one in force. */
    public boolean samePolicy() {
        return document != null && document.hash().equals(inForce);
    }

    /** Whether nothing differs that the file tells of. */
    public boolean same() {
        return samePolicy() && settings.isEmpty() && apps.isEmpty();
    }

    /** Stands for exactly this comparison: another file, or another revision in force, has another one. */
    public String tag() {
        return CanonicalJson.sha256(revision + " " + inForce + " " + (document == null ? "" : document.hash()));
    }

    /** As programs read it. */
    Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("environment", environment.value());
        json.put("revision", revision);
        json.put("hash", inForce);
        json.put("asked", document == null ? null : document.hash());
        json.put("same", same());
        json.put("loosens", !diff.onlyTightens());
        json.put("changes", diff.json());
        json.put("settings", settings);
        json.put("apps", apps);
        return json;
    }
}
