package dev.weir.changelog.proof;

import dev.weir.kernel.CanonicalJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The auditor's program: compares an export with the log's public key and checkpoints that the auditor has kept. Needs no server and
 * no network, and starts neither. Ends with 0 where everything is true, 1 where something is not, 2 where it could not look.
 */
public final class Verify {

    private static final int TRUE = 0;
    private static final int BROKEN = 1;
    private static final int UNABLE = 2;

    /** Bytes that tell a proof from a log; all of them are ASCII. */
    private static final int BEGIN = 16;

    /** How the name of a file ends that is to be a proof. */
    private static final String PROOF = ".json";

    private static final String USAGE = """
            Checks an export of Weir's change log.

              java -jar weir-verify.jar KEY EXPORT CHECKPOINT...
              java -jar weir-verify.jar KEY STATEMENT

              KEY         the log's public key, as downloaded when the log was young (weir-changelog.key)
              EXPORT      the whole log as NDJSON (weir-changelog.ndjson); or, without the log, a proof that rows are still what
                          they were (weir-consistency-N-M.json; it needs the checkpoints over N and over M rows), or that a
                          row is among them (weir-inclusion-ROW-N.json). A name that ends in .json means a proof, any other
                          one the whole log: what is not what its name says is refused
              CHECKPOINT  one or more checkpoints that you have kept since (weir-checkpoint-N.txt)
              STATEMENT   something that was signed with the log's key: the report of a review cycle (weir-review-N.txt)
            """;

    private Verify() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() < 2) {
            err.print(USAGE);
            return UNABLE;
        }
        try {
            var said = arguments.size() == 2 ? statement(Path.of(arguments.get(1))) : Optional.<String>empty();
            if (arguments.size() == 2 && said.isEmpty()) {
                err.print(USAGE);
                return UNABLE;
            }
            var key = key(Path.of(arguments.get(0)));
            if (key.isEmpty()) {
                err.println("This is no public key of a change log: " + arguments.get(0));
                return UNABLE;
            }
            if (said.isPresent()) {
                return stated(said.get(), key.get(), out);
            }
            var held = new ArrayList<Checkpoint>();
            for (var name : arguments.subList(2, arguments.size())) {
                var checkpoint = Checkpoint.of(Files.readString(Path.of(name)), key.get());
                if (checkpoint.isEmpty()) {
                    err.println("This checkpoint is damaged, or another key signed it: " + name);
                    return BROKEN;
                }
                held.add(checkpoint.get());
            }
            return checked(Path.of(arguments.get(1)), key.get(), held, out);
        } catch (IOException e) {
            err.println("A file can't be read: " + e.getMessage());
            return UNABLE;
        }
    }

    /** The text of a file that is a statement. */
    private static Optional<String> statement(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var begin = new String(in.readNBytes(Statement.BEGIN.length()), StandardCharsets.UTF_8);
            return begin.equals(Statement.BEGIN)
                    ? Optional.of(begin + new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    : Optional.empty();
        }
    }

    private static int stated(String note, LogKey key, PrintStream out) {
        var statement = Statement.of(note, key);
        if (statement.isEmpty()) {
            out.println("BROKEN: this statement is damaged, or another key signed it.");
            return BROKEN;
        }
        out.println("SIGNED: a " + statement.get().kind() + " of " + key.name() + ". Its content has the SHA-256 "
                + CanonicalJson.sha256(statement.get().content()) + ".");
        return TRUE;
    }

    /** A proof is small and true of few rows: nobody who hands one out in the place of the log is to hear that all is well. */
    private static int checked(Path file, LogKey key, List<Checkpoint> held, PrintStream out) throws IOException {
        var fork = Checkpoint.forked(held);
        if (fork.isPresent()) {
            out.println("BROKEN: " + Checkpoint.fork(fork.get()) + ".");
            return BROKEN;
        }
        var proof = proof(file);
        boolean expected = file.toString().endsWith(PROOF);
        if (expected != proof.isPresent()) {
            out.println(
                    expected
                            ? "BROKEN: this is no proof. A log has another name than one that ends in " + PROOF + "."
                            : "BROKEN: this is a proof and not the log. A proof has a name that ends in " + PROOF
                                    + ".");
            return BROKEN;
        }
        return expected ? proven(Proof.check(proof.get(), held), out) : whole(file, key, held, out);
    }

    /** The text of a file that is a proof; a whole log is never read into the memory. */
    private static Optional<String> proof(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var begin = new String(in.readNBytes(BEGIN), StandardCharsets.UTF_8);
            return Proof.begins(begin)
                    ? Optional.of(begin + new String(in.readNBytes(Export.LONGEST_LINE), StandardCharsets.UTF_8))
                    : Optional.empty();
        }
    }

    private static int proven(Proof.Result result, PrintStream out) {
        switch (result.kind()) {
            case TRUE -> out.println("PROVEN: " + result.words());
            case BROKEN -> out.println("BROKEN: " + result.words() + ".");
            case UNABLE -> out.println("UNABLE: " + result.words() + ".");
        }
        return switch (result.kind()) {
            case TRUE -> TRUE;
            case BROKEN -> BROKEN;
            case UNABLE -> UNABLE;
        };
    }

    private static int whole(Path export, LogKey key, List<Checkpoint> held, PrintStream out) throws IOException {
        var verification = new Verification(held);
        Optional<Fault> fault;
        try (var in = Files.newInputStream(export)) {
            fault = Export.check(in, key, verification);
        }
        if (fault.isPresent()) {
            out.println(
                    "BROKEN at row " + fault.get().row() + ": " + fault.get().words() + ".");
            return BROKEN;
        }
        out.println("INTACT: " + verification.rows() + " rows of " + key.name()
                + ", as signed. Your checkpoints cover rows 1 to " + verification.confirmed() + "; "
                + verification.erased() + " personal values were erased.");
        if (verification.untold() > 0) {
            out.println("WARNING: " + verification.untold()
                    + " of the erased values were erased without a row that tells of it.");
        }
        if (verification.confirmed() < verification.rows()) {
            out.println("What came after row " + verification.confirmed()
                    + " is held together by the log's own signature only. Keep a new checkpoint.");
        }
        return TRUE;
    }

    private static Optional<LogKey> key(Path file) throws IOException {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        try {
            return Optional.of(LogKey.parse(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
