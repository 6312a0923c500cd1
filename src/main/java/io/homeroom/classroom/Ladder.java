package io.homeroom.classroom;

import io.homeroom.desk.Card;
import io.homeroom.desk.LastWord;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tell;
import io.homeroom.dues.Bill;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Clauses;
import io.homeroom.ground.Days;
import io.homeroom.ground.Tenant;
import io.homeroom.ground.WorkCalendar;
import io.homeroom.liaison.Classes;
import io.homeroom.liaison.Contacted;
import io.homeroom.liaison.HeldReminders;
import io.homeroom.liaison.Promise;
import io.homeroom.liaison.Promises;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who hears of arrears when (WHJX-8-5a). So many working days before the rulebook reminds a member of what is overdue, its
 * class teacher gets a card and may handle it by hand; then the member hears, unless it promised a day or the teacher was
 * in touch; so many working days later the member whose reminder was held hears after all, and of those who were reminded
 * in vain the secretariat. The number is the rulebook's reading {@code teacher-first}; without it nobody is told before.
 *
 * <p>What the bylaws themselves ask for, such as a notice that begins a period, is no reminder and goes out on its day.
 */
@Component
class Ladder implements Duty {

    private static final String READING = "teacher-first";

    /** More members of one class on one morning are named in a single message. */
    private static final int CARDS = 8;

    private static final int NAMES = 10;
    private static final int FURTHEST = 60;

    private final Lawbook law;
    private final Calendars calendars;
    private final Bills bills;
    private final Roster roster;
    private final Classes classes;
    private final Promises promises;
    private final HeldReminders heldReminders;
    private final LastWord lastWord;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    Ladder(
            Lawbook law,
            Calendars calendars,
            Bills bills,
            Roster roster,
            Classes classes,
            Promises promises,
            HeldReminders heldReminders,
            LastWord lastWord,
            TransactionTemplate transaction,
            ApplicationEventPublisher events) {
        this.law = law;
        this.calendars = calendars;
        this.bills = bills;
        this.roster = roster;
        this.classes = classes;
        this.promises = promises;
        this.heldReminders = heldReminders;
        this.lastWord = lastWord;
        this.transaction = transaction;
        this.events = events;
    }

    /** A bill for which the rulebook reminds its member on a day. */
    private record Rung(Bill bill, LocalDate on, int days) {}

    @Override
    public String name() {
        return "teacher-first";
    }

    @Override
    public int order() {
        return 47; // after the night's reminders and broken promises
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        Rulebook book = law.of(after);
        Fees fees = book.fees();
        int patience = patience(book);
        if (fees == null || patience == 0) {
            return Optional.empty();
        }
        WorkCalendar calendar = calendars.current();
        return bills.openDueDays(after.minusDays(longest(fees) + FURTHEST)).stream()
                .flatMap(due -> overdueDays(fees).stream().map(due::plusDays))
                .flatMap(rung -> Stream.of(
                        before(rung, patience, calendar),
                        after(rung, patience, calendar),
                        after(rung, 2 * patience, calendar)))
                .filter(day -> day.isAfter(after))
                .min(LocalDate::compareTo);
    }

    /** So many days after the last day of a bill its member is reminded. */
    private static List<Integer> overdueDays(Fees fees) {
        return fees.reminders().stream().filter(one -> one > 0).toList();
    }

