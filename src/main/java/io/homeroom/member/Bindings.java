package io.homeroom.member;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ties between WeChat users and the members they speak for, made by one-time invitations. Expiry runs on the wire's
 * clock. Works inside a tenant.
 */
@Service
@Transactional
public class Bindings {

    private static final int SCENE_LENGTH = 32;

    private final EntityManager rows;
    private final JdbcClient jdbc;
    private final MemberReader reader;
    private final Contacts contacts;
    private final Clock wire;
    private final ApplicationEventPublisher events;

    Bindings(
            EntityManager rows,
            JdbcClient jdbc,
            MemberReader reader,
            Contacts contacts,
            @Qualifier("wireClock") Clock wire,
            ApplicationEventPublisher events) {
        this.events = events;
        this.rows = rows;
        this.jdbc = jdbc;
        this.reader = reader;
        this.contacts = contacts;
        this.wire = wire;
    }

    /**
     * Invites a member's contact.
     *
     * @param contactId whom; null for the one whom notices go to, made without a name if there is none
     * @param validFor from now on the wire's clock
     * @param by staff user name
     */
    public Invitation invite(long member, @Nullable Long contactId, Duration validFor, String by) {
        if (contactId != null
                && contacts.find(contactId).filter(c -> c.memberId() == member).isEmpty()) {
            throw new IllegalArgumentException("Contact " + contactId + " does not speak for member " + member);
        }
        String scene = Ids.secret(SCENE_LENGTH);
        Instant expires = wire.instant().plus(validFor).truncatedTo(ChronoUnit.MILLIS);
        jdbc.sql("insert into invitation (association_id, scene, member_id, contact_id, expires_at, invited_by)"
                        + " values (:association, :scene, :member, :contact, :expires, :by)")
                .param("association", Tenant.current())
                .param("scene", scene)
                .param("member", member)
                .param("contact", contactId, java.sql.Types.BIGINT)
                .param("expires", utc(expires))
                .param("by", by)
                .update();
        Invitation made = new Invitation(scene, expires, member);
        events.publishEvent(new InvitationMade(made));
        return made;
    }

