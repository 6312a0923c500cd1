package io.homeroom.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@DisplayName("联络员在微信里绑定、询问、缴费；不缴的被提醒。全程走真实协议")
class PaysInWechatStory extends InWechat {

    PaysInWechatStory() {
        super("whjx");
    }

    private long owed(String member) {
        return api("GET", "/members/" + member, "").path("owedFen").asLong();
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

    /** The link to the bill, out of the answer in the chat. */
    private String bill(String openid) {
        return found("(http://localhost:\\d+/m/whjx/\\S+)", says(openid, "缴费"));
    }

    /** Opens a bill in the phone's frame and begins to pay; the path of the cashier. */
    private String ordersInside(String openid, String link) {
        String page = opens(openid, link);
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

    @Test
    @DisplayName("到账通知始终没来：收银台自己去问微信支付，一样入账；绑定与解绑各留一条审计，手机号打码")
    void a_payment_whose_notification_never_comes_is_found_by_asking() {
        String member = enters("江城园林", today());
        long due = owed(member);
        String openid = phone("wang");
        binds(openid, member);
        String cashier = ordersInside(openid, bill(openid));

        post(cashier + "/pay", "{\"notify\":\"never\"}");
        await().atMost(SOON).until(() -> owed(member) == 0);
        assertThat(notified(cashier)).isEmpty();
        JsonNode payments = api("GET", "/members/" + member + "/payments", "").path("items");
        assertThat(payments).hasSize(1);
        assertThat(payments.get(0).path("amountFen").asLong()).isEqualTo(due);
        assertThat(payments.get(0).path("state").asString()).isEqualTo("settled");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get("/sandbox/api/phones/" + openid + "/messages")
                                .toString())
                        .contains("缴费成功"));

        // Found by asking, and told by WeChat after all: once is enough.
        post(cashier + "/notify", "{\"how\":\"normal\"}");
        await().atMost(SOON).until(() -> notified(cashier).size() == 1);
        assertThat(notified(cashier).get(0).path("status").asInt()).isIn(200, 204);
        assertThat(api("GET", "/members/" + member + "/payments", "").path("items"))
                .hasSize(1);

        assertThat(says(openid, "解绑")).contains("江城园林");
        assertThat(says(openid, "确认")).contains("已解除");
        JsonNode audit = api("GET", "/audit?member=" + member, "").path("items");
        assertThat(audit.findValuesAsString("act")).contains("invited").containsSubsequence("unbound", "bound");
        assertThat(audit.toString())
                .contains("\"by\":\"member:" + member + "\"", "联络员绑定微信，登记手机 138****2001", "联络员解除微信绑定")
                .doesNotContain("13812342001", openid);
    }

    @Test
    @DisplayName("转账、现金、支票与微信支付到账：账单、资格、票据、告诉谁什么、说给会员的话、审计，全都一样")
    void every_way_of_paying_ends_the_same() {
        List<String> methods = List.of("wechat", "bank-transfer", "cash", "cheque");
        Map<String, String> members = new LinkedHashMap<>();
        methods.forEach(method -> members.put(method, enters("江城" + NAMED.get(method) + "监理", today())));
        for (String method : methods) {
            String member = members.get(method);
            String openid = phone("pays-by-" + method);
            binds(openid, member);
            if (method.equals("wechat")) {
                post(ordersInside(openid, bill(openid)) + "/pay", "{}");
            } else {
                api(
                        "POST",
                        "/members/" + member + "/payments",
                        "{\"amountFen\":" + owed(member) + ",\"method\":\"" + method + "\",\"memo\":\"会费\"}");
            }
            await().atMost(SOON).until(() -> owed(member) == 0);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(get("/sandbox/api/phones/" + openid + "/messages")
                                    .toString())
                            .contains("缴费成功"));
        }
        // A night looks through all four.
        clock(today().plusDays(1));
        Map<String, String> ends = new LinkedHashMap<>();
        methods.forEach(method -> ends.put(
                method, end(members.get(method), "江城" + NAMED.get(method) + "监理", phone("pays-by-" + method))));
        assertThat(ends.get("wechat"))
                .contains("\"state\":\"paid\"", "\"what\":\"receipt\"", "已收到会费", "payment-recorded");
        ends.forEach((method, end) -> assertThat(end).as(method).isEqualTo(ends.get("wechat")));
    }

    private static final Map<String, String> NAMED =
            Map.of("wechat", "甲", "bank-transfer", "乙", "cash", "丙", "cheque", "丁");

    /** All that can be seen of a member after it paid, without its names, keys, moments and the way in which it paid. */
    private String end(String member, String name, String openid) {
        List<String> seen = new ArrayList<>();
        seen.add(api("GET", "/members/" + member, "").toString());
        for (String what : List.of("bills", "payments")) {
            seen.add(api("GET", "/members/" + member + "/" + what, "").toString());
        }
        for (String what : List.of("tasks", "notices", "audit", "cases")) {
            List<String> lines = new ArrayList<>();
            api("GET", "/" + what + "?member=" + member, "").path("items").forEach(one -> lines.add(one.toString()));
            seen.addAll(lines);
        }
        for (JsonNode message : get("/sandbox/api/phones/" + openid + "/messages")) {
            if (message.path("kind").asString().equals("template")) {
                seen.add(message.path("data").path("fields").toString());
            }
        }
        seen.add(says(openid, "状态"));
        seen.add(says(openid, "账单"));
        seen.add(says(openid, "缴费记录"));
        return String.join("\n", seen)
                .replace(name, "某单位")
                .replace(openid, "OPENID")
                .replaceAll("\\d{15,}|whjx-[0-9a-z]{12}", "ID")
                .replaceAll(
                        "\"(uscc|externalId|memo|method|receivedAt|by|scene|state)\":(null|\"(?!paid|open)[^\"]*\")",
                        "\"$1\":_")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.+Z]+", "MOMENT")
                .replaceAll("\\d\\d:\\d\\d", "TIME")
                .replaceAll("微信支付|银行转账|转账|现金|支票", "某方式");
    }

    private JsonNode notified(String cashier) {
        return get("/sandbox/api/cashier?id=" + cashier.substring(cashier.lastIndexOf('/') + 1))
                .path("notifications");
    }
}
