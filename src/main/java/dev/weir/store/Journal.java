package dev.weir.store;

import java.util.concurrent.CompletionStage;

/** Where a judged batch is put so that it outlives this process: there is one for each way of keeping ({@code weir.store}). */
public interface Journal {

    /** Returns at once; the answer comes when the batch is durable, or can't be made so now. */
    CompletionStage<Appended> append(Batch batch);
}
