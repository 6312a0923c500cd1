package io.homeroom.demo;

import io.homeroom.desk.NewStaff;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.governance.Activities;
import io.homeroom.governance.Bodies;
import io.homeroom.governance.BodyState;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.GroupKeeper;
import io.homeroom.liaison.Robots;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.EndedAs;
import io.homeroom.member.Invitation;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.sandbox.phone.Colleague;
import io.homeroom.sandbox.phone.Colleagues;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.phone.Phones;
import io.homeroom.sandbox.wall.Wall;
import io.homeroom.sandbox.wall.Walls;
import io.homeroom.sandbox.wecom.Customers;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Method;
import io.homeroom.till.Till;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Peoples the sandbox at its first start, from a seed: about two hundred members of five associations, their contacts,
 * class teachers and payment histories, and some in every interesting state. At later starts only the phones are handed
 * out again, since WeChat's side of the sandbox remembers nothing.
 */
@Component
@Profile("sandbox")
class DemoRoster {

    private static final Logger LOG = LoggerFactory.getLogger(DemoRoster.class);
    private static final long SEED = 20_260_105L;
    private static final String BY = "demo";
    private static final Instant LONG_AGO = Instant.parse("2025-06-01T00:00:00Z");
    /** Of no town, with house numbers beyond any street's. */
    private static final List<String> STREETS = List.of("示范路", "样例大道", "演示街");

    private final Roster roster;
    private final Contacts contacts;
    private final Bindings bindings;
    private final Staff staff;
    private final Till till;
    private final Activities activities;
    private final Situations situations;
    private final Bodies bodies;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Phones phones;
    private final Colleagues colleagues;
    private final Customers customers;
    private final GroupKeeper groupKeeper;
    private final Robots robots;
    private final Walls walls;
    private final EntityManager rows;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final String address;

