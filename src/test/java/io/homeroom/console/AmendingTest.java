package io.homeroom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.homeroom.casework.Edition;
import io.homeroom.casework.Editions;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Kind;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Passages;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** In the same house as {@link ConsoleTest}; another association, so that neither sees the other's rules. */
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
@DisplayName("控制台：秘书处修订规则书，全文或者只改一个读法的那几行")
class AmendingTest {

    private static final String PASSWORD = "a-long-enough-password";

    @Autowired
    MockMvc mvc;

    @Autowired
    Staff staff;

    @Autowired
    Editions editions;

    @Autowired
    Lawbook law;

    @Autowired
    Roster roster;

    @Autowired
    BusinessClock clock;

    Cookie[] session;

    @BeforeEach
    void theSecretaryHasSignedIn() throws Exception {
        session = signIn(Role.SECRETARIAT);
    }

    @Test
    @DisplayName("全文：查错带行列和那一行，看影响，写明日子和为什么才施行；留着改了什么，施行之前可以撤回")
    void theWholeText() throws Exception {
        LocalDate from = clock.today().plusYears(3);
        Edition base = Tenant.in("igrs", () -> editions.on(from));
        String text = Tenant.in("igrs", () -> editions.text(base.version())).orElseThrow();
        String amended = text.replace("title: 会员管理办法", "title: 会员管理办法（三年后）");
        assertThat(open("/igrs/rules")).contains("/console/igrs/rules/amend", "/console/igrs/rules/editions", "下载规则书");
        assertThat(open("/igrs/rules/amend")).contains("code: igrs", "施行之前什么也不改变", base.name());

        assertThat(amend(base, text.replaceFirst("cap: 1.", "cap: 十五"), "check", from, "x"))
                .contains("写得不对的地方", "“十五”不是整数", "data-line=")
                .doesNotContain("没有查出错误");
        assertThat(amend(base, amended, "check", from, "")).contains("没有查出错误");
        assertThat(amend(base, amended, "impact", from, "")).contains("没有一家会员会受不同对待");
        assertThat(amend(base, amended, "enact", from, " ")).contains("请写明为什么修订", "三年后");
        assertThat(amend(base, amended, "enact", clock.today().minusDays(1), "追溯"))
                .contains("不能从过去的日子起施行");
        assertThat(sent("whjx", "enact", from).getStatus()).isEqualTo(200);
        Tenant.in(
                "igrs",
                () -> roster.enter(NewMember.draft("观察公司", Kind.UNIT, "观察会员")
                        .joined(clock.today().minusYears(1))
                        .done()));
        String renamed = amended.replace("观察会员", "观察成员");
        for (String act : List.of("check", "enact")) {
            assertThat(amend(base, renamed, act, from, "改名"))
                    .as(act)
                    .contains("这一版没有“观察会员”这个等级", "观察公司", "先给它们换好等级，或者留着这个等级");
        }
        assertThat(title(from)).isEqualTo("会员管理办法");

        MockHttpServletResponse done = send(multipart("/console/igrs/rules/amend")
                .file(new MockMultipartFile(
                        "file", amended.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)))
                .param("base", base.version())
                .param("text", "")
                .param("from", from.toString())
                .param("why", "大会通过")
                .param("act", "enact")
                .with(csrf()));
        assertThat(done.getRedirectedUrl()).isEqualTo("/console/igrs/rules/editions");
        assertThat(open("/igrs/rules/editions")).contains(from + "起施行", "大会通过", "将施行", "规则书文件");
        assertThat(title(from.minusDays(1))).isEqualTo("会员管理办法");
        assertThat(title(from)).isEqualTo("会员管理办法（三年后）");
        assertThat(open("/igrs/rules")).contains(from + "起另有");

