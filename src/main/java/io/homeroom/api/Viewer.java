package io.homeroom.api;

import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.liaison.Covers;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Who asks, and what that person may see and do in the association at work. */
@Component
class Viewer {

    private final Staff staff;
    private final Covers covers;
    private final Roster roster;

    Viewer(Staff staff, Covers covers, Roster roster) {
        this.staff = staff;
        this.covers = covers;
        this.roster = roster;
    }

    StaffMember me() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        return (caller == null ? Optional.<StaffMember>empty() : staff.byUsername(caller.getName()))
                .filter(StaffMember::active)
                .orElseThrow(() -> ApiProblem.of(HttpStatus.UNAUTHORIZED, "没有登录", "请用员工账号登录（HTTP Basic）。"));
    }

    /** The class teachers whose members this person is kept to; null for those who see everybody. */
    @Nullable
    List<Long> only() {
        StaffMember me = me();
        boolean all = me.roles().stream().anyMatch(role -> role != Role.TEACHER);
        return all ? null : covers.desksOf(me.id());
    }

    /**
     * The member of that id, if this person may see it; otherwise it does not exist for this person.
     *
     * @throws ApiProblem 404
     */
    Member member(String id) {
        List<Long> only = only();
        return key(id).flatMap(roster::find)
                .filter(member -> only == null || member.teacherId() != null && only.contains(member.teacherId()))
                .orElseThrow(() -> ApiProblem.notFound("这个会员"));
    }

    /** A key as it is sent: a decimal string. */
    static Optional<Long> key(@Nullable String id) {
        try {
            return id == null || !id.matches("\\d{1,19}") ? Optional.empty() : Optional.of(Long.valueOf(id));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    /** @throws ApiProblem 403 unless this person has one of the roles */
    void needs(String what, Role... any) {
        StaffMember me = me();
        for (Role role : any) {
            if (me.roles().contains(role)) {
                return;
            }
        }
        StringBuilder words = new StringBuilder();
        for (Role role : any) {
            words.append(words.isEmpty() ? "" : "、").append(role.word());
        }
        throw ApiProblem.forbidden(what + "由" + words + "来做；你的账号没有这个角色，请找他们或让管理员调整。");
    }
}
