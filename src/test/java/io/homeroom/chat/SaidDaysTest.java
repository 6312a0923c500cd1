package io.homeroom.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("说出来的日子")
class SaidDaysTest {

    /** A Thursday. */
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 19);

    @ParameterizedTest
    @CsvSource({
        "7月10日, 2026-07-10",
        "七月十号, 2026-07-10",
        "7.10, 2026-07-10",
        "2027-01-05, 2027-01-05",
        "2月28日, 2027-02-28",
        "3月10日, 2026-03-10",
        "今天, 2026-03-19",
        "后天, 2026-03-21",
        "周五, 2026-03-20",
        "周三, 2026-03-25",
        "下周五, 2026-03-27",
        "下下周一, 2026-03-30",
        "25号, 2026-03-25",
        "5号, 2026-04-05",
        "下个月5号, 2026-04-05",
        "月底, 2026-03-31",
        "下月底, 2026-04-30",
        "三天后, 2026-03-22",
        "两周后, 2026-04-02"
    })
    void one_day(String said, LocalDate day) {
        assertThat(SaidDays.in("王总说" + said + "付", TODAY))
                .singleElement()
                .satisfies(found -> assertThat(found.day()).isEqualTo(day));
    }

    @Test
    @DisplayName("两个日子按先后；不是日子的数字和没有的日子留在原处")
    void two_days_and_none() {
        assertThat(SaidDays.in("7月1日到7月5日 孙悦", TODAY))
                .extracting(SaidDays.Found::day)
                .containsExactly(LocalDate.of(2026, 7, 1), LocalDate.of(2026, 7, 5));
        assertThat(SaidDays.in("还差8000元，票号12.3456，2月30日，新大道66号", TODAY)).isEmpty();
        assertThat(SaidDays.without("江城建工 7月10日", SaidDays.in("江城建工 7月10日", TODAY)))
                .isEqualTo("江城建工");
    }
}
