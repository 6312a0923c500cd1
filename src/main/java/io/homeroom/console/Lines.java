package io.homeroom.console;

import io.homeroom.casework.CaseView;
import io.homeroom.casework.CaseWords;
import io.homeroom.casework.Handouts;
import io.homeroom.desk.AuditLine;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.dues.Bill;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Money;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.notice.Notice;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Method;
import io.homeroom.till.PayState;
import io.homeroom.till.Payment;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Things as lines of a table. Names of members and staff are fetched for a whole page at once. */
@Component
class Lines {

    /** A link as WeCom shows it in a message: here it is only in the way. */
    private static final Pattern LINK = Pattern.compile(" ?<a href=\"[^\"]*\">[^<]*</a>");

    record TaskLine(
            String due,
            String dueSort,
            String tone,
            @Nullable String left,
            String href,
            String what,
            String cites,
            String text,
            @Nullable String member,
            @Nullable String memberHref,
            String to,
            @Nullable String amount,
            @Nullable String closed,
            String doneHref,
            boolean takesFile,
            String back) {}

    record CaseLine(
            String due,
            String dueSort,
            String tone,
            @Nullable String left,
            String href,
            String type,
            String cites,
            @Nullable String text,
            @Nullable String member,
            @Nullable String memberHref,
            String at,
            Words.Chip outcome,
            String opened) {}

    record MemberLine(
            String href,
            String name,
            @Nullable String sub,
            Words.Chip standing,
            String grade,
            String joined,
            String joinedSort,
            String owed,
            long owedFen,
            String owedTone,
            String paidThrough,
            String teacher) {}

    record BillLine(
            String member,
            String memberHref,
            String title,
            String cites,
            @Nullable String why,
            String amount,
            long fen,
            String owed,
            long owedFen,
            String due,
            String tone,
            Words.Chip state,
            @Nullable String adjustHref) {}

    record PaymentLine(
            String at,
            @Nullable String member,
            String memberHref,
            String method,
            String amount,
            long fen,
            String memo,
            Words.Chip state,
            @Nullable String matchHref,
            @Nullable String reverseHref) {}

    record NoticeLine(
            String at,
            long sort,
            String to,
            @Nullable String member,
            @Nullable String memberHref,
            String text,
            String cites,
            String channel,
            Words.Chip state) {}

    record AuditRow(
            String at,
            long sort,
            String by,
            String act,
            @Nullable String member,
            @Nullable String memberHref,
            String detail,
            String cites) {}

    private final Roster roster;
    private final Staff staff;
    private final Bills bills;
    private final Handouts handouts;
    private final BusinessClock clock;

    Lines(Roster roster, Staff staff, Bills bills, Handouts handouts, BusinessClock clock) {
        this.roster = roster;
        this.staff = staff;
        this.bills = bills;
        this.handouts = handouts;
        this.clock = clock;
    }

    List<TaskLine> tasks(Visitor visitor, List<Task> tasks, String back) {
        Map<Long, Member> members = members(tasks, Task::memberId);
        Map<String, String> people = people();
        LocalDate today = clock.today();
        return tasks.stream()
                .map(task -> {
                    Member member = task.memberId() == null ? null : members.get(task.memberId());
                    boolean open = task.state() == Task.State.OPEN;
                    LocalDate due = task.due();
                    String what = Words.task(task.what());
                    return new TaskLine(
                            due == null ? "不限期" : Words.day(due, today),
                            due == null ? "9999" : due.toString(),
                            open ? Words.urgency(due, today) : "",
                            due == null || !open ? null : Words.left(due, today),
                            member == null ? visitor.at("desk") : visitor.at("members/" + member.id()),
                            task.where() == null ? what : what + "（" + task.where() + "）",
                            Words.cites(task.clauses()),
                            task.text(),
                            member == null ? null : member.name(),
                            member == null ? null : visitor.at("members/" + member.id()),
                            people.getOrDefault(task.to(), Words.addressee(task.to())),
                            task.amount() == null ? null : task.amount().toString(),
                            switch (task.state()) {
                                case OPEN -> null;
                                case DONE -> "已办";
                                case CANCELLED -> "已撤销";
                            },
                            visitor.at("tasks/" + task.id() + "/done"),
                            handouts.takes(task),
                            back);
                })
                .toList();
    }

