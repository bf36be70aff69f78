package dev.weir.catalog;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;

/** Queries as they stand in an address. */
final class Addresses {

    private Addresses() {}

    static String of(Query query, Cursor after) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("q", query.q());
        parameters.put("status", query.status());
        parameters.put("type", query.type());
        parameters.put("tag", query.tag());
        parameters.put("owner", query.owner());
        parameters.put("category", query.category());
        parameters.put("breaks", query.breaks());
        parameters.put("cursor", after.equals(Cursor.START) ? "" : after.word());
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** The query of an address that {@link #of} has written. */
    static Query query(String address) {
        var parameters = new HashMap<String, String>();
        for (var parameter : address.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parameter.substring(0, equals),
                        URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return new Query(
                parameters.getOrDefault("q", ""),
                parameters.getOrDefault("status", ""),
                parameters.getOrDefault("type", ""),
                parameters.getOrDefault("tag", ""),
                parameters.getOrDefault("owner", ""),
                parameters.getOrDefault("category", ""),
                parameters.getOrDefault("breaks", ""));
    }
}
