package io.homeroom.liaison;

import io.homeroom.desk.NewTask;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The steps of a broadcast on its way out, each a transaction of its own, and whom its end is told. */
@Component
@Transactional
class BroadcastDesk {

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int SURFACES_AT = 6;

    private final JdbcClient jdbc;
    private final Receivers receivers;
    private final Tasks tasks;
    private final BusinessClock clock;
    private final Clock wire;
    private final ApplicationEventPublisher events;

    BroadcastDesk(
            JdbcClient jdbc,
            Receivers receivers,
            Tasks tasks,
            BusinessClock clock,
            @Qualifier("wireClock") Clock wire,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.receivers = receivers;
        this.tasks = tasks;
        this.clock = clock;
        this.wire = wire;
        this.events = events;
    }

    /** What may be handed over now, oldest first. */
    @Transactional(readOnly = true)
    List<Broadcast> queued() {
        return jdbc.sql(Broadcasts.columns() + " and state = 'queued' and (retry_at <= :now or way = 'robot')"
                        + " and (not_before is null or not_before <= :business) order by id limit 200")
                .param("association", Tenant.current())
                .param("now", Broadcasts.utc(wire.instant()))
                .param("business", Broadcasts.utc(clock.instant()))
                .query(Broadcasts::read)
                .list();
    }

    /** Marks one as tried, just before it is handed over; false if another node has it. */
    boolean take(Broadcast broadcast) {
        return jdbc.sql("update broadcast set state = 'tried', attempts = attempts + 1, retry_at = :until, tried_at ="
                                + " :now where association_id = :association and id = :id and state = 'queued'"
                                + " and retry_at <= :now")
                        .param("until", Broadcasts.utc(wire.instant().plus(LEASE)))
                        .param("now", Broadcasts.utc(wire.instant()))
                        .param("association", Tenant.current())
                        .param("id", broadcast.id())
                        .update()
                == 1;
    }

    /** Until when a broadcast waits because its group has had today's. */
    @Transactional(readOnly = true)
    Optional<LocalDateTime> mustWait(Broadcast broadcast) {
        LocalDate today = clock.today();
        return broadcast.way() == Broadcast.Way.GROUP && receivers.onDay(broadcast.chatId(), today) > 0
                ? Optional.of(today.plusDays(1).atTime(LocalTime.of(9, 0)))
                : Optional.empty();
    }

    /** Leaves it for a later day. */
    void hold(Broadcast broadcast, LocalDateTime until, String why) {
        jdbc.sql("update broadcast set not_before = :until, why = :why where association_id = :association and id = :id"
                        + " and state = 'queued'")
                .param("until", Broadcasts.utc(until.atZone(BusinessClock.ZONE).toInstant()))
                .param("why", why)
                .param("association", Tenant.current())
                .param("id", broadcast.id())
                .update();
    }

    /** To whom it goes: the group, or the customers who have not had this month's number, nor one today. */
    List<String> targets(Broadcast broadcast) {
        LocalDate today = clock.today();
        YearMonth month = YearMonth.from(today);
        if (broadcast.way() == Broadcast.Way.GROUP) {
            return receivers.thisMonth(broadcast.chatId(), month) >= Broadcasts.A_MONTH
                    ? List.of()
                    : List.of(broadcast.chatId());
        }
        for (Receivers.Receiver receiver : receivers.of(broadcast.id())) {
            if (receiver.state() != Receivers.State.WAITING) {
                continue;
            }
            if (receivers.delivered(
                            receiver.target(),
                            month.atDay(1),
                            month.plusMonths(1).atDay(1))
                    >= Broadcasts.A_MONTH) {
                receivers.settle(broadcast.id(), receiver.target(), Receivers.State.FAILED, "本月已收满4次，下月1日起可以再发");
            } else if (receivers.delivered(receiver.target(), today, today.plusDays(1)) > 0) {
                receivers.settle(broadcast.id(), receiver.target(), Receivers.State.FAILED, "今天已收过一次一对一群发，明天可以再发");
            }
        }
        return receivers.of(broadcast.id()).stream()
                .filter(receiver -> receiver.state() == Receivers.State.WAITING)
                .map(Receivers.Receiver::target)
                .distinct()
                .toList();
    }

