package io.homeroom.classroom;

import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.dues.Bill;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.liaison.Broadcast;
import io.homeroom.liaison.Broadcasts;
import io.homeroom.liaison.Circular;
import io.homeroom.liaison.Circulars;
import io.homeroom.liaison.Classes;
import io.homeroom.liaison.Covers;
import io.homeroom.member.Member;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Messages to a class, or to those of it for whom they are (WHJX-8-3): chooses the people, shows who would hear it and by
 * which way, and queues it. Money that members owe goes one to one, never into a group (WHJX-8-5a).
 */
@Service
@Transactional
public class Mailshots {

    private final ClassDay day;
    private final Covers covers;
    private final Classes classes;
    private final Staff staff;
    private final Bills bills;
    private final Broadcasts broadcasts;
    private final Circulars circulars;
    private final BusinessClock clock;

    Mailshots(
            ClassDay day,
            Covers covers,
            Classes classes,
            Staff staff,
            Bills bills,
            Broadcasts broadcasts,
            Circulars circulars,
            BusinessClock clock) {
        this.day = day;
        this.covers = covers;
        this.classes = classes;
        this.staff = staff;
        this.bills = bills;
        this.broadcasts = broadcasts;
        this.circulars = circulars;
        this.clock = clock;
    }

    /** What would happen in one class. */
    public record Line(
            StaffMember teacher,
            Optional<Broadcasts.Preview> preview,
            Optional<Refusal> refusal,
            List<Member> members) {

        public Line {
            members = List.copyOf(members);
        }
    }

    /** The members for whom it is, of a teacher's own class. */
    @Transactional(readOnly = true)
    public List<Member> members(StaffMember teacher, Audience audience) {
        List<Member> all = classes.classOf(teacher.id()).stream()
                .filter(member ->
                        audience.grades().isEmpty() || audience.grades().contains(member.grade()))
                .filter(member -> isOfSize(member, audience.size()))
                .filter(member -> isAbout(member, audience.topic()))
                .toList();
        if (!audience.arrears()) {
            return all;
        }
        LocalDate today = clock.today();
        Map<Long, List<Bill>> owing = bills.ofAll(all.stream().map(Member::id).toList());
        return all.stream()
                .filter(member ->
                        owing.getOrDefault(member.id(), List.of()).stream().anyMatch(bill -> bill.overdue(today)))
                .toList();
    }

    private static boolean isOfSize(Member member, String size) {
        if (size.isEmpty()) {
            return true;
        }
        String people = member.data().getOrDefault("headcount", "");
        return people.matches("\\d{1,8}")
                && Arrays.stream(Audience.Size.values())
                        .anyMatch(one -> one.code().equals(size) && one.holds(Integer.parseInt(people)));
    }

    private static boolean isAbout(Member member, String topic) {
        return topic.isEmpty()
                || member.data().getOrDefault("business", "").contains(topic)
                || member.data().getOrDefault("topics", "").contains(topic)
                || member.name().contains(topic);
    }

    /** The class teachers in whose names somebody may send: itself and whom it stands in for; the office, all of them. */
    @Transactional(readOnly = true)
    public List<StaffMember> senders(StaffMember who) {
        if (ClassDay.seesAll(who)) {
            Map<Long, Integer> sizes = classes.sizes();
            return staff.teachers().stream()
                    .filter(teacher -> sizes.containsKey(teacher.id()))
                    .toList();
        }
        return covers.desksOf(who.id()).stream()
                .map(staff::find)
                .flatMap(Optional::stream)
                .toList();
    }

    /** What sending would do, a line for each class. Refused where it may go nowhere at all. */
    @Transactional(readOnly = true)
    public Outcome<List<Line>> preview(
            StaffMember who, Broadcast.Way way, Broadcasts.Message message, Audience audience) {
        if (way != Broadcast.Way.SINGLE && audience.arrears()) {
            return Outcome.refused("欠费的事不进群：只发给欠费的，请选一对一或重要通知", "WHJX-8-5a");
        }
        if (way != Broadcast.Way.SINGLE && !audience.isAll()) {
            return Outcome.refused("群里是全班。只发给其中一部分会员，请选一对一或重要通知");
        }
        List<Line> lines = new ArrayList<>();
        for (StaffMember teacher : senders(who)) {
            List<Member> members = members(teacher, audience);
            Outcome<Broadcasts.Preview> seen = broadcasts.preview(teacher, way, message, members);
            lines.add(
                    seen instanceof Outcome.Refused<Broadcasts.Preview> refused
                            ? new Line(teacher, Optional.empty(), Optional.of(refused.refusal()), members)
                            : new Line(teacher, Optional.of(seen.get()), Optional.empty(), members));
        }
        if (lines.stream().noneMatch(line -> line.preview().isPresent())) {
            return lines.isEmpty()
                    ? Outcome.refused("你名下没有班级，不能群发")
                    : Outcome.refused(lines.get(0).refusal().orElseThrow());
        }
        return Outcome.done(lines);
    }

    /**
     * Queues it for every class where it may go.
     *
     * @return the number of what is sent together
     */
    public Outcome<Long> send(StaffMember who, Broadcast.Way way, Broadcasts.Message message, Audience audience) {
        Outcome<List<Line>> seen = preview(who, way, message, audience);
        if (seen instanceof Outcome.Refused<List<Line>> refused) {
            return Outcome.refused(refused.refusal());
        }
        long round = Ids.next();
        long first = 0;
        for (Line line : seen.get()) {
            if (line.preview().isEmpty()) {
                continue;
            }
            Outcome<Broadcast> sent = broadcasts.send(
                    line.teacher(), way, message, line.members(), audience.words(), round, who.username());
            if (sent instanceof Outcome.Done<Broadcast> done && first == 0) {
                first = done.get().round();
            }
        }
        return Outcome.done(first);
    }

    /** Sends an important notice, one to one, which asks its readers to say that they have read it. */
    public Outcome<Circular> announce(StaffMember who, Circulars.Draft draft, Audience audience) {
        List<Member> members = senders(who).stream()
                .flatMap(teacher -> members(teacher, audience).stream())
                .toList();
        return circulars.issue(draft, members, audience.words(), who.username());
    }

    /** Whether somebody may look at what was sent in a teacher's name. */
    @Transactional(readOnly = true)
    public boolean sees(StaffMember who, long teacher) {
        List<Long> reach = day.reach(who);
        return reach == null || reach.contains(teacher);
    }
}
