package io.homeroom.notice;

import io.homeroom.desk.Delivery;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What was told to whom by the association at work, and how far it came. */
@Service
@Transactional(readOnly = true)
public class Notices implements Delivery {

    private final EntityManager entities;

    Notices(EntityManager entities) {
        this.entities = entities;
    }

    /** A page of notices. */
    public List<Notice> search(NoticeSearch search) {
        Map<String, Object> values = new HashMap<>();
        StringBuilder where = new StringBuilder(search.newestFirst() ? "id < :after" : "id > :after");
        values.put("after", search.newestFirst() && search.after() == 0 ? Long.MAX_VALUE : search.after());
        if (search.memberId() != null) {
            where.append(" and memberId = :member");
            values.put("member", search.memberId());
        }
        if (search.to() != null) {
            where.append(" and addressee = :to");
            values.put("to", search.to());
        }
        if (search.state() != null) {
            where.append(" and state = :state");
            values.put("state", search.state().code());
        }
        if (search.about() != null) {
            where.append(" and about = :about");
            values.put("about", search.about());
        }
        if (search.since() != null) {
            where.append(" and createdAt >= :since");
            values.put("since", search.since());
        }
        TypedQuery<NoticeRow> query = entities.createQuery(
                        "from NoticeRow where " + where + " order by id" + (search.newestFirst() ? " desc" : ""),
                        NoticeRow.class)
                .setMaxResults(search.limit());
        values.forEach(query::setParameter);
        return query.getResultStream().map(NoticeRow::view).toList();
    }

    public Optional<Notice> find(long id) {
        return Optional.ofNullable(entities.find(NoticeRow.class, id)).map(NoticeRow::view);
    }

    /** The notice written under a key. */
    public Optional<Notice> byKey(String key) {
        return entities.createQuery("from NoticeRow where noticeKey = :key", NoticeRow.class)
                .setParameter("key", key)
                .getResultStream()
                .findFirst()
                .map(NoticeRow::view);
    }

    @Override
    public Set<String> delivered(Collection<String> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        // The state is looked at here: asked for in the statement, it tempts the database to walk all that was
        // delivered.
        return entities
                .createQuery("select noticeKey, state from NoticeRow where noticeKey in :keys", Object[].class)
                .setParameter("keys", keys)
                .getResultList()
                .stream()
                .filter(row -> Notice.State.DELIVERED.code().equals(row[1]))
                .map(row -> (String) row[0])
                .collect(Collectors.toUnmodifiableSet());
    }
}
