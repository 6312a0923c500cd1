package io.homeroom.portal;

import io.homeroom.casework.CaseWords;
import io.homeroom.casework.Enrolments;
import io.homeroom.desk.StaffMember;
import io.homeroom.dues.Bill;
import io.homeroom.dues.BillKind;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Days;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contacts;
import io.homeroom.member.EndedAs;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.review.Explain;
import io.homeroom.review.Explanation;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Watch;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.BankAccounts;
import io.homeroom.till.Channel;
import io.homeroom.till.Gateway;
import io.homeroom.till.Order;
import io.homeroom.till.OrderState;
import io.homeroom.till.Orders;
import io.homeroom.till.PayLinks;
import io.homeroom.till.PayState;
import io.homeroom.till.Payment;
import io.homeroom.till.Till;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The pages of a member. Somebody known by web login sees the members it speaks for; a bill's signed address shows that
 * one bill to anybody, without the member's name; nobody else sees anything.
 */
@Controller
@RequestMapping("/m/{code}")
class MemberPages {

    private static final Logger LOG = LoggerFactory.getLogger(MemberPages.class);

    private final Reception reception;
    private final Roster roster;
    private final Bindings bindings;
    private final Contacts contacts;
    private final Classes classes;
    private final Bills bills;
    private final Till till;
    private final Orders orders;
    private final ObjectProvider<Cashier> cashiers;
    private final BankAccounts accounts;
    private final PayLinks links;
    private final Lawbook laws;
    private final Explain explain;
    private final BusinessClock clock;
    private final Clock wire;

    MemberPages(
            Reception reception,
            Roster roster,
            Bindings bindings,
            Contacts contacts,
            Classes classes,
            Bills bills,
            Till till,
            Orders orders,
            ObjectProvider<Cashier> cashiers,
            BankAccounts accounts,
            PayLinks links,
            Lawbook laws,
            Explain explain,
            BusinessClock clock,
            @Qualifier("wireClock") Clock wire) {
        this.reception = reception;
        this.roster = roster;
        this.bindings = bindings;
        this.contacts = contacts;
        this.classes = classes;
        this.bills = bills;
        this.till = till;
        this.orders = orders;
        this.cashiers = cashiers;
        this.accounts = accounts;
        this.links = links;
        this.laws = laws;
        this.explain = explain;
        this.clock = clock;
        this.wire = wire;
    }

    /** The one page that says one thing. */
    static String message(Model model, Message message) {
        model.addAttribute("message", message);
        return "portal/message";
    }

    // ---- what a known person sees

    @GetMapping({"", "/"})
    String home(HttpServletRequest request, Model model) {
        return reception.known(request, model, (member, openid) -> {
            LocalDate today = clock.today();
            Rulebook law = law();
            List<Bill> open = open(member.id());
            Explain.Account account = explain.account(member);
            model.addAttribute(
                    "standing",
                    StandingView.of(member, law, open, bills.paidThrough(member.id()), account.explanation(), today));
            model.addAttribute("fees", law.fees() != null);
            model.addAttribute("requests", requests(member, law, account.requests()));
            model.addAttribute("owedText", law.fees() == null ? "不收会费" : open.isEmpty() ? "没有待缴" : "待缴 " + total(open));
            model.addAttribute("branches", Enrolments.has(law) ? member.branches() : null);
            model.addAttribute(
                    "transfer", law.fees() != null && accounts.current().isPresent());
            model.addAttribute(
                    "teacherText",
                    classes.teacherOf(member.id())
                            .map(MemberPages::introduced)
                            .orElseGet(() -> switch (member.standing()) {
                                case ACTIVE, SUSPENDED -> "待安排";
                                case APPLICANT -> "入会以后安排";
                                case ENDED, NONE -> "会员才有";
                            }));
            model.addAttribute(
                    "contacts",
                    contacts.of(member.id()).stream()
                            .map(contact -> Map.of(
                                    "role",
                                    contact.role().word(),
                                    "text",
                                    contact.name()
                                            + (contact.phone().isBlank() ? "" : " " + Mask.phone(contact.phone()))))
                            .toList());
            model.addAttribute(
                    "others",
                    bindings.of(openid).stream()
                            .filter(bound -> bound.memberId() != member.id())
                            .toList());
            return "portal/home";
        });
    }

