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

    private Promises() {}

    /** What is broken; nothing, if every promise was kept. */
    public static List<String> broken(Load load, Connection database) throws SQLException {
        var broken = new ArrayList<String>();
        database.setAutoCommit(false);
        broken.addAll(missingOrTwice(load, database));
        tablesThatTell(database).forEach(table -> broken.add("a secret is in " + table));
        broken.addAll(counted(database));
        return broken;
    }

    private static List<String> missingOrTwice(Load load, Connection database) throws SQLException {
        var seen = new ArrayList<BitSet>();
        load.acknowledged().forEach(requests -> seen.add(new BitSet(requests * Load.BATCH)));
        var broken = new ArrayList<String>();
        try (var statement = database.createStatement()) {
            statement.setFetchSize(1000);
            try (var rows = statement.executeQuery("select name from event where name like 'load %'")) {
                while (rows.next()) {
                    var name = rows.getString(1);
                    var part = name.split(" ", -1);
                    var bits = seen.get(Integer.parseInt(part[1]));
                    int at = Integer.parseInt(part[2]) * Load.BATCH + Integer.parseInt(part[3]);
                    if (bits.get(at)) {
                        broken.add("twice: " + name);
                    }
                    bits.set(at);
                }
            }
        }
        for (int server = 0; server < seen.size(); server++) {
            int events = load.acknowledged().get(server) * Load.BATCH;
            for (int at = seen.get(server).nextClearBit(0);
                    at < events;
                    at = seen.get(server).nextClearBit(at + 1)) {
                broken.add("acknowledged and not there: " + Load.name(server, at / Load.BATCH, at % Load.BATCH));
            }
            if (seen.get(server).length() > events) {
                broken.add("there and never acknowledged: events of server " + server);
            }
        }
        return broken;
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

    private static List<String> counted(Connection database) throws SQLException {
        long accepted = number(database, "select coalesce(sum(n), 0) from tally where outcome = 'accepted'");
        long kept = number(database, "select count(*) from event where status = 'kept'");
        return accepted == kept ? List.of() : List.of("counted " + accepted + " and kept " + kept);
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
