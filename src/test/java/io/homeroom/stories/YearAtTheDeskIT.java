package io.homeroom.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * A year of two companies of one class, lived through at the sandbox's desk in a real browser: the contact of one scans
 * its class teacher's code, asks, gets the bill and pays; the other does not pay, is reminded, flagged and put up for
 * withdrawal before the eyes of class teacher and secretariat. The pictures of the README are taken on the way and left in {@code target/pictures}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisplayName("在沙盒里过一年")
class YearAtTheDeskIT extends AtTheDesk {

    @Autowired
    private JdbcTemplate jdbc;

    private static String payer = "";
    private static String debtor = "";
    private static String classTeacher = "";

    private static Locator card(int slot, String words) {
        return phone(slot)
                .locator(".chat .card", new Locator.LocatorOptions().setHasText(words))
                .last();
    }

    /** How many rows there are in an association, of a table and with a property in SQL. */
    private int some(String association, String table, String where) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "select count(*) from " + table + " where association_id = ? and " + where,
                Integer.class,
                association));
    }

    @Test
    @Order(0)
    @DisplayName("示例名册里各种处境都有人：申请中、诉求、退会、视为自动退会、除名、处分、失信、多缴、承诺、表决中、个人会员")
    void everySituationHasItsMember() {
        for (String code : List.of("igrs", "dsia", "bacca", "aii", "whjx")) {
            assertThat(some(code, "case_file", "type = 'admission' and outcome = 'open'"))
                    .as(code)
                    .isPositive();
            assertThat(some(code, "member", "ended_as = 'deemed-withdrawn'"))
                    .as(code)
                    .isPositive();
            assertThat(some(code, "need", "answered_on is null")).as(code).isPositive();
            if (!code.equals("aii")) {
                assertThat(some(code, "booking", "rest_fen > 0")).as(code).isPositive();
                assertThat(some(code, "promise", "state = 'open'")).as(code).isPositive();
            }
        }
        for (String code : List.of("igrs", "dsia", "aii", "whjx")) {
            assertThat(some(code, "case_file", "type = 'withdrawal' and outcome = 'open'"))
                    .as(code)
                    .isPositive();
        }
        for (String code : List.of("igrs", "bacca", "aii")) {
            assertThat(some(code, "member", "ended_as = 'expelled'")).as(code).isPositive();
        }
        assertThat(some("igrs", "member", "sanctions like '%警告%'")).isPositive();
        assertThat(some("bacca", "member", "sanctions like '%严重警告%'")).isPositive();
        assertThat(some("bacca", "member", "listed_from is not null")).isPositive();
        assertThat(some("bacca", "member", "kind = 'individual'")).isPositive();
        assertThat(some("aii", "ballot", "state = 'open'")).isPositive();
        assertThat(some("aii", "notice", "about = 'ballot' and channel <> 'wechat'"))
                .as("whoever votes has a phone, but for one whom its class teacher must call")
                .isEqualTo(1);
        assertThat(some("aii", "notice", "about = 'ballot'")).isEqualTo(17);
        assertThat(some("dsia", "case_file", "type = 'change'")).isPositive();
    }

    @Test
    @Order(1)
    @DisplayName("第一次来，五句提示之后看到两部手机、两个群和日历")
    void theFirstVisit() {
        sitDown();
        assertThat(desk.locator(".phone .screen")).hasCount(2);
        assertThat(desk.locator("#date")).hasText("2026年1月5日");
    }

    @Test
    @Order(2)
    @DisplayName("班主任在手机上要一张码，联络员扫：从陌生人到绑定；再扫一次说得明白")
    void scanning() throws Exception {
        payer = unitOf("contact-2");
        String teacher = member(payer).get("teacher").asString();
        for (JsonNode person : ask("GET", "/sandbox/api/staff?code=" + CODE, null)) {
            if (teacher.equals(CODE + "-" + person.get("userid").asString())) {
                classTeacher = person.get("name").asString();
            }
        }
        give(0, payer);
        say(0, "状态");
        assertThat(line(0, "单位信息只对其联络人开放")).isVisible();
        assertThat(phone(0).locator(".chat")).not().containsText(payer);
        give(1, classTeacher);
        say(1, "邀请 " + payer);
        Locator code = phone(1).locator(".card", new Locator.LocatorOptions().setHasText("绑定二维码"));
        assertThat(code).containsText(payer);
        code.click();
        String picture = page(1).locator("img").getAttribute("src");
        leave(1);
        scan(picture);
        assertThat(answers(0).last()).containsText(payer);
        scan(picture);
        assertThat(line(0, "您已用这个二维码绑定过，无需再扫")).isVisible();
    }

    private static void scan(String picture) {
        phone(0).locator(".scan").click();
        desk.locator("#scanner input").fill(picture);
        desk.locator("#scanner button[value=ok]").click();
    }

    @Test
    @Order(3)
    @DisplayName("同一位联络员问现状、问为什么：先说结果，再说依据的条款")
    void askingForTheStanding() {
        say(0, "我们现在什么情况");
        Locator standing = line(0, "资格正常");
        assertThat(standing).containsText(payer);
        assertThat(standing).containsText("尚未到账");
        say(0, "为什么");
        assertThat(line(0, "依据")).containsText(Pattern.compile("第.+条"));
    }

    @Test
    @Order(4)
    @DisplayName("它的账单，在网页里用微信支付付清，几秒后手机上收到到账消息，再问就没有欠的了")
    void paying() throws Exception {
        String id = member(payer).get("id").asString();
        say(0, "账单");
        Locator bill = line(0, "/m/whjx/");
        assertThat(bill).containsText("2026年度会费 ¥8,000.00");
        assertThat(bill).containsText("3月31日");
        Locator link = bill.locator("a", new Locator.LocatorOptions().setHasText("http"));
        assertThat(link.first()).isVisible();
        picture(desk, "desk.png");
        link.first().click();
        FrameLocator page = page(0);
        assertThat(page.locator("body")).containsText("8,000.00");
        picture(desk, "bill.png");
        page.locator("#pay").click();
        assertThat(phone(0).locator(".cashier .sum")).containsText("8,000.00");
        phone(0).locator(".cashier .pay").click();
        assertThat(page.locator("body")).containsText("已缴");
        leave(0);
        assertThat(card(0, "缴费成功")).containsText("8000.00");
        JsonNode bills = ask("GET", "/api/v1/" + CODE + "/members/" + id + "/bills", null);
        org.assertj.core.api.Assertions.assertThat(bills.toString())
                .contains("\"state\":\"paid\"")
                .doesNotContain("\"state\":\"open\"");
        say(0, "状态");
        assertThat(line(0, "资格正常")).not().containsText("尚未到账");
    }

    @Test
    @Order(5)
    @DisplayName("同班另一家不交：到期前提醒它，不提醒交了的；到期后班主任和秘书处都知道是它")
    void notPaying() throws Exception {
        debtor = unitOf("contact-1");
        String id = member(debtor).get("id").asString();
        ask(
                "PATCH",
                "/api/v1/" + CODE + "/members/" + id,
                "{\"teacher\":\"" + member(payer).get("teacher").asString() + "\"}");
        moveTo("2026-03-02");
        assertThat(card(0, "缴费成功")).isVisible();
        assertThat(phone(0).locator(".card", new Locator.LocatorOptions().setHasText("缴费提醒")))
                .hasCount(0);
        give(0, debtor);
        assertThat(card(0, "缴费提醒")).containsText("2026年3月31日");
        press("day", "2026年3月3日");
        press("week", "2026年3月10日");
        desk.locator("[data-move=next]").click();
        assertThat(desk.locator("#date")).not().hasText("2026年3月10日");
        assertThat(desk.locator("#night b")).isVisible();
        moveTo("2026-04-07");
        Locator arrears = line(1, "会费逾期未到账");
        assertThat(arrears).containsText(debtor + " ¥8,000.00，3月31日");
        assertThat(arrears).not().containsText(payer);
        Locator digest = digest("4月7日");
        assertThat(digest).containsText(Pattern.compile("提醒.*" + debtor));
        assertThat(digest).not().containsText(payer);
        assertThat(digest).not().containsText("¥");
        say(0, "状态");
        assertThat(answers(0).last()).containsText("尚未到账");
    }

    @Test
    @Order(6)
    @DisplayName("满一年仍不交，列入退会告知：班主任和秘书处当天听到，案件页上看得到依据和等谁")
    void isPutUpForWithdrawal() throws Exception {
        moveTo("2027-04-02");
        assertThat(line(1, "满一年仍未到账")).containsText(Pattern.compile(debtor + "2026年度会费满一年仍未到账，已列入退会告知名单.*〔第十二条（一）"));
        assertThat(line(1, "满一年仍未到账")).not().containsText(payer + "2026年度会费满一年");
        assertThat(digest("4月1日 周四")).containsText(Pattern.compile("视为自动退会\\d+.*新增：.*" + debtor));
        String id = member(debtor).get("id").asString();
        JsonNode proposal = ask("GET", "/api/v1/" + CODE + "/cases?member=" + id, null)
                .get("items")
                .get(0);
        say(0, "状态");
        assertThat(answers(0).last()).containsText("尚未到账");
        picture(desk, "year.png");
        Page console = console();
        console.navigate(url("/console/" + CODE + "/cases/" + proposal.get("id").asString()));
        assertThat(console.locator("h1")).containsText(debtor);
        assertThat(console.locator("main")).containsText("第十二条");
        assertThat(console.locator("main")).containsText("会籍管理部");
        console.close();
    }

    /** What the secretariat's group read on the morning of a day. */
    private static Locator digest(String day) {
        return desk.locator("#wall1")
                .locator(".bubble", new Locator.LocatorOptions().setHasText("今日办件 " + day))
                .last();
    }

    /** A button of the calendar, with the day that it leads to. */
    private static void press(String button, String day) {
        desk.locator("[data-move=" + button + "]").click();
        assertThat(desk.locator("#date")).hasText(day);
    }

    @Test
    @Order(7)
    @DisplayName("工业互联网联盟从不收费：一年过去没有一张账单，问账单照实说没有会费")
    void theAllianceNeverBills() throws Exception {
        desk.locator("[data-code=aii]").click();
        assertThat(phone(0).locator(".title")).containsText("工业互联网");
        say(0, "账单");
        assertThat(answers(0).last()).containsText("不收会费〔章程没有会费的规定〕");
        assertThat(answers(0).last()).not().containsText("¥");
        JsonNode counts = ask("GET", "/sandbox/api/counts?code=aii", null);
        org.assertj.core.api.Assertions.assertThat(counts.get("bills").asLong()).isZero();
        JsonNode others = ask("GET", "/sandbox/api/counts?code=" + CODE, null);
        org.assertj.core.api.Assertions.assertThat(others.get("bills").asLong()).isPositive();
    }

    @Test
    @Order(8)
    @DisplayName("管理后台：登录，今日，一家会员的时间线")
    void theConsole() throws Exception {
        Page console = console();
        console.navigate(url("/console/" + CODE + "/today"));
        assertThat(console.locator("body")).containsText("今日");
        picture(console, "console-today.png");
        String id = member(debtor).get("id").asString();
        console.navigate(url("/console/" + CODE + "/members/" + id));
        assertThat(console.locator("body")).containsText(debtor);
        picture(console, "console-member.png");
        console.close();
    }
}
