package io.homeroom;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Sets what MySQL's driver leaves off by default: statements are parsed once for each connection, and settings of the
 * server are not asked for again. Other drivers do not know these names and are left alone.
 */
@Component
class MysqlDriver implements BeanPostProcessor {

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource source
                && source.getJdbcUrl() != null
                && source.getJdbcUrl().startsWith("jdbc:mysql:")) {
            source.addDataSourceProperty("useServerPrepStmts", "true");
            source.addDataSourceProperty("cachePrepStmts", "true");
            source.addDataSourceProperty("prepStmtCacheSize", "256");
            source.addDataSourceProperty("prepStmtCacheSqlLimit", "4096");
            source.addDataSourceProperty("useLocalSessionState", "true");
            source.addDataSourceProperty("cacheServerConfiguration", "true");
            source.addDataSourceProperty("cacheResultSetMetadata", "true");
        }
        return bean;
    }
}
