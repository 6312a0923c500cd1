package io.homeroom.console;

import io.homeroom.console.OfficePages.Tab;
import io.homeroom.console.TodayPage.Card;
import io.homeroom.desk.Audit;
import io.homeroom.desk.Role;
import io.homeroom.dues.Bill;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Outcome;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Payment;
import io.homeroom.till.Till;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Bills and payments of the whole association. */
@Controller
class MoneyPage {

    private static final int PAGE = 50;

    private record View(
            String year,
            List<Card> cards,
            List<Tab> tabs,
            boolean bills,
            List<?> rows,
            @Nullable String more,
            String nothing) {}

    private final Bills bills;
    private final Till till;
    private final Figures figures;
    private final Lines lines;
    private final Lawbooks lawbooks;
    private final BusinessClock clock;
    private final Audit audit;
    private final TransactionTemplate transaction;

    MoneyPage(
            Bills bills,
            Till till,
            Figures figures,
            Lines lines,
            Lawbooks lawbooks,
            BusinessClock clock,
            Audit audit,
            PlatformTransactionManager transactions) {
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
        this.bills = bills;
        this.till = till;
        this.figures = figures;
        this.lines = lines;
        this.lawbooks = lawbooks;
        this.clock = clock;
    }

    @GetMapping("/console/{code}/money")
    String money(
            Visitor visitor,
            @RequestParam(defaultValue = "overdue") String show,
            @RequestParam(defaultValue = "0") long after,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String partial,
            Model model) {
        if (!visitor.mayTakeMoney()) {
            throw new NotHere();
        }
        LocalDate today = clock.today();
        int unmatched = figures.paymentsIn("unmatched");
        int refunds = figures.paymentsIn("refused", "refunding");
        List<Tab> tabs = List.of(
                tab(visitor, show, "overdue", "逾期", 0),
                tab(visitor, show, "open", "未到期", 0),
                tab(visitor, show, "bills", "全部账单", 0),
                tab(visitor, show, "payments", "到账", 0),
                tab(visitor, show, "unmatched", "待认领", unmatched),
                tab(visitor, show, "refunds", "待退、退款中", refunds));
        boolean ofBills = show.equals("overdue") || show.equals("open") || show.equals("bills");
        List<Long> ids;
        if (ofBills) {
            ids = figures.bills(show, today, after, PAGE + 1, null);
        } else if (show.equals("refunds")) {
            ids = new ArrayList<>(figures.payments("refused", after, PAGE, null));
            ids.addAll(figures.payments("refunding", after, PAGE, null));
            ids.sort((a, b) -> Long.compare(b, a));
        } else {
            ids = figures.payments(show.equals("unmatched") ? "unmatched" : null, after, PAGE + 1, null);
        }
        boolean more = ids.size() > PAGE;
        List<Long> shown = ids.subList(0, Math.min(PAGE, ids.size()));
        List<?> rows = ofBills ? lines.bills(visitor, bills(shown)) : lines.payments(visitor, payments(shown));
        boolean fees = lawbooks.dues(visitor.code());
        model.addAttribute(
                "money",
                new View(
                        today.getYear() + "年度",
                        cards(visitor, today, fees, unmatched, refunds),
                        tabs,
                        ofBills,
                        rows,
                        more ? visitor.at("money?show=" + show + "&after=" + shown.get(PAGE - 1)) : null,
                        fees || !ofBills ? "没有。" : "本协会不收会费，没有账单" + noFee(lawbooks.of(visitor.code())) + "。"));
        if (after > 0 && partial != null) {
            return ofBills ? "console/money :: billRows" : "console/money :: paymentRows";
        }
        return "console/money";
    }

    /** Where it stands that there is no fee, in the rulebook's own label. */
    static String noFee(Rulebook law) {
        return law.cite(law.noFee());
    }

    /** Somebody has looked at a remittance without the word and knows what it is for. */
    @PostMapping("/console/{code}/payments/{id}/matched")
    String matched(Visitor visitor, @PathVariable long id, RedirectAttributes next) {
        return settle(visitor, id, "payment-matched", till::matched, "已认领并入账", next);
    }

    /** Money that never came after all, as a cheque that bounced: its bills are owed again. */
    @PostMapping("/console/{code}/payments/{id}/reversed")
    String reversed(Visitor visitor, @PathVariable long id, RedirectAttributes next) {
        if (!visitor.is(Role.ADMIN, Role.FINANCE)) {
            throw new NotHere();
        }
        return settle(visitor, id, "payment-reversed", till::reverse, "已冲销，相应的账单重新列为未缴", next);
    }

    private String settle(
            Visitor visitor,
            long id,
            String act,
            BiFunction<Long, String, Outcome<Payment>> door,
            String done,
            RedirectAttributes next) {
        if (!visitor.mayTakeMoney()) {
            throw new NotHere();
        }
        Payment payment = till.find(id).orElseThrow(NotHere::new);
        Outcome<Payment> outcome = Optional.ofNullable(transaction.execute(status -> {
                    Outcome<Payment> settled = door.apply(id, visitor.username());
                    if (settled.isDone()) {
                        audit.note(
                                visitor.username(),
                                act,
                                payment.memberId(),
                                payment.amount().toString());
                    }
                    return settled;
                }))
                .orElseThrow();
        if (outcome instanceof Outcome.Refused<Payment> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", payment.amount() + " " + done + "。");
        }
        return "redirect:" + visitor.at("members/" + payment.memberId());
    }

    private List<Bill> bills(List<Long> ids) {
        return ids.stream().map(bills::find).flatMap(Optional::stream).toList();
    }

    private List<Payment> payments(List<Long> ids) {
        return ids.stream().map(till::find).flatMap(Optional::stream).toList();
    }

    private static Tab tab(Visitor visitor, String show, String key, String word, int count) {
        return new Tab(
                visitor.at("money?show=" + key), word, count == 0 ? null : Integer.toString(count), show.equals(key));
    }

    private List<Card> cards(Visitor visitor, LocalDate today, boolean fees, int unmatched, int refunds) {
        List<Card> cards = new ArrayList<>();
        if (fees) {
            Figures.Year year = figures.year(today.getYear(), null);
            cards.add(new Card(
                    visitor.at("money?show=bills"), "本年应收", year.asked().toString(), null, year.bills() + " 张账单", ""));
            cards.add(new Card(
                    visitor.at("money?show=payments"),
                    "其中已收",
                    year.asked().minus(year.open()).toString(),
                    null,
                    year.bills() - year.openBills() + " 张缴清",
                    ""));
            int late = figures.ageing(today, null).stream()
                    .mapToInt(Figures.Age::members)
                    .sum();
            cards.add(new Card(
                    visitor.at("money?show=overdue"),
                    "逾期",
                    late + " 家",
                    null,
                    "未缴合计 " + figures.owed(null),
                    late == 0 ? "nil" : "warn"));
        }
        cards.add(new Card(
                visitor.at("money?show=unmatched"),
                "待认领",
                unmatched + " 笔",
                null,
                unmatched == 0 ? "没有" : "附言不全，要人看一眼",
                unmatched == 0 ? "nil" : "warn"));
        cards.add(new Card(
                visitor.at("money?show=refunds"),
                "待退款",
                refunds + " 笔",
                null,
                refunds == 0 ? "没有" : "没有入账的钱要退回",
                refunds == 0 ? "nil" : "warn"));
        return cards;
    }
}
