package io.homeroom.cli;

import io.homeroom.desk.NewStaff;
import io.homeroom.desk.Staff;
import io.homeroom.governance.Activities;
import io.homeroom.governance.Bodies;
import io.homeroom.governance.BodyState;
import io.homeroom.governance.Meetings;
import io.homeroom.ground.Tenant;
import io.homeroom.member.EndedAs;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sets the scene that a rehearsal starts with. */
class GivenScene {

    private static final String BY = "rehearsal";

    private final Roster roster;
    private final Staff staff;
    private final Meetings meetings;
    private final Activities activities;
    private final Bodies bodies;
    private final BusinessClock clock;

    GivenScene(
            Roster roster, Staff staff, Meetings meetings, Activities activities, Bodies bodies, BusinessClock clock) {
        this.roster = roster;
        this.staff = staff;
        this.meetings = meetings;
        this.activities = activities;
        this.bodies = bodies;
        this.clock = clock;
    }

    Cast set(Script given, Rulebook book, LocalDate begin) {
        Cast cast = new Cast();
        for (String teacher : given.texts("teachers")) {
            cast.teachers.put(
                    teacher,
                    staff.add(
                                    NewStaff.teacher(
                                            Tenant.current().replace('~', '.') + "." + teacher, teacher, null, null),
                                    BY)
                            .get()
                            .id());
        }
        bodies(given.part("bodies"));
        Script people = given.part("persons");
        for (String name : people.keys()) {
            Script person = people.part(name).known("employer", "head", "represents");
            cast.persons.put(name, new Cast.Person(person.flag("head", true), person.textOr("represents", null)));
        }
        Script members = given.part("members");
        cast.persons.forEach((name, person) -> {
            String unit = person.represents();
            if (unit != null && !members.has(unit)) {
                throw new Script.Fault("没有叫“" + unit + "”的会员，" + name + "不能代表它");
            }
        });
        Set<String> employers = new TreeSet<>();
        for (String name : members.keys()) {
            String employer = members.part(name).textOr("employer", null);
            if (employer != null && !members.has(employer)) {
                employers.add(employer);
            }
        }
        employers.forEach(name -> cast.play(name, stranger(name, book, begin)));
        cast.book = book;
        List<String> names = new ArrayList<>(members.keys());
        names.sort(java.util.Comparator.comparing(name -> members.part(name).has("employer")));
        for (String name : names) {
            cast.play(name, member(name, members.part(name), book, begin, cast));
        }
        for (String name : members.keys()) {
            past(cast.member(name), members.part(name));
        }
        cast.persons.forEach((name, person) -> represented(name, person, cast, begin));
        crowd(given.part("crowd"), book, begin);
        given.texts("offered").forEach(day -> activities.offered(LocalDate.parse(day)));
        return cast;
    }

    /** Somebody who is known by name only: an employer that has not applied yet. */
    private Member stranger(String name, Rulebook book, LocalDate begin) {
        Member stranger = roster.enter(NewMember.applicant(name, Kind.UNIT, lowest(book, Kind.UNIT)));
        roster.record(stranger.id(), Entry.of(EntryKind.REJECTED, begin, "", BY));
        return roster.get(stranger.id());
    }

    /** The unit for which an applicant works; one that nobody has spoken of before is known by name from now on. */
    long employer(String name, Cast cast) {
        Rulebook book = cast.book;
        if (!cast.members.containsKey(name) && book != null) {
            cast.play(name, stranger(name, book, clock.today()));
        }
        return cast.member(name);
    }

    static String lowest(Rulebook book, Kind kind) {
        return book.grades().stream()
                .filter(grade -> kind.code().equals(grade.kind()))
                .findFirst()
                .or(() -> book.grades().stream()
                        .filter(grade -> grade.kind() == null)
                        .findFirst())
                .map(Rulebook.Grade::name)
                .orElseThrow(() -> new Script.Fault("规则书没有级别"));
    }

