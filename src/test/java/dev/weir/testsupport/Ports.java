package dev.weir.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Ports for programs that a test starts and that want to be told theirs. They are none of those that a system gives to whoever connects
 * or asks for any, so nobody else gets one between the choice and the start, tests in another process neither.
 */
public final class Ports {

    private static final int FIRST = 16_000;
    private static final int MANY = 16_000;
    private static final int TRIES = 1000;

    private static int last = new Random().nextInt(MANY);

    private Ports() {}

    /** One of this machine's own, on which nobody listens; a different one each time. */
    public static synchronized int free() {
        for (int i = 0; i < TRIES; i++) {
            last = (last + 1) % MANY;
            if (isFree(FIRST + last)) {
                return FIRST + last;
            }
        }
        throw new AssertionError("no port is free");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
