package dev.weir.web;

import java.util.List;
import java.util.Optional;

/** Who looks at the page, for the layout. Implemented above; without a bean or a person the layout shows no rail. */
public interface SignedIn {

    Optional<Person> person();

    /** As what the person is known for good: a name may change, and two may have the same one. */
    Optional<String> subject();

    /**
     * @param name as shown
     * @param roles names of roles, as the doors know them
     */
    record Person(String name, List<String> roles) {

        public Person {
            roles = List.copyOf(roles);
        }
    }
}
