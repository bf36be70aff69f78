package dev.weir.database;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Produces the {@code DataSource} that everybody injects: the active one. Nobody else knows that the build has two. */
class Database {

    @Produces
    @ApplicationScoped
    AgroalDataSource active(
            @DataSource("h2") InjectableInstance<AgroalDataSource> h2,
            @DataSource("postgresql") InjectableInstance<AgroalDataSource> postgresql) {
        return postgresql.getHandle().getBean().isActive() ? postgresql.get() : h2.get();
    }
}
