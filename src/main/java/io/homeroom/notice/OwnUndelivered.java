package io.homeroom.notice;

import io.homeroom.desk.OwnMorning;
import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An anomaly of the night: what was to be told since the day before and reached nobody, or may not have. */
@Component
class OwnUndelivered implements OwnMorning {

    private final JdbcClient jdbc;

    OwnUndelivered(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int order() {
        return 60;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Line> lines(LocalDate day, StaffMember who) {
        if (!who.roles().contains(Role.SECRETARIAT)) {
            return List.of();
        }
        int lost = lost(jdbc, day);
        return lost == 0 ? List.of() : List.of(new Line("通知未送达或未确认：" + lost, "notices?state=failed"));
    }

    /** Notices to persons since the day before that failed, or whose fate nobody knows. */
    static int lost(JdbcClient jdbc, LocalDate day) {
        return jdbc.sql("select count(*) from notice where association_id = :a and state in ('failed', 'unconfirmed')"
                        + " and channel in ('wechat', 'wecom', 'none') and created_at >= :since")
                .param("a", Tenant.current())
                .param(
                        "since",
                        NoticeRow.utc(day.minusDays(1)
                                .atStartOfDay(BusinessClock.ZONE)
                                .toInstant()))
                .query(Integer.class)
                .single();
    }
}
