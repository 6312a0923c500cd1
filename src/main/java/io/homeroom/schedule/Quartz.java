package io.homeroom.schedule;

import io.homeroom.ground.Tenant;
import io.homeroom.schedule.quartz.OwnStore;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.quartz.CronScheduleBuilder;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.quartz.autoconfigure.QuartzTransactionManager;
import org.springframework.boot.quartz.autoconfigure.SchedulerFactoryBeanCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Quartz, which wakes the room and does nothing else: one job for the nights and one for each {@link Ticker}, in the
 * database, so that of several nodes one runs each. With {@code spring.quartz.auto-startup=false} nothing is woken.
 */
@Configuration(proxyBeanMethods = false)
class Quartz {

    private static final Logger LOG = LoggerFactory.getLogger(Quartz.class);
    private static final String GROUP = "homeroom";
    private static final JobKey NIGHTS = JobKey.jobKey("nights", GROUP);

    /** Every property that makes the store clustered; none needs to be repeated in configuration. */
    @Bean
    SchedulerFactoryBeanCustomizer clusteredStore(
            DataSource dataSource, @QuartzTransactionManager PlatformTransactionManager transactions) {
        return factory -> {
            factory.setDataSource(dataSource);
            factory.setTransactionManager(transactions);
            factory.setSchedulerName("homeroom");
            factory.setWaitForJobsToCompleteOnShutdown(true);
            Properties properties = new Properties();
            properties.putAll(Map.of(
                    "org.quartz.scheduler.instanceId", "AUTO",
                    "org.quartz.scheduler.skipUpdateCheck", "true",
                    "org.quartz.jobStore.class", OwnStore.class.getName(),
                    "org.quartz.jobStore.isClustered", "true",
                    "org.quartz.jobStore.clusterCheckinInterval", "10000",
                    "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.StdJDBCDelegate",
                    "org.quartz.threadPool.threadCount", "4"));
            factory.setQuartzProperties(properties);
        };
    }

    @Bean
    Alarm alarm(
            ObjectProvider<Scheduler> scheduler,
            ObjectProvider<Ticker> tickers,
            BusinessClock clock,
            @Value("${spring.quartz.auto-startup:true}") boolean awake) {
        return new Alarm(scheduler, tickers, clock, awake);
    }

    /** Sets the alarm when the server is ready. */
    static final class Alarm {

        private final ObjectProvider<Scheduler> scheduler;
        private final ObjectProvider<Ticker> tickers;
        private final BusinessClock clock;
        private final boolean awake;

        Alarm(ObjectProvider<Scheduler> scheduler, ObjectProvider<Ticker> tickers, BusinessClock clock, boolean awake) {
            this.scheduler = scheduler;
            this.tickers = tickers;
            this.clock = clock;
            this.awake = awake;
        }

        @EventListener(ApplicationReadyEvent.class)
        void set() throws SchedulerException {
            Scheduler quartz = scheduler.getIfAvailable();
            if (quartz == null || !awake) {
                LOG.info("Nothing is woken by itself: Quartz is off");
                return;
            }
            put(quartz, JobBuilder.newJob(NightJob.class).withIdentity(NIGHTS), nightTrigger());
            quartz.triggerJob(NIGHTS); // what was missed while the server was down
            for (Ticker ticker : tickers.orderedStream().toList()) {
                TriggerKey key = TriggerKey.triggerKey(ticker.name(), GROUP);
                put(
                        quartz,
                        JobBuilder.newJob(TickJob.class)
                                .withIdentity(ticker.name(), GROUP)
                                .usingJobData("ticker", ticker.name()),
                        TriggerBuilder.newTrigger()
                                .withIdentity(key)
                                .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                        .withIntervalInMilliseconds(
                                                ticker.every().toMillis())
                                        .repeatForever()
                                        .withMisfireHandlingInstructionNextWithRemainingCount())
                                .build());
            }
        }

        /** A clock that can be set has its own midnights, so it is looked at every minute. */
        private Trigger nightTrigger() {
            TriggerBuilder<Trigger> trigger = TriggerBuilder.newTrigger().withIdentity("nights", GROUP);
            if (clock.isSettable()) {
                return trigger.withSchedule(SimpleScheduleBuilder.repeatMinutelyForever()
                                .withMisfireHandlingInstructionNextWithRemainingCount())
                        .build();
            }
            return trigger.withSchedule(CronScheduleBuilder.cronSchedule("0 0/10 * * * ?")
                            .inTimeZone(TimeZone.getTimeZone(BusinessClock.ZONE))
                            .withMisfireHandlingInstructionFireAndProceed())
                    .build();
        }

        private static void put(Scheduler quartz, JobBuilder job, Trigger trigger) throws SchedulerException {
            JobDetail detail = job.storeDurably().build();
            quartz.addJob(detail, true);
            Trigger ours = trigger.getTriggerBuilder().forJob(detail).build();
            if (quartz.checkExists(ours.getKey())) {
                quartz.rescheduleJob(ours.getKey(), ours);
            } else {
                quartz.scheduleJob(ours);
            }
        }
    }

    /** Catches up every association through today; nothing to do costs one query for each. */
    @DisallowConcurrentExecution
    static final class NightJob implements Job {

        private final Nights nights;
        private final Associations associations;
        private final BusinessClock clock;

        NightJob(Nights nights, Associations associations, BusinessClock clock) {
            this.nights = nights;
            this.associations = associations;
            this.clock = clock;
        }

        @Override
        public void execute(JobExecutionContext context) {
            associations.each(() -> nights.catchUp(Tenant.current(), clock.today()));
        }
    }

    /** Lets one ticker tick for every association. */
    @DisallowConcurrentExecution
    static final class TickJob implements Job {

        private final Map<String, Ticker> tickers;
        private final Associations associations;

        TickJob(List<Ticker> tickers, Associations associations) {
            this.tickers = tickers.stream().collect(Collectors.toMap(Ticker::name, ticker -> ticker));
            this.associations = associations;
        }

        @Override
        public void execute(JobExecutionContext context) {
            Ticker ticker = tickers.get(context.getMergedJobDataMap().getString("ticker"));
            if (ticker != null) {
                associations.each(ticker::tick);
            }
        }
    }
}
