package dev.weir.release;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.privacy.ThreeWay;
import java.util.List;

/**
 * What one environment's policy could bring to another's.
 *
 * @param revision of the source, in force
 * @param seen the target's revision in force
 * @param base in words, what both are compared with
 * @param warnings about definitions that rest on events of the source
 */
public record Promotion(
        EnvironmentKey source,
        long revision,
        EnvironmentKey target,
        long seen,
        String base,
        ThreeWay ways,
        List<Warning> warnings) {

    public Promotion {
        warnings = List.copyOf(warnings);
    }

    /** One definition that means something in the source, and what is amiss with it. */
    public record Warning(String definition, String name, String words) {}

    /** From where a request brings its rules. */
    public record Origin(EnvironmentKey source, long revision) {}
}