    DemoRoster(
            Roster roster,
            Contacts contacts,
            Bindings bindings,
            Staff staff,
            Till till,
            Activities activities,
            Situations situations,
            Bodies bodies,
            Lawbook law,
            BusinessClock clock,
            Phones phones,
            Colleagues colleagues,
            Customers customers,
            GroupKeeper groupKeeper,
            Robots robots,
            Walls walls,
            EntityManager rows,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            @Value("${homeroom.public-base-url}") String address) {
        this.roster = roster;
        this.contacts = contacts;
        this.bindings = bindings;
        this.staff = staff;
        this.till = till;
        this.activities = activities;
        this.situations = situations;
        this.bodies = bodies;
        this.law = law;
        this.clock = clock;
        this.phones = phones;
        this.colleagues = colleagues;
        this.customers = customers;
        this.groupKeeper = groupKeeper;
        this.robots = robots;
        this.walls = walls;
        this.rows = rows;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.address = address;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(0)
    synchronized void people() {
        for (Cast cast : Cast.ALL) {
            if (law.associations().contains(cast.code())) {
                Tenant.run(cast.code(), () -> {
                    boolean empty = roster.search(Search.all(1)).items().isEmpty();
                    if (empty) {
                        transaction.executeWithoutResult(status -> enter(cast));
                    }
                    handOut(cast);
                    groupKeeper.tick();
                });
            }
        }
        LOG.info("The sandbox is peopled; today is {}. 打开 {}/sandbox", clock.today(), address);
    }

    /** All of an association in one transaction, so that nothing of its past is sent to anybody as news. */
    private void enter(Cast cast) {
        Names names = names(cast);
        Rulebook book = law.of(clock.today());
        List<StaffMember> teachers = hire(cast, names);
        LocalDate today = clock.today();
        int year = today.getYear();
        bodies.change(new BodyState(council(book), null, false, LocalDate.of(year + 1, 12, 31), null), BY);
        for (String day : List.of("-04-18", "-09-12", "-11-21")) {
            activities.offered(LocalDate.parse(year - 1 + day));
        }
        List<Member> entered = roster.enterAll(members(cast, book, names, teachers, year));
        histories(book, entered, year);
        for (int i = 0; i < entered.size(); i++) {
            if (entered.get(i).belongs() && i % 9 != 7) {
                activities.record(
                        LocalDate.of(year - 1, 9, 12).plusDays(i % 2 * 70L),
                        List.of(entered.get(i).id()),
                        BY);
            }
        }
        posts(cast, entered);
        settle(cast.code());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                quieten(cast.code());
            }
        });
        Names others = new Names(SEED + 1 + cast.code().hashCode());
        StaffMember fourth = staff.add(
                        NewStaff.teacher(cast.code() + "-teacher4", others.person(), "teacher4", others.phone()), BY)
                .get();
        staff.all().forEach(person -> colleague(cast, person)); // so do the staff
        contactsWithPhones(cast); // they hear of what comes now
        situations.play(cast, book, others, fourth);
    }

    /** An association's names, in the order in which they are given out: always the same. */
    static Names names(Cast cast) {
        return new Names(SEED + cast.code().hashCode());
    }

    static List<NewMember> members(Cast cast, Rulebook book, Names names, List<StaffMember> teachers, int year) {
        List<String> ladder = ladder(cast, book);
        List<NewMember> members = new ArrayList<>();
        for (int i = 0; i < cast.members(); i++) {
            members.add(member(i, cast, book, names, ladder.get(i), teachers.get(i % teachers.size()), year));
        }
        return members;
    }

    private static String council(Rulebook book) {
        return book.bodies().containsKey("理事会")
                ? "理事会"
                : book.bodies().keySet().iterator().next();
    }

    private static List<String> ladder(Cast cast, Rulebook book) {
        List<String> grades = new ArrayList<>();
        for (int i = book.grades().size() - 1; i >= 0; i--) {
            String grade = book.grades().get(i).name();
            for (int n = 0; n < cast.grades().getOrDefault(grade, 0); n++) {
                grades.add(grade);
            }
        }
        String lowest = book.grades().stream()
                .filter(grade -> grade.entry() && !"individual".equals(grade.kind()))
                .findFirst()
                .orElseThrow()
                .name();
        while (grades.size() < cast.members()) {
            grades.add(lowest);
        }
        return grades;
    }

    private List<StaffMember> hire(Cast cast, Names names) {
        List<StaffMember> teachers = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            String username = cast.code() + "-teacher" + i;
            teachers.add(staff.add(NewStaff.teacher(username, names.person(), "teacher" + i, names.phone()), BY)
                    .get());
        }
        staff.add(
                new NewStaff(
                        cast.code() + "-secretary",
                        names.person(),
                        null,
                        "secretary",
                        names.phone(),
                        Set.of(Role.SECRETARIAT),
                        new LinkedHashSet<>(List.of("秘书处", cast.department()))),
                BY);
        staff.add(
                new NewStaff(
                        cast.code() + "-finance",
                        names.person(),
                        null,
                        "finance",
                        names.phone(),
                        Set.of(Role.FINANCE),
                        Set.of()),
                BY);
        if (!cast.branches().isEmpty()) {
            // Named by a draw of its own, so that everybody else keeps the name it has.
            Names own = new Names(SEED + 2 + cast.code().hashCode());
            staff.add(
                    new NewStaff(
                            cast.code() + "-branch",
                            own.person(),
                            null,
                            "branch",
                            own.phone(),
                            Set.of(),
                            Set.of(cast.branches().get(0))),
                    BY);
        }
        return teachers;
    }

    /** Most have paid last year and not yet this one; the last ones of the list are the interesting cases. */
    private static NewMember member(
            int i, Cast cast, Rulebook book, Names names, String grade, StaffMember teacher, int year) {
        int left = cast.members() - i;
        int paid = switch (left) {
            case 1, 2 -> year - 3;
            case 3, 4, 5 -> year - 2;
            default -> i % 5 == 3 ? year : year - 1;
        };
        if (left > 8 && hasHistory(i, book, grade)) {
            paid = year - 3;
        }
        NewMember.Draft draft = NewMember.draft(names.unit(cast.place(), cast.endings()), Kind.UNIT, grade)
                .joined(LocalDate.of(year - 2 - names.below(9), 1 + names.below(12), 1 + names.below(28)))
                .paidThrough(LocalDate.of(paid, 12, 31))
                .uscc(names.uscc())
                .number(book.number() != null)
                .data("headcount", String.valueOf(5 + names.below(400)))
                .data("revenue", String.valueOf((50 + names.below(9000)) * 10_000L))
                .data("address", cast.place() + STREETS.get(i % STREETS.size()) + (9001 + 7 * i) + "号")
                .contact(io.homeroom.member.Role.REPRESENTATIVE, names.person(), names.phone());
        if (i % 8 != 6) {
            draft.contact(io.homeroom.member.Role.LIAISON, names.person(), names.phone());
        }
        if (left == 6) {
            return draft.ended(LocalDate.of(year - 1, 6, 30), EndedAs.WITHDRAWN, LocalDate.of(year - 1, 7, 3))
                    .number(false)
                    .done();
        }
        if (left == 7 && book.cases().containsKey("suspension")) {
            draft.suspended(LocalDate.of(year - 5, 3, 10));
        }
        if (left != 8) {
            draft.teacher(teacher.id());
        }
        if (!cast.branches().isEmpty() && i % 6 % 3 == 2) {
            draft.branch(cast.branches().get(i % 6 / 3));
            if (i == 8) { // one is in two
                draft.data("branch-more", cast.branches().get(1));
            }
        }
        return draft.done();
    }

    /** Whether the last two years' payments are on record one by one: for every other member that pays yearly. */
    private static boolean hasHistory(int i, Rulebook book, String grade) {
        Fees fees = book.fees();
        if (fees == null || i % 2 == 1) {
            return false;
        }
        Fees.Term term = fees.term();
        return term == null || book.rank(grade) < book.rank(term.from());
    }

    private void histories(Rulebook book, List<Member> members, int year) {
        Fees fees = book.fees();
        for (int i = 0; fees != null && i < members.size() - 8; i++) {
            Member member = members.get(i);
            LocalDate joined = member.joinedOn();
            if (!hasHistory(i, book, member.grade()) || joined == null) {
                continue;
            }
            for (int past = Math.max(year - 2, joined.getYear()); past < year; past++) {
                LocalDate day = LocalDate.of(past, 2, 3).plusDays(i % 50);
                Money amount = fees.yearly(member.grade(), day).orElseThrow();
                till.receive(
                        member.id(),
                        amount,
                        i % 4 == 0 ? Method.BANK_TRANSFER : Method.CASH,
                        day.atTime(10, 30).atZone(BusinessClock.ZONE).toInstant(),
                        null,
                        "会费",
                        null,
                        BY);
            }
        }
    }

    private void posts(Cast cast, List<Member> members) {
        if (!cast.code().equals("dsia")) {
            return;
        }
        Map<String, List<Integer>> held = Map.of(
                "会长",
                List.of(0),
                "副会长",
                List.of(1, 2),
                "常务理事",
                List.of(3, 4, 5),
                "理事",
                List.of(6, 7, 8, 9),
                "监事",
                List.of(10, 11, 12));
        held.forEach((post, places) -> places.forEach(place -> roster.record(
                members.get(place).id(),
                io.homeroom.member.Entry.of(
                                io.homeroom.member.EntryKind.POST_GAINED,
                                LocalDate.of(clock.today().getYear() - 2, 6, 18),
                                "",
                                BY)
                        .with("post", post))));
    }

    /** What was written while the past was entered is past itself; that its payments came is no news of today. */
    private void settle(String code) {
        rows.flush();
        jdbc.sql("delete from notice where association_id = :code and about = 'payment'")
                .param("code", code)
                .update();
        jdbc.sql("update notice set state = 'delivered', sent_at = created_at, delivered_at = created_at"
                        + " where association_id = :code")
                .param("code", code)
                .update();
        jdbc.sql("update task set state = 'done', done_by = 'demo' where association_id = :code")
                .param("code", code)
                .update();
    }

    /** The summary of what is open comes when everything is entered, and is past too. */
    private void quieten(String code) {
        rows.flush();
        jdbc.sql("update task set state = 'done', done_by = 'demo' where association_id = :code and task_key in"
                        + " (select concat('contact:', id) from notice where association_id = :code and notice_key like"
                        + " 'bills-at-entry:%')")
                .param("code", code)
                .update();
        jdbc.sql("update notice set state = 'delivered', sent_at = created_at, delivered_at = created_at"
                        + " where association_id = :code and notice_key like 'bills-at-entry:%'")
                .param("code", code)
                .update();
    }

    /** Phones for some contacts, two strangers, and the staff. Keys are places in the roster, so they stay the same. */
    private void handOut(Cast cast) {
        Map<Long, List<Phone>> classes = contactsWithPhones(cast);
        Names strangers = new Names(SEED - cast.code().hashCode());
        phones.add(cast.code(), "newcomer", strangers.person(), "想入会的人");
        phones.add(cast.code(), "stranger", strangers.person(), "陌生人").followedBefore(LONG_AGO);
        for (StaffMember person : staff.all()) {
            Colleague colleague = colleague(cast, person);
            if (colleague != null) {
                if (person.roles().contains(Role.TEACHER)) {
                    if (colleague.userid().equals("teacher1") && robots.standing(person.id()) == Robots.Standing.NONE) {
                        robot(cast, person);
                    }
                    gather(cast, person, colleague, classes.getOrDefault(person.id(), List.of()));
                }
            }
        }
    }

    /** The phone of one of the staff. */
    private @Nullable Colleague colleague(Cast cast, StaffMember person) {
        String user = person.wecomUserId();
        return user == null ? null : colleagues.hire(cast.code(), user, person.name(), role(person));
    }

    /**
     * Phones for the first and the last of the roster and for whoever has a vote just now, nearly all of them bound; by the
     * class teacher in whose group they are.
     */
    private Map<Long, List<Phone>> contactsWithPhones(Cast cast) {
        List<Member> members = roster.search(new Search(null, null, null, null, 0, cast.members()))
                .items();
        Map<Long, List<Phone>> classes = new LinkedHashMap<>();
        int handed = 0;
        for (int i = 0; i < members.size() && handed < Math.max(8, cast.voters() + 5); i++) {
            boolean interesting = i < Math.max(3, cast.voters()) || members.size() - i <= 5;
            Contact contact = contacts.toNotify(members.get(i).id()).orElse(null);
            if (!interesting || contact == null || !members.get(i).belongs()) {
                continue;
            }
            String key = "contact-" + i;
            String openid = Phones.openid(cast.code(), key);
            Phone phone =
                    phones.add(cast.code(), key, contact.name(), members.get(i).name() + "联络人");
            phone.followedBefore(LONG_AGO);
            Long teacher = members.get(i).teacherId();
            if (teacher != null && i != 1) { // somebody is always missing
                classes.computeIfAbsent(teacher, same -> new ArrayList<>()).add(phone);
            }
            if (contact.openid() == null && i != 2) {
                Invitation invitation = bindings.invite(members.get(i).id(), contact.id(), Duration.ofHours(1), BY);
                bindings.bind(invitation.scene(), openid);
            }
            handed++;
        }
        return classes;
    }

    /** A class group from before, with the contacts that have phones in it. */
    private void gather(Cast cast, StaffMember teacher, Colleague owner, List<Phone> contactsOfClass) {
        Customers.Group group =
                customers.groupBefore(cast.code(), teacher.username(), teacher.name() + "老师的班级群", owner);
        for (Phone phone : contactsOfClass) {
            customers.knownBefore(owner, phone, "");
            customers.joinedBefore(group, phone);
        }
        walls.find(group.chatId())
                .filter(wall -> wall.lines(0).isEmpty())
                .ifPresent(wall -> greet(wall, teacher, contactsOfClass));
    }

    /** So that a class group looks as one that people have talked in. */
    private void greet(Wall wall, StaffMember teacher, List<Phone> there) {
        walls.write(
                wall,
                teacher.name(),
                "text",
                "各位联络员好，我是" + teacher.name() + "，这一年的会刊、活动和政策消息都会发在这里。有事随时找我，会费的事我单独联系各位。",
                Map.of());
        there.stream()
                .limit(2)
                .forEach(phone -> walls.write(wall, phone.name(), "text", "收到，谢谢" + teacher.name() + "老师。", Map.of()));
    }

    /** The robot of the staff's class group speaks for the first class teacher. */
    private void robot(Cast cast, StaffMember teacher) {
        walls.of(cast.code()).stream()
                .map(Wall::view)
                .filter(wall -> wall.title().equals("班级群") && !wall.robot().isEmpty())
                .findFirst()
                .ifPresent(wall -> robots.set(teacher.id(), wall.robot(), BY));
    }

    private static String role(StaffMember person) {
        if (person.roles().contains(Role.TEACHER)) {
            return Role.TEACHER.word();
        }
        if (person.roles().isEmpty()) {
            return String.join("、", person.offices());
        }
        return person.roles().contains(Role.FINANCE) ? Role.FINANCE.word() : Role.SECRETARIAT.word();
    }
}
