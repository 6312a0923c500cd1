package io.homeroom.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/**
 * A year of two member companies, lived through at the sandbox's desk in a real browser: one scans, asks and pays, the
 * other does not pay. The pictures of the README are taken on the way and left in {@code target/pictures}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisplayName("在沙盒里过一年")
class YearAtTheDeskIT extends AtTheDesk {

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
        assertThat(line(0, "您已用这个二维码绑定过，无需再扫")).isVisible();
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
        picture(desk, "desk.png");
        link.first().click();
        FrameLocator page = phone(0).frameLocator(".page");
        assertThat(page.locator("body")).containsText("8,000.00");
        picture(desk, "bill.png");
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
        press("day", "2026年3月3日");
        press("week", "2026年3月10日");
        desk.locator("[data-move=next]").click();
        assertThat(desk.locator("#date")).not().hasText("2026年3月10日");
        assertThat(desk.locator("#night b")).isVisible();
        moveTo("2026-04-07");
        assertThat(desk.locator("#wall1")
                        .locator(".bubble", new Locator.LocatorOptions().setHasText("今日办件 4月7日"))
                        .last())
                .containsText(unit);
        moveTo("2027-04-02");
        JsonNode cases = ask("GET", "/api/v1/" + CODE + "/cases?member=" + id, null);
        org.assertj.core.api.Assertions.assertThat(cases.toString()).contains("\"exit\"");
        JsonNode notices = ask("GET", "/api/v1/" + CODE + "/notices?member=" + id, null);
        org.assertj.core.api.Assertions.assertThat(notices.toString()).contains("WHJX-12-1");
        say(0, "状态");
        assertThat(answers(0).last()).containsText("尚未到账");
        picture(desk, "year.png");
    }

    /** A button of the calendar, with the day that it leads to. */
    private static void press(String button, String day) {
        desk.locator("[data-move=" + button + "]").click();
        assertThat(desk.locator("#date")).hasText(day);
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
        Page console = console();
        console.navigate(url("/console/" + CODE + "/today"));
        assertThat(console.locator("body")).containsText("今日");
        picture(console, "console-today.png");
        String id = member(unitOf("contact-1")).get("id").asString();
        console.navigate(url("/console/" + CODE + "/members/" + id));
        assertThat(console.locator("body")).containsText(unitOf("contact-1"));
        picture(console, "console-member.png");
        console.close();
    }
}
