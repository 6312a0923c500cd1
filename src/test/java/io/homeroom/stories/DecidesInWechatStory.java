package io.homeroom.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.homeroom.casework.Cases;
import io.homeroom.casework.Opening;
import io.homeroom.governance.Bodies;
import io.homeroom.governance.BodyState;
import io.homeroom.ground.Tenant;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@DisplayName("理事会在微信里表决，结果自己执行。全程走真实协议")
class DecidesInWechatStory extends InWechat {

    @Autowired
    Cases cases;

    @Autowired
    Bodies bodies;

    DecidesInWechatStory() {
        super("aii");
    }

    private String enters(String name, String grade) {
        return api(
                        "POST",
                        "/members",
                        "{\"name\":\"" + name + "\",\"kind\":\"unit\",\"grade\":\"" + grade
                                + "\",\"joinedOn\":\"2021-05-01\",\"contact\":{\"name\":\"张三\",\"phone\":\"13812342001\"}}")
                .path("id")
                .asString();
    }

    private String bound(String key, String member) {
        String openid = phone(key);
        binds(openid, member);
        return openid;
    }

    /** Sends a form of a page as the phone's browser would. */
    private String sends(String page, String path, String field, String value) {
        return send(to(path).header("Sec-Fetch-Dest", "iframe")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("_csrf="
                        + URLEncoder.encode(found("name=\"_csrf\" value=\"([^\"]+)\"", page), StandardCharsets.UTF_8)
                        + "&" + field + "=" + value)));
    }

    @Test
    @DisplayName("开始表决 → 对话里投、页面上投、改票 → 截止次日升级生效；票怎么投的谁也看不到")
    void a_council_decides_online_and_the_member_moves() {
        LocalDate today = today();
        String candidate = enters("求升公司", "普通会员单位");
        String first = bound("council-1", enters("甲理事", "理事单位"));
        String second = bound("council-2", enters("乙理事", "理事单位"));
        String third = bound("council-3", enters("丙理事", "理事单位"));
        String silent = bound("council-4", enters("丁理事", "理事单位"));
        String outside = bound("candidate", candidate);
        long matter = Tenant.in("aii", () -> {
            bodies.change(new BodyState("理事会", 4, false, null, null), "test");
            return cases.open(Opening.byMember("upgrade", Long.parseLong(candidate), Map.of("to", "理事单位")))
                    .get()
                    .id();
        });
        JsonNode ballot = api(
                "POST",
                "/ballots",
                "{\"case\":\"" + matter + "\",\"body\":\"理事会\",\"way\":\"online\",\"secret\":true,\"closesOn\":\""
                        + today.plusDays(2) + "\",\"special\":\"成员分散各地\"}");
        String id = ballot.path("id").asString();

        // In the conversation: the matter, the number, one confirmation that says the choice itself.
        assertThat(says(first, "表决")).contains("求升公司", "1 同意", "第二十三条");
        assertThat(says(first, "1")).contains("确认同意");
        String receipt = found("回执 ([A-Z0-9-]+)", says(first, "确认同意"));
        assertThat(says(outside, "表决")).contains("没有等你单位表决");

        // On the page: choose, confirm, vote; then change it.
        String path = "/m/aii/ballots/" + id;
        String page = opens(second, found("(http://localhost:\\d+/m/aii/ballots/\\d+)", says(second, "投票")));
        String confirm = sends(page, path + "/confirm", "choice", "AGAINST");
        assertThat(confirm).contains("你单位将投", "反对");
        String cast = sends(confirm, path + "/vote", "choice", "AGAINST");
        String old = found("class=\"code\">([A-Z0-9-]+)<", cast);
        String again = sends(opens(second, "http://localhost:" + port + path), path + "/vote", "choice", "FOR");
        assertThat(again).contains("已改");
        String check = opens(second, "http://localhost:" + port + path);
        assertThat(sends(check, path + "/receipt", "receipt", old)).contains("没有这张票");
        assertThat(sends(check, path + "/receipt", "receipt", receipt)).contains("这张票已计入");
        says(third, "表决");
        says(third, "反对");
        assertThat(says(third, "确认反对")).contains("已投");

        // The office sees how many, not how; the silent are reminded.
        JsonNode running =
                api("GET", "/ballots?case=" + matter, "").path("items").get(0);
        assertThat(running.path("voted").asInt()).isEqualTo(3);
        assertThat(running.path("inFavour").isNull()).isTrue();
        clock(today.plusDays(1));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get("/sandbox/api/phones/" + silent + "/messages")
                                .toString())
                        .contains("表决：求升公司升级", path));

        clock(today.plusDays(3));
        JsonNode done = api("GET", "/ballots?case=" + matter, "").path("items").get(0);
        assertThat(done.path("outcome").asString()).isEqualTo("passed");
        assertThat(done.path("inFavour").asInt()).isEqualTo(2);
        assertThat(done.path("against").asInt()).isEqualTo(1);
        assertThat(api("GET", "/members/" + candidate, "").path("grade").asString())
                .isEqualTo("理事单位");
        assertThat(says(first, "表决")).contains("通过");
    }
}
