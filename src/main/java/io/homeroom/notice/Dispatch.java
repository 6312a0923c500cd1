package io.homeroom.notice;

import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The outbox's steps on the table, each a transaction of its own. All SQL here names the association. */
@Component
@Transactional(propagation = Propagation.REQUIRES_NEW, isolation = Isolation.READ_COMMITTED)
class Dispatch {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private static final int MOST_ATTEMPTS = 12;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** A channel that is away is looked for often, and for some five hours; then somebody is told. */
    private static final int MOST_AWAY = 150;

    private static final Duration LONGEST_AWAY = Duration.ofMinutes(2);

    private static final String TOO_LATE = "先前一次发送没有答复，再发可能重复";

    private final JdbcClient jdbc;
    private final Notices notices;
    private final Undelivered undelivered;
    private final Paces paces;
    private final Quotas quotas;
    private final SameWords sameWords;

    Dispatch(
            JdbcClient jdbc,
            Notices notices,
            Undelivered undelivered,
            Paces paces,
            Quotas quotas,
            SameWords sameWords) {
        this.jdbc = jdbc;
        this.notices = notices;
        this.undelivered = undelivered;
        this.paces = paces;
        this.quotas = quotas;
        this.sameWords = sameWords;
    }

    /**
     * A notice in this process's hands.
     *
     * @param attempts made before this one
     * @param away how often its channel was not there to be asked
     * @param repeatUntil null if none of them can have arrived; else the moment until which it may be sent again
     */
    record Claimed(
            long id,
            Letter letter,
            boolean urgent,
            int attempts,
            int away,
            @Nullable Instant repeatUntil) {

        /** Until when this attempt may be repeated, should nobody know whether it arrived. */
        Instant repeatUntil(Duration remembered, Instant wireNow) {
            return repeatUntil == null ? wireNow.plus(remembered) : repeatUntil;
        }
    }

    /** Whether an attempt may be made. */
    sealed interface Turn {

        /** It is marked, and made now, with this letter. */
        record Now(Letter letter) implements Turn {}

        /** The address has got as much as its channel takes in a while. */
        record Full() implements Turn {}

        /** The claim was lost, it is too late to repeat what may have arrived, or the day's quota is used up. */
        record Never() implements Turn {}
    }

    /** Takes the next notices that may be sent, oldest first; rows that another node is taking are passed by. */
    List<Claimed> claim(
            String token,
            Set<Channel> channels,
            Map<Channel, Pace> each,
            int most,
            Instant now,
            Instant wireNow,
            boolean quiet) {
        String association = Tenant.current();
        Map<String, Object> values = new HashMap<>();
        String full = without(each, values);
        List<Claimed> claimed = jdbc.sql("select id, channel, address, member_id, about, body, clauses, facts, urgent,"
                        + " attempts, away, repeat_until from notice where association_id = :a and state = 'waiting'"
                        + " and channel in (:channels) and not_before <= :now and claimed_by is null"
                        + " and (retry_at is null or retry_at <= :wire)"
                        + (quiet ? " and urgent = true" : "")
                        + full
                        + " order by not_before, id limit :most for update skip locked")
                .param("a", association)
                .param("channels", channels.stream().map(Channel::code).toList())
                .param("now", NoticeRow.utc(now))
                .param("wire", NoticeRow.utc(wireNow))
                .param("most", most)
                .params(values)
                .query((row, number) -> read(association, row))
                .list();
        if (!claimed.isEmpty()) {
            jdbc.sql("update notice set claimed_by = :token, claimed_until = :until, tried_at = null"
                            + " where association_id = :a and id in (:ids)")
                    .param("token", token)
                    .param("until", NoticeRow.utc(Outbox.leaseFrom(wireNow)))
                    .param("a", association)
                    .param("ids", claimed.stream().map(Claimed::id).toList())
                    .update();
        }
        return claimed;
    }

