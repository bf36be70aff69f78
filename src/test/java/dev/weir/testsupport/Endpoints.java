package dev.weir.testsupport;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every resource method of Weir, read from the compiled code: a test that goes through all of them can't forget a new one. */
public final class Endpoints {

    /** What a path pattern asks of one part, as in {@code {number:\d+}}; the parts themselves hold no braces. */
    private static final Pattern CONDITION = Pattern.compile("\\{(\\w+)\\s*:[^}]*}");

    private static final List<Endpoint> ALL = read();

    private Endpoints() {}

    /**
     * @param path with its variables as {@code {name}}
     * @param page whether it answers HTML
     */
    public record Endpoint(String method, String path, boolean page, JavaMethod code) {

        public String text() {
            return method + " " + path;
        }

        /** Whether an address, without its query, is one of this endpoint's. */
        public boolean answers(String address) {
            var pattern = Arrays.stream(path.split("(?<=})|(?=\\{)", -1))
                    .map(part -> part.startsWith("{") ? (part.equals("{path}") ? ".+" : "[^/]+") : Pattern.quote(part))
                    .reduce("", String::concat);
            return address.matches(pattern);
        }

        int variables() {
            return path.split("\\{", -1).length;
        }
    }

    public static List<Endpoint> all() {
        return ALL;
    }

    /** The endpoint that answers GET at this address: of several, the one that leaves least open. */
    public static Optional<Endpoint> page(String address) {
        return ALL.stream()
                .filter(endpoint -> endpoint.page() && endpoint.method().equals("GET") && endpoint.answers(address))
                .min(Comparator.comparingInt(Endpoint::variables));
    }

    private static List<Endpoint> read() {
        var found = new ArrayList<Endpoint>();
        for (JavaClass type : Compiled.weir()) {
            if (!type.isAnnotatedWith(Path.class)) {
                continue;
            }
            for (JavaMethod method : type.getMethods()) {
                verb(method)
                        .ifPresent(
                                verb -> found.add(new Endpoint(verb, path(type, method), page(type, method), method)));
            }
        }
        found.sort(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::method));
        return List.copyOf(found);
    }

    private static Optional<String> verb(JavaMethod method) {
        return method.getAnnotations().stream()
                .map(annotation -> annotation.getRawType().reflect().getAnnotation(HttpMethod.class))
                .flatMap(Stream::ofNullable)
                .map(HttpMethod::value)
                .findFirst();
    }

    private static String path(JavaClass type, JavaMethod method) {
        var path = type.getAnnotationOfType(Path.class).value();
        if (method.isAnnotatedWith(Path.class)) {
            path += "/" + method.getAnnotationOfType(Path.class).value();
        }
        return CONDITION.matcher(path).replaceAll("{$1}");
    }

    private static boolean page(JavaClass type, JavaMethod method) {
        return method
                .tryGetAnnotationOfType(Produces.class)
                .or(() -> type.tryGetAnnotationOfType(Produces.class))
                .stream()
                .flatMap(produces -> Arrays.stream(produces.value()))
                .anyMatch(kind -> kind.startsWith(MediaType.TEXT_HTML));
    }
}
