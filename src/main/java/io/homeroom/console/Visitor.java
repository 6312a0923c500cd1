package io.homeroom.console;

import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.member.Member;
import org.jspecify.annotations.Nullable;

/**
 * The person at the console, in the association at work. Handlers take it as an argument.
 *
 * @param code the association
 * @param staff the account, looked up for this request
 */
record Visitor(String code, StaffMember staff) {

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

    /** The class this person is kept to; null for those who see everybody. */
    @Nullable
    Long onlyClass() {
        return is(Role.ADMIN, Role.SECRETARIAT, Role.FINANCE) ? null : staff.id();
    }

    boolean sees(Member member) {
        Long only = onlyClass();
        return only == null || only.equals(member.teacherId());
    }

    boolean mayTakeMoney() {
        return is(Role.ADMIN, Role.SECRETARIAT, Role.FINANCE);
    }

    boolean mayEdit() {
        return is(Role.ADMIN, Role.SECRETARIAT);
    }

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
