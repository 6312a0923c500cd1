package io.homeroom.notice;

import io.homeroom.desk.LastWord;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.schedule.BusinessClock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Answers lower rooms from the notices that were written. */
@Component
@Transactional(readOnly = true)
class LatestNotices implements LastWord {

    private final JdbcClient jdbc;
    private final Contacts contacts;
    private final NoticeSettings settings;
    private final BusinessClock clock;

    LatestNotices(JdbcClient jdbc, Contacts contacts, NoticeSettings settings, BusinessClock clock) {
        this.jdbc = jdbc;
        this.contacts = contacts;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Map<Long, Told> to(Collection<Long> members, Collection<String> abouts) {
        Map<Long, Told> latest = new HashMap<>();
        if (members.isEmpty() || abouts.isEmpty()) {
            return latest;
        }
        jdbc.sql("select n.member_id, n.about, n.body, n.created_at, n.state from notice n join (select max(id) as id"
                        + " from notice where association_id = :a and member_id in (:members) and about in (:abouts)"
                        + " and addressee in ('member', 'liaison', 'representative') group by member_id) l"
                        + " on l.id = n.id where n.association_id = :a")
                .param("a", Tenant.current())
                .param("members", members)
                .param("abouts", abouts)
                .query((row, number) -> new Told(
                        row.getLong("member_id"),
                        row.getString("about"),
                        row.getString("body"),
                        NoticeRow.instant(row.getObject("created_at", LocalDateTime.class)),
                        Notice.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT))
                                .word()))
                .list()
                .forEach(told -> latest.put(told.memberId(), told));
        return latest;
    }

    @Override
    public boolean mayHearMore(long member) {
        String openid = contacts.toNotify(member).map(Contact::openid).orElse(null);
        if (openid == null) {
            return false;
        }
        int heard = jdbc.sql("select count(*) from notice where association_id = :a and address = :address"
                        + " and sent_at >= :since and urgent = false")
                .param("a", Tenant.current())
                .param("address", openid)
                .param("since", NoticeRow.utc(clock.instant().minus(Duration.ofDays(7))))
                .query(Integer.class)
                .single();
        return heard < settings.weeklyBudget();
    }
}
