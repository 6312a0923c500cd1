package io.homeroom.sandbox.control;

import static io.homeroom.sandbox.control.PhoneControl.required;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxAccounts;
import io.homeroom.sandbox.SandboxPage;
import io.homeroom.sandbox.pay.OrderView;
import io.homeroom.sandbox.pay.PayBook;
import io.homeroom.sandbox.pay.PayServer;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.Rsa;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ObjectNode;

/**
 * The cashier: where people pay.
 *
 * <ul>
 *   <li>{@code GET orders?code=} · {@code GET cashier?code_url=|prepay_id=|id=}
 *   <li>{@code POST cashier/jsapi {openid, appId, timeStamp, nonceStr, package, signType, paySign}}: what a page hands to
 *       {@code getBrandWCPayRequest}; checks the signature and gives the order
 *   <li>{@code POST cashier/{id}/pay {openid, notify, seconds}}: {@code notify} is one of {@link PayBook.How} in small
 *       letters with hyphens
 *   <li>{@code POST cashier/{id}/pay-twice {openid}}: also pays every other open order of the same merchant with the same
 *       description, as from a second device
 *   <li>{@code POST cashier/{id}/refuse} · {@code POST cashier/{id}/notify {how, changes}}: {@code changes} are fields
 *       that the decrypted resource shall have instead of the true ones
 *   <li>{@code POST pay/settings {billsAtOnce}}: trade bills on the same day
 * </ul>
 */
@SandboxPage
@RequestMapping("/sandbox/api")
class CashierControl {

    private final SandboxAccounts accounts;
    private final PayBook book;
    private final PayServer server;

    CashierControl(SandboxAccounts accounts, PayBook book, PayServer server) {
        this.accounts = accounts;
        this.book = book;
        this.server = server;
    }

    @GetMapping("/orders")
    List<OrderView> orders(@RequestParam("code") String code) {
        return book.orders(accounts.of(code).code());
    }

    @GetMapping("/cashier")
    OrderView order(
            @RequestParam(name = "code_url", required = false) @Nullable String codeUrl,
            @RequestParam(name = "prepay_id", required = false) @Nullable String prepayId,
            @RequestParam(name = "id", required = false) @Nullable Long id) {
        Optional<OrderView> found = Optional.empty();
        if (codeUrl != null) {
            found = book.byCodeUrl(codeUrl);
        } else if (prepayId != null) {
            found = book.byPrepayId(prepayId);
        } else if (id != null) {
            found = book.order(id);
        }
        return found.orElseThrow(() -> new NoSuchElementException("订单不存在"));
    }

    @PostMapping("/cashier/jsapi")
    OrderView jsapi(@RequestBody ObjectNode body) {
        SandboxAccount account = accounts.byAppId(Json.text(body, "appId"))
                .orElseThrow(() -> new IllegalArgumentException("调用支付JSAPI缺少参数：appId"));
        for (String field : List.of("timeStamp", "nonceStr", "package", "signType", "paySign")) {
            if (Json.text(body, field).isEmpty()) {
                throw new IllegalArgumentException("调用支付JSAPI缺少参数：" + field);
            }
        }
        String signed = account.appId()
                + "\n"
                + Json.text(body, "timeStamp")
                + "\n"
                + Json.text(body, "nonceStr")
                + "\n"
                + Json.text(body, "package")
                + "\n";
        if (!Json.text(body, "signType").equals("RSA")
                || !Rsa.verify(account.merchantKey(), signed, Json.text(body, "paySign"))) {
            throw new IllegalArgumentException("支付验证签名失败");
        }
        OrderView order = book.byPrepayId(Json.text(body, "package").replace("prepay_id=", ""))
                .orElseThrow(() -> new NoSuchElementException("订单不存在"));
        String openid = Json.text(body, "openid");
        if (!openid.isEmpty() && !openid.equals(order.openid())) {
            throw new IllegalArgumentException("下单账号与支付账号不一致，请核实后再支付");
        }
        return order;
    }

    @PostMapping("/cashier/{id}/pay")
    OrderView pay(@PathVariable("id") long id, @RequestBody(required = false) @Nullable ObjectNode given) {
        ObjectNode body = given == null ? Json.object() : given;
        String how = Json.text(body, "notify");
        return book.pay(
                id, payer(body), how.isEmpty() ? null : how(how), Duration.ofSeconds(Json.number(body, "seconds", 60)));
    }

    @PostMapping("/cashier/{id}/pay-twice")
    List<OrderView> payTwice(@PathVariable("id") long id, @RequestBody(required = false) @Nullable ObjectNode given) {
        String payer = payer(given == null ? Json.object() : given);
        List<Long> twins = book.twins(id);
        List<OrderView> paid = new ArrayList<>();
        paid.add(book.pay(id, payer, null, Duration.ZERO));
        for (long twin : twins) {
            paid.add(book.pay(twin, null, null, Duration.ZERO));
        }
        return paid;
    }

    @PostMapping("/cashier/{id}/refuse")
    OrderView refuse(@PathVariable("id") long id) {
        return book.order(id).orElseThrow(() -> new NoSuchElementException("订单不存在"));
    }

    @PostMapping("/cashier/{id}/notify")
    OrderView notify(@PathVariable("id") long id, @RequestBody(required = false) @Nullable ObjectNode given) {
        ObjectNode body = given == null ? Json.object() : given;
        String how = Json.text(body, "how");
        book.notifyAgain(id, how.isEmpty() ? PayBook.How.NORMAL : how(how), Json.child(body, "changes"));
        return refuse(id);
    }

    @PostMapping("/pay/settings")
    ObjectNode settings(@RequestBody ObjectNode body) {
        required(body, "billsAtOnce");
        server.billsAtOnce(Json.flag(body, "billsAtOnce"));
        return body;
    }

    private static @Nullable String payer(ObjectNode body) {
        String openid = Json.text(body, "openid");
        return openid.isEmpty() ? null : openid;
    }

    private static PayBook.How how(String word) {
        return PayBook.How.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
