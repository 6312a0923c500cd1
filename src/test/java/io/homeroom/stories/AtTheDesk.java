package io.homeroom.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import io.homeroom.testing.Chromium;
import io.homeroom.testing.NeedsChromium;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One server and a browser at its desk: two phones, two groups, the calendar and the console. */
@NeedsChromium
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"homeroom.admin-password=" + AtTheDesk.PASSWORD, "spring.quartz.auto-startup=true"})
@ActiveProfiles("sandbox")
abstract class AtTheDesk {

    static final String PASSWORD = "a-year-at-the-desk";
    static final String CODE = "whjx";

    private static final Path PICTURES = Path.of("target", "pictures");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Generous: the machine that runs this may be busy with other things. */
    private static final double PATIENCE = 60_000;

    private static Playwright playwright;
    private static BrowserContext visit;

    static Page desk;

    @LocalServerPort
    private int port;

    @BeforeAll
    static void openBrowser() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        playwright = Chromium.playwright();
        visit = playwright
                .chromium()
                .launch(Chromium.options())
                .newContext(new Browser.NewContextOptions()
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

    final String url(String path) {
        return "http://localhost:" + port + path;
    }

    /** Sits down at the desk for the first time, and is shown around. */
    final void sitDown() {
        desk.navigate(url("/sandbox"));
        assertThat(desk.locator("#hints")).isVisible();
        for (int i = 0; i < 5; i++) {
            desk.locator("#hints .next").click();
        }
        assertThat(desk.locator("#hints")).isHidden();
    }

    /** Asks the server as its administrator. */
    final JsonNode ask(String method, String path, String body) throws Exception {
        String login = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + login)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** Name of the unit for which a demo person speaks: its role says so. */
    final String unitOf(String key) throws Exception {
        for (JsonNode person : ask("GET", "/sandbox/api/people?code=" + CODE, null)) {
            if (person.get("key").asString().equals(key)) {
                return person.get("role").asString().replace("联络人", "");
            }
        }
        throw new AssertionError("No demo person " + key);
    }

    /** The member of that name, as REST shows it. */
    final JsonNode member(String name) throws Exception {
        String query = URLEncoder.encode(name, StandardCharsets.UTF_8);
        return ask("GET", "/api/v1/" + CODE + "/members?q=" + query, null)
                .get("items")
                .get(0);
    }

    static Locator phone(int slot) {
        return desk.locator("#phone" + slot);
    }

    /** Gives a phone to the person in whose line these words stand. */
    static void give(int slot, String whose) {
        Locator option = phone(slot).locator("option", new Locator.LocatorOptions().setHasText(whose));
        phone(slot).locator("select").selectOption(option.first().getAttribute("value"));
        phone(slot).locator(".chat").waitFor();
    }

    static void say(int slot, String text) {
        phone(slot).locator(".say input").fill(text);
        phone(slot).locator(".say button[type=submit]").click();
    }

    /** What the account, or the app, has said on this phone. */
    static Locator answers(int slot) {
        return phone(slot).locator(".chat .account");
    }

    /** The latest line with these words in it. */
    static Locator line(int slot, String words) {
        return answers(slot)
                .filter(new Locator.FilterOptions().setHasText(words))
                .last();
    }

    /** The page behind the link in a line. */
    static FrameLocator follow(int slot, Locator line) {
        line.locator("a", new Locator.LocatorOptions().setHasText("http"))
                .first()
                .click();
        return page(slot);
    }

    static FrameLocator page(int slot) {
        return phone(slot).frameLocator(".page");
    }

    static void leave(int slot) {
        phone(slot).locator(".back").click();
    }

    static void moveTo(String date) {
        desk.evaluate("date => move(date)", date);
        LocalDate day = LocalDate.parse(date);
        assertThat(desk.locator("#date"))
                .hasText(day.getYear() + "年" + day.getMonthValue() + "月" + day.getDayOfMonth() + "日");
        assertThat(desk.locator("#night b")).isVisible();
    }

    /** A page of the console; the browser signs in the first time and stays signed in. */
    final Page console() {
        Page console = visit.newPage();
        console.navigate(url("/console/login"));
        if (console.locator("input[name=username]").count() > 0) {
            console.locator("input[name=username]").fill("admin");
            console.locator("input[name=password]").fill(PASSWORD);
            console.locator("form button.primary").click();
        }
        return console;
    }

    static FilePayload photo() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
        return new FilePayload("IMG_0001.jpg", "image/jpeg", bytes.toByteArray());
    }

    /** The words of a PDF behind a link of a page, without its spaces. */
    final String paper(String href) throws IOException {
        APIResponse answer = visit.request().get(url(href));
        try (PDDocument paper = Loader.loadPDF(answer.body())) {
            return new PDFTextStripper().getText(paper).replaceAll("\\s", "");
        }
    }

    /** Leaves a picture of a page in {@code target/pictures}. */
    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)));
    }
}
