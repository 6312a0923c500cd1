package io.homeroom.schedule.quartz;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.quartz.SchedulerConfigException;
import org.quartz.spi.ClassLoadHelper;
import org.quartz.spi.SchedulerSignaler;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.scheduling.quartz.LocalDataSourceJobStore;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/**
 * The job store with connections of its own. Quartz keeps its data sources in one table of the JVM under the scheduler's
 * name, which all nodes share: of two servers in one JVM, as tests have, the later would hand the earlier its database.
 */
@SuppressWarnings("unchecked") // Quartz overrides a generic method with a raw one
public final class OwnStore extends LocalDataSourceJobStore {

    @Override
    public void initialize(ClassLoadHelper loading, SchedulerSignaler signaler) throws SchedulerConfigException {
        DataSource database = SchedulerFactoryBean.getConfigTimeDataSource();
        super.initialize(loading, signaler);
        if (database == null) {
            throw new SchedulerConfigException("No data source for the job store");
        }
        String own = UUID.randomUUID().toString();
        setDataSource("managed." + own);
        setNonManagedTXDataSource("plain." + own);
        DBConnectionManager all = DBConnectionManager.getInstance();
        all.addConnectionProvider(getDataSource(), provider(() -> DataSourceUtils.doGetConnection(database)));
        all.addConnectionProvider(getNonManagedTXDataSource(), provider(database::getConnection));
    }

    private interface Opening {
        Connection open() throws SQLException;
    }

    /** The pool is Spring's: it is neither set up nor shut down from here. */
    private static ConnectionProvider provider(Opening opening) {
        return new ConnectionProvider() {
            @Override
            public Connection getConnection() throws SQLException {
                return opening.open();
            }

            @Override
            public void shutdown() {
                // Spring closes it.
            }

            @Override
            public void initialize() {
                // Spring has opened it.
            }
        };
    }
}