    /** What is under way, or else what the association's rules let a member ask for. */
    private static String requests(Member member, Rulebook law, Set<String> underWay) {
        if (!underWay.isEmpty()) {
            return underWay.stream().map(CaseWords::type).sorted().collect(Collectors.joining("、")) + "办理中";
        }
        if (!member.belongs()) {
            return "看可以办的";
        }
        return (law.upgrade() == null ? "" : "升级、") + "退会" + (appeals(member, law) ? "、申诉" : "");
    }

    private static boolean appeals(Member member, Rulebook law) {
        Track track = law.cases().get("appeal");
        EndedAs ended = member.endedAs();
        return track != null
                && (track.onlyAfter().isEmpty()
                        || ended != null && track.onlyAfter().contains(ended.code()));
    }

    @PostMapping("/choose")
    String choose(@RequestParam long member, HttpServletRequest request) {
        Person.of(request)
                .filter(openid -> bindings.of(openid).stream().anyMatch(bound -> bound.memberId() == member))
                .ifPresent(openid -> bindings.choose(openid, member));
        return "redirect:/m/" + Tenant.current() + "/";
    }

    @GetMapping("/bills")
    String bills(HttpServletRequest request, Model model) {
        return reception.known(request, model, (member, openid) -> {
            LocalDate today = clock.today();
            Rulebook law = law();
            List<Bill> all = bills.of(member.id()).stream()
                    .sorted(Comparator.comparing(Bill::state)
                            .thenComparing(Comparator.comparing(Bill::year).reversed()))
                    .toList();
            List<Bill> open = open(member.id());
            Money owed = bills.owed(member.id());
            model.addAttribute("owed", open.isEmpty() ? null : total(open).toString());
            model.addAttribute("credit", owed.fen() < 0 ? "另有余款 " + new Money(-owed.fen()) + "，将抵以后的会费。" : null);
            model.addAttribute("fees", law.fees() != null);
            model.addAttribute("silence", law.fees() == null ? "不收会费" + law.cite(law.noFee()) + "。" : "目前没有账单。");
            model.addAttribute(
                    "bills",
                    all.stream()
                            .map(bill -> BillView.of(bill, law, today, List.of()))
                            .toList());
            return "portal/bills";
        });
    }

    @GetMapping("/payments")
    String payments(HttpServletRequest request, Model model) {
        return reception.known(request, model, (member, openid) -> {
            Rulebook law = law();
            model.addAttribute("fees", law.fees() != null);
            model.addAttribute("silence", law.fees() == null ? "不收会费" + law.cite(law.noFee()) + "。" : "还没有缴费记录。");
            model.addAttribute(
                    "payments",
                    till.of(member.id()).stream()
                            .sorted(Comparator.comparing(Payment::receivedAt).reversed())
                            .map(payment -> Map.of(
                                    "method", payment.method().word(),
                                    "when", Days.dated(payment.receivedOn()),
                                    "amount", payment.amount().toString(),
                                    "word", payment.state().word(),
                                    "mood", mood(payment.state())))
                            .toList());
            return "portal/payments";
        });
    }

