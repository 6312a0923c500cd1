package io.homeroom.rulebook;

import static io.homeroom.rulebook.Cases.CALENDAR;
import static io.homeroom.rulebook.Cases.bill;
import static io.homeroom.rulebook.Cases.book;
import static io.homeroom.rulebook.Cases.day;
import static io.homeroom.rulebook.Cases.live;
import static io.homeroom.rulebook.Cases.member;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("裁判：事实、规则和日期决定结论")
class JudgeTest {

    @ParameterizedTest(name = "{0}：{1} 年度会费（{2} 截止）未交，{4} 起{3}")
    @DisplayName("欠费各级在期满次日起作用，最后一天遇休息日顺延（XDOC-2、XDOC-3）")
    @CsvSource({
        "igrs,  2025, 2025-04-30, overdue,            2025-05-01",
        "igrs,  2025, 2025-04-30, two-months-overdue, 2025-07-01",
        // 30 June + 2 months is 30 August, a Saturday in 2025: rolls to Monday 1 September
        "igrs,  2025, 2025-06-30, two-months-overdue, 2025-09-02",
        // 31 December + 2 months is the last of February, a Saturday in 2026: Monday 2 March
        "igrs,  2025, 2025-12-31, two-months-overdue, 2026-03-03",
        "whjx,  2025, 2025-03-31, unpaid-a-year,      2026-04-01",
        // 28 September 2025 is a Sunday that is worked
        "whjx,  2024, 2024-09-28, unpaid-a-year,      2025-09-29",
        "bacca, 2024, 2024-06-30, overdue,            2024-07-01",
        "bacca, 2024, 2024-06-30, unpaid-a-year,      2025-07-01",
        "dsia,  2025, 2025-03-31, overdue,            2025-04-01",
        "dsia,  2025, 2025-03-31, unpaid-a-year,      2026-04-01",
    })
    void arrearsActOnTheDayAfterTheirLastDay(String code, int year, String due, String rule, String first) {
        Facts facts = member(List.of(bill(year, due)), List.of(), List.of());

        List<String> log = live(book(code), facts, day(due), day(first).plusDays(5));

        assertThat(log).filteredOn(l -> l.contains(rule + "/")).containsExactly(first + " " + rule + "/bill-" + year);
    }

    @ParameterizedTest(name = "{0}：周末顺延读作{1}，{3}起{2}")
    @DisplayName("XDOC-3 最后一天是周末的，按读法顺延或不顺延；放假安排里的休息日总是顺延")
    @CsvSource({
        "2025-06-30, true,  2025-09-01, 2025-09-02",
        "2025-06-30, false, 2025-08-30, 2025-08-31",
        // 1 to 3 October 2025 are days off by notice, then comes a Saturday
        "2025-08-01, true,  2025-10-06, 2025-10-07",
        "2025-08-01, false, 2025-10-04, 2025-10-05",
    })
    void weekendsRollAsTheyAreRead(String due, String rolls, String last, String first) {
        Rulebook igrs = Lawbook.withSettings(book("igrs"), Map.of(), Map.of("weekends-roll", rolls));
        Facts facts = member(List.of(bill(2025, due)), List.of(), List.of());

        assertThat(codes(igrs, facts, last)).doesNotContain("two-months-overdue");
        assertThat(codes(igrs, facts, first)).contains("two-months-overdue");
    }

    private static List<String> codes(Rulebook book, Facts facts, String day) {
        return Judge.judge(book, CALENDAR, facts, day(day)).findings().stream()
                .map(Finding::code)
                .toList();
    }

    @Test
    @DisplayName("WHJX-12-1 满一年的当天还不算，次日立案并寄告知书")
    void theCorrespondingDayIsStillInTime() {
        Facts facts = member(List.of(bill(2025, "2025-03-31")), List.of(), List.of());

        assertThat(Judge.judge(book("whjx"), CALENDAR, facts, day("2026-03-31")).findings())
                .extracting(Finding::code)
                .containsExactly("overdue");
        Ruling ruling = Judge.judge(book("whjx"), CALENDAR, facts, day("2026-04-01"));
        assertThat(ruling.findings().get(0).clauses()).containsExactly("WHJX-12-1");
        assertThat(ruling.findings().get(0).says())
                .isEqualTo("2025年度会费尚欠¥8,000.00，最后交费日2025年3月31日，至2026年3月31日已满1年仍未交清");
        assertThat(ruling.consequences()).hasSize(1);
        assertThat(ruling.consequences().get(0).acts()).hasSize(3);
        assertThat(ruling.consequences().get(0).severe()).isTrue();
    }

