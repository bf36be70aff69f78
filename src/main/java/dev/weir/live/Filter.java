package dev.weir.live;

import dev.weir.event.EventType;
import dev.weir.store.Outcome;
import dev.weir.store.Sighting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which sightings a reader wants to see, as it stands in the address. What it does not know it takes for "all". */
record Filter(String outcome, String type) {

    static final String ALL = "all";
    static final String REDACTED = "redacted";

    static final List<String> OUTCOMES = List.of(ALL, "accepted", REDACTED, "quarantined", "dropped");
    static final List<String> TYPES = Stream.concat(
                    Stream.of(ALL), Arrays.stream(EventType.values()).map(EventType::wire))
            .toList();

    Filter {
        outcome = OUTCOMES.contains(outcome) ? outcome : ALL;
        type = TYPES.contains(type) ? type : ALL;
    }

    static Filter of(String outcome, String type) {
        return new Filter(outcome, type);
    }

    boolean everything() {
        return outcome.equals(ALL) && type.equals(ALL);
    }

    /** For the address of the stream. Both come from closed sets, so nothing has to be escaped. */
    public String query() {
        return "outcome=" + outcome + "&type=" + type;
    }

    boolean takes(Sighting sighting) {
        return takesOutcome(sighting) && takesType(sighting);
    }

    private boolean takesOutcome(Sighting sighting) {
        return switch (outcome) {
            case ALL -> true;
            case REDACTED -> sighting.outcome() == Outcome.ACCEPTED && sighting.redacted();
            default -> sighting.outcome().label().equals(outcome);
        };
    }

    private boolean takesType(Sighting sighting) {
        var wire = Optional.ofNullable(sighting.type()).map(EventType::wire).orElse("");
        return type.equals(ALL) || type.equals(wire);
    }
}
