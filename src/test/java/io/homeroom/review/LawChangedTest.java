package io.homeroom.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.CoreSlice;
import io.homeroom.OnFiveRulebooks;
import io.homeroom.care.Need;
import io.homeroom.care.Needs;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Decision;
import io.homeroom.casework.Editions;
import io.homeroom.casework.Opening;
import io.homeroom.casework.Readings;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.governance.Activities;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Circular;
import io.homeroom.liaison.Circulars;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.rulebook.Finding;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Rulebooks;
import io.homeroom.schedule.Associations;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import io.homeroom.schedule.Nights;
import io.homeroom.testing.ShippedRulebook;
import io.homeroom.till.Method;
import io.homeroom.till.Till;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@OnFiveRulebooks
@Import(Post.class)
@DisplayName("规则书或日历换了：谁都不按旧规则留下的日子对待")
class LawChangedTest {

    @Autowired
    Roster roster;

    @Autowired
    Editions editions;

    @Autowired
    Nights nights;

    @Autowired
    Lawbook law;

    @Autowired
    Calendars calendars;

    @Autowired
    Readings readings;

    @Autowired
    Activities activities;

    @Autowired
    Explain explain;

    @Autowired
    Circulars circulars;

    @Autowired
    Cases cases;

    @Autowired
    Tasks tasks;

    @Autowired
    Needs needs;

    @Autowired
    Till till;

    @Autowired
    Notices notices;

    @Autowired
    BusinessClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private final CoreSlice.Wire wire = new CoreSlice.Wire();
    private final List<Object> told = new ArrayList<>();

    @Test
    @DisplayName("文件改早了提醒、服务重启：那天夜里每家重看，新的提醒按日发出；注释不算改")
    void aChangedFileIsAppliedToEverybodyInTheNextNight() {
        String code = "whjx-file";
        law.put(code, whjx("", ""));
        Member member = enter(code, "2026-01-05", "提醒公司");
        night(code, "2026-01-05");
        night(code, "2026-01-06");
        LocalDate before = reviewOn(code, member);
        assertThat(before).isAfter("2026-02-01");

        law.put(code, whjx("code: whjx", "# 一句注释\ncode: whjx"));
        night(code, "2026-01-07");
        assertThat(reviewOn(code, member)).isEqualTo(before);

        law.put(code, whjx("reminders: [", "reminders: [-60, "));
        night(code, "2026-01-08");
        assertThat(reviewOn(code, member)).isEqualTo("2026-01-30");
        night(code, "2026-01-30");

        assertThat(in(code, () -> notices.search(NoticeSearch.all().member(member.id()))))
                .filteredOn(notice -> notice.about().equals("reminder"))
                .hasSize(1);
    }

    @Test
    @DisplayName("两台服务器轮流重启：旧的那台让开，新规则只叫醒一次；退回旧版也是一次重启")
    void twoNodesDoNotTakeTurnsWithTheirLaws() {
        String code = "whjx-two";
        Rulebook old = whjx("", "");
        Rulebook fresh = whjx("reminders: [", "reminders: [-60, ");
        LocalDate day = LocalDate.parse("2026-01-06");
        law.put(code, old);
        Member member = enter(code, "2026-01-05", "两台公司");
        LawPrints a = node(code, old);
        assertThat(opens(code, a, day)).isTrue();
        rest(code, member);
        wire.pass(Duration.ofMinutes(5));

        LawPrints b = node(code, fresh);
        assertThat(reviewOn(code, member)).as("starting makes nobody due").isEqualTo("2027-01-01");
        assertThat(opens(code, a, day)).isFalse();
        assertThat(told).as("a rolling restart takes its time").isEmpty();
        assertThat(opens(code, b, day)).isTrue();
        assertThat(reviewOn(code, member)).isEqualTo(day);
        rest(code, member);
        assertThat(opens(code, a, day.plusDays(1))).isFalse();
        assertThat(opens(code, b, day.plusDays(1))).isTrue();
        assertThat(reviewOn(code, member)).as("once").isEqualTo("2027-01-01");
        wire.pass(Duration.ofMinutes(61));
        assertThat(opens(code, a, day.plusDays(2))).isFalse();
        assertThat(told)
                .hasSize(1)
                .first()
                .satisfies(tell -> assertThat(((Tell) tell).about()).isEqualTo("old-rulebook"));

        LawPrints again = node(code, fresh);
        assertThat(opens(code, again, day.plusDays(2))).isTrue();
        assertThat(reviewOn(code, member)).as("the other node has the same now").isEqualTo("2027-01-01");

        wire.pass(Duration.ofMinutes(5));
        LawPrints back = node(code, old);
        assertThat(opens(code, b, day.plusDays(3))).isFalse();
        assertThat(opens(code, back, day.plusDays(3))).isTrue();
        assertThat(reviewOn(code, member)).isEqualTo(day.plusDays(3));
    }