    @ParameterizedTest(name = "{0}：最近活动 {1}，其间{2}举办过：{3}")
    @DisplayName("BACCA-38、WHJX-12-2 不参加活动满一年：期间不顺延，没有举办活动的年份不算")
    @CsvSource(
            nullValues = "-",
            value = {
                "whjx,  2025-04-22, 2025-09-18, 2026-04-23",
                "bacca, 2025-02-01, 2025-06-15, 2026-02-02",
                // 28 February 2026 is a Saturday: inactivity is not rolled
                "bacca, 2025-02-28, 2025-06-15, 2026-03-01",
                "bacca, 2024-02-29, 2024-06-15, 2025-03-01",
                // offered only in the second year after the last one attended
                "whjx,  2024-04-22, 2025-09-18, 2026-04-23",
                // offered on the very day that was attended does not count
                "whjx,  2025-04-22, 2025-04-22, -",
                "whjx,  2025-04-22, 2026-04-22, 2026-04-23",
            })
    void inactivityNeedsAYearInWhichSomethingWasOffered(String code, String attended, String offered, String first) {
        Facts facts = member(
                List.of(),
                List.of(attended),
                List.of(attended, offered).stream().distinct().sorted().toList());

        List<String> log = live(book(code), facts, day(attended), day("2026-06-30"));

        assertThat(log)
                .containsExactlyElementsOf(
                        first == null ? List.of() : List.of(first + " inactive-a-year/since-" + attended));
    }

    @ParameterizedTest(name = "没有举办活动的年份{1}：{0}")
    @DisplayName("BACCA-38、WHJX-12-2 一整年没有举办活动的，也可以读作没有参加：满一年的次日起")
    @CsvSource({"bacca, false", "bacca, true", "whjx, false", "whjx, true"})
    void aYearWithoutAnyActivityCountsOnlyWhereItIsReadSo(String code, boolean counts) {
        Rulebook read =
                Lawbook.withSettings(book(code), Map.of(), Map.of("empty-year-counts", Boolean.toString(counts)));
        Facts facts = member(List.of(), List.of("2025-02-03"), List.of("2025-02-03"));

        assertThat(codes(read, facts, "2026-02-03")).isEmpty();
        assertThat(codes(read, facts, "2026-02-04"))
                .containsExactlyElementsOf(counts ? List.of("inactive-a-year") : List.of());
    }

    @Test
    @DisplayName("DSIA-15 三项都具备才视为退会，都按该账单截止日之后的一年计")
    void deemedExitNeedsAllLimbs() {
        List<String> offered = List.of("2025-06-20", "2025-11-05");
        Facts idle = member(List.of(bill(2025, "2025-03-31")), List.of("2025-03-20"), offered);
        Facts busy = member(List.of(bill(2025, "2025-03-31")), List.of("2025-11-05"), offered);
        Facts nothingOffered = member(List.of(bill(2025, "2025-03-31")), List.of(), List.of("2025-03-20"));
        Facts delegate = Cases.sitting(idle, "会员代表大会", List.of("2025-06-01"), List.of("2025-06-01"));
        Facts absentee = Cases.sitting(idle, "会员代表大会", List.of("2025-06-01"), List.of());

        assertThat(exits(idle)).containsExactly("2026-04-01 absent-a-year/bill-2025");
        assertThat(exits(busy)).isEmpty();
        assertThat(exits(nothingOffered)).isEmpty();
        assertThat(exits(delegate)).isEmpty();
        assertThat(exits(absentee)).containsExactly("2026-04-01 absent-a-year/bill-2025");
    }

