package io.homeroom.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.OnFiveRulebooks;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.dues.Bills;
import io.homeroom.governance.Activities;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.member.EndedAs;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.rulebook.Finding;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Duty;
import io.homeroom.testing.TestDatabase;
import io.homeroom.till.Method;
import io.homeroom.till.Till;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnFiveRulebooks
@Import(Post.class)
@DisplayName("夜间检视：到期的会员，该发生的发生一次")
class ReviewTest {

    @Autowired
    Roster roster;

    @Autowired
    Review review;

    @Autowired
    List<Duty> duties;

    @Autowired
    BusinessClock clock;

    @Autowired
    Cases cases;

    @Autowired
    Tasks tasks;

    @Autowired
    Notices notices;

    @Autowired
    Activities activities;

    @Autowired
    Till till;

    @Autowired
    Explain explain;

    @Autowired
    Impact impact;

    @Autowired
    Lawbook law;

    @Autowired
    JdbcClient jdbc;

    @Test
    @DisplayName("一句话读会员的几张表：点名要走的索引，库里都有")
    void theIndexesNamedExist() {
        List<String> indexes = jdbc.sql(
                        TestDatabase.onMysql()
                                ? "select index_name from information_schema.statistics where table_schema = database()"
                                : "select index_name from information_schema.indexes")
                .query(String.class)
                .list();

        assertThat(List.of(
                        Bills.part(new HashMap<>()),
                        Activities.part(LocalDate.MIN, LocalDate.MAX, Activities.Participation.none()),
                        DoneBook.part(new HashMap<>())))
                .allSatisfy(part -> assertThat(indexes)
                        // H2 lengthens the name of the index behind a unique key.
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT)
                                .startsWith(part.columns().index())));
    }

    @Test
    @DisplayName("WHJX-12-1 满一年的次日立案、通知、寄告知书；再跑一遍什么都不变")
    void theExitCaseOpensOnItsDayAndOnlyOnce() {
        Member late = enter("whjx", "2026-03-31", NewMember.draft("迟交公司", Kind.UNIT, "会员"), "2020-03-01", "2024-12-31");
        Member prompt =
                enter("whjx", "2026-03-31", NewMember.draft("补交公司", Kind.UNIT, "会员"), "2020-03-01", "2024-12-31");
        night("whjx", "2026-03-31");
        in(
                "whjx",
                () -> till.receive(
                        prompt.id(), Money.ofYuan(16000), Method.CASH, clock.instant(), null, "会费", null, "test"));

        assertThat(casesOf("whjx", late)).isEmpty();
        night("whjx", "2026-04-01");

        assertThat(casesOf("whjx", late)).singleElement().satisfies(c -> {
            assertThat(c.type()).isEqualTo("exit");
            assertThat(c.at()).isEqualTo("会籍管理部");
            assertThat(c.clauses()).contains("WHJX-12-1");
        });
        assertThat(casesOf("whjx", prompt)).isEmpty();
        assertThat(tasksOf("whjx", late, "letter"))
                .singleElement()
                .satisfies(t -> assertThat(t.clauses()).contains("WHJX-12-0"));
        int notices = noticesOf("whjx", late).size();
        in("whjx", () -> {
            roster.touch(late.id());
            return true;
        });
        night("whjx", "2026-04-01");
        night("whjx", "2026-04-02");

        assertThat(casesOf("whjx", late)).hasSize(1);
        assertThat(tasksOf("whjx", late, "letter")).hasSize(1);
        assertThat(noticesOf("whjx", late)).hasSize(notices);
    }

    @Test
    @DisplayName("一家的复核失败：搁置它、告诉管理员，别家的日子照走；好了以后从那一天起补上；坏了一片则整夜停下")
    void oneThatFailsDoesNotHoldUpTheOthers() {
        Member well = enter("whjx", "2026-03-31", NewMember.draft("照常公司", Kind.UNIT, "会员"), "2020-03-01", "2024-12-31");
        Member torn = enter("whjx", "2026-03-31", NewMember.draft("出错公司", Kind.UNIT, "会员"), "2020-03-01", "2024-12-31");
        Member unreadable =
                enter("whjx", "2026-03-31", NewMember.draft("乱码公司", Kind.UNIT, "会员"), "2020-03-01", "2024-12-31");
        night("whjx", "2026-03-31");
        Post.BROKEN.add(torn.id());
        spoil(unreadable, "odd");

        nights("whjx", "2026-04-01", "2026-04-03");

        assertThat(casesOf("whjx", well)).hasSize(1);
        assertThat(casesOf("whjx", torn)).isEmpty();
        assertThat(noticesAbout("review-failed"))
                .hasSize(2)
                .anySatisfy(notice -> assertThat(notice.text()).contains("出错公司", "2026-04-01", "paper jam"));

        Post.BROKEN.clear();
        spoil(unreadable, "annual");
        night("whjx", "2026-04-04");

        for (Member member : List.of(torn, unreadable)) {
            assertThat(casesOf("whjx", member)).hasSize(1);
            assertThat(days(member)).isEqualTo(days(well));
        }
        assertThat(noticesAbout("review-failed")).hasSize(2);

        List<Member> many = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            many.add(
                    enter("whjx", "2026-04-04", NewMember.draft("群" + i, Kind.UNIT, "会员"), "2020-03-01", "2024-12-31"));
        }
        many.forEach(member -> Post.BROKEN.add(member.id()));
        assertThatThrownBy(() -> night("whjx", "2026-04-05")).hasMessageContaining("21 members");
        Post.BROKEN.clear();
        night("whjx", "2026-04-05");
        assertThat(many)
                .allSatisfy(member -> assertThat(casesOf("whjx", member)).hasSize(1));
    }

    /** Gives its bills a kind that nobody can read. */
    private void spoil(Member member, String kind) {
        jdbc.sql("update bill set kind = :kind where member_id = :id")
                .param("kind", kind)
                .param("id", member.id())
                .update();
    }

    private List<Notice> noticesAbout(String about) {
        return in("whjx", () -> notices.search(NoticeSearch.all().about(about)));
    }

    /** What followed on which day, whatever the bills are called. */
    private List<String> days(Member member) {
        return jdbc.sql("select rule, done_on from consequence where member_id = :id order by rule, done_on")
                .param("id", member.id())
                .query((row, n) -> row.getString(1) + " " + row.getDate(2))
                .list();
    }

    @Test
    @DisplayName("IGRS-26-5 前一级通知没有送达：不立案，先邮寄；有凭证的次日立案")
    void aSevereStepWaitsForProof() {
        Member member =
                enter("igrs", "2025-04-30", NewMember.draft("失联公司", Kind.UNIT, "普通会员"), "2021-03-01", "2024-12-31");
        Post.UNREACHABLE.add(member.id());
        nights("igrs", "2025-04-30", "2025-07-01");

        assertThat(casesOf("igrs", member)).isEmpty();
        List<Task> letters = tasksOf("igrs", member, "letter");
        assertThat(letters).hasSize(1);
        nights("igrs", "2025-07-02", "2025-07-05");
        assertThat(casesOf("igrs", member)).isEmpty();
        assertThat(tasksOf("igrs", member, "letter")).hasSize(1);

        in("igrs", () -> tasks.done(letters.get(0).id(), List.of("寄送凭证"), "test"));
        nights("igrs", "2025-07-06", "2025-07-06");

        assertThat(casesOf("igrs", member)).extracting(CaseView::type).containsExactly("expulsion");
    }

    @Test
    @DisplayName("补录多年欠费的会员：进名册时一条汇总，夜里不再逐年轰炸")
    void aMemberEnteredWithOldDebtsHearsOfThemOnce() {
        Member member = enter(
                "bacca",
                "2026-08-03",
                NewMember.draft("多年公司", Kind.UNIT, "会员单位").number(true).branch("动漫分会"),
                "2020-03-01",
                "2021-12-31");
        nights("bacca", "2026-08-03", "2026-08-03");

        List<Notice> notices = noticesOf("bacca", member);
        assertThat(notices)
                .filteredOn(n -> n.to().equals("member"))
                .extracting(Notice::about)
                .containsExactly("bill");
        assertThat(notices)
                .filteredOn(n -> n.to().equals("branch"))
                .singleElement()
                .satisfies(n -> assertThat(n.text()).contains("2022、2023、2024、2025、2026年度会费"));

        nights("bacca", "2026-08-04", "2026-08-04");
        assertThat(casesOf("bacca", member))
                .extracting(CaseView::type)
                .containsOnly("suspension")
                .hasSize(4);
        assertThat(noticesOf("bacca", member))
                .filteredOn(n -> n.to().equals("member") && n.clauses().contains("BACCA-38"))
                .as("one notice for all four")
                .hasSize(1);
    }

    @Test
    @DisplayName("DSIA-15 通知与提请确认在同一天；参加过活动的只收通知")
    void stagesOfOneDayFollowEachOtherOnThatDay() {
        in("dsia", () -> {
            clock.restart(LocalDate.parse("2026-03-30").atTime(LocalTime.NOON));
            activities.offered(LocalDate.parse("2025-06-20"));
            return true;
        });
        Member idle = enter("dsia", "2026-03-31", NewMember.draft("沉默公司", Kind.UNIT, "会员"), "2020-03-01", "2024-12-31");
        Member busy = enter("dsia", "2026-03-31", NewMember.draft("活跃公司", Kind.UNIT, "会员"), "2020-03-01", "2024-12-31");
        in("dsia", () -> {
            activities.record(LocalDate.parse("2025-11-05"), List.of(busy.id()), "test");
            return true;
        });
        nights("dsia", "2026-03-31", "2026-04-01");

        assertThat(casesOf("dsia", idle)).extracting(CaseView::type).containsExactly("exit");
        assertThat(casesOf("dsia", busy)).isEmpty();
        assertThat(noticesOf("dsia", busy))
                .anySatisfy(n -> assertThat(n.clauses()).contains("DSIA-15"));
    }

    @Test
    @DisplayName("BACCA-39-b 暂停超过五年：丧失资格")
    void aSuspensionRunsOut() {
        Member member = enter(
                "bacca",
                "2025-02-20",
                NewMember.draft("暂停公司", Kind.UNIT, "会员单位").number(true).suspended(LocalDate.parse("2020-03-10")),
                "2018-03-01",
                "2025-12-31");
        nights("bacca", "2025-02-20", "2025-03-10");
        assertThat(standing("bacca", member)).isEqualTo("suspended");
        nights("bacca", "2025-03-11", "2025-03-11");
        assertThat(standing("bacca", member)).isEqualTo("ended");
    }

    @Test
    @DisplayName("为什么、接下来、何时：今天、过去和将来")
    void anyDayCanBeAskedAbout() {
        Member member =
                enter("whjx", "2025-06-02", NewMember.draft("问询公司", Kind.UNIT, "会员"), "2020-03-01", "2024-12-31");
        night("whjx", "2025-06-02");

        Explanation today = in("whjx", () -> explain.explain(member.id()));
        Explanation later = in("whjx", () -> explain.explain(member.id(), LocalDate.parse("2026-04-01")));

        assertThat(today.findings()).extracting(Finding::code).contains("overdue");
        assertThat(today.ahead()).anySatisfy(s -> assertThat(s.says()).contains("2026年4月1日起启动视为退会的程序"));
        assertThat(today.sentence()).contains("2025年度会费尚欠¥8,000.00").contains("依据");
        assertThat(later.findings().get(0).clauses()).containsExactly("WHJX-12-1");
        assertThat(later.ends()).isEqualTo("交清¥8,000.00即停止");
        assertThat(in("whjx", () -> explain.explain(member.id(), LocalDate.parse("2019-06-01")))
                        .findings())
                .isEmpty();
    }

    @Test
    @DisplayName("规则书改了，谁从哪天起会受不同对待；没改就没有人")
    void whoAChangedRulebookWouldTreatDifferently() {
        LocalDate day = LocalDate.parse("2026-01-05");
        Rulebook book = law.of("whjx", day);
        law.put("whjx-impact", book);
        Member owing = enter(
                "whjx-impact", day.toString(), NewMember.draft("欠费公司", Kind.UNIT, "会员"), "2020-03-01", "2024-12-31");
        Member paid = enter(
                "whjx-impact", day.toString(), NewMember.draft("缴清公司", Kind.UNIT, "会员"), "2020-03-01", "2026-12-31");
        List<Impact.Difference> found = new ArrayList<>();
        LocalDate through = LocalDate.parse("2028-12-31");

        Impact.Result same = in("whjx-impact", () -> impact.of(book, through, found::add));
        assertThat(found).isEmpty();
        assertThat(same)
                .isEqualTo(new Impact.Result(day, through, 2, 0, "2027、2028年的放假安排还没有收进日历，其中的期限只按周末顺延，收进之后可能变动"));

        Rulebook strict = Lawbook.withSettings(book, Map.of("会员", Money.ofYuan(9000)), Map.of("fee-due", "02-28"));
        Impact.Result result = in("whjx-impact", () -> impact.of(strict, through, found::add));

        assertThat(result.different()).isEqualTo(2);
        assertThat(found).extracting(Impact.Difference::member).containsExactly(owing.id(), paid.id());
        Impact.Difference one = found.get(1);
        assertThat(one.from()).isEqualTo("2027-01-01");
        assertThat(one.now()).anySatisfy(line -> {
            assertThat(line.says()).contains("启动视为退会的程序");
            assertThat(line.day()).isEqualTo("2028-04-01");
            assertThat(line.clauses()).contains("WHJX-12-1");
        });
        assertThat(one.then()).anySatisfy(line -> {
            assertThat(line.says()).contains("启动视为退会的程序");
            assertThat(line.day()).isEqualTo("2028-02-29");
        });
        assertThat(one.then().get(0).says()).isEqualTo("2027年度会费¥9,000.00，最后交费日2027年2月28日");
        assertThat(casesOf("whjx-impact", paid)).isEmpty();
        assertThat(noticesOf("whjx-impact", paid)).isEmpty();
        assertThatThrownBy(() -> in("igrs", () -> impact.of(strict, through, found::add)))
                .hasMessageContaining("whjx");
    }

    @ParameterizedTest
    @CsvSource({
        "igrs,  普通会员, expelled,         IGRS",
        "dsia,  会员,     deemed-withdrawn, DSIA",
        "bacca, 会员单位, forfeited,        BACCA-39-b",
        "aii,   普通会员单位, withdrawn,    AII-15",
        "whjx,  会员,     withdrawn,        WHJX"
    })
    @DisplayName("已经终止的会籍：五部规则书都说得出条款、日子和还能怎样，过去的一天照当时的事实")
    void anEndedMembershipHasItsGroundInAllFive(String code, String grade, String as, String clause) {
        Member gone = enter(
                code,
                "2026-01-05",
                NewMember.draft("已终止" + code, Kind.UNIT, grade)
                        .ended(LocalDate.parse("2025-11-03"), EndedAs.of(as), null),
                "2020-03-01",
                "2024-12-31");

        Explanation today = in(code, () -> explain.explain(gone.id()));

        assertThat(today.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.clauses()).isNotEmpty().allMatch(one -> one.startsWith(clause));
            assertThat(finding.says()).contains("2025年11月3日");
            assertThat(finding.facts()).containsEntry("endedOn", "2025-11-03");
            assertThat(finding.ends()).contains("重新申请入会");
        });
        assertThat(in(code, () -> explain.explain(gone.id(), LocalDate.parse("2025-11-02")))
                        .findings())
                .noneMatch(finding -> finding.code().equals("ended"));
    }

    private Member enter(String code, String day, NewMember.Draft draft, String joined, String paidThrough) {
        return in(code, () -> {
            clock.restart(LocalDate.parse(day).atStartOfDay());
            return roster.enter(draft.joined(LocalDate.parse(joined))
                    .paidThrough(LocalDate.parse(paidThrough))
                    .done());
        });
    }

    private void nights(String code, String from, String to) {
        for (LocalDate day = LocalDate.parse(from); !day.isAfter(LocalDate.parse(to)); day = day.plusDays(1)) {
            night(code, day.toString());
        }
    }

    /** All duties of a day in their order, as the nights run them. */
    private void night(String code, String day) {
        LocalDate today = LocalDate.parse(day);
        in(code, () -> {
            clock.restart(today.atStartOfDay());
            duties.stream()
                    .sorted(Comparator.comparingInt(Duty::order).thenComparing(Duty::name))
                    .forEach(duty -> duty.run(today));
            clock.restart(today.atTime(LocalTime.NOON));
            return true;
        });
    }

    private Collection<CaseView> casesOf(String code, Member member) {
        return in(code, () -> cases.of(member.id()));
    }

    private List<Task> tasksOf(String code, Member member, String what) {
        return in(code, () -> tasks.search(TaskSearch.all().member(member.id()).what(what)));
    }

    private List<Notice> noticesOf(String code, Member member) {
        return in(code, () -> notices.search(NoticeSearch.all().member(member.id())));
    }

    private String standing(String code, Member member) {
        return in(code, () -> roster.get(member.id()).standing().code());
    }

    private static <T> T in(String code, Supplier<T> work) {
        return Tenant.in(code, work);
    }
}