        Edition made = Tenant.in("igrs", () -> editions.on(from));
        String page = "/igrs/rules/editions/" + made.version();
        assertThat(open(page))
                .contains("title: 会员管理办法（三年后）", "from: " + from, "撤回这一版")
                .doesNotContain("nickname");
        assertThat(send(get("/console" + page + "/rulebook.yaml")).getContentAsString(StandardCharsets.UTF_8))
                .isEqualTo(Passages.dated(amended, from));
        assertThat(amend(base, amended, "enact", from, "两个人一起改")).contains("大会通过", "以它为底稿再改一次");
        send(post("/console" + page + "/back").with(csrf()).param("why", "印错了"));
        assertThat(open(page)).contains("已撤回", "印错了").doesNotContain("撤回这一版");
        assertThat(title(from)).isEqualTo("会员管理办法");
    }

    @Test
    @DisplayName("IGRS-14 由规则书决定的读法：页上就是那几行，改了、看过影响、从某天起施行；别的行一个字没动")
    void theLinesOfAReading() throws Exception {
        LocalDate from = clock.today().plusYears(2);
        String before = Tenant.in(
                "igrs", () -> editions.text(editions.newest().version()).orElseThrow());
        String page = open("/igrs/rules/readings/core-cap");
        assertThat(page).contains("grades/核心会员/cap", "readings/core-cap", "data-first=", "先看影响");
        String grade = before.lines()
                .filter(line -> line.contains("cap: 15"))
                .findFirst()
                .orElseThrow();

        String impact = shown(lines("core-cap", grade.replace("cap: 15", "cap: x"), "impact", from, ""));
        assertThat(impact).contains("“x”不是整数", "cap: x");
        assertThat(shown(lines("core-cap", grade.replace("cap: 15", "cap: 12"), "impact", from, "")))
                .contains("家会员：", "cap: 12");
        assertThat(shown(lines("core-cap", grade, "enact", from, "没有改"))).contains("没有不同");
        assertThat(cap(from)).isEqualTo(15);

        MockHttpServletResponse done =
                send(lines("core-cap", grade.replace("cap: 15", "cap: 12") + "\r\n", "enact", from, "大会定十二家"));
        assertThat(done.getRedirectedUrl()).isEqualTo("/console/igrs/rules/readings/core-cap");
        assertThat(open("/igrs/rules/readings/core-cap")).contains("在这里改过的", "大会定十二家", "将在" + from + "施行");
        String title = law.of("igrs", from).readings().get("core-cap").title();
        assertThat(open("/igrs/rules/editions")).contains("href=\"/console/igrs/rules/readings/core-cap\">读法：" + title);
        assertThat(cap(from.minusDays(1))).isEqualTo(15);
        assertThat(cap(from)).isEqualTo(12);
        assertThat(Tenant.in("igrs", () -> editions.text(editions.newest().version())))
                .hasValue(Passages.dated(before.replace("cap: 15", "cap: 12"), from));
        assertThat(before).isEqualTo(Files.readString(Path.of("config/rulebooks/igrs.yaml")));
    }

    @Test
    @DisplayName("读法说到别的读法：写它说的是什么，点得开，不写内部的名字")
    void otherOpenPointsAreNamedInWords() throws Exception {
        Rulebook book = law.of("igrs", clock.today());
        String key = book.readings().entrySet().stream()
                .filter(one -> one.getValue().says().contains("lower-fee-from"))
                .findFirst()
                .orElseThrow()
                .getKey();
        String page = open("/igrs/rules/readings/" + key);
        assertThat(page.substring(0, page.indexOf("id=\"places\"")))
                .as("above the lines of the file itself")
                .contains("见 <a href=\"/console/igrs/rules/readings/lower-fee-from\">“换到会费较低的等级，从哪天生效”</a>")
                .doesNotContain("见 lower-fee-from");
        assertThat(open("/igrs/rules")).contains("从哪天生效见 “换到会费较低的等级，从哪天生效”").doesNotContain("见 lower-fee-from");
    }

    @Test
    @DisplayName("修订是秘书处的事：班主任看不到、改不了；没有口令的表单不收")
    void amendingIsTheOfficesToDo() throws Exception {
        assertThat(send(post("/console/igrs/rules/amend").param("act", "enact")).getStatus())
                .isEqualTo(403);
        session = signIn(Role.TEACHER);
        for (String path : new String[] {"amend", "editions", "editions/1", "readings/core-cap"}) {
            assertThat(send(get("/console/igrs/rules/" + path)).getStatus())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(sent("igrs", "enact", clock.today().plusYears(4)).getStatus())
                .isEqualTo(404);
        assertThat(send(lines("core-cap", "", "enact", clock.today().plusYears(4), "x"))
                        .getStatus())
                .isEqualTo(404);
    }

    private MockHttpServletRequestBuilder lines(String key, String lines, String act, LocalDate from, String why) {
        return post("/console/igrs/rules/readings/" + key + "/places")
                .with(csrf())
                .param("base", Tenant.in("igrs", () -> editions.newest().version()))
                .param("lines1", lines)
                .param("from", from.toString())
                .param("why", why)
                .param("act", act);
    }

    private String amend(Edition base, String text, String act, LocalDate from, String why) throws Exception {
        return shown(post("/console/igrs/rules/amend")
                .with(csrf())
                .param("base", base.version())
                .param("text", text)
                .param("from", from.toString())
                .param("why", why)
                .param("act", act));
    }

    /** Another association's rulebook. */
    private MockHttpServletResponse sent(String rulebook, String act, LocalDate from) throws Exception {
        return send(post("/console/igrs/rules/amend")
                .with(csrf())
                .param("base", Tenant.in("igrs", () -> editions.newest().version()))
                .param("text", Files.readString(Path.of("config/rulebooks", rulebook + ".yaml")))
                .param("from", from.toString())
                .param("why", "x")
                .param("act", act));
    }

    private String shown(MockHttpServletRequestBuilder request) throws Exception {
        MockHttpServletResponse response = send(request);
        assertThat(response.getStatus()).isEqualTo(200);
        return response.getContentAsString(StandardCharsets.UTF_8);
    }

    private String open(String path) throws Exception {
        return shown(get("/console" + path));
    }

    private String title(LocalDate day) {
        return law.of("igrs", day).title();
    }

    private int cap(LocalDate day) {
        return law.of("igrs", day).grade("核心会员").map(Rulebook.Grade::cap).orElseThrow();
    }

    private MockHttpServletResponse send(
            org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder<?> request)
            throws Exception {
        return mvc.perform(request.cookie(session)).andReturn().getResponse();
    }

    private Cookie[] signIn(Role role) throws Exception {
        String username = "u" + Ids.secret(8);
        Tenant.in(
                "igrs",
                () -> staff.add(new NewStaff(username, "周敏", PASSWORD, null, null, Set.of(role), Set.of()), "test")
                        .get());
        RequestPostProcessor token = csrf();
        return mvc.perform(post("/console/login")
                        .with(token)
                        .param("username", username)
                        .param("password", PASSWORD))
                .andReturn()
                .getResponse()
                .getCookies();
    }
}
