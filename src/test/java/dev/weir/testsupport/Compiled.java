package dev.weir.testsupport;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** Weir as it was compiled. Of libraries it has the names alone: nobody asks for more, and to read them takes longer than all the rest. */
public final class Compiled {

    private Compiled() {}

    public static JavaClasses weir() {
        return read(new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS));
    }

    public static JavaClasses weirAndItsTests() {
        return read(new ClassFileImporter());
    }

    private static JavaClasses read(ClassFileImporter importer) {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return importer.importPackages("dev.weir");
        });
    }
}
