package io.homeroom;

import io.homeroom.ground.Tenant;
import java.util.Map;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.stereotype.Component;

/** Tells Hibernate for which association the thread works, so that no entity of another is read or written. */
@Component
class Tenancy implements CurrentTenantIdentifierResolver<String>, HibernatePropertiesCustomizer {

    /** No association's code: outside a tenant nothing is found. */
    private static final String NONE = "-";

    @Override
    public String resolveCurrentTenantIdentifier() {
        return Tenant.isEntered() ? Tenant.current() : NONE;
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return true;
    }

    @Override
    public void customize(Map<String, Object> properties) {
        properties.put(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, this);
    }
}
