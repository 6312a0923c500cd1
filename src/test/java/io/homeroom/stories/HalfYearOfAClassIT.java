package io.homeroom.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.ibm.icu.text.Transliterator;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/**
 * Half a year of a class of forty, from its class teacher's phone: what she says and touches in WeCom, and what her
 * members, her deputy and the secretariat then see. Begins with the desk's own new start, and leaves it fresh.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisplayName("一个四十家的班，半年")
class HalfYearOfAClassIT extends AtTheDesk {

    private static final String TEACHER = "whjx-teacher1";
    private static final int CLASS = 40;

    private String first = "";
    private String second = "";
    private String deputy = "";

    @AfterAll
    void leaveItFresh() throws Exception {
        ask("POST", "/sandbox/api/restart", "{}");
    }

    private List<JsonNode> members() throws Exception {
        List<JsonNode> all = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = ask("GET", "/api/v1/whjx/members?standing=active" + after, null);
            page.get("items").forEach(all::add);
            JsonNode next = page.get("next");
            after = next == null || next.isNull() ? "" : "&after=" + next.asString();
        } while (!after.isEmpty());
        return all;
    }

    private static String initials(String name, int characters) {
        StringBuilder initials = new StringBuilder();
        Transliterator latin = Transliterator.getInstance("Han-Latin; Latin-ASCII");
        name.codePoints()
                .limit(characters)
                .forEach(one -> initials.append(
                        latin.transliterate(Character.toString(one)).charAt(0)));
        return initials.toString();
    }

    /** The latest card with these words on it. */
    private static Locator card(int slot, String words) {
        return phone(slot)
                .locator(".chat .card", new Locator.LocatorOptions().setHasText(words))
                .last();
    }

    private static void press(Locator card, String button) {
        card.locator(".actions button", new Locator.LocatorOptions().setHasText(button))
                .first()
                .click();
    }

    /** Says something and waits for the answer with these words. */
    private static void hear(int slot, String said, String words) {
        say(slot, said);
        assertThat(line(slot, words)).isVisible();
    }

    @Test
    @Order(1)
    @DisplayName("重新开始；我的班级四十家；拼音首字母查到一家")
    void herClass() throws Exception {
        sitDown();
        desk.onDialog(dialog -> dialog.accept());
        Response restarted = desk.waitForResponse(
                response -> response.url().endsWith("/api/restart"),
                () -> desk.locator("#restart").click());
        org.assertj.core.api.Assertions.assertThat(restarted.ok()).isTrue();
        assertThat(desk.locator("body[data-ready=yes]")).isVisible();
        assertThat(desk.locator("#date")).hasText("2026年1月5日");
        first = unitOf("contact-0");
        second = unitOf("contact-1");
        List<JsonNode> members = members();
        long hers = members.stream()
                .filter(member -> member.get("teacher").asString().equals(TEACHER))
                .count();
        for (JsonNode member : members) {
            String teacher = member.get("teacher").asString();
            if (hers < CLASS && !teacher.equals(TEACHER)) {
                ask(
                        "PATCH",
                        "/api/v1/whjx/members/" + member.get("id").asString(),
                        "{\"teacher\":\"" + TEACHER + "\"}");
                hers++;
            }
        }
        hear(1, "我的班级", CLASS + "家");
        say(1, "查 " + initials(second, 4));
        assertThat(card(1, second)).containsText("联系人");
        picture(desk, "class.png");
    }

    @Test
    @Order(2)
    @DisplayName("会员的诉求：班主任收到、答复一句，会员看到并评价；秘书处的群里只知道有这件事")
    void aNeed() {
        give(0, first);
        hear(0, "诉求 想了解资质升级的新政策", "已交班主任");
        assertThat(desk.locator("#wall1")).not().containsText("资质升级");
        hear(1, "诉求", "等答复的诉求1件");
        press(card(1, "想了解资质升级的新政策"), "答复");
        assertThat(line(1, "回复一句话")).isVisible();
        hear(1, "解读材料已寄出，周五有线上答疑", "已答复，会员会收到");
        // The question is settled: what she says next is a new thing.
        hear(1, "诉求", "没有等答复的诉求");
        Locator word = card(0, "诉求有结果");
        word.click();
        FrameLocator page = page(0);
        assertThat(page.locator("main")).containsText("解读材料已寄出，周五有线上答疑");
        page.locator("button[name=rating]", new FrameLocator.LocatorOptions().setHasText("不满意"))
                .click();
        assertThat(page.locator("main")).containsText("✓ 不满意");
        picture(desk, "need.png");
        leave(0);
    }

    @Test
    @Order(3)
    @DisplayName("群发：先预览，点确认，再在群发助手里点一次，班级群里才有")
    void aBroadcast() {
        say(1, "群发 下周三下午三点年会签到");
        Locator preview = card(1, "群发到");
        assertThat(preview).containsText("不在群里");
        press(preview, "确认发送");
        assertThat(line(1, "群发助手")).isVisible();
        assertThat(desk.locator("#wall0")).not().containsText("年会签到");
        moveTo("2026-01-06");
        phone(1).locator("[data-broadcast] button").click();
        assertThat(desk.locator("#wall0")).containsText("下周三下午三点年会签到");
    }

    @Test
    @Order(4)
    @DisplayName("联系一句话记下；寄会刊，没有照片寄不出，寄出后会员收到")
    void aContactAndAMailing() throws Exception {
        hear(1, "联系 " + second + " 张总说四月再付", "记下了：" + second);
        Page console = console();
        console.navigate(url("/console/whjx/care/mailings"));
        console.locator("select[name=what]").selectOption("journal");
        console.locator("input[name=title]").fill("2026年第1期会刊");
        console.locator("form[action$='/care/mailings'] button.primary").click();
        Locator row = console.locator("tr", new Page.LocatorOptions().setHasText(first));
        row.locator("form[action$='/send'] input[name=tracking]").fill("SF1000001");
        row.locator("form[action$='/send'] button").click();
        assertThat(row).containsText("没有照片");
        row.locator("input[name=address]").fill("江城市汉口路1号");
        row.locator("form[action$='/address'] button").click();
        assertThat(row.locator("input[name=address]")).hasValue("江城市汉口路1号");
        row.locator("input[type=checkbox]").check();
        console.locator("input[type=file]").setInputFiles(photo());
        console.locator("#photo button.primary").click();
        assertThat(row).containsText("看照片");
        row.locator("form[action$='/send'] input[name=tracking]").fill("SF1000001");
        row.locator("form[action$='/send'] button").click();
        assertThat(row).containsText("SF1000001");
        picture(console, "mailing.png");
        console.close();
        assertThat(phone(0).locator(".chat")).containsText("会刊");
    }

    @Test
    @Order(5)
    @DisplayName("四月一日：会费过期，会员和班主任都知道；卡片上点已联系、补一句，记下承诺的日子")
    void arrears() {
        moveTo("2026-04-01");
        give(0, second);
        assertThat(card(0, "缴费提醒")).containsText("8000.00");
        hear(1, "我的班级", "欠费");
        hear(1, "欠费", "家，共");
        say(1, "查 " + initials(second, 4));
        Locator debt = card(1, second);
        assertThat(debt).containsText("8,000.00");
        assertThat(debt).containsText("张总说四月再付");
        picture(desk, "arrears.png");
        press(debt, "已联系");
        assertThat(debt.locator(".settled")).hasText("已联系");
        hear(1, "财务出差，回来就付", "记下了：" + second);
        hear(1, "承诺 " + second + " 4月10日", "承诺4月10日");
    }

    @Test
    @Order(6)
    @DisplayName("请假：代班的同事看得到她的班，到期自动回来")
    void onLeave() throws Exception {
        for (JsonNode person : ask("GET", "/sandbox/api/staff?code=" + CODE, null)) {
            if (person.get("userid").asString().equals("teacher2")) {
                deputy = person.get("name").asString();
            }
        }
        say(1, "请假 4月2日到4月7日 " + deputy);
        press(card(1, "请假交接"), "确认");
        assertThat(card(1, "请假交接").locator(".settled")).isVisible();
        moveTo("2026-04-02");
        give(0, deputy);
        assertThat(line(0, "请你代")).isVisible();
        say(0, "查 " + initials(second, 4));
        assertThat(card(0, second)).containsText("承诺");
        press(card(0, second), "发提醒");
        assertThat(line(0, "已提醒" + second)).isVisible();
        moveTo("2026-04-08");
        int heard = answers(0).count();
        say(0, "提醒 " + second);
        assertThat(answers(0)).hasCount(heard + 1);
        assertThat(answers(0).last()).not().containsText("已提醒" + second);
        assertThat(line(1, "到期自动回到你这里")).isVisible();
        hear(1, "我的班级", CLASS + "家");
    }

    @Test
    @Order(7)
    @DisplayName("会员照承诺付清：她的欠费名单上没有这一家了，也没有催她的待办")
    void paid() throws Exception {
        give(0, second);
        say(0, "缴费");
        FrameLocator page = follow(0, line(0, "http"));
        page.locator("#pay").click();
        phone(0).locator(".cashier .pay").click();
        assertThat(page.locator("body")).containsText("已缴");
        leave(0);
        moveTo("2026-04-13");
        say(1, "查 " + initials(second, 4));
        assertThat(card(1, second)).containsText("联系人");
        String id = member(second).get("id").asString();
        JsonNode tasks = ask("GET", "/api/v1/whjx/tasks?member=" + id, null);
        org.assertj.core.api.Assertions.assertThat(tasks.toString()).doesNotContain("承诺");
    }

    @Test
    @Order(8)
    @DisplayName("秘书处每个工作日早上一份摘要，每一行打开都是那一页；到七月班里数字还对")
    void theMorning() throws Exception {
        give(0, "秘书处");
        Locator morning = line(0, "要办的");
        assertThat(morning).containsText(Pattern.compile("4月\\d+日"));
        Locator link = morning.locator("a").first();
        assertThat(link).hasText("打开");
        assertThat(desk.locator("#wall1")).containsText("今日办件");
        moveTo("2026-07-01");
        assertThat(line(0, "7月1日")).isVisible();
        long owing = members().stream()
                .filter(member -> member.get("teacher").asString().equals(TEACHER))
                .filter(member -> member.get("owedFen").asLong() > 0)
                .count();
        hear(1, "我的班级", "欠费" + owing);
        picture(desk, "half-year.png");
    }
}