    @ParameterizedTest(name = "参加 {0}，开会 {1} 出席 {2}，最后交费日 {3}：{4}")
    @DisplayName("DSIA-15 会费交清的，一年没有参加活动或没有出席会员代表大会也各自提醒：期满日不顺延，次日起")
    @CsvSource(
            nullValues = "-",
            value = {
                "-,          -,          -,          03-31, 2026-04-01 no-activity-a-year/year-2025",
                "2025-03-31, -,          -,          03-31, 2026-04-01 no-activity-a-year/year-2025",
                "2025-04-01, -,          -,          03-31, -",
                "2026-03-31, -,          -,          03-31, -",
                "2026-04-01, -,          -,          03-31, 2026-04-01 no-activity-a-year/year-2025",
                // 4 April 2026 is a Saturday: nothing that a payment would stop, so not rolled
                "-,          -,          -,          04-04, 2026-04-05 no-activity-a-year/year-2025",
                "2025-09-12, 2025-06-01, -,          03-31, 2026-04-01 no-assembly-a-year/year-2025",
                "2025-09-12, 2025-06-01, 2025-06-01, 03-31, -",
                // the year before ended unseen: it is told at the first look, the year after has no meeting
                "2025-09-12, 2025-03-31, -,          03-31, 2026-03-25 no-assembly-a-year/year-2024",
                "2025-09-12, 2026-03-31, -,          03-31, 2026-04-01 no-assembly-a-year/year-2025",
                "2025-09-12, 2026-04-01, -,          03-31, -",
                "-,          -,          -,          none,  -",
            })
    void eachLimbAlertsByItself(
            @Nullable String activity,
            @Nullable String held,
            @Nullable String there,
            String due,
            @Nullable String first) {
        Rulebook law = Lawbook.withSettings(book("dsia"), Map.of(), Map.of("fee-due", due));
        Facts paid = member(
                List.of(), activity == null ? List.of() : List.of(activity), List.of("2025-06-20", "2025-09-12"));
        Facts facts = held == null
                ? paid
                : Cases.sitting(paid, "会员代表大会", List.of(held), there == null ? List.of() : List.of(there));

        assertThat(live(law, facts, day("2026-03-25"), day("2026-06-30")))
                .containsExactlyElementsOf(first == null ? List.of() : List.of(first));
    }

    @ParameterizedTest(name = "2024年 {0}，2025年 {1}，此后 {2}，看 {3}：{4}")
    @DisplayName("DSIA-15 最后交费日改了读法，已经开始的年度仍按当年的算；没有最后交费日的年度不算")
    @CsvSource(
            nullValues = "-",
            value = {
                "2024-03-31, 2025-03-31, 06-30, 2026-04-01, 2025年4月1日至2026年3月31日没有参加活动",
                "2024-03-31, 2025-03-31, 06-30, 2026-03-31, -",
                "2024-03-31, 2025-06-30, 06-30, 2026-06-30, -",
                "2024-03-31, 2025-06-30, 06-30, 2026-07-01, 2025年7月1日至2026年6月30日没有参加活动",
                "2024-03-31, '',         06-30, 2026-07-01, -",
                "2024-10-31, '',         06-30, 2025-11-01, 2024年11月1日至2025年10月31日没有参加活动",
                "'',         2025-03-31, none,  2026-04-01, 2025年4月1日至2026年3月31日没有参加活动",
            })
    void aYearThatHasBegunKeepsTheDayItBeganWith(
            String before, String last, String now, String day, @Nullable String says) {
        Rulebook law = Lawbook.withSettings(book("dsia"), Map.of(), Map.of("fee-due", now));
        Facts facts = Cases.feeDays(
                Cases.since("2023-05-01", member(List.of(), List.of(), List.of("2025-09-12"))),
                Map.of(2024, before, 2025, last));

        assertThat(Judge.judge(law, CALENDAR, facts, day(day)).findings())
                .extracting(Finding::says)
                .containsExactlyElementsOf(says == null ? List.of() : List.of(says));
    }

