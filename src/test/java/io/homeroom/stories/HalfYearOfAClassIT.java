package io.homeroom.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.ibm.icu.text.Transliterator;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
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
    private static final String SCANNED = "SF1000001";
    private static final String MOVED = "江城市新大道6号";
    private static final double TWO_MINUTES = 120_000;

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

    private static Locator cards(int slot, String words) {
        return phone(slot).locator(".chat .card", new Locator.LocatorOptions().setHasText(words));
    }

    /** The latest card with these words on it. */
    private static Locator card(int slot, String words) {
        return cards(slot, words).last();
    }

    private static void press(Locator card, String button) {
        card.locator(".actions button", new Locator.LocatorOptions().setHasText(button))
                .first()
                .click();
    }

    /** Touches a button of the app's menu. */
    private static void touch(int slot, String group, String button) {
        Locator menu = phone(slot).locator(".menu");
        menu.locator("button", new Locator.LocatorOptions().setHasText(group))
                .first()
                .click();
        menu.locator(".sub button", new Locator.LocatorOptions().setHasText(button))
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
        // The client asks what it saw through its camera; everything else is agreed to.
        desk.onDialog(dialog -> {
            if (dialog.type().equals("prompt")) {
                dialog.accept(SCANNED);
            } else {
                dialog.accept();
            }
        });
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
    @DisplayName("资料变更：一句话填好草稿 → 页面提交 → 班主任在卡片上确认 → 会籍管理部核对更新 → 会员看到结果，通知单是 PDF")
    void aChange() throws Exception {
        give(0, first);
        hear(0, "通讯地址改为" + MOVED, "填好了草稿");
        FrameLocator page = follow(0, line(0, "填好了草稿"));
        page.locator("button.main").click();
        assertThat(page.locator("main")).containsText("现在等班主任确认");
        String form = page.locator("a[href$='/form.pdf']").getAttribute("href");
        org.assertj.core.api.Assertions.assertThat(paper(form)).contains("会员单位联系资料交接通知单", first, MOVED);
        leave(0);
        Locator change = card(1, "资料变更：通讯地址");
        // Of what is not urgent WeCom's pace lets fifteen a minute through, and she was just given her class unit by
        // unit.
        assertThat(change).containsText(MOVED, new LocatorAssertions.ContainsTextOptions().setTimeout(TWO_MINUTES));
        touch(1, "待办", "资料变更");
        assertThat(line(1, "等着办的资料变更1件")).isVisible();
        // Whoever has the card is not told a second time, and no number stands where a name belongs.
        assertThat(phone(1).getByText("现在由")).hasCount(0);
        assertThat(desk.getByText("staff:")).hasCount(0);
        press(change, "确认通知单");
        assertThat(change.locator(".settled")).hasText("已确认");
        give(0, "秘书处");
        hear(0, "资料变更", "等着办的资料变更1件");
        Locator check = card(0, MOVED);
        press(check, "核对无误");
        assertThat(check.locator(".settled")).hasText("已更新");
        give(0, first);
        card(0, "资料变更").click();
        assertThat(page(0).locator("main")).containsText("已办结");
        assertThat(page(0).locator("main")).containsText("改为" + MOVED);
        picture(desk, "change.png");
        leave(0);
    }

    @Test
    @Order(4)
    @DisplayName("群发：说一句先看预览，可以取消；在页面上写、预览、确认，群发助手里再点一次，班级群里才有；每家的结果看得见")
    void aBroadcast() {
        say(1, "群发 下周三下午三点年会签到");
        Locator preview = card(1, "群发到");
        assertThat(preview).containsText("不在群里");
        press(preview, "取消");
        assertThat(preview.locator(".settled")).hasText("已取消");

        hear(1, "群发", "要群发什么");
        card(1, "点开写").click();
        FrameLocator page = page(1);
        page.locator("textarea[name=text]").fill("下周三下午三点年会签到，地点不变");
        page.locator("button[type=submit]").last().click();
        assertThat(page.locator("main")).containsText("家收不到");
        page.locator("button", new FrameLocator.LocatorOptions().setHasText("确认发送"))
                .click();
        assertThat(page.locator("main")).containsText("不在班级群里");
        leave(1);
        assertThat(line(1, "群发助手")).isVisible();
        assertThat(desk.locator("#wall0")).not().containsText("年会签到");
        moveTo("2026-01-06");
        phone(1).locator("[data-broadcast] button").click();
        assertThat(desk.locator("#wall0")).containsText("下周三下午三点年会签到，地点不变");
        assertThat(line(1, "已发到班级群")).isVisible();
        hear(1, "群发", "最近的");
        card(1, "点开写").click();
        page.locator("a[href*='/sent/']").first().click();
        assertThat(page.locator("main")).containsText("家已送达");
        picture(desk, "broadcast.png");
        leave(1);
    }

    @Test
    @Order(5)
    @DisplayName("联系一句话记下；寄会刊：标签上是新地址，没有照片寄不出，在手机上拍照、用企业微信扫面单登记，会员收到照片")
    void aContactAndAMailing() throws Exception {
        hear(1, "联系 " + second + " 张总说四月再付", "记下了：" + second);
        Page console = console();
        console.navigate(url("/console/whjx/care/mailings"));
        console.locator("select[name=what]").selectOption("journal");
        console.locator("input[name=title]").fill("2026年第1期会刊");
        console.locator("form[action$='/care/mailings'] button.primary").click();
        Locator row = console.locator("tr", new Page.LocatorOptions().setHasText(first));
        assertThat(row.locator("input[name=address]")).hasValue(MOVED);
        row.locator("form[action$='/send'] input[name=tracking]").fill(SCANNED);
        row.locator("form[action$='/send'] button").click();
        assertThat(row).containsText("没有照片");
        org.assertj.core.api.Assertions.assertThat(
                        paper(console.locator("a[href$='/labels.pdf']").getAttribute("href")))
                .contains(first, MOVED);
        picture(console, "mailing.png");
        console.close();

        touch(1, "待办", "寄送");
        assertThat(line(1, "待寄")).isVisible();
        press(card(1, first), "拍照");
        FrameLocator page = page(1);
        page.locator("input[type=file]").setInputFiles(photo());
        // The button of WeCom's scanner shows once the client has found the page's signature good.
        page.locator("#sdk button").click();
        assertThat(page.locator("#tracking")).hasValue(SCANNED);
        page.locator("button.main").click();
        assertThat(page.locator("main")).containsText("已登记寄出");
        leave(1);
        card(0, "会刊").click();
        assertThat(page(0).locator("main")).containsText(SCANNED);
        assertThat(page(0).locator("img")).isVisible();
        leave(0);
    }

    @Test
    @Order(6)
    @DisplayName("三月二十七日：会员收到提醒之前三个工作日，班主任先收到卡片；点「本周内付款」记下承诺")
    void aPromise() {
        moveTo("2026-03-27");
        Locator due = card(1, first + "会费未到账");
        assertThat(due).containsText("会员会收到提醒");
        assertThat(line(1, "此前可以先联系")).isVisible();
        press(due, "本周内付款");
        assertThat(due.locator(".settled")).hasText("已记承诺");
        assertThat(line(1, "承诺4月3日")).isVisible();
    }

    @Test
    @Order(7)
    @DisplayName("四月一日：会费过期，会员知道，班主任一条知道全班的；当天提醒过的不再提醒，点已联系、补一句，记下承诺的日子")
    void arrears() {
        moveTo("2026-04-01");
        assertThat(answers(1).filter(new Locator.FilterOptions().setHasText(Pattern.compile("会费逾期未到账\\d+家"))))
                .hasCount(1);
        give(0, second);
        assertThat(card(0, "缴费提醒")).containsText("8000.00");
        hear(1, "我的班级", "欠费");
        hear(1, "提醒 " + second, "今天已提醒过");
        int shown = cards(1, second).count();
        say(1, "查 " + initials(second, 4));
        assertThat(cards(1, second)).hasCount(shown + 1);
        Locator debt = card(1, second);
        assertThat(debt).containsText("8,000.00");
        assertThat(debt).containsText("张总说四月再付");
        picture(desk, "arrears.png");
        press(debt, "已联系");
        assertThat(debt.locator(".settled")).hasText("已联系");
        hear(1, "财务出差，回来就付", "记下了：" + second);
        hear(1, "承诺 " + second + " 4月10日", "承诺4月10日");
        hear(1, "欠费", "家，共");
    }

    @Test
    @Order(8)
    @DisplayName("请假：代班的同事看得到她的班，没兑现的承诺也先到代班手里；到期自动回来，待办里追这一家，她自己再提醒一次")
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
        assertThat(line(0, "承诺4月3日")).containsText(first);
        int heard = answers(0).count();
        say(0, "提醒 " + second);
        assertThat(answers(0)).hasCount(heard + 1);
        assertThat(answers(0).last()).not().containsText("已提醒" + second);
        assertThat(line(1, "到期自动回到你这里")).isVisible();
        hear(1, "我的班级", CLASS + "家");
        touch(1, "待办", "今天要办");
        Locator broken = card(1, "还没有到账，请联系");
        assertThat(broken).containsText(first);
        press(broken, "办结");
        assertThat(broken.locator(".settled")).hasText("已办结");
        give(0, first);
        assertThat(card(0, "缴费提醒")).isVisible();
        int reminded = cards(0, "缴费提醒").count();
        hear(1, "提醒 " + first, "已提醒" + first);
        assertThat(cards(0, "缴费提醒")).hasCount(reminded + 1);
    }

    @Test
    @Order(9)
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
    @Order(10)
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
