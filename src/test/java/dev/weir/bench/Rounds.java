package dev.weir.bench;

import dev.weir.bench.Figures.Figure;
import dev.weir.bench.Loader.Numbers;
import dev.weir.bench.Loader.Order;
import dev.weir.bench.Loader.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everybody in turn, with one client: first so long as the compilers of Java are at work, then round by round. */
final class Rounds {

    static final int ROUNDS = Integer.getInteger("weir.bench.rounds", 5);
    static final double SECONDS = Double.parseDouble(System.getProperty("weir.bench.seconds", "2"));

    /** What was measured before the first round is forgotten. */
    private static final int FAMILIAR = -1;

    private static final double WARM = 0.5;

    private final Loader.Forked client;
    private final Path folder;
    private final Figures figures = new Figures();
    private final Set<String> odd = new LinkedHashSet<>();
    private final List<Turn> turns = new ArrayList<>();

    /** What is measured once a round. */
    private interface Turn {
        void take(int round) throws Exception;
    }

    /** A limit that this process tries itself. */
    interface Raw {
        double perSecond(double seconds) throws Exception;
    }

    /** How many events were ever stored. */
    interface Stored {
        long now() throws Exception;
    }

    Rounds(Loader.Forked client, Path folder) {
        this.client = client;
        this.folder = folder;
    }

    Figures figures() {
        return figures;
    }

    /** What nobody should believe the figures for. */
    Set<String> odd() {
        return odd;
    }

    void odd(String what) {
        odd.add(what);
    }

    /** {@code familiar}: so many rounds' worth of it before the first one. */
    void add(Contender contender, Kind kind, String path, int familiar) {
        turns.add(round -> measured(round, contender, kind, path, familiar));
    }

    /** The same requests once more, directly after they were new: none of their events may be stored again. */
    void addWithReplay(Contender contender, Kind kind, int familiar, String replayed, Stored stored) {
        var again = new Contender(replayed, contender.program(), contender.app(), contender.besides());
        var path = contender.path(kind);
        turns.add(round -> {
            var seen = measured(round, contender, kind, path, familiar);
            long before = stored.now();
            one(round, again, kind, path, 1, seen.numbers());
            long more = stored.now() - before;
            // What was under way when the client hung up.
            if (more > 2L * kind.connections() * kind.events()) {
                odd.add(more + " events were stored by a replay, " + kind);
            }
        });
    }

    void addRaw(String name, Kind shown, Raw raw) {
        turns.add(round -> {
            double rate = raw.perSecond(round == FAMILIAR ? Math.min(1, SECONDS) : SECONDS);
            if (round != FAMILIAR) {
                figures.note(name, shown, new Figure(rate, 0));
            }
        });
    }

    void all() throws Exception {
        for (int round = FAMILIAR; round < ROUNDS; round++) {
            for (var turn : turns) {
                turn.take(round);
            }
        }
    }

    private Seen measured(int round, Contender contender, Kind kind, String path, int familiar) throws IOException {
        return one(round, contender, kind, path, familiar, Numbers.NEW);
    }

    private Seen one(int round, Contender contender, Kind kind, String path, int familiar, Numbers numbers)
            throws IOException {
        var request = kind.request(path, contender.app());
        double before = contender.cpuMicros();
        double seconds = round == FAMILIAR ? familiar * SECONDS : SECONDS;
        var seen = load(contender, request, 0, kind.connections(), seconds, numbers);
        double whole = (WARM + seen.seconds()) / seen.seconds();
        double cost = (contender.cpuMicros() - before) / Math.max(1, seen.ok() * kind.events() * whole);
        if (seen.other() + seen.refused() > seen.ok() / 100) {
            odd.add(contender.name() + ", " + kind + ": " + seen);
        }
        if (round != FAMILIAR) {
            figures.note(contender.name(), kind, new Figure(seen.perSecond() * kind.events(), cost));
        }
        return seen;
    }

    /** {@code rate}: requests a second, or 0 for as many as are answered. */
    Seen load(Contender contender, byte[] request, double rate, int connections, double seconds) throws IOException {
        return load(contender, request, rate, connections, seconds, Numbers.NEW);
    }

    private Seen load(
            Contender contender, byte[] request, double rate, int connections, double seconds, Numbers numbers)
            throws IOException {
        var file = Files.write(folder.resolve("request.txt"), request);
        return client.load(new Order(contender.program().port(), file, connections, rate, WARM, seconds, numbers));
    }
}