    @GetMapping("/transfer")
    String transfer(
            @RequestParam(required = false) @Nullable Long bill,
            @RequestParam(defaultValue = "") String t,
            HttpServletRequest request,
            Model model) {
        Optional<BankAccounts.BankAccount> account = accounts.current();
        Rulebook law = law();
        if (law.fees() == null) {
            reception.frame(model);
            Message none = Message.notice("不收会费", "没有要转的账" + law.cite(law.noFee()) + "。");
            return message(model, Person.of(request).isPresent() ? none.link(Reception.home(), "看我的单位") : none);
        }
        if (account.isEmpty()) {
            return message(model, Message.notice("没有公布收款账户", "请以班主任或秘书处书面提供的为准。"));
        }
        Fees.Memo memo = law.fees().memo();
        String word = memo == null ? "会费" : memo.word();
        Optional<Bill> wanted = bill == null ? Optional.empty() : bills.find(bill);
        Access access = wanted.map(b -> access(b, t, request)).orElse(Access.LOGIN);
        model.addAttribute("transfer", account.get());
        model.addAttribute("association", law.name());
        model.addAttribute("note", "附言请照写" + (memo == null ? "" : law.cite(memo.cite())) + "。款到后由财务登记，公众号会通知联络员。");
        if (access == Access.TOKEN) {
            Bill one = wanted.orElseThrow();
            model.addAttribute("owed", one.owed().toString());
            model.addAttribute("memo", word + " 加上单位全称");
            model.addAttribute("back", address(one, t));
            return "portal/transfer";
        }
        return reception.known(request, model, (member, openid) -> {
            Member payer =
                    access == Access.CONTACT ? roster.get(wanted.orElseThrow().memberId()) : member;
            List<Bill> open = open(payer.id());
            model.addAttribute("owed", open.isEmpty() ? null : total(open).toString());
            model.addAttribute("memo", word + " " + payer.name());
            model.addAttribute("back", "/m/" + Tenant.current() + "/bills");
            return "portal/transfer";
        });
    }

    // ---- one bill: its contact, or whoever holds its signed address

    @GetMapping("/bills/{id}")
    String bill(
            @PathVariable long id, @RequestParam(defaultValue = "") String t, HttpServletRequest request, Model model) {
        Optional<Bill> found = bills.find(id);
        Access access = found.map(bill -> access(bill, t, request)).orElseGet(() -> access(null, t, request));
        if (access == Access.LOGIN) {
            return LoginPages.from(Reception.path(request));
        }
        if (access == Access.CONTACT || access == Access.TOKEN) {
            return show(found.orElseThrow(), access, t, model);
        }
        reception.frame(model);
        if (access == Access.STRANGER) {
            return reception.denied(model, Person.of(request).orElseThrow());
        }
        return message(model, t.isEmpty() ? Message.outside() : Message.gone());
    }

    private String show(Bill bill, Access access, String t, Model model) {
        Rulebook law = law();
        Member member = roster.get(bill.memberId());
        boolean contact = access == Access.CONTACT;
        List<Payment> payments = contact ? paymentsFor(bill) : List.of();
        BillView view = BillView.of(bill, law, clock.today(), payments, contact ? member : null);
        reception.frame(model);
        model.addAttribute("bill", view);
        // Whoever holds the address need not belong to the member: its name stays out.
        if (contact) {
            model.addAttribute("memberName", member.name());
            model.addAttribute("homeAt", Reception.home());
        }
        model.addAttribute("mode", contact ? "wechat" : "desk");
        model.addAttribute("transfer", accounts.current().isPresent());
        model.addAttribute(
                "transferAt", "/m/" + Tenant.current() + "/transfer?bill=" + bill.id() + (contact ? "" : "&t=" + t));
        String address = "/m/" + Tenant.current() + "/bills/" + bill.id();
        String query = contact ? "" : "?t=" + t;
        model.addAttribute("payAt", contact && view.open() ? address + "/pay" : "");
        model.addAttribute("confirmingAt", address + "/confirming");
        model.addAttribute("stateAt", contact || !view.open() ? null : address + "/state" + query);
        model.addAttribute("known", stand(bill));
        model.addAttribute("earlier", contact && view.open() ? earlier(bill) : null);
        model.addAttribute("doneAt", address + query);
        model.addAttribute("choices", contact && view.open() ? choices(bill) : List.of());
        if (!contact && view.open()) {
            code(bill, model);
        }
        return "portal/bill";
    }

    private void code(Bill bill, Model model) {
        try {
            Outcome<Order> outcome = orders.open(
                    bill.memberId(), Set.of(bill.id()), null, bill.owed(), Channel.NATIVE, null, described(bill));
            if (outcome instanceof Outcome.Refused<Order> refused) {
                model.addAttribute("problem", refused.refusal().reason());
                return;
            }
            Order order = outcome.get();
            String codeUrl = order.codeUrl();
            if (codeUrl == null) {
                model.addAttribute("problem", "二维码还没有准备好，请刷新本页。");
            } else {
                model.addAttribute(
                        "qr",
                        Qr.of(
                                codeUrl,
                                Duration.between(wire.instant(), order.expiresAt())
                                        .toSeconds()));
            }
        } catch (Gateway.Trouble trouble) {
            LOG.warn("No code to scan for bill {}: {}", bill.id(), trouble.getMessage());
            model.addAttribute("problem", "暂时连不上微信支付，请稍后刷新，或用对公转账。");
        }
    }

