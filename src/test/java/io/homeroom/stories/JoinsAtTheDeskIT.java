package io.homeroom.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.homeroom.ground.Uscc;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Somebody whom nobody knows becomes a member, with nothing but a phone: applies with photos, hands in what is missing,
 * is admitted by the staff at the console, pays. The same server as {@link YearAtTheDeskIT}, before its year begins.
 */
@DisplayName("在沙盒里入会")
class JoinsAtTheDeskIT extends AtTheDesk {

    private static final String NAME = "江城启明建设有限公司";

    private static void say(String text) {
        int heard = answers(0).count();
        say(0, text);
        assertThat(answers(0)).hasCount(heard + 1);
    }

    /** The page behind the link in the last answer. */
    private static FrameLocator follow() {
        return follow(0, answers(0).last());
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
        sitDown();
        give(0, "陌生人");

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
        picture(desk, "apply.png");
        page.locator("#send").click();
        assertThat(page.locator("body")).containsText("还缺单位画册");
        leave(0);

        say("进度");
        assertThat(answers(0).last()).containsText("还缺单位画册");
        page = follow();
        hand(page, "单位画册");
        assertThat(page.locator("body")).containsText("现在等会籍管理部");
        picture(desk, "progress.png");
        leave(0);

        String member = member(NAME).get("id").asString();
        JsonNode file = ask("GET", "/api/v1/whjx/cases?member=" + member, null)
                .get("items")
                .get(0);
        String at = url("/console/whjx/cases/" + file.get("id").asString());
        Page console = console();
        console.navigate(at);
        assertThat(console.locator("h1")).containsText(NAME);
        assertThat(console.locator(".files img")).hasCount(6);
        decide(console, at, "会籍管理部");
        decide(console, at, "领导");

        say("缴费");
        page = follow();
        page.locator("#pay").click();
        phone(0).locator(".cashier .pay").click();
        assertThat(page.locator("body")).containsText("已缴");
        leave(0);
        decide(console, at, "驻会领导");
        String registration = "/api/v1/whjx/tasks?what=registration&member=" + member;
        String task =
                ask("GET", registration, null).get("items").get(0).get("id").asString();
        ask("POST", "/api/v1/whjx/tasks/" + task + "/done", "{\"documents\":[]}");
        // Word that a member's liaison gets comes by itself, before or after the answer.
        assertThat(phone(0).locator(".chat")).containsText("会员服务通知");
        say(0, "状态");
        Locator standing = answers(0).filter(new Locator.FilterOptions().setHasText("资格正常"));
        assertThat(standing).hasCount(1);
        assertThat(standing).containsText(NAME);
        console.close();
    }
}
