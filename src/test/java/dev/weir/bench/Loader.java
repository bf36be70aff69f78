package dev.weir.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one client of all measurements, in a process of its own: the same request over many connections, one thread, sockets and nothing
 * else. Reads one order a line ({@link Order}) and answers with one line ({@link Seen}). Twelve {@code #} in a request are a number that is
 * another one each time, so that every event is new; or, of a replay, the same ones again and again.
 */
public final class Loader {

    private static final byte[] PLACE = "############".getBytes(StandardCharsets.US_ASCII);

    /** Becomes the time in an id that names it: that of the request, as the collector's ids of one batch name that of the batch. */
    private static final byte[] TIME = "@@@@@@@@-@@@@".getBytes(StandardCharsets.US_ASCII);

    /** Batches come in a little out of order: so many numbers are about half a second. */
    private static final long DISORDER = 100_000;

    private static final long TICK_NANOS = 1_500_000;

    private Loader() {}

    /**
     * {@code rate}: requests a second whatever comes back, or 0 for as many as are answered. {@code replayed}: the numbers of an earlier
     * run, or {@link Numbers#NEW}.
     */
    record Order(
            int port,
            Path request,
            int connections,
            double rate,
            double warmSeconds,
            double seconds,
            Numbers replayed) {

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%d %d %f %f %f %d %d %s",
                    port,
                    connections,
                    rate,
                    warmSeconds,
                    seconds,
                    replayed.first,
                    replayed.count,
                    request);
        }

        static Order of(String line) {
            var part = line.split(" ", 8);
            return new Order(
                    Integer.parseInt(part[0]),
                    Path.of(part[7]),
                    Integer.parseInt(part[1]),
                    Double.parseDouble(part[2]),
                    Double.parseDouble(part[3]),
                    Double.parseDouble(part[4]),
                    new Numbers(Long.parseLong(part[5]), Long.parseLong(part[6])));
        }
    }

    /** Which numbers stood in the requests of a run. */
    record Numbers(long first, long count) {

        static final Numbers NEW = new Numbers(0, 0);
    }

    /** {@code refused}: answered 503. Times in microseconds, from the moment at which a request was due. */
    record Seen(
            double seconds, long ok, long refused, long other, long p50, long p99, long refusedP99, Numbers numbers) {

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%f %d %d %d %d %d %d %d %d",
                    seconds,
                    ok,
                    refused,
                    other,
                    p50,
                    p99,
                    refusedP99,
                    numbers.first,
                    numbers.count);
        }

        static Seen of(String line) {
            var part = line.split(" ", -1);
            return new Seen(
                    Double.parseDouble(part[0]),
                    Long.parseLong(part[1]),
                    Long.parseLong(part[2]),
                    Long.parseLong(part[3]),
                    Long.parseLong(part[4]),
                    Long.parseLong(part[5]),
                    Long.parseLong(part[6]),
                    new Numbers(Long.parseLong(part[7]), Long.parseLong(part[8])));
        }

        double perSecond() {
            return ok / seconds;
        }
    }

    public static void main(String[] arguments) throws IOException {
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = orders.readLine(); line != null; line = orders.readLine()) {
            System.out.println(new Run(Order.of(line)).run().line());
            System.out.flush();
        }
    }

    /** One measurement. */
    private static final class Run {

        private static long next = System.currentTimeMillis();

        private final Order order;
        private final long first;
        private long used;
        private final byte[] request;
        private final int[] places;
        private final int[] times;
        private final Selector selector;
        private final ArrayDeque<Connection> idle = new ArrayDeque<>();
        private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024);
        private final Times accepted = new Times();
        private final Times refused = new Times();
        private long other;
        private boolean measuring;
        private boolean sending = true;

        Run(Order order) throws IOException {
            this.order = order;
            this.first = order.replayed.count == 0 ? next : order.replayed.first;
            this.request = Files.readAllBytes(order.request);
            this.places = places(request, PLACE);
            this.times = places(request, TIME);
            this.selector = Selector.open();
        }

        private static int[] places(byte[] request, byte[] place) {
            var found = new ArrayList<Integer>();
            for (int i = 0; i + place.length <= request.length; i++) {
                if (java.util.Arrays.equals(request, i, i + place.length, place, 0, place.length)) {
                    found.add(i);
                    i += place.length - 1;
                }
            }
            return found.stream().mapToInt(Integer::intValue).toArray();
        }

        Seen run() throws IOException {
            var connections = new ArrayList<Connection>();
            try {
                for (int i = 0; i < order.connections; i++) {
                    var connection = new Connection();
                    connections.add(connection);
                    idle.add(connection);
                }
                long start = System.nanoTime();
                long measureFrom = start + (long) (order.warmSeconds * 1e9);
                long end = measureFrom + (long) (order.seconds * 1e9);
                go(start, measureFrom, end);
                return new Seen(
                        order.seconds,
                        accepted.count,
                        refused.count,
                        other,
                        accepted.at(0.5),
                        accepted.at(0.99),
                        refused.at(0.99),
                        new Numbers(first, used));
            } finally {
                if (order.replayed.count == 0) {
                    next = first + used;
                }
                for (var connection : connections) {
                    connection.channel.close();
                }
                selector.close();
            }
        }

        private void go(long start, long measureFrom, long end) throws IOException {
            long sent = 0;
            for (long now = start; now < end; now = System.nanoTime()) {
                measuring = now >= measureFrom;
                long due = order.rate == 0 ? now : start + (long) (sent * 1e9 / order.rate);
                while (due <= now && !idle.isEmpty()) {
                    begin(idle.remove(), now - due < TICK_NANOS ? now : due);
                    sent++;
                    due = order.rate == 0 ? now : start + (long) (sent * 1e9 / order.rate);
                }
                selector.select(this::ready, 1);
            }
            sending = false;
        }

        /** A replay that has come to the end of its numbers begins again. */
        private long number() {
            long at = used++;
            return first + (order.replayed.count == 0 ? at : at % order.replayed.count);
        }

        private void begin(Connection connection, long due) {
            try {
                connection.send(due);
            } catch (IOException e) {
                other += measuring ? 1 : 0;
                connection.again();
            }
        }

        private void ready(SelectionKey key) {
            var connection = (Connection) key.attachment();
            try {
                if (key.isWritable()) {
                    connection.write();
                }
                if (key.isReadable()) {
                    connection.read();
                }
            } catch (IOException e) {
                other += measuring ? 1 : 0;
                connection.again();
            }
        }

        /** One request at a time. */
        private final class Connection {

            private final ByteBuffer out = ByteBuffer.wrap(request.clone());
            private final byte[] head = new byte[4096];
            private SocketChannel channel;
            private SelectionKey key;
            private int headLength;
            private long bodyLeft = -1;
            private int status;
            private long due;

            Connection() throws IOException {
                open();
            }

            private void open() throws IOException {
                channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), order.port));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                key = channel.register(selector, SelectionKey.OP_READ, this);
                headLength = 0;
                bodyLeft = -1;
            }

            /** The server has hung up, or refuses more connections. */
            void again() {
                try {
                    channel.close();
                    open();
                    idle.add(this);
                } catch (IOException e) {
                    // One connection less.
                }
            }

            void send(long at) throws IOException {
                due = at;
                long number = times.length == 0 ? 0 : number();
                for (int time : times) {
                    long rest = number - number * 7919 % DISORDER;
                    for (int i = TIME.length - 1; i >= 0; i--) {
                        if (TIME[i] == '@') {
                            out.put(time + i, (byte) Character.forDigit((int) (rest & 15), 16));
                            rest >>= 4;
                        }
                    }
                }
                for (int place : places) {
                    long rest = number();
                    for (int i = PLACE.length - 1; i >= 0; i--) {
                        out.put(place + i, (byte) ('0' + rest % 10));
                        rest /= 10;
                    }
                }
                out.clear();
                write();
            }

            void write() throws IOException {
                channel.write(out);
                int wanted = out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
                if (key.interestOps() != wanted) {
                    key.interestOps(wanted);
                }
            }

            void read() throws IOException {
                in.clear();
                int read = channel.read(in);
                if (read < 0) {
                    throw new IOException("closed");
                }
                in.flip();
                while (in.hasRemaining()) {
                    if (bodyLeft < 0) {
                        head();
                    }
                    if (bodyLeft >= 0) {
                        int taken = (int) Math.min(bodyLeft, in.remaining());
                        in.position(in.position() + taken);
                        bodyLeft -= taken;
                        if (bodyLeft == 0) {
                            done();
                        }
                    }
                }
            }

            private void head() throws IOException {
                while (in.hasRemaining()) {
                    if (headLength == head.length) {
                        throw new IOException("a head too long");
                    }
                    head[headLength++] = in.get();
                    if (headLength >= 4
                            && head[headLength - 1] == '\n'
                            && head[headLength - 2] == '\r'
                            && head[headLength - 3] == '\n') {
                        var text = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
                        status = Integer.parseInt(text.substring(9, 12));
                        bodyLeft = length(text.toLowerCase(Locale.ROOT));
                        return;
                    }
                }
            }

            private static long length(String head) throws IOException {
                int at = head.indexOf("\r\ncontent-length:");
                if (at < 0) {
                    throw new IOException("an answer without a length");
                }
                int from = at + "\r\ncontent-length:".length();
                return Long.parseLong(
                        head.substring(from, head.indexOf('\r', from)).strip());
            }

            private void done() throws IOException {
                headLength = 0;
                bodyLeft = -1;
                if (measuring) {
                    long took = System.nanoTime() - due;
                    if (status == 200) {
                        accepted.add(took);
                    } else if (status == 503) {
                        refused.add(took);
                    } else {
                        other++;
                    }
                }
                if (sending && order.rate == 0) {
                    send(System.nanoTime());
                } else {
                    idle.add(this);
                }
            }
        }
    }

    /** How long answers took, to ten microseconds, up to ten seconds. */
    private static final class Times {

        private static final int STEP_NANOS = 10_000;

        private final int[] buckets = new int[1_000_000];
        private long count;

        void add(long nanos) {
            buckets[(int) Math.min(buckets.length - 1, nanos / STEP_NANOS)]++;
            count++;
        }

        long at(double part) {
            long left = (long) Math.ceil(count * part);
            for (int i = 0; i < buckets.length; i++) {
                left -= buckets[i];
                if (left <= 0) {
                    return (i + 1) * (STEP_NANOS / 1000L);
                }
            }
            return 0;
        }
    }

    /** The process, as the benchmark sees it. */
    static final class Forked implements AutoCloseable {

        private final Process process;
        private final BufferedReader answers;

        Forked(List<String> command) throws IOException {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = process.inputReader(StandardCharsets.UTF_8);
        }

        Seen load(Order order) throws IOException {
            process.getOutputStream().write((order.line() + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            @Nullable String line = answers.readLine();
            if (line == null) {
                throw new IOException("the client has ended");
            }
            return Seen.of(line);
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
