package dev.weir.changelog;

import dev.weir.changelog.proof.Fault;
import java.util.Optional;

/**
 * What a look at the whole log has found.
 *
 * @param fault the first thing that is wrong, if anything is
 * @param rows rows that are as they were written, from the first on
 * @param signed up to which of them a signed checkpoint says so too
 * @param erased personal values that are not there any more
 * @param untold how many of these no row tells of
 */
public record Verified(Optional<Fault> fault, long rows, long signed, long checkpoints, long erased, long untold) {

    public boolean intact() {
        return fault.isEmpty();
    }
}
