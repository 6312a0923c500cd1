package io.homeroom.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.OnFiveRulebooks;
import io.homeroom.desk.Audit;
import io.homeroom.desk.AuditLine;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.review.Explain;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.LineChanges;
import io.homeroom.rulebook.Passages;
import io.homeroom.rulebook.Passages.Passage;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Rulebooks;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Nights;
import io.homeroom.testing.ShippedRulebook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@OnFiveRulebooks
@DisplayName("修订规则书：从某天起施行，留着每一版，不追溯；在办的照新的步骤往下走")
class EditionsTest {

    private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final String ASSEMBLY = "核心会员大会";

    @Autowired
    Editions editions;

    @Autowired
    Readings readings;

    @Autowired
    EditionBook book;

    @Autowired
    Gates gates;

    @Autowired
    Cases cases;

    @Autowired
    Roster roster;

    @Autowired
    Tasks tasks;

    @Autowired
    Explain explain;

    @Autowired
    Nights nights;

    @Autowired
    Notices notices;

    @Autowired
    Audit audit;

    @Autowired
    Lawbook law;

    @Autowired
    BusinessClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Test
    @DisplayName("IGRS-18-f 恰好三分之二改读作通过，从星期二起：星期一的表决照旧交理事长，星期二的通过")
    void exactlyTwoThirdsPassFromTheDayOn() {
        String code = association("igrs-two-thirds", "igrs");
        coreMembers(code);
        CaseView monday = atTheAssembly(code, "星期一公司");
        CaseView tuesday = atTheAssembly(code, "星期二公司");
        in(
                code,
                () -> enact(
                        readingChanged(
                                "exactly-two-thirds",
                                "denominator: 3}, exact: 秘书处",
                                "denominator: 3, inclusive: true}"),
                        TUESDAY,
                        "理事会解释"));
        assertThat(share(code, MONDAY).inclusive()).isFalse();
        assertThat(share(code, TUESDAY).inclusive()).isTrue();

        assertThat(vote(code, monday).at()).isEqualTo("理事长");
        clock.restart(TUESDAY.atTime(10, 0));
        CaseView passed = vote(code, tuesday);

        assertThat(passed.outcome()).isEqualTo("approved");
        assertThat(in(code, () -> cases.find(monday.id())).orElseThrow().at())
                .as("what was decided stays")
                .isEqualTo("理事长");
        assertThat(in(code, () -> audit.lines(null, 0, 20)))
                .extracting(AuditLine::act)
                .contains("rulebook-amended");
        assertThat(in(code, () -> editions.all()))
                .satisfiesExactly(
                        made -> {
                            assertThat(made.state()).isEqualTo(Edition.State.IN_FORCE);
                            assertThat(made.why()).isEqualTo("理事会解释");
                            assertThat(made.reading()).isEqualTo("exactly-two-thirds");
                        },
                        file -> assertThat(file.state()).isEqualTo(Edition.State.PAST));
        assertThat(in(code, () -> editions.changes("1")))
                .filteredOn(LineChanges.Change::added)
                .extracting(LineChanges.Change::text)
                .hasSize(4)
                .anySatisfy(line -> assertThat(line).contains("from: 2026-03-03"))
                .anySatisfy(line -> assertThat(line).contains("inclusive: true"));
    }

