package io.homeroom.casework;

import io.homeroom.governance.Ballot;
import io.homeroom.governance.BallotBox;
import io.homeroom.ground.Days;
import io.homeroom.ground.Refusal;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Ballots that are over and whose count, or its effect, is still to come. Those votes were cast under the bylaws: until they
 * are counted, or the ballot is made void with a reason, nobody else decides the same step of the case.
 */
@Component
class Uncounted {

    private final BallotBox box;
    private final BusinessClock clock;

    Uncounted(BallotBox box, BusinessClock clock) {
        this.box = box;
        this.clock = clock;
    }

    /** What such a ballot says to whoever would decide the case by other means; null if there is none. */
    @Nullable
    Refusal against(CaseRow file) {
        return box.about(file.id()).stream()
                .filter(ballot -> ballot.stage() == file.stage() && isOver(ballot))
                .findFirst()
                .map(this::refusal)
                .orElse(null);
    }

    private boolean isOver(Ballot ballot) {
        LocalDate last = ballot.closesOn();
        return ballot.state() == Ballot.State.CLOSED
                || ballot.isOpen() && last != null && clock.today().isAfter(last);
    }

    private Refusal refusal(Ballot ballot) {
        LocalDate last = ballot.closesOn();
        boolean papers = ballot.secret() && ballot.papers() > 0 && ballot.present() == null;
        return new Refusal(
                ballot.clauses(),
                ballot.body() + "对「" + ballot.title() + "」的表决已经截止"
                        + (last == null ? "" : "（截止日" + Days.said(last, clock.today()) + "）")
                        + (papers
                                ? "，还有纸质表决票" + ballot.papers()
                                        + "张没有清点：请秘书处在控制台「表决」里清点登记，结果会自己执行。在那之前不能另行决定；这次表决确需作废的，先写明原因撤销"
                                : "，系统正在计票和执行结果，请一分钟后刷新再看"),
                null);
    }
}
