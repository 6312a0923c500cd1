package io.homeroom.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.homeroom.casework.Applications;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Counter;
import io.homeroom.casework.Decision;
import io.homeroom.casework.Enclosure;
import io.homeroom.casework.Enclosures;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.ground.Uscc;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.EndedAs;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Duty;
import jakarta.servlet.http.Cookie;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The same server as the console's tests: what members hand in there is looked at here. */
@Tag("mysql")
@SpringBootTest(
        properties = {
            "homeroom.data-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "homeroom.public-base-url=https://example.test",
            "homeroom.associations.whjx.rulebook=config/rulebooks/whjx.yaml",
            "homeroom.associations.aii.rulebook=config/rulebooks/aii.yaml",
            "homeroom.associations.igrs.rulebook=config/rulebooks/igrs.yaml",
            "homeroom.associations.dsia.rulebook=config/rulebooks/dsia.yaml",
            "homeroom.associations.bacca.rulebook=config/rulebooks/bacca.yaml"
        })
@AutoConfigureMockMvc
@DisplayName("在微信里申请、补材料、退会")
class ApplyTest {

    private static final String BASE = "/m/whjx";
    private static final Pattern MARK = Pattern.compile("name=\"mark\" value=\"([^\"]+)\"");

    @Autowired
    MockMvc mvc;

    @Autowired
    SessionRepository<? extends Session> sessions;

    @Autowired
    Applications applications;

    @Autowired
    Enclosures enclosures;

    @Autowired
    Cases cases;

    @Autowired
    Counter counter;

    @Autowired
    Roster roster;

    @Autowired
    Contacts contacts;

    @Autowired
    Bindings bindings;

    @Autowired
    BusinessClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    List<Duty> duties;

    @Autowired
    Tasks tasks;

    private String openid;
    private Cookie phone;

    @BeforeEach
    void somebody_holds_a_phone() {
        openid = "o" + Ids.secret(20);
        phone = signedIn(sessions, openid, "whjx");
    }

    private static <S extends Session> Cookie signedIn(SessionRepository<S> sessions, String openid, String code) {
        S session = sessions.createSession();
        session.setAttribute("portal.openid." + code, openid);
        sessions.save(session);
        return new Cookie(
                "SESSION", Base64.getEncoder().encodeToString(session.getId().getBytes(StandardCharsets.UTF_8)));
    }

    private MockHttpServletResponse go(MockHttpServletRequestBuilder request) throws Exception {
        MockHttpServletResponse response =
                mvc.perform(request.cookie(phone)).andReturn().getResponse();
        response.setCharacterEncoding("UTF-8");
        return response;
    }

    private String page(String path) throws Exception {
        MockHttpServletResponse response = go(get(BASE + path));
        assertThat(response.getStatus()).as(path).isEqualTo(200);
        return response.getContentAsString();
    }

    private String save(String field, String value) throws Exception {
        return go(post(BASE + "/apply/fields").with(csrf()).param(field, value)).getContentAsString();
    }

    private MockHttpServletResponse upload(String path, String document, byte[] content) throws Exception {
        return go(post(BASE + path)
                .queryParam("document", document)
                .with(csrf())
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .content(content));
    }

    private static byte[] photo() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static String code() {
        String first = "91420100MA"
                + Ids.secret(40).toUpperCase(java.util.Locale.ROOT).replaceAll("[^0-9A-HJ-NPQRTUWXY]", "") + "0000000";
        first = first.substring(0, 17);
        return first + Uscc.check(first);
    }

    /** Fills in everything but the documents. */
    private void write(String name, String code) {
        Tenant.run(
                "whjx",
                () -> applications.write(
                        openid,
                        Map.of(
                                "name",
                                name,
                                "uscc",
                                code,
                                "visited",
                                "yes",
                                "liaison",
                                "王力",
                                "liaison-phone",
                                "13912345678",
                                "declared",
                                "yes")));
    }

    private CaseView filed(String name) throws Exception {
        write(name, code());
        for (String document : List.of("入会申请表", "备案表", "营业执照", "资质证书", "单位简介")) {
            assertThat(upload("/apply/papers", document, photo()).getStatus()).isEqualTo(200);
        }
        go(post(BASE + "/apply/file").with(csrf()));
        List<CaseView> made = Tenant.in("whjx", () -> applications.filedBy(openid));
        assertThat(made).hasSize(1);
        return made.get(0);
    }

