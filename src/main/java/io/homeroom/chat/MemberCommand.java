package io.homeroom.chat;

import io.homeroom.classroom.ClassDay;
import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import java.util.Map;
import java.util.Optional;

/** What commands about one member share: it is named, asked for where several fit, and remembered while a question is open. */
abstract class MemberCommand implements Command {

    private static final String MEMBER = "member";

    final Naming naming;
    final StaffMemory memory;
    final BusinessClock clock;
    final ClassDay day;
    private final Roster roster;

    MemberCommand(Naming naming, StaffMemory memory, BusinessClock clock, ClassDay day, Roster roster) {
        this.naming = naming;
        this.memory = memory;
        this.clock = clock;
        this.day = day;
        this.roster = roster;
    }

    @Override
    public boolean open(StaffMember who) {
        return who.roles().contains(Role.TEACHER) || ClassDay.seesAll(who);
    }

    /** Leaves a question about a member open with a person. */
    void remember(StaffMember who, Member member) {
        memory.ask(who.id(), key(), Map.of(MEMBER, Long.toString(member.id())));
    }

    /** The member of the open question, while this person may see it; empty too where the question was which one. */
    Optional<Member> remembered(Said said, Map<String, String> facts) {
        return Optional.ofNullable(facts.get(MEMBER))
                .flatMap(id -> roster.find(Long.parseLong(id)))
                .filter(found -> day.looksAfter(said.who(), found));
    }

    static boolean isWhich(Map<String, String> facts) {
        return !facts.containsKey(MEMBER);
    }
}
