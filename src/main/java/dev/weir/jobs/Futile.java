package dev.weir.jobs;

/** Thrown by a step that no later attempt could do: it is rolled back, and the job fails at once. */
public final class Futile extends RuntimeException {

    /** @param reason for the change log; it quotes nothing that is stored */
    public Futile(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
