package io.homeroom.chat;

import io.homeroom.casework.DataChecks;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import org.springframework.stereotype.Component;

/** 资料无变化: answers the question whether what is known of a member is still true, in one word. */
@Component
class DataAnswers {

    private final DataChecks checks;
    private final Lawbook laws;
    private final BusinessClock clock;

    DataAnswers(DataChecks checks, Lawbook laws, BusinessClock clock) {
        this.checks = checks;
        this.laws = laws;
        this.clock = clock;
    }

    Reply unchanged(long member) {
        Outcome<Member> outcome = checks.unchanged(member, "member:" + member);
        if (outcome instanceof Outcome.Refused<Member> refused) {
            return Screen.of(refused.refusal().reason() + "。")
                    .suggest("状态", "看现在的情况")
                    .reply();
        }
        return new Screen()
                .claim(
                        "记下了：「" + outcome.get().name() + "」的资料今天核对过，没有变化",
                        laws.of(clock.today()).cite(checks.asks()))
                .suggest("资料变更", "还是要改")
                .suggest("状态", "看现在的情况")
                .reply();
    }
}
