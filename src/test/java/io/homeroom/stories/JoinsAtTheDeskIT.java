package io.homeroom.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import io.homeroom.ground.Uscc;
import io.homeroom.testing.Chromium;
import io.homeroom.testing.NeedsChromium;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody whom nobody knows becomes a member, with nothing but a phone: applies with photos, hands in what is missing,
 * is admitted by the staff at the console, pays. The same server as {@link YearAtTheDeskIT}, before its year begins.
 */
@NeedsChromium
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"homeroom.admin-password=a-year-at-the-desk", "spring.quartz.auto-startup=true"})
@ActiveProfiles("sandbox")
@DisplayName("在沙盒里入会")
class JoinsAtTheDeskIT {

    private static final Path PICTURES = Path.of("target", "pictures");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NAME = "江城启明建设有限公司";
    private static final double PATIENCE = 60_000;

    private static Playwright playwright;
    private static BrowserContext visit;
    private static Page desk;

    @LocalServerPort
    private int port;

    @BeforeAll
    static void openBrowser() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        playwright = Chromium.playwright();
        Browser browser = playwright.chromium().launch(Chromium.options());
        visit = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1500, 980)
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
        String login = Base64.getEncoder().encodeToString("admin:a-year-at-the-desk".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + login)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private static Locator phone() {
        return desk.locator("#phone0");
    }

    private static void say(String text) {
        int heard = answers().count();
        phone().locator(".say input").fill(text);
        phone().locator(".say button[type=submit]").click();
        assertThat(answers()).hasCount(heard + 1);
    }

    private static Locator answers() {
        return phone().locator(".chat .account");
    }

    /** The page behind the link in the last answer. */
    private static FrameLocator follow() {
        answers()
                .last()
                .locator("a", new Locator.LocatorOptions().setHasText("http"))
                .first()
                .click();
        return phone().frameLocator(".page");
    }

    private static FilePayload photo() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
        return new FilePayload("IMG_0001.jpg", "image/jpeg", bytes.toByteArray());
    }

    private static void hand(FrameLocator page, String document) throws IOException {
        Locator paper = page.locator(".paper[data-document='" + document + "']");
        int before = paper.locator(".thumb").count();
        paper.locator("input.file").setInputFiles(photo());
        assertThat(page.locator(".paper[data-document='" + document + "'] .thumb"))
                .hasCount(before + 1);
    }

    private static void decide(Page console, String at, String who) {
        console.navigate(at);
        console.locator("input[name=by][value='" + who + "']").check();
        console.locator("input[name=result][value=approve]").check();
        // A binding act asks once, in place: the second press does it.
        console.locator("form[action$='/decision'] button").click();
        console.locator("form[action$='/decision'] button").click();
        assertThat(console.locator("body")).containsText("已记下" + who + "的决定");
    }

    @Test
    @DisplayName("陌生人用手机申请、补材料、被通过、缴费，成为会员")
    void a_stranger_joins() throws Exception {
        desk.navigate(url("/sandbox"));
        assertThat(desk.locator("#hints")).isVisible();
        for (int i = 0; i < 5; i++) {
            desk.locator("#hints .next").click();
        }
        Locator option = phone().locator("option", new Locator.LocatorOptions().setHasText("陌生人"));
        phone().locator("select").selectOption(option.first().getAttribute("value"));
        phone().locator(".chat").waitFor();

        say("我们公司想入会");
        FrameLocator page = follow();
        page.locator("#f-name").fill(NAME);
        String first = "91420106MA4KQM7X1";
        page.locator("#f-uscc").fill(first + (Uscc.check(first) == '0' ? '1' : '0'));
        page.locator("#f-uscc").blur();
        assertThat(page.locator("[data-field=uscc] .fault")).containsText("校验位对不上");
        page.locator("#f-uscc").fill(first + Uscc.check(first));
        page.locator("input[name=visited][value=yes]").check();
        page.locator("#f-liaison").fill("王启明");
        page.locator("#f-liaison-phone").fill("13900008888");
        page.locator("#f-liaison-phone").blur();
        assertThat(page.locator("#kept")).containsText("已自动保存");
        for (String document : List.of("入会申请表", "备案表", "营业执照", "资质证书", "单位简介")) {
            hand(page, document);
        }
        assertThat(page.locator("#f-name")).hasValue(NAME);
        assertThat(page.locator(".thumb img").first()).hasJSProperty("naturalWidth", 240);
        page.locator("input[name=declared]").check();
        desk.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("apply.png")));
        page.locator("#send").click();
        assertThat(page.locator("body")).containsText("还缺单位画册");
        phone().locator(".back").click();

        say("进度");
        assertThat(answers().last()).containsText("还缺单位画册");
        page = follow();
        hand(page, "单位画册");
        assertThat(page.locator("body")).containsText("现在等会籍管理部");
        desk.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("progress.png")));
        phone().locator(".back").click();

        String query = java.net.URLEncoder.encode(NAME, StandardCharsets.UTF_8);
        String member = ask("GET", "/api/v1/whjx/members?q=" + query, "")
                .get("items")
                .get(0)
                .get("id")
                .asString();
        JsonNode file = ask("GET", "/api/v1/whjx/cases?member=" + member, "")
                .get("items")
                .get(0);
        String at = url("/console/whjx/cases/" + file.get("id").asString());
        Page console = visit.newPage();
        console.navigate(url("/console/login"));
        console.locator("input[name=username]").fill("admin");
        console.locator("input[name=password]").fill("a-year-at-the-desk");
        console.locator("form button.primary").click();
        console.navigate(at);
        assertThat(console.locator("h1")).containsText(NAME);
        assertThat(console.locator(".files img")).hasCount(6);
        decide(console, at, "会籍管理部");
        decide(console, at, "领导");

        say("缴费");
        page = follow();
        page.locator("#pay").click();
        phone().locator(".cashier .pay").click();
        assertThat(page.locator("body")).containsText("已缴");
        phone().locator(".back").click();
        decide(console, at, "驻会领导");
        String registration = "/api/v1/whjx/tasks?what=registration&member=" + member;
        String task = ask("GET", registration, "").get("items").get(0).get("id").asString();
        ask("POST", "/api/v1/whjx/tasks/" + task + "/done", "{\"documents\":[]}");
        // Word that a member's liaison gets comes by itself, before or after the answer.
        assertThat(phone().locator(".chat")).containsText("会员服务通知");
        phone().locator(".say input").fill("状态");
        phone().locator(".say button[type=submit]").click();
        Locator standing = answers().filter(new Locator.FilterOptions().setHasText("资格正常"));
        assertThat(standing).hasCount(1);
        assertThat(standing).containsText(NAME);
        console.close();
    }
}