    List<CaseLine> cases(Visitor visitor, List<CaseView> matters) {
        Map<Long, Member> members = members(matters, CaseView::memberId);
        LocalDate today = clock.today();
        return matters.stream()
                .map(matter -> {
                    Member member = matter.memberId() == null ? null : members.get(matter.memberId());
                    boolean open = "open".equals(matter.outcome());
                    LocalDate due = open ? matter.due() : null;
                    return new CaseLine(
                            due == null ? "—" : Words.day(due, today),
                            due == null ? "9999" : due.toString(),
                            Words.urgency(due, today),
                            due == null ? null : Words.left(due, today),
                            visitor.at("cases/" + matter.id()),
                            CaseWords.type(matter.type()),
                            Words.cites(matter.clauses()),
                            matter.missing().isEmpty() ? null : "还缺：" + String.join("、", matter.missing()),
                            member == null ? matter.subject() : member.name(),
                            member == null ? visitor.at("cases/" + matter.id()) : visitor.at("members/" + member.id()),
                            open && matter.at() != null ? Words.addressee(matter.at()) : "—",
                            Words.outcome(matter.outcome()),
                            Words.dayOrDash(matter.openedOn()));
                })
                .toList();
    }

    List<MemberLine> roster(Visitor visitor, List<Member> members) {
        List<Long> ids = members.stream().map(Member::id).toList();
        Map<Long, List<Bill>> owing = bills.ofAll(ids);
        Map<Long, Money> owed = bills.owedAll(ids);
        Map<String, String> people = people();
        LocalDate today = clock.today();
        return members.stream()
                .map(member -> {
                    List<Bill> own = owing.getOrDefault(member.id(), List.of());
                    Money due = owed.getOrDefault(member.id(), Money.ZERO);
                    boolean late = own.stream().anyMatch(bill -> bill.overdue(today));
                    String posts = String.join("、", member.posts());
                    return new MemberLine(
                            visitor.at("members/" + member.id()),
                            member.name(),
                            posts.isEmpty() ? null : posts,
                            Words.chip(member.standing()),
                            member.grade(),
                            Words.dayOrDash(member.joinedOn()),
                            String.valueOf(member.joinedOn()),
                            due.isPositive() ? due.toString() : due.isZero() ? "—" : "预存 " + new Money(-due.fen()),
                            due.fen(),
                            late ? "late" : "",
                            bills.paidThrough(member.id())
                                    .map(day -> day.getYear() + "年")
                                    .orElse("—"),
                            member.teacherId() == null
                                    ? "—"
                                    : people.getOrDefault(StaffMember.address(member.teacherId()), "—"));
                })
                .toList();
    }

    List<BillLine> bills(Visitor visitor, List<Bill> some) {
        Map<Long, Member> members = members(some, Bill::memberId);
        LocalDate today = clock.today();
        return some.stream()
                .map(bill -> {
                    Member member = members.get(bill.memberId());
                    return new BillLine(
                            member == null ? "" : member.name(),
                            visitor.at("members/" + bill.memberId()),
                            Words.bill(bill),
                            Words.cites(bill.clauses()),
                            bill.why().isBlank() ? null : bill.why(),
                            bill.amount().toString(),
                            bill.amount().fen(),
                            bill.owed().isZero() ? "—" : bill.owed().toString(),
                            bill.owed().fen(),
                            bill.dueOn() == null ? "不限期" : bill.dueOn().toString(),
                            bill.owed().isPositive() ? Words.urgency(bill.dueOn(), today) : "",
                            Words.chip(bill, today),
                            AdjustPages.mayAdjust(visitor)
                                    ? visitor.at("members/" + bill.memberId() + "/adjust")
                                    : null);
                })
                .toList();
    }