    @Test
    @DisplayName("不成立的修订说清楚为什么，什么也没改：有错、别家的、没改、过去的日子、没写理由、底稿旧了")
    void whatCannotBePutInForce() {
        String code = association("igrs-refused", "igrs");
        UnaryOperator<String> fewer = text -> text.replace("cap: 15", "cap: 12");

        assertThat(refusal(code, text -> text.replace("cap: 15", "cap: viele"), TUESDAY, "x"))
                .contains("1处写得不对", "行第", "整数");
        assertThat(refusal(code, text -> text("whjx"), TUESDAY, "x")).contains("这是协会 whjx 的规则书");
        assertThat(refusal(code, text -> "# 只加注释\r\n" + text, TUESDAY, "x")).contains("没有不同");
        assertThat(refusal(code, fewer, MONDAY.minusDays(1), "x")).contains("不能从过去的日子起");
        assertThat(refusal(code, fewer, null, "x")).contains("请写从哪天起施行");
        assertThat(refusal(code, fewer, TUESDAY, "  ")).contains("请写明为什么修订");
        assertThat(refusal(code, text -> text + "#".repeat(Editions.LONGEST), TUESDAY, "x"))
                .contains("太长");
        assertThat(in(code, () -> editions.all())).hasSize(1);

        Editions.Draft early = in(code, () -> draft(fewer, TUESDAY));
        assertThat(in(code, () -> editions.enact(early, "理事会决定", "one"))).isInstanceOf(Outcome.Done.class);
        assertThat(said(in(code, () -> editions.enact(early, "我也来", "two"))))
                .contains("第1号修订", "one 2026-03-02：理事会决定", "以它为底稿");
        assertThat(in(
                                code,
                                () -> editions.propose(new Editions.Draft(
                                        early.base(), early.text().replace("cap: 12", "cap: 13"), MONDAY, null)))
                        .notes())
                .singleElement()
                .satisfies(note -> assertThat(note).contains("2026-03-03起另有第1号修订"));
        jdbc.sql("update rule_edition set nth = 2 where association_id = :code")
                .param("code", code)
                .update();
        assertThat(said(in(
                        code,
                        () -> editions.enact(draft(text -> text.replace("cap: 12", "cap: 11"), TUESDAY), "x", "x"))))
                .as("two at once: the second finds the number taken")
                .contains("刚刚有人也改了规则书");
    }

    @Test
    @DisplayName("重启和另一台服务器都认得；撤回要在施行之前；同一天后来的那版算数；选定的读法仍盖在上面")
    void everyNodeReadsTheSameLaw() {
        String code = association("whjx-nodes", "whjx");
        in(
                code,
                () -> readings.choose("answer-days", "45", MONDAY, "理事会解释", "test")
                        .get());
        Lawbook other = node(code, "whjx");
        in(code, () -> enact(text -> text.replace("title: 会籍管理制度", "title: 新制度"), TUESDAY, "换名"));
        LocalDate later = MONDAY.plusMonths(1);
        in(code, () -> enact(text -> text.replace("title: 新制度", "title: 更新的制度"), later, "再换"));

        assertThat(other.of(code, TUESDAY).title()).as("not asked yet").isEqualTo("会籍管理制度");
        String before = other.print(code);
        other.refresh(code);
        for (Lawbook each : List.of(law, other, node(code, "whjx"))) {
            assertThat(each.of(code, MONDAY).title()).isEqualTo("会籍管理制度");
            assertThat(each.of(code, TUESDAY).title()).isEqualTo("新制度");
            assertThat(each.of(code, later).title()).isEqualTo("更新的制度");
            assertThat(each.of(code, later).reading("answer-days")).isEqualTo("45");
            assertThat(each.print(code)).isNotEqualTo(before).isEqualTo(law.print(code));
        }

        in(code, () -> editions.takeBack("2", "写错了", "test").get());
        other.refresh(code);
        assertThat(other.of(code, later).title()).isEqualTo("新制度");
        assertThat(in(code, () -> editions.find("2")).orElseThrow().takenBack()).contains("写错了");
        clock.restart(TUESDAY.atTime(10, 0));
        assertThat(said(in(code, () -> editions.takeBack("1", "也不要", "test")))).contains("已经施行，不能撤回");
        in(code, () -> enact(text -> text.replace("title: 新制度", "title: 改回来"), TUESDAY, "当天更正"));
        assertThat(law.of(code, TUESDAY).title()).isEqualTo("改回来");
        assertThat(in(code, () -> editions.find("1")).orElseThrow().state()).isEqualTo(Edition.State.REPLACED);
    }

