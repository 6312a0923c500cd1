package io.homeroom.liaison;

import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.schedule.BusinessClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What became of broadcasts for each member, and how many a group or customer has had. */
@Component
@Transactional
public class Receivers {

    private final JdbcClient jdbc;
    private final BusinessClock clock;

    Receivers(JdbcClient jdbc, BusinessClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What became of a broadcast for one member.
     *
     * @param target key of the customer in WeCom; empty for whoever cannot be reached, and in a group
     * @param why why it stands as it does; empty if all is well
     * @param sentAt when WeCom took it, {@code confirmedAt} when the sender confirmed it in the client, {@code settledAt} when
     *     it was known to have arrived or not; each null before
     */
    public record Receiver(
            long memberId,
            String target,
            State state,
            String why,
            @Nullable Instant sentAt,
            @Nullable Instant confirmedAt,
            @Nullable Instant settledAt) {}

    /** How far it came for one member. */
    public enum State {
        WAITING("等发出"),
        SENT("已发出"),
        CONFIRMED("已确认"),
        DELIVERED("已送达"),
        FAILED("没送到"),
        /** The broadcast was cut off while it was handed to WeCom: nobody knows whether it went out. */
        UNCONFIRMED("未确认");

        /** Whether more is to come. */
        public boolean isOpen() {
            return this == WAITING || this == SENT || this == CONFIRMED;
        }

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As shown on screen. */
        public String word() {
            return word;
        }

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    void expect(long broadcast, Groups.Attendance attendance, Map<Long, String> targets) {
        attendance
                .there()
                .forEach(member -> insert(broadcast, member, targets.getOrDefault(member.id(), ""), State.WAITING, ""));
        String why = targets.isEmpty() ? "不在班级群里" : "还不是老师的企业微信联系人";
        attendance.missing().forEach(member -> insert(broadcast, member, "", State.FAILED, why));
    }

    private void insert(long broadcast, Member member, String target, State state, String why) {
        jdbc.sql("insert into broadcast_receiver (association_id, broadcast_id, member_id, target, state, why) values"
                        + " (:association, :broadcast, :member, :target, :state, :why)")
                .param("association", Tenant.current())
                .param("broadcast", broadcast)
                .param("member", member.id())
                .param("target", target)
                .param("state", state.code())
                .param("why", why)
                .update();
    }

    @Transactional(readOnly = true)
    List<Receiver> of(long broadcast) {
        return jdbc
                .sql("select member_id, target, state, why, sent_at, confirmed_at, settled_at from broadcast_receiver"
                        + " where association_id = :association and broadcast_id = :broadcast order by member_id")
                .param("association", Tenant.current())
                .param("broadcast", broadcast)
                .query((row, n) -> new Receiver(
                        row.getLong("member_id"),
                        row.getString("target"),
                        State.valueOf(row.getString("state").toUpperCase(java.util.Locale.ROOT)),
                        row.getString("why"),
                        at(row, "sent_at"),
                        at(row, "confirmed_at"),
                        at(row, "settled_at")))
                .list()
                .stream()
                .sorted(Comparator.comparing((Receiver one) -> one.state() != State.FAILED)
                        .thenComparing(Receiver::state))
                .toList();
    }

    private static @Nullable Instant at(ResultSet row, String column) throws SQLException {
        LocalDateTime at = row.getObject(column, LocalDateTime.class);
        return at == null ? null : at.toInstant(ZoneOffset.UTC);
    }

    /** WeCom has the task: those that waited for it wait for the sender now. */
    void sent(long broadcast) {
        forward(broadcast, "state = 'sent', sent_at = :at", "'waiting'", clock.instant());
    }

    /** The sender has confirmed it in the client. */
    void confirmed(long broadcast, Instant at) {
        forward(
                broadcast,
                "state = 'confirmed', confirmed_at = :at, sent_at = coalesce(sent_at, :at)",
                "'waiting', 'sent'",
                at);
    }

    private void forward(long broadcast, String to, String from, Instant at) {
        jdbc.sql("update broadcast_receiver set " + to + " where association_id = :association and broadcast_id ="
                        + " :broadcast and state in (" + from + ")")
                .param("at", Broadcasts.utc(at))
                .param("association", Tenant.current())
                .param("broadcast", broadcast)
                .update();
    }

    /** Settles those of whom more is to come, all or one customer. */
    void settle(long broadcast, String target, State state, String why) {
        jdbc.sql("update broadcast_receiver set state = :state, why = :why, settled_at = :at where association_id ="
                        + " :association and broadcast_id = :broadcast and state in ('waiting', 'sent', 'confirmed')"
                        + (target.isEmpty() ? "" : " and target = :target"))
                .param("state", state.code())
                .param("why", Covers.cut(why, 300))
                .param("at", Broadcasts.utc(clock.instant()))
                .param("association", Tenant.current())
                .param("broadcast", broadcast)
                .param("target", target)
                .update();
    }

    /** How many broadcasts a group has been given on a day. */
    @Transactional(readOnly = true)
    int onDay(String chat, LocalDate day) {
        return count(chat, day, day.plusDays(1));
    }

    /** How many broadcasts a group has been given in a month. */
    @Transactional(readOnly = true)
    int thisMonth(String chat, YearMonth month) {
        return count(chat, month.atDay(1), month.plusMonths(1).atDay(1));
    }

    private int count(String key, LocalDate from, LocalDate to) {
        return jdbc.sql("select count(*) from broadcast where association_id = :association and chat_id = :key"
                        + " and state in ('waiting', 'sent') and settled_at >= :from and settled_at < :to")
                .param("association", Tenant.current())
                .param("key", key)
                .param("from", start(from))
                .param("to", start(to))
                .query(Integer.class)
                .single();
    }

    /** How many broadcasts reached a customer between two days, the second not counted. */
    @Transactional(readOnly = true)
    int delivered(String target, LocalDate from, LocalDate to) {
        return jdbc.sql("select count(*) from broadcast_receiver where association_id = :association and target = :key"
                        + " and state = 'delivered' and settled_at >= :from and settled_at < :to")
                .param("association", Tenant.current())
                .param("key", target)
                .param("from", start(from))
                .param("to", start(to))
                .query(Integer.class)
                .single();
    }

    private static LocalDateTime start(LocalDate day) {
        return Broadcasts.utc(day.atStartOfDay(BusinessClock.ZONE).toInstant());
    }
}
