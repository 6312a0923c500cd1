package io.homeroom.classroom;

import io.homeroom.desk.StaffMember;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
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
                        .filter(office -> !book.offices().contains(office)
                                && !book.bodies().containsKey(office))
                        .sorted()
                        .toList()
                : List.of();
    }

    /** Whether a member belongs to a branch that somebody speaks for. */
    public boolean has(StaffMember who, Member member) {
        return member.branch() != null && of(who).contains(member.branch());
    }

    /** The members of the branches somebody speaks for, by age. */
    public List<Member> members(StaffMember who) {
        return roster.inBranches(of(who));
    }
}
