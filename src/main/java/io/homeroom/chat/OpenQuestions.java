package io.homeroom.chat;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the question that is open makes of the next words. */
@Component
class OpenQuestions {

    private final Memory memory;
    private final BallotAnswers ballotAnswers;
    private final ExcuseAnswers excuseAnswers;
    private final BranchAnswers branchAnswers;
    private final Handover handover;
    private final Answering answering;
    private final Guidance guidance;
    private final Ties ties;

    OpenQuestions(
            Memory memory,
            BallotAnswers ballotAnswers,
            ExcuseAnswers excuseAnswers,
            BranchAnswers branchAnswers,
            Handover handover,
            Answering answering,
            Guidance guidance,
            Ties ties) {
        this.memory = memory;
        this.ballotAnswers = ballotAnswers;
        this.excuseAnswers = excuseAnswers;
        this.branchAnswers = branchAnswers;
        this.handover = handover;
        this.answering = answering;
        this.guidance = guidance;
        this.ties = ties;
    }

    /** The answer, if the words answer the question; empty if they are about something else. */
    Optional<Reply> answered(Question question, Turn turn) {
        if (question instanceof Question.ChooseIntent choice) {
            return intent(choice, turn);
        }
        if (question instanceof Question.ChooseMember choice) {
            Intent then = choice.then();
            return ties.chosen(choice, turn)
                    .map(member -> then == null
                            ? ties.now(member)
                            : answering.act(then, turn.of(ties.of(turn.openid()), member)));
        }
        if (question instanceof Question.ChooseBallot choice) {
            return turn.outside(choice.among().size()) || !turn.speaksFor(choice.member())
                    ? Optional.empty()
                    : Optional.of(ballotAnswers.ask(turn.openid(), choice.member(), one(choice.among(), turn)));
        }
        if (question instanceof Question.CastBallot cast) {
            return ballot(cast, turn);
        }
        if (question instanceof Question.ChooseSitting choice) {
            return turn.outside(choice.among().size()) || !turn.speaksFor(choice.member())
                    ? Optional.empty()
                    : Optional.of(excuseAnswers.ask(turn.openid(), choice.member(), one(choice.among(), turn)));
        }
        if (question instanceof Question.ExcuseSitting excuse) {
            return excuse(excuse, turn);
        }
        if (question instanceof Question.ChooseBranch choice) {
            return turn.outside(choice.among().size()) || !turn.speaksFor(choice.member())
                    ? Optional.empty()
                    : Optional.of(branchAnswers.ask(
                            turn.openid(), choice.member(), choice.leaves(), one(choice.among(), turn)));
        }
        if (question instanceof Question.ConfirmBranch asked) {
            return branch(asked, turn);
        }
        return question instanceof Question.ConfirmUnbind unbind ? unbind(unbind, turn) : human(turn);
    }

    private static <T> T one(List<T> among, Turn turn) {
        return among.get(turn.number().getAsInt() - 1);
    }

    private Optional<Reply> intent(Question.ChooseIntent choice, Turn turn) {
        int offered = choice.among().size();
        if (turn.outside(offered + 1)) {
            return Optional.empty();
        }
        memory.settle(turn.openid());
        return Optional.of(
                turn.outside(offered)
                        ? guidance.offerHuman(turn.openid(), turn.about())
                        : answering.act(one(choice.among(), turn), turn));
    }

    private Optional<Reply> ballot(Question.CastBallot cast, Turn turn) {
        if (turn.clear() == Intent.CANCEL && !BallotAnswers.tells(turn.letters())) {
            return settled(turn, Screen.of("好的，没有投票。截止前随时可以再来。").suggest("表决", "再看一次"));
        }
        return turn.speaksFor(cast.member())
                ? ballotAnswers.cast(
                        turn.openid(), cast, turn.letters(), turn.number().orElse(0))
                : Optional.empty();
    }

    private Optional<Reply> excuse(Question.ExcuseSitting excuse, Turn turn) {
        if (turn.clear() == Intent.CANCEL) {
            return settled(turn, Screen.of("好的，照常参加，没有改动。").suggest("请假", "再看一次"));
        }
        return turn.speaksFor(excuse.member())
                ? excuseAnswers.answer(turn.openid(), excuse, turn.text())
                : Optional.empty();
    }

    private Optional<Reply> branch(Question.ConfirmBranch asked, Turn turn) {
        if (turn.clear() == Intent.CANCEL) {
            return settled(turn, Screen.of("好的，没有改动。").suggest("分会", "再看一次"));
        }
        if ((turn.clear() != Intent.CONFIRM && !turn.saysYes()) || !turn.speaksFor(asked.member())) {
            return Optional.empty();
        }
        memory.settle(turn.openid());
        return Optional.of(branchAnswers.confirmed(asked));
    }

    private Optional<Reply> unbind(Question.ConfirmUnbind unbind, Turn turn) {
        if (turn.clear() == Intent.CONFIRM || turn.clear() == Intent.UNBIND) {
            memory.settle(turn.openid());
            return Optional.of(ties.unbound(turn.openid(), unbind.member(), turn.bound()));
        }
        return turn.clear() == Intent.CANCEL
                ? settled(turn, Screen.of("好的，没有解绑，一切照旧。").suggest("状态", "看现在的情况"))
                : Optional.empty();
    }

    private Optional<Reply> human(Turn turn) {
        boolean first = turn.number().isPresent() && turn.number().getAsInt() == 1;
        if (turn.clear() == Intent.CONFIRM || first || turn.saysYes()) {
            memory.settle(turn.openid());
            return Optional.of(handover.over(turn.openid(), turn.about()));
        }
        if (turn.clear() == Intent.CANCEL) {
            memory.settle(turn.openid());
            return Optional.of(guidance.help(turn.about()));
        }
        return Optional.empty();
    }

    private Optional<Reply> settled(Turn turn, Screen says) {
        memory.settle(turn.openid());
        return Optional.of(says.reply());
    }
}
