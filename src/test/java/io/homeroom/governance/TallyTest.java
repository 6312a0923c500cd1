package io.homeroom.governance;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.rulebook.Rulebook.Share;
import io.homeroom.rulebook.Track.Vote;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("计票：只用整数")
class TallyTest {

    private static final Share TWO_THIRDS = new Share(2, 3, true);
    private static final Vote MORE_THAN_TWO_THIRDS =
            new Vote("present", new Share(2, 3, false), null, null, null, List.of("IGRS-18-e"));
    private static final Vote UNANIMOUS =
            new Vote("present", new Share(2, 3, false), 0, null, null, List.of("IGRS-21-f"));
    private static final Vote AT_LEAST_TWO_THIRDS =
            new Vote("present", TWO_THIRDS, null, null, null, List.of("AII-23-b"));
    private static final Vote OF_ALL_SEATS = new Vote("seats", TWO_THIRDS, null, null, null, List.of("AII-27"));
    private static final Vote HALF =
            new Vote("present", new Share(1, 2, true), null, "秘书处", "tie-passes", List.of("AII-19-b"));

    @ParameterizedTest(name = "到会{0}，同意{1}：通过={2}，恰好={3}")
    @CsvSource({
        "12, 9, true, false",
        "12, 8, false, true",
        "12, 7, false, false",
        "13, 9, true, false",
        "13, 8, false, false",
        "14, 10, true, false",
        "15, 11, true, false",
        "15, 10, false, true",
        "1, 1, true, false",
        "0, 0, false, true"
    })
    @DisplayName("IGRS-18-e：超过三分之二，不含本数，弃权计入到会")
    void moreThanTwoThirdsOfThosePresent(int present, int inFavour, boolean passed, boolean exact) {
        assertThat(new Tally(present, inFavour, 0, 0).under(MORE_THAN_TWO_THIRDS, null))
                .isEqualTo(new Tally.Result(passed, exact));
    }

    @ParameterizedTest(name = "到会{0}，同意{1}：通过={2}")
    @CsvSource({"40, 26, false", "40, 27, true", "42, 28, true", "42, 27, false"})
    @DisplayName("AII-23-b：三分之二以上，含本数")
    void atLeastTwoThirdsOfThosePresent(int present, int inFavour, boolean passed) {
        assertThat(new Tally(present, inFavour, 0, 60)
                        .under(AT_LEAST_TWO_THIRDS, null)
                        .passed())
                .isEqualTo(passed);
    }

    @ParameterizedTest(name = "到会{0}，同意{1}，反对{2}：通过={3}")
    @CsvSource({"12, 9, 0, true", "12, 11, 1, false", "12, 8, 0, false", "12, 12, 0, true"})
    @DisplayName("IGRS-21-f：破格须没有一票反对，弃权不算反对")
    void oneObjectionIsTooMany(int present, int inFavour, int against, boolean passed) {
        assertThat(new Tally(present, inFavour, against, 0)
                        .under(UNANIMOUS, null)
                        .passed())
                .isEqualTo(passed);
    }

    @ParameterizedTest(name = "在任60，同意{0}：通过={1}")
    @CsvSource({"39, false", "40, true"})
    @DisplayName("AII-27：以全体在任者为基数，不以到会者")
    void theBaseMayBeAllSeats(int inFavour, boolean passed) {
        assertThat(new Tally(41, inFavour, 0, 60).under(OF_ALL_SEATS, null).passed())
                .isEqualTo(passed);
    }

    @Test
    @DisplayName("AII-19-b：恰好半数按所选读法，并标出来")
    void exactlyHalfFollowsTheReading() {
        Tally half = new Tally(200, 100, 100, 300);
        assertThat(half.under(HALF, true)).isEqualTo(new Tally.Result(true, true));
        assertThat(half.under(HALF, false)).isEqualTo(new Tally.Result(false, true));
        assertThat(new Tally(200, 101, 99, 300).under(HALF, false).passed()).isTrue();
        assertThat(new Tally(200, 99, 101, 300).under(HALF, true).passed()).isFalse();
    }