    /** The invitation of a scene, if it can still be accepted. */
    @Transactional(readOnly = true)
    public Optional<Invitation> open(String scene) {
        return jdbc.sql("select member_id, expires_at from invitation where association_id = :association"
                        + " and scene = :scene and used_by is null and expires_at > :now")
                .param("association", Tenant.current())
                .param("scene", scene)
                .param("now", utc(wire.instant()))
                .query((row, n) -> new Invitation(
                        scene,
                        row.getObject("expires_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        row.getLong("member_id")))
                .optional();
    }

    /**
     * Ties a WeChat user to the member of an invitation: once, in time, and whoever comes first.
     *
     * @return the contact now bound, or a sentence for the user
     */
    public Outcome<Contact> bind(String scene, String openid) {
        Instant now = wire.instant();
        // One statement decides between two who scan at the same moment.
        int taken = jdbc.sql(
                        "update invitation set used_by = :openid, used_at = :now where association_id = :association"
                                + " and scene = :scene and used_by is null and expires_at > :now")
                .param("openid", openid)
                .param("now", utc(now))
                .param("association", Tenant.current())
                .param("scene", scene)
                .update();
        if (taken == 0) {
            return Outcome.refused(whyNot(scene, openid));
        }
        Invited invited = invited(scene).orElseThrow();
        return Outcome.done(settle(contact(invited), openid, now));
    }

    /**
     * Ties a WeChat user to a contact without an invitation. Only for somebody who has shown in another way that it
     * speaks for the member: by having filed the application that brought it here.
     *
     * @throws IllegalArgumentException if there is no such contact
     */
    public Contact bindTo(long contactId, String openid) {
        ContactRow contact = rows.find(ContactRow.class, contactId, LockModeType.PESSIMISTIC_WRITE);
        if (contact == null) {
            throw new IllegalArgumentException("No contact " + contactId);
        }
        return settle(contact, openid, wire.instant());
    }

    private Contact settle(ContactRow contact, String openid, Instant now) {
        if (contact.openid != null && !contact.openid.equals(openid)) {
            events.publishEvent(new TieChanged(contact.show(), false, "由另一位微信用户接替", true));
            untie(contact.openid, contact.memberId);
        }
        // One person speaks for a member in one role: the newer invitation counts.
        for (ContactRow former : tied(openid, contact.memberId)) {
            if (former.id != contact.id) {
                Contact taken = contact.show();
                String as = former.role.equals(contact.role)
                        ? "为" + taken.name()
                        : "任" + taken.role().word();
                events.publishEvent(new TieChanged(former.show(), false, "同一位微信用户改" + as));
            }
            former.openid = null;
        }
        contact.openid = openid;
        rows.flush();
        untie(openid, contact.memberId);
        tie(openid, contact, now);
        Contact tied = contact.show();
        events.publishEvent(new TieChanged(tied, true, ""));
        return tied;
    }

    private record Invited(
            long memberId,
            @Nullable Long contactId,
            @Nullable String usedBy,
            LocalDateTime expiresAt) {}

    private Optional<Invited> invited(String scene) {
        // A locking read sees the scan that won, whenever this transaction began.
        return jdbc.sql("select member_id, contact_id, used_by, expires_at from invitation"
                        + " where association_id = :association and scene = :scene for update")
                .param("association", Tenant.current())
                .param("scene", scene)
                .query((row, n) -> new Invited(
                        row.getLong("member_id"),
                        row.getObject("contact_id", Long.class),
                        row.getString("used_by"),
                        row.getObject("expires_at", LocalDateTime.class)))
                .optional();
    }

    private String whyNot(String scene, String openid) {
        Optional<Invited> found = invited(scene);
        if (found.isEmpty()) {
            return "没有找到这份邀请。请向班主任或秘书处索取新的二维码。";
        }
        String usedBy = found.get().usedBy();
        if (usedBy == null) {
            return "这个二维码已过期。请向班主任或秘书处索取新的二维码。";
        }
        if (!usedBy.equals(openid)) {
            return "这个二维码已被另一位联系人使用。如需绑定，请向班主任或秘书处索取新的二维码。";
        }
        long member = found.get().memberId();
        return of(openid).stream().anyMatch(tie -> tie.memberId() == member)
                ? "您已用这个二维码绑定过，无需再扫。回复“状态”即可查看。"
                : "您用这个二维码绑定过，那次绑定后来已经解除。要再绑定，请向班主任或秘书处索取新的二维码。";
    }

    private ContactRow contact(Invited invited) {
        Long wanted = invited.contactId();
        if (wanted == null) {
            wanted = contacts.toNotify(invited.memberId()).map(Contact::id).orElse(null);
        }
        ContactRow row = wanted == null ? null : rows.find(ContactRow.class, wanted, LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            row = new ContactRow(Ids.next(), invited.memberId(), Role.LIAISON, "", "");
            rows.persist(row);
        }
        return row;
    }

    private void tie(String openid, ContactRow contact, Instant now) {
        jdbc.sql("insert into binding (association_id, openid, member_id, contact_id, bound_at, chosen)"
                        + " values (:association, :openid, :member, :contact, :now, :chosen)")
                .param("association", Tenant.current())
                .param("openid", openid)
                .param("member", contact.memberId)
                .param("contact", contact.id)
                .param("now", utc(now))
                .param("chosen", false)
                .update();
    }

    private void untie(String openid, long member) {
        jdbc.sql("delete from binding where association_id = :association and openid = :openid and member_id = :member")
                .param("association", Tenant.current())
                .param("openid", openid)
                .param("member", member)
                .update();
    }

    private List<ContactRow> tied(String openid, long member) {
        return rows.createQuery("from ContactRow c where c.memberId = :member and c.openid = :openid", ContactRow.class)
                .setParameter("member", member)
                .setParameter("openid", openid)
                .getResultList();
    }

    /** Cuts a tie; nothing happens where there is none. */
    public void unbind(String openid, long member) {
        for (ContactRow contact : tied(openid, member)) {
            events.publishEvent(new TieChanged(contact.show(), false, ""));
            contact.openid = null;
        }
        rows.flush();
        untie(openid, member);
    }

    /** All members for which a WeChat user speaks, in the order of binding. */
    @Transactional(readOnly = true)
    public List<Bound> of(String openid) {
        // The keys are named as in MemberRows: a person's every message begins here.
        List<Bound> ties = jdbc.sql("select /*+ INDEX(b PRIMARY) INDEX(m PRIMARY) */ " + MemberReader.COLUMNS
                        + ", b.contact_id, b.chosen from binding b"
                        + " join member m on m.association_id = b.association_id and m.id = b.member_id"
                        + " where b.association_id = :association and b.openid = :openid"
                        + " order by b.bound_at, b.member_id")
                .param("association", Tenant.current())
                .param("openid", openid)
                .query((row, n) -> new Bound(reader.member(row), row.getLong("contact_id"), row.getBoolean("chosen")))
                .list();
        if (ties.size() == 1) {
            Bound only = ties.get(0);
            return List.of(new Bound(only.member(), only.contactId(), true));
        }
        return ties;
    }

    /**
     * From now on the user's questions are about this member.
     *
     * @throws IllegalArgumentException if the user does not speak for it
     */
    public void choose(String openid, long member) {
        if (of(openid).stream().noneMatch(tie -> tie.memberId() == member)) {
            throw new IllegalArgumentException("This user does not speak for member " + member);
        }
        jdbc.sql("update binding set chosen = case when member_id = :member then 1 else 0 end"
                        + " where association_id = :association and openid = :openid")
                .param("member", member)
                .param("association", Tenant.current())
                .param("openid", openid)
                .update();
    }

    /** The member that the user's questions are about: the only one, or the chosen one. */
    @Transactional(readOnly = true)
    public Optional<Bound> current(String openid) {
        return of(openid).stream().filter(Bound::current).findFirst();
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
