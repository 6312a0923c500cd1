package io.homeroom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.homeroom.casework.Application;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Opening;
import io.homeroom.casework.Rights;
import io.homeroom.desk.Audit;
import io.homeroom.desk.AuditLine;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.dues.Bills;
import io.homeroom.governance.Activities;
import io.homeroom.governance.Bodies;
import io.homeroom.governance.BodyState;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Broadcast;
import io.homeroom.liaison.Broadcasts;
import io.homeroom.liaison.Robots;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
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
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Duty;
import io.homeroom.till.Method;
import io.homeroom.till.PayState;
import io.homeroom.till.Payment;
import io.homeroom.till.Till;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@Tag("mysql")
@SpringBootTest(
        properties = {
            "homeroom.data-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "homeroom.public-base-url=https://example.test",
            "homeroom.associations.whjx.rulebook=config/rulebooks/whjx.yaml",
            "homeroom.associations.aii.rulebook=config/rulebooks/aii.yaml",
            "homeroom.associations.bacca.rulebook=config/rulebooks/bacca.yaml",
            "homeroom.associations.dsia.rulebook=config/rulebooks/dsia.yaml",
            "homeroom.associations.igrs.rulebook=config/rulebooks/igrs.yaml"
        })
@AutoConfigureMockMvc
@DisplayName("控制台：登录、班级、每一页和在页上办的事")
class ConsoleTest {

    private static final String PASSWORD = "a-long-enough-password";

    @Autowired
    MockMvc mvc;

    @Autowired
    Staff staff;

    @Autowired
    Roster roster;

    @Autowired
    Contacts contacts;

    @Autowired
    Bills bills;

    @Autowired
    Till till;

    @Autowired
    Tasks tasks;

    @Autowired
    Robots robots;

    @Autowired
    Broadcasts broadcasts;

    @Autowired
    Cases cases;

    @Autowired
    Bodies bodies;

    @Autowired
    Activities activities;

    @Autowired
    Lawbook law;

    @Autowired
    Audit audit;

    @Autowired
    BusinessClock clock;

    @Autowired
    Notices notices;

    @Autowired
    Rights rights;

    @Autowired
    List<Duty> duties;

    @Autowired
    JdbcClient jdbc;

    StaffMember admin;
    Member member;
    Cookie[] session;

    @BeforeEach
    void an_administrator_has_signed_in() throws Exception {
        admin = account("whjx", Role.ADMIN);
        LocalDate lastYear = LocalDate.of(clock.today().getYear() - 1, 12, 31);
        member = Tenant.in(
                "whjx",
                () -> roster.enter(NewMember.draft("江城" + Ids.secret(6), Kind.UNIT, "会员")
                        .joined(LocalDate.of(2019, 6, 1))
                        .paidThrough(lastYear)
                        .number(true)
                        .contact(io.homeroom.member.Role.LIAISON, "李青", "13612342001")
                        .done()));
        session = signIn(admin.username(), PASSWORD).getCookies();
    }

    private StaffMember account(String association, Role... roles) {
        String username = "u" + Ids.secret(8);
        return Tenant.in(
                association,
                () -> staff.add(new NewStaff(username, "周敏", PASSWORD, null, null, Set.of(roles), Set.of()), "test")
                        .get());
    }

