package io.homeroom.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.homeroom.casework.Handouts;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contacts;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The same server as the console's tests. */
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
@DisplayName("会员在手机上看权益、报名，加入和退出分会，收到赠送会员的报告")
class RightsTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    SessionRepository<? extends Session> sessions;

    @Autowired
    Roster roster;

    @Autowired
    Contacts contacts;

    @Autowired
    Bindings bindings;

    @Autowired
    Notices notices;

    @Autowired
    Tasks tasks;

    @Autowired
    Handouts handouts;

    @Autowired
    BusinessClock clock;

    private String openid;
    private Cookie phone;

    @BeforeEach
    void somebody_holds_a_phone() {
        openid = "o" + Ids.secret(20);
    }

    private static <S extends Session> Cookie signedIn(SessionRepository<S> sessions, String openid, String code) {
        S session = sessions.createSession();
        session.setAttribute("portal.openid." + code, openid);
        sessions.save(session);
        return new Cookie(
                "SESSION", Base64.getEncoder().encodeToString(session.getId().getBytes(StandardCharsets.UTF_8)));
    }

    /** A member of an association, whose liaison now holds the phone. */
    private Member member(String code, String grade) {
        phone = signedIn(sessions, openid, code);
        return Tenant.in(code, () -> {
            Member entered = roster.enter(NewMember.draft("权益" + Ids.secret(6), Kind.UNIT, grade)
                    .joined(LocalDate.of(2019, 6, 1))
                    .paidThrough(LocalDate.of(clock.today().getYear(), 12, 31))
                    .number(true)
                    .contact(Role.LIAISON, "李青", "13612342001")
                    .done());
            bindings.bindTo(contacts.of(entered.id()).get(0).id(), openid);
            return entered;
        });
    }

    private MockHttpServletResponse go(MockHttpServletRequestBuilder request) throws Exception {
        MockHttpServletResponse response =
                mvc.perform(request.cookie(phone)).andReturn().getResponse();
        response.setCharacterEncoding("UTF-8");
        return response;
    }

    private String page(String path) throws Exception {
        MockHttpServletResponse response = go(get(path));
        assertThat(response.getStatus()).as(path).isEqualTo(200);
        return response.getContentAsString();
    }

    /** What a line of the page says beside its name: the reason or clause, and the word. */
    private static String line(String page, String name) {
        int from = page.indexOf("<span>" + name + "</span>");
        assertThat(from).as(name).isPositive();
        return page.substring(from, page.indexOf("</div>", from)).replaceAll("<[^>]+>", "|");
    }

    private List<Notice> told(String code, Member member) {
        return Tenant.in(
                code,
                () -> notices.search(NoticeSearch.all().member(member.id()).page(0, 50)));
    }

    @Test
    @DisplayName("AII-12：理事单位能报名研讨，普通会员单位不能，各写依据；没有活动价的协会说清楚没有，问谁")
    void a_grade_with_a_right_and_one_without() throws Exception {
        Member council = member("aii", "理事单位");
        String page = page("/m/aii/rights");
        assertThat(line(page, "参加研讨")).contains("〔第十二条", "有").doesNotContain("没有");
        assertThat(line(page, "提名")).contains("没有");
        assertThat(page).contains("本协会的规则没有规定活动价格", "秘书处").doesNotContain("参加活动付多少");
        assertThat(page).contains("value=\"seminar\"").doesNotContain("value=\"nominate\"");
        MockHttpServletResponse sent =
                go(post("/m/aii/rights").with(csrf()).param("what", "seminar").param("words", "工业软件研讨\u202e会"));
        assertThat(sent.getRedirectedUrl()).isEqualTo("/m/aii/rights");
        assertThat(page("/m/aii/rights")).contains("已报给协会");
        assertThat(told("aii", council))
                .anySatisfy(notice -> assertThat(notice.text()).contains("工业软件研讨 会"));

        openid = "o" + Ids.secret(20);
        Member ordinary = member("aii", "普通会员单位");
        assertThat(line(page("/m/aii/rights"), "参加研讨")).contains("没有");
        go(post("/m/aii/rights").with(csrf()).param("what", "seminar").param("words", "工业软件研讨会"));
        assertThat(page("/m/aii/rights")).contains("普通会员单位没有这项权利〔第十二条").doesNotContain("已报给协会");
        for (String words : List.of(" ", "长".repeat(121))) {
            go(post("/m/aii/rights").with(csrf()).param("what", "services").param("words", words));
            assertThat(page("/m/aii/rights")).contains("写明是什么活动或事项");
        }
        assertThat(told("aii", ordinary)).isEmpty();
    }

    @Test
    @DisplayName("BACCA-27-4、27-10、27-11、38：会员价逐项写依据；权利暂停的按原价、没有证件、不能报名，写明哪一条")
    void a_suspended_member_pays_what_everybody_pays() throws Exception {
        Member own = member("bacca", "会员单位");
        String before = page("/m/bacca/rights");
        assertThat(line(before, "研讨、论坛、年会")).contains("〔第二十七条（四）〕", "原价的80%");
        assertThat(line(before, "小微企业参展")).contains("〔第二十七条（十）", "按原价");
        assertThat(line(before, "嘉宾参会证件（每次活动）")).contains("2张", "〔第二十七条（十一）〕");
        assertThat(before).contains("报给协会").doesNotContain("没有规定活动价格");

        Tenant.run(
                "bacca",
                () -> roster.record(own.id(), Entry.of(EntryKind.SUSPENDED, clock.today(), "BACCA-38", "test")));
        String after = page("/m/bacca/rights");
        assertThat(line(after, "研讨、论坛、年会")).contains("第三十八条", "按原价");
        assertThat(line(after, "嘉宾参会证件（每次活动）")).contains("0张");
        assertThat(line(after, "参加会议活动")).contains("没有", "第三十八条");
        assertThat(after).doesNotContain("报给协会");
        go(post("/m/bacca/rights").with(csrf()).param("what", "meetings").param("words", "年会"));
        assertThat(page("/m/bacca/rights")).containsPattern("role=\"alert\">[^<]*不能行使这项权利〔[^<]*第三十八条");
        assertThat(told("bacca", own)).isEmpty();
    }

    @Test
    @DisplayName("BACCA-27-12 年度行业报告：办结时附上 PDF 或 Word，能行使权利的会员各收到链接，打得开；权利暂停的没有、也打不开；别人看不到；附不了的一点也不改")
    void the_yearly_report_is_handed_out() throws Exception {
        Member resting = member("bacca", "会员单位");
        String itsPhone = openid;
        openid = "o" + Ids.secret(20);
        Member own = member("bacca", "会员单位");
        Task task = Tenant.in("bacca", () -> {
            roster.record(resting.id(), Entry.of(EntryKind.SUSPENDED, clock.today(), "BACCA-38", "test"));
            return tasks.open(
                    NewTask.of("industry-report", "会员部", "向会员赠送年度行业报告").cites("BACCA-27-12"));
        });
        byte[] pdf = "%PDF-1.7 report".getBytes(StandardCharsets.UTF_8);
        for (byte[] wrong : List.of("<html>".getBytes(StandardCharsets.UTF_8), new byte[0], picture())) {
            assertThat(Tenant.in("bacca", () -> handouts.finish(task.id(), List.of(), "报告.pdf", wrong, "test"))
                            .isDone())
                    .isFalse();
        }
        Task other = Tenant.in(
                "bacca",
                () -> tasks.open(NewTask.of("fee-report", "秘书处", "编制会费年报").cites("BACCA-33")));
        assertThat(Tenant.in("bacca", () -> handouts.finish(other.id(), List.of(), "报告.pdf", pdf, "test"))
                        .isDone())
                .as("a report that the bylaws give to nobody")
                .isFalse();
        assertThat(Tenant.in("bacca", () -> tasks.find(task.id()).orElseThrow().state()))
                .isEqualTo(Task.State.OPEN);
        assertThat(told("bacca", own)).isEmpty();

        assertThat(Tenant.in("bacca", () -> handouts.finish(task.id(), List.of(), "2026行业报告.pdf", pdf, "test"))
                        .isDone())
                .isTrue();
        assertThat(Tenant.in("bacca", () -> handouts.finish(task.id(), List.of(), "再来.pdf", pdf, "test"))
                        .isDone())
                .isFalse();
        String at = "/m/bacca/reports/" + task.id();
        assertThat(told("bacca", own)).singleElement().satisfies(notice -> {
            assertThat(notice.text()).contains("2026行业报告", "https://example.test" + at);
            assertThat(notice.clauses()).containsExactly("BACCA-27-12");
        });
        assertThat(told("bacca", resting)).isEmpty();
        assertThat(page(at)).contains("2026行业报告.pdf", "〔第二十七条（十二）〕", at + "/file");
        MockHttpServletResponse file = go(get(at + "/file"));
        assertThat(file.getContentAsByteArray()).isEqualTo(pdf);
        assertThat(file.getHeader("Content-Disposition")).startsWith("attachment");
        assertThat(file.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page("/m/bacca/reports/1")).contains("没有这份材料");

        phone = signedIn(sessions, itsPhone, "bacca");
        assertThat(page(at)).contains("不能行使会员权利", "第三十八条").doesNotContain("2026行业报告");
        assertThat(go(get(at + "/file")).getStatus()).isEqualTo(404);
        phone = signedIn(sessions, "o" + Ids.secret(20), "bacca");
        assertThat(page(at)).contains("单位信息只对其联络人开放").doesNotContain("2026行业报告");
        assertThat(go(get(at + "/file")).getStatus()).isEqualTo(404);
    }

    private static byte[] picture() {
        return new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0, 0, 0, 0, 0};
    }

    @Test
    @DisplayName("不是联络人的、没登录的、别家协会登录的：看不到权益和分会，也报不了名、加入不了")
    void strangers_see_and_do_nothing() throws Exception {
        Member own = member("bacca", "会员单位");
        phone = signedIn(sessions, "o" + Ids.secret(20), "bacca");
        for (String path : List.of("/m/bacca/rights", "/m/bacca/branches")) {
            assertThat(page(path)).contains("单位信息只对其联络人开放").doesNotContain(own.name(), "第二十七条");
        }
        go(post("/m/bacca/rights").with(csrf()).param("what", "meetings").param("words", "年会"));
        go(post("/m/bacca/branches").with(csrf()).param("branch", "动漫分会"));
        phone = signedIn(sessions, openid, "aii");
        for (String path : List.of("/m/bacca/rights", "/m/bacca/branches")) {
            assertThat(page(path)).contains("微信").doesNotContain(own.name(), "第二十七条");
        }
        phone = signedIn(sessions, openid, "bacca");
        assertThat(go(post("/m/bacca/rights").param("what", "meetings").param("words", "没有令牌"))
                        .getStatus())
                .isEqualTo(403);
        assertThat(told("bacca", own)).isEmpty();
        assertThat(Tenant.in("bacca", () -> roster.get(own.id())).branches()).isEmpty();
    }

    @Test
    @DisplayName("BACCA-27-7 会员自己加入和退出分会：只有已有的分会；分会和会员部听说；退出的不再按分会会员的价；没有分会的协会没有这一页")
    void a_member_joins_a_branch_by_itself() throws Exception {
        String there = "分会" + Ids.secret(4);
        Tenant.run(
                "bacca",
                () -> roster.enter(NewMember.draft("已在" + Ids.secret(6), Kind.UNIT, "会员单位")
                        .joined(LocalDate.of(2019, 6, 1))
                        .number(true)
                        .branch(there)
                        .done()));
        Member own = member("bacca", "会员单位");
        assertThat(page("/m/bacca/")).contains("/m/bacca/branches", "还没有加入");
        assertThat(page("/m/bacca/change")).contains("/m/bacca/branches");
        assertThat(page("/m/bacca/branches")).contains("还没有加入分会", there);
        go(post("/m/bacca/branches").with(csrf()).param("branch", "自编" + there));
        assertThat(page("/m/bacca/branches")).contains("没有“自编" + there + "”这个分会", "〔第十条");
        go(post("/m/bacca/branches").with(csrf()).param("branch", there));
        assertThat(page("/m/bacca/branches")).contains("已加入" + there, "会费也由它催缴");
        assertThat(line(page("/m/bacca/rights"), "分支机构的活动（" + there + "）")).contains("原价的80%");
        assertThat(told("bacca", own))
                .extracting(Notice::to)
                .as("it knows itself what it did")
                .containsExactlyInAnyOrder("会员部", there);
        go(post("/m/bacca/branches").with(csrf()).param("branch", there));
        assertThat(page("/m/bacca/branches")).contains("已经加入“" + there + "”");
        go(post("/m/bacca/branches/leave").with(csrf()).param("branch", there));
        assertThat(page("/m/bacca/branches")).contains("已退出" + there, "还没有加入分会");
        assertThat(line(page("/m/bacca/rights"), "分支机构的活动")).contains("没有加入分支机构", "按原价");

        openid = "o" + Ids.secret(20);
        member("whjx", "会员");
        assertThat(page("/m/whjx/")).doesNotContain("/m/whjx/branches");
        assertThat(page("/m/whjx/branches")).contains("本协会的规则没有分会");
        assertThat(page("/m/whjx/rights")).contains("本协会的规则没有规定活动价格");
    }
}
