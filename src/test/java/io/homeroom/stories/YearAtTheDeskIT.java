package io.homeroom.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.homeroom.testing.Chromium;
import io.homeroom.testing.NeedsChromium;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A year of two member companies, lived through at the sandbox's desk in a real browser: one scans, asks and pays, the
 * other does not pay. The pictures of the README are taken on the way and left in {@code target/pictures}.
 */
@NeedsChromium
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"homeroom.admin-password=a-year-at-the-desk", "spring.quartz.auto-startup=true"})
@ActiveProfiles("sandbox")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisplayName("在沙盒里过一年")
class YearAtTheDeskIT {

    private static final Path PICTURES = Path.of("target", "pictures");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CODE = "whjx";
    /** Generous: the machine that runs this may be busy with other things. */
    private static final double PATIENCE = 60_000;

    private static Playwright playwright;
    private static Browser browser;
    private static BrowserContext visit;
    private static Page desk;

    @LocalServerPort
    private int port;

    @BeforeAll
    static void openBrowser() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        playwright = Chromium.playwright();
        browser = playwright.chromium().launch(Chromium.options());
        visit = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1500, 980)
                .setColorScheme(ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("zh-CN"));
        visit.setDefaultTimeout(PATIENCE);
        desk = visit.newPage();
    }

    @AfterAll
    static void closeBrowser() {
        playwright.close();
    }

    private String url(String path) {
        return "http://localhost:" + port + path;
    }

    private JsonNode ask(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString("admin:a-year-at-the-desk".getBytes(StandardCharsets.UTF_8)))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** Name of the unit for which a demo person speaks: its role says so. */
    private String unitOf(String key) throws Exception {
        for (JsonNode person : ask("GET", "/sandbox/api/people?code=" + CODE, null)) {
            if (person.get("key").asString().equals(key)) {
                return person.get("role").asString().replace("联络人", "");
            }
        }
        throw new AssertionError("No demo person " + key);
    }

    private JsonNode member(String name) throws Exception {
        String query = java.net.URLEncoder.encode(name, StandardCharsets.UTF_8);
        return ask("GET", "/api/v1/" + CODE + "/members?q=" + query, null)
                .get("items")
                .get(0);
    }

    private static Locator phone(int slot) {
        return desk.locator("#phone" + slot);
    }

    private static void give(int slot, String whose) {
        Locator option = phone(slot).locator("option", new Locator.LocatorOptions().setHasText(whose));
        phone(slot).locator("select").selectOption(option.first().getAttribute("value"));
        phone(slot).locator(".chat").waitFor();
    }

    private static void say(int slot, String text) {
        phone(slot).locator(".say input").fill(text);
        phone(slot).locator(".say button[type=submit]").click();
    }

    private static Locator answers(int slot) {
        return phone(slot).locator(".chat .account");
    }

    private static void moveTo(String date) {
        desk.evaluate("date => move(date)", date);
        LocalDate day = LocalDate.parse(date);
        assertThat(desk.locator("#date"))
                .hasText(day.getYear() + "年" + day.getMonthValue() + "月" + day.getDayOfMonth() + "日");
        assertThat(desk.locator("#night b")).isVisible();
    }

    private static void picture(String name) {
        desk.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)));
    }

    @Test
    @Order(1)
    @DisplayName("第一次来，五句提示之后看到两部手机、两个群和日历")
    void theFirstVisit() {
        desk.navigate(url("/sandbox"));
        assertThat(desk.locator("#hints")).isVisible();
        for (int i = 0; i < 5; i++) {
            desk.locator("#hints .next").click();
        }
        assertThat(desk.locator("#hints")).isHidden();
        assertThat(desk.locator(".phone .screen")).hasCount(2);
        assertThat(desk.locator("#date")).hasText("2026年1月5日");
    }

    @Test
    @Order(2)
    @DisplayName("扫班主任给的码，绑定；再扫一次说得明白")
    void scanning() throws Exception {
        String unit = unitOf("contact-2");
        String id = member(unit).get("id").asString();
        JsonNode invitation = ask("POST", "/api/v1/" + CODE + "/members/" + id + "/invitations", "{}");
        String scene = invitation.get("scene").asString();
        give(0, unit);
        phone(0).locator(".scan").click();
        desk.locator("#scanner input").fill(scene);
        desk.locator("#scanner button[value=ok]").click();
        assertThat(answers(0).last()).containsText(unit);
        phone(0).locator(".scan").click();
        desk.locator("#scanner input").fill(scene);
        desk.locator("#scanner button[value=ok]").click();
        assertThat(answers(0)).not().hasCount(1);
    }

    @Test
    @Order(3)
    @DisplayName("问现状、问为什么：先说结果，再说依据的条款")
    void askingForTheStanding() throws Exception {
        String unit = unitOf("contact-0");
        give(0, unit);
        say(0, "我们现在什么情况");
        assertThat(answers(0).last()).containsText(unit);
        assertThat(answers(0).last()).containsText("资格正常");
        say(0, "为什么");
        assertThat(answers(0).last()).containsText(Pattern.compile("第.+条"));
    }

    @Test
    @Order(4)
    @DisplayName("发缴费，在网页里用微信支付付清，几秒后手机上收到到账消息")
    void paying() throws Exception {
        String unit = unitOf("contact-0");
        String id = member(unit).get("id").asString();
        say(0, "缴费");
        Locator link = answers(0).last().locator("a", new Locator.LocatorOptions().setHasText("http"));
        assertThat(link.first()).isVisible();
        picture("desk.png");
        link.first().click();
        FrameLocator page = phone(0).frameLocator(".page");
        assertThat(page.locator("body")).containsText("8,000.00");
        picture("bill.png");
        page.locator("#pay").click();
        assertThat(phone(0).locator(".cashier .sum")).containsText("8,000.00");
        phone(0).locator(".cashier .pay").click();
        assertThat(page.locator("body")).containsText("已缴");
        phone(0).locator(".back").click();
        assertThat(phone(0).locator(".chat")).containsText("8,000.00");
        JsonNode bills = ask("GET", "/api/v1/" + CODE + "/members/" + id + "/bills", null);
        org.assertj.core.api.Assertions.assertThat(bills.toString())
                .contains("\"state\":\"paid\"")
                .doesNotContain("\"state\":\"open\"");
    }

    @Test
    @Order(5)
    @DisplayName("另一家不交：到期前提醒，到期后告诉班主任和秘书处，满一年列入退会告知")
    void notPaying() throws Exception {
        String unit = unitOf("contact-1");
        String id = member(unit).get("id").asString();
        give(0, unit);
        moveTo("2026-03-02");
        assertThat(phone(0).locator(".chat")).containsText("3月31日");
        moveTo("2026-04-07");
        assertThat(desk.locator("#wall1")).containsText("今日办件");
        moveTo("2027-04-02");
        JsonNode cases = ask("GET", "/api/v1/" + CODE + "/cases?member=" + id, null);
        org.assertj.core.api.Assertions.assertThat(cases.toString()).contains("\"exit\"");
        JsonNode notices = ask("GET", "/api/v1/" + CODE + "/notices?member=" + id, null);
        org.assertj.core.api.Assertions.assertThat(notices.toString()).contains("WHJX-12-1");
        say(0, "状态");
        assertThat(answers(0).last()).containsText("尚未到账");
        picture("year.png");
    }

    @Test
    @Order(6)
    @DisplayName("工业互联网联盟从不收费：一年过去没有账单，问起来照实说")
    void theAllianceNeverBills() {
        desk.locator("[data-code=aii]").click();
        assertThat(phone(0).locator(".title")).containsText("工业互联网");
        say(0, "会费多少");
        assertThat(answers(0).last()).containsText("会费");
        assertThat(answers(0).last()).not().containsText("¥");
    }

    @Test
    @Order(7)
    @DisplayName("管理后台：登录，今日，一家会员的时间线")
    void theConsole() throws Exception {
        Page console = visit.newPage();
        console.navigate(url("/console/login"));
        console.locator("input[name=username]").fill("admin");
        console.locator("input[name=password]").fill("a-year-at-the-desk");
        console.locator("form button.primary").click();
        console.navigate(url("/console/" + CODE + "/today"));
        assertThat(console.locator("body")).containsText("今日");
        console.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("console-today.png")));
        String id = member(unitOf("contact-1")).get("id").asString();
        console.navigate(url("/console/" + CODE + "/members/" + id));
        assertThat(console.locator("body")).containsText(unitOf("contact-1"));
        console.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("console-member.png")));
        console.close();
    }
}
