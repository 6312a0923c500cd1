package io.homeroom.governance;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.governance.Ballot.Choice;
import io.homeroom.governance.BallotBox.Papers;
import io.homeroom.ground.Refusal;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("票数：在线的和纸上的加在一起，不多一张，不少一张")
class BallotCountTest {

    private static final Map<Choice, Integer> CAST = Map.of(Choice.FOR, 4, Choice.AGAINST, 1);

    @Test
    void everyVoteIsCountedOnceWhereItBelongs() {
        BallotCount count = new BallotCount(CAST, new Papers(3, 5, 7));

        assertThat(count.of(Choice.FOR)).isEqualTo(7);
        assertThat(count.of(Choice.AGAINST)).isEqualTo(6);
        assertThat(count.of(Choice.ABSTAIN)).as("nobody abstained online").isEqualTo(7);
        assertThat(count.single()).isEqualTo(5);
        assertThat(count.all()).isEqualTo(20);
        assertThat(new BallotCount(Map.of(), Papers.NONE).all()).isZero();
    }

    @ParameterizedTest(name = "到会{0}，登记{1}，纸票 {2}/{3}/{4}：{5}")
    @DisplayName("会上不多于到会数；通讯表决的纸票与登记的一样多；没有负数")
    @CsvSource(
            nullValues = "-",
            value = {
                "8,  0, 1, 1, 1,  ''",
                "7,  0, 1, 1, 1,  票数不符：到会有表决权的7家，在线5票，纸票3张，合计不能超过到会数",
                "5,  0, 0, 0, 0,  ''",
                "4,  9, 0, 0, 0,  票数不符：到会有表决权的4家，在线5票，纸票0张，合计不能超过到会数",
                "-,  3, 1, 1, 1,  ''",
                "-,  3, 1, 1, 0,  票数不符：登记收到纸票3张，清点2张，请核对",
                "-,  3, 2, 1, 1,  票数不符：登记收到纸票3张，清点4张，请核对",
                "-,  0, 0, 0, 0,  ''",
                "9,  0, -1, 1, 0, 票数不能是负数",
                "9,  0, 1, -1, 0, 票数不能是负数",
                "9,  0, 0, 1, -1, 票数不能是负数",
            })
    void whatCannotBeTheCountIsRefused(
            Integer present, int filed, int inFavour, int against, int abstained, String says) {
        Refusal fault = new BallotCount(CAST, new Papers(inFavour, against, abstained)).fault(present, filed);

        assertThat(fault == null ? "" : fault.reason()).isEqualTo(says);
    }
}