    private MockHttpServletResponse signIn(String username, String password) throws Exception {
        return mvc.perform(post("/console/login")
                        .with(csrf())
                        .param("username", username)
                        .param("password", password))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.cookie(session)).andReturn().getResponse();
    }

    private String open(String path) throws Exception {
        MockHttpServletResponse response = send(get("/console" + path));
        assertThat(response.getStatus()).as(path).isEqualTo(200);
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    private int status(String path) throws Exception {
        return send(get("/console" + path)).getStatus();
    }

    private String here() {
        return "/whjx/members/" + member.id();
    }

    @Test
    @DisplayName("没有登录的人先到登录页；密码不对说一声，不说哪一样不对")
    void strangers_meet_the_door() throws Exception {
        session = new Cookie[] {new Cookie("none", "none")};
        assertThat(send(get("/console/whjx/today")).getRedirectedUrl()).endsWith("/console/login");
        assertThat(signIn(admin.username(), "wrong").getRedirectedUrl()).isEqualTo("/console/login?wrong");
        assertThat(signIn("nobody", "wrong").getRedirectedUrl()).isEqualTo("/console/login?wrong");
        assertThat(open("/login?wrong")).contains("用户名或密码不对");
    }

    @Test
    @DisplayName("没有 CSRF 记号的提交一律不收")
    void forged_forms_are_refused() throws Exception {
        assertThat(send(post("/console" + here() + "/payments").param("amount", "1"))
                        .getStatus())
                .isEqualTo(403);
        assertThat(Tenant.in("whjx", () -> till.of(member.id()))).isEmpty();
    }

    @Test
    @DisplayName("公告办结才公开；名册发布才公开，只有允许的栏目；退会的人随即不在")
    void what_everybody_may_read() throws Exception {
        Task task = Tenant.in(
                "whjx",
                () -> tasks.open(NewTask.of("announcement", "秘书处", "公告新会员")
                        .about(member.id())
                        .at("网站")));
        assertThat(publicPage("/a/whjx")).doesNotContain(member.name());
        Tenant.run("whjx", () -> tasks.done(task.id(), List.of(), "test").get());
        assertThat(publicPage("/a/whjx")).contains(member.name() + "：公告新会员");
        assertThat(publicPage("/a/whjx/feed")).startsWith("<?xml").contains("<title>" + member.name() + "：公告新会员");

        assertThat(publicPage("/a/whjx/members")).contains("名册还没有发布").doesNotContain(member.name());
        StaffMember byRobot = account("whjx", Role.TEACHER);
        StaffMember byHand = account("whjx", Role.TEACHER);
        Tenant.in(
                "whjx",
                () -> robots.set(
                                byRobot.id(),
                                "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0f8d3c1e-1111-2222-3333-444455556666",
                                "test")
                        .get());
        assertThat(send(post("/console/whjx/members/publication").with(csrf())).getStatus())
                .isEqualTo(302);
        intoEachClass(byRobot, byHand);
        String published = publicPage("/a/whjx/members");
        assertThat(published).contains(member.name()).doesNotContain("李青", "136", "2019年入会");
        assertThat(open("/whjx/members")).contains("上次发布 " + clock.today());
        renewedEachMonth();
        Tenant.run(
                "whjx",
                () -> roster.record(
                        member.id(),
                        Entry.of(EntryKind.ENDED, clock.today(), "WHJX-11", "test")
                                .with("as", "withdrawn")));
        assertThat(publicPage("/a/whjx/members")).doesNotContain(member.name());
        assertThat(mvc.perform(get("/a/nobody")).andReturn().getResponse().getStatus())
                .isEqualTo(404);
        session = signIn(account("whjx", Role.TEACHER).username(), PASSWORD).getCookies();
        assertThat(send(post("/console/whjx/members/publication").with(csrf())).getStatus())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("BACCA-26、34：分会的联系人在今日看得到催缴，打得开本分会的会员、记得下联系；改不了资料，别的会员打不开")
    void a_branch_looks_after_its_members_only() throws Exception {
        String branch = "分会" + Ids.secret(4);
        Member own = Tenant.in(
                "bacca",
                () -> roster.enter(NewMember.draft("分会会员" + Ids.secret(6), Kind.UNIT, "会员单位")
                        .joined(LocalDate.of(2022, 4, 1))
                        .number(true)
                        .branch(branch)
                        .done()));
        Member other = entered(roster, "bacca", "会员单位", LocalDate.of(2022, 4, 1));
        Tenant.in(
                "bacca",
                () -> tasks.open(NewTask.of("dunning", branch, "催缴会费：" + own.name())
                        .about(own.id())
                        .cites("BACCA-34")));
        StaffMember contact = Tenant.in(
                "bacca",
                () -> staff.add(
                                new NewStaff("u" + Ids.secret(8), "董曼", PASSWORD, null, null, Set.of(), Set.of(branch)),
                                "test")
                        .get());
        session = signIn(contact.username(), PASSWORD).getCookies();
        assertThat(open("/bacca/today")).contains("催缴会费", own.name()).doesNotContain(other.name());
        String page = open("/bacca/members/" + own.id());
        assertThat(page).contains("记一次联系").doesNotContain("生成绑定二维码", "/edit\"");
        send(post("/console/bacca/members/" + own.id() + "/contacted")
                .with(csrf())
                .param("note", "林总说下周付"));
        assertThat(open("/bacca/members/" + own.id())).contains("林总说下周付");
        for (String shut : List.of(
                "members/" + other.id(),
                "members/" + own.id() + "/edit",
                "members/" + own.id() + "/assignments",
                "members/" + own.id() + "/rights")) {
            assertThat(page).doesNotContain("/console/bacca/" + shut + "\"");
            assertThat(send(get("/console/bacca/" + shut)).getStatus()).as(shut).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("BACCA-10、27-7 分会：会员页加入、再加入、退出，写进经过，会员、会员部和分会都听说；第二个分会也看得到它，会费只由第一个催；不许的写明依据")
    void a_member_joins_and_leaves_branches() throws Exception {
        String first = "分会" + Ids.secret(4);
        String second = "分会" + Ids.secret(4);
        Member own = Tenant.in(
                "bacca",
                () -> roster.enter(NewMember.draft("多分会" + Ids.secret(6), Kind.UNIT, "会员单位")
                        .joined(LocalDate.of(2022, 4, 1))
                        .number(true)
                        .done()));
        StaffMember contact = Tenant.in(
                "bacca",
                () -> staff.add(
                                new NewStaff("u" + Ids.secret(8), "董曼", PASSWORD, null, null, Set.of(), Set.of(second)),
                                "test")
                        .get());
        StaffMember office = account("bacca", Role.SECRETARIAT);
        session = signIn(office.username(), PASSWORD).getCookies();
        String at = "/bacca/members/" + own.id();
        assertThat(open(at)).contains("members/" + own.id() + "/branches");
        assertThat(open(at + "/branches")).contains("还没有加入分会", second);
        for (String branch : List.of(first, second)) {
            send(post("/console" + at + "/branches").with(csrf()).param("branch", branch));
        }
        assertThat(open(at + "/branches")).contains("已加入" + second, "联络、催缴会费");
        assertThat(Tenant.in("bacca", () -> roster.get(own.id())).branches()).containsExactly(first, second);
        assertThat(open(at)).contains("分会改为" + first, "其他分会改为" + second, office.name(), "〔第二十七条（七）〕");
        assertThat(Tenant.in(
                        "bacca",
                        () -> notices.search(NoticeSearch.all().member(own.id()).page(0, 50))))
                .filteredOn(notice -> notice.text().contains("加入" + second))
                .allSatisfy(notice -> assertThat(notice.clauses()).contains("BACCA-27-7"))
                .extracting(Notice::to)
                .containsExactlyInAnyOrder("会员部", second, "member");
        assertThat(Tenant.in("bacca", () -> audit.lines(own.id(), 0, 20)))
                .anySatisfy(line -> assertThat(line)
                        .returns(office.address(), AuditLine::by)
                        .returns("case-opened", AuditLine::act));

        for (String wrong : List.of(second, "", "会员部", "甲 乙")) {
            send(post("/console" + at + "/branches").with(csrf()).param("branch", wrong));
            assertThat(open(at + "/branches"))
                    .as(wrong)
                    .containsPattern(wrong.equals(second) ? "已经加入.{0,200}〔第二十七条（七）" : "请写分会的名称.{0,200}〔第十条");
        }
        assertThat(Tenant.in("bacca", () -> roster.get(own.id())).branches()).containsExactly(first, second);

        session = signIn(contact.username(), PASSWORD).getCookies();
        assertThat(open(at + "/branches")).contains(first, second).doesNotContain("加入一个分会", "确认退出");
        assertThat(send(post("/console" + at + "/branches/leave").with(csrf()).param("branch", second))
                        .getStatus())
                .isEqualTo(404);
        session = signIn(office.username(), PASSWORD).getCookies();
        send(post("/console" + at + "/branches/leave").with(csrf()).param("branch", second));
        assertThat(open(at + "/branches")).contains("已退出" + second);
        session = signIn(contact.username(), PASSWORD).getCookies();
        assertThat(status(at)).as("a branch that it has left sees it no more").isEqualTo(404);

        session = signIn(office.username(), PASSWORD).getCookies();
        Tenant.run(
                "bacca",
                () -> roster.record(own.id(), Entry.of(EntryKind.SUSPENDED, clock.today(), "BACCA-38", "test")));
        send(post("/console" + at + "/branches").with(csrf()).param("branch", second));
        assertThat(open(at + "/branches"))
                .containsPattern("role=\"alert\".{0,100}不能行使会员权利")
                .contains("〔第十条、第十六条、第三十八条")
                .doesNotContain("加入一个分会");
        send(post("/console" + at + "/branches/leave").with(csrf()).param("branch", first));
        assertThat(Tenant.in("bacca", () -> roster.get(own.id())).branches()).isEmpty();
        session = signIn(admin.username(), PASSWORD).getCookies();
        assertThat(open(here())).doesNotContain("/branches");
        assertThat(status(here() + "/branches")).isEqualTo(404);
    }

    @Test
    @DisplayName("BACCA-27-12：办结赠送行业报告的待办时附上文件，不是 PDF、Word 的不收、待办还在；附上的会员拿到链接")
    void a_report_is_attached_when_its_task_is_done() throws Exception {
        session =
                signIn(account("bacca", Role.SECRETARIAT).username(), PASSWORD).getCookies();
        Task task = Tenant.in(
                "bacca",
                () -> tasks.open(NewTask.of("industry-report", "会员部", "赠送报告" + Ids.secret(4))
                        .cites("BACCA-27-12")));
        String done = "/console/bacca/tasks/" + task.id() + "/done";
        assertThat(open("/bacca/desk")).contains(task.text(), "给会员的文件");
        mvc.perform(multipart(done).file(file("报告.exe", "MZ")).cookie(session).with(csrf()));
        assertThat(open("/bacca/desk")).contains("请传 PDF 或 Word（.docx）文件", task.text());
        mvc.perform(multipart(done)
                .file(file("报告.pdf", "%PDF-1.7 x"))
                .cookie(session)
                .with(csrf()));
        assertThat(Tenant.in("bacca", () -> tasks.find(task.id()).orElseThrow()))
                .returns(Task.State.DONE, Task::state)
                .returns(List.of("报告"), Task::documents);
        assertThat(open("/bacca/desk")).contains("已办").doesNotContain(task.text());
    }

    private static MockMultipartFile file(String name, String content) {
        return new MockMultipartFile("file", name, null, content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("寄发票：只寄一个班，收件标签是 PDF；没有照片登记不了寄出")
    void mailing_to_one_class() throws Exception {
        StaffMember teacher = account("whjx", Role.TEACHER);
        Member own = Tenant.in(
                "whjx",
                () -> roster.enter(NewMember.draft("班里" + Ids.secret(6), Kind.UNIT, "会员")
                        .joined(LocalDate.of(2019, 6, 1))
                        .teacher(teacher.id())
                        .contact(io.homeroom.member.Role.LIAISON, "李青", "13612342001")
                        .data("address", "汉口路1号")
                        .done()));
        MockHttpServletResponse made = send(post("/console/whjx/care/mailings")
                .with(csrf())
                .param("what", "invoice")
                .param("to", Long.toString(teacher.id())));
        String mailing = String.valueOf(made.getRedirectedUrl()).replace("/console", "");
        String page = open(mailing);
        assertThat(page).contains(own.name(), "发票").doesNotContain(member.name());
        MockHttpServletResponse labels = send(get("/console" + mailing + "/labels.pdf"));
        assertThat(labels.getContentType()).startsWith("application/pdf");
        assertThat(labels.getContentAsByteArray()).startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
        Matcher parcel = Pattern.compile("care/parcels/(\\d+)/send").matcher(page);
        assertThat(parcel.find()).isTrue();
        send(post("/console/whjx/care/parcels/" + parcel.group(1) + "/send")
                .with(csrf())
                .param("tracking", "SF1234567"));
        assertThat(jdbc.sql("select count(*) from parcel where id = :id and sent_on is not null")
                        .param("id", parcel.group(1))
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** WHJX-9-2: the roster goes into every internal group, once: by the class's robot, else its teacher is asked to. */
    private void intoEachClass(StaffMember byRobot, StaffMember byHand) throws Exception {
        send(post("/console/whjx/members/publication").with(csrf()));
        String page = "/a/whjx/members";
        assertThat(Tenant.in("whjx", () -> broadcasts.of(byRobot.id(), 5)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.way()).isEqualTo(Broadcast.Way.ROBOT);
                    assertThat(one.text()).contains("会员名册已更新（截至", page);
                });
        assertThat(Tenant.in("whjx", () -> broadcasts.of(byHand.id(), 5))).isEmpty();
        for (StaffMember teacher : Tenant.in("whjx", staff::teachers)) {
            assertThat(Tenant.in(
                            "whjx",
                            () -> notices.search(
                                    NoticeSearch.all().to(teacher.address()).about("roster"))))
                    .as(teacher.username())
                    .singleElement()
                    .satisfies(notice -> assertThat(notice.text())
                            .contains(
                                    page,
                                    Tenant.in("whjx", () -> robots.standing(teacher.id())) == Robots.Standing.READY
                                            ? "机器人已发到班级群"
                                            : "请转发班级群"));
        }
    }

    /** WHJX-9-2: once somebody has published a roster it goes out anew on the first of each month. */
    private void renewedEachMonth() throws Exception {
        Duty renewal = duties.stream()
                .filter(duty -> duty.name().equals("roster"))
                .findFirst()
                .orElseThrow();
        LocalDate today = clock.today();
        LocalDate first = today.withDayOfMonth(1).plusMonths(1);
        assertThat(Tenant.in("whjx", () -> renewal.next(today))).hasValue(first);
        assertThat(Tenant.in("aii", () -> renewal.next(today)))
                .as("never published")
                .isEmpty();
        jdbc.sql("update roster_edition set published_on = :before where association_id = 'whjx'")
                .param("before", today.minusDays(40))
                .update();
        Tenant.run("whjx", () -> renewal.run(first.plusDays(1)));
        assertThat(open("/whjx/members")).contains("上次发布 " + today.minusDays(40));
        Tenant.run("whjx", () -> renewal.run(first));
        assertThat(open("/whjx/members")).contains("上次发布 " + today);
        assertThat(Tenant.in("whjx", () -> notices.search(NoticeSearch.all().about("roster"))))
                .anySatisfy(notice -> {
                    assertThat(notice.to()).isEqualTo("秘书处");
                    assertThat(notice.text()).contains("会员名册已更新", "/a/whjx/members");
                });
    }

    private String publicPage(String path) throws Exception {
        return mvc.perform(get(path)).andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("换一天看：将来的一天、过去的一天；换规则书之前看谁受影响，什么也不改变")
    void another_day_and_another_rulebook() throws Exception {
        int year = clock.today().getYear();
        assertThat(open(here() + "/what-if?day=" + (year + 1) + "-04-01")).contains("第十二条（一）", "会费尚欠¥8,000.00", "接下来");
        assertThat(open(here() + "/what-if?day=2019-07-01")).doesNotContain("会费尚欠");
        assertThat(open(here() + "/what-if?day=nonsense")).contains("日期写成");

        String text;
        try (var in = getClass().getClassLoader().getResourceAsStream("config/rulebooks/whjx.yaml")) {
            assertThat(in).isNotNull();
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String dearer = weighed(text.replace("amounts: {会员: 8000}", "amounts: {会员: 9000}"));
        assertThat(dearer).contains(member.name(), "¥9,000.00", "会受不同对待");
        assertThat(weighed(text)).contains("没有一家会员会受不同对待");
        assertThat(weighed("code: whjx\nnam: x\n")).contains("是否想写“name”", "第2行");
        assertThat(open("/whjx/rules"))
                .contains("8,000.00", "通用计日规则", "title=\"WHJX-5-5\"")
                .doesNotContain("9,000.00", "XDOC-", ">WHJX-");
    }

    private String weighed(String rulebook) throws Exception {
        MockHttpServletResponse response =
                send(post("/console/whjx/rules/impact").with(csrf()).param("text", rulebook));
        assertThat(response.getStatus()).isEqualTo(200);
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "today,要办的事",
        "members,登记新会员",
        "members/new,入会日",
        "money,账单与到账",
        "money?show=bills,2026年度会费",
        "money?show=payments,到账",
        "money?show=unmatched,待认领",
        "money?show=refunds,退款",
        "desk,要办的事",
        "desk?show=cases,案件",
        "notices,未确认",
        "reports,周报",
        "reports?kind=half-year,优秀联络员",
        "care,等答复",
        "care/stories,宣传",
        "care/mailings,寄送",
        "bodies,任期届满",
        "meetings,安排会议",
        "ballots,表决",
        "rules,第十二条（一）",
        "rules/impact,谁从哪天起",
        "audit,谁在何时",
        "staff,初始密码"
    })
    @DisplayName("每一页都打得开，有该有的话")
    void every_page_opens(String path, String word) throws Exception {
        String year = clock.today().getYear() + "年度会费";
        assertThat(open("/whjx/" + path)).contains(word.endsWith("年度会费") ? year : word);
    }

    @Test
    @DisplayName("WHJX-9-5：半年报打印成 PDF、导出成表格")
    void the_report_goes_on_paper() throws Exception {
        assertThat(send(get("/console/whjx/reports/report.pdf?kind=half-year")).getContentAsByteArray())
                .startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
        assertThat(send(get("/console/whjx/reports/report.xlsx?kind=week")).getContentAsByteArray())
                .startsWith("PK".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    @DisplayName("AII-FEE：不收会费的协会，导航、会员、报告里没有金额的栏目，也没有登记到账；来过一笔钱就看得到它")
    void where_there_are_no_dues_no_page_speaks_of_money() throws Exception {
        Member unit = entered(roster, "aii", "普通会员单位", LocalDate.of(2022, 3, 4));
        session = signIn(account("aii", Role.SECRETARIAT).username(), PASSWORD).getCookies();
        account("aii", Role.TEACHER);
        account("aii", Role.TEACHER);
        String at = "/aii/members/" + unit.id();
        assertThat(open(at))
                .contains("本协会不收会费〔章程没有会费的规定〕")
                .doesNotContain("登记一笔到账", "¥", "账单与到账", "/console/aii/money");
        assertThat(open("/aii/members/new")).contains("登记新会员").doesNotContain("已缴至", "账单");
        assertThat(open("/aii/members")).contains(unit.name()).doesNotContain("未缴", "已缴至");
        assertThat(open("/aii/today")).doesNotContain("待认领", "未缴", "账单与到账");
        for (String kind : List.of("week", "half-year")) {
            assertThat(open("/aii/reports?kind=" + kind)).contains("合计").doesNotContain("¥", "收缴率", "到账", "到期");
        }
        byte[] paper =
                send(get("/console/aii/reports/report.pdf?kind=half-year")).getContentAsByteArray();
        try (PDDocument document = Loader.loadPDF(paper)) {
            assertThat(new PDFTextStripper().getText(document)).contains("联系情况").doesNotContain("收缴", "¥");
        }
        assertThat(send(get("/console/aii/reports/report.xlsx?kind=half-year")).getStatus())
                .isEqualTo(200);

        Tenant.in(
                "aii",
                () -> till.receive(
                        unit.id(), Money.ofYuan(100), Method.BANK_TRANSFER, clock.instant(), "b1", "", null, "x"));
        assertThat(open(at)).contains("账单与到账", "¥100.00");
    }

    @Test
    @DisplayName("会员页先说一句资格，再说应缴、联系人和经过；手机遮住")
    void a_members_page_says_where_it_stands() throws Exception {
        String page = open(here());
        assertThat(page)
                .contains(member.name())
                .contains("资格正常")
                .contains(clock.today().getYear() + "年度会费")
                .contains("136****2001")
                .doesNotContain("13612342001")
                .contains("2019-06-01")
                .contains("登记一笔到账");
    }

    @Test
    @DisplayName("看一眼号码，审计里留一行")
    void a_number_shown_is_noted() throws Exception {
        Contact contact = Tenant.in("whjx", () -> contacts.of(member.id()).get(0));
        MockHttpServletResponse shown = send(post("/console" + here() + "/contacts/" + contact.id() + "/phone")
                .with(csrf())
                .header("HX-Request", "true"));
        assertThat(shown.getContentAsString(StandardCharsets.UTF_8))
                .contains("13612342001")
                .doesNotContain("<html");
        List<AuditLine> lines = Tenant.in("whjx", () -> audit.lines(member.id(), 0, 10));
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.act()).isEqualTo("phone-shown");
            assertThat(line.by()).isEqualTo(admin.username());
        });
    }

    @Test
    @DisplayName("登记转账：账单缴清；同一张表单提交两次只记一次")
    void a_form_sent_twice_is_one_payment() throws Exception {
        long owed = Tenant.in("whjx", () -> bills.owed(member.id())).fen();
        String amount = java.math.BigDecimal.valueOf(owed, 2).toPlainString();
        for (int i = 0; i < 2; i++) {
            MockHttpServletResponse sent = send(post("/console" + here() + "/payments")
                    .with(csrf())
                    .param("key", "3f0c1a52-7a0e-4a4e-9f35-0d8a4a3f8f11")
                    .param("method", "bank-transfer")
                    .param("amount", amount)
                    .param("memo", "会费"));
            assertThat(sent.getRedirectedUrl()).isEqualTo("/console" + here());
        }
        assertThat(Tenant.in("whjx", () -> till.of(member.id()))).hasSize(1);
        assertThat(Tenant.in("whjx", () -> bills.owed(member.id())).fen()).isZero();
        assertThat(open(here())).contains("会费已缴清");
    }

    @Test
    @DisplayName("填错的到账表单：毛病写在字段旁，填过的还在，什么也没有记")
    void a_wrong_form_comes_back_with_its_faults() throws Exception {
        MockHttpServletResponse back = send(post("/console" + here() + "/payments")
                .with(csrf())
                .param("method", "wechat")
                .param("amount", "八千")
                .param("day", "2999-01-01")
                .param("memo", "会费 江城"));
        assertThat(back.getContentAsString(StandardCharsets.UTF_8)).contains("请选怎么到的", "请写数字", "不能晚于今天", "会费 江城");
        assertThat(Tenant.in("whjx", () -> till.of(member.id()))).isEmpty();
    }

    @Test
    @DisplayName("绑定二维码在页内生成，图片地址在本站之下")
    void an_invitation_shows_its_picture() throws Exception {
        MockHttpServletResponse made = send(post("/console" + here() + "/invitations")
                .with(csrf())
                .header("HX-Request", "true")
                .param("days", "7"));
        assertThat(made.getContentAsString(StandardCharsets.UTF_8))
                .contains("https://example.test/qr/whjx/")
                .contains("只能用一次");
    }

    @Test
    @DisplayName("办完一件事")
    void a_task_is_done() throws Exception {
        Task task = Tenant.in(
                "whjx",
                () -> tasks.open(NewTask.of("letter", "会籍管理部", "寄送告知书")
                        .about(member.id())
                        .cites("WHJX-12-0")));
        assertThat(open(here())).contains("寄送告知书").contains("第十二条");
        String tick = "/console/whjx/tasks/" + task.id() + "/done";
        assertRefused(post(tick), "寄送凭证"); // a letter is posted only with proof
        assertThat(Tenant.in("whjx", () -> tasks.find(task.id())).orElseThrow().state())
                .isEqualTo(Task.State.OPEN);
        send(post(tick).with(csrf()).param("documents", "挂号回执").param("back", "https://evil.test/"));
        assertThat(Tenant.in("whjx", () -> tasks.find(task.id())).orElseThrow().state())
                .isEqualTo(Task.State.DONE);
        assertThat(Tenant.in("whjx", () -> tasks.find(task.id())).orElseThrow().doneBy())
                .isEqualTo(admin.username());
    }

    @Test
    @DisplayName("案件页：谁在办、缺什么；收材料、记决定，规则不许的说明依据")
    void a_case_is_moved_on() throws Exception {
        CaseView matter = Tenant.in(
                "whjx",
                () -> cases.open(new Opening(
                                "withdrawal",
                                member.id(),
                                "",
                                "member",
                                List.of(),
                                List.of("退会函件"),
                                Map.of(),
                                List.of()))
                        .get());
        assertThat(open("/whjx/cases/" + matter.id())).contains("退会", "会员证书", "会籍管理部", "第十一条");
        assertThat(open("/whjx/desk?show=cases")).contains(member.name());
        String at = "/console/whjx/cases/" + matter.id();
        send(seen(post(at + "/decision"), matter).param("by", "会籍管理部").param("result", "approve"));
        assertThat(Tenant.in("whjx", () -> cases.find(matter.id()))
                        .orElseThrow()
                        .isOpen())
                .isTrue();
        send(seen(post(at + "/documents"), matter).param("documents", "会员证书"));
        send(seen(post(at + "/again"), matter).param("documents", "退会函件").param("why", "没有盖章"));
        assertThat(Tenant.in("whjx", () -> cases.find(matter.id()))
                        .orElseThrow()
                        .missing())
                .containsExactly("退会函件");
        send(seen(post(at + "/documents"), matter).param("documents", "退会函件"));
        send(seen(post(at + "/decision"), matter).param("by", "会籍管理部").param("result", "approve"));
        assertThat(Tenant.in("whjx", () -> cases.find(matter.id()))
                        .orElseThrow()
                        .outcome())
                .isEqualTo("approved");
        assertThat(open(here())).contains("已退会");

        assertThat(open("/whjx/cases/" + matter.id())).contains("/reply.pdf");
        try (PDDocument reply = Loader.loadPDF(send(get(at + "/reply.pdf")).getContentAsByteArray())) {
            assertThat(new PDFTextStripper().getText(reply).replaceAll("\\s", ""))
                    .contains("书面答复", member.name(), "经会籍管理部于", "决定：同意", "第十一条");
        }
    }

    @Test
    @DisplayName("WHJX-5-2：没有资质证书的，会籍管理部或秘书处在案件页注明不适用、写明为什么；班主任不能，没有这一条的材料不能")
    void a_paper_that_does_not_apply_is_noted() throws Exception {
        CaseView matter = Tenant.in(
                "whjx",
                () -> cases.apply(new Application(
                                null,
                                "建研院" + Ids.secret(5),
                                Kind.UNIT,
                                null,
                                null,
                                null,
                                null,
                                List.of("入会申请表", "备案表", "营业执照", "单位简介"),
                                Application.Facts.CLEAN,
                                Map.of(),
                                "applicant"))
                        .get());
        String at = "/console/whjx/cases/" + matter.id();
        assertThat(open("/whjx/cases/" + matter.id())).contains("注明不适用");
        assertRefused(post(at + "/exempt").param("document", "资质证书").param("why", "事业单位"), "有了变化");
        assertThat(send(seen(post(at + "/exempt"), matter)
                                .param("document", "单位画册")
                                .param("why", "没有"))
                        .getStatus())
                .as("this one must come")
                .isEqualTo(404);
        send(seen(post(at + "/exempt"), matter).param("document", "资质证书").param("why", " "));
        assertThat(missing(matter)).as("a reason is owed").containsExactly("资质证书", "单位画册");

        Cookie[] office = session;
        String teacher = account("whjx", Role.TEACHER).username();
        session = signIn(teacher, PASSWORD).getCookies();
        assertThat(send(seen(post(at + "/exempt"), matter)
                                .param("document", "资质证书")
                                .param("why", "事业单位"))
                        .getStatus())
                .isEqualTo(404);
        session = office;

        send(seen(post(at + "/exempt"), matter).param("document", "资质证书").param("why", "事业单位，没有资质"));
        assertThat(missing(matter)).containsExactly("单位画册");
        String page = open("/whjx/cases/" + matter.id());
        assertThat(page).contains("注明不适用：资质证书：事业单位，没有资质", "第五条（二）").doesNotContain("exempt\"");
        assertThat(Tenant.in("whjx", () -> audit.lines(matter.memberId(), 0, 20)))
                .anySatisfy(line -> {
                    assertThat(line.act()).isEqualTo("document-exempt");
                    assertThat(line.detail()).isEqualTo("资质证书：事业单位，没有资质");
                    assertThat(line.clauses()).containsExactly("WHJX-5-2");
                });

        send(seen(post(at + "/again"), matter).param("documents", "资质证书").param("why", "查到有资质"));
        assertThat(missing(matter)).as("asked for after all").containsExactly("资质证书", "单位画册");
    }

    private List<String> missing(CaseView matter) {
        return Tenant.in("whjx", () -> cases.find(matter.id())).orElseThrow().missing();
    }

    /** A form of the case's page as it looks now. */
    private MockHttpServletRequestBuilder seen(MockHttpServletRequestBuilder form, CaseView matter) {
        int steps = Tenant.in("whjx", () -> cases.find(matter.id()))
                .orElseThrow()
                .steps()
                .size();
        return form.with(csrf()).param("seen", String.valueOf(steps));
    }

    @Test
    @DisplayName("案件页的坏输入：停在旧的一步、不说看到哪一步、别的机构、票多于到会、没有的决定，各说缘由，案件原样")
    void nothing_moves_a_case_that_may_not() throws Exception {
        CaseView matter = Tenant.in(
                "whjx",
                () -> cases.open(new Opening(
                                "withdrawal",
                                member.id(),
                                "",
                                "member",
                                List.of(),
                                List.of("退会函件", "会员证书"),
                                Map.of(),
                                List.of()))
                        .get());
        String at = "/console/whjx/cases/" + matter.id();
        String page = open("/whjx/cases/" + matter.id());
        String seen = String.valueOf(matter.steps().size());
        assertThat(send(get(at + "/reply.pdf")).getStatus())
                .as("nothing is decided yet")
                .isEqualTo(404);
        assertThat(page).contains("name=\"seen\" value=\"" + seen + "\"");

        assertRefused(
                post(at + "/decision")
                        .param("by", "会籍管理部")
                        .param("result", "approve")
                        .param("seen", "0"),
                "有了变化");
        assertRefused(post(at + "/answer").param("says", "refuse").param("seen", "0"), "有了变化");
        assertRefused(post(at + "/documents").param("documents", "会员证书").param("seen", "0"), "有了变化");
        assertRefused(again(at).param("seen", "0"), "有了变化");
        assertRefused(again(at), "有了变化");
        assertRefused(post(at + "/decision").param("by", "会籍管理部").param("result", "approve"), "有了变化");
        assertRefused(post(at + "/answer").param("says", "refuse"), "有了变化");
        assertRefused(post(at + "/documents").param("documents", "会员证书"), "有了变化");
        assertRefused(
                post(at + "/decision")
                        .param("by", "理事会")
                        .param("result", "approve")
                        .param("seen", seen),
                "〔第");
        assertRefused(
                post(at + "/decision")
                        .param("by", "会籍管理部")
                        .param("present", "5")
                        .param("for", "6")
                        .param("seen", seen),
                "票");
        assertRefused(
                post(at + "/decision")
                        .param("by", "会籍管理部")
                        .param("result", "maybe")
                        .param("seen", seen),
                "请选决定");
        assertThat(Tenant.in("whjx", () -> cases.find(matter.id()))).contains(matter);

        send(post(at + "/decision")
                .with(csrf())
                .param("by", "会籍管理部")
                .param("result", "approve")
                .param("seen", seen));
        assertThat(Tenant.in("whjx", () -> cases.find(matter.id()))
                        .orElseThrow()
                        .outcome())
                .isEqualTo("approved");
    }

    private static MockHttpServletRequestBuilder again(String at) {
        return post(at + "/again").param("documents", "会员证书").param("why", "看不清");
    }

    @Test
    @DisplayName("会议：安排、签到、结束；旧页面登记不了；会议记录在网页上和 PDF 里都有到会的单位")
    void a_meeting_is_held_and_recorded() throws Exception {
        String today = clock.today().toString();
        assertRefused(post("/console/whjx/meetings").param("body", "会员大会").param("day", "2026-02-30"), "请填会议日期");
        String at = send(post("/console/whjx/meetings")
                        .with(csrf())
                        .param("body", "会员大会")
                        .param("day", today)
                        .param("place", "三楼会议室"))
                .getRedirectedUrl();
        assertThat(at).matches("/console/whjx/meetings/\\d+");
        String version = version(at);
        String seat = "m" + member.id();
        send(post(at + "/attendance").with(csrf()).param("version", version).param(seat, "PRESENT"));
        assertRefused(post(at + "/attendance").param("version", version).param(seat, "ABSENT"), "刷新");
        send(post(at + "/end").with(csrf()).param("version", version(at)));

        assertThat(open(at.substring("/console".length()) + "/minutes")).contains("会员大会", "三楼会议室", member.name());
        try (PDDocument minutes = Loader.loadPDF(send(get(at + "/minutes.pdf")).getContentAsByteArray())) {
            assertThat(new PDFTextStripper().getText(minutes).replaceAll("\\s", ""))
                    .contains("会员大会", "三楼会议室", member.name());
        }
    }

    private String version(String at) throws Exception {
        Matcher version =
                Pattern.compile("name=\"version\" value=\"(\\d+)\"").matcher(open(at.substring("/console".length())));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    private void assertRefused(MockHttpServletRequestBuilder request, String why) throws Exception {
        Object said = mvc.perform(request.with(csrf()).cookie(session))
                .andReturn()
                .getFlashMap()
                .get("refused");
        assertThat(String.valueOf(said)).contains(why);
    }

    @Test
    @DisplayName("会议机构：闭会、席位、任期、换届都在页上登记；不可能的、页面旧了的不收，什么也不变；只有秘书处和管理员能改")
    void bodies_are_kept_by_the_office() throws Exception {
        String today = clock.today().toString();
        String ends = clock.today().plusYears(1).toString();
        BodyState before = council();
        String seen = seen("理事会");
        assertBodyRefused("理事会", seen, "-1", "true", ends, "", "0以上的整数");
        assertBodyRefused("理事会", seen, "7", "true", "2027-02-30", "", "日历上没有“2027-02-30”");
        assertBodyRefused("理事会", seen, "7", "true", clock.today().plusYears(21).toString(), "", "请核对");
        assertBodyRefused(
                "理事会", seen, "7", "true", ends, clock.today().plusDays(1).toString(), "换届日不能晚于今天");
        assertBodyRefused("董事会", seen, "7", "true", ends, "", "没有“董事会”这个会议");
        assertThat(council()).isEqualTo(before);
        assertThat(send(body("理事会", seen, "7", "true", ends, today)).getStatus())
                .as("without the token")
                .isEqualTo(403);

        session = signIn(account("whjx", Role.SECRETARIAT).username(), PASSWORD).getCookies();
        send(body("理事会", seen, "7", "true", ends, today).with(csrf()));
        BodyState after = new BodyState("理事会", 7, true, LocalDate.parse(ends), clock.today());
        assertThat(council()).isEqualTo(after);
        assertThat(open("/whjx/bodies")).contains("闭会", "7（登记的）", ends);
        assertThat(Tenant.in("whjx", () -> audit.lines(null, Long.MAX_VALUE, 20)))
                .filteredOn(line -> line.act().equals("body-changed"))
                .singleElement()
                .extracting(AuditLine::detail)
                .asString()
                .contains("理事会：闭会", "在任7席", "任期至" + ends, today + "换届");
        assertBodyRefused("理事会", seen, "9", "false", "", "", "刚被别人改过");
        assertThat(council()).isEqualTo(after);
        send(body("理事会", seen("理事会"), "", "false", "", "").with(csrf()));
        assertThat(council()).isEqualTo(new BodyState("理事会", null, false, null, null));

        String ahead = clock.today().plusDays(9).toString();
        assertRefused(coming("", "true", ""), "请填从哪天起");
        assertRefused(coming("2027-02-30", "true", ""), "日历上没有“2027-02-30”");
        assertRefused(coming(ahead, "true", "九"), "写“按名册”");
        assertRefused(coming(today, "true", ""), "今天之后");
        send(coming(ahead, "true", "按名册").with(csrf()));
        Matcher cancel =
                Pattern.compile("/console(/whjx/bodies/coming/\\d+/cancel)").matcher(open("/whjx/bodies"));
        assertThat(cancel.find()).isTrue();
        assertThat(open("/whjx/bodies")).contains("将要发生", "闭会，在任席位按名册计数");
        assertThat(council()).as("not before its day").isEqualTo(new BodyState("理事会", null, false, null, null));
        send(post("/console" + cancel.group(1)).with(csrf()));
        assertThat(open("/whjx/bodies")).doesNotContain("将要发生");
        assertRefused(post("/console" + cancel.group(1)), "页面已过期");

        session = signIn(account("whjx", Role.TEACHER).username(), PASSWORD).getCookies();
        assertThat(status("/whjx/bodies")).isEqualTo(404);
        assertThat(send(body("理事会", "- false - -", "9", "true", "", "").with(csrf()))
                        .getStatus())
                .isEqualTo(404);
    }

    private static MockHttpServletRequestBuilder coming(String from, String recess, String seats) {
        return post("/console/whjx/bodies/coming")
                .param("body", "理事会")
                .param("from", from)
                .param("recess", recess)
                .param("seats", seats);
    }

    private BodyState council() {
        return Tenant.in("whjx", () -> bodies.state("理事会"));
    }

    private String seen(String body) throws Exception {
        Matcher found = Pattern.compile("value=\"" + body + "\"[^>]*><input[^>]* name=\"seen\" value=\"([^\"]+)\"")
                .matcher(open("/whjx/bodies"));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static MockHttpServletRequestBuilder body(
            String body, String seen, String seats, String recess, String ends, String changed) {
        return post("/console/whjx/bodies")
                .param("body", body)
                .param("seen", seen)
                .param("seats", seats)
                .param("recess", recess)
                .param("termEnds", ends)
                .param("changed", changed);
    }

    private void assertBodyRefused(
            String body, String seen, String seats, String recess, String ends, String changed, String why)
            throws Exception {
        assertRefused(body(body, seen, seats, recess, ends, changed), why);
    }

    private MockHttpServletRequestBuilder lowered(String year, String to) {
        return post("/console" + here() + "/reductions").param("year", year).param("to", to);
    }

    @Test
    @DisplayName("WHJX-8-5b：减免会费要收到书面同意，年度、金额不对的不收；收到的当场改小账单")
    void a_fee_is_lowered_at_the_console() throws Exception {
        String year = Integer.toString(clock.today().getYear());
        assertThat(open(here())).contains("减免会费", "已收到驻会领导书面同意");
        assertRefused(lowered(year, "6000"), "还缺：驻会领导书面同意");
        assertRefused(lowered("今年", "6000").param("paper0", "true"), "年度写成四位数字");
        assertRefused(lowered(year, "-1").param("paper0", "true"), "最多到分");
        assertRefused(lowered(year, "8000.01").param("paper0", "true"), "减免后的金额须在零与原金额");
        assertRefused(lowered("1999", "6000").param("paper0", "true"), "没有1999年的会费账单");
        assertThat(Tenant.in("whjx", () -> bills.owed(member.id()))).isEqualTo(new Money(800_000));
        assertThat(send(lowered(year, "6000").param("paper0", "true")).getStatus())
                .isEqualTo(403);
        send(lowered(year, "6000").param("paper0", "true").with(csrf()));
        assertThat(Tenant.in("whjx", () -> bills.owed(member.id()))).isEqualTo(new Money(600_000));
        assertThat(Tenant.in("whjx", () -> audit.lines(member.id(), 0, 50)))
                .anySatisfy(
                        line -> assertThat(line.by() + " " + line.act()).isEqualTo(admin.username() + " case-raised"));
        session = signIn(account("whjx", Role.FINANCE).username(), PASSWORD).getCookies();
        assertThat(send(lowered(year, "1").param("paper0", "true").with(csrf())).getStatus())
                .isEqualTo(404);
    }

    private String raised(MockHttpServletRequestBuilder request) throws Exception {
        String to = String.valueOf(send(request.with(csrf())).getRedirectedUrl());
        assertThat(to).contains("/cases/");
        return to;
    }

    private static CaseView raised(Cases cases, String association, String to) {
        long id = Long.parseLong(to.substring(to.lastIndexOf('/') + 1));
        return Tenant.in(association, () -> cases.find(id)).orElseThrow();
    }

    @Test
    @DisplayName("AII-25-b、BACCA-35：秘书处提出决议，写明事项、名额或会费标准；同一件不提两次；没有这一条的协会没有这一页")
    void resolutions_are_raised_by_the_office() throws Exception {
        assertThat(status("/whjx/resolutions")).isEqualTo(404);
        session = signIn(account("aii", Role.SECRETARIAT).username(), PASSWORD).getCookies();
        assertThat(open("/aii/meetings")).contains("/console/aii/resolutions");
        assertThat(open("/aii/money")).contains("不收会费，没有账单〔章程没有会费的规定〕").doesNotContain("AII-FEE");
        assertThat(open("/aii/sending")).doesNotContain("只发给欠费的");
        String path = "/console/aii/resolutions";
        assertRefused(post(path).param("matter", "AII-25-b").param("count", "1"), "请写决议的题目");
        assertRefused(post(path).param("matter", "AII-25-b").param("subject", "增选"), "请写增选几名");
        assertRefused(post(path).param("matter", "AII-12-0").param("subject", "增选"), "没有哪个机构");
        assertThat(Tenant.in("aii", () -> cases.search("resolution", null, 0, 9)))
                .isEmpty();
        String first = raised(post(path)
                .param("matter", "AII-25-b")
                .param("subject", "增选副理事长单位")
                .param("count", "2"));
        CaseView matter = raised(cases, "aii", first);
        assertThat(matter.at()).isEqualTo("常务理事会");
        assertThat(matter.data()).containsEntry("count", "2");
        assertThat(open(first.substring("/console".length()))).contains("增选副理事长单位", "名额");
        assertThat(raised(post(path)
                        .param("matter", "AII-25-b")
                        .param("subject", "增选副理事长单位")
                        .param("count", "2")))
                .isEqualTo(first);
        assertThat(open("/aii/resolutions")).contains(first, "增选副理事长单位");

        session =
                signIn(account("bacca", Role.SECRETARIAT).username(), PASSWORD).getCookies();
        path = "/console/bacca/resolutions";
        assertRefused(post(path).param("matter", "BACCA-35").param("subject", "会费标准"), "至少一个等级");
        assertRefused(
                post(path).param("matter", "BACCA-35").param("subject", "会费标准").param("fee0", "1.234"), "最多到分");
        matter = raised(
                cases,
                "bacca",
                raised(post(path)
                        .param("matter", "BACCA-35")
                        .param("subject", "会费标准")
                        .param("fee0", "7,200.6")));
        assertThat(matter.at()).isEqualTo("会员大会");
        assertThat(matter.data()).containsValue("7200.6");
    }

    private static Member entered(Roster roster, String association, String grade, LocalDate joined) {
        return Tenant.in(
                association,
                () -> roster.enter(NewMember.draft(grade + Ids.secret(6), Kind.UNIT, grade)
                        .joined(joined)
                        .paidThrough(LocalDate.of(joined.getYear() + 20, 12, 31))
                        .number(true)
                        .done()));
    }

    @Test
    @DisplayName("IGRS-24-a、IGRS-20-X、BACCA-21-c：由核心会员提出、由它提名、换届再登记，都能在会员页上提起")
    void cases_are_moved_and_nominated_by_other_members() throws Exception {
        LocalDate long_ago = clock.today().minusYears(6);
        Member core = entered(roster, "igrs", "核心会员", long_ago);
        Member plain = entered(roster, "igrs", "推广会员", long_ago);
        Member young = entered(roster, "igrs", "观察会员", clock.today().minusDays(40));
        session = signIn(account("igrs", Role.SECRETARIAT).username(), PASSWORD).getCookies();
        assertThat(open("/igrs/members/" + plain.id())).contains("moverName", "nominators", "破格升级");
        assertThat(open("/igrs/members/" + plain.id())).doesNotContain("name=\"again\"", "减免会费");
        String path = "/console/igrs/members/" + plain.id() + "/cases";
        assertRefused(down(path).param("moverName", "没有这一家"), "没有叫“没有这一家”的会员");
        assertRefused(down(path).param("moverName", young.name()), "可以提出");
        assertRefused(down(path).param("moverName", core.name() + "、" + young.name()), "只写一家");
        assertThat(Tenant.in("igrs", () -> cases.of(plain.id()))).isEmpty();
        raised(down(path).param("moverName", core.name()));
        assertThat(Tenant.in("igrs", () -> cases.of(plain.id())))
                .singleElement()
                .extracting(CaseView::type)
                .isEqualTo("downgrade");
        assertCountedByItsBody(
                Tenant.in("igrs", () -> cases.of(plain.id())).get(0).id());

        path = "/console/igrs/members/" + young.id() + "/cases";
        assertRefused(up(path), "名核心会员提名");
        assertRefused(up(path).param("nominators", plain.name()), "名核心会员提名");
        String to = raised(up(path).param("nominators", core.name()));
        assertThat(raised(cases, "igrs", to).data()).containsEntry("nominated-by", Long.toString(core.id()));

        Member unit = entered(roster, "bacca", "会员单位", long_ago);
        session =
                signIn(account("bacca", Role.SECRETARIAT).username(), PASSWORD).getCookies();
        path = "/console/bacca/members/" + unit.id() + "/cases";
        to = raised(post(path).param("type", "registration").param("again", "true"));
        assertThat(raised(cases, "bacca", to).data()).containsEntry("kind", "re-registration");
    }

    /** At a step that is counted: the wrong body and more votes than people are refused, and nothing has changed. */
    private void assertCountedByItsBody(long matter) throws Exception {
        send(decision(matter, "秘书处").param("result", "approve").with(csrf()));
        CaseView counted = Tenant.in("igrs", () -> cases.find(matter)).orElseThrow();
        assertThat(counted.at()).isEqualTo("核心会员大会");
        assertRefused(decision(matter, "核心会员大会").param("present", "5").param("for", "6"), "票数不符：到会5，同意6，反对0");
        assertRefused(
                decision(matter, "核心会员大会")
                        .param("present", "5")
                        .param("for", "3")
                        .param("against", "3"),
                "同意和反对之和不能超过到会数");
        assertRefused(decision(matter, "理事长").param("result", "approve"), "现在应由核心会员大会决定，不是理事长");
        assertRefused(decision(matter, "理事长").param("result", "approve"), "〔第二十四条");
        assertThat(Tenant.in("igrs", () -> cases.find(matter))).contains(counted);
    }

    private MockHttpServletRequestBuilder decision(long matter, String by) {
        CaseView now = Tenant.in("igrs", () -> cases.find(matter)).orElseThrow();
        return post("/console/igrs/cases/" + matter + "/decision")
                .param("by", by)
                .param("seen", String.valueOf(now.steps().size()));
    }

    @Test
    @DisplayName("AII-23-c 发起表决：可选的是等待决定的事项；已经在表决的不再列出，也不能再发起一次；撤销以后又能选")
    void what_is_being_voted_on_is_not_offered_again() throws Exception {
        LocalDate long_ago = clock.today().minusYears(6);
        entered(roster, "aii", "理事单位", long_ago);
        Member rises = entered(roster, "aii", "普通会员单位", long_ago);
        long matter = Tenant.in("aii", () -> cases.open(Opening.byMember("upgrade", rises.id(), Map.of("to", "理事单位"))))
                .get()
                .id();
        session = signIn(account("aii", Role.SECRETARIAT).username(), PASSWORD).getCookies();
        String offered = "value=\"" + matter + " 理事会\"";
        assertThat(open("/aii/ballots")).contains(offered);
        MockHttpServletRequestBuilder vote = post("/console/aii/ballots")
                .param("matter", matter + " 理事会")
                .param("way", "ONLINE")
                .param("special", "成员分散各地")
                .param("closes", clock.today().plusDays(3).toString());
        String at = String.valueOf(send(vote.with(csrf())).getRedirectedUrl());
        assertThat(at).matches("/console/aii/ballots/\\d+");
        assertThat(open("/aii/ballots")).contains(at, rises.name()).doesNotContain(offered);
        assertRefused(vote, "已有一次表决在进行");
        send(post(at + "/cancel").with(csrf()).param("why", "先开会说明"));
        assertThat(open("/aii/ballots")).contains(offered);
    }

    private static MockHttpServletRequestBuilder down(String path) {
        return post(path).param("type", "downgrade").param("to", "观察会员").param("grounds", "IGRS-23-1");
    }

    private static MockHttpServletRequestBuilder up(String path) {
        return post(path).param("type", "upgrade").param("to", "普通会员").param("exceptional", "true");
    }

    private static MockHttpServletRequestBuilder fact(String association, Member about, String event) {
        return post("/console/" + association + "/members/" + about.id() + "/facts")
                .param("event", event);
    }

    @Test
    @DisplayName("DSIA-12、DSIA-16、WHJX-12-3：破产、合并、分立、辞职在会员页登记，后续随即办理；写错的什么也不变，再交一次不重复")
    void what_became_of_a_member_is_recorded() throws Exception {
        String today = clock.today().toString();
        assertThat(open(here())).contains("登记它发生的变化", "破产").doesNotContain("吸收合并");
        assertRefused(
                fact("whjx", member, "bankrupt")
                        .param("day", clock.today().plusDays(1).toString()),
                "不能晚于今天");
        assertRefused(fact("whjx", member, "bankrupt").param("day", "2026-02-30"), "请写事情发生的那一天");
        assertThat(send(fact("whjx", member, "bankrupt")).getStatus()).isEqualTo(403);
        assertThat(Tenant.in("whjx", () -> cases.of(member.id()))).isEmpty();
        send(fact("whjx", member, "bankrupt").param("day", today).with(csrf()));
        send(fact("whjx", member, "bankrupt").param("day", today).with(csrf()));
        assertThat(Tenant.in("whjx", () -> cases.of(member.id())))
                .singleElement()
                .extracting(CaseView::type)
                .isEqualTo("exit");
        assertThat(send(fact("whjx", member, "merged").with(csrf())).getStatus())
                .isEqualTo(404);

        LocalDate joined = clock.today().minusYears(3);
        String grade =
                Tenant.in("dsia", () -> law.of(clock.today()).grades().get(0).name());
        Member stays = entered(roster, "dsia", grade, joined);
        Member goes = entered(roster, "dsia", grade, joined);
        session = signIn(account("dsia", Role.SECRETARIAT).username(), PASSWORD).getCookies();
        assertThat(open("/dsia/members/" + stays.id())).contains("吸收合并", "分立");
        assertRefused(fact("dsia", stays, "merged").param("with", "没有这一家"), "没有叫“没有这一家”的会员");
        assertRefused(fact("dsia", stays, "merged").param("with", stays.name()), "两家在籍会员");
        assertRefused(fact("dsia", stays, "split").param("into", "、"), "分立出去的各家");
        assertRefused(fact("dsia", stays, "resigned").param("post", "会长"), "没有担任会长");
        send(fact("dsia", stays, "merged").param("with", goes.name()).with(csrf()));
        assertThat(Tenant.in("dsia", () -> roster.get(goes.id())).belongs()).isFalse();
        assertRefused(fact("dsia", goes, "bankrupt").param("day", today), "已经不是在籍会员");
        send(fact("dsia", stays, "split")
                .param("into", "甲公司、乙公司")
                .param("seal", "新名" + goes.id())
                .with(csrf()));
        assertRefused(fact("dsia", stays, "split").param("into", "甲公司、乙公司"), "已经登记过");
        assertThat(Tenant.in("dsia", () -> roster.get(stays.id())).name()).isEqualTo("新名" + goes.id());
        assertThat(Tenant.in("dsia", () -> roster.history(stays.id())))
                .filteredOn(entry -> entry.kind() == EntryKind.SPLIT)
                .hasSize(1);
        assertThat(open("/dsia/audit")).contains("合并", "分立");
    }

    @Test
    @DisplayName("活动：认不出的、将来的一家也不记；记过的再记不重复；只有秘书处和管理员能记")
    void activities_are_recorded() throws Exception {
        LocalDate today = clock.today();
        String path = "/console/whjx/activities";
        assertThat(open("/whjx/activities")).contains("登记一次活动");
        assertRefused(
                post(path).param("day", today.toString()).param("present", member.name() + "\n没有这一家"), "没有叫“没有这一家”");
        assertRefused(post(path).param("day", today.plusDays(1).toString()).param("present", member.name()), "不能晚于今天");
        assertThat(attended()).isEmpty();
        assertThat(open("/whjx/activities")).doesNotContain(today + " 周");
        for (int again = 0; again < 2; again++) {
            send(post(path)
                    .param("day", today.toString())
                    .param("present", member.name())
                    .with(csrf()));
            assertThat(attended()).containsExactly(today);
        }
        assertThat(open("/whjx/activities")).contains("最近的活动", today + " 周", "1家");
        session = signIn(account("whjx", Role.TEACHER).username(), PASSWORD).getCookies();
        assertThat(status("/whjx/activities")).isEqualTo(404);
        assertThat(send(post(path).param("day", today.toString()).with(csrf())).getStatus())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("BACCA-27-4、27-10、27-11：会员的权益页写着价格和依据；登记参加算出应收，同一次不记两遍；没有会员价的说明按原价")
    void what_a_member_pays_is_worked_out() throws Exception {
        assertThat(open("/whjx/meetings")).doesNotContain("/registers");
        MockHttpServletResponse none = send(get("/console/whjx/registers"));
        assertThat(none.getStatus()).isEqualTo(404);
        assertThat(none.getContentAsString(StandardCharsets.UTF_8)).contains("没有找到这一页", "所以没有登记簿");
        // Where no rule says who hears of it, what a member asks for on its phone must not get lost.
        Tenant.in(
                "whjx",
                () -> assertThat(rights.use(member.id(), "services", "请介绍资质政策", 1, "member:" + member.id())
                                .isDone())
                        .isTrue());
        assertThat(Tenant.in(
                        "whjx",
                        () -> notices.search(
                                NoticeSearch.all().member(member.id()).page(0, 50))))
                .anyMatch(notice -> notice.to().equals("秘书处")
                        && notice.text().contains("请介绍资质政策")
                        && notice.clauses().contains("WHJX-8-2"));
        Member small = Tenant.in(
                "bacca",
                () -> roster.enter(NewMember.draft("漫画" + Ids.secret(6), Kind.UNIT, "会员单位")
                        .joined(LocalDate.of(2020, 3, 1))
                        .paidThrough(LocalDate.of(clock.today().getYear(), 12, 31))
                        .number(true)
                        .contact(io.homeroom.member.Role.REPRESENTATIVE, "赵一", "13612342002")
                        .done()));
        session =
                signIn(account("bacca", Role.SECRETARIAT).username(), PASSWORD).getCookies();
        String page = "/bacca/members/" + small.id() + "/rights";
        String path = "/console" + page;
        assertThat(open("/bacca/members/" + small.id())).contains(path);
        assertThat(open(page)).contains("专业培训", "原价的80%", "按原价", "〔第二十七条（五）〕", "参会证件2张");
        assertRefused(post(path + "/places").param("of", "training").param("event", "法规培训"), "请写原价");
        assertRefused(
                post(path + "/places")
                        .param("of", "exhibit")
                        .param("event", "动漫展")
                        .param("full", "20000"),
                "按原价收取");
        MockHttpServletRequestBuilder place = post(path + "/places")
                .param("of", "training")
                .param("event", "法规培训")
                .param("full", "333.33")
                .with(csrf());
        assertThat(send(place).getStatus()).isEqualTo(302);
        assertThat(open(page)).contains("法规培训", "¥333.33", "¥266.66");
        assertRefused(
                post(path + "/places")
                        .param("of", "training")
                        .param("event", "法规培训")
                        .param("full", "333.33"),
                "已经登记过");
        assertRefused(
                post(path + "/uses").param("what", "pass").param("event", "年会").param("count", "3"), "可免费领取2张");
        assertRefused(post(path + "/uses").param("what", "fly"), "请选");
        assertThat(send(post(path + "/uses")
                                .param("what", "pass")
                                .param("event", "年会")
                                .with(csrf()))
                        .getStatus())
                .isEqualTo(302);
        assertThat(open("/bacca/registers")).contains("会员代表候选人", "赵一", small.name());
    }

    @Test
    @DisplayName("AII-22-8、AII-22-10：工作组、项目凭通过的决议设立，一件决议一个；进展要写明，过期的页面和办结的不能再改")
    void working_groups_need_a_resolution() throws Exception {
        session = signIn(account("aii", Role.SECRETARIAT).username(), PASSWORD).getCookies();
        String path = "/console/aii/registers";
        String decision = raised(post("/console/aii/resolutions")
                .param("matter", "AII-22-8")
                .param("subject", "设立安全工作组" + Ids.secret(4)));
        long id = Long.parseLong(decision.substring(decision.lastIndexOf('/') + 1));
        String name = "安全工作组" + Ids.secret(4);
        MockHttpServletRequestBuilder enter = post(path)
                .param("register", "工作组")
                .param("decision", Long.toString(id))
                .param("name", name);
        assertRefused(enter, "须先有通过的决议");
        jdbc.sql("update case_file set outcome = 'approved' where association_id = 'aii' and id = :id")
                .param("id", id)
                .update();
        assertThat(send(post(path)
                                .param("register", "工作组")
                                .param("decision", Long.toString(id))
                                .param("name", name)
                                .with(csrf()))
                        .getStatus())
                .isEqualTo(302);
        assertThat(open("/aii/registers")).contains(name, "进行中");
        assertRefused(
                post(path)
                        .param("register", "工作组")
                        .param("decision", Long.toString(id))
                        .param("name", "另一个"),
                "一件决议立一个");
        long entry = jdbc.sql("select id from undertaking where association_id = 'aii' and name = :name")
                .param("name", name)
                .query(Long.class)
                .single();
        String move = path + "/" + entry;
        assertRefused(post(move).param("state", "done").param("version", "1"), "请写明进展");
        send(post(move)
                .param("state", "done")
                .param("version", "1")
                .param("note", "标准已发布")
                .with(csrf()));
        assertThat(open("/aii/registers")).contains("标准已发布", "已完成");
        assertRefused(post(move).param("state", "running").param("version", "1").param("note", "再来"), "页面已过期");
        assertRefused(post(move).param("state", "running").param("version", "2").param("note", "再来"), "不能再改");
        session = signIn(account("aii", Role.TEACHER).username(), PASSWORD).getCookies();
        assertThat(status("/aii/registers")).isEqualTo(404);
        for (String table : List.of("case_step where case_id", "case_file where id")) {
            jdbc.sql("delete from " + table + " = :id").param("id", id).update(); // others count resolutions
        }
    }

    private List<LocalDate> attended() {
        return Tenant.in("whjx", () -> activities.attended(List.of(member.id())))
                .getOrDefault(member.id(), List.of());
    }

    @Test
    @DisplayName("支票退票：冲销后账单重新未缴，只有财务和管理员能做")
    void a_bounced_cheque_is_reversed() throws Exception {
        long owed = Tenant.in("whjx", () -> bills.owed(member.id())).fen();
        Payment cheque = Tenant.in(
                "whjx",
                () -> till.receive(
                                member.id(), new Money(owed), Method.CHEQUE, clock.instant(), null, "会费", null, "test")
                        .get());
        String path = "/console/whjx/payments/" + cheque.id() + "/reversed";
        Cookie[] mine = session;
        session = signIn(account("whjx", Role.SECRETARIAT).username(), PASSWORD).getCookies();
        assertThat(send(post(path).with(csrf())).getStatus()).isEqualTo(404);
        session = mine;
        assertThat(open("/whjx/money?show=payments")).contains(path);
        send(post(path).with(csrf()));
        assertThat(Tenant.in("whjx", () -> bills.owed(member.id())).fen()).isEqualTo(owed);
        assertThat(Tenant.in("whjx", () -> till.find(cheque.id())).orElseThrow().state())
                .isEqualTo(PayState.REVERSED);
    }

    @Test
    @DisplayName("调整：余款由财务退，写明为什么，退得太多的不办；WHJX-8-5b 要书面同意的账单不能在这里改小；别人没有这一页")
    void finance_hands_credit_back() throws Exception {
        Money more = Tenant.in("whjx", () -> bills.owed(member.id())).plus(Money.ofYuan(1000));
        Tenant.in(
                "whjx",
                () -> till.receive(member.id(), more, Method.CASH, clock.instant(), null, "会费", null, "test")
                        .get());
        String bill = String.valueOf(
                Tenant.in("whjx", () -> bills.of(member.id())).get(0).id());
        String path = "/console" + here() + "/adjust";
        Cookie[] mine = session;
        session = signIn(account("whjx", Role.SECRETARIAT).username(), PASSWORD).getCookies();
        assertThat(send(get(path)).getStatus()).isEqualTo(404);
        assertThat(send(post(path + "/credit").with(csrf()).param("amount", "1").param("why", "退"))
                        .getStatus())
                .isEqualTo(404);
        assertThat(open(here())).doesNotContain(here() + "/adjust");
        session = mine;
        assertThat(open(here())).contains(here() + "/adjust");
        send(post(path + "/bill")
                .with(csrf())
                .param("bill", bill)
                .param("to", "1")
                .param("why", "困难"));
        assertThat(open(here() + "/adjust")).contains("余款", "¥1,000.00", "书面同意", "say refused");
        send(post(path + "/credit").with(csrf()).param("amount", "1000.01").param("why", "多交"));
        assertThat(open(here() + "/adjust")).contains("say refused");
        send(post(path + "/credit").with(csrf()).param("amount", "一千").param("why", "多交"));
        assertThat(open(here() + "/adjust")).contains("say refused");
        assertThat(Tenant.in("whjx", () -> bills.owed(member.id())).fen()).isEqualTo(-100000);
        send(post(path + "/credit").with(csrf()).param("amount", "1000").param("why", "多交"));
        assertThat(Tenant.in("whjx", () -> bills.owed(member.id())).isZero()).isTrue();
        assertThat(Tenant.in("whjx", () -> tasks.open(member.id())))
                .anySatisfy(task -> assertThat(task.what()).isEqualTo("refund"));
    }

    @Test
    @DisplayName("提起案件：规则不许的说明依据，什么也没有开")
    void a_case_is_opened_on_the_members_page() throws Exception {
        send(post("/console" + here() + "/cases").with(csrf()).param("type", "restoration"));
        assertThat(Tenant.in("whjx", () -> cases.of(member.id()))).isEmpty();
        assertThat(open(here())).contains("say refused");
        String to = String.valueOf(
                send(post("/console" + here() + "/cases").with(csrf()).param("type", "withdrawal"))
                        .getRedirectedUrl());
        assertThat(to).startsWith("/console/whjx/cases/");
        assertThat(open(to.substring("/console".length()))).contains("退会函件");
    }

    @Test
    @DisplayName("班主任只看到自己的班级；别班的会员、账单、审计和账号对她不存在")
    void a_teacher_is_kept_to_her_class() throws Exception {
        StaffMember teacher = account("whjx", Role.TEACHER);
        Member mine = Tenant.in(
                "whjx",
                () -> roster.enter(NewMember.draft("楚天" + Ids.secret(6), Kind.UNIT, "会员")
                        .joined(LocalDate.of(2020, 1, 1))
                        .teacher(teacher.id())
                        .done()));
        session = signIn(teacher.username(), PASSWORD).getCookies();
        assertThat(open("/whjx/members")).contains(mine.name()).doesNotContain(member.name());
        assertThat(open("/whjx/members/" + mine.id())).doesNotContain("登记一笔到账");
        assertThat(open("/whjx/today")).contains("我的班级").doesNotContain("审计");
        assertThat(status(here())).isEqualTo(404);
        assertThat(status("/whjx/money")).isEqualTo(404);
        assertThat(status("/whjx/audit")).isEqualTo(404);
        assertThat(status("/whjx/staff")).isEqualTo(404);
        assertThat(status("/whjx/members/new")).isEqualTo(404);
        MockHttpServletResponse tried = send(post("/console/whjx/members/" + mine.id() + "/payments")
                .with(csrf())
                .param("method", "cash")
                .param("amount", "1"));
        assertThat(tried.getStatus()).isEqualTo(404);
        assertThat(Tenant.in("whjx", () -> till.of(mine.id()))).isEmpty();
    }

    @Test
    @DisplayName("别的协会不存在；离职的人立刻进不来")
    void other_associations_are_not_there() throws Exception {
        assertThat(send(get("/console/aii/today")).getForwardedUrl()).isEqualTo("/console/nowhere");
        assertThat(send(get("/console/nobody/today")).getForwardedUrl()).isEqualTo("/console/nowhere");
        assertThat(status("/nowhere")).isEqualTo(404);
        assertThat(send(get("/console")).getRedirectedUrl()).isEqualTo("/console/whjx/today");
        Tenant.run("whjx", () -> staff.deactivate(admin.id(), "test"));
        assertThat(send(get("/console/whjx/today")).getForwardedUrl()).isEqualTo("/console/nowhere");
    }

    @Test
    @DisplayName("脚本要带本页的暗号，页面只能被本站框住，登录换新会话，退出即失效")
    void pages_are_guarded() throws Exception {
        MockHttpServletResponse page = send(get("/console/whjx/today"));
        String policy = String.valueOf(page.getHeader("Content-Security-Policy"));
        Matcher nonce = Pattern.compile("'nonce-([A-Za-z0-9_-]{20,})'").matcher(policy);
        assertThat(nonce.find()).isTrue();
        assertThat(policy)
                .contains("default-src 'none'", "frame-ancestors 'self'")
                .doesNotContain("unsafe");
        String html = page.getContentAsString(StandardCharsets.UTF_8);
        Matcher scripts = Pattern.compile("<script defer[^>]*>").matcher(html);
        assertThat(scripts.results())
                .isNotEmpty()
                .allSatisfy(script -> assertThat(script.group()).contains("nonce=\"" + nonce.group(1) + "\""));
        assertThat(html).doesNotContain("http://", "https://").doesNotContainPattern(" (style|on[a-z]+)=\"");

        Cookie[] again = signIn(admin.username(), PASSWORD).getCookies();
        assertThat(again[0].getValue()).isNotEqualTo(session[0].getValue());
        assertThat(send(post("/console/logout").with(csrf())).getRedirectedUrl())
                .isEqualTo("/console/login?bye");
        assertThat(send(get("/console/whjx/today")).getRedirectedUrl()).endsWith("/console/login");
    }

    @Test
    @DisplayName("登记新会员：填错的逐项说明，填对的得到账单")
    void a_member_is_entered() throws Exception {
        MockHttpServletResponse back = send(post("/console/whjx/members/new")
                .with(csrf())
                .param("kind", "individual")
                .param("uscc", "1")
                .param("contactName", "李青"));
        assertThat(back.getContentAsString(StandardCharsets.UTF_8)).contains("请填写", "本协会不接受这一类会员", "请选等级", "写成手机号");
        String name = "汉阳" + Ids.secret(6);
        String to = String.valueOf(send(post("/console/whjx/members/new")
                        .with(csrf())
                        .param("name", name)
                        .param("kind", "unit")
                        .param("grade", "会员")
                        .param("joinedOn", "2020-01-01")
                        .param("paidThrough", clock.today().getYear() - 2 + "-12-31")
                        .param("contactName", "李青")
                        .param("contactPhone", "13612342001"))
                .getRedirectedUrl());
        assertThat(to).startsWith("/console/whjx/members/");
        assertThat(open(to.substring("/console".length())))
                .contains(
                        name,
                        clock.today().getYear() - 1 + "年度会费",
                        clock.today().getYear() + "年度会费");
    }

    @Test
    @DisplayName("DSIA-10-a 读作两名：会员页登记另一名、给他二维码、设为主要、移除；读作一名时页上没有这些，硬交的说条款")
    void another_liaison_is_named_on_the_page() throws Exception {
        StaffMember office = account("dsia", Role.SECRETARIAT);
        session = signIn(office.username(), PASSWORD).getCookies();
        Member unit = Tenant.in(
                "dsia",
                () -> roster.enter(NewMember.draft("连城软件" + Ids.secret(6), Kind.UNIT, "会员")
                        .joined(LocalDate.of(2019, 6, 1))
                        .contact(io.homeroom.member.Role.LIAISON, "李青", "13612342001")
                        .done()));
        String page = "/dsia/members/" + unit.id();
        assertThat(open(page)).contains("李青").doesNotContain("登记另一名联络员", "设为主要", "移除", "通知发给他");
        assertThat(names(page, "王力", "13612342002")).contains("最多1名", "〔第十条");

        Rulebook shipped = law.of("dsia", clock.today());
        law.put("dsia", Lawbook.withSettings(shipped, Map.of(), Map.of("liaison-number", "2")));
        try {
            assertThat(open(page)).contains("登记另一名联络员").doesNotContain("设为主要", "移除");
            assertThat(names(page, "王力", "1")).contains("写成手机号", "value=\"王力\"");
            assertThat(names(page, "王力", "13612342002"))
                    .contains("已登记联络员王力", "136****2002", "设为主要", "（主要，通知发给他）", "最多2名，已有2名");
            assertThat(names(page, "赵五", "13612342003")).contains("先移除一名", "〔第十条");

            List<Contact> known = Tenant.in("dsia", () -> contacts.of(unit.id()));
            String second = page + "/liaisons/" + known.get(1).id();
            assertThat(send(post("/console" + page + "/invitations")
                                    .with(csrf())
                                    .header("HX-Request", "true")
                                    .param(
                                            "contact",
                                            String.valueOf(known.get(1).id())))
                            .getContentAsString(StandardCharsets.UTF_8))
                    .contains("王力联络员", "/qr/dsia/");
            assertThat(acts(second + "/first", page)).contains("王力现在是主要的联络员");
            assertThat(Tenant.in("dsia", () -> contacts.toNotify(unit.id())))
                    .map(Contact::name)
                    .contains("王力");
            assertThat(acts(page + "/liaisons/" + known.get(0).id() + "/removed", page))
                    .contains("李青不再是联络员")
                    .doesNotContain("设为主要");
            assertThat(acts(second + "/removed", page)).contains("只有这一名联络员");

            session = signIn(account("dsia", Role.FINANCE).username(), PASSWORD).getCookies();
            assertThat(send(post("/console" + second + "/removed").with(csrf())).getStatus())
                    .isEqualTo(404);
        } finally {
            law.put("dsia", shipped);
        }
    }

    private String names(String page, String name, String phone) throws Exception {
        return after(
                post("/console" + page + "/liaisons").param("liaisonName", name).param("liaisonPhone", phone), page);
    }

    private String acts(String path, String page) throws Exception {
        return after(post("/console" + path), page);
    }

    /** The page to which a form leads, with what is said above it. */
    private String after(MockHttpServletRequestBuilder form, String page) throws Exception {
        assertThat(send(form.with(csrf())).getRedirectedUrl()).isEqualTo("/console" + page);
        return open(page);
    }

    @Test
    @DisplayName("改密码：现在的密码不对就不改；改后旧的失效")
    void a_password_is_changed_by_its_owner() throws Exception {
        String fresh = "another-long-password";
        MockHttpServletResponse wrong = send(post("/console/account")
                .with(csrf())
                .param("old", "wrong")
                .param("fresh", fresh)
                .param("again", fresh));
        assertThat(wrong.getContentAsString(StandardCharsets.UTF_8)).contains("现在的密码不对");
        send(post("/console/account")
                .with(csrf())
                .param("old", PASSWORD)
                .param("fresh", fresh)
                .param("again", fresh));
        assertThat(signIn(admin.username(), PASSWORD).getRedirectedUrl()).isEqualTo("/console/login?wrong");
        assertThat(signIn(admin.username(), fresh).getRedirectedUrl()).isEqualTo("/console");
    }

    @Test
    @DisplayName("管理员建账号、停账号；自己的账号停不了")
    void accounts_are_made_and_stopped() throws Exception {
        String username = "n" + Ids.secret(8);
        send(post("/console/whjx/staff")
                .with(csrf())
                .param("name", "王岚")
                .param("username", username)
                .param("roles", "TEACHER", "FINANCE")
                .param("offices", "会籍管理部 秘书处")
                .param("password", PASSWORD));
        StaffMember made = Tenant.in("whjx", () -> staff.byUsername(username)).orElseThrow();
        assertThat(made.roles()).containsExactlyInAnyOrder(Role.TEACHER, Role.FINANCE);
        assertThat(made.offices()).containsExactlyInAnyOrder("会籍管理部", "秘书处");
        send(post("/console/whjx/staff/" + made.id() + "/stop").with(csrf()));
        assertThat(Tenant.in("whjx", () -> staff.byUsername(username))
                        .orElseThrow()
                        .active())
                .isFalse();
        send(post("/console/whjx/staff/" + admin.id() + "/stop").with(csrf()));
        assertThat(Tenant.in("whjx", () -> staff.byUsername(admin.username()))
                        .orElseThrow()
                        .active())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/console/assets/console.css",
        "/console/assets/console.js",
        "/brand/favicon.svg",
        "/brand/logo.svg",
        "/webjars/htmx.org/dist/htmx.min.js",
        "/_static/echarts/6.0.0/dist/echarts.min.js"
    })
    @DisplayName("样式、脚本和图标都由本站给出，不用登录")
    void what_pages_need_is_served_here(String path) throws Exception {
        assertThat(mvc.perform(get(path)).andReturn().getResponse().getStatus()).isEqualTo(200);
    }

    @Test
    @DisplayName("WHJX-7：班级页上给没有班主任的会员安排、整班交接、安排代班；班主任只能安排自己的")
    void classes_are_arranged() throws Exception {
        StaffMember first = account("whjx", Role.TEACHER);
        StaffMember second = account("whjx", Role.TEACHER);
        assertThat(open("/whjx/classes")).contains("等待安排班主任", "请假交接", "整班交接");

        send(post("/console/whjx/classes/members/" + member.id())
                .with(csrf())
                .param("teacher", Long.toString(first.id())));
        send(post("/console/whjx/classes/hand-over")
                .with(csrf())
                .param("from", Long.toString(first.id()))
                .param("to", Long.toString(second.id())));
        assertThat(Tenant.in("whjx", () -> roster.get(member.id())).teacherId()).isEqualTo(second.id());

        session = signIn(first.username(), PASSWORD).getCookies();
        assertThat(leave(second, first)).isEqualTo(404);
        session = signIn(second.username(), PASSWORD).getCookies();
        assertThat(leave(second, first)).isEqualTo(302);
        assertThat(open("/whjx/classes")).contains("（进行中）").doesNotContain("整班交接");

        session = signIn(first.username(), PASSWORD).getCookies();
        assertThat(open(here())).as("the deputy sees the covered class").contains(member.name());
        assertThat(open("/whjx/members")).contains(member.name());
        assertThat(api(first, "/api/v1/whjx/members/" + member.id())).isEqualTo(200);
        session = signIn(second.username(), PASSWORD).getCookies();
        assertThat(open("/whjx/classes")).contains(first.name());
        String end = open("/whjx/classes").replaceAll("(?s).*action=\"([^\"]*/covers/\\d+/end)\".*", "$1");
        send(post(end).with(csrf()));
        session = signIn(first.username(), PASSWORD).getCookies();
        assertThat(status(here())).as("and only during the cover").isEqualTo(404);
        assertThat(api(first, "/api/v1/whjx/members/" + member.id())).isEqualTo(404);
    }

    @Test
    @DisplayName("群发：机器人先登记；预览、确认、结果各在页上；重要通知谁没回、谁没有绑定，再提醒；别班的老师看不到")
    void messages_to_classes_are_sent_and_followed() throws Exception {
        StaffMember teacher = account("whjx", Role.TEACHER);
        StaffMember other = account("whjx", Role.TEACHER);
        send(post("/console/whjx/classes/members/" + member.id())
                .with(csrf())
                .param("teacher", Long.toString(teacher.id())));
        session = signIn(teacher.username(), PASSWORD).getCookies();
        assertThat(open("/whjx/sending")).contains("写一条", "还没有发过");
        assertThat(shown(message("robot", "周五下午走访"))).contains("还没有登记机器人");
        send(post("/console/whjx/classes/" + teacher.id() + "/robot")
                .with(csrf())
                .param("address", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0f8d3c1e-77aa-4b0a-9d3e"));
        assertThat(shown(message("robot", "会费逾期未交的请尽快"))).contains("欠费的事不在群里说");
        assertThat(shown(message("robot", "周五下午走访"))).contains("预览", "一条", "确认发送");
        String sent = at(send(message("robot", "周五下午走访").param("confirmed", "true")));
        assertThat(open(sent)).contains("群发结果", "周五下午走访", teacher.name() + "的班");

        MockHttpServletRequestBuilder notice = message("notice", "年会改到5月8日").param("title", "年会改期");
        assertThat(shown(notice)).contains("0家会收到，1家没有绑定公众号");
        String circular = at(send(notice.param("confirmed", "true")));
        assertThat(open(circular)).contains("没回的 1", "没有绑定公众号，请转达");
        send(post("/console" + circular + "/again").with(csrf()));
        assertThat(open(circular)).contains("没回的 1");
        assertThat(open("/whjx/sending")).contains("0/1家已知道", "周五下午走访");

        session = signIn(other.username(), PASSWORD).getCookies();
        assertThat(status(sent)).isEqualTo(404);
        assertThat(status(circular)).isEqualTo(404);
        assertThat(send(post("/console" + circular + "/again").with(csrf())).getStatus())
                .isEqualTo(404);
        assertThat(send(post("/console/whjx/classes/" + teacher.id() + "/robot")
                                .with(csrf())
                                .param("address", "key-of-somebody-else"))
                        .getStatus())
                .isEqualTo(404);
    }

    private static MockHttpServletRequestBuilder message(String way, String text) {
        return post("/console/whjx/sending").with(csrf()).param("way", way).param("text", text);
    }

    private String shown(MockHttpServletRequestBuilder request) throws Exception {
        return send(request).getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("未明之处看得见：问的是什么、怎样读、由规则书哪里决定、怎样改；规则书可以下载")
    void openPointsAreVisible() throws Exception {
        assertThat(open("/whjx/rules"))
                .contains("未明之处的读法", "满两年从哪个申请之日起算", "从退出之日起算的，把 anchor 写成 ended", "rules/readings/two-years-from")
                .contains("读作 30", "读作 是");

        assertThat(open("/whjx/rules/readings/two-years-from"))
                .contains("满两年从哪个申请之日起算", "〔第十五条〕", "re-entry/WHJX-15-a/anchor", "application")
                .contains("也可以这样读", "name=\"lines0\"", "anchor: application", "/console/whjx/rules/editions")
                .doesNotContain("这样读</button>", "重新启动");
        assertThat(open("/whjx/rules/readings/admission-time")).contains("没有就是现在的读法");
        assertThat(open("/whjx/rules/readings/weekends-roll")).contains("现在读作 <b>是</b>", "先看影响");

        MockHttpServletResponse text = send(get("/console/whjx/rules/rulebook.yaml"));
        assertThat(text.getHeader("Content-Disposition"))
                .startsWith("attachment")
                .contains("whjx.yaml");
        assertThat(text.getContentAsString(StandardCharsets.UTF_8))
                .isEqualTo(java.nio.file.Files.readString(java.nio.file.Path.of("config/rulebooks/whjx.yaml")));
    }

    @Test
    @DisplayName("改一个读法：从某天起，写明为什么，审计留一条；不成立的值、没写理由、由规则书决定的，都说清楚，什么也没改")
    void aReadingIsChangedFromADayOn() throws Exception {
        LocalDate from = clock.today().plusYears(3);
        String refused = answer("answer-days", "0", from, "理事会解释");
        assertThat(refused).contains("应是 1 到 999 的天数");
        assertThat(answer("answer-days", "45", from, " ")).contains("请写明为什么这样读");
        assertThat(answer("answer-days", "45", clock.today().minusDays(1), "追溯"))
                .contains("不能从过去的日子起改");
        assertThat(answer("two-years-from", "ended", from, "理事会解释"))
                .contains("由规则书里的 re-entry/WHJX-15-a/anchor 决定", "在它的页上改那几行");
        assertThat(history()).isEmpty();

        assertThat(answer("answer-days", "45", from, "理事会三月会议的解释")).contains("已记下，" + from + "起这样读", "理事会三月会议的解释");

        assertThat(history()).singleElement().satisfies(line -> {
            assertThat(line.by()).isEqualTo(admin.username());
            assertThat(line.detail()).isEqualTo("“退会告知书寄出后等待答复的天数”由“30”改为“45”，" + from + "起。理事会三月会议的解释");
        });
        assertThat(law.of("whjx", from.minusDays(1)).reading("answer-days")).isEqualTo("30");
        assertThat(law.of("whjx", from).reading("answer-days")).isEqualTo("45");
        assertThat(answer("answer-days", "45", from, "再说一遍")).contains("本来就是“45”，不用改");
    }

    @Test
    @DisplayName("读法的值用话说，不用代码：没有限度的写一个词，页上、规则页、审计里都是这个词")
    void aReadingWithoutALimitIsSaidInAWord() throws Exception {
        LocalDate from = clock.today().plusYears(4);
        String page = open("/whjx/rules/readings/members-per-teacher");
        assertThat(page).contains("现在读作 <b>不限</b>", "或写“不限”", "value=\"不限\"").doesNotContain("none");
        assertThat(open("/whjx/rules/readings/fee-due")).contains("或写“没有”").doesNotContain("none");
        assertThat(open("/whjx/rules")).contains("读作 不限", "读作 随时可以", "每年3月31日").doesNotContain("none");

        assertThat(answer("members-per-teacher", "30", from, "秘书处会议")).contains("已记下");
        assertThat(answer("members-per-teacher", "不限", from.plusDays(1), "又放开")).contains("<td>不限</td>");

        assertThat(law.of("whjx", from).reading("members-per-teacher")).isEqualTo("30");
        assertThat(law.of("whjx", from.plusDays(1)).reading("members-per-teacher"))
                .isEqualTo("none");
        assertThat(history()).anySatisfy(line -> assertThat(line.detail()).contains("由“30”改为“不限”"));
    }

    @Test
    @DisplayName("协会的网址后面什么也没有，就到它的今天；不在那里的人照样进不去")
    void anAssociationsAddressLeadsToItsFirstPage() throws Exception {
        for (String address : List.of("/console/whjx", "/console/whjx/")) {
            assertThat(send(get(address)).getRedirectedUrl()).as(address).isEqualTo("/console/whjx/today");
        }
        assertThat(send(get("/console/nowhere-else")).getRedirectedUrl()).isEqualTo("/console/nowhere-else/today");
        assertThat(open("/account")).contains("改密码");
        session = new Cookie[] {new Cookie("none", "none")};
        assertThat(send(get("/console/whjx")).getRedirectedUrl()).endsWith("/console/login");
    }

    @Test
    @DisplayName("读法由秘书处定：班主任看不到这一页，也改不了，下载不了规则书")
    void openPointsAreTheOfficesToRead() throws Exception {
        session = signIn(account("whjx", Role.TEACHER).username(), PASSWORD).getCookies();

        assertThat(status("/whjx/rules/readings/answer-days")).isEqualTo(404);
        assertThat(status("/whjx/rules/rulebook.yaml")).isEqualTo(404);
        assertThat(send(reading("answer-days", "45", clock.today().plusYears(3), "试试"))
                        .getStatus())
                .isEqualTo(404);
        assertThat(open("/whjx/rules")).contains("未明之处的读法").doesNotContain("看读法", "下载规则书");
    }

    private MockHttpServletRequestBuilder reading(String key, String value, LocalDate from, String why) {
        return post("/console/whjx/rules/readings/" + key)
                .with(csrf())
                .param("value", value)
                .param("from", from.toString())
                .param("why", why);
    }

    /** The page after the form was sent. */
    private String answer(String key, String value, LocalDate from, String why) throws Exception {
        MockHttpServletResponse sent = send(reading(key, value, from, why));
        assertThat(sent.getRedirectedUrl()).isEqualTo("/console/whjx/rules/readings/" + key);
        return open("/whjx/rules/readings/" + key);
    }

    private List<AuditLine> history() {
        return Tenant.in("whjx", () -> audit.lines(null, Long.MAX_VALUE, 50)).stream()
                .filter(line -> line.act().equals("reading-chosen"))
                .toList();
    }

    /** The page to which a form leads, below the console. */
    private static String at(MockHttpServletResponse response) {
        return String.valueOf(response.getRedirectedUrl()).replaceFirst("^/console", "");
    }

    private int api(StaffMember who, String path) throws Exception {
        return mvc.perform(get(path).with(httpBasic(who.username(), PASSWORD)))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    @Test
    @DisplayName("两个窗口同时改一家会员：后交的旧页不把先存的改回去，说清楚，给出现在的")
    void an_older_page_does_not_undo_what_was_saved_since() throws Exception {
        String path = here() + "/edit";
        String older = open(path);
        edits(path, older, member.name() + "改", "李青");
        MockHttpServletResponse late = edits(path, older, member.name(), "王力");
        assertThat(late.getRedirectedUrl()).endsWith("/edit");
        assertThat(Tenant.in("whjx", () -> roster.get(member.id()).name())).isEqualTo(member.name() + "改");
        assertThat(Tenant.in("whjx", () -> contacts.of(member.id())))
                .extracting(Contact::name)
                .containsExactly("李青");
        edits(path, open(path), member.name(), "王力");
        assertThat(Tenant.in("whjx", () -> roster.get(member.id()).name())).isEqualTo(member.name());
        assertThat(Tenant.in("whjx", () -> contacts.of(member.id())))
                .extracting(Contact::name)
                .containsExactly("王力");
    }

    private MockHttpServletResponse edits(String path, String page, String name, String contact) throws Exception {
        Matcher mark = Pattern.compile("name=\"mark\" value=\"([^\"]+)\"").matcher(page);
        assertThat(mark.find()).isTrue();
        return send(post("/console" + path)
                .with(csrf())
                .param("mark", mark.group(1))
                .param("name", name)
                .param("contactName", contact));
    }

    @Test
    @DisplayName("登记到账：流水号、附言太长当场说，不出错也不入账")
    void too_long_a_memo_is_said_at_its_field() throws Exception {
        MockHttpServletResponse answer = send(post("/console" + here() + "/payments")
                .with(csrf())
                .param("key", Ids.secret(8))
                .param("method", "cash")
                .param("amount", "8000")
                .param("externalId", "9".repeat(65))
                .param("memo", "会".repeat(201)));
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString(StandardCharsets.UTF_8)).contains("最多64个字", "最多200个字");
        assertThat(Tenant.in("whjx", () -> till.of(member.id()))).isEmpty();
    }

    private int leave(StaffMember teacher, StaffMember deputy) throws Exception {
        String today = clock.today().toString();
        return send(post("/console/whjx/classes/covers")
                        .with(csrf())
                        .param("teacher", Long.toString(teacher.id()))
                        .param("deputy", Long.toString(deputy.id()))
                        .param("from", today)
                        .param("to", today))
                .getStatus();
    }
}
