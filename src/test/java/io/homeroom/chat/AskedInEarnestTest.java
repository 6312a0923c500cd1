package io.homeroom.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.casework.Cases;
import io.homeroom.casework.Opening;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Liaisons;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contact;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Method;
import io.homeroom.till.Till;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("mysql")
@DisplayName("对话接在真的名册、账单和规则书上")
@SpringBootTest(
        properties = {
            "homeroom.data-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "homeroom.associations.whjx.rulebook=config/rulebooks/whjx.yaml",
            "homeroom.associations.aii.rulebook=config/rulebooks/aii.yaml",
            "homeroom.associations.bacca.rulebook=config/rulebooks/bacca.yaml",
            "homeroom.clock.settable=true",
            "spring.quartz.auto-startup=false"
        })
class AskedInEarnestTest {

    @Autowired
    private Conversation conversation;

    @Autowired
    private Answers answers;

    @Autowired
    private Roster roster;

    @Autowired
    private Bindings bindings;

    @Autowired
    private Cases cases;

    @Autowired
    private Till till;

    @Autowired
    private Bills bills;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Notices notices;

    @Autowired
    private Liaisons liaisons;

    @Autowired
    private Lawbook law;

    @Autowired
    private BusinessClock clock;

    @Autowired
    private TransactionTemplate transaction;

