package dev.weir.release;

import dev.weir.changelog.proof.Row;
import dev.weir.kernel.EnvironmentKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Whose doing a row of the change log decides about. Reads; what follows from it is up to whoever asks. */
@ApplicationScoped
public class Judged {

    private final RequestRows requests;
    private final EmergencyRows emergencies;

    Judged(RequestRows requests, EmergencyRows emergencies) {
        this.requests = requests;
        this.emergencies = emergencies;
    }

    /** The subject of who asked for the change request, or published the emergency; empty for a row that decides about neither. */
    public Optional<String> by(Row row) {
        return switch (row.kind() + ' ' + row.action()) {
            case "change-request approved", "change-request rejected" -> asked(row);
            case "policy emergency-reviewed" -> published(row);
            default -> Optional.empty();
        };
    }

    private Optional<String> asked(Row row) {
        var number = row.object().substring(row.object().lastIndexOf('-') + 1);
        if (row.environment().isEmpty() || !number.matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return requests.find(new EnvironmentKey(row.environment()), Long.parseLong(number))
                .map(request -> request.author().subject());
    }

    private Optional<String> published(Row row) {
        return row.after().get("revision") instanceof Long revision
                ? emergencies
                        .find(new EnvironmentKey(row.environment()), revision)
                        .map(emergency -> emergency.publishedBy().subject())
                : Optional.empty();
    }
}
