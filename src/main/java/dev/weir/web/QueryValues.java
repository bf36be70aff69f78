package dev.weir.web;

import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * A value of a query that is of another kind than its parameter is a 400 that names the parameter. RESTEasy would say that there is nothing
 * at this address, and would read whatever is not {@code true} as {@code false}. A NUL in it is a 400 as well, and in the path a 404: no
 * text that is stored has one, and not every database could even be asked.
 */
class QueryValues {

    private record Operation(Class<?> resource, String method, List<Class<?>> parameters) {}

    private enum Kind {
        INT,
        LONG,
        BOOLEAN;

        boolean takes(String text) {
            return switch (this) {
                case INT -> whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case LONG -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
                case BOOLEAN -> text.equals("true") || text.equals("false");
            };
        }

        String words() {
            return this == BOOLEAN ? "true or false" : "a whole number";
        }

        private static boolean whole(String text, long least, long most) {
            try {
                long number = Long.parseLong(text);
                return number >= least && number <= most;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }

    private static final Map<Class<?>, Kind> KINDS =
            Map.of(int.class, Kind.INT, long.class, Kind.LONG, boolean.class, Kind.BOOLEAN);

    private final Map<Operation, Map<String, Kind>> known = new ConcurrentHashMap<>();

    @ServerRequestFilter
    void before(SimpleResourceInfo resource, UriInfo uri) {
        if (hasNul(uri.getPathParameters())) {
            throw Problem.notFound("There is nothing at this address.");
        }
        var query = uri.getQueryParameters();
        if (query.isEmpty()) {
            return;
        }
        if (hasNul(query)) {
            throw Problem.of(400, "No value of a query may hold the character NUL (U+0000).");
        }
        var operation = new Operation(
                resource.getResourceClass(), resource.getMethodName(), Arrays.asList(resource.parameterTypes()));
        known.computeIfAbsent(operation, QueryValues::kinds).forEach((name, kind) -> {
            if (!query.getOrDefault(name, List.of()).stream().allMatch(kind::takes)) {
                throw Problem.of(400, "The parameter " + name + " of the query is " + kind.words() + ".");
            }
        });
    }

    private static boolean hasNul(Map<String, List<String>> values) {
        return values.values().stream().flatMap(List::stream).anyMatch(value -> value.indexOf('\0') >= 0);
    }

    private static Map<String, Kind> kinds(Operation operation) {
        var kinds = new TreeMap<String, Kind>();
        for (Method method : operation.resource().getDeclaredMethods()) {
            if (method.getName().equals(operation.method())
                    && Arrays.asList(method.getParameterTypes()).equals(operation.parameters())) {
                for (Parameter parameter : method.getParameters()) {
                    var query = parameter.getAnnotation(RestQuery.class);
                    var kind = KINDS.get(parameter.getType());
                    if (query != null && kind != null) {
                        kinds.put(query.value().isEmpty() ? parameter.getName() : query.value(), kind);
                    }
                }
            }
        }
        return kinds;
    }
}
