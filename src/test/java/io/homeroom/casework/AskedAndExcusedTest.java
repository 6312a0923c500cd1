package io.homeroom.casework;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.MiddleRooms;
import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.governance.Excuses;
import io.homeroom.governance.Meetings;
import io.homeroom.governance.Sitting;
import io.homeroom.governance.Sitting.Mark;
import io.homeroom.governance.Sitting.Seat;
import io.homeroom.governance.Sittings;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Span;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The same context as {@link BallotsTest}. */
@Tag("mysql")
@SpringBootTest(
        classes = MiddleRooms.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "homeroom.clock.settable=true",
            "homeroom.notice.deliver=at-once",
            "spring.quartz.auto-startup=false",
            "homeroom.associations.igrs.rulebook=config/rulebooks/igrs.yaml",
            "homeroom.associations.dsia.rulebook=config/rulebooks/dsia.yaml",
            "homeroom.associations.aii.rulebook=config/rulebooks/aii.yaml"
        })
@DisplayName("破格提名、会议请假、读法、交办任务、没有安排的会议")
class AskedAndExcusedTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 4, 6);
    private static final String DEEDS = "主导起草三项国家标准，另有五项专利";

    @Autowired
    Roster roster;

    @Autowired
    Cases cases;

    @Autowired
    Backings nominations;

    @Autowired
    Excuses excuses;

    @Autowired
    Sittings sittings;

    @Autowired
    Notices notices;

    @Autowired
    Readings readings;

    @Autowired
    Assignments assignments;

    @Autowired
    TaskDuty taskDuty;

    @Autowired
    List<Duty> duties;

    @Autowired
    Unplanned unplanned;

    @Autowired
    Meetings meetings;

    @Autowired
    Tasks tasks;

    @Autowired
    Calendars calendars;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Lawbook law;

    @Autowired
    BusinessClock clock;

    private <T> T in(String code, LocalDate day, LocalTime time, Supplier<T> work) {
        clock.restart(day.atTime(time));
        return Tenant.in(code, work);
    }

    private <T> T in(String code, LocalDate day, Supplier<T> work) {
        return in(code, day, LocalTime.NOON, work);
    }

    private Member enter(String name, String grade, Kind kind) {
        return roster.enter(NewMember.of(name, kind, grade, LocalDate.of(2025, 12, 1)));
    }

    private static Refusal refused(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome).refusal();
    }

    private List<Notice> told(String code, long member, String to) {
        return Tenant.in(
                code,
                () -> notices.search(NoticeSearch.all().member(member).to(to).page(0, 50)));
    }

    @Test
    @DisplayName("XDOC-9：没有最后交费日的，秘书处一年只被问一次，说到哪里去设，不写代码")
    void theOfficeIsAskedForADueDayOnceAYear() {
        law.put("due", Lawbook.withSettings(law.of("igrs", MONDAY), Map.of(), Map.of("fee-due", "none")));
        for (LocalDate day = LocalDate.of(2027, 1, 1); day.getYear() == 2027; day = day.plusMonths(1)) {
            LocalDate first = day;
            in("due", first, () -> {
                duties.forEach(duty -> duty.run(first));
                return true;
            });
        }

        List<Notice> asked = Tenant.in(
                        "due", () -> notices.search(NoticeSearch.all().to("秘书处").page(0, 200)))
                .stream()
                .filter(notice -> notice.clauses().contains("XDOC-9"))
                .toList();
        assertThat(asked)
                .singleElement()
                .satisfies(notice -> assertThat(notice.text())
                        .contains("每年会费的最后交费日", "控制台「规则」")
                        .doesNotContain("fee-due"));
    }

    @Test
    @DisplayName("IGRS-20-X：提名由核心会员自己作出才算，随即立案；条件不看，路径照看；别人的提名答复不了，答复过的不能再改")
    void nobody_is_nominated_but_by_its_own_word() {
        law.put("nom", law.of("igrs", MONDAY));
        in("nom", MONDAY, () -> {
            Member young = enter("新锐科技", "推广会员", Kind.UNIT);
            Member observer = enter("观察科技", "观察会员", Kind.UNIT);
            Member core = enter("核心实业", "核心会员", Kind.UNIT);
            Member other = enter("普通实业", "普通会员", Kind.UNIT);

            assertThat(nominations.whoMay(young.id())).extracting(Member::name).containsExactly("核心实业");
            assertThat(refused(nominations.ask(young.id(), "核心会员", other.id(), DEEDS, "t"))
                            .clauses())
                    .containsExactly("IGRS-20-X");
            assertThat(refused(nominations.ask(young.id(), "核心会员", core.id(), "很大", "t"))
                            .clauses())
                    .containsExactly("IGRS-20-X");
            assertThat(refused(nominations.ask(observer.id(), "核心会员", core.id(), DEEDS, "t"))
                            .clauses())
                    .as("the exception waives conditions, not paths")
                    .containsExactly("IGRS-19-a");
            Backing asked =
                    nominations.ask(young.id(), "核心会员", core.id(), DEEDS, "t").get();
            assertThat(refused(nominations.ask(young.id(), "核心会员", core.id(), DEEDS, "t"))
                            .reason())
                    .contains("已经请过");
            assertThat(cases.of(young.id())).isEmpty();
            assertThat(told("nom", core.id(), "member").stream()
                            .filter(notice -> notice.about().equals("nomination")))
                    .singleElement()
                    .satisfies(notice -> {
                        assertThat(notice.text()).contains("新锐科技", DEEDS, "/m/nom/requests/nominations");
                        assertThat(notice.clauses()).containsExactly("IGRS-20-X");
                    });

            assertThat(refused(nominations.answer(asked.id(), other.id(), true, "t"))
                            .reason())
                    .contains("没有请你单位");
            Backing given = nominations
                    .answer(asked.id(), core.id(), true, "member:" + core.id())
                    .get();
            CaseView opened = cases.of(young.id()).get(0);
            assertThat(given.caseId()).isEqualTo(opened.id());
            assertThat(opened.data())
                    .containsEntry("exceptional", "true")
                    .containsEntry("nominated-by", Long.toString(core.id()))
                    .containsEntry("reason", DEEDS);
            assertThat(opened.missing()).containsExactly("升级申请表");
            assertThat(refused(nominations.answer(asked.id(), core.id(), false, "t"))
                            .reason())
                    .contains("答复过");
            assertThat(refused(nominations.ask(young.id(), "核心会员", core.id(), DEEDS, "t"))
                            .reason())
                    .contains("办理中");

            Backing second =
                    nominations.ask(other.id(), "核心会员", core.id(), DEEDS, "t").get();
            nominations.answer(second.id(), core.id(), false, "t");
            assertThat(cases.of(other.id())).isEmpty();
            assertThat(told("nom", other.id(), "member"))
                    .extracting(Notice::text)
                    .anySatisfy(text -> assertThat(text).contains("没有提名"));
            return true;
        });
    }

    @Test
    @DisplayName("请假：记在到会名单里；开始前一分钟可以，到点不行；IGRS 工作会议不许代，DSIA 只许本单位的人；都有条款")
    void members_excuse_themselves_until_it_begins() {
        law.put("exc", law.of("dsia", MONDAY));
        LocalDate day = MONDAY.plusDays(3);
        Sitting planned = in("exc", MONDAY, () -> {
            enter("无职会员", "会员", Kind.UNIT);
            return sittings.plan("会长工作会议", day, "14:00", "三楼", false, "", "t").get();
        });
        Member unit = in("exc", MONDAY, () -> holder("甲公司", Kind.UNIT));
        Member person = in("exc", MONDAY, () -> holder("张三", Kind.INDIVIDUAL));
        Member stranger = in("exc", MONDAY, () -> enter("局外人", "会员", Kind.UNIT));
        Sitting council = in(
                "exc",
                MONDAY,
                () -> sittings.plan("理事会", day, "14:00", "三楼", false, "", "t").get());

        assertThat(in("exc", MONDAY, () -> excuses.invited(unit.id()))).hasSize(2);
        assertThat(in("exc", MONDAY, () -> excuses.invited(stranger.id()))).isEmpty();
        Outcome<Seat> none = in("exc", MONDAY, () -> excuse(planned, unit, "王力", Meetings.StandIn.OWN));
        assertThat(refused(none).clauses()).as("nobody stands in there").containsExactly("DSIA-4-6d");
        Outcome<Seat> alien = in("exc", MONDAY, () -> excuse(council, unit, "王力", Meetings.StandIn.OTHER));
        assertThat(refused(alien).clauses()).contains("DSIA-4-3f");
        Outcome<Seat> individual = in("exc", MONDAY, () -> excuse(council, person, "王力", Meetings.StandIn.OWN));
        assertThat(refused(individual).reason()).contains("个人");
        assertThat(refused(in("exc", MONDAY, () -> excuse(council, stranger, null, Meetings.StandIn.OWN)))
                        .reason())
                .contains("不是理事会的成员");

        LocalTime before = LocalTime.of(13, 59);
        assertThat(in("exc", day, before, () -> excuse(council, unit, "王力", Meetings.StandIn.OWN))
                        .get()
                        .mark())
                .isEqualTo(Mark.OWN);
        assertThat(in("exc", day, before, () -> excuse(council, person, null, Meetings.StandIn.OWN))
                        .isDone())
                .isTrue();
        assertThat(in("exc", day, before, () -> sittings.seats(council.id())))
                .extracting(Seat::memberId, Seat::mark, Seat::note)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(unit.id(), Mark.OWN, "王力"),
                        org.assertj.core.groups.Tuple.tuple(person.id(), Mark.EXCUSED, "出差"));
        assertThat(told("exc", unit.id(), "秘书处")).extracting(Notice::about).containsOnlyOnce("excuse");
        Refusal marked = refused(in("exc", day, () -> {
            int version = sittings.find(council.id()).orElseThrow().version();
            return sittings.mark(council.id(), version, List.of(new Seat(person.id(), Mark.OWN, "王力")), "t");
        }));
        assertThat(marked.clauses()).contains("DSIA-4-3f");
        assertThat(marked.reason())
                .as("for the office as for the member itself")
                .contains("张三", "个人成员须本人出席");
        assertThat(in("exc", day, () -> sittings.present(council.id())))
                .as("nothing has changed: the unit is represented, the person excused")
                .isEqualTo(1);
        Outcome<Seat> late =
                in("exc", day, LocalTime.of(14, 0), () -> excuse(council, person, null, Meetings.StandIn.OWN));
        assertThat(refused(late).clauses()).contains("DSIA-4-3e");
        assertThat(refused(in("exc", day, () -> sittings.mark(council.id(), council.version(), List.of(), "t")))
                        .reason())
                .as("the office's page from before does not overwrite it")
                .contains("页面已过期");

        law.put("exc2", law.of("igrs", MONDAY));
        Refusal work = in("exc2", MONDAY, () -> {
            Member one = enter("乙公司", "普通会员", Kind.UNIT);
            Sitting meeting =
                    sittings.plan("工作会议", day, "", "三楼", false, "", "t").get();
            assertThat(excuses.terms("工作会议", one).cite()).contains("IGRS-23-3");
            return refused(excuse(meeting, one, "王力", Meetings.StandIn.OWN));
        });
        assertThat(work.clauses()).contains("IGRS-20-A4");
    }

    @Test
    @DisplayName("IGRS-20-A4：请了假没有来的算不算缺席按读法；没有请假的总算")
    void anExcuseCountsAsItIsRead() {
        for (boolean counts : new boolean[] {true, false}) {
            String code = "exr" + counts;
            law.put(
                    code,
                    Lawbook.withSettings(
                            law.of("igrs", MONDAY), Map.of(), Map.of("excused-counts", Boolean.toString(counts))));
            Member excused = in(code, MONDAY, () -> enter("请假公司", "普通会员", Kind.UNIT));
            Member absent = in(code, MONDAY, () -> enter("没来公司", "普通会员", Kind.UNIT));
            in(code, MONDAY, () -> {
                Sitting planned = sittings.plan("工作会议", MONDAY, "14:00", "三楼", false, "", "t")
                        .get();
                assertThat(excuses.terms("工作会议", excused).counts()).isEqualTo(counts);
                excuse(planned, excused, null, Meetings.StandIn.OWN).get();
                Sitting marked = sittings.mark(
                                planned.id(),
                                sittings.find(planned.id()).orElseThrow().version(),
                                List.of(
                                        new Seat(excused.id(), Mark.EXCUSED, "出差"),
                                        new Seat(absent.id(), Mark.ABSENT, "")),
                                "t")
                        .get();
                return sittings.hold(marked.id(), marked.version(), "t").get();
            });

            assertThat(in(code, MONDAY, () -> within(excused))).isEqualTo(counts ? 1 : 0);
            assertThat(in(code, MONDAY, () -> within(absent))).isEqualTo(1);
        }
    }

    private int within(Member member) {
        return meetings.within(member.id(), List.of("工作会议"), Span.years(1), MONDAY);
    }

    @Test
    @DisplayName("读法由秘书处改：从某天起，不追溯；写错的、改过去的不收；那天每家都重看一遍；可以恢复原值")
    void the_office_chooses_how_an_open_point_is_read() {
        law.put("rdg", law.of("igrs", MONDAY));
        LocalDate from = MONDAY.plusDays(10);
        Member member = in("rdg", MONDAY, () -> enter("甲公司", "观察会员", Kind.UNIT));
        jdbc.sql("update member set review_on = :day where id = :id")
                .param("day", MONDAY.plusDays(300))
                .param("id", member.id())
                .update();
        String key = "anniversary-counts";
        assertThat(refused(in("rdg", MONDAY, () -> readings.choose(key, "maybe", from, "x", "t")))
                        .clauses())
                .containsExactly("XDOC-2");
        assertThat(refused(in("rdg", MONDAY, () -> readings.choose(key, "true", MONDAY.minusDays(1), "x", "t")))
                        .reason())
                .contains("不能从过去");
        assertThat(refused(in("rdg", MONDAY, () -> readings.choose("fee-due", "02-30", from, "x", "t")))
                        .reason())
                .contains("月日");
        assertThat(law.editions("rdg")).hasSize(1);

        assertThat(in("rdg", MONDAY, () -> readings.choose(key, "true", from, "理事会解释", "t"))
                        .isDone())
                .isTrue();
        law.refresh("rdg");
        assertThat(law.of("rdg", from.minusDays(1)).says(key)).isFalse();
        assertThat(law.of("rdg", from).says(key)).isTrue();
        assertThat(in("rdg", MONDAY, () -> roster.nextReview())).contains(from);
        assertThat(in("rdg", from, () -> readings.choose(key, null, from.plusDays(1), "收回", "t"))
                        .isDone())
                .isTrue();
        law.refresh("rdg");
        assertThat(law.of("rdg", from).says(key)).isTrue();
        assertThat(law.of("rdg", from.plusDays(1)).says(key)).isFalse();
        assertThat(in("rdg", from, () -> readings.history(key)))
                .extracting(Readings.Choice::why)
                .containsExactly("收回", "理事会解释");
    }

    @Test
    @DisplayName("IGRS-23-4：交办的任务到期当天不提，次日提示秘书处一次；会员先说办好了的不提；没有这条规定的协会不能交办")
    void a_task_left_undone_is_a_ground_to_look_at() {
        law.put("asg", law.of("igrs", MONDAY));
        LocalDate due = MONDAY.plusDays(2);
        Member late = in("asg", MONDAY, () -> enter("拖延公司", "普通会员", Kind.UNIT));
        Member good = in("asg", MONDAY, () -> enter("守时公司", "普通会员", Kind.UNIT));
        in("asg", MONDAY, () -> assignments.assign(late.id(), "提交标准草案", false, due, "t"));
        long done = in("asg", MONDAY, () -> assignments.assign(good.id(), "提交测试报告", true, due, "t"))
                .get()
                .id();
        assertThat(refused(in(
                                "asg",
                                MONDAY,
                                () -> assignments.assign(good.id(), "补一份", false, MONDAY.minusDays(1), "t")))
                        .reason())
                .contains("已过");
        assertThat(refused(in("asg", due, () -> assignments.report(done, late.id(), "", "t")))
                        .reason())
                .as("nobody answers for another")
                .contains("没有这项任务");
        in("asg", due, () -> assignments.report(done, good.id(), "已寄出", "t"));
        for (int day : new int[] {0, 1, 1}) {
            in("asg", due.plusDays(day), () -> {
                taskDuty.run(due.plusDays(day));
                return true;
            });
            assertThat(told("asg", late.id(), "秘书处").stream()
                            .filter(notice -> notice.clauses().contains("IGRS-23-4")))
                    .hasSize(day);
        }
        assertThat(told("asg", good.id(), "秘书处"))
                .noneSatisfy(notice -> assertThat(notice.text()).contains("没有按时完成"));
        assertThat(Tenant.in("asg", () -> tasks.open(late.id())))
                .extracting(Task::what)
                .containsExactlyInAnyOrder("assignment", "consider-downgrade");
        law.put("asg2", law.of("aii", MONDAY));
        Member alliance = in("asg2", MONDAY, () -> enter("联盟公司", "普通会员单位", Kind.UNIT));
        assertThat(refused(in("asg2", MONDAY, () -> assignments.assign(alliance.id(), "写稿", false, due, "t")))
                        .reason())
                .contains("没有向会员交办任务的规定");
    }

    @Test
    @DisplayName("IGRS-18-d：入会在等核心会员大会，离期限三十天还没有安排会议，晨报说一次；安排在期限内的不说")
    void nobody_has_planned_the_meeting_that_must_be_held() {
        law.put("unp", law.of("igrs", MONDAY));
        CaseView waiting = in("unp", MONDAY, () -> {
            CaseView filed = cases.apply(new Application(
                            null,
                            "新公司",
                            Kind.UNIT,
                            null,
                            null,
                            null,
                            null,
                            null,
                            Application.Facts.CLEAN,
                            Map.of(),
                            "t"))
                    .get();
            return cases.decide(filed.id(), Decision.of("秘书处", "approve", null, "t"))
                    .get();
        });
        LocalDate told = java.util.Objects.requireNonNull(waiting.due()).minusDays(30);
        LocalDate morning = calendars.current().roll(told);
        assertThat(in("unp", told.minusDays(1), () -> unplanned.line(told.minusDays(1))))
                .isEmpty();
        assertThat(in("unp", morning, () -> unplanned.line(morning)))
                .hasValueSatisfying(line -> assertThat(line).contains("核心会员大会", "新公司", "〔第十八条"));
        LocalDate after = calendars.current().roll(morning.plusDays(1));
        assertThat(in("unp", after, () -> unplanned.line(after)))
                .as("said once")
                .isEmpty();
        in("unp", MONDAY, () -> sittings.plan("核心会员大会", waiting.due(), "", "三楼", false, "", "t"));
        assertThat(in("unp", morning, () -> unplanned.line(morning))).isEmpty();
        LocalDate autumn = calendars.current().roll(LocalDate.of(2026, 10, 2));
        law.put("unp2", law.of("dsia", MONDAY));
        assertThat(in("unp2", autumn, () -> unplanned.line(autumn)))
                .hasValueSatisfying(line -> assertThat(line).contains("监事会（今年还差2次〔第四条", "会员代表大会（今年还差1次"));
    }

    private Member holder(String name, Kind kind) {
        return roster.enter(NewMember.draft(name, kind, "会员")
                .joined(LocalDate.of(2020, 3, 1))
                .posts(List.of("副会长"))
                .done());
    }

    private Outcome<Seat> excuse(Sitting sitting, Member member, String standIn, Meetings.StandIn from) {
        return excuses.excuse(sitting.id(), member.id(), standIn, from, "出差", "member:" + member.id());
    }
}
