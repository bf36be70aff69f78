package dev.weir.ingest;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as far as limits are concerned: an IPv4 address, or the /64 of an IPv6 address, because one connection
 * gets at least so many of those. It is the other end of the connection, unless that is a proxy that Quarkus was told to trust: no
 * header is read here.
 */
final class Addresses {

    private static final int PREFIX = 8;
    private static final int V6 = 16;

    private Addresses() {}

    static String of(@Nullable SocketAddress remote) {
        var address = remote == null ? null : remote.hostAddress();
        return address == null ? "unknown" : of(address);
    }

    /** An address as a number, or whatever else a proxy said instead. */
    static String of(String text) {
        if (text.indexOf(':') < 0) {
            return text;
        }
        try {
            // A text with a colon is never looked up as a name.
            var bytes = InetAddress.getByName(text).getAddress();
            return bytes.length == V6 ? HexFormat.of().formatHex(bytes, 0, PREFIX) : text;
        } catch (java.net.UnknownHostException e) {
            return text;
        }
    }
}