    @Test
    @DisplayName("收进新一年的日历：每家重看一次，逢补班日的期限不会晚看")
    void aNewCalendarYearMakesEverybodyDueOnce() {
        String code = "whjx-year";
        law.put(code, whjx("", ""));
        LocalDate day = LocalDate.parse("2026-01-06");
        try {
            calendars.restrict(Set.of(2024, 2025));
            Member member = enter(code, "2026-01-05", "日历公司");
            LawPrints node = node(code, whjx("", ""));
            assertThat(opens(code, node, day)).isTrue();
            rest(code, member);
            assertThat(opens(code, node, day)).isTrue();
            assertThat(reviewOn(code, member)).isEqualTo("2027-01-01");

            calendars.restrict(null);
            assertThat(opens(code, node, day)).isTrue();
            assertThat(reviewOn(code, member)).isEqualTo(day);
        } finally {
            calendars.restrict(null);
        }
    }

    @Test
    @DisplayName("缺日历时发的重要通知：不猜再提醒的日子，管理员知道缺哪一年；收进以后补上")
    void whatIsCountedInWorkingDaysWaitsForItsCalendar() {
        String code = "whjx-undated";
        law.put(code, whjx("", ""));
        Member member = enter(code, "2026-01-05", "等日历公司");
        try {
            calendars.restrict(Set.of(2024, 2025));
            Circular made = in(
                    code,
                    () -> circulars
                            .issue(new Circulars.Draft("年会", "年会改期", null), List.of(member), "全班", "test")
                            .get());
            assertThat(made.againOn()).isNull();
            assertThat(in(code, () -> notices.search(NoticeSearch.all().about("calendar-missing"))))
                    .singleElement()
                    .satisfies(notice -> assertThat(notice.text()).contains("缺少2026年的工作日历"));
            night(code, "2026-01-06");
            assertThat(in(code, () -> circulars.find(made.id())).orElseThrow().againOn())
                    .isNull();

            calendars.restrict(null);
            night(code, "2026-01-07");
            assertThat(in(code, () -> circulars.find(made.id())).orElseThrow().againOn())
                    .isEqualTo("2026-01-07");
        } finally {
            calendars.restrict(null);
        }
    }

