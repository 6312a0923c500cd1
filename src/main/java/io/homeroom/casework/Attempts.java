package io.homeroom.casework;

import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Counts what a person may do only so often on a day, for all nodes together. */
@Component
class Attempts {

    /** What is counted. */
    enum What {
        /** Handing in a file. */
        UPLOAD(60),
        /** Asking the roster about a name or code: it belongs to members, and nobody shall read it out. */
        LOOKUP(20);

        private final int most;

        What(int most) {
            this.most = most;
        }

        private String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final JdbcClient jdbc;
    private final BusinessClock clock;

    Attempts(JdbcClient jdbc, BusinessClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Counts one; false once there were too many today. */
    @Transactional
    public boolean count(String openid, What what) {
        return count(openid, what, 1);
    }

    private boolean count(String openid, What what, int tries) {
        LocalDate today = clock.today();
        int updated = jdbc.sql("update attempt set times = times + 1 where association_id = :association"
                        + " and openid = :openid and what = :what and on_day = :day and times < :most")
                .param("association", Tenant.current())
                .param("openid", openid)
                .param("what", what.code())
                .param("day", today)
                .param("most", what.most)
                .update();
        if (updated > 0) {
            return true;
        }
        boolean there = jdbc.sql("select count(*) from attempt where association_id = :association"
                                + " and openid = :openid and what = :what and on_day = :day")
                        .param("association", Tenant.current())
                        .param("openid", openid)
                        .param("what", what.code())
                        .param("day", today)
                        .query(Integer.class)
                        .single()
                > 0;
        if (there) {
            return false;
        }
        try {
            jdbc.sql("insert into attempt (association_id, openid, what, on_day, times)"
                            + " values (:association, :openid, :what, :day, 1)")
                    .param("association", Tenant.current())
                    .param("openid", openid)
                    .param("what", what.code())
                    .param("day", today)
                    .update();
            return true;
        } catch (DuplicateKeyException raced) {
            return tries < 3 && count(openid, what, tries + 1);
        }
    }

    /** Drops what was counted before a day. */
    void forgetBefore(LocalDate day) {
        jdbc.sql("delete from attempt where association_id = :association and on_day < :day")
                .param("association", Tenant.current())
                .param("day", day)
                .update();
    }

    /** The first day that is counted still. */
    Optional<LocalDate> oldest() {
        return jdbc.sql("select min(on_day) as oldest from attempt where association_id = :association")
                .param("association", Tenant.current())
                .query((row, n) -> Optional.ofNullable(row.getObject("oldest", LocalDate.class)))
                .single();
    }
}
