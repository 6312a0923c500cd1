package io.homeroom.notice;

import io.homeroom.desk.NewTask;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Tenant;
import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Counts what each day's quota has been asked for, in a table that all nodes share, and says when it is used up. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Quotas {

    private final JdbcClient jdbc;
    private final Tasks tasks;

    Quotas(JdbcClient jdbc, Tasks tasks) {
        this.jdbc = jdbc;
        this.tasks = tasks;
    }

    /** Counts one more; false if the day has no room for it. An attempt that is not taken counts too. */
    boolean take(Quota quota, boolean urgent, LocalDate day) {
        int most = urgent ? quota.most() : quota.calm();
        if (counted(quota, day, most)) {
            return true;
        }
        jdbc.sql("insert ignore into notice_quota (association_id, quota, on_day, used) values (:a, :quota, :day, 0)")
                .param("a", Tenant.current())
                .param("quota", quota.name())
                .param("day", day)
                .update();
        return counted(quota, day, most);
    }

    private boolean counted(Quota quota, LocalDate day, int most) {
        return jdbc.sql("update notice_quota set used = used + 1 where association_id = :a and quota = :quota"
                                + " and on_day = :day and used < :most")
                        .param("a", Tenant.current())
                        .param("quota", quota.name())
                        .param("day", day)
                        .param("most", most)
                        .update()
                == 1;
    }

    /** Gives one back: the channel was not asked. */
    void giveBack(Quota quota, LocalDate day) {
        jdbc.sql("update notice_quota set used = used - 1 where association_id = :a and quota = :quota and"
                        + " on_day = :day and used > 0")
                .param("a", Tenant.current())
                .param("quota", quota.name())
                .param("day", day)
                .update();
    }

    /** The channel itself says that the day is full, whatever was counted here. */
    void close(Quota quota, LocalDate day) {
        jdbc.sql("update notice_quota set used = :most where association_id = :a and quota = :quota and on_day = :day"
                        + " and used < :most")
                .param("most", quota.most())
                .param("a", Tenant.current())
                .param("quota", quota.name())
                .param("day", day)
                .update();
    }

    /** Says once a day to the office that what is left waits for the next. */
    void surface(Quota quota, LocalDate day, boolean saidByChannel) {
        String why = saidByChannel ? "平台说今天的额度已满" : "今天的额度" + quota.most() + "条快用完了，剩下的留给到账、决议这些急事";
        tasks.open(NewTask.of("quota", "秘书处", quota.word() + "：" + why + "。没发的已排到明天0点以后自动接着发，不丢也不重。请看今天是不是有大批通知可以分几天发")
                .due(day)
                .once("quota:" + quota.name() + ":" + day));
    }
}
