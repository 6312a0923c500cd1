package io.homeroom.member;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who speaks for a member: a person in each role, and as liaison as many as the room above lets it name. Works inside
 * a tenant.
 */
@Service
@Transactional
public class Contacts {

    private final EntityManager rows;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final ObjectProvider<SpeakerRule> rules;

    Contacts(EntityManager rows, JdbcClient jdbc, ApplicationEventPublisher events, ObjectProvider<SpeakerRule> rules) {
        this.rows = rows;
        this.jdbc = jdbc;
        this.events = events;
        this.rules = rules;
    }

    /** A member's contacts, the liaisons first and of them the first, then the representative. */
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
        return rows.createQuery(
                        "from ContactRow c where c.memberId in :members order by c.role, c.place", ContactRow.class)
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
        return rows.createQuery(
                        "from ContactRow c where c.memberId = :member order by c.role, c.place", ContactRow.class)
                .setParameter("member", member)
                .getResultStream();
    }

    /** The contact of a key. */
    @Transactional(readOnly = true)
    public Optional<Contact> find(long contact) {
        return Optional.ofNullable(rows.find(ContactRow.class, contact)).map(ContactRow::show);
    }

    /** Whom a notice to the member goes to: the first liaison, else the representative; a person itself. */
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

    /** The members whose representative is not their liaison, in the order of entry. */
    @Transactional(readOnly = true)
    public List<Long> apart() {
        return rows.createQuery(
                        "select r.memberId from ContactRow r where r.role = :representative"
                                + " and exists (select l.id from ContactRow l where l.memberId = r.memberId"
                                + " and l.role = :liaison and l.name <> '')"
                                + " and not exists (select l.id from ContactRow l where l.memberId = r.memberId"
                                + " and l.role = :liaison and l.name = r.name) order by r.memberId",
                        Long.class)
                .setParameter("liaison", Role.LIAISON.code())
                .setParameter("representative", Role.REPRESENTATIVE.code())
                .getResultList();
    }

    /** The other role that somebody named for one has too, where the two are one person; null for none. */
    private @Nullable Role besides(Role role) {
        if (role == Role.SELF || rules.stream().noneMatch(SpeakerRule::onePerson)) {
            return null;
        }
        return role == Role.LIAISON ? Role.REPRESENTATIVE : Role.LIAISON;
    }

    /** Who speaks for a member that is entered; nobody does yet. */
    void begin(long member, List<NewMember.NewContact> people) {
        for (NewMember.NewContact person : people) {
            rows.persist(new ContactRow(Ids.next(), member, person.role(), person.name(), person.phone()));
            Role other = besides(person.role());
            if (other != null && people.stream().noneMatch(known -> known.role() == other)) {
                rows.persist(new ContactRow(Ids.next(), member, other, person.name(), person.phone()));
            }
        }
    }

    /**
     * Notes who speaks in a role, of several the first. Another person's name means another person: the tie of the
     * former one to the member is cut; who spoke in it beside the former one comes in its place, and keeps its own tie.
     * Where liaison and representative are one person, it is noted in both roles; but who is in its role already
     * does not push out another one who was in the other role before that was so.
     */
    public Contact put(long member, Role role, String name, String phone) {
        Role other = besides(role);
        List<Contact> known = other == null ? List.of() : of(member);
        boolean stays = first(known, role).filter(name::equals).isPresent()
                && first(known, other).filter(there -> !there.equals(name)).isPresent();
        Contact noted = note(member, role, name, phone);
        if (other == null || stays) {
            return noted;
        }
        Contact beside = note(member, other, name, phone);
        carry(role == Role.LIAISON ? beside : noted, role == Role.LIAISON ? noted : beside);
        return find(noted.id()).orElse(noted);
    }

    private static Optional<String> first(List<Contact> known, @Nullable Role role) {
        return known.stream()
                .filter(contact -> contact.role() == role)
                .findFirst()
                .map(Contact::name);
    }

    private List<ContactRow> rowsOf(long member, Role role) {
        return rowsOf(member).filter(row -> row.role.equals(role.code())).toList();
    }

    private Contact note(long member, Role role, String name, String phone) {
        List<ContactRow> known = rowsOf(member, role);
        ContactRow row = known.isEmpty() ? null : known.get(0);
        if (known.stream().skip(1).anyMatch(further -> further.name.equals(name))) {
            remove(known.get(0).id);
            return lead(add(member, role, name, phone).id());
        }
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

    /** One person has one tie, as the liaison, to whom notices go: that of the representative who becomes both. */
    private void carry(Contact representative, Contact liaison) {
        ContactRow from = rows.find(ContactRow.class, representative.id());
        ContactRow to = rows.find(ContactRow.class, liaison.id());
        if (from.openid == null || to.openid != null) {
            return;
        }
        events.publishEvent(new TieChanged(from.show(), false, "同一个人兼任联络员"));
        to.openid = from.openid;
        from.openid = null;
        rows.flush();
        jdbc.sql("update binding set contact_id = :liaison where association_id = :association and contact_id = :id")
                .param("liaison", to.id)
                .param("association", Tenant.current())
                .param("id", from.id)
                .update();
        events.publishEvent(new TieChanged(to.show(), true, ""));
    }

    /**
     * Notes that one more person speaks in a role, after those who do; of one who does already, the phone.
     *
     * @param phone in clear; empty where it is not known
     */
    public Contact add(long member, Role role, String name, String phone) {
        List<ContactRow> known = rowsOf(member, role);
        ContactRow row =
                known.stream().filter(one -> one.name.equals(name)).findFirst().orElse(null);
        if (row == null) {
            row = new ContactRow(Ids.next(), member, role, name, phone);
            row.place = known.isEmpty() ? 0 : known.get(known.size() - 1).place + 1;
            rows.persist(row);
        } else if (!phone.isEmpty()) {
            row.phone = phone;
        }
        rows.flush();
        return row.show();
    }

    /**
     * Puts a contact before the others of its role; its tie and theirs stay.
     *
     * @throws IllegalArgumentException if there is no such contact
     */
    public Contact lead(long contact) {
        ContactRow row = rows.find(ContactRow.class, contact);
        if (row == null) {
            throw new IllegalArgumentException("No contact " + contact);
        }
        ContactRow first = rowsOf(row.memberId, Role.of(row.role)).get(0);
        if (first.id != row.id) {
            row.place = first.place - 1;
        }
        rows.flush();
        return row.show();
    }

    /** Takes a contact off the roster, with its tie to a WeChat user and the invitations that nobody has accepted yet. */
    public void remove(long contact) {
        // Whoever scans meanwhile takes the invitation before the contact: so here, too.
        jdbc.sql("delete from invitation where association_id = :association and contact_id = :contact"
                        + " and used_by is null")
                .param("association", Tenant.current())
                .param("contact", contact)
                .update();
        ContactRow row = rows.find(ContactRow.class, contact, LockModeType.PESSIMISTIC_WRITE);
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
