package io.homeroom.dues;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.ground.Money;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.testing.ShippedRulebook;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("会费怎样算出来")
class PriceTest {

    private static final Rulebook BACCA = ShippedRulebook.of("bacca");
    private static final Rulebook IGRS = ShippedRulebook.of("igrs");

    private static Rulebook with(Rulebook book, Map<String, Money> fees) {
        return Lawbook.withSettings(book, fees, Map.of());
    }

    private static Fees fees(Rulebook book) {
        return Objects.requireNonNull(book.fees());
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    @ParameterizedTest(name = "{0} 入会，年费 {1} 分 → {2} 分")
    @DisplayName("【京二协第三十条】首年按实际月数折算，入会月计入，四舍五入到分")
    @CsvSource({
        "2025-01-01, 600000, 600000",
        "2025-01-31, 600000, 600000",
        "2025-02-01, 600000, 550000",
        "2025-03-20, 600000, 500000",
        "2025-12-31, 600000, 50000",
        "2025-12-01, 100000, 8333",
        "2025-11-01, 100000, 16667",
        "2025-06-01, 30001, 17501",
        "2025-12-01, 6, 1",
        "2025-12-01, 5, 0",
        "2024-12-31, 600000, 600000"
    })
    void firstYearByMonths(LocalDate joined, long yearly, long expected) {
        Rulebook book = with(BACCA, Map.of("会员单位", new Money(yearly)));

        Price price = Price.firstYear(book, fees(book), "会员单位", 2025, joined, day("2025-12-31"))
                .orElseThrow();

        assertThat(price.amount()).isEqualTo(new Money(expected));
    }

    @ParameterizedTest(name = "{0} 生效 → {1} 分")
    @DisplayName("【闪联第二十一条】补差按剩余月份计，生效月计入")
    @CsvSource({
        "2025-01-01, 5000000",
        "2025-07-31, 2500000",
        "2025-08-01, 2083333",
        "2025-09-03, 1666667",
        "2025-11-05, 833333",
        "2025-12-31, 416667"
    })
    void topUpByMonths(LocalDate day, long expected) {
        Rulebook book = with(IGRS, Map.of("普通会员", Money.ofYuan(10000), "核心会员", Money.ofYuan(60000)));

        Price price = Price.topUp(book, fees(book), "普通会员", "核心会员", day).orElseThrow();

        assertThat(price.amount()).isEqualTo(new Money(expected));
        assertThat(price.clauses()).contains("IGRS-21-g");
        assertThat(price.why()).contains("第二十一条");
        assertThat(Price.topUp(book, fees(book), "核心会员", "普通会员", day)).isEmpty();
    }

    @ParameterizedTest(name = "{0} 入会，当月计入{1} → {2} 分")
    @DisplayName("【京二协第三十条】入会当月算不算按读法；十二月入会不算当月的，当年不用交")
    @CsvSource({
        "2025-01-31, true,  600000",
        "2025-01-31, false, 550000",
        "2025-12-01, true,  50000",
        "2025-12-01, false, 0",
        "2024-12-31, false, 600000"
    })
    void theMonthOfJoiningCountsAsItIsRead(LocalDate joined, String counts, long expected) {
        Rulebook book =
                Lawbook.withSettings(BACCA, Map.of("会员单位", new Money(600000)), Map.of("joining-month-counts", counts));

        assertThat(Price.firstYear(book, fees(book), "会员单位", 2025, joined, day("2025-12-31")))
                .hasValueSatisfying(price -> assertThat(price.amount()).isEqualTo(new Money(expected)));
    }

    @ParameterizedTest(name = "{0} 生效，{1}，当月计入{2} → {3} 分")
    @DisplayName("【闪联第二十一条】补差的算法和当月算不算按读法；减下来不用补的没有账单")
    @CsvSource({
        "2025-07-31, difference, false, 2083333",
        "2025-12-01, difference, true,  416667",
        "2025-12-01, difference, false, 0",
        "2025-01-01, remainder,  true,  5000000",
        "2025-07-31, remainder,  true,  2000000",
        "2025-07-31, remainder,  false, 1500000",
        "2025-10-01, remainder,  true,  500000",
        "2025-11-01, remainder,  true,  0",
        "2025-12-01, remainder,  true,  0"
    })
    void theTopUpIsWorkedOutAsItIsRead(LocalDate day, String method, String counts, long expected) {
        Rulebook book = Lawbook.withSettings(
                IGRS,
                Map.of("普通会员", Money.ofYuan(10000), "核心会员", Money.ofYuan(60000)),
                Map.of("top-up", method, "change-month-counts", counts));

        assertThat(Price.topUp(book, fees(book), "普通会员", "核心会员", day)
                        .map(Price::amount)
                        .orElse(new Money(0)))
                .isEqualTo(new Money(expected));
    }

    @ParameterizedTest(name = "{0} 起，任期到 {1} → {2} 年")
    @DisplayName("【京二协第三十一条】任期内开始的每个年度各收一年")
    @CsvSource({"2026, 2027-12-31, 2", "2026, 2026-06-30, 1", "2026, 2028-01-01, 3", "2027, 2026-12-31, 0"})
    void termsCountYearsThatBeginWithinThem(int from, LocalDate ends, int years) {
        Rulebook book = with(BACCA, Map.of("理事单位", Money.ofYuan(20000)));

        Money amount = Price.term(book, fees(book), "理事单位", from, ends, true, day("2026-01-01"))
                .map(Price::amount)
                .orElse(Money.ZERO);

        assertThat(amount).isEqualTo(Money.ofYuan(20000).times(years));
    }

    @ParameterizedTest(name = "{0} 起，任期到 {1} → {2} 分，届满后 {4} 分")
    @DisplayName("【京二协第三十一条】最后一年只交到届满之月的读法：届满当月算，十二月届满的没有剩下的；两段合起来恰是一年")
    @CsvSource({
        "2026, 2027-12-31, 4000000, ,           0",
        "2026, 2026-06-01, 1000000, 2026-06-30, 1000000",
        "2026, 2027-01-31, 2166667, 2027-01-31, 1833333",
        "2026, 2028-11-30, 5833333, 2028-11-30, 166667",
        "2027, 2026-06-30, 0, ,                 0"
    })
    void theLastPartYearOfATerm(int from, LocalDate ends, long expected, LocalDate coversTo, long rest) {
        Rulebook book =
                Lawbook.withSettings(BACCA, Map.of("理事单位", Money.ofYuan(20000)), Map.of("term-last-year", "months"));

        Price price = Price.term(book, fees(book), "理事单位", from, ends, true, day("2026-01-01"))
                .orElse(new Price(Money.ZERO, "", List.of(), 0));

        assertThat(price.amount()).isEqualTo(new Money(expected));
        assertThat(price.coversTo()).isEqualTo(coversTo);
        if (coversTo != null) {
            assertThat(Price.afterTerm(book, fees(book), "理事单位", coversTo, coversTo.plusDays(1))
                            .map(Price::amount))
                    .hasValue(new Money(rest));
        }
    }

    @ParameterizedTest(name = "{0} 生效，当月计入{1} → {2} 分")
    @DisplayName("【闪联第二十一条】换到会费较低的等级，差额按剩余月份算；反而较高的没有差额")
    @CsvSource({
        "2025-01-01, true,  5500000",
        "2025-07-31, true,  2750000",
        "2025-08-01, true,  2291667",
        "2025-12-31, true,  458333",
        "2025-12-31, false, 0"
    })
    void theSurplusOfALowerFee(LocalDate day, String counts, long expected) {
        Rulebook book = Lawbook.withSettings(
                IGRS,
                Map.of("观察会员", Money.ofYuan(5000), "核心会员", Money.ofYuan(60000)),
                Map.of("change-month-counts", counts));

        assertThat(Price.surplus(book, fees(book), "核心会员", "观察会员", day)).isEqualTo(new Money(expected));
        assertThat(Price.surplus(book, fees(book), "观察会员", "核心会员", day)).isEqualTo(Money.ZERO);
    }

    @Test
    @DisplayName("须一次交清任期会费的是理事单位及以上")
    void theDutyBeginsWithDirectors() {
        assertThat(Price.mustPayTerm(BACCA, fees(BACCA), "会员单位")).isFalse();
        assertThat(Price.mustPayTerm(BACCA, fees(BACCA), "理事单位")).isTrue();
        assertThat(Price.mustPayTerm(BACCA, fees(BACCA), "会长单位")).isTrue();
        assertThat(Price.mustPayTerm(IGRS, fees(IGRS), "核心会员")).isFalse();
    }

    @Test
    @DisplayName("截止日：办法写明的照办法，没写的照设定，设为 none 就没有")
    void dueDays() {
        assertThat(fees(BACCA).dueOn(BACCA, 2025)).isEqualTo("2025-06-30");
        Rulebook set = Lawbook.withSettings(IGRS, Map.of(), Map.of("fee-due", "02-29"));
        assertThat(fees(set).dueOn(set, 2024)).isEqualTo("2024-02-29");
        assertThat(fees(set).dueOn(set, 2025)).isEqualTo("2025-02-28");
        Rulebook none = Lawbook.withSettings(IGRS, Map.of(), Map.of("fee-due", "none"));
        assertThat(fees(none).dueOn(none, 2025)).isNull();
    }

    @Test
    @DisplayName("分摊：最早的在先，补差在后，各份加余款恰为所付，一分不差")
    void allotmentsSumToTheWhole() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            List<Allotment.Open> open = new ArrayList<>();
            for (int i = 0; i < random.nextInt(6); i++) {
                BillKind kind = BillKind.values()[random.nextInt(3)];
                open.add(new Allotment.Open(i, 2020 + random.nextInt(5), kind, new Money(1 + random.nextInt(1000))));
            }
            Money paid = new Money(1 + random.nextInt(3000));

            Allotment allotment = Allotment.of(paid, open);

            Money sum = allotment.parts().stream().map(Allotment.Part::amount).reduce(allotment.rest(), Money::plus);
            assertThat(sum).isEqualTo(paid);
            List<Long> order = open.stream()
                    .sorted(Allotment.ORDER)
                    .map(Allotment.Open::bill)
                    .toList();
            assertThat(allotment.parts())
                    .extracting(Allotment.Part::bill)
                    .containsExactlyElementsOf(
                            order.subList(0, allotment.parts().size()));
            for (int i = 0; i < allotment.parts().size() - 1; i++) {
                long bill = allotment.parts().get(i).bill();
                assertThat(allotment.parts().get(i).amount())
                        .as("only the last one may be paid in part")
                        .isEqualTo(open.stream()
                                .filter(one -> one.bill() == bill)
                                .findFirst()
                                .orElseThrow()
                                .owed());
            }
            if (allotment.rest().isPositive()) {
                assertThat(allotment.parts()).hasSize(open.size());
            }
        }
    }
}
