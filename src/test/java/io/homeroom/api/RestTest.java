package io.homeroom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.homeroom.casework.Ballots;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Editions;
import io.homeroom.casework.Opening;
import io.homeroom.casework.Prices;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.governance.Ballot.Choice;
import io.homeroom.governance.Bodies;
import io.homeroom.governance.Sitting;
import io.homeroom.governance.Sittings;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.ground.Uscc;
import io.homeroom.member.Bindings;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("mysql")
@SpringBootTest(
        properties = {
            "homeroom.data-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "homeroom.public-base-url=https://example.test",
            "homeroom.associations.whjx.rulebook=config/rulebooks/whjx.yaml",
            "homeroom.associations.aii.rulebook=config/rulebooks/aii.yaml",
            "homeroom.associations.bacca.rulebook=config/rulebooks/bacca.yaml"
        })
@AutoConfigureMockMvc
@DisplayName("REST：名称、角色、拒绝和只做一次")
class RestTest {

    private static final String PASSWORD = "a-long-enough-password";

    @Autowired
    MockMvc mvc;

    @Autowired
    JsonMapper json;

    @Autowired
    Staff staff;

    @Autowired
    Lawbook law;

    @Autowired
    Cases cases;

    @Autowired
    Ballots ballots;

    @Autowired
    Roster roster;

    @Autowired
    Bindings bindings;

    @Autowired
    Sittings sittings;

    @Autowired
    Bodies bodies;

    @Autowired
    Prices prices;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    BusinessClock clock;

    @Autowired
    Calendars calendars;

    String who = "";

    private record Answer(int status, JsonNode body, MockHttpServletResponse response) {}

    @BeforeEach
    void an_administrator_of_whjx() {
        who = account("whjx", Role.ADMIN);
    }

    private String account(String association, Role... roles) {
        String username = "u" + Ids.secret(8);
        Tenant.run(
                association,
                () -> staff.add(new NewStaff(username, "周敏", PASSWORD, null, null, Set.of(roles), Set.of()), "test")
                        .get());
        return username;
    }

    private Answer send(MockHttpServletRequestBuilder request) throws Exception {
        MockHttpServletResponse response =
                mvc.perform(request.with(httpBasic(who, PASSWORD))).andReturn().getResponse();
        String text = response.getContentAsString(StandardCharsets.UTF_8);
        return new Answer(response.getStatus(), json.readTree(text.isEmpty() ? "null" : text), response);
    }

    private Answer ask(String path) throws Exception {
        return send(get("/api/v1" + path));
    }

    private Answer tell(String path, String body) throws Exception {
        return send(post("/api/v1" + path).contentType("application/json").content(body));
    }

    private JsonNode entered(String more) throws Exception {
        Answer answer = tell(
                "/whjx/members", "{\"name\":\"江城" + Ids.secret(6) + "有限公司\",\"joinedOn\":\"2019-06-01\"" + more + "}");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.body();
    }

    private JsonNode entered() throws Exception {
        int lastYear = clock.today().getYear() - 1;
        return entered(",\"paidThrough\":\"" + lastYear + "-12-31\"");
    }

    private static String id(JsonNode thing) {
        return thing.get("id").asString();
    }

    private static String code() {
        String first = "9142010"
                + Ids.secret(10)
                        .toUpperCase(java.util.Locale.ROOT)
                        .replace('I', '2')
                        .replace('O', '3')
                        .replace('S', '4')
                        .replace('V', '5')
                        .replace('Z', '6');
        return first + Uscc.check(first);
    }

    @Test
    @DisplayName("会员按合同的字段读出：编号是文字，手机遮住，日子是日子")
    void a_member_has_the_fields_of_the_contract() throws Exception {
        String teacher = account("whjx", Role.TEACHER);
        String uscc = code();
        JsonNode made = entered(",\"paidThrough\":\"2023-12-31\",\"uscc\":\"" + uscc.toLowerCase(java.util.Locale.ROOT)
                + "\",\"teacher\":\"" + teacher + "\",\"contact\":{\"name\":\"李青\",\"phone\":\"13612342001\"}");
        JsonNode read = ask("/whjx/members/" + id(made)).body();
        assertThat(read).isEqualTo(made);
        assertThat(read.get("id").isString()).isTrue();
        assertThat(read.get("kind").asString()).isEqualTo("unit");
        assertThat(read.get("grade").asString()).isEqualTo("会员");
        assertThat(read.get("joinedOn").asString()).isEqualTo("2019-06-01");
        assertThat(read.get("paidThrough").asString()).isEqualTo("2023-12-31");
        assertThat(read.get("uscc").asString()).isEqualTo(uscc);
        assertThat(read.get("contact").get("phone").asString()).isEqualTo("136****2001");
        assertThat(read.get("teacher").asString()).isEqualTo(teacher);
        assertThat(read.get("standing").asString()).isEqualTo("active");
        assertThat(read.get("findings").isArray()).isTrue();
        assertThat(read.has("reviewOn")).isTrue();
    }

    @Test
    @DisplayName("入会日早于今天的，立即得到从已缴年度次年到今年的账单")
    void an_earlier_member_is_billed_up_to_this_year() throws Exception {
        int year = clock.today().getYear();
        JsonNode member = entered(",\"paidThrough\":\"" + (year - 3) + "-12-31\"");
        JsonNode bills = ask("/whjx/members/" + id(member) + "/bills").body().get("items");
        List<Integer> years = new ArrayList<>();
        for (JsonNode bill : bills) {
            years.add(bill.get("year").asInt());
            assertThat(bill.get("kind").asString()).isEqualTo("annual");
            assertThat(bill.get("state").asString()).isEqualTo("open");
            assertThat(bill.get("amountFen").asLong())
                    .isEqualTo(bill.get("owedFen").asLong());
            assertThat(bill.get("dueOn").asString()).isEqualTo(bill.get("year").asInt() + "-03-31");
        }
        assertThat(years).containsExactly(year - 2, year - 1, year);
    }

