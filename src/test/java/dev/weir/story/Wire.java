package dev.weir.story;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request byte by byte, for what clients would not send and from addresses they would not use. */
final class Wire {

    private static final int PATIENCE_MS = 60_000;

    private Wire() {}

    /** Everything that comes back until the connection ends; {@code from} is an address of this machine. */
    static String exchange(String node, String from, String request) throws IOException {
        var address = URI.create(node);
        try (var socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), PATIENCE_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
