package io.homeroom.console;

import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The person at the console, in the association at work. Handlers take it as an argument.
 *
 * @param code the association
 * @param staff the account, looked up for this request
 * @param desks the class teachers whose classes it looks after today: itself, and those it stands in for
 * @param branches the branches it speaks for: it looks into their members and chases their fees, no more
 */
record Visitor(String code, StaffMember staff, List<Long> desks, List<String> branches) {

    /** Request attribute. */
    static final String ATTRIBUTE = Visitor.class.getName();

    boolean is(Role... any) {
        for (Role role : any) {
            if (staff.roles().contains(role)) {
                return true;
            }
        }
        return false;
    }

    /** The class teachers whose members this person is kept to; null for those who see everybody. */
    @Nullable
    List<Long> only() {
        return is(Role.ADMIN, Role.SECRETARIAT, Role.FINANCE) ? null : desks;
    }

    boolean sees(Member member) {
        List<Long> only = only();
        Long teacher = member.teacherId();
        return only == null || teacher != null && only.contains(teacher);
    }

    /** Whether this person may look into a member, and note what it says about its fee. */
    boolean looksAfter(Member member) {
        return sees(member) || !Collections.disjoint(member.branches(), branches);
    }

    /**
     * Whether what is addressed so waits for this person: its own, that of the colleagues it stands in for, and that of
     * the branches it speaks for.
     */
    boolean answersFor(String address) {
        return addresses().contains(address);
    }

    /** All that is addressed so waits for this person. */
    List<String> addresses() {
        return Stream.concat(desks.stream().map(StaffMember::address), branches.stream())
                .toList();
    }

    /** The member of a key, if this person sees it; for anybody else there is none. */
    Member member(Roster roster, long id) {
        return roster.find(id).filter(this::sees).orElseThrow(NotHere::new);
    }

    boolean mayTakeMoney() {
        return is(Role.ADMIN, Role.SECRETARIAT, Role.FINANCE);
    }

    boolean mayEdit() {
        return is(Role.ADMIN, Role.SECRETARIAT);
    }

    /** Whether this person deals with members: invites them, gives them tasks, notes what they take part in. */
    boolean mayInvite() {
        return is(Role.ADMIN, Role.SECRETARIAT, Role.TEACHER);
    }

    /** An address in this association: {@code at("members")}. */
    String at(String path) {
        return "/console/" + code + "/" + path;
    }

    String username() {
        return staff.username();
    }
}