    @Test
    @DisplayName("任何一天：依据哪一条、接下来会怎样、何时；换一本规则书，谁会受不同对待")
    void any_day_is_explained_and_a_changed_rulebook_weighed() throws Exception {
        int year = clock.today().getYear();
        JsonNode member = entered(",\"paidThrough\":\"" + (year - 1) + "-12-31\"");
        String here = "/whjx/members/" + id(member) + "/explanation";
        JsonNode later = ask(here + "?day=" + (year + 1) + "-04-01").body();
        assertThat(later.get("findings").get(0).get("clause").asString()).isEqualTo("WHJX-12-1");
        assertThat(later.get("ends").asString()).contains("交清");
        JsonNode before = ask(here + "?day=2019-05-31").body();
        assertThat(before.get("findings")).isEmpty();
        later.get("findings").forEach(finding -> {
            assertThat(finding.get("says").asString()).isNotBlank();
            assertThat(finding.get("facts").isEmpty()).isFalse();
            assertThat(finding.get("ends").asString()).isNotBlank();
        });
        assertThat(later.get("calendarMissing").toString())
                .isEqualTo(calendars.current().knows(year + 1) ? "[]" : "[" + (year + 1) + "]");
        assertThat(ask(here + "?day=2026-02-30").body().toString()).contains("日期写成 2026-03-31 这样");
        assertThat(ask(here + "?day=31/3").status()).isEqualTo(400);
        assertThat(ask(here + "?day=1900-01-01").status()).isEqualTo(400);

        String text;
        try (var in = getClass().getClassLoader().getResourceAsStream("config/rulebooks/whjx.yaml")) {
            assertThat(in).isNotNull();
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Answer dearer = weigh(text.replace("amounts: {会员: 8000}", "amounts: {会员: 9000}"));
        assertThat(dearer.status()).as(dearer.body().toString()).isEqualTo(200);
        assertThat(dearer.body().get("different").asInt())
                .isEqualTo(dearer.body().get("members").asInt())
                .isPositive();
        assertThat(weigh(text).body().get("different").asInt()).isZero();
        Answer faulty = weigh(text.replace("entry: true", "entri: true"));
        assertThat(faulty.status()).isEqualTo(400);
        assertThat(faulty.body().get("errors").get(0).get("message").asString()).contains("entri");
        assertThat(weigh(text.replace("code: whjx", "code: igrs")).status()).isEqualTo(400);
        String full = text + "#".repeat(Editions.LONGEST - text.length());
        assertThat(weigh(full).status()).isEqualTo(200);
        for (String path : List.of("impact", "check")) {
            Answer tooLong = send(yaml("/api/v1/whjx/rulebook/" + path, full + "书"));
            assertThat(tooLong.status()).as(path).isEqualTo(413);
            assertThat(tooLong.body().get("detail").asString()).isEqualTo("规则书最多" + Editions.LONGEST + "个字符。");
        }
        who = account("whjx", Role.TEACHER);
        assertThat(weigh(text).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("规则书的每一版和读法：看得到、查得出错、从某天起施行、施行前撤回；旧底稿和别的角色不收")
    void the_rulebook_is_amended() throws Exception {
        LocalDate from = clock.today().plusYears(3);
        JsonNode file = ask("/whjx/rulebook/editions").body().get(0);
        String base = file.get("version").asString();
        String text = ask("/whjx/rulebook/editions/" + base).body().get("text").asString();
        String amended = text.replace("title: 会籍管理制度", "title: 新制度");
        String way = "/api/v1/whjx/rulebook/editions?base=" + base + "&from=" + from + "&why=";

        Answer faulty = send(yaml("/api/v1/whjx/rulebook/check?from=" + from, text.replace("nickname:", "nick:")));
        assertThat(faulty.body().get("errors").get(1).get("field").asString()).isEqualTo("5:1");
        assertThat(send(yaml("/api/v1/whjx/rulebook/check?from=" + from, text))
                        .body()
                        .get("against")
                        .asString())
                .contains("没有不同");
        assertThat(send(yaml(way + "x", text.replace("nickname:", "nick:"))).status())
                .isEqualTo(400);
        assertThat(send(yaml(way, amended)).status()).isEqualTo(422);
        entered("");
        String renamed = amended.replace("{会员: ", "{成员: ").replace("name: 会员,", "name: 成员,");
        assertThat(send(yaml("/api/v1/whjx/rulebook/check?from=" + from, renamed))
                        .body()
                        .get("against")
                        .asString())
                .contains("没有“会员”这个等级", "先给它们换好等级");
        Answer lost = send(yaml(way + "改名", renamed));
        assertThat(lost.status()).isEqualTo(422);
        assertThat(lost.body().get("detail").asString()).contains("没有“会员”这个等级，名册里还有");
        Answer made = send(yaml(way + "章程修改", amended));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(made.body().get("state").asString()).isEqualTo("to-come");
        String version = made.body().get("version").asString();
        assertThat(ask("/whjx/rulebook/editions/" + version).body().get("changes"))
                .hasSize(4);
        assertThat(send(yaml(way + "慢了一步", amended)).body().get("detail").asString())
                .contains("以它为底稿");
        assertThat(send(post("/api/v1/whjx/rulebook/editions/" + version + "/withdrawal?why=x"))
                        .body()
                        .get("state")
                        .asString())
                .isEqualTo("taken-back");

        assertThat(ask("/whjx/readings/answer-days").body().get("value").asString())
                .isEqualTo("30");
        assertThat(ask("/whjx/readings/answer-days").body().get("title").asString())
                .isEqualTo("退会告知书寄出后等待答复的天数");
        assertThat(ask("/whjx/readings/two-years-from").body().get("at").get(0).asString())
                .isEqualTo("re-entry/WHJX-15-a/anchor");
        assertThat(send(post("/api/v1/whjx/readings/answer-days?value=0&why=x&from=" + from))
                        .status())
                .isEqualTo(422);
        assertThat(send(post("/api/v1/whjx/readings/answer-days?value=45&why=x&from=" + from))
                        .body()
                        .get("value")
                        .asString())
                .isEqualTo("45");
        who = account("whjx", Role.TEACHER);
        assertThat(ask("/whjx/rulebook/editions").status()).isEqualTo(403);
        assertThat(send(yaml(way + "x", amended)).status()).isEqualTo(403);
        assertThat(ask("/whjx/readings").status()).isEqualTo(403);
    }

    private static MockHttpServletRequestBuilder yaml(String path, String text) {
        return post(path).contentType("application/yaml").content(text.getBytes(StandardCharsets.UTF_8));
    }

    private Answer weigh(String rulebook) throws Exception {
        return send(post("/api/v1/whjx/rulebook/impact")
                .contentType("application/yaml")
                .content(rulebook.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("列表按键分页，不重不漏；班主任和等级可以筛选")
    void pages_follow_a_key() throws Exception {
        String teacher = account("whjx", Role.TEACHER);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(id(entered(",\"teacher\":\"" + teacher + "\"")));
        }
        List<String> read = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = ask("/whjx/members?limit=2&teacher=" + teacher + "&after=" + next)
                    .body();
            page.get("items").forEach(member -> read.add(id(member)));
            next = page.get("next").isNull() ? "" : page.get("next").asString();
        } while (!next.isEmpty());
        assertThat(read).containsExactlyElementsOf(made);
        assertThat(ask("/whjx/members?grade=没有&teacher=" + teacher).body().get("items"))
                .isEmpty();
        assertThat(ask("/whjx/members?standing=ended&teacher=" + teacher).body().get("items"))
                .isEmpty();
    }

    @Test
    @DisplayName("WHJX-7 读作一位班主任只管一家：第二家不论登记还是改派，都说满了，什么也不变")
    void a_full_class_takes_no_more() throws Exception {
        String teacher = account("whjx", Role.TEACHER);
        Rulebook shipped = law.of("whjx", clock.today());
        law.put("whjx", Lawbook.withSettings(shipped, Map.of(), Map.of("members-per-teacher", "1")));
        try {
            assertThat(tell("/whjx/members", "{\"name\": \"头一家\", \"teacher\": \"" + teacher + "\"}")
                            .status())
                    .isEqualTo(201);

            Answer entered = tell("/whjx/members", "{\"name\": \"第二家\", \"teacher\": \"" + teacher + "\"}");
            assertThat(entered.status()).isEqualTo(400);
            assertThat(entered.body().get("errors")).singleElement().satisfies(error -> {
                assertThat(error.get("field").asString()).isEqualTo("teacher");
                assertThat(error.get("message").asString()).contains("最多带1家", "换一位");
            });

            Answer alone = tell("/whjx/members", "{\"name\": \"第二家\"}");
            String id = alone.body().get("id").asString();
            Answer moved = send(patch("/api/v1/whjx/members/" + id)
                    .contentType("application/json")
                    .content("{\"teacher\": \"" + teacher + "\"}"));
            assertProblem(moved, 422);
            assertThat(moved.body().get("clauses")).hasSize(1);
            assertThat(ask("/whjx/members/" + id).body().get("teacher").isNull())
                    .isTrue();
        } finally {
            law.put("whjx", shipped);
        }
    }

    @Test
    @DisplayName("AII-14-5 读作两名：登记、各自的二维码、换主要、移除都按编号；满了 422 说条款，别的会员的编号 404")
    void several_liaisons_are_named() throws Exception {
        who = account("aii", Role.SECRETARIAT);
        String member = tell("/aii/members", """
                {"name": "金陵研究院%s", "grade": "普通会员单位", "contact": {"name": "李青", "phone": "13612342001"}}\
                """.formatted(Ids.secret(4)))
                .body()
                .get("id")
                .asString();
        String path = "/aii/members/" + member + "/liaisons";
        String second = "{\"name\": \"王力\", \"phone\": \"13612342002\"}";

        Answer one = tell(path, second);
        assertProblem(one, 422);
        assertThat(one.body().get("clauses").get(0).asString()).isEqualTo("AII-14-5");
        assertThat(ask(path).body().get("items")).hasSize(1);

        Rulebook shipped = law.of("aii", clock.today());
        law.put("aii", Lawbook.withSettings(shipped, Map.of(), Map.of("liaison-number", "2")));
        try {
            Answer two = tell(path, second);
            assertThat(two.status()).isEqualTo(201);
            JsonNode items = two.body().get("items");
            assertThat(items).hasSize(2);
            assertThat(items.get(0).get("first").asBoolean()).isTrue();
            assertThat(items.get(1).get("name").asString()).isEqualTo("王力");
            assertThat(items.get(1).get("phone").asString()).isEqualTo("136****2002");
            assertThat(items.get(1).get("first").asBoolean()).isFalse();
            String liaison = items.get(1).get("id").asString();
            assertProblem(tell(path, "{\"name\": \"赵五\", \"phone\": \"13612342003\"}"), 422);
            assertProblem(tell(path, "{\"phone\": \"abc\"}"), 400);

            String scene = tell("/aii/members/" + member + "/invitations", "{\"liaison\": \"" + liaison + "\"}")
                    .body()
                    .get("scene")
                    .asString();
            assertThat(Tenant.in("aii", () -> bindings.bind(scene, "oRest"))
                            .get()
                            .name())
                    .isEqualTo("王力");
            assertProblem(tell("/aii/members/" + member + "/invitations", "{\"liaison\": \"1\"}"), 400);

            assertThat(tell(path + "/" + liaison + "/first", "")
                            .body()
                            .get("items")
                            .get(0)
                            .get("name")
                            .asString())
                    .isEqualTo("王力");
            JsonNode shown = ask("/aii/members/" + member).body().get("contact");
            assertThat(shown.get("name").asString()).isEqualTo("王力");
            assertThat(shown.get("bound").asBoolean()).isTrue();

            assertProblem(send(delete("/api/v1" + path + "/1")), 404);
            Answer left = send(delete("/api/v1" + path + "/" + liaison));
            assertThat(left.status()).isEqualTo(200);
            assertThat(left.body().get("items"))
                    .singleElement()
                    .satisfies(item -> assertThat(item.get("name").asString()).isEqualTo("李青"));
            assertThat(Tenant.in("aii", () -> bindings.of("oRest"))).isEmpty();
            who = account("aii", Role.FINANCE);
            assertThat(ask(path).status()).isEqualTo(200);
            assertProblem(tell(path, second), 403);
        } finally {
            law.put("aii", shipped);
        }
    }

    @Test
    @DisplayName("所有毛病一次说全，用中文，逐个字段")
    void all_faults_are_told_at_once() throws Exception {
        Answer answer = tell("/whjx/members", """
            {"name": "", "kind": "individual", "grade": "贵宾", "joinedOn": "2999-01-01", "paidThrough": "2024-06-30",
             "uscc": "1", "contact": {"name": "李青", "phone": "abc"}, "teacher": "nobody", "gread": "会员"}\
            """);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.response().getContentType()).startsWith("application/problem+json");
        List<String> fields = new ArrayList<>();
        answer.body().get("errors").forEach(error -> {
            fields.add(error.get("field").asString());
            assertThat(error.get("message").asString()).containsPattern("\\p{IsHan}");
        });
        assertThat(fields)
                .containsExactlyInAnyOrder(
                        "name", "kind", "grade", "joinedOn", "paidThrough", "contact.phone", "teacher", "gread");
        assertThat(answer.body().get("detail").asString()).contains("8处");
    }

    @Test
    @DisplayName("正文不是 JSON、方法不对、地址不对：都是中文的问题文档")
    void every_error_is_a_problem_document() throws Exception {
        assertProblem(tell("/whjx/members", "{"), 400);
        assertProblem(tell("/whjx/members", "[]"), 400);
        assertProblem(send(patch("/api/v1/whjx/members")), 405);
        assertProblem(ask("/whjx/nowhere"), 404);
        assertProblem(ask("/whjx/members?limit=0&standing=x&after=y"), 400);
        assertProblem(ask("/nobody/members"), 404);
        assertProblem(ask("/whjx/members/99999999999999999999"), 404);
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.response().getContentType()).startsWith("application/problem+json");
        assertThat(answer.body().get("status").asInt()).isEqualTo(status);
        assertThat(answer.body().get("detail").asString()).containsPattern("\\p{IsHan}");
    }

    @Test
    @DisplayName("别的协会的会员不存在；别的协会的账号进不来")
    void nothing_crosses_between_associations() throws Exception {
        String member = id(entered());
        String stranger = account("aii", Role.ADMIN);
        assertProblem(ask("/aii/members/" + member), 401);
        who = stranger;
        assertProblem(ask("/aii/members/" + member), 404);
        assertProblem(ask("/aii/members/" + member + "/bills"), 404);
        assertProblem(tell("/aii/members/" + member + "/invitations", "{}"), 404);
        assertProblem(ask("/whjx/members/" + member), 401);
        assertThat(ask("/aii/members").body().get("items").toString()).doesNotContain(member);
    }

    @Test
    @DisplayName("班主任只看到自己的班级，不登记到账，不看审计")
    void a_teacher_sees_her_class_only() throws Exception {
        String teacher = account("whjx", Role.TEACHER);
        String mine = id(entered(",\"teacher\":\"" + teacher + "\""));
        String other = id(entered());
        who = teacher;
        assertThat(ask("/whjx/members/" + mine).status()).isEqualTo(200);
        assertProblem(ask("/whjx/members/" + other), 404);
        List<String> seen = new ArrayList<>();
        ask("/whjx/members").body().get("items").forEach(member -> seen.add(id(member)));
        assertThat(seen).containsExactly(mine);
        assertProblem(tell("/whjx/members/" + mine + "/payments", "{\"amountFen\":1,\"method\":\"cash\"}"), 403);
        assertProblem(tell("/whjx/members", "{\"name\":\"甲\"}"), 403);
        assertProblem(ask("/whjx/audit"), 403);
        assertThat(tell("/whjx/members/" + mine + "/invitations", "{}").status())
                .isEqualTo(201);
        ask("/whjx/notices")
                .body()
                .get("items")
                .forEach(notice -> assertThat(notice.get("member").asString()).isEqualTo(mine));
    }

    @Test
    @DisplayName("财务登记转账：缴清账单；同一个键再发，同样的回答，只记一次")
    void a_payment_sent_twice_is_recorded_once() throws Exception {
        String member = id(entered());
        long owed = ask("/whjx/members/" + member).body().get("owedFen").asLong();
        who = account("whjx", Role.FINANCE);
        String body = "{\"amountFen\":" + owed + ",\"method\":\"bank-transfer\",\"memo\":\"会费\"}";
        Answer first = pay(member, "key-1", body);
        Answer second = pay(member, "key-1", body);
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(first.body().get("state").asString()).isEqualTo("settled");
        assertThat(first.body().get("bills")).hasSize(1);
        assertThat(first.body().get("receivedAt").asString()).endsWith("+08:00");
        assertThat(ask("/whjx/members/" + member + "/payments").body().get("items"))
                .hasSize(1);
        assertThat(ask("/whjx/members/" + member).body().get("owedFen").asLong())
                .isZero();
        Answer other = pay(member, "key-1", body.replace("会费", "别的"));
        assertProblem(other, 422);
        assertThat(pay(member, "key-2", body).body().get("id"))
                .isNotEqualTo(first.body().get("id"));
    }

    private Answer pay(String member, String key, String body) throws Exception {
        return send(post("/api/v1/whjx/members/" + member + "/payments")
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .content(body));
    }

    @Test
    @DisplayName("微信支付不能手工登记；金额要是正的整数分")
    void payments_are_checked() throws Exception {
        String member = id(entered());
        Answer answer = tell(
                "/whjx/members/" + member + "/payments",
                "{\"amountFen\":-5,\"method\":\"wechat\",\"receivedAt\":\"2999-01-01\"}");
        assertProblem(answer, 400);
        assertThat(answer.body().get("errors")).hasSize(3);
        assertProblem(tell("/whjx/members/" + member + "/payments", "{\"amountFen\":0.5}"), 400);
    }

    @Test
    @DisplayName("AII 不收会费：到账被拒绝，带条款")
    void a_refusal_of_the_bylaws_names_its_clause() throws Exception {
        who = account("aii", Role.ADMIN);
        Answer made = tell("/aii/members", "{\"name\":\"甲" + Ids.secret(6) + "\",\"joinedOn\":\"2020-01-01\"}");
        assertThat(made.status()).isEqualTo(201);
        String member = id(made.body());
        assertThat(ask("/aii/members/" + member + "/bills").body().get("items")).isEmpty();
        Answer answer =
                tell("/aii/members/" + member + "/payments", "{\"amountFen\":100000,\"method\":\"bank-transfer\"}");
        assertProblem(answer, 422);
        assertThat(answer.body().get("clauses")).isNotEmpty();
        JsonNode kept = ask("/aii/members/" + member + "/payments").body().get("items");
        assertThat(kept).hasSize(1);
        assertThat(kept.get(0).get("state").asString()).isIn("refused", "refunding");
    }

    @Test
    @DisplayName("邀请：一次性的场景、图片地址和期限")
    void an_invitation_has_scene_picture_and_end() throws Exception {
        String member = id(entered());
        JsonNode invitation = tell("/whjx/members/" + member + "/invitations", "{\"expiresInSeconds\":3600}")
                .body();
        assertThat(invitation.get("scene").asString()).matches("[A-Za-z0-9]{1,64}");
        assertThat(invitation.get("qrUrl").asString())
                .startsWith("https://example.test/qr/whjx/")
                .contains(invitation.get("scene").asString());
        OffsetDateTime end = OffsetDateTime.parse(invitation.get("expiresAt").asString());
        assertThat(end.getOffset()).isEqualTo(ZoneOffset.ofHours(8));
        assertProblem(tell("/whjx/members/" + member + "/invitations", "{\"expiresInSeconds\":0}"), 400);
    }

    @Test
    @DisplayName("改资料只改发来的字段；等级不能直接改")
    void a_patch_changes_what_was_sent() throws Exception {
        String teacher = account("whjx", Role.TEACHER);
        JsonNode before = entered(",\"contact\":{\"name\":\"李青\",\"phone\":\"13612342001\"}");
        String path = "/api/v1/whjx/members/" + id(before);
        Answer changed = send(patch(path)
                .contentType("application/json")
                .content("{\"name\":\"江城新名有限公司\",\"teacher\":\"" + teacher + "\"}"));
        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
        assertThat(changed.body().get("name").asString()).isEqualTo("江城新名有限公司");
        assertThat(changed.body().get("teacher").asString()).isEqualTo(teacher);
        assertThat(changed.body().get("contact")).isEqualTo(before.get("contact"));
        Answer refused =
                send(patch(path).contentType("application/json").content("{\"grade\":\"会员\",\"standing\":\"ended\"}"));
        assertProblem(refused, 400);
        assertThat(refused.body().get("errors")).hasSize(2);
    }

    @Test
    @DisplayName("每个动作留下一行审计")
    void every_act_leaves_a_line() throws Exception {
        String member = id(entered());
        pay(member, "audit-key", "{\"amountFen\":100,\"method\":\"cash\",\"memo\":\"会费\"}");
        tell("/whjx/members/" + member + "/invitations", "{}");
        List<String> acts = new ArrayList<>();
        ask("/whjx/audit?member=" + member).body().get("items").forEach(line -> {
            acts.add(line.get("act").asString());
            assertThat(line.get("member").asString()).isEqualTo(member);
        });
        assertThat(acts).contains("member-entered", "payment-recorded", "invited");
    }

    @Test
    @DisplayName("密码错得太多，先等一等；换个地址的本人不受影响")
    void guessing_is_slowed_down() throws Exception {
        String victim = account("whjx", Role.ADMIN);
        int last = 0;
        for (int i = 0; i < 9; i++) {
            last = mvc.perform(get("/api/v1/whjx/members")
                            .with(httpBasic(victim, "wrong"))
                            .with(request -> {
                                request.setRemoteAddr("192.0.2.7");
                                return request;
                            }))
                    .andReturn()
                    .getResponse()
                    .getStatus();
        }
        assertThat(last).isEqualTo(429);
        who = victim;
        assertThat(ask("/whjx/members").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("没有登录：401 和问题文档；离职的账号立即失效")
    void only_those_who_work_here() throws Exception {
        MockHttpServletResponse nobody =
                mvc.perform(get("/api/v1/whjx/members")).andReturn().getResponse();
        assertThat(nobody.getStatus()).isEqualTo(401);
        assertThat(nobody.getHeader("WWW-Authenticate")).startsWith("Basic");
        assertThat(ask("/whjx/members").status()).isEqualTo(200);
        Tenant.run(
                "whjx",
                () -> staff.deactivate(staff.byUsername(who).orElseThrow().id(), "test"));
        assertThat(ask("/whjx/members").status()).isEqualTo(401);
    }

    @Test
    @DisplayName("测量值只给管理员；健康状况谁都能看")
    void measurements_are_for_administrators() throws Exception {
        assertThat(mvc.perform(get("/actuator/health"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
        assertThat(mvc.perform(get("/actuator/prometheus"))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(401);
        String teacher = account("whjx", Role.TEACHER);
        assertThat(mvc.perform(get("/actuator/prometheus").with(httpBasic(teacher, PASSWORD)))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("BACCA-27-4、27-10 会员价：每一类写百分比和依据，没有的写按原价的缘由；参加过的带原价和应收；别的协会没有写价格的为空")
    void prices_are_read_with_their_clauses() throws Exception {
        who = account("bacca", Role.FINANCE);
        Member own = Tenant.in("bacca", () -> {
            Member entered = roster.enter(NewMember.draft("会价" + Ids.secret(6), Kind.UNIT, "会员单位")
                    .joined(LocalDate.of(2019, 6, 1))
                    .number(true)
                    .done());
            prices.take(entered.id(), "training", "法规培训", "", clock.today(), new Money(80_000), "test")
                    .get();
            return entered;
        });
        JsonNode items = ask("/bacca/members/" + own.id() + "/prices").body().get("items");
        assertThat(items.toString())
                .contains("\"of\":\"event\"", "\"percent\":80", "BACCA-27-4")
                .containsPattern("\"of\":\"exhibit\"[^}]*\"percent\":100[^}]*BACCA-27-10[^}]*按原价收取");
        assertThat(ask("/bacca/members/" + own.id() + "/places")
                        .body()
                        .get("items")
                        .toString())
                .contains("法规培训", "\"fullFen\":80000", "\"paysFen\":64000", "BACCA-27-5");
        who = account("whjx", Role.ADMIN);
        JsonNode other = entered();
        assertThat(ask("/whjx/members/" + id(other) + "/prices").body().get("items"))
                .isEmpty();
        assertThat(ask("/whjx/members/" + own.id() + "/prices").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("AII-22-8 登记簿：没有决议的以条款拒绝，有的登记、记进展，一件决议一个，完了不再改；班主任不可，没有登记簿的为空")
    void registers_are_kept_over_rest() throws Exception {
        assertThat(ask("/whjx/registers").body().get("items")).isEmpty();
        who = account("aii", Role.SECRETARIAT);
        long decision = Tenant.in(
                "aii",
                () -> cases.open(new Opening(
                                "resolution",
                                null,
                                "设立工作组",
                                "秘书处",
                                List.of(),
                                List.of(),
                                Map.of("matter", "AII-22-8"),
                                List.of()))
                        .get()
                        .id());
        String entry = "{\"register\":\"工作组\",\"name\":\"安全工作组\",\"decision\":\"" + decision + "\"}";
        Answer early = tell("/aii/registers", entry);
        assertThat(early.status()).isEqualTo(422);
        assertThat(early.body().toString()).contains("须先有通过的决议", "AII-22-8");
        assertThat(tell("/aii/registers", "{\"register\":\"工作组\",\"decision\":\"x\"}")
                        .body()
                        .toString())
                .contains("不能缺", "没有这个案件");
        jdbc.sql("update case_file set outcome = 'approved', closed_on = opened_on"
                        + " where association_id = 'aii' and id = :id")
                .param("id", decision)
                .update();
        JsonNode shelf = ask("/aii/registers").body().get("items");
        assertThat(shelf.toString()).contains("\"name\":\"工作组\"", "\"decisions\":[\"" + decision + "\"]");
        Answer made = tell("/aii/registers", entry);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(tell("/aii/registers", entry).status()).isEqualTo(422);
        String progress = "/aii/registers/" + id(made.body()) + "/progress";
        assertThat(tell(progress, "{\"state\":\"gone\",\"note\":\"x\"}").body().toString())
                .contains("只能是 running、done、stopped");
        assertThat(tell(progress, "{\"state\":\"done\",\"note\":\"标准已发布\",\"version\":7}")
                        .status())
                .isEqualTo(422);
        Answer done = tell(progress, "{\"state\":\"done\",\"note\":\"标准已发布\",\"version\":1}");
        assertThat(done.body().toString()).contains("\"state\":\"done\"", "\"version\":2");
        assertThat(tell(progress, "{\"state\":\"running\",\"note\":\"再来\",\"version\":2}")
                        .body()
                        .toString())
                .contains("不能再改");
        assertThat(tell("/aii/registers/1/progress", "{}").status()).isEqualTo(404);
        who = account("aii", Role.TEACHER);
        assertThat(ask("/aii/registers").status()).isEqualTo(403);
        assertThat(tell("/aii/registers", entry).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("接口说明列出合同里的每个地址，只有这些")
    void the_document_lists_the_paths() throws Exception {
        String text =
                mvc.perform(get("/v3/api-docs")).andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8);
        JsonNode paths = json.readTree(text).get("paths");
        assertThat(paths.propertyNames())
                .contains(
                        "/api/v1/{code}/members",
                        "/api/v1/{code}/members/{id}",
                        "/api/v1/{code}/members/{id}/invitations",
                        "/api/v1/{code}/members/{id}/bills",
                        "/api/v1/{code}/members/{id}/payments",
                        "/api/v1/{code}/members/{id}/prices",
                        "/api/v1/{code}/registers",
                        "/api/v1/{code}/registers/{id}/progress",
                        "/api/v1/{code}/notices",
                        "/api/v1/{code}/audit")
                .allSatisfy(path -> assertThat(path).startsWith("/api/v1/"));
        assertThat(text).contains("Idempotency-Key").contains("amountFen").contains("application/problem+json");
    }

    @Test
    @DisplayName("表决的坏输入：日历上没有的截止日、没轮到的机构、没有的案件，各说缘由和依据，什么也没有开始")
    void a_ballot_that_may_not_be_is_not_begun() throws Exception {
        String member = id(entered());
        String matter = Tenant.in(
                "whjx",
                () -> Long.toString(cases.open(new Opening(
                                "withdrawal",
                                Long.valueOf(member),
                                "",
                                "member",
                                List.of(),
                                List.of("退会函件", "会员证书"),
                                java.util.Map.of(),
                                List.of()))
                        .get()
                        .id()));
        int before = ask("/whjx/ballots").body().get("items").size();
        String begins = "{\"case\":\"" + matter + "\",\"body\":\"理事会\",\"way\":\"online\",\"closesOn\":";

        Answer noDay = tell("/whjx/ballots", begins + "\"2026-02-30\"}");
        assertProblem(noDay, 400);
        assertThat(noDay.body().toString()).contains("closesOn", "日期写成");
        Answer notItsTurn = tell("/whjx/ballots", begins + "\"" + clock.today().plusDays(3) + "\"}");
        assertThat(notItsTurn.status()).as(notItsTurn.body().toString()).isBetween(400, 499);
        assertThat(notItsTurn.body().get("detail").asString()).isNotBlank();
        assertProblem(tell("/whjx/ballots", "{\"case\":\"1\",\"body\":\"理事会\"}"), 404);
        assertThat(ask("/whjx/ballots").body().get("items")).hasSize(before);
        assertThat(ask("/whjx/cases/" + matter).body().get("outcome").asString())
                .isEqualTo("open");
    }

    @Test
    @DisplayName("AII-23 用 REST 开始和结束表决：还有人没投、票数不对、别的协会的账号都结束不了；都投了提前结束，结果当场执行，只一次；" + "会上票多于到会数、别的机构都拒绝")
    void a_ballot_is_closed_over_rest() throws Exception {
        String stranger = who;
        who = account("aii", Role.SECRETARIAT);
        List<Member> council = Tenant.in(
                "aii",
                () -> Stream.of("甲", "乙", "丙")
                        .map(name -> roster.enter(
                                NewMember.of(name + Ids.secret(5), Kind.UNIT, "理事单位", LocalDate.of(2020, 3, 1))))
                        .toList());
        Member candidate = Tenant.in(
                "aii",
                () -> roster.enter(NewMember.of("求升" + Ids.secret(5), Kind.UNIT, "普通会员单位", LocalDate.of(2020, 3, 1))));
        long matter = Tenant.in(
                "aii",
                () -> cases.open(Opening.byMember("upgrade", candidate.id(), java.util.Map.of("to", "理事单位")))
                        .get()
                        .id());
        Answer opened = tell(
                "/aii/ballots",
                "{\"case\":\"" + matter + "\",\"body\":\"理事会\",\"way\":\"online\",\"secret\":false,\"closesOn\":\""
                        + clock.today().plusDays(3) + "\",\"special\":\"成员分散各地\"}");
        assertThat(opened.status()).as(opened.body().toString()).isEqualTo(201);
        long ballot = Long.parseLong(id(opened.body()));
        String close = "/aii/ballots/" + ballot + "/close";
        for (Member one : council.subList(0, 2)) {
            Tenant.in("aii", () -> ballots.cast(ballot, one.id(), Choice.FOR)).get();
        }

        assertThat(tell(close, "{}").status()).as("one may still vote").isBetween(400, 499);
        assertProblem(tell(close, "{\"inFavour\":-1}"), 400);
        assertProblem(tell("/aii/ballots/1/close", "{}"), 404);
        String office = who;
        who = stranger;
        assertThat(tell(close, "{}").status()).isBetween(401, 404);
        who = account("aii", Role.TEACHER);
        assertThat(tell(close, "{}").status()).isEqualTo(403);
        who = office;
        assertThat(ask("/aii/ballots?case=" + matter)
                        .body()
                        .get("items")
                        .get(0)
                        .get("state")
                        .asString())
                .isEqualTo("open");

        Tenant.in("aii", () -> ballots.cast(ballot, council.get(2).id(), Choice.AGAINST))
                .get();
        Answer closed = tell(close, "{}");
        assertThat(closed.status()).as(closed.body().toString()).isEqualTo(200);
        assertThat(closed.body().get("outcome").asString()).isEqualTo("passed");
        assertThat(closed.body().get("says").asString()).contains("参加3，同意2，反对1");
        assertThat(Tenant.in("aii", () -> roster.get(candidate.id())).grade()).isEqualTo("理事单位");
        assertThat(tell(close, "{}").body().get("detail").asString()).contains("页面已过期");
        more_votes_than_present_and_the_wrong_body_are_refused();
    }

    /** In a meeting: another body and more votes than people are refused with clause or reason, and nothing has changed. */
    private void more_votes_than_present_and_the_wrong_body_are_refused() throws Exception {
        LocalDate today = clock.today();
        long matter = Tenant.in("aii", () -> {
            Member candidate =
                    roster.enter(NewMember.of("求升" + Ids.secret(5), Kind.UNIT, "普通会员单位", LocalDate.of(2020, 3, 1)));
            return cases.open(Opening.byMember("upgrade", candidate.id(), java.util.Map.of("to", "理事单位")))
                    .get()
                    .id();
        });
        Sitting meeting = Tenant.in("aii", () -> {
            Sitting planned =
                    sittings.plan("理事会", today, "", "三楼", false, "", "test").get();
            List<Sitting.Seat> there = bodies.members("理事会").stream()
                    .map(one -> new Sitting.Seat(one.id(), Sitting.Mark.PRESENT, ""))
                    .toList();
            return sittings.mark(planned.id(), planned.version(), there, "test").get();
        });
        int present = Tenant.in("aii", () -> sittings.quorum(meeting).present());
        String vote = "{\"case\":\"" + matter + "\",\"way\":\"meeting\",\"secret\":false,\"meeting\":\"" + meeting.id()
                + "\",\"body\":\"";
        Answer wrong = tell("/aii/ballots", vote + "常务理事会\"}");
        assertProblem(wrong, 422);
        assertThat(wrong.body().get("detail").asString()).contains("现在应由理事会决定，不是常务理事会");
        assertThat(wrong.body().get("clauses").toString()).contains("AII-22-3", "AII-24");
        assertThat(ask("/aii/ballots?case=" + matter).body().get("items")).isEmpty();

        Answer opened = tell("/aii/ballots", vote + "理事会\"}");
        assertThat(opened.status()).as(opened.body().toString()).isEqualTo(201);
        JsonNode before = ask("/aii/cases/" + matter).body();
        String close = "/aii/ballots/" + id(opened.body()) + "/close";
        Answer over = tell(close, "{\"inFavour\":" + present + ",\"against\":1,\"abstained\":0}");
        assertProblem(over, 422);
        assertThat(over.body().get("detail").asString())
                .isEqualTo("票数不符：到会有表决权的" + present + "家，在线0票，纸票" + (present + 1) + "张，合计不能超过到会数");
        assertThat(ask("/aii/ballots?case=" + matter).body().get("items").get(0))
                .isEqualTo(opened.body());
        assertThat(ask("/aii/cases/" + matter).body()).isEqualTo(before);

        JsonNode closed = tell(close, "{\"inFavour\":" + present + ",\"against\":0,\"abstained\":0}")
                .body();
        assertThat(closed.get("outcome").asString()).isEqualTo("passed");
    }

    @Test
    @DisplayName("案件按合同的字段读出，别的协会看不到")
    void cases_have_the_fields_of_the_contract() throws Exception {
        String member = id(entered());
        Tenant.run(
                "whjx",
                () -> cases.open(new Opening(
                                "withdrawal",
                                Long.valueOf(member),
                                "",
                                "member",
                                List.of(),
                                List.of("退会函件"),
                                java.util.Map.of(),
                                List.of()))
                        .get());
        JsonNode found = ask("/whjx/cases?member=" + member).body().get("items");
        assertThat(found).hasSize(1);
        JsonNode one = found.get(0);
        for (String field : List.of("id", "type", "member", "outcome", "at", "due", "openedOn", "clauses")) {
            assertThat(one.has(field)).as(field).isTrue();
        }
        assertThat(one.get("type").asString()).isEqualTo("withdrawal");
        assertThat(one.get("outcome").asString()).isEqualTo("open");
        assertThat(one.get("missing").toString()).contains("会员证书");
        assertThat(ask("/whjx/cases/" + id(one)).body()).isEqualTo(one);
        assertThat(ask("/whjx/cases?outcome=approved&member=" + member).body().get("items"))
                .isEmpty();
        who = account("aii", Role.ADMIN);
        assertProblem(ask("/aii/cases/" + id(one)), 404);
    }

    @Test
    @DisplayName("通知按合同的字段读出")
    void notices_have_the_fields_of_the_contract() throws Exception {
        String member = id(entered());
        JsonNode notices = ask("/whjx/notices?member=" + member).body().get("items");
        assertThat(notices).isNotEmpty();
        JsonNode notice = notices.get(0);
        for (String field : List.of(
                "id",
                "to",
                "member",
                "about",
                "clause",
                "text",
                "channel",
                "createdAt",
                "sentAt",
                "deliveredAt",
                "state")) {
            assertThat(notice.has(field)).as(field).isTrue();
        }
        assertThat(notice.get("state").asString()).isIn("waiting", "sent", "delivered", "unconfirmed", "failed");
        assertThat(LocalDate.parse(notice.get("createdAt").asString().substring(0, 10)))
                .isBeforeOrEqualTo(clock.today());
    }
}
