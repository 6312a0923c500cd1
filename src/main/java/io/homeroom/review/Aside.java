package io.homeroom.review;

import io.homeroom.desk.Tell;
import io.homeroom.ground.Tenant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Members whose review failed. They wait by themselves; each night tries again, from the first day that failed. */
@Component
@Transactional
class Aside {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    Aside(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** Who waits, and since which day. */
    @Transactional(readOnly = true)
    public Map<Long, LocalDate> all() {
        Map<Long, LocalDate> waiting = new LinkedHashMap<>();
        jdbc.sql("select member_id, since_day from review_aside where association_id = :association order by member_id")
                .param("association", Tenant.current())
                .query(row -> {
                    waiting.put(row.getLong(1), row.getObject(2, LocalDate.class));
                });
        return waiting;
    }

    /** Sets a member aside and tells the administrator, once for each time. */
    public void put(long member, String name, LocalDate day, String why) {
        jdbc.sql("insert into review_aside (association_id, member_id, since_day) values (:association, :member, :day)")
                .param("association", Tenant.current())
                .param("member", member)
                .param("day", day)
                .update();
        String reason = why.length() > 200 ? why.substring(0, 200) + "…" : why;
        events.publishEvent(Tell.of(
                        "admin",
                        null,
                        "review-failed",
                        "“" + name + "”在 " + day + " 的夜间复核没有完成，已单独搁置，其他会员照常进行；之后每夜从那一天起重试，补上为止。原因：" + reason)
                .urgency(Tell.Urgency.NOW)
                .once("review-failed:" + member + ":" + day));
    }

    /** The member has been made up for. */
    public void release(long member) {
        jdbc.sql("delete from review_aside where association_id = :association and member_id = :member")
                .param("association", Tenant.current())
                .param("member", member)
                .update();
    }
}
