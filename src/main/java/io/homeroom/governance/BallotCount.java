package io.homeroom.governance;

import io.homeroom.governance.Ballot.Choice;
import io.homeroom.governance.BallotBox.Papers;
import io.homeroom.ground.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The votes of one ballot, in integers.
 *
 * @param cast votes given by the electors themselves, and papers whose content is on the roll; a choice nobody made is
 *     left out
 * @param papers votes on paper, counted together by hand
 */
record BallotCount(Map<Choice, Integer> cast, Papers papers) {

    int of(Choice choice) {
        int byHand = switch (choice) {
            case FOR -> papers.inFavour();
            case AGAINST -> papers.against();
            case ABSTAIN -> papers.abstained();
        };
        return cast.getOrDefault(choice, 0) + byHand;
    }

    int single() {
        return cast.values().stream().mapToInt(Integer::intValue).sum();
    }

    int all() {
        return single() + papers.all();
    }

    /**
     * Why this cannot be the count.
     *
     * @param present those in a meeting who have a vote; null for a ballot by mail or online
     * @param filed papers that came in without their content on the roll; of no meaning in a meeting
     */
    @Nullable
    Refusal fault(@Nullable Integer present, int filed) {
        if (papers.inFavour() < 0 || papers.against() < 0 || papers.abstained() < 0) {
            return new Refusal("票数不能是负数");
        }
        if (present != null) {
            return all() > present
                    ? new Refusal("票数不符：到会有表决权的" + present + "家，在线" + single() + "票，纸票" + papers.all() + "张，合计不能超过到会数")
                    : null;
        }
        return papers.all() == filed ? null : new Refusal("票数不符：登记收到纸票" + filed + "张，清点" + papers.all() + "张，请核对");
    }
}
