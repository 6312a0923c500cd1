package io.homeroom.liaison;

import io.homeroom.desk.Audit;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The robots of class groups: one for each class, its key sealed and never shown again. */
@Service
@Transactional
public class Robots {

    /** The task of a class teacher whose robot needs another address. */
    public static final String REVOKED = "robot-key";

    private static final Pattern KEY = Pattern.compile("(?:.*[?&]key=)?([0-9A-Za-z-]{10,64})(?:&.*)?");

    private final JdbcClient jdbc;
    private final Lockbox lockbox;
    private final Tasks tasks;
    private final Audit audit;
    private final BusinessClock clock;

    Robots(JdbcClient jdbc, Lockbox lockbox, Tasks tasks, Audit audit, BusinessClock clock) {
        this.jdbc = jdbc;
        this.lockbox = lockbox;
        this.tasks = tasks;
        this.audit = audit;
        this.clock = clock;
    }

    /** How a class's robot stands. */
    public enum Standing {
        NONE,
        READY,
        /** WeCom does not take its key any more. */
        REVOKED
    }

    /** Gives a class its robot, by the address that WeCom shows or the key in it; what waited for it goes out. */
    public Outcome<Standing> set(long teacherId, String address, String by) {
        Matcher key = KEY.matcher(address.strip());
        if (!key.matches()) {
            return Outcome.refused("这不是群机器人的地址。请在企业微信的群里「添加群机器人」，把 Webhook 地址整个粘贴过来");
        }
        jdbc.sql("insert into class_robot (association_id, teacher_id, sealed, revoked, set_by, set_at) values"
                        + " (:association, :teacher, :sealed, false, :by, :at) on duplicate key update sealed = :sealed, revoked ="
                        + " false, set_by = :by, set_at = :at")
                .param("association", Tenant.current())
                .param("teacher", teacherId)
                .param("sealed", lockbox.seal(key.group(1)))
                .param("by", by)
                .param("at", LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
        jdbc.sql("update broadcast set retry_at = tried_at where association_id = :association and staff_id = :teacher"
                        + " and way = 'robot' and state = 'queued' and tried_at is not null")
                .param("association", Tenant.current())
                .param("teacher", teacherId)
                .update();
        tasks.search(TaskSearch.unfinished().what(REVOKED).to(StaffMember.address(teacherId)))
                .forEach(task -> tasks.cancel(task.id(), by));
        audit.note(by, "robot-set", null, StaffMember.address(teacherId));
        return Outcome.done(Standing.READY);
    }

    @Transactional(readOnly = true)
    public Standing standing(long teacherId) {
        return jdbc.sql("select revoked from class_robot where association_id = :association and teacher_id = :teacher")
                .param("association", Tenant.current())
                .param("teacher", teacherId)
                .query(Boolean.class)
                .optional()
                .map(revoked -> revoked ? Standing.REVOKED : Standing.READY)
                .orElse(Standing.NONE);
    }

    /** The key of a robot that works. */
    @Transactional(readOnly = true)
    Optional<String> key(long teacherId) {
        return jdbc.sql("select sealed from class_robot where association_id = :association and teacher_id = :teacher"
                        + " and revoked = false")
                .param("association", Tenant.current())
                .param("teacher", teacherId)
                .query(String.class)
                .optional()
                .map(lockbox::open);
    }

    /** WeCom did not know the key: the class teacher is asked for another one, once. */
    void revoked(long teacherId, String key) {
        boolean still = key(teacherId).filter(key::equals).isPresent();
        if (!still) {
            return;
        }
        jdbc.sql("update class_robot set revoked = true where association_id = :association and teacher_id = :teacher")
                .param("association", Tenant.current())
                .param("teacher", teacherId)
                .update();
        if (tasks.search(TaskSearch.unfinished().what(REVOKED).to(StaffMember.address(teacherId)))
                .isEmpty()) {
            tasks.open(NewTask.of(
                            REVOKED,
                            StaffMember.address(teacherId),
                            "班级群机器人的密钥失效了，要发的先留着。请在群里重新添加机器人，登记它的新地址（控制台在「班级」页），留着的会接着发，已发的不重发")
                    .due(clock.today()));
        }
    }
}
