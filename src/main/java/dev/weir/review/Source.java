package dev.weir.review;

import dev.weir.kernel.EnvironmentKey;
import dev.weir.web.Moments;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Where the evidence of one matter comes from: a room's own door. */
interface Source {

    Matter matter();

    /** What there is to review, in as many parts as there are tasks. */
    List<Portion> portions(Collection<EnvironmentKey> environments);

    /** What has to hold still while somebody signs. */
    Map<String, ?> facts(Portion portion);

    /** What moves by itself. May take its time: nobody holds anything meanwhile. */
    Map<Portion, Map<String, ?>> figures(Collection<Portion> portions, Collection<EnvironmentKey> environments);

    /** For people. */
    List<Table> tables(Evidence evidence);

    /** A moment of the evidence as pages write it. */
    static String moment(String at) {
        return at.isEmpty() ? "" : Moments.momentInUtc(Instant.parse(at));
    }
}