    private Member member(String name) {
        return Tenant.in("whjx", () -> {
            Member entered = roster.enter(NewMember.draft(name, Kind.UNIT, "会员")
                    .joined(LocalDate.of(2019, 6, 1))
                    .paidThrough(LocalDate.of(clock.today().getYear(), 12, 31))
                    .uscc(code())
                    .number(true)
                    .contact(Role.LIAISON, "李青", "13612342001")
                    .done());
            Contact liaison = contacts.of(entered.id()).get(0);
            bindings.bindTo(liaison.id(), openid);
            return entered;
        });
    }

    @Test
    @DisplayName("边填边存：错的也存下，并用申请人的话说清楚，依据写在后面；别人的手机上看不到")
    void fields_are_saved_as_one_goes() throws Exception {
        assertThat(page("/apply")).contains("单位全称", "已到协会接待、考察", "〔第四条〕", "会费每年 ¥8,000.00", "只接受单位申请，不接受个人〔第三条〕");
        assertThat(save("uscc", "91420100MA4K0001")).contains("信用代码是18位，这里有16位");
        assertThat(save("uscc", "91420100MA4K000100")).contains("校验位对不上");
        assertThat(save("visited", "no")).contains("入会先双向了解").contains("〔第四条〕");
        assertThat(save("liaison-phone", "1391234")).contains("11位手机号");
        assertThat(save("liaison-phone", "139 1234 5678")).doesNotContain("手机号");
        String fields = jdbc.sql("select fields from draft where openid = :openid")
                .param("openid", openid)
                .query(String.class)
                .single();
        assertThat(fields).doesNotContain("13912345678");
        assertThat(page("/apply")).contains("13912345678", "已自动保存，留到");
        phone = signedIn(sessions, "o" + Ids.secret(20), "whjx");
        assertThat(page("/apply")).doesNotContain("13912345678");
        assertThat(go(post(BASE + "/apply/fields").param("name", "没有令牌")).getStatus())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("BACCA-7-a、BACCA-8-a：单位只问一次在哪里登记注册，个人问在哪里学习、工作或生活，各写各的条款")
    void the_place_is_asked_of_each_kind_once() throws Exception {
        phone = signedIn(sessions, openid, "bacca");
        String unit = go(get("/m/bacca/apply")).getContentAsString();
        assertThat(unit).containsOnlyOnce("登记注册地").contains("〔第七条").doesNotContain("学习、工作或生活地");
        go(post("/m/bacca/apply/kind").with(csrf()).param("kind", "individual"));
        String person = go(get("/m/bacca/apply")).getContentAsString();
        assertThat(person).containsOnlyOnce("学习、工作或生活地").contains("〔第八条").doesNotContain("登记注册地");
    }

    @Test
    @DisplayName("材料：不对的类型、太大的文件有一句话；存的是密文；只有本人打得开，浏览器不会当网页")
    void files_are_kept_for_their_owner() throws Exception {
        MockHttpServletResponse wrong =
                upload("/apply/papers", "营业执照", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        assertThat(wrong.getStatus()).isEqualTo(422);
        assertThat(wrong.getContentAsString()).contains("只收 JPG、PNG 照片或 PDF");
        MockHttpServletResponse large = upload("/apply/papers", "营业执照", new byte[Enclosures.MOST_BYTES + 1]);
        assertThat(large.getStatus()).isEqualTo(413);
        assertThat(large.getContentAsString()).contains("超过 8 MB");
        assertThat(upload("/apply/papers", "房产证", photo()).getContentAsString()).contains("不用交“房产证”");
        assertThat(upload("/apply/papers", "营业执照", photo()).getStatus()).isEqualTo(200);
        byte[] stored = jdbc.sql("select content from enclosure where openid = :openid")
                .param("openid", openid)
                .query((row, n) -> row.getBytes(1))
                .single();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("JFIF");
        long id = Tenant.in(
                "whjx", () -> applications.draft(openid).papers().get(0).id());
        MockHttpServletResponse small = go(get(BASE + "/apply/papers/" + id));
        assertThat(small.getContentType()).startsWith("image/jpeg");
        assertThat(small.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(small.getHeader("Content-Security-Policy")).contains("sandbox");
        phone = signedIn(sessions, "o" + Ids.secret(20), "whjx");
        assertThat(go(get(BASE + "/apply/papers/" + id)).getStatus()).isEqualTo(404);
    }

    @Test
    @DisplayName("一天里传得太多，第二天再传")
    void uploads_are_limited() throws Exception {
        byte[] nothing = {1};
        for (int i = 0; i < 60; i++) {
            assertThat(upload("/apply/papers", "营业执照", nothing).getContentAsString())
                    .contains("只收");
        }
        assertThat(upload("/apply/papers", "营业执照", photo()).getContentAsString())
                .contains("今天传得太多了");
    }

    @Test
    @DisplayName("提交两次只有一件；申请人成为联络员；缺的在进度页补，补齐才审议；请重交的再补一次")
    void one_application_is_filed_once() throws Exception {
        CaseView file = filed("江城新城建设" + Ids.secret(5));
        assertThat(file.missing()).containsExactly("单位画册");
        assertThat(Tenant.in("whjx", () -> applications.draft(openid).id())).isZero();
        MockHttpServletResponse again =
                go(post(BASE + "/apply/file").with(csrf()).param("draft", "1"));
        assertThat(again.getRedirectedUrl()).isEqualTo(BASE + "/cases/" + file.id());
        assertThat(Tenant.in("whjx", () -> applications.filedBy(openid))).hasSize(1);
        Member applicant = Tenant.in("whjx", () -> roster.get(file.memberId()));
        assertThat(applicant.standing()).isEqualTo(Standing.APPLICANT);
        Contact contact = Tenant.in("whjx", () -> contacts.of(applicant.id()).get(0));
        assertThat(contact.openid()).isEqualTo(openid);
        assertThat(contact.phone()).isEqualTo("13912345678");

        String at = "/cases/" + file.id();
        MockHttpServletResponse large = upload(at + "/papers", "单位画册", new byte[Enclosures.MOST_BYTES + 1]);
        assertThat(large.getStatus()).isEqualTo(413);
        assertThat(large.getContentAsString()).contains("超过 8 MB");
        assertThat(page(at)).contains("还缺单位画册", "补齐材料", "会籍管理部审议", "〔第五条（三）〕", "撤回这项申请");
        Decision decision = Decision.of("会籍管理部", "approve", null, "zhou");
        assertThat(Tenant.in("whjx", () -> cases.decide(file.id(), decision)).isDone())
                .isFalse();
        assertThat(upload(at + "/papers", "单位画册", photo()).getStatus()).isEqualTo(200);
        assertThat(page(at)).contains("现在等会籍管理部").doesNotContain("还缺");
        Tenant.run("whjx", () -> counter.askAgain(file.id(), List.of("营业执照"), "照片看不清", "zhou"));
        assertThat(page(at)).contains("还缺营业执照");
        assertThat(upload(at + "/papers", "营业执照", photo()).getStatus()).isEqualTo(200);
        assertThat(Tenant.in("whjx", () -> cases.decide(file.id(), decision)).isDone())
                .isTrue();

        Enclosure paper = Tenant.in("whjx", () -> enclosures.of(file.id())).get(0);
        MockHttpServletResponse opened = go(get(BASE + at + "/papers/" + paper.id()));
        assertThat(opened.getHeader("Content-Disposition")).startsWith("inline").contains("filename");
        phone = signedIn(sessions, "o" + Ids.secret(20), "whjx");
        assertThat(go(get(BASE + at + "/papers/" + paper.id())).getStatus()).isEqualTo(404);
        assertThat(page(at)).contains("单位信息只对其联络人开放").doesNotContain("江城新城");
        assertThat(upload(at + "/papers", "营业执照", photo()).getStatus()).isEqualTo(403);
    }

    @Test
    @DisplayName("WHJX-5-2：注明不适用的材料，申请人在进度页看到不用交、为什么、哪一条；再要的照样能传")
    void a_paper_that_does_not_apply_shows_in_the_progress() throws Exception {
        CaseView file = filed("江城建研" + Ids.secret(5));
        String at = "/cases/" + file.id();
        Tenant.run("whjx", () -> counter.askAgain(file.id(), List.of("资质证书"), "看不清", "zhou"));
        assertThat(page(at)).contains("还缺");
        Tenant.run(
                "whjx",
                () -> counter.exempt(file.id(), "资质证书", "事业单位，没有资质", "zhou").get());
        assertThat(page(at)).contains("不用交：事业单位，没有资质", "还缺单位画册", "〔第五条（二）〕");
        assertThat(Tenant.in("whjx", () -> counter.exempt(file.id(), "资质证书", "再注一次", "zhou"))
                        .isDone())
                .isFalse();
        Tenant.run("whjx", () -> counter.askAgain(file.id(), List.of("资质证书"), "查到有资质", "zhou"));
        assertThat(page(at)).doesNotContain("不用交：");
        assertThat(upload(at + "/papers", "资质证书", photo()).getStatus()).isEqualTo(200);
        assertThat(Tenant.in("whjx", () -> cases.find(file.id())).orElseThrow().missing())
                .containsExactly("单位画册");
    }

    @Test
    @DisplayName("页面停在旧的一步：不照办，什么也不改；看过最新的可以撤回")
    void a_stale_page_changes_nothing() throws Exception {
        CaseView file = filed("江城旧页" + Ids.secret(5));
        String at = BASE + "/cases/" + file.id();
        Matcher mark = MARK.matcher(page("/cases/" + file.id()));
        assertThat(mark.find()).isTrue();
        upload("/cases/" + file.id() + "/papers", "单位画册", photo());
        go(post(at + "/call-off").with(csrf()).param("mark", mark.group(1)));
        assertThat(Tenant.in("whjx", () -> cases.find(file.id()).orElseThrow().isOpen()))
                .isTrue();
        Matcher fresh = MARK.matcher(page("/cases/" + file.id()));
        assertThat(fresh.find()).isTrue();
        go(post(at + "/call-off").with(csrf()).param("mark", fresh.group(1)));
        CaseView after = Tenant.in("whjx", () -> cases.find(file.id()).orElseThrow());
        assertThat(after.outcome()).isEqualTo("lapsed");
        assertThat(Tenant.in("whjx", () -> roster.get(file.memberId()).standing()))
                .isEqualTo(Standing.NONE);
    }

    @Test
    @DisplayName("名册上已有的单位不能再申请；退过会的可以，但通过之前不能看到它的过去〔第十五条〕")
    void a_known_code_is_not_new() throws Exception {
        String taken = code();
        Tenant.run(
                "whjx",
                () -> roster.enter(NewMember.draft("江城在册" + Ids.secret(5), Kind.UNIT, "会员")
                        .joined(LocalDate.of(2019, 6, 1))
                        .paidThrough(LocalDate.of(clock.today().getYear(), 12, 31))
                        .uscc(taken)
                        .done()));
        assertThat(save("uscc", taken.toLowerCase(java.util.Locale.ROOT))).contains("已经是会员，不必再申请", "班主任索取绑定二维码");

        String left = code();
        Member former = Tenant.in(
                "whjx",
                () -> roster.enter(NewMember.draft("江城离会" + Ids.secret(5), Kind.UNIT, "会员")
                        .joined(LocalDate.of(2015, 6, 1))
                        .ended(LocalDate.of(2020, 5, 31), EndedAs.WITHDRAWN, null)
                        .uscc(left)
                        .done()));
        write("江城离会再来", left);
        go(post(BASE + "/apply/file").with(csrf()));
        assertThat(Tenant.in("whjx", () -> applications.filedBy(openid)))
                .singleElement()
                .satisfies(file -> assertThat(file.memberId()).isEqualTo(former.id()));
        assertThat(Tenant.in("whjx", () -> bindings.of(openid))).isEmpty();
        assertThat(page("/")).contains("单位信息只对其联络人开放");
    }

    @Test
    @DisplayName("申请人从申请表、进度页回得去；绑定了还在申请的单位的，不再请它另写一份入会申请")
    void every_page_of_a_case_leads_back() throws Exception {
        assertThat(page("/apply")).contains("href=\"" + BASE + "/cases\"");
        CaseView file = filed("江城回来" + Ids.secret(5));
        Long applicant = file.memberId();
        assertThat(applicant).isNotNull();
        Tenant.in(
                "whjx",
                () -> bindings.bindTo(
                        contacts.put(applicant, Role.LIAISON, "李青", "13612342001")
                                .id(),
                        openid));
        assertThat(page("/cases/" + file.id())).contains("class=\"home\" href=\"" + BASE + "/\"");
        assertThat(page("/cases")).contains("现在没有别的要办").doesNotContain(BASE + "/apply");
        assertThat(page("/")).contains("入会以后安排", "入会申请办理中").doesNotContain("待安排");
    }

    @Test
    @DisplayName("退会：先说后果和依据，提出一次，两次提交也只有一件，生效前可以撤回")
    void leaving_is_told_first() throws Exception {
        Member member = member("江城要走" + Ids.secret(5));
        assertThat(page("/requests/withdrawal"))
                .contains("在协会的职务和权利义务一并终止〔第十四条〕", "要交回会员证书〔第十一条〕", "以后再申请，要等2年", "原件交秘书处");
        MockHttpServletResponse first = go(post(BASE + "/requests/withdrawal").with(csrf()));
        MockHttpServletResponse second = go(post(BASE + "/requests/withdrawal").with(csrf()));
        assertThat(second.getRedirectedUrl()).isEqualTo(first.getRedirectedUrl());
        assertThat(Tenant.in("whjx", () -> cases.of(member.id()))).hasSize(1);
        assertThat(page("/")).contains("退会申请办理中");
        String at = String.valueOf(first.getRedirectedUrl());
        Matcher mark = MARK.matcher(page(at.substring(BASE.length())));
        assertThat(mark.find()).isTrue();
        go(post(at + "/call-off").with(csrf()).param("mark", mark.group(1)));
        assertThat(Tenant.in("whjx", () -> cases.of(member.id())).get(0).outcome())
                .isEqualTo("lapsed");
        assertThat(Tenant.in("whjx", () -> roster.get(member.id()).standing())).isEqualTo(Standing.ACTIVE);
        assertThat(page("/requests/upgrade")).contains("没有会员升级的规定");
        assertThat(page("/requests/appeal")).contains("现在没有这一项可办");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"igrs, 普通会员", "aii, 普通会员单位", "whjx, 会员"})
    @DisplayName("不再是会员的，主页、升级、退会各页都照实说，给得出下一步，不说会安排班主任")
    void who_left_is_not_shown_a_members_ways(String code, String grade) throws Exception {
        phone = signedIn(sessions, openid, code);
        Tenant.in(code, () -> {
            Member left = roster.enter(NewMember.draft("江城走了" + Ids.secret(5), Kind.UNIT, grade)
                    .joined(LocalDate.of(2019, 6, 1))
                    .ended(LocalDate.of(2020, 5, 31), EndedAs.WITHDRAWN, null)
                    .contact(Role.LIAISON, "李青", "13612342001")
                    .done());
            bindings.bindTo(contacts.of(left.id()).get(0).id(), openid);
            return left;
        });
        String at = "/m/" + code;
        assertThat(go(get(at + "/")).getContentAsString())
                .contains("会籍已终止（主动退会），自2020年5月31日起〔", "会员才有", "看可以办的")
                .doesNotContain("待安排", "升级、", "退会、");
        assertThat(go(get(at + "/requests/upgrade")).getContentAsString())
                .contains("你单位已经不是会员，没有级别可升。")
                .doesNotContain("最高一级", "往上");
        assertThat(go(get(at + "/requests/withdrawal")).getContentAsString()).contains("现在没有这一项可办", at + "/cases");
        assertThat(go(get(at + "/cases")).getContentAsString())
                .containsAnyOf(at + "/apply", at + "/requests/restoration");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "igrs  | 普通会员     | 已交的会费不退〔第二十五条 / 退出前须与协会办完交接 / 退出后在内部通报并在网站公告 / 如果今天退会， / 起才能重新申请 / 退出申请表 / 会费尚未到账",
                "dsia  | 会员         | 理事会确认后会籍即注销，并在会员中公告〔第十四条 / 要交回会员证书〔第十四条〕 / 退会书面报告 / 会费尚未到账",
                "bacca | 会员单位     | 材料收齐的当天即退会，不须批准〔第三十六条〕 / 退会将在网站公告〔第四十条 / 如果今天退会并公告， / 要交回会员证号 / 会费尚未到账",
                "aii   | 普通会员单位 | 办完手续的当天资格终止，不须批准〔第十五条 / 退会书面通知",
                "whjx  | 会员         | 在协会的职务和权利义务一并终止〔第十四条〕 / 想再加入须先过信用考察〔第十五条 / 要等2年 / 会费尚未到账"
            })
    @DisplayName("五家退会之前各说各的后果，一条不漏，各带依据")
    void what_leaving_brings_is_said_by_each_bylaw(String code, String grade, String says) throws Exception {
        phone = signedIn(sessions, openid, code);
        int year = clock.today().getYear();
        Member member = Tenant.in(code, () -> {
            Member entered = roster.enter(NewMember.draft("江城先看" + Ids.secret(5), Kind.UNIT, grade)
                    .joined(LocalDate.of(2019, 6, 1))
                    .paidThrough(LocalDate.of(year - 1, 12, 31))
                    .number(true)
                    .contact(Role.LIAISON, "李青", "13612342001")
                    .done());
            bindings.bindTo(contacts.of(entered.id()).get(0).id(), openid);
            return entered;
        });
        MockHttpServletResponse told = go(get("/m/" + code + "/requests/withdrawal"));
        assertThat(told.getContentAsString()).contains(says.split(" / "));
        assertThat(Tenant.in(code, () -> cases.of(member.id())))
                .as("looking is not asking")
                .isEmpty();
    }

    @Test
    @DisplayName("WHJX-12-0 手机上答复告知：说明理由、称已消除、不再履行；旧页、空话、不能这样答的、别人的，都不照办")
    void a_notice_is_answered_on_the_phone() throws Exception {
        Member member = member("江城来答" + Ids.secret(5));
        CaseView file = Tenant.in(
                "whjx",
                () -> cases.openByRule(member.id(), "exit", null, List.of("WHJX-12-3"), null, "test:" + member.id()));
        String at = "/cases/" + file.id();
        assertThat(page(at))
                .as("what is being weighed is said once it is told")
                .contains("单位信息只对其联络人开放", "不属于你绑定的单位，或已经失效", "看我的单位");
        letterSent(file);
        assertThat(page(at)).contains("说明正当理由", "情形已消除", "不再履行");
        answer(at, "good-reason", " ");
        answer(at, "keep", "");
        go(post(BASE + at + "/answer").with(csrf()).param("says", "good-reason").param("words", "没有带页面标记"));
        assertThat(steps(file)).containsExactly("opened", "task-done");

        answer(at, "good-reason", "厂房搬迁\u202e，资质正在换证");
        assertThat(steps(file)).containsExactly("opened", "task-done", "said", "answered");
        assertThat(Tenant.in("whjx", () -> cases.find(file.id()).orElseThrow()).steps())
                .filteredOn(step -> step.act().equals("said"))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.says()).isEqualTo("厂房搬迁 ，资质正在换证");
                    assertThat(step.by()).isEqualTo("member");
                });
        answer(at, "cured", "已换新证");
        assertThat(steps(file)).as("a claim, until somebody has looked").endsWith("said", "claimed");
        assertThat(Tenant.in("whjx", () -> cases.find(file.id()).orElseThrow().isOpen()))
                .isTrue();

        Cookie own = phone;
        phone = signedIn(sessions, "o" + Ids.secret(20), "whjx");
        String mark =
                Tenant.in("whjx", () -> cases.find(file.id()).orElseThrow().mark());
        int before = steps(file).size();
        go(post(BASE + at + "/answer").with(csrf()).param("mark", mark).param("says", "refuse"));
        assertThat(steps(file)).hasSize(before);
        phone = own;
        answer(at, "refuse", "");
        assertThat(Tenant.in("whjx", () -> cases.find(file.id()).orElseThrow().at()))
                .isEqualTo("理事会");
    }

    private void answer(String at, String says, String words) throws Exception {
        Matcher mark = MARK.matcher(page(at));
        assertThat(mark.find()).isTrue();
        go(post(BASE + at + "/answer")
                .with(csrf())
                .param("mark", mark.group(1))
                .param("says", says)
                .param("words", words));
    }

    private List<String> steps(CaseView file) {
        return Tenant.in("whjx", () -> cases.find(file.id()).orElseThrow()).steps().stream()
                .map(CaseView.Step::act)
                .toList();
    }

    private void letterSent(CaseView file) {
        Tenant.run("whjx", () -> {
            Task letter = tasks.search(TaskSearch.unfinished().matter(file.id()).page(0, 10)).stream()
                    .filter(task -> task.what().equals("letter"))
                    .findFirst()
                    .orElseGet(() -> tasks.open(NewTask.of("letter", "会籍管理部", "寄送告知书")
                            .about(file.memberId())
                            .of(file.id())));
            tasks.done(letter.id(), List.of("挂号回执"), "test").get();
        });
    }

    @Test
    @DisplayName("IGRS-20-A、20-X 升级自查：没到的写明哪一条、哪天到；条件不够可请核心会员破格提名，它同意了申请才提出")
    void whoever_falls_short_may_be_nominated() throws Exception {
        phone = signedIn(sessions, openid, "igrs");
        LocalDate joined = clock.today().minusMonths(3);
        Member newer = member("igrs", "普通会员", joined, openid);
        String core = "o" + Ids.secret(20);
        Member nominator = member("igrs", "核心会员", LocalDate.of(2019, 6, 1), core);
        String path = "/m/igrs/requests/upgrade";
        String check = go(get(path)).getContentAsString();
        assertThat(check).contains("作为普通会员或推广会员满一年〔第二十条", "还不能申请，年限", "由人审议", "破格申请");
        go(post(path).with(csrf()).param("to", "核心会员"));
        assertThat(Tenant.in("igrs", () -> cases.of(newer.id()))).isEmpty();

        String words = "贡献了三项国际标准提案，主持两个工作组";
        assertThat(nominate("核心会员", "", words)).contains("请选一家提名的单位");
        assertThat(nominate("核心会员", Long.toString(newer.id()), words)).contains("另一家现任核心会员", "〔第二十条");
        assertThat(nominate("核心会员", Long.toString(nominator.id()), "好")).contains("至少10个字", "〔第二十条");
        assertThat(asked(core)).doesNotContain("三项国际标准提案");
        phone = signedIn(sessions, openid, "igrs");
        assertThat(nominate("核心会员", Long.toString(nominator.id()), words)).contains("已请" + nominator.name() + "提名");
        assertThat(nominate("核心会员", Long.toString(nominator.id()), words)).contains("已经请过这家");
        assertThat(go(get(path)).getContentAsString()).contains(nominator.name() + "：");

        assertThat(asked(core)).contains(newer.name(), "三项国际标准提案");
        String id = jdbc.sql("select id from backing where association_id = 'igrs' and member_id = :member")
                .param("member", newer.id())
                .query(String.class)
                .single();
        String answers = "/m/igrs/requests/nominations";
        go(post(answers).with(csrf()).param("id", id).param("says", "也许"));
        assertThat(Tenant.in("igrs", () -> cases.of(newer.id()))).isEmpty();
        phone = signedIn(sessions, openid, "igrs");
        go(post(answers).with(csrf()).param("id", id).param("says", "yes"));
        assertThat(Tenant.in("igrs", () -> cases.of(newer.id())))
                .as("nobody nominates itself")
                .isEmpty();
        phone = signedIn(sessions, core, "igrs");
        go(post(answers).with(csrf()).param("id", id).param("says", "yes"));
        go(post(answers).with(csrf()).param("id", id).param("says", "no"));
        assertThat(Tenant.in("igrs", () -> cases.of(newer.id())))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.type()).isEqualTo("upgrade");
                    assertThat(file.data()).containsEntry("exceptional", "true");
                });
    }

    private Member member(String code, String grade, LocalDate joined, String openid) {
        return Tenant.in(code, () -> {
            Member entered = roster.enter(NewMember.draft("江城" + Ids.secret(5), Kind.UNIT, grade)
                    .joined(joined)
                    .paidThrough(LocalDate.of(clock.today().getYear(), 12, 31))
                    .contact(Role.LIAISON, "李青", "13612342001")
                    .done());
            bindings.bindTo(contacts.of(entered.id()).get(0).id(), openid);
            return entered;
        });
    }

    /** What is said to one who asks for a nomination. */
    private String nominate(String to, String nominator, String words) throws Exception {
        return String.valueOf(mvc.perform(post("/m/igrs/requests/nomination")
                        .with(csrf())
                        .cookie(phone)
                        .param("to", to)
                        .param("nominator", nominator)
                        .param("words", words))
                .andReturn()
                .getFlashMap());
    }

    /** What a member reads that is asked for its nomination. */
    private String asked(String openid) throws Exception {
        phone = signedIn(sessions, openid, "igrs");
        return go(get("/m/igrs/requests/nominations")).getContentAsString();
    }

    @Test
    @DisplayName("WHJX-13 申诉：没写理由不收；提出一次，两次提交也只有一件，进度看得见")
    void an_appeal_is_made_on_the_phone() throws Exception {
        Member gone = Tenant.in("whjx", () -> {
            Member entered = roster.enter(NewMember.draft("江城不服" + Ids.secret(5), Kind.UNIT, "会员")
                    .joined(LocalDate.of(2019, 6, 1))
                    .ended(clock.today().minusDays(10), EndedAs.DEEMED_WITHDRAWN, null)
                    .uscc(code())
                    .contact(Role.LIAISON, "李青", "13612342001")
                    .done());
            bindings.bindTo(contacts.of(entered.id()).get(0).id(), openid);
            return entered;
        });
        assertThat(page("/requests/appeal")).contains("申诉", "第十三条");

        go(post(BASE + "/requests/appeal").with(csrf()).param("words", " "));
        assertThat(Tenant.in("whjx", () -> cases.of(gone.id()))).isEmpty();
        String at =
                String.valueOf(go(post(BASE + "/requests/appeal").with(csrf()).param("words", "会费已按时汇出，附回单"))
                        .getRedirectedUrl());
        assertThat(go(post(BASE + "/requests/appeal").with(csrf()).param("words", "再说一遍"))
                        .getRedirectedUrl())
                .isEqualTo(at);

        assertThat(Tenant.in("whjx", () -> cases.of(gone.id()))).singleElement().satisfies(file -> {
            assertThat(file.type()).isEqualTo("appeal");
            assertThat(file.at()).isEqualTo("理事会");
        });
        assertThat(page(at.substring(BASE.length()))).contains("理事会");
        assertThat(Tenant.in("whjx", () -> roster.get(gone.id()).standing())).isEqualTo(Standing.ENDED);
    }

    @Test
    @DisplayName("AII-13-a 升级：自查写明依据；没有的级别不收；提出一次，两次提交也只有一件，等理事会")
    void an_upgrade_begins_with_its_self_check() throws Exception {
        phone = signedIn(sessions, openid, "aii");
        Member member = Tenant.in("aii", () -> {
            Member entered = roster.enter(NewMember.draft("江城想升" + Ids.secret(5), Kind.UNIT, "普通会员单位")
                    .joined(LocalDate.of(2019, 6, 1))
                    .contact(Role.LIAISON, "李青", "13612342001")
                    .done());
            bindings.bindTo(contacts.of(entered.id()).get(0).id(), openid);
            return entered;
        });
        String path = "/m/aii/requests/upgrade";
        assertThat(go(get(path)).getContentAsString()).contains("理事单位", "〔第");

        MockHttpServletResponse refused = go(post(path).with(csrf()).param("to", "名誉会长"));
        assertThat(refused.getRedirectedUrl()).isEqualTo(path);
        assertThat(Tenant.in("aii", () -> cases.of(member.id()))).isEmpty();

        String at =
                String.valueOf(go(post(path).with(csrf()).param("to", "理事单位")).getRedirectedUrl());
        assertThat(go(post(path).with(csrf()).param("to", "理事单位")).getRedirectedUrl())
                .isEqualTo(at);
        assertThat(Tenant.in("aii", () -> cases.of(member.id())))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.type()).isEqualTo("upgrade");
                    assertThat(file.at()).isEqualTo("理事会");
                });
        assertThat(Tenant.in("aii", () -> roster.get(member.id()).grade())).isEqualTo("普通会员单位");
    }

    @Test
    @DisplayName("三十天没有再动的草稿，连同照片一起清除；第三十天还在")
    void drafts_are_forgotten() throws Exception {
        save("name", "江城半途");
        upload("/apply/papers", "营业执照", photo());
        Duty clearing = duties.stream()
                .filter(duty -> duty.name().equals("applications-clear"))
                .findFirst()
                .orElseThrow();
        Tenant.run("whjx", () -> clearing.run(clock.today().plusDays(30)));
        assertThat(Tenant.in("whjx", () -> applications.draft(openid).papers())).hasSize(1);
        Tenant.run("whjx", () -> clearing.run(clock.today().plusDays(31)));
        assertThat(Tenant.in("whjx", () -> applications.draft(openid).id())).isZero();
        assertThat(jdbc.sql("select count(*) from enclosure where openid = :openid")
                        .param("openid", openid)
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
