package dev.weir.store;

import dev.weir.store.SubjectProperties.Subject;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Applies what an event that is kept says about the world: who is who, and what is known of them. Or says why it can't be so. */
final class Meanings {

    private final Links links;
    private final SubjectProperties properties;

    Meanings(Connection connection, String environment) {
        this.links = new Links(connection, environment);
        this.properties = new SubjectProperties(connection, environment);
    }

    @Nullable
    Refusal apply(Batch batch, Entry.Arrival arrival) throws SQLException {
        return switch (arrival.meaning()) {
            case NOTHING -> null;
            case SERVER_LINK -> link(batch, arrival);
            case DEVICE_LINK -> {
                var refusal = link(batch, arrival);
                yield refusal == null ? remember(batch, arrival) : refusal;
            }
            case USER_PROPERTIES, ACCOUNT_PROPERTIES -> remember(batch, arrival);
        };
    }

    private @Nullable Refusal link(Batch batch, Entry.Arrival arrival) throws SQLException {
        var identity = arrival.event().identity();
        var user = arrival.who().userId();
        if (identity == null || user == null) {
            return null;
        }
        var said = new Links.Said(batch, arrival.happenedAt());
        return arrival.meaning() == Entry.Meaning.SERVER_LINK
                ? links.server(said, user, identity)
                : links.device(said, user, identity);
    }

    private @Nullable Refusal remember(Batch batch, Entry.Arrival arrival) throws SQLException {
        var identity = arrival.event().identity();
        var name = identity == null ? arrival.who().userId() : identity;
        if (name == null) {
            return null;
        }
        var subject =
                arrival.meaning() == Entry.Meaning.ACCOUNT_PROPERTIES ? Subject.account(name) : Subject.user(name);
        return properties.remember(batch.receivedAt(), subject, arrival.event().properties());
    }
}