    /** Opens an order for the cashier inside WeChat; answers its parameters. */
    @PostMapping("/bills/{id}/pay")
    ResponseEntity<?> pay(
            @PathVariable long id, @RequestParam(required = false) @Nullable Long amount, HttpServletRequest request) {
        Optional<Bill> found = bills.find(id);
        Optional<String> openid = Person.of(request);
        if (found.isEmpty() || openid.isEmpty() || access(found.get(), "", request) != Access.CONTACT) {
            return problem(HttpStatus.FORBIDDEN, "请从公众号重新打开账单。");
        }
        Bill bill = found.get();
        if (bill.state() != BillState.OPEN || !bill.owed().isPositive()) {
            return problem(HttpStatus.CONFLICT, "这张账单已经不用缴了。");
        }
        Money wanted = amount == null ? bill.owed() : new Money(amount);
        boolean term = !wanted.equals(bill.owed());
        if (term && choices(bill).stream().noneMatch(choice -> choice.fen() == wanted.fen())) {
            return problem(HttpStatus.UNPROCESSABLE_CONTENT, "金额不在可选的范围内，请刷新本页。");
        }
        Cashier cashier = cashiers.getIfAvailable();
        if (cashier == null) {
            return problem(HttpStatus.SERVICE_UNAVAILABLE, "微信支付还没有开通，请用对公转账。");
        }
        try {
            Outcome<Order> outcome = orders.open(
                    bill.memberId(),
                    Set.of(bill.id()),
                    term ? "term" : null,
                    wanted,
                    Channel.JSAPI,
                    openid.get(),
                    term ? law().nickname() + " 会费（至本届期满）" : described(bill));
            return outcome instanceof Outcome.Refused<Order> refused
                    ? problem(HttpStatus.CONFLICT, refused.refusal().reason())
                    : ResponseEntity.ok(cashier.sheet(outcome.get()));
        } catch (Gateway.Trouble trouble) {
            LOG.warn("No order for bill {}: {}", id, trouble.getMessage());
            return problem(HttpStatus.SERVICE_UNAVAILABLE, "暂时连不上微信支付，请稍后再试。");
        }
    }

    /** After the phone said that it paid: waits until the server knows. */
    @GetMapping("/bills/{id}/confirming")
    String confirming(@PathVariable long id, HttpServletRequest request, Model model) {
        Optional<Bill> found = bills.find(id);
        String address = "/m/" + Tenant.current() + "/bills/" + id;
        if (found.isEmpty() || access(found.get(), "", request) != Access.CONTACT) {
            return "redirect:" + address;
        }
        Optional<Order> order = orders.of(found.get().memberId()).stream()
                .filter(one -> one.channel() == Channel.JSAPI && one.bills().contains(id))
                .max(Comparator.comparing(Order::createdAt));
        // Asked once, in case the notification is late; the page then only looks at the bill.
        Optional<Order> now = order.filter(one -> one.state() == OrderState.PAYING)
                .flatMap(one -> orders.refresh(one.outTradeNo()))
                .or(() -> order);
        if (now.isEmpty() || !now.get().state().isOpen()) {
            return "redirect:" + address;
        }
        BillView view = BillView.of(bills.find(id).orElseThrow(), law(), clock.today(), List.of());
        if (!view.open()) {
            return "redirect:" + address;
        }
        reception.frame(model);
        model.addAttribute("bill", view);
        model.addAttribute("known", stand(bills.find(id).orElseThrow()));
        model.addAttribute("stateAt", address + "/state");
        model.addAttribute("doneAt", address);
        return "portal/confirming";
    }

