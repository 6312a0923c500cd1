package io.homeroom.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.care.Changes;
import io.homeroom.care.Mailings;
import io.homeroom.care.Parcel;
import io.homeroom.classroom.Audience;
import io.homeroom.classroom.Mailshots;
import io.homeroom.desk.Card;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Broadcast;
import io.homeroom.liaison.Broadcasts;
import io.homeroom.liaison.Circulars;
import io.homeroom.liaison.Classes;
import io.homeroom.liaison.Contacted;
import io.homeroom.liaison.Promise;
import io.homeroom.liaison.Promises;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contacts;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Duty;
import io.homeroom.till.Method;
import io.homeroom.till.Till;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;

@Tag("mysql")
@DisplayName("班主任在企业微信里的一天")
@SpringBootTest(
        properties = {
            "homeroom.data-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "homeroom.associations.whjx.rulebook=config/rulebooks/whjx.yaml",
            "homeroom.associations.aii.rulebook=config/rulebooks/aii.yaml",
            "homeroom.associations.bacca.rulebook=config/rulebooks/bacca.yaml",
            "homeroom.clock.settable=true",
            "spring.quartz.auto-startup=false"
        })
class StaffRoomTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 4, 20);

    @Autowired
    private StaffRoom room;

    @Autowired
    private Staff staff;

    @Autowired
    private Roster roster;

    @Autowired
    private Bindings bindings;

    @Autowired
    private Classes classes;

    @Autowired
    private Contacts contacts;

    @Autowired
    private Circulars circulars;

    @Autowired
    private Mailshots mailshots;

    @Autowired
    private Changes changes;

    @Autowired
    private Mailings mailings;

    @Autowired
    private Promises promises;

    @Autowired
    private Till till;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Notices notices;

    @Autowired
    private List<Duty> duties;

    @Autowired
    private BusinessClock clock;

    @Autowired
    private ApplicationEventPublisher events;

    private StaffMember zhou;
    private StaffMember sun;

    @BeforeEach
    void twoTeachers() {
        on(TODAY);
        zhou = teacher("周敏" + Ids.secret(4));
        sun = teacher("孙悦" + Ids.secret(4));
    }

    @Test
    @DisplayName("我的班级：一行数清；别人的班不算在内")
    void tellsHowTheClassStands() {
        owing("江城建工集团有限公司", zhou);
        paid("汉阳市政工程有限公司", zhou);
        paid("武昌路桥有限公司", sun);
        whjx(() -> tasks.open(NewTask.of("visit", zhou.address(), "走访").due(TODAY)));

        assertThat(say(zhou, "我的班级")).startsWith("2家 · 正常1 · 将到期0 · 欠费1 · 未绑定2 · 今天要办1");
        assertThat(click(zhou, "class")).startsWith("2家");
        assertThat(say(sun, "我们班怎么样")).startsWith("1家 · 正常1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "查 江城建工",
                "查jcjg",
                "查 jiangchengjiangong",
                "查询 江城健工",
                "江城见工集团",
                "查 江建集团",
                "jcjgjt",
                "查 jiancenjiangon"
            })
    @DisplayName("查：名称、简称、全拼、首字母、同音字、错一个字，不打「查」也行")
    void findsWhoIsMeant(String said) {
        Member member = owing("江城建工集团有限公司", zhou);
        paid("汉阳市政工程有限公司", zhou);
        assertThat(say(zhou, said)).as(said).startsWith(member.name());
        assertThat(cards(zhou))
                .last()
                .satisfies(card -> assertThat(card.title()).isEqualTo(member.name()));
    }

    @Test
    @DisplayName("查：班外的会员查不到；名字相近就问是哪一家")
    void asksWhichOneAndShowsNobodyElsesMembers() {
        owing("鄂州钢构制造有限公司", sun);
        assertThat(say(zhou, "查 鄂州钢构")).contains("没有找到").doesNotContain("制造");

        paid("东湖装饰工程有限公司", zhou);
        Member second = paid("东湖装饰设计有限公司", zhou);
        assertThat(say(zhou, "查 东湖装饰")).contains("是哪一家", "1 东湖装饰工程", "2 东湖装饰设计");
        assertThat(say(zhou, "第二个")).startsWith(second.name());
    }

    @Test
    @DisplayName("只是读音像、或差了字的，先问是不是这家，不替错的会员办事；说是才办")
    void asksBeforeItTakesASoundForAMember() {
        Member member = bound(owing("江夏地基基础有限公司", zhou));

        assertThat(say(zhou, "讲下")).contains("没有完全对上，是这家吗？", "1 江夏地基基础有限公司");
        assertThat(cards(zhou)).isEmpty();
        assertThat(say(zhou, "提醒 讲下")).contains("是这家吗？");
        assertThat(say(zhou, "联系 讲下 都挺好")).contains("是这家吗？");
        assertThat(say(zhou, "不是")).doesNotContain("记下了", "已提醒");
        assertThat(told(member, "reminder")).isEmpty();
        assertThat(whjx(() -> classes.contacts(member.id(), 5))).isEmpty();

        say(zhou, "提醒 讲下");
        assertThat(say(zhou, "1")).contains("已提醒江夏地基基础有限公司");
        assertThat(told(member, "reminder")).hasSize(1);
        assertThat(say(zhou, "江夏")).startsWith(member.name());
        assertThat(say(zhou, "姜夏地基")).startsWith(member.name());
    }

    @Test
    @DisplayName("WHJX-8-5a：欠费一家一张卡片；发提醒私下发给会员，当天不发第二次；卡片点过就定住")
    void remindsOneByOne() {
        Member member = bound(owing("江夏地基基础有限公司", zhou));
        whjx(() -> classes.contacted(member.id(), "zhou", "王总说五月付"));

        assertThat(say(zhou, "还有谁没交钱")).startsWith("欠费1家，共 ¥8,000.00");
        Card card = cards(zhou).get(0);
        assertThat(card.asText()).contains("¥8,000.00", "逾期：20天", "王总说五月付");
        assertThat(card.buttons()).extracting(Card.Button::text).containsExactly("打电话", "发提醒", "已联系", "承诺付款日");

        assertThat(press(zhou, card, "发提醒", "RC-1")).contains("已提醒江夏地基基础有限公司", "上次联系", "王总说五月付");
        List<Notice> sent = told(member, "reminder");
        assertThat(sent).last().satisfies(notice -> {
            assertThat(notice.to()).isEqualTo("member");
            assertThat(notice.text()).contains("2026年度会费 ¥8,000.00 尚未到账", "班主任周敏");
        });
        assertThat(told("card-settled"))
                .filteredOn(n -> n.to().equals(zhou.address()))
                .singleElement()
                .satisfies(n -> {
                    assertThat(n.text()).isEqualTo("已提醒");
                    assertThat(Card.settledBy(n.data())).hasValue("RC-1");
                });
        assertThat(press(zhou, card, "发提醒", "RC-2")).contains("今天已提醒过");
        assertThat(told(member, "reminder")).hasSameSizeAs(sent);
        assertThat(press(sun, card, "发提醒", "RC-3")).contains("不在你的班里");
    }

    @Test
    @DisplayName("BACCA-26、34：分会联系人的待办里有本分会的催缴，查得到、记得下、提醒得到；别的会员和班主任的事不归它；到账自动划掉")
    void aBranchChasesItsOwnMembersOnly() {
        LocalDate late = LocalDate.of(2026, 7, 1);
        on(late);
        StaffMember branch = bacca(() -> staff.add(
                        new NewStaff(
                                "b" + Ids.secret(8),
                                "董曼",
                                null,
                                "b" + Ids.secret(8),
                                null,
                                java.util.Set.of(),
                                java.util.Set.of("漫画分会")),
                        "admin")
                .get());
        Member own = bacca(() -> roster.enter(inBranch("青禾漫画工作室", "漫画分会")));
        Member other = bacca(() -> roster.enter(inBranch("白桦动画制作公司", "动画分会")));
        bacca(() -> {
            bindings.bind(
                            bindings.invite(own.id(), null, Duration.ofDays(7), "test")
                                    .scene(),
                            "o" + Ids.secret(10))
                    .get();
            duties.stream().filter(duty -> duty.name().equals("review")).forEach(duty -> duty.run(late));
            return own;
        });

        assertThat(baccaSay(branch, "待办")).startsWith("待办1件");
        Card dunned = bacca(() -> lastCard(branch));
        assertThat(dunned.asText()).contains("青禾漫画工作室", "¥6,000.00", "逾期：1天", "请分支机构催缴〔第三十四条", "到账自动办结");
        assertThat(dunned.buttons()).extracting(Card.Button::text).containsExactly("打电话", "发提醒", "已联系", "承诺付款日");
        assertThat(baccaSay(branch, "欠费")).startsWith("欠费1家，共 ¥6,000.00");
        assertThat(baccaSay(branch, "查 青禾")).startsWith("青禾漫画工作室");
        assertThat(baccaSay(branch, "查 白桦")).contains("没有找到").doesNotContain("动画制作");
        String elsewhere = "remind:one:" + other.id();
        assertThat(bacca(() -> room.hear(new StaffHeard(
                                String.valueOf(branch.wecomUserId()), StaffHeard.Kind.CARD, elsewhere, "RC-B1"))
                        .orElseThrow()))
                .contains("不在你的班里");
        assertThat(baccaSay(branch, "邀请 青禾漫画工作室")).doesNotContain("二维码");
        assertThat(baccaSay(branch, "联系 青禾 林总说下周付")).contains("记下了：青禾漫画工作室");
        assertThat(baccaSay(branch, "承诺 青禾 7月10日")).contains("承诺7月10日");
        assertThat(baccaSay(branch, "提醒 青禾")).startsWith("已提醒青禾漫画工作室");
        assertThat(bacca(() -> notices.search(
                        NoticeSearch.all().member(own.id()).about("reminder").newest())))
                .first()
                .satisfies(
                        notice -> assertThat(notice.text()).contains("漫画分会董曼").doesNotContain("班主任"));
        Task task = bacca(() -> tasks.open(own.id())).stream()
                .filter(one -> one.what().equals("dunning"))
                .findFirst()
                .orElseThrow();
        assertThat(bacca(() -> tasks.done(task.id(), List.of(), "b")).isDone())
                .as("only money ends it")
                .isFalse();

        bacca(() -> till.receive(own.id(), Money.ofYuan(6000), Method.CASH, clock.instant(), null, "会费", null, "x")
                .get());
        assertThat(baccaSay(branch, "待办")).contains("没有等你办的事");
        assertThat(baccaSay(branch, "欠费")).contains("没有逾期的会费");
    }

    private static NewMember inBranch(String name, String branch) {
        return NewMember.draft(name, Kind.UNIT, "会员单位")
                .joined(LocalDate.of(2022, 4, 1))
                .number(true)
                .paidThrough(LocalDate.of(2025, 12, 31))
                .branch(branch)
                .contact(Role.REPRESENTATIVE, "林", "13912345678")
                .done();
    }

    private String baccaSay(StaffMember who, String text) {
        return bacca(() -> room.hear(new StaffHeard(String.valueOf(who.wecomUserId()), StaffHeard.Kind.TEXT, text, ""))
                .orElseThrow());
    }

    private Card lastCard(StaffMember who) {
        List<Notice> shown = notices.search(NoticeSearch.all().to(who.address()).about("card"));
        return Card.in(shown.get(shown.size() - 1).data()).orElseThrow();
    }

    private static <T> T bacca(Supplier<T> work) {
        return Tenant.in("bacca", work);
    }

    @Test
    @DisplayName("提醒 全部：先看名单再确认；没绑定的、承诺日没到的不发")
    void remindsAllAfterAConfirmation() {
        Member reached = bound(owing("蔡甸园林绿化有限公司", zhou));
        owing("青山监理咨询有限公司", zhou);
        Member promised = bound(owing("黄陂土石方有限公司", zhou));
        say(zhou, "承诺 黄陂土石方 5月8日");
        int before = told(promised, "reminder").size();

        say(zhou, "提醒 全部");
        Card card = cards(zhou).get(cards(zhou).size() - 1);
        assertThat(card.asText()).contains("欠费：3家", "能送到：2家");
        assertThat(press(zhou, card, "确认提醒", "RC-4")).startsWith("已提醒1家").contains("青山监理咨询有限公司", "黄陂土石方有限公司（承诺5月8日");
        assertThat(told(reached, "reminder")
                        .get(told(reached, "reminder").size() - 1)
                        .text())
                .contains("班主任周敏");
        assertThat(told(promised, "reminder")).hasSize(before);
    }

    @Test
    @DisplayName("邀请：说了谁就给谁的二维码，没说的给主要的联络员")
    void invitesWhomItNames() {
        whjx(() -> roster.enter(NewMember.draft("青山船舶有限公司", Kind.UNIT, "会员")
                .joined(LocalDate.of(2020, 3, 1))
                .paidThrough(LocalDate.of(2026, 12, 31))
                .teacher(zhou.id())
                .contact(Role.LIAISON, "王力", "13912345678")
                .contact(Role.REPRESENTATIVE, "赵总", "13912345679")
                .done()));
        assertThat(say(zhou, "邀请 青山船舶")).contains("请王力（联络员）用微信扫");
        assertThat(say(zhou, "邀请 青山船舶 赵总")).contains("请赵总（代表）用微信扫");
    }

    @Test
    @DisplayName("联络员没绑定、代表人绑定了：提醒会落空，所以照实说，不说已提醒")
    void doesNotPromiseWhatNobodyHears() {
        Member member = whjx(() -> {
            Member one = roster.enter(NewMember.draft("阳逻港务有限公司", Kind.UNIT, "会员")
                    .joined(LocalDate.of(2020, 3, 1))
                    .paidThrough(LocalDate.of(2025, 12, 31))
                    .teacher(zhou.id())
                    .contact(Role.LIAISON, "王力", "13912345678")
                    .contact(Role.REPRESENTATIVE, "赵总", "13912345679")
                    .done());
            long representative = contacts.of(one.id()).get(1).id();
            bindings.bindTo(representative, "o" + Ids.secret(10));
            return one;
        });
        int before = told(member, "reminder").size();
        assertThat(say(zhou, "提醒 阳逻港务")).contains("联系人没有绑定公众号", "请打电话");
        assertThat(told(member, "reminder")).hasSize(before);
        assertThat(say(zhou, "我的班级")).contains("未绑定1");
    }

    @Test
    @DisplayName("WHJX-8-3：群发给谁，按等级、规模、主业或关注、欠费挑；边界上的人数各归一档，没登记人数的不猜")
    void choosesTheAudience() {
        for (String people : List.of("9", "10", "99", "100", "299", "300", "")) {
            whjx(() ->
                    roster.enter(NewMember.draft("规模" + people + "人公司", Kind.UNIT, people.equals("300") ? "理事" : "会员")
                            .joined(LocalDate.of(2020, 3, 1))
                            .paidThrough(LocalDate.of(2026, 12, 31))
                            .teacher(zhou.id())
                            .data("headcount", people)
                            .data("business", people.equals("9") ? "幕墙施工" : "")
                            .data("topics", people.equals("100") ? "绿色建造、幕墙" : "")
                            .done()));
        }
        owing("欠费幕墙公司", zhou);
        owing("别班欠费公司", sun);
        assertThat(chosen("", "micro", "", false)).containsExactly("规模9人公司");
        assertThat(chosen("", "small", "", false)).containsExactly("规模10人公司", "规模99人公司");
        assertThat(chosen("", "medium", "", false)).containsExactly("规模100人公司", "规模299人公司");
        assertThat(chosen("", "large", "", false)).containsExactly("规模300人公司");
        assertThat(chosen("理事", "", "", false)).containsExactly("规模300人公司");
        assertThat(chosen("", "", "幕墙", false)).containsExactly("规模9人公司", "规模100人公司", "欠费幕墙公司");
        assertThat(chosen("", "", "", true)).containsExactly("欠费幕墙公司");
        assertThat(chosen("理事", "micro", "", false)).isEmpty();
        assertThat(chosen("", "", "", false)).hasSize(8);
        assertThat(whjx(() -> mailshots.preview(
                                zhou,
                                Broadcast.Way.GROUP,
                                Broadcasts.Message.of("请看"),
                                new Audience(List.of("理事"), false, "", "")))
                        .isDone())
                .as("a group is the whole class")
                .isFalse();
    }

    private List<String> chosen(String grade, String size, String topic, boolean arrears) {
        return whjx(() -> mailshots.members(
                        zhou, new Audience(grade.isEmpty() ? List.of() : List.of(grade), arrears, size, topic)))
                .stream()
                .map(Member::name)
                .toList();
    }

    @Test
    @DisplayName("已读：卡片上点「再提醒没回的」，收得到的当天一次，收不到的说清有几家")
    void remindsTheUnreadFromTheCard() {
        Member hears = bound(paid("金口航运有限公司", zhou));
        Member deaf = paid("军山机械有限公司", zhou);
        whjx(() -> circulars
                .issue(new Circulars.Draft("年会改期", "改到5月8日", null), List.of(hears, deaf), "全班", zhou.username())
                .get());
        assertThat(say(zhou, "谁没回")).contains("最近的重要通知");
        Card card = cards(zhou).get(0);
        assertThat(card.asText()).contains("年会改期", "金口航运", "军山机械", "没回：2家");
        assertThat(press(zhou, card, "再提醒没回的", "RC-51")).contains("今天刚发过");
        on(TODAY.plusDays(1));
        assertThat(press(zhou, card, "再提醒没回的", "RC-52")).startsWith("已再提醒1家；另有1家没有绑定公众号");
        assertThat(press(zhou, card, "再提醒没回的", "RC-53")).startsWith("今天刚发过或提醒过").contains("另有1家没有绑定公众号");
        assertThat(told(hears, "notice"))
                .hasSize(2)
                .last()
                .satisfies(again -> assertThat(again.text()).contains("年会改期", "还没有收到你单位的「知道了」"));
        assertThat(told(deaf, "notice")).hasSize(1);
        assertThat(told("card-settled"))
                .filteredOn(n -> n.to().equals(zhou.address()))
                .extracting(Notice::text)
                .contains("已提醒1家");
    }

    @Test
    @DisplayName("联系：一句话记一笔；卡片上先点已联系再补一句")
    void notesContacts() {
        Member member = owing("洪山幕墙工程有限公司", zhou);
        assertThat(say(zhou, "联系 洪山幕墙 王总说下周五付"))
                .startsWith("记下了：洪山幕墙工程有限公司，王总说下周五付")
                .contains("「承诺 洪山幕墙工程有限公司 2026-05-01」");
        say(zhou, "欠费");
        Card card = cards(zhou).get(0);
        assertThat(press(zhou, card, "已联系", "RC-5")).contains("已记联系", "上次：4月20日 周一 王总说下周五付");
        assertThat(say(zhou, "李会计接的，发票要专票")).startsWith("记下了");
        assertThat(whjx(() -> classes.contacts(member.id(), 9)))
                .extracting(Contacted::note)
                .containsExactly("李会计接的，发票要专票", "已联系", "王总说下周五付");
        assertThat(say(zhou, "联系洪山幕墙没人接")).startsWith("记下了：洪山幕墙工程有限公司，没人接");
    }

    @Test
    @DisplayName("承诺付款日：当天和之前不催；第二天没到账，班主任得一件待办；到账了就划掉")
    void followsPromisesUp() {
        Member late = owing("硚口建筑设计院有限公司", zhou);
        Member pays = owing("江岸机电安装有限公司", zhou);
        say(zhou, "承诺 硚口建筑设计院 4月30日 财务排期");
        say(zhou, "江岸机电 承诺");
        assertThat(say(zhou, "4.30")).contains("江岸机电安装有限公司承诺4月30日 周四付款");

        Duty followUp = duties.stream()
                .filter(d -> d.name().equals("promises"))
                .findFirst()
                .orElseThrow();
        assertThat(whjx(() -> followUp.next(TODAY))).hasValue(LocalDate.of(2026, 5, 1));
        on(LocalDate.of(2026, 4, 30));
        Tenant.run("whjx", () -> followUp.run(LocalDate.of(2026, 4, 30)));
        assertThat(whjx(() -> tasks.open(late.id())))
                .noneMatch(task -> task.what().equals("promise"));
        pay(pays);

        on(LocalDate.of(2026, 5, 1));
        Tenant.run("whjx", () -> followUp.run(LocalDate.of(2026, 5, 1)));
        Tenant.run("whjx", () -> followUp.run(LocalDate.of(2026, 5, 1)));
        assertThat(whjx(() -> tasks.open(late.id())))
                .filteredOn(task -> task.what().equals("promise"))
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.to()).isEqualTo(zhou.address());
                    assertThat(task.text()).contains("承诺4月30日 周四付款，还没有到账", "财务排期");
                });
        assertThat(whjx(() -> promises.of(pays.id())))
                .extracting(Promise::state)
                .containsExactly(Promise.State.KEPT);
        assertThat(whjx(() -> promises.of(late.id())))
                .extracting(Promise::state)
                .containsExactly(Promise.State.BROKEN);

        pay(late);
        assertThat(whjx(() -> tasks.open(late.id())))
                .noneMatch(task -> task.what().equals("promise"));
        assertThat(say(zhou, "承诺 硚口建筑设计院 4月29日")).contains("不能早于今天");
        assertThat(say(zhou, "承诺 硚口建筑设计院 2月30日")).contains("日历上没有“2月30日”这一天，没有记");
        assertThat(whjx(() -> promises.open(late.id()))).isEmpty();
    }

    @Test
    @DisplayName("WHJX-8-5a：催缴前三个工作日班主任先知道；本周内付款、已联系的，会员的提醒顺延；再不到账会员知道，催了没用秘书处知道")
    void tellsTheTeacherFirstThenTheMemberThenTheOffice() {
        on(LocalDate.of(2026, 3, 20));
        Member silent = bound(owing("黄鹤楼钢构有限公司", zhou));
        Member promises = bound(owing("晴川阁路桥有限公司", zhou));
        Member spoken = bound(owing("古琴台市政有限公司", zhou));
        Duty ladder = duties.stream()
                .filter(d -> d.name().equals("teacher-first"))
                .findFirst()
                .orElseThrow();

        // The last day is 31 March, the first reminder of what is overdue 1 April, three working days before it 27
        // March.
        night(ladder, LocalDate.of(2026, 3, 26));
        assertThat(told("arrears-first"))
                .filteredOn(n -> n.to().equals(zhou.address()))
                .isEmpty();
        night(ladder, LocalDate.of(2026, 3, 27));
        night(ladder, LocalDate.of(2026, 3, 27));
        List<Notice> first = told("arrears-first").stream()
                .filter(n -> n.to().equals(zhou.address()))
                .toList();
        assertThat(first).hasSize(3).allSatisfy(n -> assertThat(n.text()).contains("4月1日", "此前你可以先联系"));
        Card card = Card.in(first.stream()
                        .filter(n -> java.util.Objects.equals(n.memberId(), promises.id()))
                        .findFirst()
                        .orElseThrow()
                        .data())
                .orElseThrow();
        assertThat(card.buttons()).extracting(Card.Button::text).containsExactly("知道了", "已联系", "本周内付款");
        on(LocalDate.of(2026, 3, 30));
        assertThat(press(zhou, card, "本周内付款", "RC-L1")).contains("4月3日");
        press(zhou, cardOf(first, silent), "知道了", "RC-L2");
        press(zhou, cardOf(first, spoken), "已联系", "RC-L3");

        reviewNight(LocalDate.of(2026, 4, 1));
        assertThat(remindedOn(silent, LocalDate.of(2026, 4, 1))).isTrue();
        assertThat(remindedOn(promises, LocalDate.of(2026, 4, 1))).isFalse();
        assertThat(remindedOn(spoken, LocalDate.of(2026, 4, 1))).isFalse();
        assertThat(told("reminder"))
                .filteredOn(n -> n.to().equals(zhou.address()) && java.util.Objects.equals(n.memberId(), spoken.id()))
                .singleElement()
                .satisfies(n -> assertThat(n.text()).contains("提醒先不发给会员"));

        // 4 to 6 April is Qingming: the third working day after 1 April is 8 April at the latest.
        for (LocalDate day = LocalDate.of(2026, 4, 2); day.isBefore(LocalDate.of(2026, 4, 9)); day = day.plusDays(1)) {
            night(ladder, day);
        }
        assertThat(told(spoken, "reminder"))
                .filteredOn(n -> n.to().equals("member"))
                .hasSize(1);
        assertThat(told(silent, "reminder"))
                .filteredOn(n -> n.to().equals("member"))
                .hasSize(1);
        assertThat(told(silent, "arrears-unmoved"))
                .singleElement()
                .satisfies(n -> assertThat(n.text()).contains("提醒后仍未到账", "班主任没有联系记录"));
        assertThat(told(spoken, "arrears-unmoved")).isEmpty();
    }

    private Card cardOf(List<Notice> notices, Member member) {
        return notices.stream()
                .filter(n -> java.util.Objects.equals(n.memberId(), member.id()))
                .findFirst()
                .flatMap(n -> Card.in(n.data()))
                .orElseThrow();
    }

    private void night(Duty duty, LocalDate day) {
        on(day);
        Tenant.run("whjx", () -> duty.run(day));
    }

    private void reviewNight(LocalDate day) {
        on(day);
        duties.stream().filter(d -> d.name().equals("review")).forEach(d -> Tenant.run("whjx", () -> d.run(day)));
    }

    private boolean remindedOn(Member member, LocalDate day) {
        return told(member, "reminder").stream()
                .anyMatch(n -> n.to().equals("member")
                        && n.createdAt()
                                .atZone(BusinessClock.ZONE)
                                .toLocalDate()
                                .equals(day));
    }

    @Test
    @DisplayName("请假交接：前一天、第一天、最后一天、后一天，班级和消息在谁手里")
    void standsInFromTheFirstDayThroughTheLast() {
        Member member = owing("新洲防水工程有限公司", zhou);
        assertThat(say(zhou, "请假 6月30日到6月31日 " + sun.name())).contains("日历上没有“6月31日”这一天，没有安排");
        assertThat(cards(zhou)).isEmpty();
        say(zhou, "请假 5月6日到5月8日 " + sun.name());
        Card card = cards(zhou).get(0);
        assertThat(card.asText()).contains(sun.name() + "老师", "5月6日", "5月8日");
        assertThat(press(zhou, card, "确认", "RC-6")).contains("安排好了");
        assertThat(press(zhou, card, "确认", "RC-6")).contains("已有人代班");

        for (String when : List.of("2026-05-05", "2026-05-09")) {
            on(LocalDate.parse(when));
            assertThat(say(sun, "查 新洲防水")).as(when).contains("没有找到");
            assertThat(hearsOf(member)).as(when).isEqualTo(zhou.address());
        }
        on(LocalDate.parse("2026-05-05"));
        assertThat(whjx(() ->
                        notices.search(NoticeSearch.all().member(member.id()).about("cover"))))
                .as("a member hears of it on the first day, not before")
                .isEmpty();
        night(LocalDate.parse("2026-05-06"));
        night(LocalDate.parse("2026-05-06"));
        assertThat(whjx(() ->
                        notices.search(NoticeSearch.all().member(member.id()).about("cover"))))
                .singleElement()
                .satisfies(told -> assertThat(told.text()).contains(zhou.name(), sun.name(), "5月6日至5月8日"));
        for (String when : List.of("2026-05-06", "2026-05-08")) {
            on(LocalDate.parse(when));
            assertThat(say(sun, "查 新洲防水")).as(when).startsWith("新洲防水工程有限公司");
            assertThat(say(sun, "我的班级")).as(when).contains("1家", "含代管的" + zhou.name() + "老师的班");
            assertThat(hearsOf(member)).as(when).isEqualTo(sun.address());
        }
        assertThat(say(zhou, "销假")).contains("回到你手里");
        assertThat(say(sun, "查 新洲防水")).contains("没有找到");
    }

    @Test
    @DisplayName("资料变更：班主任马上收到卡片，点确认，会籍管理部点核对，各一次；别人点不动；会员听到结果")
    void changesAreConfirmedAndAppliedFromCards() {
        Member member = bound(owing("江岸幕墙有限公司", zhou));
        StaffMember wu = whjx(() -> staff.add(
                        new NewStaff(
                                "w" + Ids.secret(6),
                                "吴敏",
                                null,
                                "w" + Ids.secret(6),
                                null,
                                java.util.Set.of(io.homeroom.desk.Role.SECRETARIAT),
                                java.util.Set.of("会籍管理部")),
                        "admin")
                .get());
        whjx(() -> changes.report(
                        member.id(),
                        new Changes.Report("address", "新大道9号", "", TODAY, false, false),
                        java.util.Map.of(),
                        "oAddress")
                .get());
        assertThat(told(member, "change")).singleElement().satisfies(notice -> {
            assertThat(notice.to()).isEqualTo(zhou.address());
            assertThat(Card.in(notice.data()).orElseThrow().buttons())
                    .extracting(Card.Button::text)
                    .containsExactly("确认通知单");
        });
        assertThat(say(sun, "资料变更")).as("another class").contains("没有等着办");
        assertThat(say(zhou, "资料变更")).contains("1件");
        Card card = cards(zhou).get(0);
        assertThat(card.asText()).contains("江岸幕墙", "通讯地址", "未登记", "新大道9号", "班主任确认");
        assertThat(press(zhou, card, "确认通知单", "RC-31")).contains("已确认");
        assertThat(press(zhou, card, "确认通知单", "RC-31")).contains("已经确认过");

        assertThat(say(wu, "变更")).contains("1件");
        Card check = cards(wu).get(0);
        assertThat(press(zhou, check, "核对无误", "RC-32")).contains("不归你办");
        assertThat(press(wu, check, "核对无误", "RC-33")).contains("已更新");
        assertThat(press(wu, check, "核对无误", "RC-33")).contains("已经办过");
        assertThat(told(member, "change")).last().satisfies(notice -> {
            assertThat(notice.to()).isEqualTo("member");
            assertThat(notice.text()).contains("资料变更已核对：通讯地址改为新大道9号，4月20日 周一起");
        });
        assertThat(whjx(() -> roster.get(member.id())).data()).containsEntry("address", "新大道9号");
    }

    @Test
    @DisplayName("寄送：没拍照的去页面，拍过的点一下登记寄出；推荐：一句理由，一个半年一次")
    void mailsAndNominatesByWord() throws Exception {
        Member member = whjx(() -> roster.enter(NewMember.draft("蔡甸门窗有限公司", Kind.UNIT, "会员")
                .joined(LocalDate.of(2020, 3, 1))
                .paidThrough(LocalDate.of(2026, 12, 31))
                .teacher(zhou.id())
                .data("address", "蔡甸大街8号")
                .contact(Role.LIAISON, "王力", "13900001111")
                .done()));
        whjx(() -> mailings.prepare("journal", "会刊第四期", List.of(member.id()), "admin")
                .get());
        say(zhou, "寄送");
        Card card = cards(zhou).get(0);
        assertThat(card.asText()).contains("蔡甸大街8号", "还没拍");
        Parcel parcel = whjx(mailings::waiting).stream()
                .filter(one -> one.memberId() == member.id())
                .findFirst()
                .orElseThrow();
        java.io.ByteArrayOutputStream photo = new java.io.ByteArrayOutputStream();
        javax.imageio.ImageIO.write(
                new java.awt.image.BufferedImage(64, 48, java.awt.image.BufferedImage.TYPE_INT_RGB), "jpeg", photo);
        whjx(() -> mailings.photograph(List.of(parcel.id()), photo.toByteArray(), zhou.username())
                .get());
        say(zhou, "待寄");
        List<Card> shown = cards(zhou);
        Card ready = shown.get(shown.size() - 1);
        assertThat(press(sun, ready, "登记寄出", "RC-41")).contains("不在你的班里");
        assertThat(press(zhou, ready, "登记寄出", "RC-42")).contains("已登记寄出");
        assertThat(press(zhou, ready, "登记寄出", "RC-42")).contains("已经寄出");

        assertThat(say(zhou, "推荐")).contains("没有可以推荐的");
        say(zhou, "联系 蔡甸门窗 王力当天就回了年会回执");
        assertThat(say(zhou, "推荐")).contains("蔡甸门窗有限公司 王力：联系1次，会费按时");
        assertThat(say(zhou, "推荐 蔡甸门窗")).contains("回复一句理由");
        assertThat(say(zhou, "通知当天就回")).contains("已推荐王力", "2026年上半年");
        assertThat(say(zhou, "推荐 蔡甸门窗 再推")).contains("已经推荐过");
    }

    @Test
    @DisplayName("待办：点办结即办结，再点不重复；要材料的点不动；离任的人立刻什么也做不了")
    void finishesTasksAndShutsTheDoorOnLeavers() {
        Task plain = whjx(
                () -> tasks.open(NewTask.of("visit", zhou.address(), "走访东西湖").due(TODAY)));
        Task sealed = whjx(() ->
                tasks.open(NewTask.of("letter", zhou.address(), "寄告知书").with(java.util.Map.of("documents", "回执"))));
        assertThat(say(zhou, "今天要办什么")).contains("待办2件", "今天到期或已逾期1件");
        List<Card> shown = cards(zhou);
        assertThat(press(zhou, shown.get(0), "办结", "RC-7")).contains("已办结：走访东西湖");
        assertThat(press(zhou, shown.get(0), "办结", "RC-8")).contains("已经办结");
        assertThat(press(zhou, shown.get(1), "办结", "RC-9")).contains("须附上回执");
        assertThat(press(sun, shown.get(1), "办结", "RC-9")).contains("不归你办");
        assertThat(whjx(() -> tasks.find(plain.id())).orElseThrow().doneBy()).isEqualTo(zhou.username());
        assertThat(whjx(() -> tasks.find(sealed.id())).orElseThrow().state()).isEqualTo(Task.State.OPEN);

        whjx(() -> staff.deactivate(zhou.id(), "admin"));
        assertThat(whjx(() -> room.hear(
                        new StaffHeard(String.valueOf(zhou.wecomUserId()), StaffHeard.Kind.TEXT, "我的班级", ""))))
                .isEmpty();
    }

    @Test
    @DisplayName("听不懂就说能说什么；帮助里有例子")
    void saysWhatCanBeSaid() {
        assertThat(say(zhou, "今天天气不错啊哈哈")).startsWith("我没听明白").contains("我的班级", "帮助");
        assertThat(say(zhou, "帮助")).contains("查 jcjg", "请假", "提醒", "邀请");
    }

    // ---- the stage

    private void on(LocalDate today) {
        clock.restart(today.atTime(LocalTime.NOON));
    }

    private void night(LocalDate day) {
        on(day);
        Tenant.run(
                "whjx",
                () -> duties.stream()
                        .filter(duty -> duty.name().equals("covers"))
                        .forEach(duty -> duty.run(day)));
    }

    @Test
    @DisplayName("AII-FEE：不收会费的协会，班级、帮助里没有欠费；问起来照章说")
    void speaksOfNoMoneyWhereThereAreNoDues() {
        String user = "t" + Ids.secret(8);
        StaffMember teacher = Tenant.in(
                "aii",
                () -> staff.add(NewStaff.teacher(user, "蒋若溪", user, null), "admin")
                        .get());
        Tenant.in(
                "aii",
                () -> roster.enter(NewMember.draft("九州星枢咨询有限公司", Kind.UNIT, "普通会员单位")
                        .joined(LocalDate.of(2022, 3, 4))
                        .teacher(teacher.id())
                        .done()));
        assertThat(aiiSay(teacher, "我的班级"))
                .startsWith("1家 · 正常1 · 未绑定1 · 今天要办0")
                .doesNotContain("欠费");
        assertThat(aiiSay(teacher, "帮助")).contains("查 jcjg").doesNotContain("承诺付款日", "提醒 全部", "承诺 江城建工", "付 ·", "缴");
        assertThat(aiiSay(teacher, "说不清的话")).doesNotContain("提醒", "承诺");
        for (String said : List.of("欠费", "提醒 全部", "承诺 九州星枢 5月8日")) {
            assertThat(aiiSay(teacher, said)).as(said).startsWith("不收会费，没有要催的〔");
        }
    }

    private String aiiSay(StaffMember who, String text) {
        return Tenant.in(
                "aii",
                () -> room.hear(new StaffHeard(String.valueOf(who.wecomUserId()), StaffHeard.Kind.TEXT, text, ""))
                        .orElseThrow());
    }

    private StaffMember teacher(String name) {
        String user = "t" + Ids.secret(8);
        return whjx(() -> staff.add(NewStaff.teacher(user, name, user, "13612342001"), "admin")
                .get());
    }

    private Member owing(String name, StaffMember teacher) {
        return enter(name, teacher, LocalDate.of(2025, 12, 31));
    }

    private Member paid(String name, StaffMember teacher) {
        return enter(name, teacher, LocalDate.of(2026, 12, 31));
    }

    private Member enter(String name, StaffMember teacher, LocalDate paidThrough) {
        return whjx(() -> roster.enter(NewMember.draft(name, Kind.UNIT, "会员")
                .joined(LocalDate.of(2020, 3, 1))
                .paidThrough(paidThrough)
                .teacher(teacher.id())
                .contact(Role.LIAISON, "王力", "13912345678")
                .done()));
    }

    private Member bound(Member member) {
        return whjx(() -> {
            String scene = bindings.invite(member.id(), null, Duration.ofDays(7), "test")
                    .scene();
            bindings.bind(scene, "o" + Ids.secret(10)).get();
            return member;
        });
    }

    private void pay(Member member) {
        whjx(() -> till.receive(
                        member.id(), Money.ofYuan(8000), Method.CASH, clock.instant(), null, "会费", null, "finance")
                .get());
    }

    private String say(StaffMember who, String text) {
        return hear(who, StaffHeard.Kind.TEXT, text, "");
    }

    private String click(StaffMember who, String key) {
        return hear(who, StaffHeard.Kind.CLICK, key, "");
    }

    private String press(StaffMember who, Card card, String button, String responseCode) {
        String key = card.buttons().stream()
                .filter(one -> one.text().equals(button))
                .findFirst()
                .orElseThrow()
                .key();
        return hear(who, StaffHeard.Kind.CARD, key, responseCode);
    }

    private String hear(StaffMember who, StaffHeard.Kind kind, String text, String responseCode) {
        return whjx(() -> room.hear(new StaffHeard(String.valueOf(who.wecomUserId()), kind, text, responseCode))
                .orElseThrow());
    }

    private List<Card> cards(StaffMember who) {
        return whjx(() -> notices.search(NoticeSearch.all().to(who.address()).about("card"))).stream()
                .map(notice -> Card.in(notice.data()).orElseThrow())
                .toList();
    }

    private List<Notice> told(Member member, String about) {
        return whjx(() -> notices.search(NoticeSearch.all().member(member.id()).about(about)));
    }

    private List<Notice> told(String about) {
        return whjx(() -> notices.search(NoticeSearch.all().about(about).page(0, 500)));
    }

    /** Who hears today of something about a member that is for its class teacher. */
    private String hearsOf(Member member) {
        return whjx(() -> {
            events.publishEvent(Tell.of("teacher", member.id(), "test", "有事"));
            return notices.search(
                            NoticeSearch.all().member(member.id()).about("test").newest())
                    .get(0)
                    .to();
        });
    }

    private static <T> T whjx(Supplier<T> work) {
        return Tenant.in("whjx", work);
    }
}
