package io.homeroom.classroom;

import io.homeroom.desk.LastWord;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.dues.Bill;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Money;
import io.homeroom.liaison.Classes;
import io.homeroom.liaison.Contacted;
import io.homeroom.liaison.Covers;
import io.homeroom.liaison.Promise;
import io.homeroom.liaison.Promises;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Finder;
import io.homeroom.member.Member;
import io.homeroom.member.Standing;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A class as its teacher sees it, together with the classes that the teacher stands in for today. The secretariat sees
 * every member by name and the numbers of every class.
 */
@Service
@Transactional(readOnly = true)
public class ClassDay {

    static final List<String> REMINDERS = List.of("reminder", "bill");

    private static final int SOON_DAYS = 30;

    private final Classes classes;
    private final Covers covers;
    private final Branches branches;
    private final Promises promises;
    private final Finder finder;
    private final Contacts contacts;
    private final Bills bills;
    private final Tasks tasks;
    private final Staff staff;
    private final LastWord lastWord;
    private final BusinessClock clock;

    ClassDay(
            Classes classes,
            Covers covers,
            Branches branches,
            Promises promises,
            Finder finder,
            Contacts contacts,
            Bills bills,
            Tasks tasks,
            Staff staff,
            LastWord lastWord,
            BusinessClock clock) {
        this.classes = classes;
        this.covers = covers;
        this.branches = branches;
        this.promises = promises;
        this.finder = finder;
        this.contacts = contacts;
        this.bills = bills;
        this.tasks = tasks;
        this.staff = staff;
        this.lastWord = lastWord;
        this.clock = clock;
    }

    /** Whether somebody sees members of every class. */
    public static boolean seesAll(StaffMember who) {
        return who.roles().contains(Role.ADMIN)
                || who.roles().contains(Role.SECRETARIAT)
                || who.roles().contains(Role.FINANCE);
    }

    /** The class teachers whose members somebody may look into; null for all. */
    public @Nullable List<Long> reach(StaffMember who) {
        return seesAll(who) ? null : covers.desksOf(who.id());
    }

    /** Whether somebody has a member in its classes, or sees every class. */
    public boolean sees(StaffMember who, Member member) {
        List<Long> reach = reach(who);
        Long teacher = member.teacherId();
        return reach == null || teacher != null && reach.contains(teacher);
    }

    /**
     * Whether somebody may look into a member, note contacts and promises, and remind it of what it owes: whoever sees it,
     * and the branches it is in (BACCA-26).
     */
    public boolean looksAfter(StaffMember who, Member member) {
        return sees(who, member) || branches.has(who, member);
    }

    /** Whether it is for somebody to remind a member of its fee: for whoever sees it, and for its first branch (BACCA-34). */
    public boolean chases(StaffMember who, Member member) {
        return sees(who, member) || branches.chases(who, member);
    }

    /** Whether somebody chases what members owe: class teachers their classes', branches their members'. */
    public boolean chases(StaffMember who) {
        return who.roles().contains(Role.TEACHER) || !branches.of(who).isEmpty();
    }

    /** Members that somebody may look into, found by a name as it is remembered; see {@link Finder#find}. */
    @Transactional
    public List<Member> find(StaffMember who, String typed, int limit) {
        return finder.find(typed, new Finder.Among(reach(who), branches.of(who)), limit);
    }

    /** The members somebody looks after today, its own first. */
    public List<Member> members(StaffMember who) {
        List<Member> members = new ArrayList<>();
        covers.desksOf(who.id()).forEach(desk -> members.addAll(classes.classOf(desk)));
        return members;
    }

