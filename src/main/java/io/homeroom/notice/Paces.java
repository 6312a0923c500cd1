package io.homeroom.notice;

import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts what was sent to each address whose channel takes only so many in a while, in a table that all nodes share. It
 * goes by the time that people live in: when the calendar was moved on, a minute has passed for them.
 */
@Service
@Transactional(isolation = Isolation.READ_COMMITTED)
public class Paces {

    private final JdbcClient jdbc;
    private final BusinessClock clock;

    Paces(JdbcClient jdbc, BusinessClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** An address that has got so many in the time that its channel counts. */
    record Used(String address, int times) {}

    /** Addresses that have got as many as may come when nothing is urgent. */
    @Transactional(readOnly = true)
    List<Used> used(Channel channel, Pace pace) {
        Instant now = clock.instant();
        return jdbc.sql("select address, count(*) as times from notice_pace where association_id = :a"
                        + " and channel = :channel and used_at > :since and used_at <= :now group by address"
                        + " having count(*) >= :calm")
                .param("a", Tenant.current())
                .param("channel", channel.code())
                .param("calm", pace.calm())
                .param("since", NoticeRow.utc(now.minus(pace.within())))
                .param("now", NoticeRow.utc(now))
                .query((row, number) -> new Used(row.getString("address"), row.getInt("times")))
                .list();
    }

    /** Whether one more could go to an address now; it counts nothing. */
    @Transactional(readOnly = true)
    public boolean hasRoom(Channel channel, String address, Pace pace) {
        return used(channel, pace).stream()
                .noneMatch(one -> one.address().equals(address) && one.times() >= pace.most());
    }

    /**
     * Counts one more for an address; false if there is no room, or another node took it meanwhile. An attempt that was not
     * taken counts too: the channel may have seen it.
     */
    public boolean take(Channel channel, String address, boolean urgent, Pace pace) {
        String association = Tenant.current();
        Instant now = clock.instant();
        record Slot(int number, LocalDateTime usedAt) {}
        List<Slot> slots = jdbc.sql("select slot, used_at from notice_pace where association_id = :a"
                        + " and channel = :channel and address = :address and slot < :most order by used_at, slot")
                .param("a", association)
                .param("channel", channel.code())
                .param("address", address)
                .param("most", pace.most())
                .query((row, number) -> new Slot(row.getInt("slot"), row.getObject("used_at", LocalDateTime.class)))
                .list();
        // A clock that was set back leaves times behind that are still to come.
        LocalDateTime until = NoticeRow.utc(now.truncatedTo(ChronoUnit.MILLIS)); // as it is kept
        LocalDateTime since = NoticeRow.utc(now.minus(pace.within()));
        List<Slot> free = slots.stream()
                .filter(slot -> !slot.usedAt().isAfter(since) || slot.usedAt().isAfter(until))
                .toList();
        if (slots.size() - free.size() >= (urgent ? pace.most() : pace.calm())) {
            return false;
        }
        JdbcClient.StatementSpec take;
        if (free.isEmpty()) {
            take = jdbc.sql("insert ignore into notice_pace (association_id, channel, address, slot, used_at)"
                            + " values (:a, :channel, :address, :slot, :now)")
                    .param("slot", slots.size());
        } else {
            take = jdbc.sql("update notice_pace set used_at = :now where association_id = :a and channel = :channel"
                            + " and address = :address and slot = :slot and used_at = :seen")
                    .param("slot", free.get(0).number())
                    .param("seen", free.get(0).usedAt());
        }
        return take.param("a", association)
                        .param("channel", channel.code())
                        .param("address", address)
                        .param("now", until)
                        .update()
                == 1;
    }
}
