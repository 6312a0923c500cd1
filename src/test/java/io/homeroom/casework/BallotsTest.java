package io.homeroom.casework;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.homeroom.MiddleRooms;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.OwnMorning;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.governance.Ballot;
import io.homeroom.governance.Ballot.Choice;
import io.homeroom.governance.Ballot.Result;
import io.homeroom.governance.Ballot.Way;
import io.homeroom.governance.BallotBox;
import io.homeroom.governance.BallotBox.Papers;
import io.homeroom.governance.BallotBox.Receipt;
import io.homeroom.governance.Bodies;
import io.homeroom.governance.BodyPlan;
import io.homeroom.governance.BodyPlans;
import io.homeroom.governance.BodyState;
import io.homeroom.governance.Meetings;
import io.homeroom.governance.Sitting;
import io.homeroom.governance.Sitting.Mark;
import io.homeroom.governance.Sitting.Seat;
import io.homeroom.governance.Sittings;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Duty;
import io.homeroom.schedule.Nights;
import io.homeroom.testing.ShippedRulebook;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

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
@DisplayName("表决：名册冻结，一家一票，截止前可改，结果自己执行")
class BallotsTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 4, 6);

    @Autowired
    Roster roster;

    @Autowired
    Cases cases;

    @Autowired
    Ballots ballots;

    @Autowired
    BallotBox box;

    @Autowired
    ClosingDuty closing;

    @Autowired
    BallotDuty duty;

    @Autowired
    Sittings sittings;

    @Autowired
    Meetings meetings;

    @Autowired
    Agenda agenda;

    @Autowired
    Bodies bodies;

    @Autowired
    BodyPlans plans;

    @Autowired
    List<Duty> duties;

    @Autowired
    Pending pending;

    @Autowired
    OwnPending own;

    @Autowired
    Nights nights;

    @Autowired
    Staff staff;

    @Autowired
    Notices notices;

    @Autowired
    Lawbook law;

    @Autowired
    BusinessClock clock;

    @Autowired
    JdbcClient jdbc;

    /** A council of an association of its own, under a real rulebook. */
    private record Council(String code, List<Member> members, Member candidate, long matter) {

        long id(int who) {
            return members.get(who).id();
        }
    }

    private Council council(String name, int size) {
        law.put(name, law.of("aii", MONDAY));
        return in(name, MONDAY, () -> {
            List<Member> members = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                members.add(enter("理事单位" + (char) ('A' + i), "理事单位"));
            }
            Member candidate = enter("求升公司", "普通会员单位");
            long matter = cases.open(Opening.byMember("upgrade", candidate.id(), Map.of("to", "理事单位")))
                    .get()
                    .id();
            return new Council(name, members, candidate, matter);
        });
    }

    private Member enter(String name, String grade) {
        return roster.enter(NewMember.of(name, Kind.UNIT, grade, LocalDate.of(2020, 3, 1)));
    }

    private Ballot online(Council council, boolean secret) {
        return in(council.code(), MONDAY, () -> ballots.open(wish(council, secret)))
                .get();
    }

    private static Ballots.Wish wish(Council council, boolean secret) {
        return new Ballots.Wish(
                council.matter(), "理事会", Way.ONLINE, secret, MONDAY.plusDays(4), "成员分散各地", null, "test");
    }

    private Outcome<Receipt> vote(Council council, Ballot ballot, int who, Choice choice, int day) {
        return in(council.code(), MONDAY.plusDays(day), () -> ballots.cast(ballot.id(), council.id(who), choice));
    }

    private void night(Council council, int day) {
        LocalDate night = MONDAY.plusDays(day);
        in(council.code(), night, () -> {
            closing.run(night);
            duty.run(night);
            return true;
        });
    }

    private Ballot now(Council council, Ballot ballot) {
        return Tenant.in(council.code(), () -> box.find(ballot.id()).orElseThrow());
    }

    private String grade(Council council) {
        return Tenant.in(
                council.code(), () -> roster.get(council.candidate().id()).grade());
    }

    private <T> T in(String code, LocalDate day, Supplier<T> work) {
        clock.restart(day.atTime(LocalTime.NOON));
        return Tenant.in(code, work);
    }

    private static Refusal refused(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome).refusal();
    }

    private List<Notice> noticesOf(String code, Member member) {
        return Tenant.in(
                code,
                () -> notices.search(
                        NoticeSearch.all().member(member.id()).to("member").page(0, 50)));
    }

    @Test
    @DisplayName("AII-23：九席六家表决，四家同意恰好三分之二；截止次日自己计票、自己升级，只一次")
    void the_result_of_an_online_ballot_carries_itself_out_once() {
        Council council = council("once", 9);
        Ballot ballot = online(council, false);
        for (int i = 0; i < 6; i++) {
            vote(council, ballot, i, i < 3 ? Choice.FOR : Choice.AGAINST, 1);
        }
        // one changes its mind up to the last day: what was said before no longer counts
        Receipt first = vote(council, ballot, 3, Choice.ABSTAIN, 2).get();
        Receipt last = vote(council, ballot, 3, Choice.FOR, 4).get();
        assertThat(last.changed()).isTrue();
        assertThat(Tenant.in("once", () -> box.counts(ballot.id(), first.code())))
                .isFalse();
        assertThat(Tenant.in("once", () -> box.counts(ballot.id(), last.code())))
                .isTrue();
        night(council, 4);
        assertThat(now(council, ballot).isOpen()).isTrue();

        night(council, 5);
        assertThat(refused(vote(council, ballot, 7, Choice.FOR, 5)).reason()).contains("截止");
        Ballot done = now(council, ballot);
        assertThat(done.outcome()).isEqualTo(Result.PASSED);
        assertThat(done.says()).contains("名册9，参加6，同意4，反对2，弃权0");
        assertThat(grade(council)).isEqualTo("理事单位");
        assertThat(Tenant.in("once", () -> box.counts(ballot.id(), last.code())))
                .isTrue();

        night(council, 5);
        night(council, 6);
        assertThat(refused(in("once", MONDAY.plusDays(6), () -> ballots.close(ballot.id(), Papers.NONE, "test")))
                        .reason())
                .contains("页面已过期");
        assertThat(Tenant.in("once", () -> cases.find(council.matter()).orElseThrow())
                        .steps())
                .extracting(CaseView.Step::act)
                .filteredOn(act -> act.startsWith("vote-"))
                .containsExactly("vote-passed");
        assertThat(Tenant.in("once", () -> roster.history(council.candidate().id())))
                .filteredOn(entry -> entry.kind() == EntryKind.GRADE)
                .hasSize(1);
    }

    @Test
    @DisplayName("AII-23-a：五家表决不足法定人数，表决无效并写明条款，案件仍待表决，可以再来一次")
    void too_few_votes_make_a_ballot_void_and_leave_the_case_where_it_is() {
        Council council = council("few", 9);
        Ballot ballot = online(council, true);
        for (int i = 0; i < 5; i++) {
            vote(council, ballot, i, Choice.FOR, 1);
        }
        night(council, 5);

        assertThat(now(council, ballot).outcome()).isEqualTo(Result.VOID);
        assertThat(now(council, ballot).says()).contains("未达到法定人数").contains("〔第二十三条");
        assertThat(grade(council)).isEqualTo("普通会员单位");
        LocalDate later = MONDAY.plusDays(5);
        assertThat(in("few", later, () -> agenda.waiting("理事会")))
                .extracting(CaseView::id)
                .containsExactly(council.matter());
        assertThat(in(
                                "few",
                                later,
                                () -> ballots.open(new Ballots.Wish(
                                        council.matter(),
                                        "理事会",
                                        Way.ONLINE,
                                        true,
                                        later.plusDays(3),
                                        "再次表决",
                                        null,
                                        "test")))
                        .isDone())
                .isTrue();
    }

    @Test
    @DisplayName("无记名：没有一行把会员和选择连在一起，截止后连次序也打乱；同时投几次只算一次")
    void a_secret_ballot_keeps_its_secret_and_counts_each_once() throws Exception {
        Council council = council("secret", 6);
        Ballot ballot = online(council, true);
        clock.restart(MONDAY.atTime(LocalTime.NOON));
        ExecutorService phones = Executors.newFixedThreadPool(6);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Boolean>> votes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Choice choice = i % 3 == 0 ? Choice.AGAINST : Choice.FOR;
            votes.add(phones.submit(() -> {
                go.await();
                return Tenant.in("secret", () -> ballots.cast(ballot.id(), council.id(0), choice))
                        .isDone();
            }));
        }
        go.countDown();
        for (Future<Boolean> vote : votes) {
            assertThat(vote.get()).isTrue();
        }
        phones.shutdown();
        assertThat(now(council, ballot).voted()).isEqualTo(1);
        assertThat(column("ballot_slip", "choice", ballot)).hasSize(1);
        assertThat(column("ballot_receipt", "proof", ballot)).hasSize(1);

        vote(council, ballot, 0, Choice.AGAINST, 0);
        for (int i = 1; i < 6; i++) {
            vote(council, ballot, i, Choice.FOR, 0);
        }
        assertThat(column("ballot_elector", "choice", ballot)).hasSize(6).containsOnlyNulls();
        List<String> places = column("ballot_slip", "place", ballot);
        assertThat(column("ballot", "salt", ballot))
                .singleElement()
                .satisfies(salt -> assertThat(salt).as("sealed").contains(":"));
        assertThat(Tenant.in("secret", () -> box.electors(ballot.id())).values())
                .containsOnly("online");

        // all have voted: it may be closed before its day
        Ballot done = in("secret", MONDAY, () -> ballots.close(ballot.id(), Papers.NONE, "test"))
                .get();
        assertThat(done.outcome()).isEqualTo(Result.PASSED);
        assertThat(done.says()).contains("参加6，同意5，反对1");
        assertThat(column("ballot_slip", "place", ballot)).hasSize(6).doesNotContainAnyElementsOf(places);
        assertThat(column("ballot", "salt", ballot)).containsOnlyNulls();
        assertThat(Tenant.in("secret", () -> box.electors(ballot.id())).values())
                .containsOnly("online");
        assertThat(jdbc.sql("select detail from audit where association_id = 'secret' and act = 'ballot-cast'")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(line -> line.contains("同意") || line.contains("反对"));
    }

    private List<String> column(String table, String column, Ballot ballot) {
        return jdbc.sql("select " + column + " from " + table + " where association_id = 'secret' and "
                        + (table.equals("ballot") ? "id" : "ballot_id") + " = :id")
                .param("id", ballot.id())
                .query((row, n) -> row.getString(1))
                .list();
    }

    @Test
    @DisplayName("名册在开始时确定：后来的没有票；权利暂停的留在名册里，已投的算，不能再投")
    void the_roll_is_frozen_and_a_right_at_rest_casts_nothing() {
        Council council = council("roll", 3);
        Ballot ballot = online(council, false);
        Member late = in("roll", MONDAY, () -> enter("后来的", "理事单位"));
        for (long stranger : List.of(late.id(), council.candidate().id())) {
            assertThat(refused(in("roll", MONDAY, () -> ballots.cast(ballot.id(), stranger, Choice.FOR)))
                            .reason())
                    .contains("名册");
        }
        vote(council, ballot, 0, Choice.FOR, 0);
        for (int who = 0; who < 2; who++) {
            long member = council.id(who);
            in("roll", MONDAY, () -> {
                roster.record(member, Entry.of(EntryKind.SUSPENDED, MONDAY, "AII-16", "test"));
                return true;
            });
        }
        assertThat(refused(vote(council, ballot, 0, Choice.AGAINST, 1)).clauses())
                .containsExactly("AII-16");
        assertThat(refused(vote(council, ballot, 1, Choice.FOR, 1)).clauses()).containsExactly("AII-16");
        vote(council, ballot, 2, Choice.FOR, 1);
        night(council, 5);

        assertThat(now(council, ballot).electors()).isEqualTo(3);
        assertThat(now(council, ballot).says()).contains("名册3，参加2，同意2");
        assertThat(grade(council))
                .as("two of the three seats of the opening are enough")
                .isEqualTo("理事单位");
    }

    @Test
    @DisplayName("截止和执行之间被杀掉：下一次滴答补完，只补一次；期间另有决定的不再执行")
    void what_was_cut_off_after_the_close_is_completed_by_the_next_tick() {
        Council council = council("cut", 3);
        Ballot ballot = online(council, false);
        for (int i = 0; i < 3; i++) {
            vote(council, ballot, i, Choice.FOR, 0);
        }
        in("cut", MONDAY.plusDays(5), () -> {
            box.stop(ballot.id());
            return true;
        });
        assertThat(now(council, ballot).isToCarryOut()).isTrue();
        assertThat(grade(council)).isEqualTo("普通会员单位");
        Decision meanwhile = new Decision("理事会", false, null, null, 3, 0, 3, "test");
        assertThat(refused(in("cut", MONDAY.plusDays(5), () -> cases.decide(council.matter(), meanwhile)))
                        .reason())
                .contains("已经截止", "系统正在计票");
        in("cut", MONDAY.plusDays(5), () -> {
            ballots.tick();
            ballots.tick();
            return true;
        });
        assertThat(now(council, ballot).outcome()).isEqualTo(Result.PASSED);
        assertThat(grade(council)).isEqualTo("理事单位");

        Council other = council("decided", 3);
        Ballot overtaken = online(other, false);
        vote(other, overtaken, 0, Choice.FOR, 0);
        assertThat(refused(in("decided", MONDAY.plusDays(5), () -> cases.decide(other.matter(), meanwhile)))
                        .reason())
                .as("its last day is over, though nobody has closed it yet")
                .contains("系统正在计票");
        assertThat(in("decided", MONDAY.plusDays(4), () -> cases.decide(other.matter(), meanwhile))
                        .isDone())
                .isTrue();
        assertThat(refused(vote(other, overtaken, 0, Choice.FOR, 0)).reason()).contains("另行决定");
        night(other, 5);
        assertThat(now(other, overtaken).outcome()).isEqualTo(Result.VOID);
        assertThat(grade(other)).isEqualTo("普通会员单位");
    }

    @Test
    @DisplayName("通讯表决要有规定：没写的不行，写了的须有特殊情况；错的机构说出该谁；都有条款，什么也没变")
    void ballots_that_the_bylaws_do_not_allow_are_refused_with_their_clause() {
        Council council = council("refused", 3);
        Refusal wrong = refused(asked(council, "常务理事会", Way.ONLINE, MONDAY.plusDays(4), "有原因"));
        assertThat(wrong.reason()).contains("现在应由理事会决定");
        assertThat(wrong.clauses()).contains("AII-22-3");
        assertThat(refused(asked(council, "理事会", Way.MAIL, MONDAY.plusDays(4), ""))
                        .clauses())
                .containsExactly("AII-23-c");
        assertThat(refused(asked(council, "理事会", Way.ONLINE, MONDAY.minusDays(1), "有原因"))
                        .reason())
                .contains("截止日");
        assertThat(refused(asked(council, "理事会", Way.MEETING, null, "")).reason())
                .contains("先安排会议");
        assertThat(Tenant.in("refused", () -> box.about(council.matter()))).isEmpty();
        online(council, false);
        assertThat(refused(asked(council, "理事会", Way.ONLINE, MONDAY.plusDays(4), "有原因"))
                        .reason())
                .contains("已有一次表决");

        law.put("silent", law.of("igrs", MONDAY));
        Refusal silent = in("silent", MONDAY, () -> {
            enter("核心公司", "核心会员");
            long target = enter("违规公司", "普通会员").id();
            CaseView matter = cases.open(new Opening(
                            "expulsion", target, "", "秘书处", List.of("IGRS-26-1"), null, Map.of(), List.of()))
                    .get();
            return refused(ballots.open(new Ballots.Wish(
                    matter.id(), "核心会员大会", Way.ONLINE, true, MONDAY.plusDays(3), "有原因", null, "test")));
        });
        assertThat(silent.clauses()).containsExactly("IGRS-18-d", "IGRS-18-e");
        assertThat(silent.reason()).contains("没有通讯开会、表决的规定");
        CaseView before =
                Tenant.in("silent", () -> cases.search("expulsion", null, 0, 1)).get(0);
        Decision byMail = new Decision("核心会员大会", true, null, null, 1, 1, 0, "test");
        assertThat(refused(in("silent", MONDAY, () -> cases.decide(before.id(), byMail)))
                        .clauses())
                .as("nor is it taken where somebody enters it by hand")
                .containsExactly("IGRS-18-d", "IGRS-18-e");
        assertThat(Tenant.in("silent", () -> cases.find(before.id()).orElseThrow()))
                .isEqualTo(before);
    }

    @Test
    @DisplayName("remote-ballot 读作可以：要写理由；没到期还有人没投的不能提前结束；撤销的不计票、通知各家、只撤一次；手工登记也收")
    void where_the_reading_allows_it_a_silent_bylaw_lets_members_vote_by_mail() {
        law.put("allowed", Lawbook.withSettings(law.of("igrs", MONDAY), Map.of(), Map.of("remote-ballot", "true")));
        Council council = in("allowed", MONDAY, () -> {
            List<Member> core = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                core.add(enter("核心" + (char) ('A' + i), "核心会员"));
            }
            Member target = enter("违规公司", "普通会员");
            Opening expulsion =
                    new Opening("expulsion", target.id(), "", "秘书处", List.of("IGRS-26-1"), null, Map.of(), List.of());
            return new Council(
                    "allowed", core, target, cases.open(expulsion).get().id());
        });
        assertThat(refused(asked(council, "核心会员大会", Way.MAIL, MONDAY.plusDays(3), ""))
                        .reason())
                .contains("写明这次的理由");
        Ballot ballot =
                asked(council, "核心会员大会", Way.ONLINE, MONDAY.plusDays(3), "分散各地").get();
        assertThat(ballot.electors()).isEqualTo(3);
        vote(council, ballot, 0, Choice.FOR, 0);
        vote(council, ballot, 1, Choice.FOR, 0);
        assertThat(refused(in("allowed", MONDAY, () -> ballots.close(ballot.id(), Papers.NONE, "test")))
                        .reason())
                .as("one may still vote or change its mind")
                .isNotBlank();
        assertThat(now(council, ballot).isOpen()).isTrue();

        assertThat(refused(in("allowed", MONDAY, () -> ballots.cancel(ballot.id(), " ", "test")))
                        .reason())
                .contains("原因");
        Ballot cancelled = in("allowed", MONDAY, () -> ballots.cancel(ballot.id(), "议案有误", "test"))
                .get();
        assertThat(cancelled.outcome()).isEqualTo(Result.VOID);
        assertThat(refused(in("allowed", MONDAY, () -> ballots.cancel(ballot.id(), "再撤", "test")))
                        .reason())
                .contains("已经结束");
        assertThat(refused(vote(council, ballot, 2, Choice.FOR, 0)).reason()).isNotBlank();
        assertThat(noticesOf("allowed", council.members().get(2)))
                .extracting(Notice::text)
                .anyMatch(text -> text.contains("已撤销：议案有误"));
        night(council, 4);
        assertThat(now(council, ballot)).returns(Result.VOID, Ballot::outcome).returns(null, Ballot::inFavour);
        assertThat(Tenant.in(
                        "allowed",
                        () -> cases.find(council.matter()).orElseThrow().isOpen()))
                .isTrue();

        Decision byMail = new Decision("核心会员大会", true, null, null, 3, 3, 0, "test");
        assertThat(in("allowed", MONDAY.plusDays(4), () -> cases.decide(council.matter(), byMail))
                        .get()
                        .outcome())
                .isEqualTo("approved");
    }

    @Test
    @DisplayName("预先登记的闭会：当天凌晨生效，案件转给常务理事会，只一次；登记错的日子、同一天两条、空的不收；撤销的到那天不变")
    void a_recess_recorded_ahead_holds_from_its_day() {
        Council council = council("ahead", 3);
        LocalDate from = MONDAY.plusDays(2);
        Opening expulsion =
                new Opening("expulsion", council.id(0), "", "秘书处", List.of("AII-16"), null, Map.of(), List.of());
        long matter = in("ahead", MONDAY, () -> cases.open(expulsion)).get().id();
        assertThat(refused(planned(recess(MONDAY, true))).reason()).contains("今天之后");
        assertThat(refused(planned(recess(MONDAY.plusYears(1).plusDays(1), true)))
                        .reason())
                .contains("超过一年");
        assertThat(refused(planned(new BodyPlan(0, "理事会", from, null, null, false, null, null)))
                        .reason())
                .contains("没有写");
        assertThat(refused(planned(new BodyPlan(0, "理事会", from, null, null, false, null, from.plusDays(1))))
                        .reason())
                .contains("换届日不能晚于生效的" + from);
        assertThat(refused(planned(new BodyPlan(0, "董事会", from, true, null, false, null, null)))
                        .reason())
                .contains("没有“董事会”");
        BodyPlan called = planned(new BodyPlan(0, "理事会", from, true, 5, false, null, null))
                .get();
        assertThat(refused(planned(recess(from, false))).reason()).contains("已预先登记过");
        BodyPlan off = planned(recess(from.plusDays(1), false)).get();
        assertThat(in("ahead", MONDAY, () -> plans.cancel(off.id(), "test")).isDone())
                .isTrue();
        assertThat(in("ahead", MONDAY, () -> plans.coming("理事会"))).containsExactly(called);
        assertThat(called.says()).isEqualTo("闭会，在任5席");

        // what else is recorded meanwhile stays: the plan changes only what it names
        in("ahead", MONDAY, () -> {
            bodies.change(new BodyState("理事会", null, false, from.plusYears(1), null), "test");
            return true;
        });
        begin(from.minusDays(1));
        assertThat(at(matter)).isEqualTo("理事会");
        assertThat(Tenant.in("ahead", () -> bodies.state("理事会").recess())).isFalse();
        begin(from);
        begin(from);
        begin(from.plusDays(1));
        assertThat(at(matter)).isEqualTo("常务理事会");
        assertThat(Tenant.in("ahead", () -> bodies.state("理事会")))
                .isEqualTo(new BodyState("理事会", 5, true, from.plusYears(1), null));
        assertThat(Tenant.in("ahead", () -> plans.coming("理事会"))).isEmpty();
        assertThat(refused(in("ahead", from, () -> plans.cancel(called.id(), "test")))
                        .reason())
                .contains("已经生效");
        assertThat(office("ahead"))
                .extracting(Notice::text)
                .filteredOn(text -> text.contains("预先登记"))
                .containsExactly("理事会自" + from + "起闭会，在任5席（预先登记的，现已生效）");
    }

    @Test
    @DisplayName("AII-16 截止次日就闭会：昨天投完的票照样计、照样执行，纸票闭会以后才清点的也一样；闭会时还在投的表决当场作废，告诉各家，案件转给常务理事会")
    void a_recess_does_not_undo_a_vote_that_is_over_and_ends_one_that_is_not() {
        Council over = council("over", 3);
        Council going = council("going", 3);
        Council papers = council("papers", 3);
        for (Council one : List.of(over, going, papers)) {
            Opening expulsion =
                    new Opening("expulsion", one.id(0), "", "秘书处", List.of("AII-16"), null, Map.of(), List.of());
            long matter =
                    in(one.code(), MONDAY, () -> cases.open(expulsion)).get().id();
            LocalDate last = one.equals(going) ? MONDAY.plusDays(5) : MONDAY.plusDays(1);
            boolean mail = one.equals(papers);
            Ballot ballot = in(
                            one.code(),
                            MONDAY,
                            () -> ballots.open(new Ballots.Wish(
                                    matter, "理事会", mail ? Way.MAIL : Way.ONLINE, mail, last, "分散各地", null, "test")))
                    .get();
            for (int who = mail ? 1 : 0; who < 3; who++) {
                vote(one, ballot, who, Choice.FOR, 0);
            }
            if (mail) {
                assertThat(in(one.code(), MONDAY, () -> box.paper(ballot.id(), one.id(0), null, "test"))
                                .isDone())
                        .isTrue();
            }
            BodyPlan recess = recess(MONDAY.plusDays(2), true);
            assertThat(in(one.code(), MONDAY, () -> plans.plan(recess, "test")).isDone())
                    .isTrue();
            clock.restart(MONDAY.plusDays(2).atStartOfDay());
            Tenant.in(one.code(), () -> {
                duties.stream()
                        .filter(first -> List.of("closing", "bodies").contains(first.name()))
                        .sorted(Comparator.comparingInt(Duty::order))
                        .forEach(first -> first.run(MONDAY.plusDays(2)));
                return true;
            });
            Ballot now = now(one, ballot);
            CaseView file = Tenant.in(one.code(), () -> cases.find(matter).orElseThrow());
            if (mail) {
                assertThat(now.isToCount()).as("papers wait for a person").isTrue();
                assertThat(file).returns(true, CaseView::isOpen).returns("常务理事会", CaseView::at);
                Decision byHand = new Decision("理事会", false, null, null, 3, 3, 0, "test");
                assertThat(refused(in(one.code(), MONDAY.plusDays(3), () -> cases.decide(matter, byHand)))
                                .reason())
                        .as("the recess holds for everything else")
                        .contains("常务理事会");
                CaseView before = Tenant.in(one.code(), () -> cases.find(matter).orElseThrow());
                Decision instead = new Decision("常务理事会", false, "等不及", "reject", null, null, null, "test");
                Refusal uncounted = refused(in(one.code(), MONDAY.plusDays(3), () -> cases.decide(matter, instead)));
                assertThat(uncounted.reason())
                        .as("nor may who would decide in the recess pass over votes that were cast")
                        .contains(ballot.title(), "截止日4月7日", "纸质表决票1张", "秘书处", "撤销");
                assertThat(uncounted.clauses()).isEqualTo(ballot.clauses()).isNotEmpty();
                assertThat(Tenant.in(one.code(), () -> cases.find(matter).orElseThrow()))
                        .isEqualTo(before);
                Ballot counted = in(
                                one.code(),
                                MONDAY.plusDays(3),
                                () -> ballots.close(ballot.id(), new Papers(0, 1, 0), "test"))
                        .get();
                assertThat(counted.outcome()).isEqualTo(Result.PASSED);
                assertThat(counted.says()).contains("参加3，同意2，反对1");
                assertThat(Tenant.in(one.code(), () -> cases.find(matter).orElseThrow())
                                .outcome())
                        .isEqualTo("approved");
            } else if (one.equals(over)) {
                assertThat(now.outcome()).isEqualTo(Result.PASSED);
                assertThat(file.outcome()).isEqualTo("approved");
            } else {
                assertThat(now.outcome()).isEqualTo(Result.VOID);
                assertThat(file).returns(true, CaseView::isOpen).returns("常务理事会", CaseView::at);
                assertThat(noticesOf("going", one.members().get(1)))
                        .extracting(Notice::text)
                        .anyMatch(text -> text.contains("的表决已撤销"));
            }
        }
    }

    @Test
    @DisplayName("预先登记以后规则书里没有了这个会议：到那天不生效，秘书处知道原因，只说一次")
    void a_plan_for_a_body_that_is_no_more_is_told() {
        council("ahead-gone", 3);
        LocalDate from = MONDAY.plusDays(2);
        jdbc.sql("insert into body_plan (association_id, id, body, from_on, in_recess, by_roster, recorded_by)"
                        + " values ('ahead-gone', 1, '董事会', :from, 1, 0, 'test')")
                .param("from", from)
                .update();
        begin("ahead-gone", from);
        begin("ahead-gone", from.plusDays(1));
        assertThat(office("ahead-gone"))
                .extracting(Notice::text)
                .filteredOn(text -> text.contains("预先登记"))
                .singleElement(as(STRING))
                .startsWith("董事会自" + from + "起闭会（预先登记的，没有生效：没有“董事会”这个会议")
                .endsWith("请重新登记）");
    }

    private static BodyPlan recess(LocalDate from, boolean recess) {
        return new BodyPlan(0, "理事会", from, recess, null, false, null, null);
    }

    private Outcome<BodyPlan> planned(BodyPlan plan) {
        return in("ahead", MONDAY, () -> plans.plan(plan, "test"));
    }

    private String at(long matter) {
        return Tenant.in("ahead", () -> cases.find(matter).orElseThrow().at());
    }

    /** The night in which a day begins, as far as bodies are concerned. */
    private void begin(LocalDate day) {
        begin("ahead", day);
    }

    private void begin(String code, LocalDate day) {
        clock.restart(day.atStartOfDay());
        Tenant.in(code, () -> {
            duties.stream().filter(one -> one.name().equals("bodies")).forEach(one -> one.run(day));
            return true;
        });
    }

    private List<Notice> office(String code) {
        return Tenant.in(code, () -> notices.search(NoticeSearch.all().to("秘书处").page(0, 50)));
    }

    @Test
    @DisplayName("轮到谁办谁当场知道，一次交接一次：补材料不再说，夜里有人办的照样说，闭会时许多件并成一条；早晨的待决写明等谁")
    void who_must_act_next_hears_at_once() {
        Council council = council("hand", 3);
        assertThat(handed("hand")).containsExactly("求升公司的升级申请现在等理事会决定，请列入会议议程或发起表决〔第二十二条（三）、第二十四条〕");
        in("hand", MONDAY, () -> cases.file(council.matter(), List.of("补充说明"), "test"));
        in("hand", MONDAY, () -> cases.file(council.matter(), List.of("再补充"), "test"));
        assertThat(handed("hand")).hasSize(1);
        assertThat(in("hand", MONDAY, () -> pending.line(MONDAY)).orElseThrow()).startsWith("待决：等理事会 升级申请1");

        for (int who = 0; who < 2; who++) {
            Opening expulsion =
                    new Opening("expulsion", council.id(who), "", "秘书处", List.of("AII-16"), null, Map.of(), List.of());
            in("hand", MONDAY, () -> cases.open(expulsion));
        }
        assertThat(handed("hand")).hasSize(3);
        in("hand", MONDAY.plusDays(1), () -> {
            bodies.change(new BodyState("理事会", null, true, null, null), "test");
            return true;
        });
        assertThat(handed("hand"))
                .as("two expulsions in one word; the upgrade stays with the council")
                .hasSize(4)
                .contains("除名2现在转由常务理事会决定，请处理：理事单位A、理事单位B");
        assertThat(in("hand", MONDAY, () -> pending.line(MONDAY)).orElseThrow()).startsWith("待决：等常务理事会 除名2；等理事会 升级申请1");
        clock.restart(MONDAY.plusDays(2).atTime(0, 5));
        Tenant.in("hand", () -> {
            bodies.change(new BodyState("理事会", null, false, null, null), "test");
            return true;
        });
        assertThat(handed("hand"))
                .as("a person acts at night: told, and sent after the quiet hours")
                .hasSize(5)
                .contains("除名2现在转由理事会决定，请处理：理事单位A、理事单位B");
    }

    @Test
    @DisplayName("夜里例行转出的不一件件说：早晨的待决写出名称，只写一次；白天补做的，一起说一条")
    void what_the_night_hands_on_is_named_in_the_morning() {
        Council council = council("dark", 9);
        in("dark", MONDAY, () -> {
            for (int who = 0; who < 9; who++) {
                cases.open(new Opening(
                        "expulsion", council.id(who), "", "秘书处", List.of("AII-16"), null, Map.of(), List.of()));
            }
            plans.plan(recess(MONDAY.plusDays(2), true), "test");
            plans.plan(recess(MONDAY.plusDays(3), false), "test");
            return true;
        });
        int told = handed("dark").size();
        wholeNight("dark", MONDAY.plusDays(1).atStartOfDay());
        wholeNight("dark", MONDAY.plusDays(2).atStartOfDay());

        assertThat(handed("dark")).hasSize(told);
        assertThat(morning("dark", MONDAY.plusDays(2)))
                .startsWith("待决：等常务理事会 除名9；等理事会 升级申请1")
                .endsWith("；昨夜转来：理事单位A、理事单位B、理事单位C、理事单位D、理事单位E、理事单位F、理事单位G、理事单位H等9件")
                .doesNotContain("新增");
        assertThat(morning("dark", MONDAY.plusDays(3))).doesNotContain("昨夜转来");

        wholeNight("dark", MONDAY.plusDays(3).atTime(10, 0));
        assertThat(handed("dark"))
                .hasSize(told + 1)
                .contains("除名9经补做的夜间检查转到理事会，请处理：理事单位A、理事单位B、理事单位C、理事单位D、理事单位E、理事单位F、理事单位G、理事单位H等9件");
        Tenant.in("dark", () -> nights.again("dark", MONDAY.plusDays(3)));
        assertThat(handed("dark")).hasSize(told + 1);
        assertThat(morning("dark", MONDAY.plusDays(3))).as("told already").doesNotContain("昨夜转来");
    }

    @Test
    @DisplayName("IGRS-25-d 轮到秘书处：期限当场说；早晨写最近的期限、新来的名称，到期和过期都写明；材料不齐的不算在待决里")
    void the_office_hears_its_deadline_and_the_morning_counts_what_can_be_decided() {
        law.put("office", law.of("igrs", MONDAY));
        StaffMember clerk = new StaffMember(1, "clerk", "周", null, null, Set.of(Role.SECRETARIAT), Set.of("秘书处"), true);
        Member leaves = in("office", MONDAY, () -> enter("退出公司", "普通会员"));
        Member papers = in("office", MONDAY, () -> enter("缺件公司", "普通会员"));
        in(
                "office",
                MONDAY,
                () -> cases.open(new Opening(
                        "withdrawal", papers.id(), "", "member", List.of(), List.of(), Map.of(), List.of())));
        assertThat(handed("office")).as("its papers are wanting").isEmpty();
        assertThat(in("office", MONDAY, () -> pending.line(MONDAY))).isEmpty();
        assertThat(in("office", MONDAY, () -> own.lines(MONDAY, clerk))).isEmpty();

        long matter = in("office", MONDAY, () -> cases.open(Opening.byMember("withdrawal", leaves.id(), Map.of())))
                .get()
                .id();
        assertThat(handed("office")).containsExactly("退出公司的退会申请现在由秘书处办理，请处理，期限2026年5月6日〔第二十五条〕");
        assertThat(morning("office", MONDAY)).isEqualTo("待决：等秘书处 退会申请1（退出公司的退会申请距期限还有30天〔第二十五条〕）；新增：退出公司");
        assertThat(in("office", MONDAY, () -> own.lines(MONDAY, clerk)))
                .extracting(OwnMorning.Line::text)
                .containsExactly("待决：退会申请1；新增：退出公司");
        assertThat(morning("office", MONDAY.plusDays(1)))
                .as("Monday was a holiday")
                .endsWith("；新增：退出公司");
        assertThat(morning("office", MONDAY.plusDays(2))).endsWith("（退出公司的退会申请距期限还有28天〔第二十五条〕）");
        assertThat(morning("office", MONDAY.plusDays(30))).endsWith("（退出公司的退会申请今天到期〔第二十五条〕）");
        assertThat(morning("office", MONDAY.plusDays(31))).endsWith("（退出公司的退会申请已过期1天〔第二十五条〕）");

        in("office", MONDAY, () -> cases.decide(matter, Decision.of("秘书处", "approve", "", "test")));
        assertThat(handed("office")).last(as(STRING)).isEqualTo("退出公司的退会申请已通过，手续由秘书处办理，请处理，期限2026年5月6日");
    }

    @Test
    @DisplayName("WHJX-8-4a 要班主任先办的，早晨写等班主任，不写成编号；班主任自己的待办里有，不另说一遍")
    void what_waits_for_a_class_teacher_says_so() {
        law.put("taught", ShippedRulebook.of("whjx"));
        in("taught", MONDAY, () -> {
            StaffMember teacher = staff.add(
                            new NewStaff(
                                    "t" + MONDAY,
                                    "周敏",
                                    "a-long-enough-password",
                                    null,
                                    null,
                                    Set.of(Role.TEACHER),
                                    Set.of()),
                            "test")
                    .get();
            Member member = roster.enter(NewMember.draft("换址公司", Kind.UNIT, "会员")
                    .joined(LocalDate.of(2020, 3, 1))
                    .paidThrough(LocalDate.of(2026, 12, 31))
                    .teacher(teacher.id())
                    .done());
            return cases.open(Opening.byMember("change", member.id(), Map.of("field", "address", "to", "示范路9001号")));
        });
        assertThat(handed("taught")).isEmpty();
        assertThat(morning("taught", MONDAY)).isEqualTo("待决：等班主任 资料变更1；新增：换址公司");
    }

    private void wholeNight(String code, LocalDateTime at) {
        clock.restart(at);
        assertThat(nights.catchUp(code, at.toLocalDate()).failed()).isFalse();
    }

    private String morning(String code, LocalDate day) {
        return in(code, day, () -> pending.line(day)).orElseThrow();
    }

    private List<String> handed(String code) {
        return office(code).stream()
                .filter(notice -> notice.about().equals("case"))
                .map(Notice::text)
                .toList();
    }

    @Test
    @DisplayName("两个节点同时执行一次表决：只计一次、升级一次、告诉秘书处一次")
    void two_nodes_at_the_same_moment_carry_a_ballot_out_once() throws Exception {
        Council council = council("twice", 3);
        Ballot ballot = online(council, false);
        for (int i = 0; i < 3; i++) {
            vote(council, ballot, i, Choice.FOR, 0);
        }
        clock.restart(MONDAY.plusDays(5).atTime(LocalTime.NOON));
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Boolean>> ticks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ticks.add(nodes.submit(() -> {
                go.await();
                return Tenant.in("twice", () -> {
                    ballots.tick();
                    return true;
                });
            }));
        }
        go.countDown();
        for (Future<Boolean> tick : ticks) {
            assertThat(tick.get()).isTrue();
        }
        nodes.shutdown();

        assertThat(now(council, ballot).outcome()).isEqualTo(Result.PASSED);
        assertThat(Tenant.in("twice", () -> cases.find(council.matter()).orElseThrow())
                        .steps())
                .extracting(CaseView.Step::act)
                .filteredOn(act -> act.startsWith("vote-"))
                .containsExactly("vote-passed");
        assertThat(Tenant.in("twice", () -> roster.history(council.candidate().id())))
                .filteredOn(entry -> entry.kind() == EntryKind.GRADE)
                .hasSize(1);
        assertThat(Tenant.in(
                        "twice",
                        () -> notices.search(NoticeSearch.all().to("秘书处").page(0, 50))))
                .filteredOn(notice -> notice.about().equals("ballot-result"))
                .hasSize(1);
    }

    private Outcome<Ballot> asked(Council council, String body, Way way, LocalDate closes, String special) {
        return in(
                council.code(),
                MONDAY,
                () -> ballots.open(
                        new Ballots.Wish(council.matter(), body, way, false, closes, special, null, "test")));
    }

    @Test
    @DisplayName("开会：通知、议程自己列出、签到看够不够、票多于到会数不收、会后记缺席；旧页面改不动")
    void a_meeting_from_its_invitation_to_the_register() {
        Council council = council("meet", 6);
        LocalDate day = MONDAY.plusDays(2);
        Sitting planned = in("meet", MONDAY, () -> sittings.plan("理事会", day, "14:00", "总部三楼", false, "", "test"))
                .get();
        night(council, 1);
        assertThat(noticesOf("meet", council.members().get(0)))
                .extracting(Notice::about)
                .as("invited, and reminded the day before")
                .containsExactly("meeting", "meeting");
        assertThat(noticesOf("meet", council.candidate()))
                .extracting(Notice::about)
                .contains("agenda");
        assertThat(in("meet", MONDAY, () -> agenda.of(planned)))
                .singleElement()
                .satisfies(point -> assertThat(point.counted()).isTrue());

        List<Seat> seats = new ArrayList<>();
        Mark[] marks = {Mark.PRESENT, Mark.PRESENT, Mark.OWN, Mark.EXCUSED, Mark.ABSENT, Mark.ABSENT};
        for (int i = 0; i < 6; i++) {
            seats.add(new Seat(council.id(i), marks[i], i == 2 ? "副总经理" : ""));
        }
        Sitting three = in("meet", day, () -> sittings.mark(planned.id(), planned.version(), seats, "test"))
                .get();
        Sittings.Quorum quorum = in("meet", day, () -> sittings.quorum(three));
        assertThat(List.of(quorum.present(), quorum.seats())).containsExactly(3, 6);
        assertThat(quorum.needed()).isEqualTo(4);
        assertThat(refused(in("meet", day, () -> sittings.hold(three.id(), three.version(), "test")))
                        .clauses())
                .containsExactly("AII-23-a");
        assertThat(refused(in("meet", day, () -> sittings.mark(planned.id(), planned.version(), seats, "test")))
                        .reason())
                .contains("页面已过期");
        seats.set(4, new Seat(council.id(4), Mark.PRESENT, ""));
        Sitting four = in("meet", day, () -> sittings.mark(three.id(), three.version(), seats, "test"))
                .get();

        Ballot ballot = in(
                        "meet",
                        day,
                        () -> ballots.open(new Ballots.Wish(
                                council.matter(), "理事会", Way.MEETING, true, null, "", four.id(), "test")))
                .get();
        vote(council, ballot, 0, Choice.FOR, 2);
        assertThat(refused(vote(council, ballot, 3, Choice.FOR, 2)).reason()).contains("到会");
        assertThat(refused(in("meet", day, () -> ballots.close(ballot.id(), new Papers(3, 1, 0), "test")))
                        .reason())
                .contains("票数不符");
        assertThat(refused(in("meet", day, () -> sittings.hold(four.id(), four.version(), "test")))
                        .reason())
                .contains("表决没有结束");
        assertThat(grade(council)).isEqualTo("普通会员单位");
        Ballot done = in("meet", day, () -> ballots.close(ballot.id(), new Papers(2, 0, 1), "test"))
                .get();
        assertThat(done.outcome()).isEqualTo(Result.PASSED);
        assertThat(done.says()).contains("参加4，同意3，反对0，弃权1");
        assertThat(grade(council)).isEqualTo("理事单位");

        Sitting ended = in("meet", day.plusDays(1), () -> sittings.hold(four.id(), four.version(), "test"))
                .get();
        assertThat(ended.state()).isEqualTo(Sitting.State.HELD);
        assertThat(Tenant.in("meet", () -> meetings.heldBetween("理事会", day, day)))
                .containsExactly(day);
        List<Long> all = council.members().stream().map(Member::id).toList();
        assertThat(Tenant.in("meet", () -> meetings.absencesOf(all, "理事会")))
                .containsOnlyKeys(council.id(3), council.id(5));
        assertThat(refused(in("meet", day, () -> sittings.cancel(ended.id(), ended.version(), "晚了", "test")))
                        .reason())
                .contains("已召开");
    }

    @Test
    @DisplayName("权利暂停的坐在会上：不算到会，不算席位，没有票；三家有票就收不下第四张")
    void who_sits_there_without_a_vote_adds_nothing() {
        Council council = council("rest", 4);
        in("rest", MONDAY, () -> {
            roster.record(council.id(3), Entry.of(EntryKind.SUSPENDED, MONDAY, "AII-16", "test"));
            return true;
        });
        Sitting planned = in("rest", MONDAY, () -> sittings.plan("理事会", MONDAY, "", "三楼", false, "", "test"))
                .get();
        Sitting two = in("rest", MONDAY, () -> sittings.mark(planned.id(), 1, seats(council, 0, 3), "test"))
                .get();
        Sittings.Quorum few = in("rest", MONDAY, () -> sittings.quorum(two));
        assertThat(few).returns(1, Sittings.Quorum::present).returns(3, Sittings.Quorum::seats);
        assertThat(refused(in("rest", MONDAY, () -> ballots.open(atMeeting(council, two, "理事会"))))
                        .clauses())
                .containsExactly("AII-23-a");

        Sitting all = in(
                        "rest",
                        MONDAY,
                        () -> sittings.mark(two.id(), two.version(), seats(council, 0, 1, 2, 3), "test"))
                .get();
        Ballot ballot = in("rest", MONDAY, () -> ballots.open(atMeeting(council, all, "理事会")))
                .get();
        assertThat(ballot.electors()).isEqualTo(3);
        assertThat(refused(in("rest", MONDAY, () -> ballots.close(ballot.id(), new Papers(4, 0, 0), "test")))
                        .reason())
                .contains("票数不符", "有表决权的3家");
        vote(council, ballot, 0, Choice.FOR, 0);
        assertThat(refused(in("rest", MONDAY, () -> ballots.close(ballot.id(), new Papers(3, 0, 0), "test")))
                        .reason())
                .contains("票数不符");
        // a vote that was given stays, though its giver's rights come to rest before the count
        in("rest", MONDAY, () -> {
            roster.record(council.id(0), Entry.of(EntryKind.SUSPENDED, MONDAY, "AII-16", "test"));
            return true;
        });
        assertThat(in("rest", MONDAY, () -> ballots.close(ballot.id(), new Papers(1, 1, 0), "test"))
                        .get()
                        .says())
                .contains("名册3，参加3，同意2，反对1");
        assertThat(grade(council)).isEqualTo("理事单位");
    }

    private static List<Seat> seats(Council council, int... present) {
        return java.util.Arrays.stream(present)
                .mapToObj(who -> new Seat(council.id(who), Mark.PRESENT, ""))
                .toList();
    }

    private static Ballots.Wish atMeeting(Council council, Sitting sitting, String body) {
        return new Ballots.Wish(council.matter(), body, Way.MEETING, false, null, "", sitting.id(), "test");
    }

    @Test
    @DisplayName("IGRS-21-e：记名，十二家到会；八家恰好三分之二和七家都不算通过，转理事长决定，理事长当场知道，决定后升级")
    void a_named_vote_that_falls_short_waits_for_the_chairman() {
        for (int inFavour : new int[] {7, 8, 9}) {
            String code = "fall" + inFavour;
            law.put(code, law.of("igrs", MONDAY));
            Council council = in(code, MONDAY, () -> {
                List<Member> members = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    members.add(enter("核心" + (char) ('A' + i), "核心会员"));
                }
                Member candidate = roster.enter(NewMember.draft("求升公司", Kind.UNIT, "普通会员")
                        .joined(LocalDate.of(2020, 3, 1))
                        .paidThrough(LocalDate.of(2026, 12, 31))
                        .done());
                long matter = cases.open(Opening.byMember("upgrade", candidate.id(), Map.of("to", "核心会员")))
                        .get()
                        .id();
                cases.decide(matter, Decision.of("秘书处", "approve", null, "test"));
                return new Council(code, members, candidate, matter);
            });
            Sitting planned = in(code, MONDAY, () -> sittings.plan("核心会员大会", MONDAY, "", "三楼", false, "", "t"))
                    .get();
            Sitting met = in(
                            code,
                            MONDAY,
                            () -> sittings.mark(
                                    planned.id(), 1, seats(council, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), "t"))
                    .get();
            Ballot ballot = in(code, MONDAY, () -> ballots.open(atMeeting(council, met, "核心会员大会")))
                    .get();
            for (int who = 0; who < 12; who++) {
                assertThat(vote(council, ballot, who, who < inFavour ? Choice.FOR : Choice.AGAINST, 0)
                                .isDone())
                        .isTrue();
            }
            assertThat(Tenant.in(code, () -> box.electors(ballot.id())).values())
                    .as("while it is open nobody reads how others vote, though it is named")
                    .containsOnly("online");
            Ballot done = in(code, MONDAY, () -> ballots.close(ballot.id(), Papers.NONE, "t"))
                    .get();
            Map<Long, String> said = Tenant.in(code, () -> box.electors(ballot.id()));
            assertThat(said.get(council.id(0))).isEqualTo("同意");
            assertThat(said.get(council.id(11))).isEqualTo("反对");
            CaseView after = Tenant.in(code, () -> cases.find(council.matter()).orElseThrow());
            if (inFavour == 9) {
                assertThat(done.outcome()).isEqualTo(Result.PASSED);
                assertThat(after.outcome()).isEqualTo("approved");
                continue;
            }
            assertThat(done.outcome()).isEqualTo(Result.FAILED);
            assertThat(done.says()).contains("参加12，同意" + inFavour, "接下来由理事长决定");
            assertThat(after).returns(true, CaseView::isOpen).returns("理事长", CaseView::at);
            assertThat(refused(in(
                                    code,
                                    MONDAY,
                                    () -> cases.decide(council.matter(), Decision.of("秘书处", "approve", null, "t"))))
                            .clauses())
                    .contains("IGRS-21-e");
            assertThat(Tenant.in(
                            code,
                            () -> notices.search(NoticeSearch.all().to("理事长").page(0, 50))))
                    .as("who decides now is told so, once")
                    .singleElement()
                    .satisfies(notice -> {
                        assertThat(notice.text()).contains("求升公司", "由理事长最终决定");
                        assertThat(notice.clauses()).contains("IGRS-21-e");
                    });
            CaseView decided = in(
                            code,
                            MONDAY,
                            () -> cases.decide(council.matter(), Decision.of("理事长", "approve", null, "t")))
                    .get();
            assertThat(decided.outcome()).isEqualTo("approved");
        }
    }

    @ParameterizedTest(name = "被提议的核心会员自己投票：{0}，通过：{1}")
    @DisplayName("IGRS-24-d：九家到会六家同意，算上它是恰好三分之二，不算通过；不算它是八家里的六家，通过。表决和会上清点都一样")
    @CsvSource({"true, false", "false, true"})
    void whoIsPutToTheVoteVotesAsItIsRead(boolean votes, boolean passes) {
        String code = "tgt" + votes;
        law.put(
                code,
                Lawbook.withSettings(
                        law.of("igrs", MONDAY), Map.of(), Map.of("target-votes", Boolean.toString(votes))));
        Council council = cores(code, 9);
        long target = council.id(8);
        long motion = in(code, MONDAY, () -> downgrade(target));
        Sitting met = meet(council, 9);

        Ballot open = in(
                        code,
                        MONDAY,
                        () -> ballots.open(
                                new Ballots.Wish(motion, "核心会员大会", Way.MEETING, false, null, "", met.id(), "test")))
                .get();
        assertThat(open.electors()).isEqualTo(votes ? 9 : 8);
        assertThat(in(code, MONDAY, () -> ballots.cast(open.id(), target, Choice.ABSTAIN))
                        .isDone())
                .isEqualTo(votes);
        Ballot done = in(code, MONDAY, () -> ballots.close(open.id(), new Papers(6, 2, 0), "test"))
                .get();
        assertThat(done.outcome()).isEqualTo(passes ? Result.PASSED : Result.FAILED);
        assertThat(done.says()).contains("参加" + (votes ? 9 : 8) + "，同意6");

        String hand = code + "h";
        law.put(hand, law.of(code, MONDAY));
        Council other = cores(hand, 9);
        long counted = in(hand, MONDAY, () -> downgrade(other.id(8)));
        Sitting sat = meet(other, 9);
        CaseView by = in(hand, MONDAY, () -> agenda.decide(sat.id(), counted, 6, 2, null, null, "test"))
                .get();
        assertThat(by.outcome()).isEqualTo(passes ? "approved" : "open");
        assertThat(by.at()).as("the chairman decides what failed").isEqualTo(passes ? null : "理事长");
    }

    @ParameterizedTest(name = "提名的核心会员能表决：{0}")
    @DisplayName("IGRS-20-X：破格升级，提名的核心会员投不投票按读法；不投的不算到会")
    @CsvSource({"true, 6, false", "false, 5, true"})
    void aNominatorVotesAsItIsRead(boolean votes, int electors, boolean passes) {
        String code = "nmr" + votes;
        law.put(
                code,
                Lawbook.withSettings(
                        law.of("igrs", MONDAY), Map.of(), Map.of("nominator-votes", Boolean.toString(votes))));
        Council council = cores(code, 6);
        long matter = in(code, MONDAY, () -> {
            Member candidate = enter("破格公司", "普通会员");
            CaseView upgrade = cases.open(new Opening(
                            "upgrade",
                            candidate.id(),
                            "",
                            "member",
                            List.of(),
                            null,
                            Map.of("to", "核心会员", "exceptional", "true"),
                            List.of(council.id(0))))
                    .get();
            cases.decide(upgrade.id(), Decision.of("秘书处", "approve", null, "test"));
            return upgrade.id();
        });
        Sitting met = meet(council, 6);

        Ballot open = in(
                        code,
                        MONDAY,
                        () -> ballots.open(
                                new Ballots.Wish(matter, "核心会员大会", Way.MEETING, false, null, "", met.id(), "test")))
                .get();
        assertThat(open.electors()).isEqualTo(electors);
        Ballot done = in(code, MONDAY, () -> ballots.close(open.id(), new Papers(4, 0, electors - 4), "test"))
                .get();

        assertThat(done.outcome())
                .as("four of six are exactly two thirds, four of five are more")
                .isEqualTo(passes ? Result.PASSED : Result.FAILED);
    }

    /** Core members of an association of its own, under the rulebook that was put in force for it. */
    private Council cores(String code, int size) {
        return in(code, MONDAY, () -> {
            List<Member> members = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                members.add(enter("核心" + (char) ('A' + i), "核心会员"));
            }
            return new Council(code, members, members.get(0), 0);
        });
    }

    private Sitting meet(Council council, int present) {
        return in(council.code(), MONDAY, () -> {
            Sitting planned =
                    sittings.plan("核心会员大会", MONDAY, "", "三楼", false, "", "t").get();
            int[] all = java.util.stream.IntStream.range(0, present).toArray();
            return sittings.mark(planned.id(), planned.version(), seats(council, all), "t")
                    .get();
        });
    }

    /** A motion that the secretariat has let through to the assembly. */
    private long downgrade(long target) {
        CaseView motion = cases.open(new Opening(
                        "downgrade", target, "", "秘书处", List.of("IGRS-23-1"), null, Map.of("to", "推广会员"), List.of()))
                .get();
        return cases.decide(motion.id(), Decision.of("秘书处", "approve", null, "test"))
                .get()
                .id();
    }

    @Test
    @DisplayName("DSIA 没有写比例：只计票，由人登记结果；没有表决的前一天催一次；纸票由人清点后才算完")
    void without_a_written_share_the_numbers_wait_for_a_person() {
        law.put("plain", law.of("dsia", MONDAY));
        List<Member> directors = new ArrayList<>();
        long matter = in("plain", MONDAY, () -> {
            for (int i = 0; i < 4; i++) {
                directors.add(roster.enter(NewMember.draft("理事" + i, Kind.UNIT, "会员")
                        .joined(LocalDate.of(2021, 7, 1))
                        .paidThrough(LocalDate.of(2026, 12, 31))
                        .post(i < 3 ? "理事" : "会员代表")
                        .done()));
            }
            return cases.open(Opening.byMember("nomination", directors.get(2).id(), Map.of("to", "常务理事")))
                    .get()
                    .id();
        });
        Ballot ballot = in(
                        "plain",
                        MONDAY,
                        () -> ballots.open(new Ballots.Wish(
                                matter, "理事会", Way.MAIL, true, MONDAY.plusDays(4), "无法集中", null, "test")))
                .get();
        assertThat(ballot.electors())
                .as("a delegate has no seat in the council")
                .isEqualTo(3);
        long first = directors.get(0).id();
        long second = directors.get(1).id();
        assertThat(in("plain", MONDAY, () -> box.paper(ballot.id(), first, null, "test"))
                        .isDone())
                .isTrue();
        assertThat(refused(in("plain", MONDAY, () -> ballots.cast(ballot.id(), first, Choice.FOR)))
                        .reason())
                .contains("纸质");
        assertThat(in("plain", MONDAY, () -> ballots.cast(ballot.id(), second, Choice.FOR))
                        .isDone())
                .isTrue();
        for (int day = 2; day < 6; day++) {
            LocalDate morning = MONDAY.plusDays(day);
            in("plain", morning, () -> {
                closing.run(morning);
                duty.run(morning);
                return true;
            });
        }
        assertThat(noticesOf("plain", directors.get(2)))
                .filteredOn(notice -> notice.about().equals("ballot"))
                .as("opened, and reminded once")
                .hasSize(2);
        assertThat(noticesOf("plain", directors.get(1)))
                .filteredOn(notice -> notice.about().equals("ballot"))
                .hasSize(1);
        LocalDate after = MONDAY.plusDays(5);
        assertThat(Tenant.in("plain", () -> box.find(ballot.id()).orElseThrow()).isToCount())
                .isTrue();
        assertThat(refused(in("plain", after, () -> ballots.close(ballot.id(), new Papers(1, 1, 0), "test")))
                        .reason())
                .contains("清点2张");
        Decision byHand = Decision.of("理事会", "approve", null, "test");
        assertThat(refused(in("plain", after, () -> cases.decide(matter, byHand)))
                        .reason())
                .contains("纸质表决票1张没有清点");
        Ballot done = in("plain", after, () -> ballots.close(ballot.id(), new Papers(0, 1, 0), "test"))
                .get();
        assertThat(done.outcome()).isEqualTo(Result.COUNTED);
        assertThat(done.says()).contains("参加2，同意1，反对1");
        assertThat(Tenant.in("plain", () -> cases.find(matter).orElseThrow().isOpen()))
                .isTrue();
        assertThat(in("plain", after, () -> cases.decide(matter, byHand)).get().outcome())
                .isEqualTo("approved");
    }
}