    /** Tasks of this process or another that were cut off while handing over: nobody knows whether WeCom has them. */
    @Transactional(readOnly = true)
    List<Broadcast> cutOff() {
        return jdbc.sql(Broadcasts.columns() + " and state = 'tried' and retry_at <= :now order by id")
                .param("association", Tenant.current())
                .param("now", Broadcasts.utc(wire.instant()))
                .query(Broadcasts::read)
                .list();
    }

    /** Those that wait for the confirmation in the client, from the last month. */
    @Transactional(readOnly = true)
    List<Broadcast> waiting() {
        return jdbc.sql(Broadcasts.columns() + " and state = 'waiting' and made_at > :since order by id limit 200")
                .param("association", Tenant.current())
                .param("since", Broadcasts.utc(clock.instant().minus(Duration.ofDays(31))))
                .query(Broadcasts::read)
                .list();
    }

    /** Puts it back; that it does not get through is said to its teacher once. */
    void later(Broadcast broadcast, Duration after, String why) {
        int changed = jdbc.sql("update broadcast set state = 'queued', retry_at = :retry, why = :why where"
                        + " association_id = :association and id = :id and state = 'tried'")
                .param("retry", Broadcasts.utc(wire.instant().plus(after)))
                .param("why", Covers.cut(why, 300))
                .param("association", Tenant.current())
                .param("id", broadcast.id())
                .update();
        if (changed == 1 && broadcast.attempts() + 1 == SURFACES_AT) {
            events.publishEvent(Tell.of(
                            "秘书处",
                            null,
                            "broadcast-late",
                            "企业微信一时不受理群发「" + broadcast.begins() + "」（" + why + "），还在自动重试，不用再发")
                    .once("broadcast-late:" + broadcast.id()));
        }
    }

    /** Some customers that WeCom would not take into the task. */
    void leftOut(Broadcast broadcast, List<String> failed) {
        failed.forEach(target -> receivers.settle(broadcast.id(), target, Receivers.State.FAILED, "不再是老师的企业微信联系人"));
    }

    void toldOf(Broadcast broadcast, String target, GroupLine.Fate fate) {
        switch (fate) {
            case SENT -> receivers.settle(broadcast.id(), target, Receivers.State.DELIVERED, "");
            case GONE -> receivers.settle(broadcast.id(), target, Receivers.State.FAILED, "不再是老师的企业微信联系人");
            case LIMIT -> receivers.settle(broadcast.id(), target, Receivers.State.FAILED, "本月已收满，平台没有送");
            case UNSENT -> {
                // not confirmed yet
            }
        }
    }

    @Transactional(readOnly = true)
    boolean isAllTold(Broadcast broadcast) {
        return receivers.of(broadcast.id()).stream()
                .noneMatch(receiver -> receiver.state().isOpen());
    }

    /** Its sender has confirmed it in the client: noted once, for it and for each member. */
    void confirmed(Broadcast broadcast, Instant at) {
        int changed = jdbc.sql(
                        "update broadcast set confirmed_at = :at where association_id = :association and id = :id"
                                + " and state = 'waiting' and confirmed_at is null")
                .param("at", Broadcasts.utc(at))
                .param("association", Tenant.current())
                .param("id", broadcast.id())
                .update();
        if (changed == 1) {
            receivers.confirmed(broadcast.id(), at);
        }
    }

