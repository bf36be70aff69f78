package dev.weir.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Stands between Weir and its database, and may fall silent: it accepts whatever it is sent, and passes nothing on, neither a byte nor
 * that a connection was closed. It obeys words that come to a port of its own, because tests and what they start are loaded apart.
 */
public final class SilentProxy implements AutoCloseable {

    private static final int CHUNK = 8192;

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ServerSocket orders = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int server;
    private final List<Way> ways = new CopyOnWriteArrayList<>();
    private final Object changed = new Object();
    private boolean silent;
    private boolean closed;
    private @Nullable String trigger;

    public SilentProxy(int server) throws IOException {
        this.server = server;
        start(this::accept);
        start(this::obey);
    }

    public int port() {
        return door.getLocalPort();
    }

    public int orders() {
        return orders.getLocalPort();
    }

    /** Has the proxy at this port obey, and returns when it has. */
    private static void tell(int orders, String word) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), orders)) {
            socket.getOutputStream().write(word.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            if (!new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).equals("done")) {
                throw new IOException("the proxy did not obey");
            }
        }
    }

    public static void silence(int orders) throws IOException {
        tell(orders, "silence");
    }

    /** Falls silent as soon as somebody sends this text to the database, which does not get it. */
    public static void silenceAt(int orders, String text) throws IOException {
        tell(orders, "at " + text);
    }

    /** Whatever was sent meanwhile goes on. */
    public static void speak(int orders) throws IOException {
        tell(orders, "speak");
    }

    /** Speaks again, but what was connected stays silent for ever: the database is not even told who has gone. */
    public static void forget(int orders) throws IOException {
        tell(orders, "forget");
    }

    private void obey() throws IOException {
        while (true) {
            try (var socket = orders.accept()) {
                obey(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                socket.getOutputStream().write("done".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void obey(String word) {
        synchronized (changed) {
            silent = word.equals("silence");
            trigger = word.startsWith("at ") ? word.substring(3) : null;
            if (word.equals("forget")) {
                ways.forEach(way -> way.forgotten = true);
            }
            changed.notifyAll();
        }
    }

    private void accept() throws IOException {
        while (true) {
            var client = door.accept();
            var way = new Way(client, new Socket(InetAddress.getLoopbackAddress(), server));
            ways.add(way);
            start(() -> way.carry(way.client, way.server, true));
            start(() -> way.carry(way.server, way.client, false));
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // Closed: so this thread is at its end.
                    }
                },
                "silent-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection, both ways. */
    private final class Way {

        private final Socket client;
        private final Socket server;
        private boolean forgotten;

        Way(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void carry(Socket from, Socket to, boolean question) throws IOException {
            try {
                var chunk = new byte[CHUNK];
                for (int read = from.getInputStream().read(chunk); mayPass(chunk, read, question); ) {
                    if (read < 0) {
                        return;
                    }
                    to.getOutputStream().write(chunk, 0, read);
                    read = from.getInputStream().read(chunk);
                }
            } finally {
                to.close();
                from.close();
            }
        }

        /** Waits until it may; false when the proxy is closed. */
        private boolean mayPass(byte[] chunk, int read, boolean question) {
            synchronized (changed) {
                if (question
                        && trigger != null
                        && read > 0
                        && new String(chunk, 0, read, StandardCharsets.ISO_8859_1).contains(trigger)) {
                    silent = true;
                    trigger = null;
                }
                while ((silent || forgotten) && !closed) {
                    try {
                        changed.wait();
                    } catch (InterruptedException e) {
                        return false;
                    }
                }
                return !closed;
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (changed) {
            closed = true;
            changed.notifyAll();
        }
        door.close();
        orders.close();
        for (var way : ways) {
            way.client.close();
            way.server.close();
        }
    }
}