    @Test
    @DisplayName("DSIA-15 当年才入会的、没有举办活动的不提醒；期满后又参加了的，不再算")
    void whoCouldNotComeOrCameAgainIsNotReminded() {
        Facts idle = member(List.of(), List.of(), List.of("2025-06-20"));
        Facts back = member(List.of(), List.of("2026-04-10"), List.of("2025-06-20", "2026-04-10"));
        Facts newer = Cases.since("2025-01-01", idle);
        Facts older = Cases.since("2024-12-31", idle);

        assertThat(Judge.judge(book("dsia"), CALENDAR, idle, day("2026-04-20")).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.clauses()).containsExactly("DSIA-15");
                    assertThat(finding.says()).isEqualTo("2025年4月1日至2026年3月31日没有参加活动");
                    assertThat(finding.ends()).isEqualTo("参加一次活动即可");
                });
        assertThat(Judge.judge(book("dsia"), CALENDAR, back, day("2026-04-20")).findings())
                .isEmpty();
        assertThat(live(book("dsia"), member(List.of(), List.of(), List.of()), day("2026-03-01"), day("2026-05-01")))
                .isEmpty();
        assertThat(live(book("dsia"), newer, day("2026-03-01"), day("2026-05-01")))
                .isEmpty();
        assertThat(live(book("dsia"), older, day("2026-03-01"), day("2026-05-01")))
                .hasSize(1);
    }

    @Test
    @DisplayName("DSIA-16 已报破产、解散、注销的，不再提醒会员；协会一方照常知道")
    void nobodyIsRemindedWhereNobodyIsLeft() {
        Facts there = member(List.of(bill(2025, "2025-03-31")), List.of(), List.of());
        Facts gone = Cases.gone(there);

        for (String day : List.of("2025-03-24", "2025-04-01", "2026-04-01")) {
            assertThat(heard(there, day)).as(day).isNotEmpty();
            assertThat(heard(gone, day)).as(day).isEmpty();
        }
        assertThat(Judge.judge(book("dsia"), CALENDAR, gone, day("2025-04-01")).consequences())
                .extracting(Consequence::rule)
                .containsExactly("overdue");
    }

    /** Whom at the member the rules speak to on a day. */
    private static List<String> heard(Facts facts, String day) {
        return Judge.judge(book("dsia"), CALENDAR, facts, day(day)).consequences().stream()
                .flatMap(consequence -> consequence.acts().stream())
                .flatMap(act -> act.tell().stream())
                .filter(List.of("member", "liaison", "representative")::contains)
                .toList();
    }

    private static List<String> exits(Facts facts) {
        return live(book("dsia"), facts, day("2026-03-31"), day("2026-05-01")).stream()
                .filter(l -> l.contains("absent-a-year"))
                .toList();
    }

    @ParameterizedTest(name = "{0} 暂停，{1} 起丧失资格")
    @DisplayName("BACCA-39-b 超过五年丧失资格；满五年当天仍可申请恢复，遇休息日顺延")
    @CsvSource({
        "2020-03-10, 2025-03-11",
        // 15 March 2025 is a Saturday
        "2020-03-15, 2025-03-18",
        "2020-02-29, 2025-03-01",
    })
    void suspensionEndsMembershipAfterTheFifthYear(String since, String first) {
        Facts facts = Cases.suspended(since, false);

        List<String> log = live(book("bacca"), facts, day("2024-11-01"), day("2025-04-01"));

        assertThat(log).endsWith(first + " suspended-too-long/suspended-" + since);
        assertThat(log).filteredOn(l -> l.contains("running-out")).hasSize(3);
        assertThat(live(book("bacca"), Cases.suspended(since, true), day("2025-03-01"), day("2025-04-01")))
                .as("a pending application for restoration stops it")
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}暂停，恢复申请在办{1}，{2} → {3}")
    @DisplayName("BACCA-39-b 恢复申请停不停丧失、处分的暂停算不算，按读法；界限仍是满五年的次日")
    @CsvSource({
        "true,  true,  restoration-stops, true,  false",
        "true,  true,  restoration-stops, false, true",
        "false, false, sanction-forfeits, false, false",
        "false, false, sanction-forfeits, true,  true",
    })
    void whoseRightsEndAfterFiveYearsIsRead(boolean byRule, boolean pending, String key, String value, boolean ends) {
        Rulebook read = Lawbook.withSettings(book("bacca"), Map.of(), Map.of(key, value));
        Facts facts = Cases.suspended("2020-03-10", byRule, pending);

        assertThat(codes(read, facts, "2025-03-10")).doesNotContain("suspended-too-long");
        assertThat(codes(read, facts, "2025-03-11").contains("suspended-too-long"))
                .isEqualTo(ends);
    }

    @Test
    @DisplayName("BACCA-21-a 申请后一年内未办初次登记：提前三次提醒，逾期告诉秘书处")
    void aMissedRegistrationIsReported() {
        Facts facts = Cases.applied("2025-03-20");

        assertThat(live(book("bacca"), facts, day("2025-04-01"), day("2026-04-01")))
                .containsExactly(
                        "2026-02-18 unregistered/applied-2025-03-20:-30",
                        "2026-03-13 unregistered/applied-2025-03-20:-7",
                        "2026-03-19 unregistered/applied-2025-03-20:-1",
                        "2026-03-21 registration-missed/applied-2025-03-20");
    }

    @Test
    @DisplayName("迟录的欠费一天只走一级，先轻后重；提醒不补发")
    void aLateEntryTakesOneStageADay() {
        Facts facts = member(List.of(bill(2025, "2025-04-30")), List.of(), List.of());

        assertThat(live(book("igrs"), facts, day("2025-09-10"), day("2025-09-20")))
                .containsExactly("2025-09-10 overdue/bill-2025", "2025-09-11 two-months-overdue/bill-2025");
    }

    @Test
    @DisplayName("前一级通知没有送达，除名议案等着")
    void aSevereStepWaitsForTheNoticeBeforeIt() {
        Facts facts = member(List.of(bill(2025, "2025-04-30")), List.of(), List.of());
        Facts unreached = facts.with(Map.of("overdue/bill-2025", new Facts.Done(day("2025-05-01"), false)));
        Facts reached = facts.with(Map.of("overdue/bill-2025", new Facts.Done(day("2025-05-01"), true)));

        Ruling waiting = Judge.judge(book("igrs"), CALENDAR, unreached, day("2025-07-01"));

        assertThat(waiting.consequences()).isEmpty();
        assertThat(waiting.held()).extracting(Consequence::rule).containsExactly("two-months-overdue");
        assertThat(waiting.next()).contains(day("2025-07-02"));
        assertThat(Judge.judge(book("igrs"), CALENDAR, reached, day("2025-07-01"))
                        .consequences())
                .extracting(Consequence::rule)
                .containsExactly("two-months-overdue");
    }

    @Test
    @DisplayName("每张账单各走各的级：年轻的不跳过提醒")
    void eachBillGoesItsOwnWay() {
        Facts facts = member(List.of(bill(2024, "2024-06-30"), bill(2025, "2025-06-30")), List.of(), List.of());

        List<String> log = live(book("bacca"), facts, day("2025-01-02"), day("2025-07-02"));

        assertThat(log)
                .containsExactly(
                        "2025-01-02 overdue/bill-2024",
                        "2025-04-26 reminder/bill-2024:300",
                        "2025-05-31 reminder/bill-2025:-30",
                        "2025-06-23 reminder/bill-2025:-7",
                        "2025-06-29 reminder/bill-2025:-1",
                        "2025-07-01 overdue/bill-2025",
                        "2025-07-01 unpaid-a-year/bill-2024");
    }

    @Test
    @DisplayName("WHJX 的提醒阶梯：截止日前后各三次")
    void remindersComeOnTheirDays() {
        Facts facts = member(List.of(bill(2026, "2026-03-31")), List.of(), List.of());

        assertThat(live(book("whjx"), facts, day("2026-01-01"), day("2026-12-31")))
                .containsExactly(
                        "2026-03-01 reminder/bill-2026:-30",
                        "2026-03-24 reminder/bill-2026:-7",
                        "2026-03-30 reminder/bill-2026:-1",
                        "2026-04-01 reminder/bill-2026:1",
                        "2026-04-30 reminder/bill-2026:30",
                        "2026-06-29 reminder/bill-2026:90");
    }

    @Test
    @DisplayName("AII-FEE 没有会费的协会没有任何欠费结论")
    void withoutAFeeNothingIsOwed() {
        Ruling ruling = Judge.judge(book("aii"), CALENDAR, member(List.of(), List.of(), List.of()), day("2026-07-01"));

        assertThat(ruling.findings()).isEmpty();
        assertThat(ruling.consequences()).isEmpty();
        assertThat(ruling.next()).isEmpty();
    }

    @Test
    void whatComesIsForetoldSoonestFirst() {
        Facts facts = member(List.of(bill(2026, "2026-04-30")), List.of(), List.of());

        Ruling ruling = Judge.judge(book("igrs"), CALENDAR, facts, day("2026-03-01"));

        assertThat(ruling.ahead())
                .extracting(Ruling.Step::says)
                .containsExactly("若2026年度会费仍未交清，2026年5月1日起列为考虑降级的因素", "若2026年度会费仍未交清，2026年7月1日起提出除名议案");
        assertThat(ruling.next()).contains(day("2026-03-31"));
    }

    @Test
    void aConsequenceSaysWhoYearAmountAndDay() {
        Facts facts = member(List.of(bill(2025, "2025-03-31")), List.of(), List.of());
        Consequence consequence = Judge.judge(book("dsia"), CALENDAR, facts, day("2025-04-01")).consequences().stream()
                .filter(c -> c.rule().equals("overdue"))
                .findFirst()
                .orElseThrow();

        assertThat(consequence.text(consequence.acts().get(0).says()))
                .startsWith("示例公司2025年度会费¥8,000.00尚未到账，已过最后交费日2025年3月31日");
        assertThat(consequence.data()).containsEntry("amountFen", "800000").containsEntry("bill", "2025");
    }
}
