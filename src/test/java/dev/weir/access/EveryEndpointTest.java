package dev.weir.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import dev.weir.testsupport.Endpoints;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Denied unless granted: each resource method says who may call it, and the list of those that anybody may call is short. */
class EveryEndpointTest {

    /** Pages before and without signing in. */
    private static final Set<String> PUBLIC_PAGES = Set.of("SignInPages", "EntryPages", "ThemePages");

    /** The data plane: browsers and servers, which have no account. */
    private static final Set<String> PUBLIC_ROOMS =
            Set.of("dev.weir.ingest", "dev.weir.snippet", "dev.weir.sample", "dev.weir.erasure.heap");

    private static final List<JavaMethod> ENDPOINTS =
            Endpoints.all().stream().map(Endpoints.Endpoint::code).toList();

    @Test
    void each_says_who_may_call_it() {
        assertThat(ENDPOINTS).hasSizeGreaterThan(20);
        assertThat(ENDPOINTS.stream().filter(m -> !roles(m) && !everybody(m)).map(JavaMethod::getFullName))
                .isEmpty();
    }

    @Test
    void only_the_listed_are_open_to_everybody() {
        assertThat(ENDPOINTS.stream()
                        .filter(EveryEndpointTest::everybody)
                        .filter(m -> !PUBLIC_PAGES.contains(m.getOwner().getSimpleName()))
                        .filter(m -> !PUBLIC_ROOMS.contains(m.getOwner().getPackageName()))
                        .map(JavaMethod::getFullName))
                .isEmpty();
    }

    private static boolean roles(JavaMethod method) {
        return method.isAnnotatedWith(RolesAllowed.class)
                || (!method.isAnnotatedWith(PermitAll.class) && owner(method, RolesAllowed.class));
    }

    private static boolean everybody(JavaMethod method) {
        return method.isAnnotatedWith(PermitAll.class)
                || (!method.isAnnotatedWith(RolesAllowed.class) && owner(method, PermitAll.class));
    }

    private static boolean owner(JavaMethod method, Class<? extends java.lang.annotation.Annotation> annotation) {
        JavaClass owner = method.getOwner();
        return Stream.of(owner).anyMatch(type -> type.isAnnotatedWith(annotation));
    }
}
