package io.homeroom.classroom;

import io.homeroom.desk.StaffMember;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.Collections;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which branches a colleague speaks for (BACCA-26, 34): it holds the branch's name as an office. It sees the members of
 * that branch and chases their fees; nothing else of a class teacher's is its to do.
 */
@Service
@Transactional(readOnly = true)
public class Branches {

    private final Lawbook law;
    private final Roster roster;
    private final BusinessClock clock;

    Branches(Lawbook law, Roster roster, BusinessClock clock) {
        this.law = law;
        this.roster = roster;
        this.clock = clock;
    }

    /** The branches somebody speaks for; none where the bylaws give a branch nothing to do for its members. */
    public List<String> of(StaffMember who) {
        if (who.offices().isEmpty()) {
            return List.of();
        }
        Rulebook book = law.of(clock.today());
        return book.hasBranches()
                ? who.offices().stream()
                        .filter(office -> !book.decides(office))
                        .sorted()
                        .toList()
                : List.of();
    }

    /** Whether a member is in a branch that somebody speaks for, be it one of several. */
    public boolean has(StaffMember who, Member member) {
        return !member.branches().isEmpty() && !Collections.disjoint(member.branches(), of(who));
    }

    /** Whether somebody chases the fee of a member: that falls to its first branch (BACCA-34). */
    public boolean chases(StaffMember who, Member member) {
        return member.branch() != null && of(who).contains(member.branch());
    }

    /** The members whose fees somebody chases for a branch, by age. */
    public List<Member> chased(StaffMember who) {
        List<String> own = of(who);
        return roster.inBranches(own).stream()
                .filter(member -> own.contains(member.branch()))
                .toList();
    }
}
