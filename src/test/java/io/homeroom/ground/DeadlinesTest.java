package io.homeroom.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("期限：民法典第二百零一至二百零三条")
class DeadlinesTest {

    /** A rest day on Wednesday 1 October 2025, a make-up workday on Sunday 28 September. */
    private static final WorkCalendar CALENDAR = new WorkCalendar(Map.of(
            2025,
            new WorkCalendar.Year(
                    Set.of(LocalDate.parse("2025-10-01"), LocalDate.parse("2025-10-02")),
                    Set.of(LocalDate.parse("2025-09-28")))));

    @ParameterizedTest(name = "{0} 起 {1}：到 {2}")
    @CsvSource({
        "2025-06-30, 2 months, 2025-08-30",
        "2025-01-31, 1 month, 2025-02-28",
        "2024-01-31, 1 month, 2024-02-29",
        "2024-02-29, 1 year, 2025-02-28",
        "2025-12-31, 2 months, 2026-02-28",
        "2025-06-25, 1 week, 2025-07-02",
        "2026-04-08, 30 days, 2026-05-08"
    })
    @DisplayName("首日不计，止于对应日，没有对应日的止于月末")
    void periodsEndOnTheCorrespondingDay(LocalDate start, String span, LocalDate last) {
        assertThat(Deadlines.lastDay(start, Span.parse(span))).isEqualTo(last);
    }

    @Test
    @DisplayName("满一年从对应日的次日起；按所选读法也可从当日起")
    void fullBeginsTheDayAfter() {
        LocalDate start = LocalDate.parse("2025-06-25");
        assertThat(Deadlines.firstAfter(start, Span.years(1), false)).isEqualTo("2026-06-26");
        assertThat(Deadlines.firstAfter(start, Span.years(1), true)).isEqualTo("2026-06-25");
    }

    @Test
    @DisplayName("最后一日是休息日的，顺延到次一工作日；补班的周日不顺延")
    void restDaysRoll() {
        assertThat(CALENDAR.roll(LocalDate.parse("2025-10-01"))).isEqualTo("2025-10-03");
        assertThat(CALENDAR.roll(LocalDate.parse("2025-09-28"))).isEqualTo("2025-09-28");
        assertThat(CALENDAR.roll(LocalDate.parse("2025-09-21"))).isEqualTo("2025-09-22");
    }

    @Test
    @DisplayName("工作日跳过周末和假日，计入补班日；缺当年安排的不给出日期")
    void workdaysNeedACalendar() {
        Span three = Span.parse("3 workdays");
        assertThat(Deadlines.lastDayToAct(LocalDate.parse("2025-09-26"), three, CALENDAR))
                .contains(LocalDate.parse("2025-09-30"));
        assertThat(Deadlines.lastDayToAct(LocalDate.parse("2025-12-30"), three, CALENDAR))
                .isEmpty();
        assertThat(Deadlines.lastDayToAct(LocalDate.parse("2027-05-03"), Span.parse("1 month"), CALENDAR))
                .contains(LocalDate.parse("2027-06-03"));
    }

    @Test
    @DisplayName("倒推也到对应日：6月30日前三个月是3月30日")
    void countingBack() {
        assertThat(Deadlines.before(LocalDate.parse("2026-06-30"), Span.parse("3 months")))
                .isEqualTo("2026-03-30");
        assertThatThrownBy(() -> Deadlines.before(LocalDate.parse("2026-06-30"), Span.parse("3 workdays")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"1 fortnight", "year", "-1 days", "'1  year'", "一年"})
    @DisplayName("写错的期限说明应怎样写")
    void wrongSpansSayWhatIsRight(String text) {
        assertThatThrownBy(() -> Span.parse(text)).hasMessageContaining("10 workdays");
    }

    @Test
    @DisplayName("条款号写成人看得懂的样子")
    void clausesAreLabelled() {
        assertThat(Clauses.label("WHJX-12-1")).isEqualTo("第十二条（一）");
        assertThat(Clauses.label("WHJX-12-0")).isEqualTo("第十二条");
        assertThat(Clauses.label("IGRS-18-e")).isEqualTo("第十八条");
        assertThat(Clauses.label("IGRS-20-A4")).isEqualTo("第二十条（四）");
        assertThat(Clauses.label("BACCA-45")).isEqualTo("第四十五条");
        assertThat(Clauses.label("XDOC-2")).isEqualTo("通用计日规则");
        assertThat(Clauses.label("XDOC-16")).as("no number of ours for people").isEqualTo("通用规则");
        assertThat(Clauses.label("AII-FEE")).isEqualTo("没有会费的规定");
    }
}