    private Member member(String name, Script given, Rulebook book, LocalDate begin, Cast cast) {
        given.known(
                "joined",
                "since",
                "name",
                "kind",
                "grade",
                "paid-through",
                "posts",
                "teacher",
                "branch",
                "uscc",
                "liaison",
                "employer",
                "absences",
                "activities",
                "headcount",
                "revenue",
                "suspended",
                "listed",
                "ended");
        Kind kind = Kind.of(text(given, "kind", "unit"));
        Script ended = given.part("ended").known("as", "day", "announced");
        Script listed = given.part("listed").known("from", "to");
        LocalDate joined = LocalDate.parse(given.text("joined"));
        LocalDate paid = day(given, "paid-through");
        String shown = text(given, "name", name);
        NewMember.Draft draft = NewMember.draft(shown, kind, text(given, "grade", lowest(book, kind)))
                .joined(joined)
                .since(day(given, "since"))
                .paidThrough(paid == null ? LocalDate.of(begin.getYear(), 12, 31) : paid)
                .uscc(given.textOr("uscc", null))
                .number(book.number() != null && !given.has("ended"))
                .posts(given.texts("posts"))
                .branch(given.textOr("branch", null))
                .suspended(day(given, "suspended"))
                .listed(day(listed, "from"), day(listed, "to"));
        String teacher = given.textOr("teacher", null);
        if (teacher != null) {
            draft.teacher(cast.teacher(teacher));
        }
        String employer = given.textOr("employer", null);
        if (employer != null) {
            draft.employer(cast.member(employer));
        }
        if (given.has("ended")) {
            draft.ended(day(ended, "day"), EndedAs.of(ended.text("as")), day(ended, "announced"));
        }
        for (String field : List.of("headcount", "revenue")) {
            if (given.has(field)) {
                draft.data(field, given.text(field));
            }
        }
        if (kind == Kind.INDIVIDUAL) {
            draft.contact(Role.SELF, shown, "13900000000");
        } else {
            draft.contact(Role.REPRESENTATIVE, cast.representing(name, shown + "代表人"), "13900000001");
            if (given.flag("liaison", true)) {
                draft.contact(Role.LIAISON, shown + "联络员", "13900000002");
            }
        }
        return roster.enter(draft.done());
    }

    /** Somebody who represents a unit at the start, and whether as its head. */
    private void represented(String name, Cast.Person person, Cast cast, LocalDate begin) {
        String unit = person.represents();
        Long member = unit == null ? null : cast.members.get(unit);
        if (member != null) {
            Entry entry = Entry.of(EntryKind.DATA, begin, "", BY)
                    .with("representative", name)
                    .with("representative-head", String.valueOf(person.head()));
            roster.record(member, entry);
        }
    }

    private void past(long member, Script given) {
        for (Script absence : given.parts("absences")) {
            absence.known("body", "day");
            meetings.given(member, absence.text("body"), LocalDate.parse(absence.text("day")));
        }
        for (String day : given.texts("activities")) {
            activities.record(LocalDate.parse(day), List.of(member), BY);
        }
    }

    private void crowd(Script crowd, Rulebook book, LocalDate begin) {
        for (String word : crowd.keys()) {
            List<NewMember> many = new ArrayList<>();
            boolean grade = book.grade(word).isPresent();
            for (int i = 0; i < Integer.parseInt(crowd.text(word)); i++) {
                NewMember.Draft draft = NewMember.draft(word + i, Kind.UNIT, grade ? word : lowest(book, Kind.UNIT))
                        .joined(begin.minusYears(5))
                        .paidThrough(LocalDate.of(begin.getYear() + 20, 12, 31))
                        .number(book.number() != null);
                many.add(grade ? draft.done() : draft.post(word).done());
            }
            roster.enterAll(many);
        }
    }

    void bodies(Script given) {
        for (String name : given.keys()) {
            Script body = given.part(name).known("in-office", "recess", "term-ends", "changed");
            BodyState before = bodies.state(name);
            bodies.change(
                    new BodyState(
                            name,
                            body.has("in-office") ? Integer.valueOf(body.text("in-office")) : before.inOffice(),
                            body.flag("recess", before.recess()),
                            body.has("term-ends") ? day(body, "term-ends") : before.termEnds(),
                            body.has("changed") ? day(body, "changed") : before.changed()),
                    BY);
        }
    }

    private static String text(Script given, String key, String otherwise) {
        String found = given.textOr(key, otherwise);
        return found == null ? otherwise : found;
    }

    static @Nullable LocalDate day(Script given, String key) {
        String found = given.textOr(key, null);
        return found == null ? null : LocalDate.parse(found);
    }
}
