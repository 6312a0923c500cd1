package io.homeroom.member;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who speaks for a member: one person in each role. Works inside a tenant. */
@Service
@Transactional
public class Contacts {

    private final EntityManager rows;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    Contacts(EntityManager rows, JdbcClient jdbc, ApplicationEventPublisher events) {
        this.rows = rows;
        this.jdbc = jdbc;
        this.events = events;
    }

    /** A member's contacts, the liaison first, then the representative. */
    @Transactional(readOnly = true)
    public List<Contact> of(long member) {
        return rowsOf(member).map(ContactRow::show).toList();
    }

    /** Contacts of many members in one query. */
    @Transactional(readOnly = true)
    public Map<Long, List<Contact>> ofAll(Collection<Long> members) {
        if (members.isEmpty()) {
            return Map.of();
        }
        return rows.createQuery("from ContactRow c where c.memberId in :members order by c.role", ContactRow.class)
                .setParameter("members", members)
                .getResultStream()
                .map(ContactRow::show)
                .collect(Collectors.groupingBy(Contact::memberId));
    }

    /** Those of these members that a notice reaches: whom it goes to, by {@link #toNotify}, is tied to WeChat. */
    @Transactional(readOnly = true)
    public Set<Long> reachable(Collection<Long> members) {
        return ofAll(members).entrySet().stream()
                .filter(known -> isReachable(known.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The same for one member's contacts, as {@link #of} and {@link #ofAll} list them. */
    public static boolean isReachable(List<Contact> known) {
        return !known.isEmpty() && known.get(0).openid() != null;
    }

    private Stream<ContactRow> rowsOf(long member) {
        // Roles sort as wanted by their codes: liaison, representative, self.
        return rows.createQuery("from ContactRow c where c.memberId = :member order by c.role", ContactRow.class)
                .setParameter("member", member)
                .getResultStream();
    }

    /** The contact of a key. */
    @Transactional(readOnly = true)
    public Optional<Contact> find(long contact) {
        return Optional.ofNullable(rows.find(ContactRow.class, contact)).map(ContactRow::show);
    }

    /** Whom a notice to the member goes to: the liaison, else the representative; a person itself. */
    @Transactional(readOnly = true)
    public Optional<Contact> toNotify(long member) {
        return rowsOf(member).findFirst().map(ContactRow::show);
    }

    /**
     * Members for which the same person speaks in a role, other than this one: the same name, and no different phone.
     *
     * @param phone in clear; empty where it is not known
     */
    @Transactional(readOnly = true)
    public List<Long> sameElsewhere(long member, Role role, String name, String phone) {
        return rows.createQuery(
                        "from ContactRow c where c.role = :role and c.name = :name and c.memberId <> :member",
                        ContactRow.class)
                .setParameter("role", role.code())
                .setParameter("name", name)
                .setParameter("member", member)
                .getResultStream()
                .filter(row -> phone.isEmpty() || row.phone.isEmpty() || row.phone.equals(phone))
                .map(row -> row.memberId)
                .toList();
    }

    /**
     * Notes who speaks in a role. Another person's name means another person: the tie of the former one to the member
     * is cut.
     */
    public Contact put(long member, Role role, String name, String phone) {
        ContactRow row = rowsOf(member)
                .filter(known -> known.role.equals(role.code()))
                .findFirst()
                .orElse(null);
        if (row == null) {
            row = new ContactRow(Ids.next(), member, role, name, phone);
            rows.persist(row);
        } else {
            if (!row.name.equals(name)) {
                loosen(row, "换了人");
                row.openid = null;
            }
            row.name = name;
            row.phone = phone;
        }
        rows.flush();
        return row.show();
    }

    /** Takes a contact off the roster, with its tie to a WeChat user. */
    public void remove(long contact) {
        ContactRow row = rows.find(ContactRow.class, contact);
        if (row != null) {
            loosen(row, "不再是联系人");
            rows.remove(row);
            rows.flush();
        }
    }

    private void loosen(ContactRow contact, String why) {
        if (contact.openid != null) {
            events.publishEvent(new TieChanged(contact.show(), false, why));
        }
        jdbc.sql("delete from binding where association_id = :association and contact_id = :contact")
                .param("association", Tenant.current())
                .param("contact", contact.id)
                .update();
    }
}
