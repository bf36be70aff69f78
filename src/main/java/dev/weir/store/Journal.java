package dev.weir.store;

import java.util.concurrent.CompletionStage;

/** Where a judged batch is put so that it outlives this process: there is one for each way of keeping ({@code weir.store}). */
public interface Journal {

    /** Returns at once; the answer comes when the batch is durable, or can't be made so now. */
    CompletionStage<Appended> append(Batch batch);

    /**
     * Whether a batch would be turned away right now, as far as can be said without waiting: to be asked before the work of judging one.
     * Who is told no may still be turned away.
     */
    boolean full();
}