    /** How the class stands. */
    public Overview overview(StaffMember who) {
        LocalDate today = clock.today();
        List<Long> desks = covers.desksOf(who.id());
        List<Member> members = members(who);
        List<Long> ids = members.stream().map(Member::id).toList();
        Map<Long, List<Bill>> owing = bills.ofAll(ids);
        Map<Long, List<Contact>> people = contacts.ofAll(ids);
        int soon = 0;
        int arrears = 0;
        int suspended = 0;
        int unbound = 0;
        for (Member member : members) {
            List<Bill> open = owing.getOrDefault(member.id(), List.of()).stream()
                    .filter(bill -> bill.state() == BillState.OPEN)
                    .toList();
            if (open.stream().anyMatch(bill -> bill.overdue(today))) {
                arrears++;
            } else if (open.stream().anyMatch(bill -> isSoon(bill, today))) {
                soon++;
            } else if (member.standing() == Standing.SUSPENDED) {
                suspended++;
            }
            unbound += isBound(people.get(member.id())) ? 0 : 1;
        }
        int due = desks.stream()
                .mapToInt(desk -> tasks.count(
                        TaskSearch.unfinished().to(StaffMember.address(desk)).dueThrough(today)))
                .sum();
        List<String> covering = desks.stream()
                .filter(desk -> desk != who.id())
                .map(staff::find)
                .flatMap(Optional::stream)
                .map(StaffMember::name)
                .toList();
        return new Overview(
                members.size(),
                members.size() - soon - arrears - suspended,
                soon,
                arrears,
                suspended,
                unbound,
                due,
                covering);
    }

    /** Who of the class, or of the branch somebody speaks for, owes something overdue, the longest first. */
    public List<Debt> debts(StaffMember who) {
        Map<Long, Member> members = new LinkedHashMap<>();
        members(who).forEach(member -> members.put(member.id(), member));
        branches.chased(who).forEach(member -> members.put(member.id(), member));
        return debts(List.copyOf(members.values()));
    }

    /** What these members owe overdue, the longest first; those that owe nothing are left out. */
    public List<Debt> debts(List<Member> members) {
        LocalDate today = clock.today();
        List<Long> ids = members.stream().map(Member::id).toList();
        Map<Long, List<Bill>> all = bills.ofAll(ids);
        List<Member> owing = members.stream()
                .filter(member ->
                        all.getOrDefault(member.id(), List.of()).stream().anyMatch(bill -> bill.overdue(today)))
                .toList();
        List<Long> owingIds = owing.stream().map(Member::id).toList();
        Map<Long, Contacted> said = classes.lastContacts(owingIds);
        Map<Long, LastWord.Told> told = lastWord.to(owingIds, REMINDERS);
        Map<Long, Promise> promised = promises.open(owingIds);
        Map<Long, List<Contact>> people = contacts.ofAll(owingIds);
        return owing.stream()
                .map(member -> {
                    List<Bill> late = all.getOrDefault(member.id(), List.of()).stream()
                            .filter(bill -> bill.overdue(today))
                            .sorted(Comparator.comparing(Bill::dueOn))
                            .toList();
                    LocalDate dueOn = Objects.requireNonNull(late.get(0).dueOn());
                    return new Debt(
                            member,
                            late.stream().map(Bill::owed).reduce(Money.ZERO, Money::plus),
                            late.get(0).title() + (late.size() > 1 ? "等" + late.size() + "笔" : ""),
                            dueOn,
                            ChronoUnit.DAYS.between(dueOn, today),
                            late.stream()
                                    .flatMap(bill -> bill.clauses().stream())
                                    .distinct()
                                    .toList(),
                            said.get(member.id()),
                            told.get(member.id()),
                            promised.get(member.id()),
                            isBound(people.get(member.id())));
                })
                .sorted(Comparator.comparing(Debt::dueOn)
                        .thenComparing(debt -> debt.member().id()))
                .toList();
    }

    private static boolean isSoon(Bill bill, LocalDate today) {
        LocalDate due = bill.dueOn();
        return due != null && !due.isAfter(today.plusDays(SOON_DAYS));
    }

    private static boolean isBound(@Nullable List<Contact> people) {
        return people != null && Contacts.isReachable(people);
    }
}