    @ParameterizedTest(name = "应到60，实到{0}：够数={1}")
    @CsvSource({"39, false", "40, true"})
    @DisplayName("AII-23-a：不足法定人数的表决不能记录，说明依据")
    void tooFewCannotVote(int present, boolean enough) {
        Tally tally = new Tally(present, present, 0, 60);
        assertThat(tally.fault(TWO_THIRDS, List.of("AII-23-a")).isEmpty()).isEqualTo(enough);
        if (!enough) {
            assertThat(tally.fault(TWO_THIRDS, List.of("AII-23-a"))
                            .orElseThrow()
                            .clauses())
                    .containsExactly("AII-23-a");
        }
    }

    @ParameterizedTest(name = "到会{0}，同意{1}，反对{2}")
    @CsvSource({"10, 8, 3", "10, 11, 0", "10, -1, 0", "-1, 0, 0"})
    @DisplayName("票数多于人数、为负数的，都不能记录")
    void moreVotesThanPeopleAreRefused(int present, int inFavour, int against) {
        assertThat(new Tally(present, inFavour, against, 20).fault(null, List.of()))
                .isPresent();
    }

    @Test
    @DisplayName("没有人到会不能表决，哪怕应到的也是零")
    void nobodyPresentDecidesNothing() {
        assertThat(new Tally(0, 0, 0, 0).fault(TWO_THIRDS, List.of("AII-23-a"))).isPresent();
        assertThat(new Tally(1, 0, 0, 1).fault(TWO_THIRDS, List.of("AII-23-a"))).isEmpty();
    }

    @ParameterizedTest(name = "{0}/{1}，含本数={2}")
    @DisplayName("从一人到二百人：刚好够的一票通过，少一票不通过；法定人数也这样数")
    @CsvSource({"1, 2, true", "1, 2, false", "2, 3, true", "2, 3, false", "3, 4, true", "4, 5, false", "1, 1, true"})
    void oneVoteDecidesOnTheBoundary(int numerator, int denominator, boolean inclusive) {
        Share share = new Share(numerator, denominator, inclusive);
        Vote rule = new Vote("present", share, null, null, null, List.of("DEMO-1"));
        for (int present = 1; present <= 200; present++) {
            int floor = present * numerator / denominator;
            boolean whole = present * numerator % denominator == 0;
            int enough = inclusive && whole ? floor : floor + 1;
            if (enough <= present) {
                assertThat(new Tally(present, enough, present - enough, 999).under(rule, null))
                        .as("%d of %d", enough, present)
                        .isEqualTo(new Tally.Result(true, inclusive && whole));
            }
            assertThat(new Tally(present, enough - 1, 0, 999).under(rule, null))
                    .as("%d of %d", enough - 1, present)
                    .isEqualTo(new Tally.Result(false, !inclusive && whole));
            assertThat(share.fewest(present)).as("quorum of %d", present).isEqualTo(enough);
            assertThat(new Tally(enough, 0, 0, present).fault(share, List.of()).isPresent())
                    .isFalse();
        }
    }

    @ParameterizedTest(name = "到会{0}，同意{1}，反对{2}：可记={3}")
    @CsvSource({
        "10, 6, 4, true",
        "10, 6, 5, false",
        "10, 0, 0, true",
        "10, 10, 0, true",
        "1, 0, 1, true",
        "10, 0, -1, false"
    })
    @DisplayName("同意和反对之和至多等于到会数")
    void asManyVotesAsPeopleMayBeRecorded(int present, int inFavour, int against, boolean fine) {
        assertThat(new Tally(present, inFavour, against, 20)
                        .fault(null, List.of())
                        .isEmpty())
                .isEqualTo(fine);
    }
}