    /** Ends a step; whoever sent it hears of the end it did not expect, and is asked to confirm what waits. */
    void settle(Broadcast broadcast, Broadcast.State state, String messageId, String why, GroupLine.Fault fault) {
        int changed = jdbc.sql("update broadcast set state = :state, message_id = coalesce(:message, message_id),"
                        + " why = :why, settled_at = :at where association_id = :association and id = :id"
                        + " and state in ('tried', 'waiting')")
                .param("state", state.code())
                .param("message", messageId.isEmpty() ? null : messageId, java.sql.Types.VARCHAR)
                .param("why", Covers.cut(why, 300))
                .param("at", Broadcasts.utc(clock.instant()))
                .param("association", Tenant.current())
                .param("id", broadcast.id())
                .update();
        if (changed == 0) {
            return;
        }
        switch (state) {
            case WAITING -> receivers.sent(broadcast.id());
            case SENT -> receivers.settle(broadcast.id(), "", Receivers.State.DELIVERED, "");
            case LIMIT, FAILED -> receivers.settle(broadcast.id(), "", Receivers.State.FAILED, why);
            case UNCONFIRMED -> receivers.settle(broadcast.id(), "", Receivers.State.UNCONFIRMED, why);
            default -> {
                // nobody has it yet
            }
        }
        tell(broadcast, state, why);
        ask(broadcast, state, why, fault);
    }

    private void tell(Broadcast broadcast, Broadcast.State state, String why) {
        if (broadcast.way() == Broadcast.Way.ROBOT && state == Broadcast.State.SENT) {
            return; // it is in the group, for all to see
        }
        String begins = broadcast.begins();
        boolean group = broadcast.way() == Broadcast.Way.GROUP;
        String said = switch (state) {
            case WAITING -> "请在企业微信的「群发助手」里点确认，" + (group ? "群里" : "会员") + "才会收到：「" + begins + "」";
            case SENT ->
                group
                        ? "已发到班级群：「" + begins + "」，班里" + broadcast.reached() + "家看得到"
                                + (broadcast.missing() > 0 ? "，" + broadcast.missing() + "家不在群里" : "")
                        : "已一对一发出：「" + begins + "」，" + delivered(broadcast);
            default -> "群发「" + begins + "」" + state.word() + (why.isEmpty() ? "" : "：" + why);
        };
        events.publishEvent(Tell.of(StaffMember.address(broadcast.staffId()), null, "broadcast", said)
                .once("broadcast:" + broadcast.id() + ":" + state.code()));
    }

    private String delivered(Broadcast broadcast) {
        List<Receivers.Receiver> all = receivers.of(broadcast.id());
        long there = all.stream()
                .filter(one -> one.state() == Receivers.State.DELIVERED)
                .count();
        return there + "家已送达" + (there < all.size() ? "，" + (all.size() - there) + "家没送到，名单在群发结果里" : "");
    }

    /** What went wrong asks somebody for something. */
    private void ask(Broadcast broadcast, Broadcast.State state, String why, GroupLine.Fault fault) {
        boolean wrong = state == Broadcast.State.FAILED
                || state == Broadcast.State.LIMIT
                || state == Broadcast.State.UNCONFIRMED;
        if (!wrong) {
            return;
        }
        boolean office = fault == GroupLine.Fault.COLLEAGUE;
        String todo = switch (fault) {
            case COLLEAGUE -> "请核对老师的企业微信账号和应用的可见范围；已离职的先交接班级，再由接手的老师重发";
            case GROUP -> "请重新建班级群并拉人，再发一次";
            case ROBOT, OTHER ->
                switch (state) {
                    case LIMIT -> "下月1日起可以再发，急事请用班级机器人或重要通知";
                    case UNCONFIRMED -> "先核对有没有发出，确认没有再发，以免会员收到两次";
                    default -> "请看原因，改好后再发一次";
                };
        };
        tasks.open(NewTask.of(
                        "broadcast-failed",
                        office ? "秘书处" : StaffMember.address(broadcast.staffId()),
                        "群发「" + broadcast.begins() + "」" + state.word() + "："
                                + (why.contains("没有再发一次") ? why : why + "。" + todo))
                .due(clock.today())
                .once("broadcast-failed:" + broadcast.id()));
    }
}
