package io.homeroom.classroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.testing.ShippedRulebook;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("第九条（五）：半年从哪个月起，由协会设定")
class ReportPeriodTest {

    @ParameterizedTest(name = "{0}月起的，{1} 在 {2} 到 {3}，叫{4}")
    @CsvSource({
        "1, 2026-01-01, 2026-01-01, 2026-06-30, 2026年上半年",
        "1, 2026-06-30, 2026-01-01, 2026-06-30, 2026年上半年",
        "1, 2026-07-01, 2026-07-01, 2026-12-31, 2026年下半年",
        "4, 2026-03-31, 2025-10-01, 2026-03-31, 2025年10月至2026年3月",
        "4, 2026-04-01, 2026-04-01, 2026-09-30, 2026年4月至9月",
        "4, 2026-09-30, 2026-04-01, 2026-09-30, 2026年4月至9月",
        "4, 2026-10-01, 2026-10-01, 2027-03-31, 2026年10月至2027年3月",
        "6, 2026-05-31, 2025-12-01, 2026-05-31, 2025年12月至2026年5月",
        "6, 2026-06-01, 2026-06-01, 2026-11-30, 2026年6月至11月"
    })
    void a_half_year_begins_in_the_month_that_is_set(
            String month, LocalDate day, LocalDate from, LocalDate to, String title) {
        ReportPeriod half = ReportPeriod.halfYear(read(month), day);

        assertThat(half).isEqualTo(new ReportPeriod(ReportPeriod.Kind.HALF_YEAR, from, to));
        assertThat(half.title()).isEqualTo(title);
        assertThat(half.before().to()).isEqualTo(from.minusDays(1));
        assertThat(half.before().after()).isEqualTo(half);
        assertThat(half.after().from()).isEqualTo(to.plusDays(1));
    }

    @Test
    @DisplayName("没有设定的制度按日历的上下半年")
    void calendar_half_years_are_the_default() {
        LocalDate day = LocalDate.of(2026, 9, 9);
        assertThat(ReportPeriod.halfYear(ShippedRulebook.of("bacca"), day))
                .isEqualTo(ReportPeriod.halfYear(ShippedRulebook.of("whjx"), day))
                .isEqualTo(ReportPeriod.halfYearFrom(LocalDate.of(2026, 7, 1)));
    }

    private static Rulebook read(String month) {
        return Lawbook.withSettings(ShippedRulebook.of("whjx"), Map.of(), Map.of("half-years", month));
    }
}
