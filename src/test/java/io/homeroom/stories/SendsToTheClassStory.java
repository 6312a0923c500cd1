package io.homeroom.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@DisplayName("班主任从手机上群发：班级群、机器人、重要通知。全程走企业微信的协议")
class SendsToTheClassStory extends InWechat {

    private static final String TEACHER = "/sandbox/api/staff/whjx/teacher1";

    SendsToTheClassStory() {
        super("whjx");
    }

    private String pageOf(String path) {
        return send(to(TEACHER + "/open?url="
                        + URLEncoder.encode("http://localhost:" + port + path, StandardCharsets.UTF_8))
                .header("Sec-Fetch-Dest", "iframe"));
    }

    /** Sends the form of a page as the phone's browser would. */
    private String fills(String page, Map<String, String> fields, String file) {
        String boundary = "----story";
        StringBuilder body = new StringBuilder();
        Map<String, String> all = new java.util.LinkedHashMap<>(fields);
        all.put("_csrf", found("name=\"_csrf\" value=\"([^\"]+)\"", page));
        all.forEach((name, value) -> body.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name
                + "\"\r\n\r\n" + value + "\r\n"));
        if (!file.isEmpty()) {
            body.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file
                    + "\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7 notice\r\n");
        }
        body.append("--" + boundary + "--\r\n");
        return send(to("/t/whjx/send")
                .header("Sec-Fetch-Dest", "iframe")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private String confirms(String preview) {
        Map<String, String> fields = new java.util.LinkedHashMap<>();
        java.util.regex.Matcher hidden = java.util.regex.Pattern.compile(
                        "<input type=\"hidden\" name=\"([a-zA-Z]+)\"(?: value=\"([^\"]*)\")?")
                .matcher(preview);
        while (hidden.find()) {
            fields.putIfAbsent(hidden.group(1), hidden.group(2) == null ? "" : hidden.group(2));
        }
        return fills(preview, fields, "");
    }

    private String wall(String id) {
        return get("/sandbox/api/walls/" + id + "/messages").toString();
    }

    private JsonNode group() {
        for (JsonNode one : get("/sandbox/api/groups?code=whjx")) {
            if (one.path("owner").asString().equals("teacher1")) {
                return one;
            }
        }
        throw new AssertionError("teacher1 has no group");
    }

    @Test
    @DisplayName("群里带文件：预览 → 确认 → 群发助手再点一次 → 群里收到；每家的结果看得见。欠费的不进群")
    void a_broadcast_with_a_file_reaches_the_group_after_two_confirmations() {
        String form = pageOf("/t/whjx/send");
        assertThat(form).contains("发到哪里", "只发给欠费的");
        assertThat(fills(form, Map.of("way", "group", "text", "贵单位会费逾期未交"), "")).contains("欠费的事不在群里说", "第八条");
        assertThat(fills(form, Map.of("way", "group", "text", "请核对", "arrears", "true"), ""))
                .contains("欠费的事不进群");

        String preview = fills(form, Map.of("way", "group", "text", "五月八日年会，议程见附件"), "议程.pdf");
        assertThat(preview).contains("五月八日年会", "议程.pdf", "家收得到", "确认发送");
        String result = confirms(preview);
        assertThat(result).contains("议程.pdf", "班级群", "不在班级群里");

        await().atMost(SOON).until(() -> get(TEACHER + "/broadcasts").toString().contains("五月八日年会"));
        assertThat(wall(group().path("wall").asString())).doesNotContain("五月八日年会");
        String msgid = "";
        for (JsonNode task : get(TEACHER + "/broadcasts")) {
            msgid = task.path("text").asString().contains("五月八日")
                    ? task.path("msgid").asString()
                    : msgid;
        }
        post(TEACHER + "/confirm", "{\"msgid\":\"" + msgid + "\"}");
        assertThat(wall(group().path("wall").asString())).contains("五月八日年会", "议程.pdf");
        String path = "/t/whjx/sent/" + found("\"(?:/t/whjx/)sent/(\\d+)\"", pageOf("/t/whjx/send"));
        await().atMost(SOON).until(() -> pageOf(path).contains("已送达"));
    }

    private String says(String text) {
        return post(TEACHER + "/text", "{\"text\":\"" + text + "\"}").toString() + get(TEACHER + "/messages");
    }

    @Test
    @DisplayName("重要通知：会员回「知道了」或点一下；班主任发「已读」看到谁没回，可以再提醒")
    void an_important_notice_is_answered_by_word_and_by_touch() {
        String preview =
                fills(pageOf("/t/whjx/send"), Map.of("way", "notice", "title", "年会改期", "text", "年会改到五月八日下午三点"), "");
        assertThat(preview).contains("家会收到");
        String readers = confirms(preview);
        assertThat(readers).contains("年会改期", "还没回「知道了」", "没点开");
        String id = found("/t/whjx/circulars/(\\d+)/again", readers);

        // Two of the demo's contacts belong to this class: one answers by word, one on the page.
        int read = 0;
        for (JsonNode person : get("/sandbox/api/people?code=whjx")) {
            String openid = person.path("openid").asString();
            if (!get("/sandbox/api/phones/" + openid + "/messages").toString().contains("年会改期")) {
                continue;
            }
            if (read == 0) {
                assertThat(says(openid, "知道了")).contains("年会改期");
            } else {
                String page = opens(openid, "http://localhost:" + port + "/m/whjx/circulars/" + id);
                assertThat(page).contains("年会改到五月八日下午三点", "知道了");
                send(to("/m/whjx/circulars/" + id + "/known")
                        .header("Sec-Fetch-Dest", "iframe")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("_csrf="
                                + URLEncoder.encode(
                                        found("name=\"_csrf\" value=\"([^\"]+)\"", page), StandardCharsets.UTF_8))));
            }
            read++;
        }
        assertThat(read).isPositive();
        assertThat(says("已读")).contains("年会改期", "没回的");
        assertThat(pageOf("/t/whjx/circulars/" + id)).contains(read + "/");
    }
}
