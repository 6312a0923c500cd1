package io.homeroom.chat;

import io.homeroom.care.Need;
import io.homeroom.care.Needs;
import io.homeroom.classroom.ClassDay;
import io.homeroom.desk.Card;
import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** 诉求: what members of the class ask for, and the answer to each in one sentence. */
@Component
class NeedCommand implements Command {

    private static final int SHOWN = 5;
    private static final String NEED = "need";

    private final Needs needs;
    private final Roster roster;
    private final ClassDay day;
    private final StaffMemory memory;
    private final BusinessClock clock;

    NeedCommand(Needs needs, Roster roster, ClassDay day, StaffMemory memory, BusinessClock clock) {
        this.needs = needs;
        this.roster = roster;
        this.day = day;
        this.memory = memory;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 65;
    }

    @Override
    public String key() {
        return NEED;
    }

    @Override
    public String word() {
        return "诉求";
    }

    @Override
    public List<String> says() {
        return List.of("会员诉求", "诉求列表", "有什么诉求");
    }

    @Override
    public String help() {
        return "诉求 · 会员在等的答复，点「答复」写一句结果";
    }

    @Override
    public boolean open(StaffMember who) {
        return who.roles().contains(Role.TEACHER) || ClassDay.seesAll(who);
    }

    @Override
    public StaffReply said(Said said) {
        List<Need> open = needs.all(true, 200);
        Map<Long, Member> members =
                roster.findAll(open.stream().map(Need::memberId).distinct().toList());
        List<Need> mine = open.stream()
                .filter(need -> {
                    Member member = members.get(need.memberId());
                    return member != null && day.sees(said.who(), member);
                })
                .toList();
        if (mine.isEmpty()) {
            return StaffReply.of("没有等答复的诉求。");
        }
        LocalDate today = clock.today();
        long late = mine.stream().filter(need -> need.late(today)).count();
        StaffReply reply = StaffReply.of("等答复的诉求" + mine.size() + "件" + (late > 0 ? "，逾期" + late + "件" : "")
                + (mine.size() > SHOWN ? "，先看最早的" + SHOWN + "件：" : "："));
        for (Need need : mine.stream().limit(SHOWN).toList()) {
            Member member = members.get(need.memberId());
            String name = member == null ? "" : member.name();
            reply = reply.card(
                    need.memberId(),
                    Card.of(name, need.said().length() > 100 ? need.said().substring(0, 100) + "…" : need.said())
                            .row("期限", need.due() == null ? "" : need.due() + (need.late(today) ? "（已逾期）" : ""))
                            .button("答复", "need:answer:" + need.id()));
        }
        return reply;
    }

    @Override
    public StaffReply pressed(Pressed pressed) {
        Optional<Need> need = mine(pressed.who(), pressed.id());
        if (need.isEmpty()) {
            return StaffReply.of("这家会员不在你的班里了。").settles("已转出");
        }
        if (!need.get().isOpen()) {
            return StaffReply.of("这件诉求已经答复过了。").settles("已答复");
        }
        memory.ask(pressed.who().id(), key(), Map.of(NEED, Long.toString(pressed.id())));
        return StaffReply.of("办得怎么样？回复一句话，会员会看到。");
    }

    @Override
    public Optional<StaffReply> answered(Said said, Map<String, String> facts) {
        String id = facts.get(NEED);
        if (id == null || said.whole().isBlank()) {
            return Optional.empty();
        }
        return mine(said.who(), Long.parseLong(id)).map(need -> {
            Outcome<Need> done =
                    needs.answer(need.id(), said.whole(), said.who().username());
            return done instanceof Outcome.Refused<Need> refused
                    ? StaffReply.of(refused.refusal().reason())
                    : StaffReply.of("已答复，会员会收到并可以评价。").next("诉求", "看其余的");
        });
    }

    private Optional<Need> mine(StaffMember who, long id) {
        return needs.find(id)
                .filter(need -> roster.find(need.memberId())
                        .filter(member -> day.sees(who, member))
                        .isPresent());
    }
}
