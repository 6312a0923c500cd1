package io.homeroom.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ActiveProfiles("sandbox")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "homeroom.data-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "homeroom.admin-password=a-Password-for-1-story"
        })
@DisplayName("联络员在微信里绑定、询问、缴费；不缴的被提醒。全程走真实协议")
class PaysInWechatStory {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    int port;

    /** The browser of the phone's frame: it keeps cookies, and follows more redirects than the JDK's client does. */
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private String send(HttpRequest.Builder request) {
        try {
            HttpRequest asked = request.build();
            HttpResponse<String> answer = browser.send(asked, HttpResponse.BodyHandlers.ofString());
            for (int redirects = 0; answer.statusCode() == 302 && redirects < 10; redirects++) {
                HttpRequest.Builder next = HttpRequest.newBuilder(answer.uri()
                        .resolve(answer.headers().firstValue("Location").orElseThrow()));
                asked.headers().firstValue("Sec-Fetch-Dest").ifPresent(where -> next.header("Sec-Fetch-Dest", where));
                answer = browser.send(next.build(), HttpResponse.BodyHandlers.ofString());
            }
            assertThat(answer.statusCode())
                    .as(answer.uri() + " " + answer.body())
                    .isLessThan(300);
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private JsonNode get(String path) {
        return JSON.readTree(send(to(path)));
    }

    private JsonNode post(String path, String body) {
        return JSON.readTree(send(
                to(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    private JsonNode api(String method, String path, String body) {
        String login =
                Base64.getEncoder().encodeToString("admin:a-Password-for-1-story".getBytes(StandardCharsets.UTF_8));
        return JSON.readTree(send(to("/api/v1/whjx" + path)
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))));
    }

    private String says(String openid, String text) {
        return post("/sandbox/api/phones/" + openid + "/text", "{\"text\":\"" + text + "\"}")
                .path("reply")
                .path("text")
                .asString();
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    private long owed(String member) {
        return api("GET", "/members/" + member, "").path("owedFen").asLong();
    }

    private void clock(LocalDate day) {
        JsonNode moved = JSON.readTree(send(to("/sandbox/clock")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"date\":\"" + day + "\"}"))));
        assertThat(moved.path("date").asString()).isEqualTo(day.toString());
    }

    private LocalDate today() {
        return LocalDate.parse(get("/sandbox/clock").path("date").asString());
    }

    private String enters(String name, LocalDate today) {
        return api(
                        "POST",
                        "/members",
                        "{\"name\":\"" + name + "\",\"kind\":\"unit\",\"grade\":\"会员\",\"joinedOn\":\""
                                + (today.getYear() - 2) + "-05-01\",\"paidThrough\":\"" + (today.getYear() - 1)
                                + "-12-31\",\"contact\":{\"name\":\"张三\",\"phone\":\"13812342001\"}}")
                .path("id")
                .asString();
    }

    private String phone(String key) {
        return post(
                        "/sandbox/api/people",
                        "{\"code\":\"whjx\",\"key\":\"" + key + "\",\"name\":\"张三\",\"following\":true}")
                .path("openid")
                .asString();
    }

    private void binds(String openid, String member) {
        JsonNode invitation = api("POST", "/members/" + member + "/invitations", "{}");
        send(HttpRequest.newBuilder(URI.create(invitation.path("qrUrl").asString())));
        String scene = invitation.path("scene").asString();
        JsonNode bound = post("/sandbox/api/phones/" + openid + "/scan", "{\"scene\":\"" + scene + "\"}");
        assertThat(bound.path("reply").path("text").asString()).contains("已绑定");
    }

    /** The link to the bill, out of the answer in the chat. */
    private String bill(String openid) {
        return found("(http://localhost:\\d+/m/whjx/\\S+)", says(openid, "缴费"));
    }

    /** Opens a bill in the phone's frame and begins to pay; the path of the cashier. */
    private String ordersInside(String openid, String link) {
        String page = send(
                to("/sandbox/api/phones/" + openid + "/open?url=" + URLEncoder.encode(link, StandardCharsets.UTF_8))
                        .header("Sec-Fetch-Dest", "iframe"));
        String order = send(to(found("data-pay=\"([^\"]+)\"", page))
                .header("Sec-Fetch-Dest", "empty")
                .header(
                        found("name=\"csrf-header\" content=\"([^\"]+)\"", page),
                        found("name=\"csrf-token\" content=\"([^\"]+)\"", page))
                .POST(HttpRequest.BodyPublishers.noBody()));
        return "/sandbox/api/cashier/"
                + post("/sandbox/api/cashier/jsapi", order).path("id").asString();
    }

    @Test
    @DisplayName("绑定 → 状态 → 缴费 → 到账；伪造的通知不算数；来年的账单按期提醒到手机上")
    void a_member_binds_asks_pays_and_is_reminded() {
        LocalDate today = today();
        String member = enters("江城建工", today);
        long due = owed(member);
        assertThat(due).isPositive();

        // A stranger learns nothing, then scans the invitation and is the member's contact.
        String openid = phone("zhang");
        assertThat(says(openid, "状态")).doesNotContain("江城建工");
        binds(openid, member);
        assertThat(says(openid, "状态")).contains("江城建工").contains("〔第");

        // The bill opens inside WeChat, through the login page, and asks for the signed payment.
        String cashier = ordersInside(openid, bill(openid));

        // Somebody else's notification comes first and changes nothing; then WeChat's own, twice.
        post(cashier + "/pay", "{\"notify\":\"forged\"}");
        await().atMost(SOON).until(() -> notified(cashier).size() == 1);
        assertThat(notified(cashier).get(0).path("status").asInt()).isBetween(400, 499);
        assertThat(owed(member)).isEqualTo(due);
        post(cashier + "/notify", "{\"how\":\"twice\"}");
        await().atMost(SOON).until(() -> owed(member) == 0);
        await().atMost(SOON).until(() -> notified(cashier).size() == 3);
        assertThat(notified(cashier).get(2).path("status").asInt()).isIn(200, 204);
        JsonNode payments = api("GET", "/members/" + member + "/payments", "");
        assertThat(payments.path("items")).hasSize(1);
        assertThat(payments.path("items").get(0).path("amountFen").asLong()).isEqualTo(due);

        // The next year has its bill, and the phone its reminder, with the words of the template.
        clock(LocalDate.of(today.getYear() + 1, 3, 31));
        assertThat(owed(member)).isEqualTo(due);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get("/sandbox/api/phones/" + openid + "/messages")
                                .toString())
                        .contains("\"template\"")
                        .contains((today.getYear() + 1) + "年3月31日"));
        assertThat(get("/sandbox/api/walls/whjx-secretariat/messages").toString())
                .doesNotContain("8,000");
    }

    @Test
    @DisplayName("手机上和电脑前的二维码同时各付一次：一笔入账，另一笔原路退回，只退一次")
    void what_is_paid_twice_is_refunded_once() {
        String member = enters("江城水务", today());
        long due = owed(member);
        String openid = phone("li");
        binds(openid, member);
        String link = bill(openid);
        String cashier = ordersInside(openid, link);
        String desk = send(HttpRequest.newBuilder(URI.create(link)).header("Sec-Fetch-Dest", "document"));
        String codeUrl = found("data-code-url=\"([^\"]+)\"", desk);
        assertThat(codeUrl).startsWith("weixin://wxpay/bizpayurl?pr=");
        long other = get("/sandbox/api/cashier?code_url=" + URLEncoder.encode(codeUrl, StandardCharsets.UTF_8))
                .path("id")
                .asLong();

        post(cashier + "/pay", "{}");
        assertThat(owed(member)).isBetween(0L, due);
        JsonNode second = post("/sandbox/api/cashier/" + other + "/pay", "{}");
        assertThat(second.path("state").asString()).isEqualTo("SUCCESS");

        await().atMost(SOON)
                .until(() -> get("/sandbox/api/cashier?id=" + other)
                                .path("refundedFen")
                                .asLong()
                        == due);
        await().atMost(SOON).until(() -> owed(member) == 0);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(api("GET", "/members/" + member + "/payments", "")
                                .path("items")
                                .toString())
                        .contains("\"settled\"", "\"refunded\""));
        assertThat(get("/sandbox/api/cashier" + "?id=" + cashier.substring(cashier.lastIndexOf('/') + 1))
                        .path("refundedFen")
                        .asLong())
                .isZero();
    }

    private JsonNode notified(String cashier) {
        return get("/sandbox/api/cashier?id=" + cashier.substring(cashier.lastIndexOf('/') + 1))
                .path("notifications");
    }
}
