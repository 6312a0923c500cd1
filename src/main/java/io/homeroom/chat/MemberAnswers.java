package io.homeroom.chat;

import io.homeroom.casework.CaseWords;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.dues.Bill;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Days;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Classes;
import io.homeroom.member.EndedAs;
import io.homeroom.member.Member;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.BankAccounts;
import io.homeroom.till.BankAccounts.BankAccount;
import io.homeroom.till.PayLinks;
import io.homeroom.till.PayState;
import io.homeroom.till.Payment;
import io.homeroom.till.Till;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What one member's own contact is told: standing, reasons, bills, payments, class teacher. */
@Component
class MemberAnswers {

    /** Reasons that the first line tells already. */
    private static final Set<String> STATES = Set.of("suspended", "ended");

    /** A clause in the running text of a bill's reason. */
    private static final Pattern BRACKETED = Pattern.compile("（依据((?:[^（）]|（[^（）]*）)+)）");

    /** Days within which somebody in good standing is told what would follow. */
    private static final int SOON = 60;

    private final Bills bills;
    private final Till till;
    private final Classes classes;
    private final Tasks tasks;
    private final Lawbook laws;
    private final Reasons reasons;
    private final PayLinks links;
    private final BankAccounts accounts;
    private final BusinessClock clock;

    MemberAnswers(
            Bills bills,
            Till till,
            Classes classes,
            Tasks tasks,
            Lawbook laws,
            Reasons reasons,
            PayLinks links,
            BankAccounts accounts,
            BusinessClock clock) {
        this.bills = bills;
        this.till = till;
        this.classes = classes;
        this.tasks = tasks;
        this.laws = laws;
        this.reasons = reasons;
        this.links = links;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Whether an intent is about one member. */
    static boolean answers(Intent intent) {
        return switch (intent) {
            case STANDING,
                    WHY,
                    BILLS,
                    PAY,
                    TRANSFER,
                    PAYMENTS,
                    RECEIPT,
                    REFUND,
                    TEACHER,
                    RIGHTS,
                    BRANCH,
                    CHANGE,
                    BALLOT,
                    EXCUSE,
                    UNCHANGED -> true;
            default -> false;
        };
    }

    /** Answers a question about a member, to somebody who speaks for it. */
    Reply answer(Intent intent, Member member) {
        Rulebook law = laws.of(Tenant.current(), clock.today());
        return switch (intent) {
            case STANDING -> standing(member, law);
            case WHY -> why(member, law);
            case BILLS -> law.fees() == null ? LawAnswers.noFee(law) : bills(member, law);
            case PAY -> law.fees() == null ? LawAnswers.noFee(law) : pay(member, law);
            case TRANSFER -> law.fees() == null ? LawAnswers.noFee(law) : transfer(member, law);
            case PAYMENTS -> payments(member, law);
            case RECEIPT -> law.fees() == null ? LawAnswers.noFee(law) : receipt(member, law);
            case TEACHER -> teacher(member, law);
            case CHANGE -> change(law);
            default -> throw new IllegalArgumentException(intent + " is not about a member");
        };
    }

    private Reply standing(Member member, Rulebook law) {
        LocalDate today = clock.today();
        Reasons.Explained explained = reasons.of(member);
        List<Bill> all = explained.bills();
        List<Bill> open = open(all);
        Screen screen = new Screen();
        screen.line(stands(member, law, explained));
        screen.line(asked(member, explained.requests()));
        screen.line(dues(member, law, all, today));
        explained.now().stream()
                .filter(reason -> !STATES.contains(reason.code()))
                .limit(2)
                .forEach(reason -> screen.claim(reason.says(), law.cite(reason.clauses())));
        boolean settled = member.standing() == Standing.ACTIVE
                && explained.now().isEmpty()
                && open.stream()
                        .noneMatch(bill -> bill.dueOn() != null && bill.dueOn().isBefore(today));
        explained.ahead().stream()
                .filter(reason -> !settled || soon(reason, today))
                .limit(Math.max(0, screen.room() - 1))
                .limit(2)
                .forEach(reason -> screen.claim(reason.says(), law.cite(reason.clauses())));
        Optional<StaffMember> teacher = classes.teacherOf(member);
        screen.line(teacher.map(MemberAnswers::introduced).orElse(null));
        if (!explained.requests().isEmpty() || member.standing() == Standing.APPLICANT) {
            screen.suggest("进度", "看办到哪一步");
        }
        if (!open.isEmpty()) {
            screen.suggest("缴费", "立即办理");
        }
        screen.suggest("为什么", "看依据");
        screen.suggest("班主任", teacher.map(t -> "联系" + polite(t)).orElse("联系协会"));
        return (law.fees() == null ? screen.suggest("帮助", "看能办什么") : screen.suggest("账单", "看账单")).reply();
    }

    /** What it has asked for and waits for; that an applicant applies was said. */
    private static @Nullable String asked(Member member, Set<String> requests) {
        List<String> words = requests.stream()
                .filter(type -> member.standing() != Standing.APPLICANT || !type.equals("admission"))
                .map(CaseWords::type)
                .sorted()
                .toList();
        return words.isEmpty() ? null : String.join("、", words) + "正在办理，还没有结果。";
    }

    /** Whoever owes nothing overdue need not be told here of what is months away; 「为什么」 tells it. */
    private static boolean soon(Reasons.Reason reason, LocalDate today) {
        LocalDate on = reason.on();
        return on == null || !on.isAfter(today.plusDays(SOON));
    }

    private static String stands(Member member, Rulebook law, Reasons.Explained explained) {
        String who = member.name() + "（" + titles(member) + "）";
        String ground = explained.now().stream()
                .filter(reason -> STATES.contains(reason.code()))
                .findFirst()
                .map(reason -> law.cite(reason.clauses()))
                .orElse("");
        LocalDate suspended = member.suspendedSince();
        LocalDate ended = member.endedOn();
        return switch (member.standing()) {
            case ACTIVE -> who + "资格正常。";
            case SUSPENDED ->
                who + "会员权利已暂停" + (suspended == null ? "" : "，自" + Days.dated(suspended) + "起") + ground + "。";
            case ENDED ->
                who + "会籍已终止"
                        + (member.endedAs() == null
                                ? ""
                                : "（" + member.endedAs().word() + "）")
                        + (ended == null ? "" : "，" + Days.dated(ended)) + ground + "。";
            case APPLICANT -> who + "入会申请正在办理，还不是会员。";
            case NONE -> who + "目前不是会员。";
        };
    }

    private static String titles(Member member) {
        return member.posts().isEmpty() ? member.grade() : member.grade() + "、" + String.join("、", member.posts());
    }

    private @Nullable String dues(Member member, Rulebook law, List<Bill> all, LocalDate today) {
        if (law.fees() == null) {
            return Screen.claimed("不收会费，没有要缴的", law.cite(law.noFee()));
        }
        List<Bill> open = open(all);
        if (open.isEmpty()) {
            Money owed = bills.owed(member.id());
            String credit = owed.fen() < 0 ? "，另有余款 " + new Money(-owed.fen()) : "";
            return bills.paidThrough(member.id(), all)
                    .map(through -> "会费已缴至" + Days.dated(through) + credit + "。")
                    .orElse(member.belongs() ? "目前没有待缴的会费" + credit + "。" : null);
        }
        Bill first = open.get(0);
        String line = first.title() + " " + first.owed() + " 尚未到账" + until(first, today);
        if (open.size() > 1) {
            return line + "；共" + open.size() + "笔待缴，合计 " + total(open) + law.cite(first.clauses()) + "。";
        }
        return line + law.cite(first.clauses()) + "。";
    }

    private static String until(Bill bill, LocalDate today) {
        LocalDate due = bill.dueOn();
        return due == null ? "" : "，" + Days.said(due, today) + "到期，" + Days.left(due, today);
    }

    private Reply why(Member member, Rulebook law) {
        LocalDate today = clock.today();
        Reasons.Explained explained = reasons.of(member);
        List<Bill> all = explained.bills();
        List<Bill> open = open(all);
        Screen screen = new Screen();
        if (member.standing() == Standing.APPLICANT) {
            return Screen.of(member.name() + "的入会申请正在办理，还不是会员；现在办到哪一步、依据哪一条，看进度。")
                    .line(open.isEmpty() ? null : dues(member, law, all, today))
                    .suggest("进度", "看办到哪一步")
                    .suggest("人工", helper(member))
                    .reply();
        }
        if (explained.now().isEmpty() && explained.ahead().isEmpty() && open.isEmpty()) {
            screen.claim(member.name() + (member.belongs() ? "没有触发任何不利的条款" : "目前没有可说明的事项"), "");
            screen.line(dues(member, law, all, today));
            return screen.suggest("状态", "看现在的情况").suggest("人工", helper(member)).reply();
        }
        explained.now().stream()
                .limit(3)
                .forEach(reason -> screen.claim("依据：" + reason.says(), law.cite(reason.clauses())));
        if (!open.isEmpty()) {
            Bill first = open.get(0);
            screen.line(first.title() + " " + first.amount() + "：" + because(first, law));
            screen.line("你单位：" + first.title() + until(first, today) + "，" + first.owed() + " 尚未到账。");
        }
        explained.ahead().stream()
                .limit(Math.max(0, screen.room() - (explained.caveat().isEmpty() ? 1 : 2)))
                .forEach(reason -> screen.claim(reason.says(), law.cite(reason.clauses())));
        if (!explained.ahead().isEmpty() && !explained.caveat().isEmpty()) {
            screen.line(explained.caveat() + "。");
        }
        if (!open.isEmpty()) {
            screen.line(member.belongs() ? "任何一天缴清，因欠费而起的程序即停止。" : null);
            screen.suggest("缴费", "立即办理");
        }
        if (mayAppeal(member, law)) {
            screen.suggest("申诉", "有不同意见");
        }
        return screen.suggest("人工", helper(member)).suggest("状态", "看现在的情况").reply();
    }

    /** Who answers a member: its class teacher, which only those have that belong. */
    private static String helper(Member member) {
        return member.belongs() ? "问班主任" : "问秘书处";
    }

    /** An appeal is against how a membership ended; before that there is nothing to appeal against. */
    private static boolean mayAppeal(Member member, Rulebook law) {
        Track appeal = law.cases().get("appeal");
        EndedAs ended = member.endedAs();
        return appeal != null && ended != null && appeal.onlyAfter().contains(ended.code());
    }

    /** How a bill came about; its text brings the clause along, else it is added. */
    private static String because(Bill bill, Rulebook law) {
        String why = BRACKETED.matcher(bill.why()).replaceAll("〔$1〕");
        return Screen.claimed(why, why.contains("〔") ? "" : law.cite(bill.clauses()));
    }

    private Reply bills(Member member, Rulebook law) {
        LocalDate today = clock.today();
        List<Bill> all = bills.of(member.id());
        List<Bill> open = open(all);
        Screen screen = new Screen();
        if (open.isEmpty()) {
            screen.line(member.name() + "目前没有待缴的会费。");
            screen.line(dues(member, law, all, today));
            screen.line("全部账单：" + links.page("bills"));
            return screen.suggest("缴费记录", "看缴过的")
                    .suggest("票据", "问票据")
                    .suggest("状态", "看现在的情况")
                    .reply();
        }
        screen.line(member.name() + "待缴 " + total(open) + (open.size() > 1 ? "，共" + open.size() + "笔：" : "："));
        for (Bill bill : open.subList(0, Math.min(3, open.size()))) {
            screen.line(bill.title() + " " + bill.owed() + until(bill, today) + law.cite(bill.clauses()) + "。");
        }
        screen.line("金额由来：" + because(open.get(0), law));
        screen.line("查看与缴费：" + links.bill(open.get(0).id()));
        return screen.suggest("缴费", "立即办理")
                .suggest("为什么", "看依据")
                .suggest("缴费记录", "看缴过的")
                .reply();
    }

    private Reply pay(Member member, Rulebook law) {
        List<Bill> open = open(member.id());
        if (open.isEmpty()) {
            return Screen.of(member.name() + "目前没有待缴的会费，不用缴。")
                    .line(dues(member, law, bills.of(member.id()), clock.today()))
                    .line("全部账单：" + links.page("bills"))
                    .suggest("缴费记录", "看缴过的")
                    .suggest("票据", "问票据")
                    .reply();
        }
        Screen screen = new Screen();
        for (Bill bill : open.subList(0, Math.min(3, open.size()))) {
            screen.line(bill.title() + " " + bill.owed() + "，微信支付：" + links.bill(bill.id()));
        }
        accounts.current().ifPresent(account -> screen.line(remit(account, member, law)));
        return screen.line("付款后几秒内会有到账提醒，票据由财务开具后发给你。")
                .suggest("为什么", "看依据")
                .suggest("缴费记录", "查是否到账")
                .suggest("班主任", "有疑问找班主任")
                .reply();
    }

    private static String remit(BankAccount account, Member member, Rulebook law) {
        return "对公转账：" + account.name() + "，" + account.bank() + "，账号 " + account.number() + "，附言请写「"
                + memo(member, law) + "」" + memoCite(law) + "。";
    }

    private static String memo(Member member, Rulebook law) {
        String word = law.fees() == null || law.fees().memo() == null
                ? "会费"
                : law.fees().memo().word();
        return word + " " + member.name();
    }

    private static String memoCite(Rulebook law) {
        return law.fees() == null || law.fees().memo() == null
                ? ""
                : law.cite(law.fees().memo().cite());
    }

    private Reply transfer(Member member, Rulebook law) {
        Optional<BankAccount> account = accounts.current();
        if (account.isEmpty()) {
            return Screen.of("协会没有在这里公布收款账户，请以班主任或秘书处书面提供的为准。", "也可以直接用微信支付。")
                    .suggest("缴费", "微信支付")
                    .suggest("人工", "索取账户")
                    .reply();
        }
        List<Bill> open = open(member.id());
        return Screen.of(
                        "户名：" + account.get().name(),
                        "账号：" + account.get().number(),
                        "开户行：" + account.get().bank(),
                        open.isEmpty() ? "目前没有待缴的会费。" : "金额：" + total(open),
                        "附言：" + memo(member, law) + memoCite(law))
                .line("附言请照写，款到后由财务登记，公众号会通知你。")
                .suggest(open.isEmpty() ? "账单" : "缴费", open.isEmpty() ? "看账单" : "改用微信支付")
                .suggest("缴费记录", "查是否到账")
                .reply();
    }

    private Reply payments(Member member, Rulebook law) {
        List<Payment> latest = till.of(member.id()).stream()
                .sorted(Comparator.comparing(Payment::receivedAt).reversed())
                .toList();
        Screen screen = new Screen();
        if (latest.isEmpty()) {
            if (law.fees() == null) {
                return LawAnswers.noFee(law);
            }
            screen.line(member.name() + "在这里还没有缴费记录。");
            screen.line(dues(member, law, bills.of(member.id()), clock.today()));
        } else {
            screen.line(member.name() + "最近的缴费：");
            latest.stream()
                    .limit(4)
                    .forEach(payment -> screen.line(Days.dated(payment.receivedOn()) + " " + payment.amount() + " "
                            + payment.method().word() + " "
                            + payment.state().word()));
            screen.line("全部记录：" + links.page("payments"));
        }
        if (!open(member.id()).isEmpty()) {
            screen.suggest("缴费", "缴待缴的会费");
        }
        return screen.suggest("票据", "问票据").suggest("账单", "看账单").reply();
    }

    private Reply receipt(Member member, Rulebook law) {
        String by = law.fees() == null || law.fees().receipt() == null
                ? "票据由财务开具。"
                : Screen.claimed(
                        "票据由" + law.fees().receipt().to() + "办理",
                        law.cite(law.fees().receipt().cite()));
        Optional<Payment> last = till.of(member.id()).stream()
                .filter(payment -> payment.state() == PayState.SETTLED)
                .max(Comparator.comparing(Payment::receivedAt));
        Screen screen = new Screen();
        if (last.isEmpty()) {
            screen.line("还没有到账的缴费，款到后才能开票据。").line(by);
            if (!open(member.id()).isEmpty()) {
                screen.suggest("缴费", "立即办理");
            }
            return screen.suggest("账单", "看账单").suggest("人工", helper(member)).reply();
        }
        boolean waiting = tasks.open(member.id()).stream().map(Task::what).anyMatch("receipt"::equals);
        screen.line(Days.dated(last.get().receivedOn()) + "到账的 " + last.get().amount()
                + (waiting ? "，票据正在办理。" : "，没有待办的票据；没收到请告诉我们。"));
        return screen.line(by).suggest("人工", "说明抬头或地址").suggest("缴费记录", "看缴过的").reply();
    }

    private Reply teacher(Member member, Rulebook law) {
        String cite = law.teacher() == null ? "" : law.cite(law.teacher().cite());
        Optional<StaffMember> teacher = classes.teacherOf(member);
        if (teacher.isEmpty()) {
            String none = switch (member.standing()) {
                case ACTIVE, SUSPENDED -> "还没有班主任，秘书处会安排。";
                case APPLICANT -> "还不是会员，入会以后秘书处会安排班主任。";
                case ENDED, NONE -> "已经不是会员，不再有班主任。";
            };
            return Screen.of(member.name() + none, "有事可以直接留言，秘书处会看到。")
                    .suggest("人工", "转秘书处")
                    .suggest("联系方式", "联系协会")
                    .reply();
        }
        return Screen.of(
                        Screen.claimed(introduced(teacher.get()), cite),
                        "回复「人工」，" + polite(teacher.get()) + "会看到我们的对话，并与你联系。")
                .suggest("人工", "请" + polite(teacher.get()) + "联系我")
                .suggest("状态", "看现在的情况")
                .reply();
    }

    private Reply change(Rulebook law) {
        Rulebook.Change rule = law.change("liaison");
        Track track = law.cases().get("change");
        if (rule == null && track == null) {
            return Screen.of("联络员、代表、名称、地址、电话有变化，请告诉班主任，核对后更新。")
                    .suggest("人工", "说明要改什么")
                    .suggest("班主任", "联系班主任")
                    .reply();
        }
        List<String> cites = rule != null ? rule.cite() : track != null ? track.cite() : List.of();
        return Screen.of(
                        Screen.claimed("联络员或单位资料变化，要及时告知协会", law.cite(cites)),
                        "直接说就行，例如「变更联系人 韩梅 13612340009 6月1日起」，会替你填好草稿。",
                        "也可以在页面上填：" + links.page("change"))
                .suggest("资料无变化", "核对过，都没变")
                .suggest("人工", "说明要改什么")
                .suggest("解绑", "不再由我联络")
                .reply();
    }

    /** 班主任：周敏 136****2001. */
    static String introduced(StaffMember teacher) {
        String phone = teacher.phone();
        return "班主任：" + teacher.name() + (phone == null || phone.isBlank() ? "" : " " + Mask.phone(phone));
    }

    /** 周老师. */
    static String polite(StaffMember teacher) {
        return teacher.name().substring(0, 1) + "老师";
    }

    private List<Bill> open(long member) {
        return open(bills.of(member));
    }

    private static List<Bill> open(List<Bill> all) {
        return all.stream()
                .filter(bill -> bill.state() == BillState.OPEN && bill.owed().isPositive())
                .sorted(Comparator.comparing(Bill::year)
                        .thenComparing(Bill::kind)
                        .thenComparing(Bill::id))
                .toList();
    }

    private static Money total(List<Bill> open) {
        return open.stream().map(Bill::owed).reduce(Money.ZERO, Money::plus);
    }
}
