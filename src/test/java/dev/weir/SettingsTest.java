package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testsupport.Compiled;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every setting stands in docs, and the table of limits has the figures that hold. */
class SettingsTest {

    private static final Path LIMITS = Path.of("docs/limits.md");
    private static final Pattern NAMED = Pattern.compile("`(weir\\.[a-z.-]*[a-z])`");
    /** They look like settings, and are files. */
    private static final Set<String> FILES = Set.of("weir.js", "weir.sarif");

    private static final Pattern FIGURE = Pattern.compile("([0-9][0-9,]*) ?(KiB|MiB|s|hours|days)?\\b.*");

    /** The default of each setting by its name; empty where there is none. */
    private static final Map<String, String> SETTINGS = settings();

    @Test
    void every_setting_is_in_the_documents() {
        var documented = documents().flatMap(SettingsTest::names).collect(Collectors.toSet());

        assertThat(SETTINGS.keySet()).hasSizeGreaterThan(20).allMatch(documented::contains);
    }

    @Test
    void the_documents_name_no_setting_that_is_not_there() {
        var sources = text(Path.of("src/main/java")) + text(Path.of("src/main/resources/application.properties"));

        assertThat(documents().flatMap(SettingsTest::names).distinct())
                .filteredOn(name -> !FILES.contains(name))
                .allMatch(name -> SETTINGS.containsKey(name)
                        || SETTINGS.keySet().stream().anyMatch(setting -> setting.startsWith(name + "."))
                        || sources.contains(name));
    }

    @Test
    void a_limit_is_what_the_table_says() {
        var table = new TreeMap<String, Long>();
        var program = new TreeMap<String, Long>();
        for (String row : lines(LIMITS)) {
            var cells = row.split("\\|", -1);
            var names = cells.length < 5 ? new String[0] : names(cells[4]).toArray(String[]::new);
            for (int i = 0; i < names.length; i++) {
                table.put(names[i], figure(cells[2].strip().split(", ", -1)[i]));
                program.put(names[i], figure(SETTINGS.get(names[i])));
            }
        }

        assertThat(table).hasSizeGreaterThan(12).isEqualTo(program);
    }

    /** In bytes, milliseconds, or as it is. */
    private static long figure(String text) {
        if (text.matches("[0-9]+[smhd]")) {
            var days = text.endsWith("d");
            return Duration.parse((days ? "P" : "PT") + text.toUpperCase(Locale.ROOT))
                    .toMillis();
        }
        var figure = FIGURE.matcher(text);
        assertThat(figure.matches()).as(text).isTrue();
        long number = Long.parseLong(figure.group(1).replace(",", ""));
        var unit = figure.group(2) == null ? "" : figure.group(2);
        return switch (unit) {
            case "KiB" -> number << 10;
            case "MiB" -> number << 20;
            case "s" -> Duration.ofSeconds(number).toMillis();
            case "hours" -> Duration.ofHours(number).toMillis();
            case "days" -> Duration.ofDays(number).toMillis();
            default -> number;
        };
    }

    private static Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        Compiled.weir().stream()
                .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                .map(type -> type.reflect())
                .forEach(type ->
                        read(type, type.getAnnotation(ConfigMapping.class).prefix(), settings));
        return settings;
    }

    private static void read(Class<?> type, String prefix, Map<String, String> settings) {
        for (Method method : type.getDeclaredMethods()) {
            var own = "." + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            var name = method.isAnnotationPresent(WithParentName.class) ? prefix : prefix + own;
            if (method.getReturnType().getName().startsWith("dev.weir.")) {
                read(method.getReturnType(), name, settings);
            } else {
                var otherwise = method.getAnnotation(WithDefault.class);
                settings.put(name, otherwise == null ? "" : otherwise.value());
            }
        }
    }

    private static Stream<String> names(String text) {
        return NAMED.matcher(text).results().map(found -> found.group(1));
    }

    private static Stream<String> documents() {
        return Stream.concat(Stream.of(Path.of("README.md")), files(Path.of("docs")))
                .filter(file -> file.toString().endsWith(".md"))
                .map(file -> String.join("\n", lines(file)));
    }

    private static String text(Path path) {
        return files(path).map(file -> String.join("\n", lines(file))).collect(Collectors.joining("\n"));
    }

    private static Stream<Path> files(Path path) {
        try (var files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Iterable<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