    @Test
    @DisplayName("换了程序读不了的一版：逐条报错、说怎么办，启动不了；已在运行的照旧")
    void anEditionThatThisProgramCannotReadIsNoLaw() {
        String code = association("whjx-unreadable", "whjx");
        in(code, () -> enact(text -> text.replace("title: 会籍管理制度", "title: 新制度"), TUESDAY, "换名"));
        Lawbook running = node(code, "whjx");
        jdbc.sql("insert into rule_edition select association_id, 2, from_on, null, replace(rules, 'nickname:',"
                        + " 'nick:'), 1, null, null, why, set_on, set_by from rule_edition where association_id ="
                        + " :code")
                .param("code", code)
                .update();

        assertThatThrownBy(() -> node(code, "whjx"))
                .isInstanceOf(UnreadableEdition.class)
                .hasMessageContaining("whjx-unreadable第2号修订（2026-03-03起）:5:1: 没有“nick”这个键")
                .hasMessageContaining("rulebook restate");
        assertThatThrownBy(() -> running.refresh(code)).isInstanceOf(UnreadableEdition.class);
        assertThat(running.of(code, TUESDAY).title()).isEqualTo("新制度");
    }

    @Test
    @DisplayName("换版之日在办的：办完的步骤不重来，换成别的步骤的照新的走；没有了的事项说明白再终止；夜里不出错")
    void casesGoOnByTheNewSteps() {
        String code = association("igrs-turn", "igrs");
        UnaryOperator<String> amended = text -> cut(cut(text, "  sanction:", "  withdrawal:"), "sanctions:", "watch:")
                .replace("at: cases/sanction/stages", "at: cases/downgrade/stages")
                .replace("cases/admission/stages/核心会员大会", "cases/admission/stages/会员大会")
                .replaceFirst("      - at: 核心会员大会\n", "      - at: 会员大会\n")
                .replace("推广会员", "推广成员");
        in(code, () -> enact(amended, TUESDAY, "章程修改"));
        coreMembers(code);
        Member promoter = member(code, "推广公司", "推广会员");
        Member falling = member(code, "降级公司", "核心会员");
        CaseView admission = atTheAssembly(code, "在办公司");
        CaseView sanction = sanction(code, promoter);
        CaseView fall = in(
                code,
                () -> cases.open(new Opening(
                                "downgrade",
                                falling.id(),
                                "",
                                "秘书处",
                                List.of("IGRS-23-1"),
                                List.of(),
                                Map.of("to", "推广会员"),
                                List.of()))
                        .get());
        night(code, MONDAY);
        assertThat(in(code, () -> cases.find(admission.id())).orElseThrow().at())
                .isEqualTo(ASSEMBLY);
        assertThat(alerts(code)).as("the grade is still there").isEmpty();

        night(code, TUESDAY);
        in(code, () -> nights.again(code, TUESDAY));

        assertThat(in(code, () -> cases.find(admission.id())).orElseThrow().at())
                .isEqualTo("会员大会");
        assertThat(in(code, () -> cases.find(sanction.id())).orElseThrow().outcome())
                .isEqualTo("lapsed");
        assertThat(in(code, () -> cases.find(fall.id())).orElseThrow().outcome())
                .isEqualTo("lapsed");
        assertThat(in(
                        code,
                        () -> notices.search(
                                NoticeSearch.all().member(promoter.id()).about("decision"))))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("已终止", "没有这类事项"));
        assertThat(in(
                        code,
                        () -> notices.search(
                                NoticeSearch.all().member(falling.id()).about("decision"))))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("已终止", "没有推广会员"));
        assertThat(alerts(code))
                .singleElement()
                .satisfies(task -> assertThat(task).contains("没有“推广会员”这个等级", "1家（推广公司）", "加回来"));
        assertThat(in(code, () -> notices.search(NoticeSearch.all().about("rulebook"))))
                .singleElement()
                .satisfies(notice -> assertThat(notice.to()).isEqualTo("秘书处"));
        assertThat(in(code, () -> explain.explain(promoter.id(), TUESDAY)).sentence())
                .isNotBlank();
        in(
                code,
                () -> cases.decide(admission.id(), new Decision("会员大会", false, null, null, 4, 4, 0, "test"))
                        .get());
        assertThat(in(code, () -> cases.find(admission.id())).orElseThrow().outcome())
                .isEqualTo("approved");
        night(code, LocalDate.parse("2027-02-01"));
        assertThat(alerts(code)).hasSize(1);

        in(code, () -> enact(text -> text.replace("推广成员", "推广会员"), clock.today(), "加回来"));
        assertThat(law.of(code, clock.today()).grade("推广会员")).isPresent();
    }

    @Test
    @DisplayName("还有会员的等级、还有人任的职务、还有案件停着的步骤，去掉的修订不收：说有几家、是谁、先办什么；办好了就收")
    void whatIsInUseIsNotTakenAway() {
        String code = association("igrs-in-use", "igrs");
        coreMembers(code);
        UnaryOperator<String> renamed = text -> text.replace("推广会员", "推广成员");
        UnaryOperator<String> moved =
                text -> text.replace("cases/admission/stages/核心会员大会", "cases/admission/stages/会员大会")
                        .replaceFirst("      - at: 核心会员大会\n", "      - at: 会员大会\n");
        UnaryOperator<String> lenient = text -> cut(cut(text, "  sanction:", "  withdrawal:"), "sanctions:", "watch:")
                .replace("at: cases/sanction/stages", "at: cases/downgrade/stages");
        assertThat(in(code, () -> editions.propose(draft(renamed, TUESDAY)).against()))
                .as("nobody has it")
                .isNull();

        Member first = member(code, "推广公司", "推广会员");
        assertThat(refusal(code, renamed, TUESDAY, "x")).isEqualTo("这一版没有“推广会员”这个等级，名册里还有1家（推广公司）：先给它们换好等级，或者留着这个等级");
        member(code, "推广二", "推广会员");
        member(code, "推广三", "推广会员");
        assertThat(refusal(code, renamed, LocalDate.parse("2027-01-01"), "x")).contains("3家（推广公司、推广二、推广三）");
        member(code, "推广四", "推广会员");
        assertThat(refusal(code, renamed, MONDAY, "x")).contains("4家（推广公司、推广二、推广三等）");

        CaseView sanction = sanction(code, first);
        assertThat(refusal(code, lenient, TUESDAY, "x")).isEqualTo("这一版没有“处理”这类事项，还有1件（推广公司）在办：先办完，或者留着");
        CaseView admission = atTheAssembly(code, "在办公司");
        assertThat(refusal(code, text -> renamed.apply(moved.apply(text)), TUESDAY, "x"))
                .contains("没有“推广会员”这个等级", "；这一版的入会申请没有“核心会员大会”这一步，还有1件（在办公司）在办：先办完，或者留着");
        assertThat(in(code, () -> editions.all())).hasSize(1);
        String chair = "- {at: 理事长, only-if-failed: true, cite: IGRS-18-f}";
        UnaryOperator<String> longer =
                text -> text.replace(chair, String.join("\n      ", "- {at: 会员大会, cite: IGRS-18-f}", chair));
        assertThat(in(code, () -> editions.propose(draft(longer, TUESDAY)))).satisfies(proposal -> {
            assertThat(proposal.against()).as("where it stands is still there").isNull();
            assertThat(proposal.notes()).anySatisfy(note -> assertThat(note).contains("入会申请1件", "步骤有变"));
        });

        vote(code, admission);
        in(code, () -> cases.decide(sanction.id(), Decision.of("秘书处", "reject", "情节轻微", "test")));
        in(code, () -> {
            for (Member one :
                    roster.search(new Search(null, null, "推广会员", null, 0, 10)).items()) {
                roster.record(
                        one.id(),
                        Entry.of(EntryKind.GRADE, MONDAY, "IGRS-23-a", "test").with("grade", "普通会员"));
            }
            return true;
        });
        in(code, () -> enact(renamed, TUESDAY, "都换好了"));
        night(code, TUESDAY);
        assertThat(alerts(code)).isEmpty();
    }

    @Test
    @DisplayName("还有人任的职务：去掉的修订不收；规则书文件换掉了它，那一夜照跑，秘书处得到一件待办，只一次")
    void aPostThatIsHeldIsNotTakenAway() {
        String code = association("dsia-post", "dsia");
        String post = "监事";
        Member holder = in(
                code,
                () -> roster.enter(NewMember.draft(
                                "任职公司",
                                Kind.UNIT,
                                law.of(MONDAY).grades().get(0).name())
                        .joined(LocalDate.parse("2020-03-01"))
                        .paidThrough(LocalDate.parse("2026-12-31"))
                        .post(post)
                        .done()));
        night(code, MONDAY);
        String without = text("dsia").replace(post, "监察");
        assertThat(Rulebooks.read("dsia.yaml", without).faults()).isEmpty();
        assertThat(refusal(code, text -> without, TUESDAY, "x"))
                .isEqualTo("这一版没有“" + post + "”这个职务，还有1家（任职公司）在任：先登记它们离任，或者留着这个职务");

        law.put(code, Rulebooks.read("dsia.yaml", without).rulebook().orElseThrow(), without);
        night(code, TUESDAY);
        night(code, TUESDAY.plusDays(1));

        assertThat(alerts(code))
                .singleElement()
                .satisfies(task -> assertThat(task).contains("没有“" + post + "”这个职务", "1家（任职公司）", "加回来"));
        assertThat(in(code, () -> explain.explain(holder.id(), TUESDAY)).sentence())
                .isNotBlank();
    }

    @Test
    @DisplayName("规则书文件换了、重启之后的那一夜：在办的照新文件的步骤往下走")
    void casesGoOnByAReplacedFile() {
        String code = association("igrs-file", "igrs");
        coreMembers(code);
        CaseView admission = atTheAssembly(code, "在办公司");
        night(code, MONDAY);
        String replaced = text("igrs")
                .replace("cases/admission/stages/核心会员大会", "cases/admission/stages/会员大会")
                .replaceFirst("      - at: 核心会员大会\n", "      - at: 会员大会\n");
        Rulebooks.Reading read = Rulebooks.read("igrs.yaml", replaced);
        assertThat(read.faults()).isEmpty();
        law.put(code, read.rulebook().orElseThrow(), replaced);

        night(code, TUESDAY);

        assertThat(in(code, () -> cases.find(admission.id())).orElseThrow().at())
                .isEqualTo("会员大会");
        in(
                code,
                () -> cases.decide(admission.id(), new Decision("会员大会", false, null, null, 4, 4, 0, "test"))
                        .get());
        assertThat(in(code, () -> cases.find(admission.id())).orElseThrow().outcome())
                .isEqualTo("approved");
    }

    // ---- what the stories stand on

    private String association(String code, String rulebook) {
        clock.restart(MONDAY.atTime(10, 0));
        law.put(code, ShippedRulebook.of(rulebook), text(rulebook));
        return code;
    }

    private void coreMembers(String code) {
        in(code, () -> {
            for (String name : List.of("甲公司", "乙公司", "丙公司")) {
                roster.enter(NewMember.draft(name, Kind.UNIT, "核心会员")
                        .joined(LocalDate.parse("2020-03-01"))
                        .paidThrough(LocalDate.parse("2026-12-31"))
                        .done());
            }
            return true;
        });
    }

    private Member member(String code, String name, String grade) {
        return in(
                code,
                () -> roster.enter(NewMember.draft(name, Kind.UNIT, grade)
                        .joined(LocalDate.parse("2020-03-01"))
                        .paidThrough(LocalDate.parse("2026-12-31"))
                        .done()));
    }

    private CaseView sanction(String code, Member member) {
        return in(
                code,
                () -> cases.open(new Opening(
                                "sanction",
                                member.id(),
                                "",
                                "秘书处",
                                List.of("IGRS-22-a"),
                                List.of(),
                                Map.of("to", "警告"),
                                List.of()))
                        .get());
    }

    /** What the office was told to see to. */
    private List<String> alerts(String code) {
        return in(
                        code,
                        () -> tasks.search(
                                TaskSearch.unfinished().what("rulebook").page(0, 10)))
                .stream()
                .map(Task::text)
                .toList();
    }

    private CaseView atTheAssembly(String code, String name) {
        return in(code, () -> {
            CaseView filed = cases.apply(new Application(
                            null,
                            name,
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
            cases.decide(filed.id(), Decision.of("秘书处", "approve", null, "test"))
                    .get();
            return cases.file(filed.id(), List.of("工作设想"), "test").get();
        });
    }

    /** Two of the three present are in favour. */
    private CaseView vote(String code, CaseView file) {
        return in(
                code,
                () -> cases.decide(file.id(), new Decision(ASSEMBLY, false, null, null, 3, 2, 1, "test"))
                        .get());
    }

    private Rulebook.Share share(String code, LocalDate day) {
        return java.util.Objects.requireNonNull(law.of(code, day)
                        .cases()
                        .get("admission")
                        .stages()
                        .get(1)
                        .counted())
                .share();
    }

    /** What a page does: the lines of the reading's places, changed, in the whole text. */
    private Editions.Draft readingChanged(String key, String text, String instead) {
        Edition base = editions.newest();
        String whole = editions.text(base.version()).orElseThrow();
        Rulebook written = law.of(MONDAY);
        List<Passage> passages =
                Passages.at(whole, written, written.readings().get(key).at());
        List<String> changed = new ArrayList<>();
        passages.forEach(one -> changed.add(one.text().replace(text, instead)));
        return new Editions.Draft(base.version(), Passages.splice(whole, passages, changed), TUESDAY, key);
    }

    private Editions.Draft draft(UnaryOperator<String> change, @Nullable LocalDate from) {
        Edition base = from == null ? editions.newest() : editions.on(from);
        return new Editions.Draft(
                base.version(), change.apply(editions.text(base.version()).orElseThrow()), from, null);
    }

    private Edition enact(UnaryOperator<String> change, LocalDate from, String why) {
        return enact(draft(change, from), from, why);
    }

    private Edition enact(Editions.Draft draft, LocalDate from, String why) {
        assertThat(draft.from()).isEqualTo(from);
        return editions.enact(draft, why, "test").get();
    }

    private String refusal(String code, UnaryOperator<String> change, @Nullable LocalDate from, String why) {
        return said(in(code, () -> editions.enact(draft(change, from), why, "test")));
    }

    private static String said(Outcome<Edition> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<Edition>) outcome).refusal().reason();
    }

    /** A server that starts: its own law, the same tables. */
    private Lawbook node(String code, String rulebook) {
        Lawbook own = new Lawbook();
        own.put(code, ShippedRulebook.of(rulebook), text(rulebook));
        new Resolutions(own, gates, readings, book, transactions).afterSingletonsInstantiated();
        return own;
    }

    private void night(String code, LocalDate day) {
        clock.restart(day.atStartOfDay());
        assertThat(nights.catchUp(code, day).failed()).isFalse();
        clock.restart(day.atTime(10, 0));
    }

    private static String cut(String text, String from, String to) {
        int begin = text.indexOf("\n" + from) + 1;
        int end = text.indexOf("\n" + to, begin) + 1;
        assertThat(begin).isPositive();
        assertThat(end).isPositive();
        return text.substring(0, begin) + text.substring(end);
    }

    private static String text(String code) {
        try {
            return Files.readString(Path.of("config/rulebooks", code + ".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T in(String code, Supplier<T> work) {
        return Tenant.in(code, work);
    }
}
