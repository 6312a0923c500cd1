package io.homeroom.notice;

import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tell;
import io.homeroom.liaison.Classes;
import io.homeroom.liaison.Covers;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Finds the person behind an addressee, and the way to reach it today. */
@Component
class Addresses {

    private static final String STAFF = "staff:";

    /** What is meant for the person itself, on leave or not: hand-overs, and answers in its own conversation. */
    private static final Set<String> PERSONAL = Set.of("class-teacher", "card", "card-settled");

    private final Roster roster;
    private final Contacts contacts;
    private final Staff staff;
    private final Classes classes;
    private final Covers covers;
    private final BusinessClock clock;

    Addresses(Roster roster, Contacts contacts, Staff staff, Classes classes, Covers covers, BusinessClock clock) {
        this.roster = roster;
        this.contacts = contacts;
        this.staff = staff;
        this.classes = classes;
        this.covers = covers;
        this.clock = clock;
    }

    /**
     * Where a notice goes.
     *
     * @param to the addressee as it is recorded
     * @param person who that is
     */
    record Address(String to, String person, Channel channel, String at) {}

    Address of(Tell tell) {
        String to = tell.to();
        if (to.equals("teacher")) {
            return classes.teacherOf(about(tell))
                    .map(this::present)
                    .map(Addresses::ofStaff)
                    .orElseGet(() -> ofOffice("秘书处", tell.urgency()));
        }
        if (to.startsWith(STAFF)) {
            long id = Long.parseLong(to.substring(STAFF.length()));
            return staff.find(id)
                    .filter(StaffMember::active)
                    .map(person ->
                            tell.memberId() == null || PERSONAL.contains(tell.about()) ? person : present(person))
                    .map(Addresses::ofStaff)
                    .orElseGet(() -> ofOffice("秘书处", tell.urgency()));
        }
        return switch (to) {
            case "member" -> ofContact(to, contacts.toNotify(about(tell)));
            case "liaison" -> ofContact(to, having(about(tell), Role.LIAISON));
            case "representative" -> ofContact(to, having(about(tell), Role.REPRESENTATIVE));
            case "former" -> new Address(to, to, Channel.WECHAT, former(tell));
            case "branch" ->
                branchOf(about(tell)).map(Addresses::ofStaff).orElseGet(() -> ofOffice(to, tell.urgency()));
            default ->
                tell.urgency() == Tell.Urgency.SOON
                        ? inHand(to).orElseGet(() -> new Address(to, to, Channel.ROBOT, ""))
                        : ofOffice(to, tell.urgency());
        };
    }

    /** The colleague who has the branch of a member as an office (BACCA-26, 34): the first with an account in WeCom. */
    private Optional<StaffMember> branchOf(long member) {
        return roster.find(member)
                .map(Member::branch)
                .flatMap(branch -> staff.holders(branch).stream()
                        .min(Comparator.comparing((StaffMember holder) -> holder.wecomUserId() == null)
                                .thenComparing(StaffMember::id)))
                .map(this::present);
    }

    /** The colleague who holds an office and reads WeCom, or whoever stands in for it today. */
    private Optional<Address> inHand(String office) {
        return staff.holders(office).stream()
                .map(this::present)
                .filter(person -> person.wecomUserId() != null)
                .min(Comparator.comparing(StaffMember::id))
                .map(Addresses::ofStaff)
                .map(person -> new Address(office, person.person(), person.channel(), person.at()));
    }

    /** The person, or whoever stands in for it today. */
    private StaffMember present(StaffMember person) {
        return covers.deputyOf(person.id(), clock.today()).orElse(person);
    }

    private static String former(Tell tell) {
        String openid = tell.data().get("openid");
        if (openid == null) {
            throw new IllegalArgumentException("A person that speaks for nobody any more is told by its openid");
        }
        return openid;
    }

    private static long about(Tell tell) {
        Long member = tell.memberId();
        if (member == null) {
            throw new IllegalArgumentException("To tell '" + tell.to() + "', it must be said which member");
        }
        return member;
    }

    /**
     * The contact of that role, by the tie that the same person has in another; else whoever speaks for the member: a unit
     * without liaison is told all the same.
     */
    private Optional<Contact> having(long member, Role role) {
        List<Contact> people = contacts.of(member);
        return people.stream()
                .filter(contact -> contact.role() == role)
                .findFirst()
                .map(contact -> people.stream()
                        .filter(same -> contact.openid() == null
                                && same.openid() != null
                                && same.name().equals(contact.name()))
                        .findFirst()
                        .orElse(contact))
                .or(() -> contacts.toNotify(member));
    }

    private static Address ofContact(String to, Optional<Contact> contact) {
        String person = contact.map(found -> found.role().code()).orElse(to);
        String openid = contact.map(Contact::openid).orElse(null);
        return openid == null
                ? new Address(to, person, Channel.NONE, "")
                : new Address(to, person, Channel.WECHAT, openid);
    }

    private static Address ofStaff(StaffMember member) {
        String user = member.wecomUserId();
        return user == null
                ? new Address(member.address(), member.address(), Channel.CONSOLE, "")
                : new Address(member.address(), member.address(), Channel.WECOM, user);
    }

    private static Address ofOffice(String office, Tell.Urgency urgency) {
        Channel channel = urgency == Tell.Urgency.NOW ? Channel.ROBOT : Channel.DIGEST;
        return new Address(office, office, channel, "");
    }
}