    @Test
    @DisplayName("BACCA-22-b、25：缺日历时受理的登记和要发的公告没有期限；日历收进以后，从受理那天算起补上")
    void deadlinesInWorkingDaysGetTheirDateLater() {
        String code = "bacca-undated";
        law.put(code, law.of("bacca", LocalDate.parse("2026-01-05")));
        Member member = in(code, () -> {
            clock.restart(LocalDate.parse("2026-01-05").atStartOfDay());
            return roster.enter(NewMember.draft("等期限公司", Kind.UNIT, "会员单位")
                    .joined(LocalDate.parse("2020-03-01"))
                    .paidThrough(LocalDate.parse("2025-12-31"))
                    .number(true)
                    .done());
        });
        try {
            calendars.restrict(Set.of(2024, 2025));
            CaseView first = in(code, () -> cases.open(registration(member)).get());
            in(
                    code,
                    () -> cases.decide(
                                    first.id(), new Decision("会员部", false, null, "approve", null, null, null, "test"))
                            .get());
            Member other = in(
                    code,
                    () -> roster.enter(NewMember.draft("在办公司", Kind.UNIT, "会员单位")
                            .joined(LocalDate.parse("2020-03-01"))
                            .paidThrough(LocalDate.parse("2025-12-31"))
                            .number(true)
                            .done()));
            CaseView second = in(code, () -> cases.open(registration(other)).get());
            night(code, "2026-01-06");
            assertThat(in(code, () -> cases.find(second.id())).orElseThrow().due())
                    .isNull();
            assertThat(announcement(code, member).due()).isNull();

            calendars.restrict(null);
            night(code, "2026-01-07");

            assertThat(in(code, () -> cases.find(second.id())).orElseThrow().due())
                    .isEqualTo("2026-02-02");
            assertThat(announcement(code, member).due()).isEqualTo("2026-01-19");
            assertThat(jdbc.sql("select count(*) from undated where association_id = 'bacca-undated'")
                            .query(Integer.class)
                            .single())
                    .isZero();
        } finally {
            calendars.restrict(null);
        }
    }

    @Test
    @DisplayName("缺日历时提的诉求、要开的票据也没有期限；日历收进以后，从提出那天、到账那天算起补上，逾期照常提醒")
    void needsAndReceiptsGetTheirDateLater() {
        String code = "whjx-dues-undated";
        law.put(code, whjx("receipt: {what: receipt,", "receipt: {due: 10 workdays, what: receipt,"));
        Member member = enter(code, "2026-01-05", "等票公司");
        try {
            calendars.restrict(Set.of(2024, 2025));
            clock.restart(LocalDate.parse("2026-01-05").atTime(12, 0));
            Need need = in(code, () -> needs.raise(member.id(), "想了解政策", "test").get());
            in(
                    code,
                    () -> till.receive(
                                    member.id(),
                                    Money.ofYuan(8000),
                                    Method.BANK_TRANSFER,
                                    clock.instant(),
                                    null,
                                    "会费",
                                    null,
                                    "test")
                            .get());
            night(code, "2026-01-06");
            assertThat(in(code, () -> needs.find(need.id())).orElseThrow().due())
                    .isNull();
            assertThat(due(code, need.taskId())).isNull();
            Task receipt = in(
                            code,
                            () -> tasks.search(
                                    TaskSearch.all().member(member.id()).what("receipt")))
                    .get(0);
            assertThat(receipt.due()).isNull();

            calendars.restrict(null);
            night(code, "2026-01-07");
            assertThat(in(code, () -> needs.find(need.id())).orElseThrow().due())
                    .isEqualTo("2026-01-12");
            assertThat(due(code, need.taskId())).isEqualTo(LocalDate.parse("2026-01-12"));
            assertThat(due(code, receipt.id())).isEqualTo(LocalDate.parse("2026-01-19"));
            night(code, "2026-01-12");
            assertThat(in(code, () -> needs.find(need.id())).orElseThrow().escalatedOn())
                    .isNull();
            night(code, "2026-01-13");
            assertThat(in(code, () -> needs.find(need.id())).orElseThrow().escalatedOn())
                    .isEqualTo("2026-01-13");
        } finally {
            calendars.restrict(null);
        }
    }

    private @Nullable LocalDate due(String code, long task) {
        return in(code, () -> tasks.find(task)).orElseThrow().due();
    }

    private static Opening registration(Member member) {
        return new Opening(
                "registration", member.id(), "", "member", List.of(), List.of(), Map.of("kind", "renewal"), List.of());
    }

    private Task announcement(String code, Member member) {
        return in(code, () -> tasks.search(TaskSearch.all().member(member.id()).what("announcement")))
                .get(0);
    }