    /** Whether the bill is settled; asked again and again by the page. */
    @GetMapping("/bills/{id}/state")
    ResponseEntity<Map<String, String>> state(
            @PathVariable long id, @RequestParam(defaultValue = "") String t, HttpServletRequest request) {
        Optional<Bill> found = bills.find(id);
        if (found.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        Access access = access(found.get(), t, request);
        if (access != Access.CONTACT && access != Access.TOKEN) {
            return ResponseEntity.notFound().build();
        }
        return ResponseEntity.ok(Map.of("state", stand(found.get())));
    }

    /** Changes whenever money moved that concerns the bill, also where an older bill took it; tells nothing else. */
    private String stand(Bill bill) {
        long paid = orders.of(bill.memberId()).stream()
                .filter(order ->
                        order.state() == OrderState.PAID && order.bills().contains(bill.id()))
                .count();
        return bill.state().code() + "-" + bill.owed().fen() + "-" + paid;
    }

    // ---- who may

    private enum Access {
        /** Speaks for the bill's member. */
        CONTACT,
        /** Holds the bill's signed address, outside WeChat. */
        TOKEN,
        /** Must be known first, and can be. */
        LOGIN,
        /** Is known, and has nothing to do with it. */
        STRANGER,
        /** Cannot be known here and holds no address. */
        NOBODY
    }

    private Access access(@Nullable Bill bill, String token, HttpServletRequest request) {
        Optional<String> openid = Person.of(request);
        if (openid.isPresent()) {
            boolean speaks = bill != null
                    && bindings.of(openid.get()).stream().anyMatch(bound -> bound.memberId() == bill.memberId());
            if (speaks) {
                return Access.CONTACT;
            }
            if (Person.insideWechat(request)) {
                return Access.STRANGER;
            }
        } else if (Person.insideWechat(request)) {
            return Access.LOGIN;
        }
        return bill != null && links.opens(bill.id(), token) ? Access.TOKEN : Access.NOBODY;
    }

    /** What the payer reads at the cashier. */
    private String described(Bill bill) {
        return law().nickname() + " " + bill.title();
    }

    private static String address(Bill bill, String t) {
        return "/m/" + Tenant.current() + "/bills/" + bill.id() + "?t=" + t;
    }

    private static ResponseEntity<?> problem(HttpStatus status, String detail) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, detail));
    }

    // ---- figures

    /**
     * An amount that may be paid.
     *
     * @param fen its value
     * @param text as shown
     * @param label what it covers
     * @param chosen shown as chosen
     */
    record Choice(long fen, String text, String label, boolean chosen) {}

    /** The amounts that the bylaws allow for a bill, if there is more than its own. */
    private List<Choice> choices(Bill bill) {
        List<Money> allowed = bills.mayPay(bill.memberId());
        if (allowed.size() < 2 || open(bill.memberId()).size() != 1) {
            return List.of();
        }
        List<Choice> choices = new ArrayList<>();
        for (Money money : allowed) {
            boolean own = money.equals(bill.owed());
            choices.add(new Choice(money.fen(), money.toString(), own ? bill.title() : "一次缴到本届期满", own));
        }
        return choices.stream().anyMatch(Choice::chosen) ? choices : List.of();
    }

    /** The older bill that takes the money first, if there is one. */
    private @Nullable String earlier(Bill bill) {
        return open(bill.memberId()).stream()
                .filter(other -> other.year() < bill.year() && other.kind() != BillKind.TOP_UP)
                .findFirst()
                .map(other -> "还有更早的" + other.title() + " " + other.owed() + " 尚未到账，这次付款会先抵那一笔。")
                .orElse(null);
    }

    private List<Payment> paymentsFor(Bill bill) {
        Map<Long, List<Long>> paidBy = bills.paidBy(bill.memberId());
        return till.of(bill.memberId()).stream()
                .filter(payment -> paidBy.getOrDefault(payment.id(), List.of()).contains(bill.id()))
                .toList();
    }

    private List<Bill> open(long member) {
        return bills.of(member).stream()
                .filter(bill -> bill.state() == BillState.OPEN && bill.owed().isPositive())
                .sorted(Comparator.comparing(Bill::year).thenComparing(Bill::id))
                .toList();
    }

    private static Money total(List<Bill> open) {
        return open.stream().map(Bill::owed).reduce(Money.ZERO, Money::plus);
    }

    private static String introduced(StaffMember teacher) {
        String phone = teacher.phone();
        return teacher.name() + (phone == null || phone.isBlank() ? "" : " " + Mask.phone(phone));
    }

    private static String mood(PayState state) {
        return switch (state) {
            case SETTLED -> "good";
            case UNMATCHED, REFUNDING -> "due";
            case REFUSED -> "bad";
            case REFUNDED, REVERSED -> "";
        };
    }

    private Rulebook law() {
        return laws.of(Tenant.current(), clock.today());
    }

    /**
     * The head of the home page.
     *
     * @param word standing in one word
     * @param mood its colour
     * @param line grade and start
     * @param sentence standing in a sentence
     * @param reasons what follows and why
     */
    record StandingView(String word, String mood, String line, String sentence, List<String> reasons) {

        private static final Set<String> STATES = Set.of("suspended", "ended");

        /** Findings that the sentence and the line about dues tell already. */
        private static final Set<String> TOLD = Set.of("owed", "overdue", "suspended", "ended");

        static StandingView of(
                Member member,
                Rulebook law,
                List<Bill> open,
                Optional<LocalDate> paidThrough,
                Explanation explanation,
                LocalDate today) {
            Standing standing = member.standing();
            String mood = standing == Standing.ACTIVE ? "good" : standing == Standing.APPLICANT ? "due" : "bad";
            LocalDate joined = member.joinedOn();
            String line = member.grade()
                    + (member.posts().isEmpty() ? "" : "、" + String.join("、", member.posts()))
                    + (joined == null ? "" : " · " + Days.dated(joined) + "入会");
            EndedAs how = member.endedAs();
            String ground = explanation.findings().stream()
                    .filter(finding -> STATES.contains(finding.code()))
                    .findFirst()
                    .map(finding -> law.cite(finding.clauses()))
                    .orElse("");
            String sentence = switch (standing) {
                case ACTIVE -> "资格正常。";
                case SUSPENDED -> "会员权利已暂停" + since(member.suspendedSince()) + ground + "。";
                case ENDED ->
                    "会籍已终止" + (how == null ? "" : "（" + how.word() + "）") + since(member.endedOn()) + ground + "。";
                case APPLICANT -> "入会申请正在办理。";
                case NONE -> "目前不是会员。";
            };
            List<String> reasons = new ArrayList<>();
            if (law.fees() == null) {
                reasons.add("不收会费" + law.cite(law.noFee()) + "。");
            } else if (!open.isEmpty()) {
                Bill first = open.get(0);
                LocalDate due = first.dueOn();
                reasons.add(first.title() + " " + first.owed() + " 尚未到账"
                        + (due == null ? "" : "，" + Days.said(due, today) + "到期，" + Days.left(due, today))
                        + law.cite(first.clauses()) + "。");
            } else {
                paidThrough.ifPresent(day -> reasons.add("会费已缴至" + Days.dated(day) + "。"));
            }
            // That a class teacher is missing is the association's own affair.
            Set<String> unsaid = law.watch().stream()
                    .filter(watch -> watch.when().teacherless())
                    .map(Watch::id)
                    .collect(Collectors.toSet());
            Set<String> met = new HashSet<>(unsaid);
            explanation.findings().stream()
                    .filter(finding -> !TOLD.contains(finding.code()) && !unsaid.contains(finding.code()))
                    .limit(3)
                    .forEach(finding -> reasons.add(finding.says() + law.cite(finding.clauses()) + "。"));
            explanation.ahead().stream()
                    .filter(step -> met.add(step.rule()))
                    .limit(2)
                    .forEach(step -> reasons.add(step.says() + law.cite(step.clauses()) + "。"));
            return new StandingView(standing.word(), mood, line, sentence, reasons);
        }

        private static String since(@Nullable LocalDate day) {
            return day == null ? "" : "，自" + Days.dated(day) + "起";
        }
    }
}
