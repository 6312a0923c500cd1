package io.homeroom.rulebook;

import static io.homeroom.rulebook.Cases.CALENDAR;
import static io.homeroom.rulebook.Cases.bill;
import static io.homeroom.rulebook.Cases.book;
import static io.homeroom.rulebook.Cases.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.ground.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("裁判的每一条结论：从哪天起、依据什么、多重、怎样结束")
class JudgeFindingsTest {

    @Test
    @DisplayName("DSIA-18 终止的会籍：从终止那天起只剩这一条结论")
    void anEndedMembershipIsAllThereIsToSay() {
        Facts facts = new Sketch()
                .standing("ended")
                .ended("2026-05-20")
                .bills(bill(2025, "2025-03-31"))
                .done();

        assertThat(judge("dsia", facts, "2026-05-19").findings()).isEmpty();
        assertThat(judge("dsia", facts, "2026-05-20").findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("ended");
                    assertThat(finding.clauses()).containsExactly("DSIA-18");
                    assertThat(finding.since()).isEqualTo("2026-05-20");
                    assertThat(finding.weight()).isEqualTo(100);
                });
        assertThat(judge("dsia", facts, "2026-05-21").consequences()).isEmpty();
        assertThat(judge("dsia", new Sketch().standing("ended").done(), "2026-05-20")
                        .findings())
                .isEmpty();
    }

    @Test
    @DisplayName("BACCA-38 按规则暂停的可申请恢复；处分暂停的另有期限，不说恢复")
    void aSuspensionSaysHowItEnds() {
        Facts byRule =
                new Sketch().standing("suspended").rest("2025-05-20", true).done();
        Facts bySanction =
                new Sketch().standing("suspended").rest("2025-05-20", false).done();

        assertThat(judge("bacca", byRule, "2025-05-19").findings()).isEmpty();
        assertThat(judge("bacca", byRule, "2025-05-20").findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("suspended");
                    assertThat(finding.clauses()).containsExactly("BACCA-38", "BACCA-43");
                    assertThat(finding.ends()).isEqualTo("申请恢复权利，经批准后解除");
                    assertThat(finding.weight()).isEqualTo(60);
                });
        assertThat(judge("bacca", bySanction, "2025-05-20").findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.clauses()).as("the ledger knows").isEmpty();
                    assertThat(finding.ends()).isEqualTo("处理期满或撤销后恢复");
                });
        assertThat(judge("bacca", bySanction, "2031-05-20").consequences()).isEmpty();
        assertThat(judge("igrs", byRule, "2025-05-20").findings())
                .as("a rulebook without such a case")
                .singleElement()
                .satisfies(finding -> assertThat(finding.clauses()).isEmpty());
    }

    @Test
    @DisplayName("BACCA-37 处分从当天起、到最后一天止；次日自动解除")
    void aSanctionHoldsThroughItsLastDay() {
        Facts facts = new Sketch()
                .sanction(new Facts.Penalty("严重警告", day("2026-05-10"), day("2026-06-10")))
                .done();

        Ruling before = judge("bacca", facts, "2026-05-09");
        assertThat(before.findings()).isEmpty();
        assertThat(before.next()).contains(day("2026-05-10"));
        for (String on : List.of("2026-05-10", "2026-06-10")) {
            Ruling during = judge("bacca", facts, on);
            assertThat(during.next()).as(on).contains(day("2026-06-11"));
            assertThat(during.findings()).as(on).singleElement().satisfies(finding -> {
                assertThat(finding.code()).isEqualTo("sanction");
                assertThat(finding.clauses()).containsExactly("BACCA-37-0");
                assertThat(finding.says()).isEqualTo("受到“严重警告”处理，至2026年6月10日");
                assertThat(finding.ends()).isEqualTo("2026年6月11日起自动解除");
                assertThat(finding.facts()).containsEntry("until", "2026-06-10");
                assertThat(finding.weight()).isEqualTo(50);
            });
        }
        assertThat(judge("bacca", facts, "2026-06-11").findings()).isEmpty();

        Facts forGood = new Sketch()
                .sanction(new Facts.Penalty("训诫", day("2026-05-10"), null))
                .done();
        assertThat(judge("bacca", forGood, "2036-05-10").findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.clauses()).as("unknown to the rulebook").isEmpty();
                    assertThat(finding.says()).isEqualTo("受到“训诫”处理");
                    assertThat(finding.ends()).isEqualTo("没有写明期限，由作出处理的机构撤销后解除");
                    assertThat(finding.facts()).containsOnlyKeys("sanction", "since");
                });
    }

    @Test
    @DisplayName("WHJX-7 没有班主任：从入会那天起，直到指派")
    void somebodyWithoutAClassTeacherIsReported() {
        Facts facts =
                new Sketch().teacher(false).joined("2026-03-01").active(null).done();

        Ruling before = judge("whjx", facts, "2026-02-28");
        assertThat(before.findings()).isEmpty();
        assertThat(before.next()).contains(day("2026-03-01"));
        Ruling from = judge("whjx", facts, "2026-03-01");
        assertThat(from.findings()).extracting(Finding::code).containsExactly("teacherless");
        assertThat(from.findings().get(0).weight()).isEqualTo(10);
        assertThat(from.consequences()).extracting(Consequence::key).containsExactly("teacherless/none");
        assertThat(judge("whjx", new Sketch().done(), "2026-03-01").findings()).isEmpty();
        Facts unknown = new Sketch().teacher(false).joined(null).active(null).done();
        assertThat(judge("whjx", unknown, "2026-03-01").findings())
                .as("nobody knows since when")
                .extracting(Finding::since)
                .containsExactly(day("2026-03-01"));
    }

    @ParameterizedTest(name = "截止 {0}，开单 {1}：满一年自 {2} 起算，{3} 起提出暂停")
    @DisplayName("BACCA-38 以当年6月30日起算满一年；账单截止或开出更晚的，从那天起算")
    @CsvSource(
            nullValues = "-",
            value = {
                "2024-06-30, 2024-01-01, 2024-06-30, 2025-07-01",
                "2024-03-31, 2024-01-01, 2024-06-30, 2025-07-01",
                "2024-09-12, 2024-08-01, 2024-09-12, 2025-09-13",
                "-,          2024-01-01, 2024-06-30, 2025-07-01",
                "-,          2024-08-13, 2024-08-13, 2025-08-14",
            })
    void arrearsOfAYearCountFromTheFixedDayAtTheEarliest(
            @Nullable LocalDate due, LocalDate raised, LocalDate anchor, LocalDate first) {
        Facts facts = new Sketch()
                .bills(new Facts.Due(7, 2024, "2024年度会费", Money.ofYuan(6000), Money.ofYuan(100), due, raised))
                .reached("overdue/bill-7", "2024-12-01")
                .done();

        assertThat(rules("bacca", facts, first.minusDays(1))).doesNotContain("unpaid-a-year");
        Ruling ruling = Judge.judge(book("bacca"), CALENDAR, facts, first);
        assertThat(ruling.consequences())
                .filteredOn(c -> c.rule().equals("unpaid-a-year"))
                .singleElement()
                .satisfies(c -> {
                    assertThat(c.severe()).isTrue();
                    assertThat(c.late()).isFalse();
                    assertThat(c.words()).containsEntry("金额", "¥100.00");
                    assertThat(c.text("{期限}"))
                            .isEqualTo(io.homeroom.ground.Days.dated(due == null ? first.minusDays(1) : due));
                });
        assertThat(ruling.findings())
                .filteredOn(f -> f.code().equals("unpaid-a-year"))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.says()).contains("最后交费日" + io.homeroom.ground.Days.dated(anchor));
                    assertThat(f.weight()).isEqualTo(70);
                    assertThat(f.facts())
                            .containsEntry("last", first.minusDays(1).toString());
                    assertThat(f.facts().containsKey("dueOn")).isEqualTo(due != null);
                });
    }

    @Test
    @DisplayName("WHJX-12-1 从每年固定一天起算的读法：起算在最后交费日之前也可以，但没到最后交费日不算欠")
    void arrearsFromAnEarlyDayWaitForTheDueDay() throws IOException {
        String text = Files.readString(Path.of("config/rulebooks/whjx.yaml"))
                .replace("when: {unpaid: {beyond: 1 year}}", "when: {unpaid: {beyond: 2 months, from: 01-01}}");
        Rulebook early = Rulebooks.read("whjx.yaml", text).orThrow();
        Facts facts = new Sketch()
                .bills(new Facts.Due(
                        7, 2025, "2025年度会费", Money.ofYuan(1), Money.ofYuan(1), day("2025-03-31"), day("2025-01-01")))
                .done();

        assertThat(Judge.judge(early, CALENDAR, facts, day("2025-03-31")).consequences())
                .extracting(Consequence::rule)
                .doesNotContain("unpaid-a-year");
        Ruling ruling = Judge.judge(early, CALENDAR, facts, day("2025-04-01"));
        assertThat(ruling.consequences()).extracting(Consequence::rule).contains("unpaid-a-year");
        assertThat(ruling.findings())
                .filteredOn(f -> f.code().equals("unpaid-a-year"))
                .singleElement()
                .satisfies(f -> assertThat(f.says()).contains("自2025年1月1日起计"));
    }

    @Test
    @DisplayName("补录的旧账单：开单前就该发生的，标明是迟来的")
    void whatWasDueBeforeTheBillWasMadeIsLate() {
        Facts facts = new Sketch()
                .bills(new Facts.Due(
                        7, 2024, "2024年度会费", Money.ofYuan(1), Money.ofYuan(1), day("2024-06-30"), day("2026-05-01")))
                .done();

        assertThat(judge("bacca", facts, "2026-04-30").findings())
                .as("not yet made")
                .isEmpty();
        assertThat(judge("bacca", facts, "2026-05-01").consequences())
                .singleElement()
                .satisfies(c -> {
                    assertThat(c.rule()).isEqualTo("overdue");
                    assertThat(c.late()).isTrue();
                });
        Facts onTheDay = new Sketch()
                .bills(new Facts.Due(
                        7, 2024, "2024年度会费", Money.ofYuan(1), Money.ofYuan(1), day("2024-06-30"), day("2024-07-01")))
                .done();
        assertThat(judge("bacca", onTheDay, "2024-07-01").consequences())
                .filteredOn(c -> c.rule().equals("overdue"))
                .singleElement()
                .satisfies(c -> assertThat(c.late()).isFalse());
    }

    @Test
    @DisplayName("一张账单的提醒不算另一张的；没有轻的一级可走的，直接到重的一级")
    void eachBillNeedsItsOwnMilderStep() {
        Facts two = new Sketch()
                .bills(bill(2023, "2023-06-30"), bill(2024, "2024-06-30"))
                .reached("overdue/bill-2023", "2023-07-01")
                .done();

        assertThat(keys("bacca", two, "2025-07-01"))
                .containsExactlyInAnyOrder("overdue/bill-2024", "unpaid-a-year/bill-2023");
        assertThat(judge("bacca", two, "2025-07-01").next()).contains(day("2025-07-02"));
    }

    @Test
    @DisplayName("不参加活动：从最近一次活动、没有活动的从恢复或入会起算，话也这样说")
    void inactivityCountsFromTheLatestOfAllThatBeganAnew() {
        List<LocalDate> offered = List.of(day("2025-06-15"));
        Facts attended = new Sketch()
                .activities(day("2024-05-20"), day("2025-02-01"))
                .offered(offered)
                .done();
        Facts never =
                new Sketch().joined("2025-02-01").active(null).offered(offered).done();
        Facts restored = new Sketch()
                .activities(day("2024-05-20"))
                .active("2025-02-01")
                .offered(offered)
                .done();
        Facts nobody = new Sketch().joined(null).active(null).offered(offered).done();

        assertThat(judge("bacca", attended, "2026-02-02").findings())
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.says()).isEqualTo("最近一次参加活动是2025年2月1日，此后至2026年2月1日满1年没有参加活动");
                    assertThat(f.facts()).containsEntry("lastActivity", "2025-02-01");
                    assertThat(f.weight()).isEqualTo(70);
                });
        assertThat(judge("bacca", never, "2026-02-02").findings())
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.says()).isEqualTo("自2025年2月1日起至2026年2月1日满1年没有参加活动");
                    assertThat(f.facts()).containsEntry("joined", "2025-02-01");
                });
        assertThat(rules("bacca", restored, day("2026-02-01"))).isEmpty();
        assertThat(keys("bacca", restored, "2026-02-02")).containsExactly("inactive-a-year/since-2025-02-01");
        assertThat(judge("bacca", nobody, "2026-02-02").findings()).isEmpty();
        assertThat(judge("bacca", never, "2025-01-31").next()).isEmpty();
    }

    @ParameterizedTest(name = "{0}，有班主任={1}：告诉{2}，说“{3}”")
    @DisplayName("提醒：截止前、当天、过后，各说各的话；过后班主任先知道")
    @CsvSource({
        "2026-03-30, true,  member,          2026年度会费尚有¥1000.00未交，最后交费日2026年3月31日，请按时交纳",
        "2026-03-31, true,  member,          2026年度会费尚有¥1000.00未交，今天是最后交费日",
        "2026-04-02, true,  teacher member,  示例公司2026年度会费¥1000.00尚未到账，最后交费日2026年3月31日已过，请尽快交纳",
        "2026-04-02, false, member,          示例公司2026年度会费¥1000.00尚未到账，最后交费日2026年3月31日已过，请尽快交纳",
    })
    void aReminderFitsItsDay(String on, boolean teacher, String to, String says) {
        Rulebook demo = demo("reminders: [-1, 0, 2]");
        Facts facts = new Sketch()
                .teacher(teacher)
                .bills(new Facts.Due(
                        7,
                        2026,
                        "2026年度会费",
                        Money.ofYuan(1000),
                        Money.ofYuan(1000),
                        day("2026-03-31"),
                        day("2026-01-01")))
                .reached("overdue/bill-7", "2026-04-01")
                .done();

        assertThat(Judge.judge(demo, CALENDAR, facts, day(on)).consequences())
                .singleElement()
                .satisfies(c -> {
                    assertThat(c.rule()).isEqualTo("reminder");
                    assertThat(c.clauses()).containsExactly("DEMO-2");
                    assertThat(c.severe()).isFalse();
                    assertThat(c.acts().get(0).tell()).containsExactly(to.split(" "));
                    assertThat(c.text(String.valueOf(c.acts().get(0).says())).replace(",", ""))
                            .isEqualTo(says);
                });
    }

    @Test
    @DisplayName("提醒有自己的条款和收件人时，用自己的；同一天规则已经告诉会员的，不再提醒")
    void aReminderGivesWayToARuleThatSpeaksThatDay() {
        Facts facts = new Sketch().bills(bill(2026, "2026-03-31")).done();
        Rulebook own = demo("reminders: [-1, 1]\n  reminder-to: [liaison]\n  reminder-cite: DEMO-8");

        assertThat(Judge.judge(own, CALENDAR, facts, day("2026-03-30")).consequences())
                .singleElement()
                .satisfies(c -> {
                    assertThat(c.clauses()).containsExactly("DEMO-8");
                    assertThat(c.acts().get(0).tell()).containsExactly("liaison");
                });
        assertThat(Judge.judge(own, CALENDAR, facts, day("2026-04-01")).consequences())
                .extracting(Consequence::rule)
                .containsExactly("overdue");
        assertThat(Judge.judge(
                                own,
                                CALENDAR,
                                facts.with(Map.of("overdue/bill-2026", new Facts.Done(day("2026-04-01"), true))),
                                day("2026-04-01"))
                        .consequences())
                .isEmpty();
        assertThat(Judge.judge(
                                own,
                                CALENDAR,
                                facts.with(Map.of("overdue/bill-2026", new Facts.Done(day("2026-03-31"), true))),
                                day("2026-04-01"))
                        .consequences())
                .extracting(Consequence::rule)
                .containsExactly("reminder");
    }

    @Test
    @DisplayName("没有规则标记逾期的，裁判自己说逾期，并给出依据")
    void withoutARuleOfItsOwnABillIsStillOverdue() {
        Facts facts = new Sketch().bills(bill(2026, "2026-03-31")).done();

        assertThat(judge("whjx", facts, "2026-03-31").findings())
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.code()).isEqualTo("owed");
                    assertThat(f.weight()).isZero();
                    assertThat(f.says()).isEqualTo("2026年度会费尚欠¥8,000.00，最后交费日2026年3月31日");
                    assertThat(f.facts()).containsEntry("dueOn", "2026-03-31");
                });
        assertThat(judge("whjx", facts, "2026-04-01").findings())
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.code()).isEqualTo("overdue");
                    assertThat(f.weight()).isEqualTo(20);
                    assertThat(f.since()).isEqualTo("2026-04-01");
                    assertThat(f.clauses()).isNotEmpty();
                });
        assertThat(judge("bacca", new Sketch().bills(bill(2026, "2026-06-30")).done(), "2026-07-01")
                        .findings())
                .as("a rule of the rulebook says it")
                .singleElement()
                .satisfies(f -> assertThat(f.clauses()).containsExactly("BACCA-31-a"));
    }

    @Test
    @DisplayName("结论按轻重排，同样重的先发生的在前；接下来的按日子排")
    void theGravestComesFirst() {
        Facts facts = new Sketch()
                .standing("suspended")
                .rest("2025-05-20", false)
                .sanction(new Facts.Penalty("警告", day("2026-05-02"), null))
                .sanction(new Facts.Penalty("严重警告", day("2026-05-01"), null))
                .bills(bill(2026, "2026-06-30"), bill(2025, "2025-06-30"))
                .done();

        assertThat(judge("bacca", facts, "2026-05-20").findings())
                .extracting(Finding::says)
                .containsExactly(
                        "会员权利自2025年5月20日起暂停",
                        "受到“严重警告”处理",
                        "受到“警告”处理",
                        "2025年度会费尚欠¥8,000.00，最后交费日2025年6月30日已过",
                        "2026年度会费尚欠¥8,000.00，最后交费日2026年6月30日");
        Facts two = new Sketch()
                .bills(bill(2026, "2026-04-30"), bill(2025, "2026-03-30"))
                .done();
        assertThat(judge("igrs", two, "2026-03-01").ahead())
                .extracting(Ruling.Step::day)
                .containsExactly(day("2026-03-31"), day("2026-05-01"), day("2026-06-02"), day("2026-07-01"));
    }

    @ParameterizedTest(name = "{0} 的 {1}：{2}，重的一级={3}")
    @DisplayName("每条规则有多重：失去会籍最重，其次除名、退会、暂停，任务，拖欠，通知最轻")
    @CsvSource({
        "bacca, suspended-too-long, 95, true",
        "igrs,  two-months-overdue, 80, true",
        "whjx,  unpaid-a-year,      80, true",
        "bacca, unpaid-a-year,      70, true",
        "dsia,  unpaid-a-year,      40, false",
        "igrs,  overdue,            30, false",
        "bacca, overdue,            30, false",
    })
    void eachRuleHasItsWeight(String code, String rule, int weight, boolean severe) {
        Facts facts = new Sketch()
                .bills(bill(2024, code.equals("igrs") ? "2024-04-30" : "2024-06-30"))
                .reached("overdue/bill-2024", rule.equals("overdue") ? null : "2024-07-02")
                .done();
        if (rule.startsWith("suspended")) {
            facts = new Sketch().standing("suspended").rest("2019-05-20", true).done();
        }
        Ruling ruling = judge(code, facts, "2025-07-02");

        assertThat(ruling.findings())
                .filteredOn(f -> f.code().equals(rule))
                .singleElement()
                .satisfies(f -> assertThat(f.weight()).isEqualTo(weight));
        assertThat(ruling.consequences())
                .filteredOn(c -> c.rule().equals(rule))
                .singleElement()
                .satisfies(c -> assertThat(c.severe()).isEqualTo(severe));
    }

    @Test
    @DisplayName("会员一方已无人：只对会员说的不说，一起告诉班主任的只告诉班主任，别的照做")
    void whereNobodyIsLeftTheAssociationStillHears() {
        Facts facts = Cases.gone(new Sketch().bills(bill(2025, "2025-06-30")).done());

        assertThat(judge("bacca", facts, "2025-07-01").consequences())
                .singleElement()
                .satisfies(c -> assertThat(c.acts())
                        .extracting(act -> act.task() == null
                                ? act.tell()
                                : List.of("task", act.task().to()))
                        .containsExactly(List.of("branch"), List.of("task", "branch"), List.of("teacher")));
        Rulebook demo = demo("reminders: [-7]");
        Facts owing = Cases.gone(new Sketch().bills(bill(2026, "2026-03-31")).done());
        assertThat(Judge.judge(demo, CALENDAR, owing, day("2026-04-01")).consequences())
                .as("only the member would have been told")
                .singleElement()
                .satisfies(c -> assertThat(c.acts()).isEmpty());
    }

    @Test
    @DisplayName("与欠费一起写的缺席：没有写活动期限的，按欠费后一年计")
    void absenceBesideArrearsCountsOverAYear() {
        Rulebook demo = Rulebooks.read(
                        "demo.yaml",
                        RulebooksTest.SOUND.replace(
                                "{unpaid: {beyond: 1 year}}", "{unpaid: {beyond: 1 year}, absent-from: 理事会}"))
                .orThrow();
        Facts owing = new Sketch()
                .bills(bill(2025, "2025-03-31"))
                .reached("overdue/bill-2025", "2025-04-01")
                .done();
        Facts absent = Cases.sitting(owing, "理事会", List.of("2026-03-31"), List.of());
        Facts there = Cases.sitting(owing, "理事会", List.of("2026-03-31"), List.of("2026-03-31"));
        Facts tooLate = Cases.sitting(owing, "理事会", List.of("2026-04-01"), List.of());

        assertThat(says(demo, owing)).containsExactly("2025年度会费尚欠¥8,000.00，最后交费日2025年3月31日，至2026年3月31日已满1年仍未交清");
        assertThat(says(demo, absent)).singleElement().asString().endsWith("仍未交清，也没有出席理事会");
        assertThat(says(demo, there)).isEmpty();
        assertThat(says(demo, tooLate)).isEmpty();
    }

    private static List<String> says(Rulebook book, Facts facts) {
        return Judge.judge(book, CALENDAR, facts, day("2026-04-01")).findings().stream()
                .filter(f -> f.code().equals("unpaid-a-year"))
                .map(Finding::says)
                .toList();
    }

    @ParameterizedTest(name = "{0}{1}：{2}")
    @DisplayName("后果用几个字说清")
    @CsvSource(
            nullValues = "-",
            value = {
                "FORFEIT,        -,          丧失会员资格",
                "SUSPEND,        -,          暂停会员权利",
                "EXPEL,          -,          除名",
                "DEEM_WITHDRAWN, -,          视为退会",
                "RESTORE,        -,          依规则处理",
                "-,              exit,       启动视为退会的程序",
                "-,              suspension, 提出暂停会员权利",
                "-,              expulsion,  提出除名议案",
                "-,              removal,    依规则立案",
            })
    void whatFollowsIsSaidInAFewWords(Act.@Nullable Effect effect, @Nullable String open, String words) {
        Act tell = new Act(List.of("member"), null, null, null, null, List.of(), "请留意");

        assertThat(Judge.leadsTo(List.of(tell, new Act(List.of(), null, open, null, effect, List.of(), null))))
                .isEqualTo(words);
        assertThat(Judge.leadsTo(List.of(tell))).isEmpty();
    }

    @Test
    @DisplayName("会到来的逾期和降级因素也预告；只是通知的不预告")
    void onlyWhatLeadsSomewhereIsForetold() {
        Facts facts = new Sketch().bills(bill(2026, "2026-06-30")).done();

        assertThat(judge("bacca", facts, "2026-05-01").ahead())
                .extracting(Ruling.Step::says)
                .containsExactly("若2026年度会费仍未交清，2026年7月1日起记为逾期", "若2026年度会费仍未交清，2027年7月1日起提出暂停会员权利");
        assertThat(judge("dsia", facts, "2026-05-01").ahead())
                .extracting(Ruling.Step::rule)
                .containsExactly("overdue");
        Facts quiet = new Sketch()
                .active("2026-02-01")
                .offered(List.of(day("2026-04-15")))
                .done();
        assertThat(judge("whjx", quiet, "2026-05-01").ahead())
                .extracting(Ruling.Step::says)
                .containsExactly("若仍没有参加活动，2027年2月2日起启动视为退会的程序");
    }

    private static Ruling judge(String code, Facts facts, String on) {
        return Judge.judge(book(code), CALENDAR, facts, day(on));
    }

    private static List<String> keys(String code, Facts facts, String on) {
        return judge(code, facts, on).consequences().stream()
                .map(Consequence::key)
                .filter(key -> !key.startsWith("reminder/"))
                .toList();
    }

    private static List<String> rules(String code, Facts facts, LocalDate on) {
        return Judge.judge(book(code), CALENDAR, facts, on).findings().stream()
                .map(Finding::code)
                .toList();
    }

    private static Rulebook demo(String fees) {
        return Rulebooks.read("demo.yaml", RulebooksTest.SOUND.replace("  first-year", "  " + fees + "\n  first-year"))
                .orThrow();
    }

    /** An active member since 2020-03-01 with a class teacher, but for what is said otherwise. */
    private static final class Sketch {
        private String standing = "active";
        private @Nullable LocalDate ended;
        private @Nullable LocalDate joined = day("2020-03-01");
        private boolean teacher = true;
        private Facts.@Nullable Rest rest;
        private @Nullable LocalDate active = day("2020-03-01");
        private List<Facts.Penalty> sanctions = List.of();
        private List<Facts.Due> bills = List.of();
        private List<LocalDate> activities = List.of();
        private List<LocalDate> offered = List.of();
        private Map<String, Facts.Done> done = Map.of();

        Sketch standing(String code) {
            standing = code;
            return this;
        }

        Sketch ended(String on) {
            ended = day(on);
            return this;
        }

        Sketch joined(@Nullable String on) {
            joined = on == null ? null : day(on);
            return this;
        }

        Sketch active(@Nullable String since) {
            active = since == null ? null : day(since);
            return this;
        }

        Sketch teacher(boolean has) {
            teacher = has;
            return this;
        }

        Sketch rest(String since, boolean byRule) {
            rest = new Facts.Rest(day(since), byRule);
            return this;
        }

        Sketch sanction(Facts.Penalty penalty) {
            sanctions = java.util.stream.Stream.concat(sanctions.stream(), java.util.stream.Stream.of(penalty))
                    .toList();
            return this;
        }

        Sketch bills(Facts.Due... open) {
            bills = List.of(open);
            return this;
        }

        Sketch activities(LocalDate... days) {
            activities = List.of(days);
            return this;
        }

        Sketch offered(List<LocalDate> days) {
            offered = days;
            return this;
        }

        /** A step that has followed and whose notice arrived. */
        Sketch reached(String key, @Nullable String on) {
            done = on == null ? Map.of() : Map.of(key, new Facts.Done(day(on), true));
            return this;
        }

        Facts done() {
            return new Facts(
                    "示例公司",
                    standing,
                    ended,
                    joined,
                    null,
                    false,
                    teacher,
                    true,
                    rest,
                    false,
                    active,
                    sanctions,
                    bills,
                    activities,
                    offered,
                    Map.of(),
                    done);
        }
    }
}
