package io.homeroom.governance;

import io.homeroom.desk.Audit;
import io.homeroom.member.Roster;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Activities that were offered, and which members took part. */
@Service
@Transactional
public class Activities {

    private final EntityManager entities;
    private final Roster roster;
    private final Audit audit;

    Activities(EntityManager entities, Roster roster, Audit audit) {
        this.entities = entities;
        this.roster = roster;
        this.audit = audit;
    }

    /** Records an activity and who took part; those members are looked at again at once. */
    public void record(LocalDate day, Collection<Long> present, String by) {
        offered(day);
        for (long member : present) {
            entities.persist(new ActivityRow(day, member));
            roster.touch(member);
        }
        audit.note(by, "activity", null, "活动 " + day + "，参加" + present.size() + "家");
    }

    /** Records that an activity was offered on a day; twice is once. */
    public void offered(LocalDate day) {
        if (!offeredBetween(day, day).isEmpty()) {
            return;
        }
        entities.persist(new ActivityRow(day, null));
    }

    /** Days on which an activity was offered, both ends included. */
    @Transactional(readOnly = true)
    public List<LocalDate> offeredBetween(LocalDate first, LocalDate last) {
        return entities.createQuery(
                        "select heldOn from ActivityRow where memberId is null and heldOn between :first and :last"
                                + " order by heldOn",
                        LocalDate.class)
                .setParameter("first", first)
                .setParameter("last", last)
                .getResultList();
    }

    /** Days on which each member took part, oldest first. */
    @Transactional(readOnly = true)
    public Map<Long, List<LocalDate>> attendedBy(Collection<Long> members) {
        Map<Long, List<LocalDate>> days = new HashMap<>();
        if (members.isEmpty()) {
            return days;
        }
        entities.createQuery(
                        "select memberId, heldOn from ActivityRow where memberId in :members order by heldOn",
                        Object[].class)
                .setParameter("members", members)
                .getResultList()
                .forEach(row -> days.computeIfAbsent((Long) row[0], id -> new ArrayList<>())
                        .add((LocalDate) row[1]));
        return days;
    }
}
