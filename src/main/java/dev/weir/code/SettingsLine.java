package dev.weir.code;

import dev.weir.environment.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an environment is called, what it is for and whether it is critical, as a file tells of it; empty where the file does not say.
 * Compared, never changed: these are set on the environment's page, and that it be critical no longer takes two people there.
 */
record SettingsLine(Optional<String> name, Optional<String> kind, Optional<Boolean> critical) {

    static final SettingsLine UNSAID = new SettingsLine(Optional.empty(), Optional.empty(), Optional.empty());

    static SettingsLine of(Environment environment) {
        return new SettingsLine(
                Optional.of(environment.name()),
                Optional.of(environment.kind().id()),
                Optional.of(environment.critical()));
    }

    void writeTo(Map<String, Object> document) {
        name.ifPresent(text -> document.put("name", text));
        kind.ifPresent(id -> document.put("kind", id));
        critical.ifPresent(flag -> document.put("critical", flag));
    }

    /** What is different here from what the file says, in words that quote nothing of the file. */
    List<String> differences(Environment here) {
        var words = new ArrayList<String>();
        if (name.isPresent() && !name.get().equals(here.name())) {
            words.add("The name here is another one.");
        }
        if (kind.isPresent() && !kind.get().equals(here.kind().id())) {
            words.add("This environment is for " + here.kind().id() + ", which stays so for good.");
        }
        if (critical.isPresent() && critical.get() != here.critical()) {
            words.add(
                    here.critical()
                            ? "This environment is critical here: that it be so no longer takes two Admins."
                            : "This environment is not critical here: an Admin can mark it.");
        }
        return words;
    }
}
