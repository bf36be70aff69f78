package dev.weir.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a {@link Load} was promised, beside what a database holds: every acknowledged event is there, once, and none of what its sender
 * must not tell. To be asked after the load has ended: then everything that was ever sent was acknowledged.
 */
public final class Promises {

    private static final int CHUNK = 1 << 20;
    private static final String OUTCOMES = "('accepted', 'quarantined', 'dropped', 'duplicate')";

    private Promises() {}

    /** What is broken; nothing, if every promise was kept. */
    public static List<String> broken(Load load, Connection database) throws SQLException {
        var broken = new ArrayList<String>();
        database.setAutoCommit(false);
        broken.addAll(missingOrTwice(load, database));
        tablesThatTell(database).forEach(table -> broken.add("a secret is in " + table));
        broken.addAll(counted(load, database));
        return broken;
    }

    /**
     * Whether a request was stored in part: each adds all its entries to the counts, or none. Of a topic that can't be said: a broker may
     * have some records of a request that it never acknowledged.
     */
    public static List<String> torn(Connection database) throws SQLException {
        long counted = tally(database, OUTCOMES);
        return counted % LoadRequest.ENTRIES == 0 ? List.of() : List.of("a part of a request: counted " + counted);
    }

    private static List<String> missingOrTwice(Load load, Connection database) throws SQLException {
        var seen = new ArrayList<BitSet>();
        load.acknowledged().forEach(requests -> seen.add(new BitSet(requests * LoadRequest.ENTRIES)));
        var broken = new ArrayList<String>();
        try (var statement = database.createStatement()) {
            statement.setFetchSize(1000);
            try (var rows = statement.executeQuery("select name, status from event where name like 'load %'")) {
                while (rows.next()) {
                    var name = rows.getString(1);
                    var part = name.split(" ", -1);
                    var request = new LoadRequest(Integer.parseInt(part[1]), Integer.parseInt(part[2]));
                    var bits = seen.get(request.server());
                    int at = request.number() * LoadRequest.ENTRIES + Integer.parseInt(part[3]);
                    if (bits.get(at)) {
                        broken.add("twice: " + name);
                    }
                    if (request.setAside() != rows.getString(2).equals("quarantined")) {
                        broken.add("kept that was to be set aside, or the other way round: " + name);
                    }
                    bits.set(at);
                }
            }
        }
        for (int server = 0; server < seen.size(); server++) {
            int requests = load.acknowledged().get(server);
            for (int number = 0; number < requests; number++) {
                broken.addAll(wrong(new LoadRequest(server, number), seen.get(server)));
            }
            if (seen.get(server).length() > requests * LoadRequest.ENTRIES) {
                broken.add("there and never acknowledged: events of server " + server);
            }
        }
        return broken;
    }

    private static List<String> wrong(LoadRequest request, BitSet seen) {
        var wrong = new ArrayList<String>();
        for (int i = 0; i < LoadRequest.ENTRIES; i++) {
            boolean there = seen.get(request.number() * LoadRequest.ENTRIES + i);
            if (there != (i < request.stored())) {
                wrong.add((there ? "there and nobody sent it: " : "acknowledged and not there: ") + request.name(i));
            }
        }
        return wrong;
    }

    /** Tables that hold a secret in any column; throws if none holds the trace, so that nothing was looked at. */
    public static List<String> tablesThatTell(Connection database) throws SQLException {
        var telling = new ArrayList<String>();
        boolean traced = false;
        for (var table : tables(database)) {
            boolean told = false;
            try (var statement = database.createStatement()) {
                statement.setFetchSize(1000);
                try (var rows = statement.executeQuery("select * from \"" + table + "\"")) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int column = 1; column <= columns; column++) {
                            var value = String.valueOf(rows.getString(column));
                            traced |= value.contains(Load.TRACE);
                            told |= value.contains(Load.SECRET);
                        }
                    }
                }
            }
            if (told) {
                telling.add(table);
            }
        }
        if (!traced) {
            throw new AssertionError("no table holds what was sent");
        }
        return telling;
    }

    private static List<String> tables(Connection database) throws SQLException {
        var tables = new ArrayList<String>();
        try (var rows = database.getMetaData().getTables(null, "public", "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        return tables;
    }

    /** What was counted beside what is there, and beside what was acknowledged: drops are counted at a retry too. */
    private static List<String> counted(Load load, Connection database) throws SQLException {
        long requests = 0;
        long dropped = 0;
        for (int server = 0; server < load.acknowledged().size(); server++) {
            for (int number = 0; number < load.acknowledged().get(server); number++) {
                requests++;
                dropped += new LoadRequest(server, number).dropped();
            }
        }
        var broken = new ArrayList<String>();
        equal(broken, database, "accepted", "select count(*) from event where status = 'kept'");
        equal(broken, database, "quarantined", "select count(*) from event where status = 'quarantined'");
        equal(broken, database, "dropped", "select coalesce(sum(n), 0) from dropped");
        long drops = tally(database, "('dropped')");
        if (drops < dropped) {
            broken.add("counted " + drops + " drops of " + dropped + " that were acknowledged");
        }
        long all = tally(database, OUTCOMES);
        if (all < requests * LoadRequest.ENTRIES) {
            broken.add("counted " + all + " entries of " + requests + " requests");
        }
        return broken;
    }

    private static void equal(List<String> broken, Connection database, String outcome, String select)
            throws SQLException {
        long counted = tally(database, "('" + outcome + "')");
        long there = number(database, select);
        if (counted != there) {
            broken.add("counted " + counted + " " + outcome + " and " + there + " are there");
        }
    }

    private static long tally(Connection database, String outcomes) throws SQLException {
        return number(database, "select coalesce(sum(n), 0) from tally where outcome in " + outcomes);
    }

    private static long number(Connection database, String select) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(select)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Files below a folder that hold a secret, byte for byte; throws if none holds the trace, so that nothing was looked at. */
    public static List<Path> filesThatTell(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            var regular = files.filter(Files::isRegularFile).toList();
            if (regular.stream().noneMatch(file -> holds(file, Load.TRACE))) {
                throw new AssertionError("no file below " + folder + " holds what was sent");
            }
            return regular.stream().filter(file -> holds(file, Load.SECRET)).toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try (var in = Files.newInputStream(file)) {
            var before = "";
            for (var bytes = in.readNBytes(CHUNK); bytes.length > 0; bytes = in.readNBytes(CHUNK)) {
                var read = before + new String(bytes, StandardCharsets.ISO_8859_1);
                if (read.contains(text)) {
                    return true;
                }
                before = read.substring(Math.max(0, read.length() - text.length()));
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
