package io.homeroom.chat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.homeroom.casework.Applications;
import io.homeroom.casework.Ballots;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.DataChecks;
import io.homeroom.casework.Enrolments;
import io.homeroom.casework.Itineraries;
import io.homeroom.casework.Itinerary;
import io.homeroom.casework.Prices;
import io.homeroom.casework.Prospects;
import io.homeroom.casework.Rights;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.dues.Bill;
import io.homeroom.dues.BillKind;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.governance.Ballot;
import io.homeroom.governance.BallotBox;
import io.homeroom.governance.Excuses;
import io.homeroom.governance.Meetings;
import io.homeroom.governance.Sitting;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Bindings;
import io.homeroom.member.Bound;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.EndedAs;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.review.Explain;
import io.homeroom.review.Explanation;
import io.homeroom.rulebook.Finding;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.testing.ShippedRulebook;
import io.homeroom.testing.TestDatabase;
import io.homeroom.till.BankAccounts;
import io.homeroom.till.Method;
import io.homeroom.till.PayLinks;
import io.homeroom.till.PayState;
import io.homeroom.till.Payment;
import io.homeroom.till.Till;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayName("公众号里的对话")
class ConversationTest {

    private static final Lockbox BOX = new Lockbox(List.of(Lockbox.freshKey()));
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 19);
    private static final long UNIT = 11;
    private static final long SECOND = 12;
    private static final String LIAISON = "oLiaison";
    private static final String STRANGER = "oStranger";
    private static final Pattern CITED = Pattern.compile("〔([^〕]+)〕");

    private final Bindings bindings = mock(Bindings.class);
    private final Contacts contacts = mock(Contacts.class);
    private final Roster roster = mock(Roster.class);
    private final Bills bills = mock(Bills.class);
    private final Till till = mock(Till.class);
    private final Classes classes = mock(Classes.class);
    private final Tasks tasks = mock(Tasks.class);
    private final Applications applications = mock(Applications.class);
    private final Cases cases = mock(Cases.class);
    private final Itineraries itineraries = mock(Itineraries.class);
    private final Prospects prospects = mock(Prospects.class);
    private final BankAccounts accounts = mock(BankAccounts.class);
    private final Map<Long, Member> known = new HashMap<>();
    private final Ballots ballots = mock(Ballots.class);
    private final Excuses excuses = mock(Excuses.class);
    private final DataChecks checks = mock(DataChecks.class);
    private final Rights rights = mock(Rights.class);
    private final Prices prices = mock(Prices.class);
    private final Explain explain = mock(Explain.class);
    private final List<Tell> told = new ArrayList<>();
    private final ApplicationEventPublisher events = event -> {
        if (event instanceof Tell tell) {
            told.add(tell);
        }
    };
    private final Lawbook laws = new Lawbook();
    private final MockEnvironment environment = new MockEnvironment();
    private final Clock wire = Clock.fixed(Instant.parse("2026-03-19T02:00:00Z"), ZoneOffset.UTC);
    private final BusinessClock clock = BusinessClock.at(TODAY.atTime(10, 0));

    private List<Reasons.Reason> now = List.of();
    private List<Reasons.Reason> ahead = List.of();
    private List<Bill> owed = List.of();
    private Set<String> requests = Set.of();
    private EndedAs endedAs = EndedAs.EXPELLED;
    private JdbcClient jdbc;
    private Memory memory;
    private Conversation conversation;
    private Answers answers;
    private TransactionTemplate transaction;

    @BeforeEach
    void furnish() throws IOException {
        TestDatabase database = TestDatabase.fresh();
        DriverManagerDataSource source =
                new DriverManagerDataSource(database.url(), database.user(), database.password());
        new ResourceDatabasePopulator(
                        new FileSystemResource("sql/V050__chat.sql"),
                        new FileSystemResource("sql/V070__chat_question.sql"),
                        new FileSystemResource("sql/V310__chat_exchange.sql"),
                        new FileSystemResource("sql/V335__answer_once.sql"))
                .execute(source);
        jdbc = JdbcClient.create(source);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
        for (String code : List.of("igrs", "dsia", "bacca", "aii", "whjx")) {
            laws.put(code, ShippedRulebook.of(code));
        }
        memory = new Memory(jdbc, clock, wire);
        PayLinks links = new PayLinks("https://hr.example", BOX, wire);
        MemberAnswers memberAnswers =
                new MemberAnswers(bills, till, classes, tasks, laws, this::explained, links, accounts, clock);
        answers = new Answers(roster, laws, clock, events);
        BallotAnswers ballotAnswers = new BallotAnswers(ballots, memory, laws, clock, links);
        ExcuseAnswers excuseAnswers = new ExcuseAnswers(excuses, roster, memory, laws, clock);
        Handover handover = new Handover(memory, classes, tasks, clock, events);
        Ties ties = new Ties(memory, bindings, contacts, roster, classes, laws, clock, events);
        Guidance guidance =
                new Guidance(memory, new Bylaws(environment, new DefaultResourceLoader()), classes, laws, clock);
        BranchAnswers branchAnswers = new BranchAnswers(mock(Enrolments.class), roster, memory, laws, links, clock);
        Answering answering = new Answering(
                memberAnswers,
                new DayAnswers(explain, laws, clock),
                ballotAnswers,
                excuseAnswers,
                new DataAnswers(checks, laws, clock),
                new CaseAnswers(applications, cases, itineraries, prospects, links, laws, clock),
                new RightsAnswers(rights, prices, laws, links, clock),
                branchAnswers,
                new RefundAnswers(bills, till, laws, clock),
                answers,
                handover,
                ties,
                guidance,
                laws,
                clock);
        conversation = new Conversation(
                memory,
                ties,
                mock(CircularWords.class),
                mock(NeedWords.class),
                mock(ChangeWords.class),
                branchAnswers,
                new OpenQuestions(
                        memory, ballotAnswers, excuseAnswers, branchAnswers, handover, answering, guidance, ties),
                answering,
                guidance);
        when(accounts.current())
                .thenReturn(Optional.of(new BankAccounts.BankAccount("示例协会", "6222 0000 0000", "示例银行")));
        Optional<StaffMember> zhoumin =
                Optional.of(new StaffMember(7, "zhoumin", "周敏", "zhoumin", "13612342001", Set.of(), Set.of(), true));
        when(classes.teacherOf(anyLong())).thenReturn(zhoumin);
        when(classes.teacherOf(any(Member.class))).thenReturn(zhoumin);
        when(bindings.of(any())).thenReturn(List.of());
        when(bindings.current(any())).thenReturn(Optional.empty());
        when(checks.unchanged(anyLong(), any())).thenAnswer(call -> Outcome.done(known.get(call.<Long>getArgument(0))));
        when(bills.of(anyLong())).thenAnswer(call -> owed);
        when(bills.owed(anyLong())).thenReturn(Money.ZERO);
        when(bills.paidThrough(anyLong(), any())).thenReturn(Optional.empty());
        bind(new Tie(UNIT, 21, Role.LIAISON, true));
        member(UNIT, "江城建工集团", "会员", Standing.ACTIVE);
    }

    @AfterEach
    void leave() {
        assertThat(Tenant.isEntered()).isFalse();
    }

    // ---- standing

    @ParameterizedTest
    @ValueSource(strings = {"为什么 2027-04-01", "2027年4月1日会怎样，为什么", "依据 2027.4.1"})
    @DisplayName("为什么加一天：那一天的结论带条款和怎样改变，缺放假安排的年份照实说")
    void anotherDayCanBeAskedAbout(String said) {
        LocalDate day = LocalDate.of(2027, 4, 1);
        when(explain.explain(UNIT, day))
                .thenReturn(new Explanation(
                        day,
                        "",
                        List.of(new Finding(
                                List.of("WHJX-12-1"), "unpaid-a-year", "会费满一年未交清", day, Map.of(), "交清即停止", 80)),
                        List.of(),
                        "交清即停止",
                        null,
                        List.of(2027)));

        assertThat(hear("whjx", said).text().lines())
                .containsExactly(
                        "江城建工集团，2027年4月1日（假定此后没有新的事）：",
                        "依据：会费满一年未交清；交清即停止〔第十二条（一）〕。",
                        "2027年的放假安排还没有收进日历，其中的期限只按周末顺延，收进之后可能变动。");
    }

    @Test
    @DisplayName("为什么加一个日历上没有的日子：说清哪里不对，给一个能用的例子，什么也不查")
    void aDayThatIsNoneIsRefused() {
        assertThat(hear("whjx", "为什么 2027-02-30").text()).isEqualTo("日历上没有“2027-02-30”这一天。请写明哪一天，例如「为什么 2027-04-01」。");
        assertThat(hear("whjx", "为什么 2090-01-01").text()).startsWith("只能看1949年以来、20年以内的日子。");
        verifyNoInteractions(explain);
    }

    @Test
    @DisplayName("状态：先答结论，再说会费、期限和班主任，最后给三件可做的事")
    void standingAnswersFirst() {
        owes("whjx", new Money(800_000), LocalDate.of(2026, 3, 31));
        Reply reply = hear("whjx", "我们现在什么情况");
        assertThat(reply.text())
                .startsWith("江城建工集团（会员）资格正常。\n")
                .contains("2026年度会费 ¥8,000.00 尚未到账，3月31日 周二到期，还有12天〔第五条（五）〕。")
                .contains("班主任：周敏 136****2001")
                .doesNotContain("13612342001");
        assertThat(reply.asText()).endsWith("回复「缴费」立即办理 ·「为什么」看依据 ·「班主任」联系周老师");
    }

    @Test
    @DisplayName("状态：终止、暂停、申请中都说清从哪天起、依哪一条")
    void standingNamesTheDayAndTheClause() {
        now = List.of(new Reasons.Reason("suspended", "一年未交会费，会员权利暂停", List.of("BACCA-38")));
        member(UNIT, "江城动漫", "会员单位", Standing.SUSPENDED);
        assertThat(hear("bacca", "状态").text()).startsWith("江城动漫（会员单位）会员权利已暂停，自2026年1月1日起〔第三十八条〕。");
        now = List.of(new Reasons.Reason("ended", "会员资格已终止", List.of("BACCA-38")));
        member(UNIT, "江城动漫", "会员单位", Standing.ENDED);
        assertThat(hear("bacca", "状态").text()).startsWith("江城动漫（会员单位）会籍已终止（除名），2026年2月2日〔第三十八条〕。");
        member(UNIT, "江城动漫", "会员单位", Standing.APPLICANT);
        assertThat(hear("bacca", "状态").text()).contains("入会申请正在办理，还不是会员");
    }

    @Test
    @DisplayName("权益：BACCA-27-4、27-7、27-11 现在有哪些权利、参加活动付多少，逐项写依据；没有会员价的说按原价")
    void rightsAndPricesAreToldWithTheirClauses() {
        member(UNIT, "江城动漫", "会员单位", Standing.ACTIVE);
        when(rights.of(UNIT)).thenReturn(Map.of("any-right", true, "seminar", true, "priority", false));
        when(rights.passes(UNIT)).thenReturn(2);
        when(prices.offers(UNIT))
                .thenReturn(List.of(
                        new Prices.Offer("event", "研讨、论坛、年会", 80, List.of(), List.of("BACCA-27-4"), Optional.empty()),
                        new Prices.Offer("training", "专业培训", 0, List.of(), List.of("BACCA-27-5"), Optional.empty()),
                        new Prices.Offer(
                                "branch", "分支机构的活动", 80, List.of("动漫分会"), List.of("BACCA-27-7"), Optional.empty()),
                        new Prices.Offer(
                                "exhibit",
                                "小微企业参展",
                                80,
                                List.of(),
                                List.of("BACCA-27-10"),
                                Optional.of(new Refusal(List.of("BACCA-27-10"), "只给小微企业", null)))));

        assertThat(hear("bacca", "我们参加培训怎么收费").text().lines())
                .startsWith(
                        "「江城动漫」现在有：参加研讨。",
                        "研讨、论坛、年会：原价的80%〔第二十七条（四）〕。",
                        "专业培训：免费〔第二十七条（五）〕。",
                        "分支机构的活动（动漫分会）：原价的80%〔第二十七条（七）〕。",
                        "小微企业参展：按原价〔第二十七条（十）〕。",
                        "每次活动免费参会证件2张〔第二十七条（十一）〕。")
                .last()
                .asString()
                .contains("/m/");
    }

    @ParameterizedTest(name = "{0}：问{1}")
    @CsvSource({"aii, 秘书处", "whjx, 班主任"})
    @DisplayName("权益：规则没有写活动价格的协会，用一句话说没有，以通知为准，问谁；写了的不说")
    void whereTheRulesNameNoPricesItSaysSo(String code, String whom) {
        member(UNIT, "江城智造", code.equals("aii") ? "普通会员单位" : "会员", Standing.ACTIVE);
        when(rights.of(UNIT)).thenReturn(Map.of("meetings", true));
        when(prices.offers(UNIT)).thenReturn(List.of());
        assertThat(hear(code, "活动价格多少").text().lines())
                .startsWith("「江城智造」现在有：参加会议活动。", "本协会的规则没有规定活动价格，以每次活动的通知为准，可以问" + whom + "。");
        when(prices.offers(UNIT))
                .thenReturn(List.of(
                        new Prices.Offer("event", "年会", 80, List.of(), List.of("BACCA-27-4"), Optional.empty())));
        assertThat(hear("bacca", "活动价格多少").text()).doesNotContain("没有规定活动价格");
    }

    @ParameterizedTest
    @CsvSource({"DEEMED_WITHDRAWN, true", "WITHDRAWN, false"})
    @DisplayName("WHJX-13 申诉只在会籍这样终止之后才提起：视为退会的可以，自己退会的没有")
    void anAppealIsOfferedWhereThereIsOne(EndedAs how, boolean offered) {
        endedAs = how;
        now = List.of(new Reasons.Reason("ended", "会籍已终止", List.of("WHJX-14")));
        member(UNIT, "江城建工集团", "会员", Standing.ENDED);

        assertThat(hear("whjx", "为什么").asText().contains("「申诉」")).isEqualTo(offered);
    }

    @Test
    @DisplayName("为什么：依据、你单位的事实、往后会怎样、怎样停止")
    void whyExplains() {
        owes("whjx", new Money(800_000), LocalDate.of(2026, 3, 31));
        now = List.of(new Reasons.Reason("unpaid-a-year", "一年以上未缴会费的，先书面告知", List.of("WHJX-12-1")));
        ahead = List.of(new Reasons.Reason("unpaid-a-year", "2027年4月1日 周四起列入告知名单", List.of("WHJX-12-0")));
        Reply reply = hear("whjx", "为什么");
        assertThat(reply.asText()).as("nothing has ended yet").doesNotContain("申诉");
        assertThat(reply.text())
                .contains("依据：一年以上未缴会费的，先书面告知〔第十二条（一）〕。")
                .contains("2026年度会费 ¥8,000.00：按年度标准全额〔第五条（五）〕。")
                .contains("2027年4月1日 周四起列入告知名单〔第十二条〕。")
                .contains("任何一天缴清");
    }

    // ---- ballots

    @Test
    @DisplayName("表决：列出、选数字、连同选择确认一次才投出；选了什么不回显，也不留在对话里")
    void aVoteIsCastOnceConfirmedAndNeverKeptInTheDialogue() {
        Ballot ballot = new Ballot(
                41,
                5,
                0,
                "理事会",
                "江城水务升级（理事单位）",
                Ballot.Way.ONLINE,
                true,
                null,
                "成员分散",
                List.of("AII-23-b"),
                TODAY,
                TODAY.plusDays(3),
                9,
                9,
                2,
                0,
                Ballot.State.OPEN,
                null,
                null,
                null,
                null,
                null,
                "");
        when(ballots.openTo(UNIT)).thenReturn(List.of(ballot));
        when(ballots.cast(41, UNIT, Ballot.Choice.FOR))
                .thenReturn(Outcome.done(new BallotBox.Receipt("ABCDE-FGHJK", false)));

        assertThat(hear("aii", "投票").text())
                .contains("江城水务升级", "无记名", "1 同意  2 反对  3 弃权", "https://hr.example/m/aii/ballots/41");
        assertThat(hear("aii", "1").text()).contains("确认同意", "确认反对", "不重复");
        verify(ballots, never()).cast(anyLong(), anyLong(), any());
        assertThat(hear("aii", "确认同意").text()).contains("已投", "ABCDE-FGHJK").doesNotContain("同意");
        verify(ballots).cast(41, UNIT, Ballot.Choice.FOR);
        assertThat(jdbc.sql("select body from chat_line where speaker = 'person' order by id")
                        .query(String.class)
                        .list())
                .containsExactly("投票", "（表决内容不记录）", "（表决内容不记录）");
        assertThat(hear("aii", "确认同意").text()).as("nothing waits any more").contains("没有等你确认");
    }

    // ---- meetings

    @Test
    @DisplayName("请假：先说后果和依据，派人代要名字，不许代的说明条款，问的还开着；改主意再回复")
    void aMeetingIsExcusedFrom() {
        Sitting sitting =
                new Sitting(51, "理事会", TODAY.plusDays(7), "14:00", "总部三楼", false, "", Sitting.State.PLANNED, 3, null);
        when(excuses.invited(UNIT)).thenReturn(List.of(sitting));
        when(excuses.terms(eq("理事会"), any()))
                .thenReturn(new Excuses.Terms(true, false, List.of("DSIA-4-3f"), true, List.of("DSIA-4-3e")));
        when(excuses.excuse(51, UNIT, "外人甲", Meetings.StandIn.OTHER, "", "member:" + UNIT))
                .thenReturn(
                        Outcome.refused(new io.homeroom.ground.Refusal(List.of("DSIA-4-3f"), "理事会只能由本单位的人代为出席", null)));
        when(excuses.excuse(51, UNIT, "王力", Meetings.StandIn.OWN, "", "member:" + UNIT))
                .thenReturn(Outcome.done(new Sitting.Seat(UNIT, Sitting.Mark.OWN, "王力")));
        when(excuses.excuse(51, UNIT, null, Meetings.StandIn.OWN, "出差", "member:" + UNIT))
                .thenReturn(Outcome.done(new Sitting.Seat(UNIT, Sitting.Mark.EXCUSED, "出差")));

        assertThat(hear("dsia", "理事会我们要请假").text()).contains("3月26日", "14:00 理事会", "请假仍记为一次缺席〔第四条", "由 王力 代");
        verify(excuses, never()).excuse(anyLong(), anyLong(), any(), any(), any(), any());
        assertThat(hear("dsia", "由外单位外人甲代").text()).contains("没有记下：理事会只能由本单位的人", "〔第四条");
        assertThat(hear("dsia", "由 王力 代").text()).contains("记下了：本单位人员代为出席，王力");
        assertThat(hear("dsia", "请假").text()).contains("回复「1」请假");
        assertThat(hear("dsia", "1 出差").text()).contains("记下了：请假，出差");
        when(excuses.invited(UNIT)).thenReturn(List.of());
        assertThat(hear("dsia", "请假").text()).contains("没有等你单位参加的会议");
    }

    // ---- money

    @ParameterizedTest
    @ValueSource(strings = {"igrs", "whjx"})
    @DisplayName("不再是会员的：不说会安排班主任，不教退会、升级，没有欠的不给缴费；欠着的不说缴清就停")
    void whoIsNoMemberAnyMoreIsToldSo(String code) {
        member(UNIT, "江城建工集团", "观察会员", Standing.ENDED);
        when(classes.teacherOf(any(Member.class))).thenReturn(Optional.empty());
        assertThat(hear(code, "班主任").text()).contains("不再有班主任").doesNotContain("会安排");
        assertThat(hear(code, "退会").text()).startsWith("江城建工集团已经不是会员，不用再退会。");
        assertThat(hear(code, "升级").text()).startsWith("江城建工集团已经不是会员，没有级别可升。");
        assertThat(hear(code, "帮助").text()).contains("入会 · 进度").doesNotContain("退会", "升级", "请假");
        for (String said : List.of("票据", "对公转账", "账单", "缴费")) {
            assertThat(hear(code, said).suggestions())
                    .as(said)
                    .extracting(Suggestion::word)
                    .doesNotContain("缴费");
        }
        owes(code, new Money(600_000), LocalDate.of(2026, 6, 30));
        assertThat(hear(code, "票据").suggestions()).extracting(Suggestion::word).contains("缴费");
        assertThat(hear(code, "为什么").text()).contains("¥6,000.00 尚未到账").doesNotContain("程序即停止");
    }

    @Test
    @DisplayName("还在申请的：退会、升级、入会、为什么都说到办理中的申请，去处是进度；班主任入会以后才有")
    void whoAppliesIsToldOfItsApplication() {
        member(UNIT, "江城建工集团", "观察会员", Standing.APPLICANT);
        when(classes.teacherOf(any(Member.class))).thenReturn(Optional.empty());
        for (String said : List.of("退会", "升级", "入会", "为什么", "状态")) {
            Reply reply = hear("igrs", said);
            assertThat(reply.text()).as(said).contains("入会申请正在办理，还不是会员");
            assertThat(reply.suggestions().get(0).word()).as(said).isEqualTo("进度");
        }
        assertThat(hear("igrs", "退会").text()).contains("可以撤回申请：https://hr.example/m/igrs/cases");
        assertThat(hear("igrs", "班主任").text()).contains("入会以后秘书处会安排班主任");
    }

    @Test
    @DisplayName("IGRS-25：退会已经提出的，再问退会答现在办到哪一步，不再教怎样提出")
    void whoIsLeavingHearsHowFarItIs() {
        CaseView view = open(72, "withdrawal");
        when(cases.of(UNIT)).thenReturn(List.of(view));
        when(itineraries.of(72)).thenReturn(Optional.of(way(view, "退会申请", "秘书处审议", "IGRS-25-g")));
        assertThat(hear("igrs", "我们想退会").text())
                .startsWith("江城建工集团的退会申请：现在是秘书处审议〔第二十五条〕。")
                .contains("撤回：https://hr.example/m/igrs/cases/72")
                .doesNotContain("requests/withdrawal");
        assertThat(hear("igrs", "升级").text()).doesNotContain("退会申请");
        requests = Set.of("withdrawal");
        Reply standing = hear("igrs", "状态");
        assertThat(standing.text()).contains("资格正常。\n退会申请正在办理，还没有结果。");
        assertThat(standing.suggestions().get(0).word()).isEqualTo("进度");
    }

    private static CaseView open(long id, String type) {
        return new CaseView(
                id,
                type,
                UNIT,
                "江城建工集团",
                "open",
                "秘书处",
                TODAY.plusDays(6),
                null,
                List.of(),
                TODAY.minusDays(1),
                null,
                List.of(),
                Map.of(),
                List.of());
    }

    private static Itinerary way(CaseView view, String word, String now, String clause) {
        return new Itinerary(
                view,
                word,
                List.of(new Itinerary.Stop(now, Itinerary.State.NOW, false, List.of(clause))),
                List.of(),
                List.of(clause),
                "",
                List.of(),
                true);
    }

    @Test
    @DisplayName("账单与缴费带有本协会页面下的签名链接、对公账户和附言")
    void billsCarryTheLink() {
        owes("whjx", new Money(800_000), LocalDate.of(2026, 3, 31));
        Pattern link = Pattern.compile("https://hr\\.example/m/whjx/bills/31\\?t=[\\w-]{20,}");
        assertThat(hear("whjx", "账单").text()).containsPattern(link).contains("¥8,000.00", "还有12天");
        assertThat(hear("whjx", "缴费").text()).containsPattern(link).contains("附言请写「会费 江城建工集团」", "6222 0000 0000", "票据");
    }

    @Test
    @DisplayName("逾期说“尚未到账、已过几天”，不责备；没有欠款就不给缴费链接")
    void lateIsNotBlamed() {
        owes("whjx", new Money(800_000), LocalDate.of(2026, 3, 9));
        assertThat(hear("whjx", "状态").text()).contains("尚未到账", "已过10天").doesNotContain("欠");
        owed = List.of();
        when(bills.paidThrough(anyLong(), any())).thenReturn(Optional.of(LocalDate.of(2026, 12, 31)));
        assertThat(hear("whjx", "缴费").text())
                .contains("没有待缴的会费", "已缴至2026年12月31日")
                .doesNotContain("?t=");
    }

    @Test
    @DisplayName("一句话问两件事：一屏放得下就都答；放不下的先答第一件，另一件给一个词")
    void twoQuestionsAreBothAnswered() {
        owes("whjx", new Money(800_000), LocalDate.of(2026, 3, 31));
        Reply both = hear("whjx", "我们欠多少钱，班主任是谁");
        assertThat(both.text()).startsWith("江城建工集团待缴 ¥8,000.00：").contains("班主任：周敏 136****2001");
        assertThat(both.suggestions())
                .extracting(Suggestion::word)
                .contains("缴费")
                .doesNotContain("班主任", "账单");
        assertThat(both.asText().lines().count()).isLessThanOrEqualTo(8);

        Reply three = hear("whjx", "会费多少，怎么交，我们现在什么情况");
        assertThat(three.text()).startsWith("江城建工集团待缴 ¥8,000.00：").contains("微信支付：");
        assertThat(three.suggestions().get(0)).isEqualTo(new Suggestion("状态", "答你还问的"));
        assertThat(three.asText().lines().count()).isLessThanOrEqualTo(8);

        assertThat(tenant("whjx", STRANGER, Heard.Kind.TEXT, "江城建工欠多少钱，班主任是谁").text())
                .startsWith("单位信息只对其联络人开放。")
                .doesNotContain("周敏");
    }

    @Test
    @DisplayName("缴费记录：每笔一行，有日期、金额、方式和状态")
    void paymentsAreListed() {
        when(till.of(UNIT))
                .thenReturn(List.of(new Payment(
                        41,
                        UNIT,
                        new Money(800_000),
                        Method.BANK_TRANSFER,
                        Instant.parse("2025-03-11T18:00:00Z"),
                        null,
                        "会费",
                        null,
                        PayState.SETTLED,
                        null,
                        "finance")));
        assertThat(hear("whjx", "缴费记录").text()).contains("2025年3月12日 ¥8,000.00 银行转账 已到账");
    }

    @Test
    @DisplayName("付错、多付：有余款的说抵以后的，没有的照实说，别的转人工；不收会费的照章说；只发表情也有一句话")
    void moneyPaidTooMuch() {
        assertThat(hear("whjx", "退钱").text()).contains("没有多付的钱", "自动原路退回", "财务核对");
        when(bills.owed(UNIT)).thenReturn(new Money(-400_000));
        assertThat(hear("whjx", "多付了怎么办").text()).contains("余款 ¥4,000.00，将抵以后的会费");
        assertThat(hear("whjx", "👍").text()).startsWith("收到。").doesNotContain("转给周老师吗");
        assertThat(hear("whjx", "你是机器人吗").text()).startsWith("我是武汉建筑业协会的会员服务助手，自动答复。");
    }

    @Test
    @DisplayName("AII-FEE：工业互联网产业联盟没有会费，问账单、缴费、优惠、票据都这样答")
    void theAllianceHasNoFee() {
        for (String said : List.of("账单", "缴费", "会费多少钱", "对公转账", "有优惠吗", "发票")) {
            Reply reply = hear("aii", said);
            assertThat(reply.text())
                    .as(said)
                    .containsOnlyOnce("入会、每年、升级都不用缴钱，联盟不收会费〔章程没有会费的规定〕")
                    .containsOnlyOnce("没有会费的规定")
                    .containsOnlyOnce("不收会费");
            assertThat(reply.asText()).as(said).doesNotContain("/m/", "¥", "「缴费」");
        }
        assertThat(hear("aii", "状态").text()).contains("不收会费").doesNotContain("到账");
        assertThat(tenant("aii", STRANGER, Heard.Kind.TEXT, "你们会费多少").text()).contains("不收会费");
    }

    // ---- the bylaws

    @ParameterizedTest
    @DisplayName("每家协会的每个回答：至多八行，引用的条款都在规则书里，没有感叹号")
    @ValueSource(strings = {"igrs", "dsia", "bacca", "aii", "whjx"})
    void everyAnswerKeepsTheManner(String code) throws IOException {
        Rulebook law = ShippedRulebook.of(code);
        String yaml = Files.readString(Path.of("config/rulebooks", code + ".yaml"));
        member(UNIT, "江城建工集团", law.grades().get(law.grades().size() - 1).name(), Standing.ACTIVE);
        if (law.fees() != null) {
            owes(code, new Money(600_000), LocalDate.of(2026, 6, 30));
        }
        Set<String> labels = labels(law, yaml);
        for (Intent intent : Intent.values()) {
            for (String openid : List.of(LIAISON, STRANGER)) {
                Lexicon.Entry entry = Lexicon.shipped().of(intent);
                Reply reply = tenant(code, openid, Heard.Kind.TEXT, entry.word());
                String said = code + " " + openid + " " + entry.word() + ":\n" + reply.asText();
                assertThat(reply.asText().lines().count()).as(said).isBetween(1L, 8L);
                assertThat(reply.suggestions()).as(said).hasSizeLessThanOrEqualTo(3);
                assertThat(reply.asText()).as(said).doesNotContain("！", "!", "null", "[]");
                Matcher cited = CITED.matcher(reply.text());
                while (cited.find()) {
                    for (String label : cited.group(1).split("、")) {
                        assertThat(labels).as(said).contains(label);
                    }
                }
                for (Suggestion suggestion : reply.suggestions()) {
                    assertThat(new Understanding(Lexicon.shipped(), new Wording(Lexicon.shipped()))
                                    .of(suggestion.word())
                                    .clear())
                            .as("「%s」 in %s", suggestion.word(), said)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @DisplayName("退会、解释权、章程优先：每家都有答案，句末带条款")
    @ValueSource(strings = {"igrs", "dsia", "bacca", "aii", "whjx"})
    void standardQuestionsAreCited(String code) {
        for (String said : List.of("退会", "解释权归谁", "入会要什么条件")) {
            assertThat(hear(code, said).text()).as(said).containsPattern(CITED);
        }
        Reply reply = hear(code, "和章程不一致以哪个为准");
        if (laws.of(code, TODAY).answers().containsKey("precedence")) {
            assertThat(reply.text()).containsPattern(CITED);
        } else {
            assertThat(reply.text()).contains("没有这方面的规定");
        }
    }

    @Test
    @DisplayName("WHJX-8-5b：问优惠不作承诺，并告诉秘书处；没有这条规定的协会如实说没有写")
    void discountsAreNotPromised() {
        owes("whjx", new Money(800_000), LocalDate.of(2026, 3, 31));
        assertThat(hear("whjx", "能不能优惠点").text()).contains("〔第八条（五）〕");
        assertThat(told).anySatisfy(tell -> {
            assertThat(tell.to()).isEqualTo("秘书处");
            assertThat(tell.clauses()).containsExactly("WHJX-8-5b");
            assertThat(tell.text()).doesNotContain("¥");
        });
        assertThat(hear("igrs", "会费有优惠吗").text()).contains("没有这方面的规定", "秘书处").doesNotContainPattern(CITED);
    }

    @Test
    @DisplayName("升级与入会：列出材料、步骤和条件，只引自家条款")
    void joiningAndRising() {
        assertThat(hear("whjx", "怎么入会").text()).contains("备案表", "会籍管理部 → 领导 → 缴费 → 驻会领导");
        member(UNIT, "北方信息", "观察会员", Standing.ACTIVE);
        assertThat(hear("igrs", "我们想升级").text()).contains("观察会员", "条件：").containsPattern(CITED);
        assertThat(hear("whjx", "升级").text()).contains("没有这方面的规定");
    }

    @Test
    @DisplayName("ask：答复是发给会员的通知，带条款；规则书沉默时如实说并请秘书处（XDOC-16）")
    void answersOnRecord() {
        Tenant.run("igrs", () -> answers.ask(UNIT, "withdrawal"));
        assertThat(told).singleElement().satisfies(tell -> {
            assertThat(tell.to()).isEqualTo("member");
            assertThat(tell.memberId()).isEqualTo(UNIT);
            assertThat(tell.clauses()).contains("IGRS-25-g", "IGRS-25-h");
        });
        told.clear();
        Tenant.run("whjx", () -> answers.ask(UNIT, "discount"));
        assertThat(told).extracting(Tell::to).containsExactly("member", "秘书处");
        told.clear();
        Tenant.run("dsia", () -> answers.ask(UNIT, "discount"));
        assertThat(told).singleElement().satisfies(tell -> {
            assertThat(tell.clauses()).isEmpty();
            assertThat(tell.text()).contains("没有这方面的规定", "秘书处");
        });
        told.clear();
        Tenant.run("aii", () -> answers.ask(UNIT, "fee"));
        assertThat(told)
                .singleElement()
                .satisfies(tell -> assertThat(tell.clauses()).containsExactly("AII-FEE"));
    }

    // ---- strangers

    @ParameterizedTest
    @DisplayName("陌生人：问到哪家单位都一样回答，查也不查")
    @ValueSource(strings = {"江城建工交会费了吗", "状态", "账单", "缴费", "缴费记录", "班主任", "江城建工集团资格正常吗", "会费优惠"})
    void strangersLearnNothing(String said) {
        Reply reply = tenant("whjx", STRANGER, Heard.Kind.TEXT, said);
        assertThat(reply.text()).startsWith("单位信息只对其联络人开放。").doesNotContain("江城", "¥", "周敏", "/m/");
        verify(roster, never()).get(anyLong());
        verify(bills, never()).of(anyLong());
    }

    // ---- not understood

    @Test
    @DisplayName("没听懂：给出可能的意思让人回复数字，记在库里；选“其他”就提议转人工")
    void unsureAsksBack() {
        Reply reply = hear("whjx", "那个表什么时候交来着");
        assertThat(reply.text()).startsWith("我没完全明白。你是想问：\n1 ").contains("其他？", "转人工", "周老师");
        Matcher last = Pattern.compile("(\\d) 其他").matcher(reply.text());
        assertThat(last.find()).isTrue();
        assertThat(hear("whjx", last.group(1)).text()).contains("周老师");
        assertThat(hear("whjx", "1").text()).contains("已转给班主任周敏");
        verify(tasks).open(any());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"图片, 看不了图片", "语音, 没有听清", "这种消息, 看不了这种消息"})
    @DisplayName("图片、没听清的语音这些：答一句能怎么办；对话里留着来过什么，转人工看得到；正问着的话照样等着")
    void whatCannotBeReadIsKeptByItsKind(String what, String said) {
        String asked = hear("whjx", "那个表什么时候交来着").text();

        assertThat(tenant("whjx", LIAISON, Heard.Kind.OTHER, what).asText()).contains(said, "「帮助」", "「人工」");

        Matcher last = Pattern.compile("(\\d) 其他").matcher(asked);
        assertThat(last.find()).isTrue();
        assertThat(hear("whjx", last.group(1)).text()).contains("周老师");
        hear("whjx", "转人工");
        ArgumentCaptor<NewTask> task = ArgumentCaptor.forClass(NewTask.class);
        verify(tasks).open(task.capture());
        assertThat(task.getValue().data().get("dialogue")).contains("会员：（发来" + what + "）");
        assertThat(tenant("aii", STRANGER, Heard.Kind.OTHER, what).asText()).doesNotContain("账单", "缴费");
    }

    @Test
    @DisplayName("数字只在问过之后才算选择，半小时后作废")
    void questionsExpire() {
        hear("whjx", "那个表什么时候交来着");
        Memory later = new Memory(jdbc, clock, Clock.offset(wire, Memory.PATIENCE.plusSeconds(1)));
        assertThat(Tenant.in("whjx", () -> later.open(LIAISON, Long.MAX_VALUE))).isEmpty();
        assertThat(Tenant.in("whjx", () -> memory.open(LIAISON, Long.MAX_VALUE)))
                .isPresent();
        assertThat(Tenant.in("bacca", () -> memory.open(LIAISON, Long.MAX_VALUE)))
                .as("another association's account is another conversation")
                .isEmpty();
    }

    @Test
    @DisplayName("转人工：班主任的待办里有整段对话，手机号打码；再说一句就补在同一件里")
    void humanSeesTheDialogue() {
        hear("whjx", "我们法人换了，电话13912345678，怎么办理呢");
        Reply reply = hear("whjx", "转人工");
        assertThat(reply.text()).contains("已转给班主任周敏");
        ArgumentCaptor<NewTask> task = ArgumentCaptor.forClass(NewTask.class);
        verify(tasks).open(task.capture());
        assertThat(task.getValue().to()).isEqualTo("staff:7");
        assertThat(task.getValue().memberId()).isEqualTo(UNIT);
        assertThat(task.getValue().data().get("dialogue"))
                .contains("会员：我们法人换了", "139****5678", "助手：")
                .doesNotContain("13912345678");
        assertThat(told).anySatisfy(tell -> assertThat(tell.to()).isEqualTo("teacher"));
    }

    @Test
    @DisplayName("载入规章全文后，自由提问引用条文原话和条号；没载入就不编")
    void freeQuestionsQuoteTheText() throws IOException {
        Path text = Files.createTempFile("bylaws", ".txt");
        Files.writeString(
                text,
                "示例办法\n第一章 总则\n第一条 本办法适用于全体会员。\n第二条 会议室由秘书处统一\n管理，会员借用会议室须提前三天登记。\n第三条 会刊每季度\n出版一期。\n",
                StandardCharsets.UTF_8);
        assertThat(hear("whjx", "会议室怎么借用").text()).doesNotContain("提前三天");
        environment.setProperty("homeroom.associations.dsia.bylaws", text.toString());
        assertThat(hear("dsia", "会议室怎么借用").text()).contains("会员借用会议室须提前三天登记", "〔第二条〕");
        assertThat(hear("dsia", "今天股票大盘怎么走").text()).doesNotContain("〔");
        Files.delete(text);
    }

    // ---- binding

    @Test
    @DisplayName("扫码绑定：说清绑了谁、什么身份、以后收到什么；失败时把原因原样说明")
    void scanningBinds() {
        when(bindings.bind("scene1", STRANGER))
                .thenReturn(Outcome.done(new Contact(21, UNIT, Role.LIAISON, "王力", "13912345678", STRANGER)));
        Reply reply = tenant("whjx", STRANGER, Heard.Kind.SUBSCRIBE, "scene1");
        assertThat(reply.text())
                .contains("王力，你好。已绑定「江城建工集团」，身份：联络员。", "139****5678", "班主任：周敏")
                .doesNotContain("13912345678");
        assertThat(reply.asText()).contains("以后账单、到期", "「账单」");
        assertThat(tenant("aii", STRANGER, Heard.Kind.SUBSCRIBE, "scene1").asText())
                .contains("已绑定「江城建工集团」", "以后到期和审议结果", "「班主任」")
                .doesNotContain("账单");
        assertThat(tenant("aii", LIAISON, Heard.Kind.SUBSCRIBE, "").asText())
                .contains("欢迎回来")
                .doesNotContain("账单");
        when(bindings.bind("old", STRANGER)).thenReturn(Outcome.refused("这个二维码已过期，请向班主任要一个新的。"));
        Reply late = tenant("whjx", STRANGER, Heard.Kind.SCAN, "old");
        assertThat(late.text()).isEqualTo("这个二维码已过期，请向班主任要一个新的。");
    }

    @Test
    @DisplayName("解绑只确认一次，先说后果；说取消就不办，改问别的也不办")
    void unbindingAsksOnce() {
        assertThat(hear("whjx", "解绑").text()).contains("江城建工集团", "不再收到");
        assertThat(hear("whjx", "取消").text()).contains("没有解绑");
        hear("whjx", "解绑");
        hear("whjx", "状态");
        assertThat(hear("whjx", "确认").text()).contains("没有等你确认");
        verify(bindings, never()).unbind(any(), anyLong());
        hear("whjx", "解绑");
        assertThat(hear("whjx", "确认").text()).contains("已解除");
        verify(bindings).unbind(LIAISON, UNIT);
    }

    @Test
    @DisplayName("一人负责几家：先问是哪一家，回复数字或名称，再答原来的问题")
    void severalMembers() {
        bind(new Tie(UNIT, 21, Role.LIAISON, false), new Tie(SECOND, 22, Role.REPRESENTATIVE, false));
        member(SECOND, "汉水园林", "会员", Standing.ACTIVE);
        assertThat(hear("whjx", "状态").text()).contains("1 江城建工集团", "2 汉水园林");
        assertThat(hear("whjx", "第二个").text()).startsWith("汉水园林（会员）资格正常。");
        verify(bindings).choose(LIAISON, SECOND);
        hear("whjx", "切换单位");
        assertThat(hear("whjx", "江城").text()).contains("现在说的是「江城建工集团」");
    }

    @Test
    @DisplayName("关注有欢迎，取消关注不回话但告诉班主任")
    void comingAndGoing() {
        assertThat(tenant("whjx", STRANGER, Heard.Kind.SUBSCRIBE, "").text()).contains("武汉建筑业协会", "绑定二维码");
        assertThat(tenant("whjx", LIAISON, Heard.Kind.UNSUBSCRIBE, "")).isEqualTo(Reply.SILENCE);
        assertThat(told).singleElement().satisfies(tell -> assertThat(tell.to()).isEqualTo("teacher"));
    }

    @ParameterizedTest
    @DisplayName("菜单点击与打字得到同样的回答")
    @EnumSource(
            value = Intent.class,
            names = {"STANDING", "BILLS", "PAY", "PAYMENTS", "TEACHER", "HELP"})
    void menuKeysDoTheSame(Intent intent) {
        owes("whjx", new Money(800_000), LocalDate.of(2026, 3, 31));
        Lexicon.Entry entry = Lexicon.shipped().of(intent);
        assertThat(tenant("whjx", LIAISON, Heard.Kind.CLICK, entry.keys().get(0))
                        .suggestions())
                .isEqualTo(hear("whjx", entry.word()).suggestions());
    }

    @Test
    @DisplayName("对话到期清除，别的协会的不动")
    void dialoguesAreForgotten() {
        hear("whjx", "状态");
        hear("bacca", "状态");
        Tenant.run("whjx", () -> memory.forgetBefore(TODAY.plusDays(1)));
        assertThat(Tenant.in("whjx", () -> memory.lately(LIAISON, 10))).isEmpty();
        assertThat(Tenant.in("bacca", () -> memory.lately(LIAISON, 10))).hasSize(2);
        Forgetting forgetting = new Forgetting(memory, 180);
        assertThat(Tenant.in("bacca", () -> forgetting.next(TODAY))).contains(TODAY.plusDays(181));
        assertThat(Tenant.in("whjx", () -> forgetting.next(TODAY))).isEmpty();
    }

    @Test
    @DisplayName("进度：办到哪一步、还缺什么、期限和依据，链接直达；没有办理中的事照实说")
    void progressSaysWhereItStands() {
        CaseView view = new CaseView(
                71,
                "admission",
                UNIT,
                "江城建工集团",
                "open",
                "会籍管理部",
                TODAY.plusDays(6),
                null,
                List.of("单位画册"),
                TODAY.minusDays(1),
                null,
                List.of("WHJX-5-0"),
                Map.of(),
                List.of());
        when(applications.filedBy(LIAISON)).thenReturn(List.of(view));
        when(itineraries.of(71))
                .thenReturn(Optional.of(new Itinerary(
                        view,
                        "入会申请",
                        List.of(new Itinerary.Stop("补齐材料", Itinerary.State.NOW, true, List.of("WHJX-5-2"))),
                        List.of(),
                        List.of("WHJX-5-0"),
                        "到期没有答复视为同意",
                        List.of(),
                        true)));
        assertThat(tenant("whjx", LIAISON, Heard.Kind.TEXT, "办到哪一步了").text())
                .contains(
                        "江城建工集团的入会申请：现在是补齐材料〔第五条（二）〕",
                        "还缺单位画册",
                        "还有6天",
                        "到期没有答复视为同意",
                        "https://hr.example/m/whjx/cases/71");
        when(applications.filedBy(LIAISON)).thenReturn(List.of());
        assertThat(tenant("whjx", LIAISON, Heard.Kind.TEXT, "进度").text()).contains("没有办理中的事");
        assertThat(tenant("whjx", STRANGER, Heard.Kind.TEXT, "申请通过了吗").text()).contains("单位信息只对其联络人开放");
    }

    @Test
    @DisplayName("答过的话对话里整句留着，重发时照样再说一遍；有电话的遮过才留，不当原话")
    void theDialogueKeepsTheWholeReply() {
        Reply standing = inOneGo(() -> conversation.hear(new Heard(LIAISON, Heard.Kind.TEXT, "状态"), 501));
        assertThat(standing.kept()).isTrue();
        assertThat(standing.suggestions()).isNotEmpty();
        assertThat(Tenant.in("whjx", () -> conversation.again(501))).contains(standing);
        assertThat(Tenant.in("bacca", () -> conversation.again(501))).isEmpty();
        assertThat(Tenant.in("whjx", () -> conversation.again(502))).isEmpty();

        Reply phone = new Reply("请打13912345678", List.of());
        Reply told = inOneGo(() -> {
            memory.heard(503, LIAISON, UNIT, "找谁");
            return memory.told(LIAISON, UNIT, phone);
        });
        assertThat(told).isEqualTo(phone);
        assertThat(Tenant.in("whjx", () -> conversation.again(503))).isEmpty();
        assertThat(Tenant.in("whjx", () -> memory.lately(LIAISON, 1)).get(0).text())
                .isEqualTo("请打139****5678");
    }

    /** As the account hears it: in one transaction with whatever the words set off. */
    private Reply inOneGo(Supplier<Reply> words) {
        return Tenant.in("whjx", () -> requireNonNull(transaction.execute(status -> words.get())));
    }

    // ---- fixtures

    private Reply hear(String code, String said) {
        return tenant(code, LIAISON, Heard.Kind.TEXT, said);
    }

    private Reply tenant(String code, String openid, Heard.Kind kind, String said) {
        return Tenant.in(code, () -> conversation.hear(new Heard(openid, kind, said), Ids.next()));
    }

    private Reasons.Explained explained(Member unit) {
        return new Reasons.Explained(now, ahead, "", owed, requests);
    }

    private record Tie(long member, long contact, Role role, boolean current) {
        Bound to(Member known) {
            return new Bound(known, contact, current);
        }
    }

    private void bind(Tie... ties) {
        when(bindings.of(LIAISON)).thenAnswer(call -> bound(ties));
        when(bindings.current(LIAISON))
                .thenAnswer(call -> bound(ties).stream().filter(Bound::current).findFirst());
    }

    private List<Bound> bound(Tie... ties) {
        return List.of(ties).stream()
                .map(tie -> tie.to(known.get(tie.member())))
                .toList();
    }

    private void member(long id, String name, String grade, Standing standing) {
        boolean ended = standing == Standing.ENDED;
        Member member = new Member(
                id,
                name,
                Kind.UNIT,
                grade,
                standing,
                LocalDate.of(2020, 3, 1),
                null,
                ended ? LocalDate.of(2026, 2, 2) : null,
                ended ? endedAs : null,
                null,
                7L,
                null,
                null,
                true,
                List.of(),
                standing == Standing.SUSPENDED ? LocalDate.of(2026, 1, 1) : null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                Map.of());
        known.put(id, member);
        when(roster.get(id)).thenReturn(member);
        when(roster.find(eq(id))).thenReturn(Optional.of(member));
    }

    private void owes(String code, Money amount, @Nullable LocalDate due) {
        Rulebook law = laws.of(code, TODAY);
        List<String> cites = law.fees() == null ? List.of() : law.fees().cite();
        owed = List.of(new Bill(
                31,
                UNIT,
                2026,
                BillKind.ANNUAL,
                amount,
                amount,
                due,
                BillState.OPEN,
                null,
                "按年度标准全额" + law.cite(cites.subList(0, 1)),
                cites,
                2026,
                LocalDate.of(2026, 1, 1),
                null));
        when(bills.owed(UNIT)).thenReturn(amount);
    }

    /** The labels of all clauses that a rulebook cites. */
    private static Set<String> labels(Rulebook law, String yaml) {
        Matcher id = Pattern.compile("[A-Z]{3,5}-[0-9A-Za-z-]+").matcher(yaml);
        Set<String> labels = new java.util.HashSet<>();
        while (id.find()) {
            labels.add(law.label(id.group()));
        }
        return labels;
    }
}
