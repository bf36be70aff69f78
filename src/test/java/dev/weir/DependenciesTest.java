package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each dependency is a decision: docs/decisions/0010-what-we-build-on.md. */
class DependenciesTest {

    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>", Pattern.DOTALL);
    private static final Pattern TOOL =
            Pattern.compile("<path>\\s*<groupId>[^<]+</groupId>\\s*<artifactId>([^<]+)</artifactId>");
    private static final Pattern NAMED = Pattern.compile("`([A-Za-z0-9.*:_-]+)`");

    @Test
    void every_direct_dependency_is_recorded_and_nothing_else() throws IOException {
        var pom = Files.readString(Path.of("pom.xml"));
        var built = new TreeSet<String>();
        DEPENDENCY.matcher(pom).results().forEach(found -> {
            var name = found.group(2);
            if (name.equals("playwright")) {
                built.add(found.group(1) + ":" + name);
            } else if (!name.endsWith("-bom")) {
                built.add(name.startsWith("quarkus-") ? "quarkus-*" : name);
            }
        });
        TOOL.matcher(pom).results().forEach(found -> built.add(found.group(1)));

        var recorded = new TreeSet<String>();
        for (var line : Files.readAllLines(Path.of("docs/decisions/0010-what-we-build-on.md"))) {
            if (line.startsWith("| `")) {
                NAMED.matcher(line.substring(0, line.indexOf('|', 2)))
                        .results()
                        .forEach(found -> recorded.add(found.group(1)));
            }
        }

        assertThat(recorded).isEqualTo(built);
    }
}