    List<PaymentLine> payments(Visitor visitor, List<Payment> some) {
        Map<Long, Member> members = members(some, Payment::memberId);
        LocalDate today = clock.today();
        return some.stream()
                .map(payment -> {
                    Member member = members.get(payment.memberId());
                    List<String> notes = new ArrayList<>();
                    if (payment.externalId() != null) {
                        notes.add(payment.externalId());
                    }
                    if (!payment.memo().isBlank()) {
                        notes.add(payment.memo());
                    }
                    return new PaymentLine(
                            Words.moment(payment.receivedAt(), today),
                            member == null ? null : member.name(),
                            visitor.at("members/" + payment.memberId()),
                            Words.method(payment.method()),
                            payment.amount().toString(),
                            payment.amount().fen(),
                            String.join(" · ", notes),
                            Words.chip(payment.state()),
                            payment.state() == PayState.UNMATCHED && visitor.mayTakeMoney()
                                    ? visitor.at("payments/" + payment.id() + "/matched")
                                    : null,
                            reversible(visitor, payment) ? visitor.at("payments/" + payment.id() + "/reversed") : null);
                })
                .toList();
    }

    /** WeChat's money does not bounce; what staff recorded may turn out never to have come. */
    private static boolean reversible(Visitor visitor, Payment payment) {
        return visitor.is(Role.ADMIN, Role.FINANCE)
                && payment.method() != Method.WECHAT
                && (payment.state() == PayState.SETTLED || payment.state() == PayState.UNMATCHED);
    }

    List<NoticeLine> notices(Visitor visitor, List<Notice> some) {
        Map<Long, Member> members = members(some, Notice::memberId);
        Map<String, String> people = people();
        LocalDate today = clock.today();
        return some.stream()
                .map(notice -> {
                    Member member = notice.memberId() == null ? null : members.get(notice.memberId());
                    return new NoticeLine(
                            Words.moment(notice.createdAt(), today),
                            notice.createdAt().toEpochMilli(),
                            people.getOrDefault(notice.to(), Words.addressee(notice.to())),
                            member == null ? null : member.name(),
                            member == null ? null : visitor.at("members/" + member.id()),
                            LINK.matcher(notice.text()).replaceAll(""),
                            Words.cites(notice.clauses()),
                            Words.channel(notice.channel()),
                            Words.chip(notice.state()));
                })
                .toList();
    }

    List<AuditRow> audit(Visitor visitor, List<AuditLine> some) {
        Map<Long, Member> members = members(some, AuditLine::memberId);
        Map<String, String> names = new HashMap<>();
        staff.all().forEach(one -> names.put(one.username(), one.name()));
        Map<String, String> people = people();
        LocalDate today = clock.today();
        return some.stream()
                .map(line -> {
                    Member member = line.memberId() == null ? null : members.get(line.memberId());
                    return new AuditRow(
                            Words.moment(line.at(), today),
                            line.at().toEpochMilli(),
                            who(line.by(), names),
                            Acts.word(line.act()),
                            member == null ? null : member.name(),
                            member == null ? null : visitor.at("members/" + member.id()),
                            people.getOrDefault(line.detail(), line.detail()),
                            Words.cites(line.clauses()));
                })
                .toList();
    }

    /** Who did something: a name where there is one. */
    static String who(String by, Map<String, String> names) {
        if (by.equals("system")) {
            return "系统";
        }
        if (by.startsWith("member:")) {
            return "会员本人";
        }
        return switch (by) {
            case "wechat" -> "微信";
            case "roster" -> "随名册登记";
            case "import" -> "导入";
            case "demo" -> "示例数据";
            default -> names.getOrDefault(by, Words.addressee(by));
        };
    }

    /** Names by address, {@code staff:ID}. */
    Map<String, String> people() {
        Map<String, String> names = new HashMap<>();
        staff.all().forEach(one -> names.put(one.address(), one.name()));
        return names;
    }

    private <T> Map<Long, Member> members(Collection<T> things, Function<T, @Nullable Long> member) {
        Set<Long> ids = new HashSet<>();
        for (T thing : things) {
            Long id = member.apply(thing);
            if (id != null) {
                ids.add(id);
            }
        }
        return ids.isEmpty() ? Map.of() : roster.findAll(ids);
    }
}
