package io.homeroom;

import io.homeroom.ground.Tenant;
import java.util.Map;
import javax.sql.DataSource;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.quartz.autoconfigure.QuartzTransactionManager;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells Hibernate whose rows it may touch: those of the association that the thread has entered. Opening a session
 * outside any fails at once. Only while the application starts, when Spring Data checks its queries, a session gets a
 * name that no row bears and that is too long to be written into one.
 */
@Component
class TenantResolver
        implements CurrentTenantIdentifierResolver<String>,
                HibernatePropertiesCustomizer,
                ApplicationListener<ContextRefreshedEvent> {

    private static final String STARTING = "no association: the application is starting";

    private volatile boolean started;

    @Override
    public String resolveCurrentTenantIdentifier() {
        if (!started && !Tenant.isEntered()) {
            return STARTING;
        }
        return Tenant.current();
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return true;
    }

    @Override
    public void customize(Map<String, Object> properties) {
        properties.put(AvailableSettings.MULTI_TENANT_IDENTIFIER_RESOLVER, this);
        // Instants are stored as UTC in columns without a zone, the same in both databases.
        properties.put(AvailableSettings.PREFERRED_INSTANT_JDBC_TYPE, "TIMESTAMP");
        properties.put(AvailableSettings.JDBC_TIME_ZONE, "UTC");
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        started = true;
    }

    /** Libraries whose tables belong to the server and to no association keep to plain JDBC transactions. */
    @Configuration(proxyBeanMethods = false)
    static class ServerTables {

        @Bean(defaultCandidate = false)
        @QuartzTransactionManager
        PlatformTransactionManager serverTransactions(DataSource dataSource) {
            return new DataSourceTransactionManager(dataSource);
        }

        @Bean(defaultCandidate = false)
        @Qualifier("springSessionTransactionOperations")
        TransactionOperations springSessionTransactionOperations(
                @QuartzTransactionManager PlatformTransactionManager serverTransactions) {
            TransactionTemplate template = new TransactionTemplate(serverTransactions);
            template.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
            return template;
        }
    }
}
