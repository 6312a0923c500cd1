package io.homeroom.api;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Role;
import io.homeroom.dues.Bill;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Method;
import io.homeroom.till.PayState;
import io.homeroom.till.Payment;
import io.homeroom.till.Till;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Bills and payments of a member. */
@RestController
@RequestMapping(path = "/api/v1/{code}/members/{id}", produces = "application/json")
@Tag(name = "账单与到账")
class MoneyApi {

    /** What staff may record; WeChat's payments come from WeChat alone. */
    private static final List<Method> BY_HAND = List.of(Method.BANK_TRANSFER, Method.CASH, Method.CHEQUE);

    private final Viewer viewer;
    private final Bills bills;
    private final Till till;
    private final Audit audit;
    private final BusinessClock clock;
    private final Idempotency idempotency;

    MoneyApi(Viewer viewer, Bills bills, Till till, Audit audit, BusinessClock clock, Idempotency idempotency) {
        this.viewer = viewer;
        this.bills = bills;
        this.till = till;
        this.audit = audit;
        this.clock = clock;
        this.idempotency = idempotency;
    }

    @GetMapping("/bills")
    @Operation(summary = "账单", description = "全部账单，早的在前。")
    Shapes.PageOf<Shapes.BillShape> bills(@PathVariable String id) {
        Member member = viewer.member(id);
        return new Shapes.PageOf<>(
                bills.of(member.id()).stream().map(MoneyApi::shape).toList(), null);
    }

    @GetMapping("/payments")
    @Operation(summary = "到账", description = "全部到账，早的在前。")
    Shapes.PageOf<Shapes.PaymentShape> payments(@PathVariable String id) {
        Member member = viewer.member(id);
        Map<Long, List<Long>> paid = bills.paidBy(member.id());
        return new Shapes.PageOf<>(
                till.of(member.id()).stream()
                        .map(payment -> shape(payment, paid))
                        .toList(),
                null);
    }

    @PostMapping("/payments")
    @Operation(
            summary = "登记一笔到账",
            description = "转账、现金或支票，与微信支付同样入账：先缴最早的账单，多出的留作预存。同一个 Idempotency-Key 重发得到同样的回答，只记一次。",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = Shapes.PaymentBody.class))))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Shapes.PaymentShape.class)))
    ResponseEntity<Object> receive(
            @PathVariable String id,
            @Parameter(description = "每一笔一个，例如 UUID", example = "3f0c1a52-7a0e-4a4e-9f35-0d8a4a3f8f11")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable
                    String key,
            @org.springframework.web.bind.annotation.RequestBody JsonNode body,
            HttpServletRequest request) {
        Member member = viewer.member(id);
        viewer.needs("登记到账", Role.FINANCE, Role.SECRETARIAT, Role.ADMIN);
        Asked asked = Asked.of(body);
        Money amount = new Money(asked.fen("amountFen"));
        Method method = method(asked);
        Instant now = clock.instant();
        Instant received = asked.instant("receivedAt");
        if (received != null && received.atZone(Shapes.ZONE).toLocalDate().isAfter(clock.today())) {
            asked.fault("receivedAt", "不能晚于今天 " + clock.today());
        }
        String memo = asked.text("memo", 200);
        Long year = asked.whole("year", 2000, 2100);
        String external = asked.text("externalId", 64);
        asked.check();
        String by = viewer.me().username();
        Method how = method == null ? Method.BANK_TRANSFER : method;
        Instant at = received == null ? now : received;
        String scope = by + "\nPOST " + Tenant.current() + " payments " + member.id();
        return idempotency.once(key, scope, body, () -> {
            Outcome<Payment> taken = till.receive(
                    member.id(),
                    amount,
                    how,
                    at,
                    external,
                    memo == null ? "" : memo,
                    year == null ? null : year.toString(),
                    by);
            if (taken instanceof Outcome.Refused<Payment> refused) {
                audit.note(
                        by,
                        "payment-refused",
                        member.id(),
                        amount + "，" + refused.refusal().reason());
                ApiProblem problem = ApiProblem.refused(refused.refusal());
                return new Idempotency.Answer(problem.status(), problem.document(request.getRequestURI()));
            }
            Payment payment = taken.get();
            audit.note(by, "payment-recorded", member.id(), amount + "，" + said(how, payment));
            return new Idempotency.Answer(HttpStatus.CREATED, shape(payment, bills.paidBy(member.id())));
        });
    }

    private static String said(Method how, Payment payment) {
        String word = switch (how) {
            case WECHAT -> "微信支付";
            case BANK_TRANSFER -> "转账";
            case CASH -> "现金";
            case CHEQUE -> "支票";
        };
        return payment.state() == PayState.UNMATCHED ? word + "，待认领" : word;
    }

    private static @Nullable Method method(Asked asked) {
        List<String> words = BY_HAND.stream().map(Method::code).toList();
        Method method = asked.word("method", Method::of, words);
        if (method == null && !asked.has("method")) {
            asked.fault("method", "不能缺；只能是 " + String.join("、", words));
        }
        if (method == Method.WECHAT) {
            asked.fault("method", "微信支付由微信通知到账，不能手工登记；只能是 " + String.join("、", words));
        }
        return method;
    }

    private static Shapes.BillShape shape(Bill bill) {
        return new Shapes.BillShape(
                Long.toString(bill.id()),
                Long.toString(bill.memberId()),
                bill.year(),
                bill.kind().code(),
                bill.amount().fen(),
                bill.owed().fen(),
                bill.dueOn(),
                bill.state().code(),
                bill.paidOn(),
                bill.why(),
                bill.clauses());
    }

    private static Shapes.PaymentShape shape(Payment payment, Map<Long, List<Long>> paid) {
        List<String> settled = new ArrayList<>();
        paid.getOrDefault(payment.id(), List.of()).forEach(bill -> settled.add(Long.toString(bill)));
        return new Shapes.PaymentShape(
                Long.toString(payment.id()),
                Long.toString(payment.memberId()),
                payment.amount().fen(),
                payment.method().code(),
                Shapes.at(payment.receivedAt()),
                payment.externalId(),
                payment.memo(),
                payment.state().code(),
                settled);
    }
}