    @Test
    @DisplayName("WHJX-12-1：联络员扫码、问状态、看账单，缴清以后再问，一路都对得上")
    void aLiaisonAsksPaysAndAsksAgain() {
        clock.restart(LocalDate.of(2026, 3, 19).atTime(10, 0));
        Member unit = Tenant.in(
                "whjx",
                () -> roster.enter(NewMember.draft("江城建工集团有限公司", Kind.UNIT, "会员")
                        .joined(LocalDate.of(2020, 3, 1))
                        .paidThrough(LocalDate.of(2024, 12, 31))
                        .contact(Role.LIAISON, "王力", "13912345678")
                        .done()));
        String scene = Tenant.in(
                "whjx",
                () -> bindings.invite(unit.id(), null, Duration.ofDays(7), "test")
                        .scene());

        assertThat(say("whjx", "oWangLi", Heard.Kind.SUBSCRIBE, scene)).contains("已绑定「江城建工集团有限公司」");
        assertThat(say("whjx", "oSomebody", Heard.Kind.SCAN, scene)).contains("已被");

        assertThat(say("whjx", "oWangLi", Heard.Kind.TEXT, "我们现在什么情况"))
                .startsWith("江城建工集团有限公司（会员）资格正常。")
                .contains("2025年度会费 ¥8,000.00 尚未到账", "共2笔待缴，合计 ¥16,000.00", "〔第十二条（一）")
                .satisfies(text -> assertThat(text.lines().count()).isLessThanOrEqualTo(8));
        assertThat(say("whjx", "oWangLi", Heard.Kind.VOICE, "嗯那个为什么呢。")).contains("〔第十二条（一）");
        assertThat(say("whjx", "oWangLi", Heard.Kind.CLICK, "BILLS"))
                .containsPattern("http://localhost:8080/m/whjx/bills/\\d+\\?t=[\\w-]{20,}");
        assertThat(say("whjx", "oSomebody", Heard.Kind.TEXT, "江城建工交会费了吗"))
                .startsWith("单位信息只对其联络人开放。")
                .doesNotContain("江城");

        Tenant.run(
                "whjx",
                () -> till.receive(
                                unit.id(),
                                Money.ofYuan(16000),
                                Method.BANK_TRANSFER,
                                clock.instant(),
                                "bank-1",
                                "会费",
                                null,
                                "finance")
                        .get());
        assertThat(say("whjx", "oWangLi", Heard.Kind.TEXT, "缴费")).contains("没有待缴的会费", "已缴至2026年12月31日");
        assertThat(say("whjx", "oWangLi", Heard.Kind.TEXT, "钱到账了吗")).contains("2026年3月19日 ¥16,000.00 银行转账 已到账");

        Tenant.run(
                "whjx",
                () -> cases.open(Opening.byMember("withdrawal", unit.id(), Map.of()))
                        .get());
        assertThat(say("whjx", "oWangLi", Heard.Kind.TEXT, "状态")).contains("资格正常。\n退会申请正在办理，还没有结果。");
        assertThat(say("whjx", "oWangLi", Heard.Kind.TEXT, "退会"))
                .contains("退会申请：现在是", "撤回：")
                .doesNotContain("requests/withdrawal");

        assertThat(say("whjx", "oWangLi", Heard.Kind.TEXT, "转人工")).contains("已转给秘书处");
        assertThat(Tenant.in(
                        "whjx",
                        () -> tasks.search(
                                TaskSearch.unfinished().what(Handover.WHAT).page(0, 10))))
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.memberId()).isEqualTo(unit.id());
                    assertThat(task.data().get("dialogue")).contains("我们现在什么情况", "资格正常");
                });
        assertThat(say("whjx", "oWangLi", Heard.Kind.TEXT, "解绑")).contains("要解除");
        assertThat(say("whjx", "oWangLi", Heard.Kind.TEXT, "确认")).contains("已解除");
        assertThat(say("whjx", "oWangLi", Heard.Kind.TEXT, "状态")).startsWith("单位信息只对其联络人开放。");
    }

    @Test
    @DisplayName("新的年度账单各有一条通知，带金额、期限和缴费地址；录入时补的账单只有一条汇总")
    void aNewBillIsBroughtOnce() {
        clock.restart(LocalDate.of(2026, 12, 31).atTime(10, 0));
        Member unit = Tenant.in(
                "whjx",
                () -> roster.enter(NewMember.draft("汉水园林有限公司", Kind.UNIT, "会员")
                        .joined(LocalDate.of(2021, 3, 1))
                        .paidThrough(LocalDate.of(2024, 12, 31))
                        .contact(Role.LIAISON, "陈晨", "13700002222")
                        .done()));
        clock.moveTo(LocalDate.of(2027, 1, 1));
        Tenant.run("whjx", () -> bills.assess(2027));
        Tenant.run("whjx", () -> bills.assess(2027));
        List<Notice> made = Tenant.in(
                "whjx",
                () -> notices.search(NoticeSearch.all().member(unit.id()).about("bill")));
        assertThat(made).hasSize(2);
        assertThat(made).anySatisfy(notice -> assertThat(notice.text()).contains("2025年至2026年", "共2张账单"));
        assertThat(made)
                .anySatisfy(
                        notice -> assertThat(notice.text()).startsWith("2027年度会费账单 ¥8,000.00，请在3月31日 周三前缴纳〔第五条（五）"));
    }

    @Test
    @DisplayName("录入时补的账单，同一次录入里就登记缴清的不说欠；没缴清的只说还欠的那些年")
    void whatIsPaidWithTheEntryWasNeverOwed() {
        clock.restart(LocalDate.of(2026, 1, 5).atTime(10, 0));
        List<String> said = Tenant.in(
                        "whjx",
                        () -> transaction.execute(status -> {
                            long all = entered("楚天幕墙有限公司");
                            long last = entered("楚天岩土有限公司");
                            long first = entered("楚天设计有限公司");
                            List.of(all, last)
                                    .forEach(unit -> List.of("2024", "2025").forEach(year -> pay(unit, 8000, year)));
                            pay(all, 8000, "2026");
                            pay(first, 8000, "2024");
                            return List.of(all, last, first);
                        }))
                .stream()
                .map(unit -> Tenant.in(
                        "whjx",
                        () -> notices.search(NoticeSearch.all().member(unit).about("bill")).stream()
                                .map(Notice::text)
                                .collect(Collectors.joining("\n"))))
                .toList();
        assertThat(said.get(0)).isEmpty();
        assertThat(said.get(1)).isEqualTo("2026年度会费 ¥8,000.00 尚未到账，请在3月31日 周二前缴纳〔第五条（五）〕。回复「缴费」办理。");
        assertThat(said.get(2)).isEqualTo("2025年至2026年的会费尚未到账，共2张账单，合计 ¥16,000.00〔第五条（五）〕。回复「账单」可查看和缴纳。");
    }

    private long entered(String name) {
        return roster.enter(NewMember.draft(name, Kind.UNIT, "会员")
                        .joined(LocalDate.of(2021, 3, 1))
                        .paidThrough(LocalDate.of(2023, 12, 31))
                        .contact(Role.LIAISON, "陈晨", "13700002222")
                        .done())
                .id();
    }

    private void pay(long unit, long yuan, String year) {
        till.receive(
                        unit,
                        Money.ofYuan(yuan),
                        Method.CASH,
                        LocalDate.of(Integer.parseInt(year), 2, 3)
                                .atTime(10, 0)
                                .atZone(BusinessClock.ZONE)
                                .toInstant(),
                        null,
                        "会费",
                        null,
                        "finance")
                .get();
    }

    @Test
    @DisplayName("AII-FEE、AII-31：提问的答复是发给会员的通知，带条款")
    void anAnswerOnRecordIsANotice() {
        Member unit = Tenant.in(
                "aii",
                () -> roster.enter(NewMember.draft("华东智造研究院", Kind.UNIT, "普通会员单位")
                        .joined(LocalDate.of(2019, 3, 1))
                        .contact(Role.LIAISON, "李青", "13800001111")
                        .done()));
        Tenant.run("aii", () -> {
            answers.ask(unit.id(), "fee");
            answers.ask(unit.id(), "interpretation");
        });
        List<Notice> made =
                Tenant.in("aii", () -> notices.search(NoticeSearch.all().member(unit.id())));
        assertThat(made)
                .filteredOn(notice -> notice.clauses().contains("AII-FEE"))
                .hasSize(1);
        assertThat(made)
                .filteredOn(notice -> notice.clauses().contains("AII-31"))
                .hasSize(1);
    }

    @Test
    @DisplayName("BACCA-10、27-7：在微信里看有哪些分会，问清楚再确认，加入和退出当天生效，与页面、办公室同一扇门")
    void branchesAreJoinedAndLeftInChat() {
        clock.restart(LocalDate.of(2026, 3, 19).atTime(10, 0));
        Member unit = bound("江城动漫", "oDongman", null);
        Tenant.run("bacca", () -> {
            roster.enter(NewMember.draft("江城漫画", Kind.UNIT, "会员单位")
                    .joined(LocalDate.of(2020, 3, 1))
                    .branch("漫画分会")
                    .data("branch-more", "北京办事处、动漫分会")
                    .done());
        });

        String offered = bacca("有哪些分会");
        assertThat(offered).startsWith("你单位还没有加入分会。\n可以加入：1 ").contains("动漫分会", "北京办事处", "漫画分会", "\n回复数字，看清楚再确认〔第十条");
        assertThat(bacca(numberOf("动漫分会", offered)))
                .startsWith("要加入动漫分会吗？当天生效，协会和分会都会知道。\n以后由它联络你单位，会费也由它催缴〔第十条")
                .endsWith("回复「确认」加入 ·「取消」不办了");
        assertThat(branchesOf(unit)).as("nothing before it is confirmed").isEmpty();
        assertThat(bacca("取消")).startsWith("好的，没有改动。");
        assertThat(bacca("确认")).as("the question is closed").startsWith("现在没有等你确认的事。");
        assertThat(branchesOf(unit)).isEmpty();

        assertThat(bacca("我们想加入 动漫分会")).startsWith("要加入动漫分会吗？");
        assertThat(bacca("好的")).startsWith("已加入动漫分会，今天生效。\n现在在：动漫分会。");
        assertThat(bacca("加入北京办事处"))
                .as("a name that does not sound like a branch")
                .startsWith("要加入北京办事处吗？")
                .contains("以后它也联络你单位；会费仍由动漫分会催缴〔");
        assertThat(bacca("确认")).contains("现在在：动漫分会、北京办事处。");
        assertThat(branchesOf(unit)).containsExactly("动漫分会", "北京办事处");
        assertThat(Tenant.in(
                        "bacca",
                        () -> notices.search(
                                NoticeSearch.all().member(unit.id()).about("change"))))
                .as("the office hears of it with the clause")
                .anySatisfy(notice -> {
                    assertThat(notice.text()).contains("江城动漫", "加入动漫分会");
                    assertThat(notice.clauses()).contains("BACCA-10");
                });

        assertThat(bacca("加入动漫分会")).as("where it is already").startsWith("你单位在动漫分会、北京办事处。会费由动漫分会催缴。");
        assertThat(bacca("加入游戏分会"))
                .startsWith("没有叫「游戏分会」的分会。")
                .contains(" 漫画分会")
                .doesNotContain(" 动漫分会");
        assertThat(bacca("退出漫画分会")).as("where it is not").startsWith("你单位在动漫分会").contains("退出哪一个：1 动漫分会  2 北京办事处");
        assertThat(bacca("1")).startsWith("要退出动漫分会吗？").contains("会费改由北京办事处催缴〔");
        assertThat(bacca("确认")).startsWith("已退出动漫分会，今天生效。\n现在在：北京办事处。");
        assertThat(bacca("退出分会")).startsWith("要退出北京办事处吗？").contains("会费改由协会催缴");
        assertThat(bacca("确认")).contains("现在不在任何分会。");
        assertThat(branchesOf(unit)).isEmpty();
        assertThat(bacca("退出分会")).startsWith("你单位还没有加入分会。");
        assertThat(bacca("帮助")).contains("权益 · 分会 · 资料变更");
    }

    @Test
    @DisplayName("BACCA-10：权利暂停的不能加入，说哪一条；没有分会的协会说没有；外人什么也问不到")
    void whoCannotJoinIsToldWhy() {
        clock.restart(LocalDate.of(2026, 3, 19).atTime(10, 0));
        bound("暂停动画", "oDongman", LocalDate.of(2026, 1, 5));
        Tenant.run("bacca", () -> {
            roster.enter(NewMember.draft("江城漫画", Kind.UNIT, "会员单位")
                    .joined(LocalDate.of(2020, 3, 1))
                    .branch("漫画分会")
                    .done());
        });
        assertThat(bacca("分会")).contains("暂停动画目前不能行使会员权利，恢复以后才能加入分会〔").doesNotContain("回复数字");
        assertThat(bacca("加入漫画分会")).startsWith("没有办成：暂停动画目前不能行使会员权利");
        assertThat(bacca("确认")).startsWith("现在没有等你确认的事。");
        assertThat(say("bacca", "oNobody", Heard.Kind.TEXT, "加入漫画分会"))
                .startsWith("单位信息只对其联络人开放。")
                .doesNotContain("漫画");

        Member other = Tenant.in(
                "whjx",
                () -> roster.enter(NewMember.draft("江城建工", Kind.UNIT, "会员")
                        .joined(LocalDate.of(2020, 3, 1))
                        .contact(Role.LIAISON, "王力", "13912345678")
                        .done()));
        Tenant.run(
                "whjx",
                () -> conversation.hear(
                        new Heard(
                                "oJiangong",
                                Heard.Kind.SUBSCRIBE,
                                bindings.invite(other.id(), null, Duration.ofDays(7), "test")
                                        .scene()),
                        Ids.next()));
        assertThat(say("whjx", "oJiangong", Heard.Kind.TEXT, "怎么加入工作组")).startsWith("本协会的规则没有分会");
        assertThat(say("whjx", "oJiangong", Heard.Kind.TEXT, "帮助")).doesNotContain("分会");
    }

    @Test
    @DisplayName("AII-14-5 读作两名：第二名扫自己的码，知道通知发给谁，能问的和主要的一名一样")
    void aSecondLiaisonAsksAsTheFirst() {
        Rulebook shipped = law.of("aii", clock.today());
        law.put("aii", Lawbook.withSettings(shipped, Map.of(), Map.of("liaison-number", "2")));
        try {
            Member unit = Tenant.in(
                    "aii",
                    () -> roster.enter(NewMember.draft("金陵智能研究院", Kind.UNIT, "普通会员单位")
                            .joined(LocalDate.of(2020, 3, 1))
                            .contact(Role.LIAISON, "王力", "13912345678")
                            .done()));
            Contact second = Tenant.in(
                    "aii",
                    () -> liaisons.name(unit.id(), "韩梅", "13612340009", "test").get());

            assertThat(scans(unit, null, "oWang2")).contains("王力，你好", "都在这里通知你");
            assertThat(scans(unit, second.id(), "oHan2"))
                    .contains("韩梅，你好。已绑定「金陵智能研究院」", "通知王力；你在这里一样能查、能办")
                    .doesNotContain("都在这里通知你");
            for (String question : List.of("状态", "我有哪些权利", "谁是我们的班主任")) {
                assertThat(say("aii", "oHan2", Heard.Kind.TEXT, question))
                        .isEqualTo(say("aii", "oWang2", Heard.Kind.TEXT, question));
            }
        } finally {
            law.put("aii", shipped);
        }
    }

    private String scans(Member unit, @Nullable Long contact, String openid) {
        String scene = Tenant.in(
                "aii",
                () -> bindings.invite(unit.id(), contact, Duration.ofDays(7), "test")
                        .scene());
        return say("aii", openid, Heard.Kind.SUBSCRIBE, scene);
    }

    private Member bound(String name, String openid, @Nullable LocalDate suspended) {
        return Tenant.in("bacca", () -> {
            NewMember.Draft draft = NewMember.draft(name, Kind.UNIT, "会员单位")
                    .number(true)
                    .joined(LocalDate.of(2020, 3, 1))
                    .paidThrough(LocalDate.of(2026, 12, 31))
                    .contact(Role.LIAISON, "李青", "13800001111");
            Member unit = roster.enter((suspended == null ? draft : draft.suspended(suspended)).done());
            conversation.hear(
                    new Heard(
                            openid,
                            Heard.Kind.SUBSCRIBE,
                            bindings.invite(unit.id(), null, Duration.ofDays(7), "test")
                                    .scene()),
                    Ids.next());
            return unit;
        });
    }

    private List<String> branchesOf(Member unit) {
        return Tenant.in("bacca", () -> roster.get(unit.id()).branches());
    }

    private String bacca(String text) {
        return say("bacca", "oDongman", Heard.Kind.TEXT, text);
    }

    private String say(String code, String openid, Heard.Kind kind, String text) {
        return Tenant.in(code, () -> conversation.hear(new Heard(openid, kind, text), Ids.next()))
                .asText();
    }

    /** The number under which a list offers a name: other stories of these rooms may have added to it. */
    private static String numberOf(String name, String offered) {
        Matcher found = Pattern.compile("(\\d+) " + name).matcher(offered);
        assertThat(found.find()).as(offered).isTrue();
        return found.group(1);
    }
}