    @Test
    @DisplayName("读法从将来某天起改：在那之前看过的，那天也要再看")
    void whoIsLookedAtBeforeAChosenDayIsLookedAtOnItToo() {
        String code = "whjx-turn";
        law.put(code, whjx("", ""));
        Member member = enter(code, "2026-04-02", "改读法公司");
        night(code, "2026-04-02");
        in(code, () -> {
            assertThat(readings.choose("fee-due", "05-31", LocalDate.parse("2026-04-09"), "理事会议定", "test"))
                    .isInstanceOf(Outcome.Done.class);
            law.refresh(code);
            roster.touch(member.id());
            return true;
        });

        night(code, "2026-04-03");
        assertThat(reviewOn(code, member)).isBeforeOrEqualTo("2026-04-09");
        night(code, "2026-04-09");
        assertThat(reviewOn(code, member)).isAfter("2026-04-09");
    }

    @Test
    @DisplayName("DSIA-15 最后交费日改了：账单和一年的起止都按当年年初的读法，新的读法从下一年起")
    void aYearKeepsTheLastDayOfPaymentItBeganWith() {
        String code = "dsia-year";
        law.put(code, ShippedRulebook.of("dsia"));
        Member idle = enter(code, "2026-02-10", "不来的公司");
        in(code, () -> {
            activities.offered(LocalDate.parse("2025-06-20"));
            assertThat(readings.choose("fee-due", "06-30", LocalDate.parse("2026-02-15"), "理事会议定", "test"))
                    .isInstanceOf(Outcome.Done.class);
            law.refresh(code);
            return true;
        });

        assertThat(says(code, idle, "2026-03-31")).isEmpty();
        assertThat(says(code, idle, "2026-04-01")).containsExactly("2025年4月1日至2026年3月31日没有参加活动");
        in(code, () -> {
            activities.offered(LocalDate.parse("2026-05-20"));
            activities.offered(LocalDate.parse("2027-08-20"));
            return true;
        });
        assertThat(says(code, idle, "2027-04-01")).contains("2026年4月1日至2027年3月31日没有参加活动");
        assertThat(says(code, idle, "2028-07-01")).contains("2027年7月1日至2028年6月30日没有参加活动");
    }

    private List<String> says(String code, Member member, String day) {
        clock.restart(LocalDate.parse(day).atStartOfDay());
        return in(code, () -> explain.explain(member.id())).findings().stream()
                .map(Finding::says)
                .filter(one -> one.endsWith("没有参加活动"))
                .toList();
    }

    private LawPrints node(String code, Rulebook book) {
        Lawbook own = new Lawbook();
        own.put(code, book);
        LawPrints node = new LawPrints(
                jdbc,
                own,
                calendars,
                roster,
                editions,
                new Associations(List.of(code)),
                wire,
                told::add,
                true,
                transactions);
        node.started();
        return node;
    }

    private static boolean opens(String code, LawPrints node, LocalDate day) {
        return Tenant.in(code, () -> node.opens(day));
    }

    private static Rulebook whjx(String text, String instead) {
        try {
            String file = Files.readString(Path.of("config/rulebooks/whjx.yaml"));
            assertThat(file).contains(text);
            return Rulebooks.read("whjx.yaml", text.isEmpty() ? file : file.replace(text, instead))
                    .orThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Member enter(String code, String day, String name) {
        return in(code, () -> {
            clock.restart(LocalDate.parse(day).atStartOfDay());
            return roster.enter(NewMember.draft(name, Kind.UNIT, "会员")
                    .joined(LocalDate.parse("2020-03-01"))
                    .paidThrough(LocalDate.parse("2025-12-31"))
                    .done());
        });
    }

    private void night(String code, String day) {
        clock.restart(LocalDate.parse(day).atStartOfDay());
        assertThat(nights.catchUp(code, LocalDate.parse(day)).failed()).isFalse();
    }

    /** As if the member had just been looked at, and nothing would change for long. */
    private void rest(String code, Member member) {
        in(code, () -> {
            roster.reviewed(member.id(), LocalDate.parse("2027-01-01"));
            return true;
        });
    }

    private @Nullable LocalDate reviewOn(String code, Member member) {
        return in(code, () -> roster.get(member.id())).reviewOn();
    }

    private static <T> T in(String code, Supplier<T> work) {
        return Tenant.in(code, work);
    }
}