    /** The condition that leaves out addresses which have got as much as their channel takes in a while. */
    private String without(Map<Channel, Pace> each, Map<String, Object> values) {
        StringBuilder condition = new StringBuilder();
        each.forEach((channel, pace) -> {
            List<Paces.Used> used = paces.used(channel, pace);
            if (used.isEmpty()) {
                return;
            }
            String name = channel.code();
            condition.append(" and (channel <> :" + name + " or urgent = true or address not in (:calm_" + name + "))");
            values.put(name, name);
            values.put("calm_" + name, used.stream().map(Paces.Used::address).toList());
            List<String> full = used.stream()
                    .filter(one -> one.times() >= pace.most())
                    .map(Paces.Used::address)
                    .toList();
            if (!full.isEmpty()) {
                condition.append(" and (channel <> :" + name + " or address not in (:full_" + name + "))");
                values.put("full_" + name, full);
            }
        });
        return condition.toString();
    }

    private static Claimed read(String association, ResultSet row) throws SQLException {
        long id = row.getLong("id");
        long member = row.getLong("member_id");
        Long memberId = row.wasNull() ? null : member;
        String clauses = row.getString("clauses");
        Channel channel = Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT));
        String text = row.getString("body");
        Letter letter = new Letter(
                association,
                channel,
                row.getString("address"),
                memberId,
                row.getString("about"),
                channel == Channel.ROBOT ? Amounts.hide(text) : text,
                clauses.isEmpty() ? List.of() : List.of(clauses.split(" ")),
                Json.facts(row.getString("facts")),
                association + "-" + Long.toString(id, 36));
        LocalDateTime repeatUntil = row.getObject("repeat_until", LocalDateTime.class);
        return new Claimed(
                id,
                letter,
                row.getBoolean("urgent"),
                row.getInt("attempts"),
                row.getInt("away"),
                repeatUntil == null ? null : NoticeRow.instant(repeatUntil));
    }

    /** Marks an attempt just before it is made, if it may be made. */
    Turn trying(String token, Claimed claimed, Terms terms, Instant now, Instant wireNow) {
        Instant repeatUntil = claimed.repeatUntil();
        if (repeatUntil != null && !wireNow.isBefore(repeatUntil)) {
            end(token, claimed.id(), Notice.State.UNCONFIRMED, null, null, null, TOO_LATE);
            return new Turn.Never();
        }
        Letter letter = claimed.letter();
        if (terms.pace().isPresent()
                && !paces.take(
                        letter.channel(),
                        letter.address(),
                        claimed.urgent(),
                        terms.pace().get())) {
            return new Turn.Full();
        }
        // What may be with the person already is asked for again even from what is kept for the urgent.
        if (terms.quota().isPresent()
                && !quotas.take(terms.quota().get(), claimed.urgent() || repeatUntil != null, day(now))) {
            tomorrow(token, claimed, terms.quota().get(), false, now, wireNow);
            return new Turn.Never();
        }
        Optional<Integer> nth =
                terms.byWords() ? sameWords.number(claimed.id(), letter, terms.remembered(), wireNow) : Optional.of(1);
        if (nth.isEmpty()) {
            return new Turn.Full();
        }
        int marked = jdbc.sql("update notice set tried_at = :now, claimed_until = :until, repeat_until = :repeat,"
                        + " attempts = attempts + 1"
                        + " where association_id = :a and id = :id and claimed_by = :token")
                .param("now", NoticeRow.utc(wireNow))
                .param("until", NoticeRow.utc(Outbox.leaseFrom(wireNow)))
                .param("repeat", NoticeRow.utc(claimed.repeatUntil(terms.remembered(), wireNow)))
                .param("a", Tenant.current())
                .param("id", claimed.id())
                .param("token", token)
                .update();
        return marked == 1 ? new Turn.Now(letter.nth(nth.get())) : new Turn.Never();
    }

    /**
     * Leaves a notice for the next day, because this one's quota is used up, and says so. What may be with the person
     * already cannot wait so long: nobody will know.
     */
    private void tomorrow(
            String token, Claimed claimed, Quota quota, boolean saidByChannel, Instant now, Instant wireNow) {
        quotas.surface(quota, day(now), saidByChannel);
        Instant midnight = day(now).plusDays(1).atStartOfDay(BusinessClock.ZONE).toInstant();
        Instant doubt = claimed.repeatUntil();
        if (doubt != null && !wireNow.plus(Duration.between(now, midnight)).isBefore(doubt)) {
            end(token, claimed.id(), Notice.State.UNCONFIRMED, null, null, null, TOO_LATE);
            return;
        }
        jdbc.sql("update notice set claimed_by = null, claimed_until = null, tried_at = null, retry_at = null,"
                        + " repeat_until = :repeat, not_before = :midnight, why = :why"
                        + " where association_id = :a and id = :id and claimed_by = :token")
                .param("repeat", doubt == null ? null : NoticeRow.utc(doubt))
                .param("midnight", NoticeRow.utc(midnight))
                .param("why", "今天的" + quota.word() + "额度用完了，明天自动发")
                .param("a", Tenant.current())
                .param("id", claimed.id())
                .param("token", token)
                .update();
    }

    private static LocalDate day(Instant now) {
        return now.atZone(BusinessClock.ZONE).toLocalDate();
    }

    /** Gives back a notice that was not tried. */
    void release(String token, long id) {
        postpone(token, id, null, null);
    }

    /** Gives back a notice that was not taken, for later. */
    void postpone(String token, long id, @Nullable Instant until, @Nullable String why) {
        jdbc.sql("update notice set claimed_by = null, claimed_until = null, tried_at = null, retry_at ="
                        + " :until, why = :why where association_id = :a and id = :id and claimed_by = :token")
                .param("until", until == null ? null : NoticeRow.utc(until))
                .param("why", why)
                .param("a", Tenant.current())
                .param("id", id)
                .param("token", token)
                .update();
    }

    /**
     * Records what became of an attempt. One that nobody knows about is repeated while the channel remembers it; after
     * that, or when a later one was refused, the notice is unconfirmed.
     *
     * @param triedAt on the wire's clock
     */
    void settle(String token, Claimed claimed, Sent sent, Terms terms, Instant now, Instant triedAt, Instant wireNow) {
        int made = claimed.attempts() + 1;
        long id = claimed.id();
        Instant doubt = claimed.repeatUntil();
        if (sent instanceof Sent.Delivered) {
            end(token, id, Notice.State.DELIVERED, now, now, null, null);
        } else if (sent instanceof Sent.Accepted accepted) {
            end(token, id, Notice.State.SENT, now, null, accepted.id(), null);
        } else if (sent instanceof Sent.Unknown unknown) {
            Instant at = wireNow.plus(wait(made, LONGEST_WAIT));
            Instant until = claimed.repeatUntil(terms.remembered(), triedAt);
            again(token, claimed, at, until, made < MOST_ATTEMPTS, unknown.why());
        } else if (sent instanceof Sent.Spent) {
            uncount(token, id, 0);
            Quota quota = terms.quota().orElseThrow();
            quotas.close(quota, day(now));
            tomorrow(token, claimed, quota, true, now, wireNow);
        } else if (sent instanceof Sent.Retry retry && !retry.asked()) {
            uncount(token, id, 1);
            terms.quota().ifPresent(quota -> quotas.giveBack(quota, day(now)));
            Duration wait = longer(retry.after(), wait(claimed.away() + 1, LONGEST_AWAY));
            again(token, claimed, wireNow.plus(wait), doubt, claimed.away() + 1 < MOST_AWAY, retry.why());
        } else if (sent instanceof Sent.Retry retry) {
            Duration wait = longer(retry.after(), wait(made, LONGEST_WAIT));
            again(token, claimed, wireNow.plus(wait), doubt, made < MOST_ATTEMPTS, retry.why());
        } else if (sent instanceof Sent.Failed failed) {
            end(token, id, lost(doubt), null, null, null, failed.why());
        }
    }

    /** An attempt that was none of the notice's own. */
    private void uncount(String token, long id, int away) {
        jdbc.sql("update notice set attempts = attempts - 1, away = away + :away"
                        + " where association_id = :a and id = :id and claimed_by = :token")
                .param("away", away)
                .param("a", Tenant.current())
                .param("id", id)
                .param("token", token)
                .update();
    }

    /** Plans another attempt, unless there were enough, or what may have arrived could then arrive twice. */
    private void again(
            String token, Claimed claimed, Instant at, @Nullable Instant repeatUntil, boolean more, String why) {
        if (!more || repeatUntil != null && !at.isBefore(repeatUntil)) {
            end(token, claimed.id(), lost(repeatUntil), null, null, null, why);
            return;
        }
        jdbc.sql("update notice set repeat_until = :repeat where association_id = :a and id = :id"
                        + " and claimed_by = :token")
                .param("repeat", repeatUntil == null ? null : NoticeRow.utc(repeatUntil))
                .param("a", Tenant.current())
                .param("id", claimed.id())
                .param("token", token)
                .update();
        postpone(token, claimed.id(), at, why);
    }

    /** The end of what was not delivered: failed only if no attempt can have arrived. */
    private static Notice.State lost(@Nullable Instant repeatUntil) {
        return repeatUntil == null ? Notice.State.FAILED : Notice.State.UNCONFIRMED;
    }

    private static Duration wait(int attempts, Duration longest) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, 10));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    private static Duration longer(@Nullable Duration asked, Duration wait) {
        return asked != null && asked.compareTo(wait) > 0 ? asked : wait;
    }

    /** Ends the way of a notice; an answer that comes after its lease still corrects an unconfirmed one. */
    private void end(
            String token,
            long id,
            Notice.State state,
            @Nullable Instant sentAt,
            @Nullable Instant deliveredAt,
            @Nullable String channelId,
            @Nullable String why) {
        int changed = jdbc.sql(
                        "update notice set state = :state, claimed_by = null, claimed_until = null, retry_at = null,"
                                + " sent_at = :sent, delivered_at = :delivered, channel_id = :channel, why = :why"
                                + " where association_id = :a and id = :id"
                                + " and (claimed_by = :token or state = 'unconfirmed')")
                .param("state", state.code())
                .param("sent", sentAt == null ? null : NoticeRow.utc(sentAt))
                .param("delivered", deliveredAt == null ? null : NoticeRow.utc(deliveredAt))
                .param("channel", channelId)
                .param("why", shortened(why))
                .param("a", Tenant.current())
                .param("id", id)
                .param("token", token)
                .update();
        if (changed == 1) {
            followUp(id, state, sentAt, deliveredAt);
        } else {
            LOG.warn("Notice {} came to {} after another node had settled it", id, state);
        }
    }

    /** What hangs on the end of a notice: the lines of a digest share its fate, a lost one goes to a person. */
    private void followUp(long id, Notice.State state, @Nullable Instant sentAt, @Nullable Instant deliveredAt) {
        if (state == Notice.State.FAILED || state == Notice.State.UNCONFIRMED) {
            notices.find(id).ifPresent(undelivered::handToTeacher);
        }
        jdbc.sql("update notice set state = :state, sent_at = :sent, delivered_at = :delivered"
                        + " where association_id = :a and channel = 'digest' and digest_id = :id")
                .param("state", state.code())
                .param("sent", sentAt == null ? null : NoticeRow.utc(sentAt))
                .param("delivered", deliveredAt == null ? null : NoticeRow.utc(deliveredAt))
                .param("a", Tenant.current())
                .param("id", id)
                .update();
    }

    /** After a crash: what was claimed and not tried goes back; what was tried is repeated or unconfirmed. */
    void recover(Instant wireNow) {
        String association = Tenant.current();
        sameWords.tidy(wireNow);
        record Stale(long id, boolean again) {}
        List<Stale> stale = jdbc.sql("select id, tried_at, repeat_until from notice where association_id = :a"
                        + " and state = 'waiting' and claimed_until < :now for update skip locked")
                .param("a", association)
                .param("now", NoticeRow.utc(wireNow))
                .query((row, number) -> new Stale(
                        row.getLong("id"),
                        row.getObject("tried_at") == null
                                || NoticeRow.instant(row.getObject("repeat_until", LocalDateTime.class))
                                        .isAfter(wireNow)))
                .list();
        for (Stale notice : stale) {
            boolean again = notice.again();
            jdbc.sql("update notice set claimed_by = null, claimed_until = null, state = :state, why = :why"
                            + " where association_id = :a and id = :id")
                    .param("state", (again ? Notice.State.WAITING : Notice.State.UNCONFIRMED).code())
                    .param("why", again ? null : "发送时服务中断")
                    .param("a", association)
                    .param("id", notice.id())
                    .update();
            if (!again) {
                followUp(notice.id(), Notice.State.UNCONFIRMED, null, null);
            }
        }
    }

    /** How many notices went to an address since a moment. */
    int sentSince(String address, Instant since) {
        return jdbc.sql("select count(*) from notice where association_id = :a and address = :address and sent_at >="
                        + " :since and urgent = false")
                .param("a", Tenant.current())
                .param("address", address)
                .param("since", NoticeRow.utc(since))
                .query(Integer.class)
                .single();
    }

    /** Keeps a channel's report until {@link #reconcile} finds the notice it is about; the first one counts. */
    void report(String channelId, boolean arrived, String why, Instant now) {
        jdbc.sql("insert ignore into notice_report (association_id, channel_id, arrived, why, reported_at)"
                        + " values (:a, :channel, :arrived, :why, :at)")
                .param("a", Tenant.current())
                .param("channel", channelId)
                .param("arrived", arrived)
                .param("why", shortened(why))
                .param("at", NoticeRow.utc(now))
                .update();
    }

    /** Applies the reports whose notices have their answer by now; one that is faster than its answer waits here. */
    void reconcile() {
        String association = Tenant.current();
        record Report(long id, String channelId, boolean arrived, String why, Instant at, Instant sentAt) {}
        List<Report> reports = jdbc.sql("select n.id, r.channel_id, r.arrived, r.why, r.reported_at, n.sent_at"
                        + " from notice_report r join notice n"
                        + " on n.association_id = r.association_id and n.channel_id = r.channel_id"
                        + " where r.association_id = :a and n.state = 'sent'")
                .param("a", association)
                .query((row, number) -> new Report(
                        row.getLong("id"),
                        row.getString("channel_id"),
                        row.getBoolean("arrived"),
                        row.getString("why"),
                        NoticeRow.instant(row.getObject("reported_at", LocalDateTime.class)),
                        NoticeRow.instant(row.getObject("sent_at", LocalDateTime.class))))
                .list();
        for (Report report : reports) {
            Notice.State state = report.arrived() ? Notice.State.DELIVERED : Notice.State.FAILED;
            Instant arrived = report.arrived() ? report.at() : null;
            jdbc.sql("update notice set state = :state, delivered_at = :at, why = :why"
                            + " where association_id = :a and id = :id and state = 'sent'")
                    .param("state", state.code())
                    .param("at", arrived == null ? null : NoticeRow.utc(arrived))
                    .param("why", report.arrived() ? null : report.why())
                    .param("a", association)
                    .param("id", report.id())
                    .update();
            jdbc.sql("delete from notice_report where association_id = :a and channel_id = :channel")
                    .param("a", association)
                    .param("channel", report.channelId())
                    .update();
            followUp(report.id(), state, report.sentAt(), arrived);
        }
    }

    private static @Nullable String shortened(@Nullable String why) {
        return why == null || why.length() <= 300 ? why : why.substring(0, 300);
    }
}