    private static int longest(Fees fees) {
        return fees.reminders().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static int patience(Rulebook book) {
        return book.setting(READING).map(Integer::parseInt).orElse(0);
    }

    /** By which clause the class teacher and the secretariat see to arrears; the duty to pay is cited to the member. */
    private static List<String> ground(Rulebook book) {
        return book.grounds(READING);
    }

    @Override
    public void run(LocalDate day) {
        Rulebook book = law.of(day);
        Fees fees = book.fees();
        int patience = patience(book);
        WorkCalendar calendar = calendars.current();
        if (fees == null || patience == 0 || calendar.isRest(day)) {
            return;
        }
        if (!calendar.knows(day.getYear())) {
            calendars.missing(day.getYear()); // its working days are weekdays only, which somebody must know
        }
        List<Integer> days = overdueDays(fees);
        List<String> cite = fees.reminderCite().isEmpty() ? fees.cite() : fees.reminderCite();
        List<Rung> ahead = new ArrayList<>();
        List<Rung> behind = new ArrayList<>();
        List<Rung> longBehind = new ArrayList<>();
        for (int off = 1; off <= FURTHEST; off++) {
            if (before(day.plusDays(off), patience, calendar).equals(day)) {
                ahead.addAll(rungs(day.plusDays(off), days));
            }
            if (after(day.minusDays(off), patience, calendar).equals(day)) {
                behind.addAll(rungs(day.minusDays(off), days));
            }
            if (after(day.minusDays(off), 2 * patience, calendar).equals(day)) {
                longBehind.addAll(rungs(day.minusDays(off), days));
            }
        }
        transaction.executeWithoutResult(status -> {
            tellTeachers(ahead, day, ground(book));
            goOn(behind, day, cite, ground(book), true);
            goOn(longBehind, day, cite, ground(book), false);
        });
    }

    /** So many working days before a day. */
    private static LocalDate before(LocalDate day, int count, WorkCalendar calendar) {
        LocalDate at = day;
        for (int left = count; left > 0; ) {
            at = at.minusDays(1);
            left -= calendar.isRest(at) ? 0 : 1;
        }
        return at;
    }

    private static LocalDate after(LocalDate day, int count, WorkCalendar calendar) {
        LocalDate at = day;
        for (int left = count; left > 0; ) {
            at = at.plusDays(1);
            left -= calendar.isRest(at) ? 0 : 1;
        }
        return at;
    }

    private List<Rung> rungs(LocalDate on, List<Integer> days) {
        List<Rung> rungs = new ArrayList<>();
        for (int one : days) {
            bills.openDue(on.minusDays(one)).forEach(bill -> rungs.add(new Rung(bill, on, one)));
        }
        return rungs;
    }

    private void tellTeachers(List<Rung> rungs, LocalDate day, List<String> cite) {
        List<Long> ids = rungs.stream().map(rung -> rung.bill().memberId()).toList();
        Map<Long, Member> members = roster.findAll(ids);
        Map<Long, Promise> promised = promises.open(ids);
        Map<Long, List<Rung>> byTeacher = new LinkedHashMap<>();
        for (Rung rung : rungs) {
            Member member = members.get(rung.bill().memberId());
            Promise word = promised.get(rung.bill().memberId());
            Long teacher = member == null ? null : member.teacherId();
            boolean waits = word != null && !word.payOn().isBefore(rung.on());
            if (member != null && member.belongs() && teacher != null && !waits) {
                byTeacher.computeIfAbsent(teacher, same -> new ArrayList<>()).add(rung);
            }
        }
        byTeacher.forEach((teacher, own) -> {
            own.stream().limit(CARDS).forEach(rung -> {
                Member member = Objects.requireNonNull(members.get(rung.bill().memberId()));
                Card card = card(member, rung, day, cite);
                events.publishEvent(Tell.of("teacher", member.id(), "arrears-first", card.asText())
                        .cites(cite)
                        .once(key(rung) + ":first")
                        .with(card.data()));
            });
            if (own.size() > CARDS) {
                List<Rung> rest = own.subList(CARDS, own.size());
                String names = rest.stream()
                        .limit(NAMES)
                        .map(rung -> Objects.requireNonNull(
                                        members.get(rung.bill().memberId()))
                                .name())
                        .collect(Collectors.joining("、"));
                events.publishEvent(Tell.of(
                                StaffMember.address(teacher),
                                null,
                                "arrears-first",
                                "另有" + rest.size() + "家的会费还没到账，"
                                        + Days.said(rest.get(0).on(), day) + "会收到提醒，此前可以先联系：" + names
                                        + (rest.size() > NAMES ? "等" : ""))
                        .cites(cite)
                        .once("teacher-first:" + teacher + ":" + day));
            }
        });
    }

    private static Card card(Member member, Rung rung, LocalDate day, List<String> cite) {
        String clauses = cite.stream().map(Clauses::label).distinct().collect(Collectors.joining("、"));
        LocalDate due = Objects.requireNonNull(rung.bill().dueOn());
        return Card.of(
                        member.name() + "会费未到账",
                        Days.said(rung.on(), day) + "会员会收到提醒。此前你可以先联系" + (clauses.isEmpty() ? "" : "〔" + clauses + "〕"))
                .row("欠费", rung.bill().owed() + " " + rung.bill().title())
                .row("到期", Days.said(due, day) + "，" + Days.left(due, day))
                .button("知道了", "remind:seen:" + member.id())
                .button("已联系", "contact:done:" + member.id())
                .button("本周内付款", "promise:week:" + member.id())
                .at("/t/" + Tenant.current() + "/members/" + member.id());
    }

    /** A member whose reminder was held hears it now; of one that was reminded in vain, the secretariat hears. */
    private void goOn(List<Rung> rungs, LocalDate day, List<String> cite, List<String> ground, boolean first) {
        List<Long> ids = rungs.stream().map(rung -> rung.bill().memberId()).toList();
        Map<Long, Member> members = roster.findAll(ids);
        Map<Long, Promise> promised = promises.open(ids);
        Map<Long, LastWord.Told> told = lastWord.to(ids, List.of("reminder"));
        Map<Long, Contacted> contacts = classes.lastContacts(ids);
        Set<HeldReminders.Held> held =
                heldReminders.of(rungs.stream().map(rung -> rung.bill().id()).toList());
        for (Rung rung : rungs) {
            long id = rung.bill().memberId();
            Member member = members.get(id);
            Promise word = promised.get(id);
            if (member == null
                    || !member.belongs()
                    || word != null && !word.payOn().isBefore(day)) {
                continue;
            }
            LastWord.Told last = told.get(id);
            boolean heard = last != null
                    && !last.at().atZone(BusinessClock.ZONE).toLocalDate().isBefore(rung.on());
            if (!heard
                    && first
                    && held.contains(new HeldReminders.Held(rung.bill().id(), rung.days()))) {
                remindAfterAll(rung, day, cite);
            } else if (last != null && heard) {
                Contacted contact = contacts.get(id);
                events.publishEvent(Tell.of(
                                "秘书处",
                                id,
                                "arrears-unmoved",
                                member.name() + rung.bill().title() + "提醒后仍未到账（"
                                        + Days.said(
                                                last.at()
                                                        .atZone(BusinessClock.ZONE)
                                                        .toLocalDate(),
                                                day) + "提醒，"
                                        + last.fate() + "），逾期" + rung.days() + "天以上；"
                                        + (contact == null ? "班主任没有联系记录" : "班主任最近一次联系：" + contact.note()))
                        .cites(ground)
                        .once(key(rung) + ":office"));
            }
        }
    }

    private void remindAfterAll(Rung rung, LocalDate day, List<String> cite) {
        LocalDate due = Objects.requireNonNull(rung.bill().dueOn());
        String clauses = cite.stream().map(Clauses::label).distinct().collect(Collectors.joining("、"));
        events.publishEvent(Tell.of(
                        "member",
                        rung.bill().memberId(),
                        "reminder",
                        "贵单位" + rung.bill().title() + " " + rung.bill().owed() + " 尚未到账，" + Days.said(due, day) + "到期"
                                + (clauses.isEmpty() ? "" : "〔" + clauses + "〕") + "。回复「缴费」办理；已经付了请忽略")
                .cites(cite)
                .once(key(rung) + ":late")
                .with(Map.of(
                        "amountFen", Long.toString(rung.bill().owed().fen()),
                        "dueOn", due.toString(),
                        "bill", Long.toString(rung.bill().id()))));
    }

    private static String key(Rung rung) {
        return "ladder:" + rung.bill().id() + ":" + rung.days();
    }
}
