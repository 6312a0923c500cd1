package io.homeroom.review;

import io.homeroom.casework.Cases;
import io.homeroom.desk.Delivery;
import io.homeroom.desk.Tasks;
import io.homeroom.dues.Bill;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.governance.Activities;
import io.homeroom.governance.Bodies;
import io.homeroom.governance.Meetings;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.MemberRows;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Facts;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Watch;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gathers what the judge must know, for many members with a few queries; asks only what the rulebook's rules need. */
@Component
class Dossiers {

    /** Years back that a period which began with one's fee may still run, or have just ended. */
    private static final int FEE_YEARS = 5;

    private final Roster roster;
    private final Meetings meetings;
    private final Bodies bodies;
    private final Cases cases;
    private final MemberRows reader;
    private final Delivery delivery;
    private final Tasks tasks;
    private final Lawbook law;

    Dossiers(
            Roster roster,
            Meetings meetings,
            Bodies bodies,
            Cases cases,
            MemberRows reader,
            Delivery delivery,
            Tasks tasks,
            Lawbook law) {
        this.roster = roster;
        this.meetings = meetings;
        this.bodies = bodies;
        this.cases = cases;
        this.reader = reader;
        this.delivery = delivery;
        this.tasks = tasks;
        this.law = law;
    }

    /** Facts of these members as they stand now. */
    Map<Long, Facts> of(Rulebook book, LocalDate day, Collection<Long> ids) {
        return of(book, day, roster.findAll(ids));
    }

    /** Facts of members as given, with the bills that were open on the day. */
    Map<Long, Facts> of(Rulebook book, LocalDate day, Map<Long, Member> members) {
        return of(book, day, members, new HashMap<>(), List.of());
    }

    /**
     * The same, which also gives the bills that it reads.
     *
     * @param owed takes all bills of the members, paid ones too, by year; left empty where the rulebook knows no dues
     * @param beside what else is read of the members in the same statement
     */
    Map<Long, Facts> of(
            Rulebook book,
            LocalDate day,
            Map<Long, Member> members,
            Map<Long, List<Bill>> owed,
            List<MemberRows.Part> beside) {
        if (members.isEmpty()) {
            return Map.of();
        }
        Needs needs = Needs.of(book);
        Set<Long> ids = members.keySet();
        Activities.Participation taken = Activities.Participation.none();
        Map<Long, Map<String, DoneBook.Entry>> followed = new HashMap<>();
        List<MemberRows.Part> parts = new ArrayList<>(beside);
        if (book.fees() != null) {
            parts.add(Bills.part(owed));
        }
        if (needs.activity) {
            parts.add(Activities.part(day.minusYears(needs.years), day, taken));
        }
        parts.add(DoneBook.part(followed));
        reader.read(ids, parts);
        Map<Long, List<Facts.Due>> open = new HashMap<>();
        ids.forEach(id -> open.put(id, open(owed.getOrDefault(id, List.of()), day)));
        Set<Milder> unreached = unreached(needs, followed, open);
        Map<Long, Map<String, Facts.Sittings>> sittings = sittings(needs, day, members);
        Set<Long> resting = having(members, m -> m.standing() == Standing.SUSPENDED);
        Set<Long> restoring = resting.isEmpty() ? Set.of() : cases.having(resting, "restoration", true);
        Set<Long> numberless = needs.registration
                ? having(members, m -> !m.number() && m.appliedOn() != null && m.belongs())
                : Set.of();
        Set<Long> registering = numberless.isEmpty() ? Set.of() : cases.having(numberless, "registration", false);
        Set<Long> renewable = needs.renewal ? having(members, Member::number) : Set.of();
        Set<Long> renewing = renewable.isEmpty() ? Set.of() : cases.having(renewable, "registration", true);
        Set<Long> gone = new HashSet<>();
        book.cases().forEach((type, track) -> {
            if (!track.silences().isEmpty()) {
                gone.addAll(cases.openOn(ids, type, track.silences()));
            }
        });
        Map<Long, LocalDate> told = needs.confirmation ? roster.latest(EntryKind.DATA, ids) : Map.of();
        List<Facts.FeeDay> feeDays = needs.feeYear ? feeDays(day.getYear()) : List.of();
        Map<Long, Facts> facts = new HashMap<>();
        members.forEach((id, member) -> {
            Map<String, DoneBook.Entry> days = followed.getOrDefault(id, Map.of());
            facts.put(
                    id,
                    new Facts(
                            member.name(),
                            member.standing().code(),
                            member.endedOn(),
                            member.joinedOn(),
                            // Membership that dates back to the application begins with the complete one.
                            member.appliedOn() == null ? null : member.joinedOn(),
                            gone.contains(id),
                            member.teacherId() != null,
                            !numberless.contains(id) || registering.contains(id),
                            registration(member, renewing.contains(id)),
                            needs.confirmation ? told.getOrDefault(id, member.joinedOn()) : null,
                            rest(member),
                            restoring.contains(id),
                            later(member.joinedOn(), member.restoredOn()),
                            member.sanctions().stream()
                                    .map(s -> new Facts.Penalty(s.name(), s.since(), s.until()))
                                    .toList(),
                            open.getOrDefault(id, List.of()),
                            taken.attended().getOrDefault(id, List.of()),
                            taken.offered(),
                            sittings.getOrDefault(id, Map.of()),
                            reached(id, days, unreached),
                            feeDays));
        });
        return facts;
    }

    /** As each year's bills were given their last day: by the law of the year's first day. */
    private List<Facts.FeeDay> feeDays(int last) {
        List<Facts.FeeDay> days = new ArrayList<>();
        for (int year = last; year > last - FEE_YEARS; year--) {
            Rulebook then = law.of(LocalDate.of(year, 1, 1));
            Fees fees = then.fees();
            days.add(new Facts.FeeDay(year, fees == null ? null : fees.dueOn(then, year)));
        }
        return days;
    }

    private static Set<Long> having(Map<Long, Member> members, java.util.function.Predicate<Member> test) {
        Set<Long> found = new HashSet<>();
        members.forEach((id, member) -> {
            if (test.test(member)) {
                found.add(id);
            }
        });
        return found;
    }

    /** A suspension that a sanction brought runs for its own term; the rules about arrears do not speak of it. */
    private static Facts.@Nullable Rest rest(Member member) {
        LocalDate since = member.suspendedSince();
        return since == null ? null : new Facts.Rest(since, !member.restsBySanction());
    }

    private static Facts.@Nullable Registration registration(Member member, boolean pending) {
        String until = member.data().get("registered-until");
        if (until == null && !member.number()) {
            return null;
        }
        String on = "initial".equals(member.data().get("registered-as"))
                ? null
                : member.data().get("registered");
        return new Facts.Registration(
                until == null ? null : LocalDate.parse(until), on == null ? null : LocalDate.parse(on), pending);
    }

    private static @Nullable LocalDate later(@Nullable LocalDate one, @Nullable LocalDate other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    /** On a past day a bill paid since then was still open. */
    private static List<Facts.Due> open(List<Bill> all, LocalDate day) {
        List<Facts.Due> open = new ArrayList<>();
        for (Bill bill : all) {
            LocalDate paidOn = bill.paidOn();
            boolean paidSince = bill.state() == BillState.PAID && paidOn != null && paidOn.isAfter(day);
            if (bill.state() == BillState.OPEN || paidSince) {
                open.add(new Facts.Due(
                        bill.id(),
                        bill.year(),
                        bill.title(),
                        bill.amount(),
                        paidSince ? bill.amount() : bill.owed(),
                        bill.dueOn(),
                        bill.raisedOn()));
            }
        }
        return open;
    }

    private Map<Long, Map<String, Facts.Sittings>> sittings(Needs needs, LocalDate day, Map<Long, Member> members) {
        Map<Long, Map<String, Facts.Sittings>> sittings = new HashMap<>();
        for (String body : needs.bodies) {
            Set<Long> belonging = having(members, m -> bodies.belongs(m, body));
            if (belonging.isEmpty()) {
                continue;
            }
            List<LocalDate> held = meetings.heldBetween(body, day.minusYears(needs.years), day);
            Map<Long, List<LocalDate>> absences = meetings.absencesOf(belonging, body);
            for (long id : belonging) {
                List<LocalDate> missed = absences.getOrDefault(id, List.of());
                List<LocalDate> attended =
                        held.stream().filter(d -> !missed.contains(d)).toList();
                sittings.computeIfAbsent(id, i -> new HashMap<>()).put(body, new Facts.Sittings(held, attended));
            }
        }
        return sittings;
    }

    private static Map<String, Facts.Done> reached(
            long member, Map<String, DoneBook.Entry> days, Set<Milder> unreached) {
        Map<String, Facts.Done> reached = new HashMap<>();
        days.forEach((key, entry) ->
                reached.put(key, new Facts.Done(entry.on(), !unreached.contains(new Milder(member, key)))));
        return reached;
    }

    /** What followed a milder rule and is known not to have reached the member, neither by notice nor by a letter with proof. */
    private Set<Milder> unreached(
            Needs needs, Map<Long, Map<String, DoneBook.Entry>> followed, Map<Long, List<Facts.Due>> open) {
        Map<Milder, List<String>> told = new HashMap<>();
        followed.forEach((member, days) -> days.forEach((key, entry) -> {
            int slash = key.indexOf('/');
            Watch milder = needs.milder.get(key.substring(0, Math.max(0, slash)));
            if (milder != null
                    && speaksToMember(milder)
                    && stillMatters(key.substring(slash + 1), open.getOrDefault(member, List.of()))) {
                told.put(new Milder(member, key), toldUnder(milder, member, key, entry.toldUnder()));
            }
        }));
        if (told.isEmpty()) {
            return Set.of();
        }
        Set<String> delivered =
                delivery.delivered(told.values().stream().flatMap(List::stream).toList());
        told.values().removeIf(keys -> !Collections.disjoint(keys, delivered));
        Set<String> letters =
                tasks.doneOf(told.keySet().stream().map(Milder::letter).toList());
        told.keySet().removeIf(one -> letters.contains(one.letter()));
        return told.keySet();
    }

    /** A consequence of a milder rule for a member. */
    private record Milder(long member, String key) {

        String letter() {
            return Review.letterKey(member, key);
        }
    }

    /** Nothing more follows for a bill that is paid: years of them need not be asked about. */
    private static boolean stillMatters(String occasion, List<Facts.Due> open) {
        return !occasion.startsWith("bill-") || open.stream().anyMatch(due -> occasion.equals("bill-" + due.id()));
    }

    private static boolean speaksToMember(Watch watch) {
        return watch.then().stream().anyMatch(act -> !Collections.disjoint(act.tell(), Review.PERSONS));
    }

    private static List<String> toldUnder(Watch watch, long member, String key, @Nullable String toldUnder) {
        List<String> told = new ArrayList<>();
        String base = toldUnder == null ? Review.key(member, key) : toldUnder;
        told.add(base);
        for (int i = 0; i < watch.then().size(); i++) {
            for (String to : Review.PERSONS) {
                told.add(base + ":" + i + ":" + to);
            }
        }
        return told;
    }

    /** What a rulebook's rules ask about. */
    private record Needs(
            boolean activity,
            boolean registration,
            boolean renewal,
            boolean confirmation,
            boolean feeYear,
            Set<String> bodies,
            int years,
            Map<String, Watch> milder) {

        static Needs of(Rulebook book) {
            boolean activity = false;
            boolean registration = false;
            Set<String> bodies = new HashSet<>();
            Map<String, Watch> milder = new HashMap<>();
            Map<String, Watch> all = new HashMap<>();
            book.watch().forEach(w -> all.put(w.id(), w));
            for (Watch watch : book.watch()) {
                activity |= watch.when().inactive() != null;
                registration |= watch.when().unregistered() != null;
                if (watch.when().absentFrom() != null) {
                    bodies.add(watch.when().absentFrom());
                }
                Watch before = watch.after() == null ? null : all.get(watch.after());
                if (before != null) {
                    milder.put(before.id(), before);
                }
            }
            boolean renewal =
                    book.watch().stream().anyMatch(watch -> watch.when().renewal() != null);
            boolean confirmation =
                    book.watch().stream().anyMatch(watch -> watch.when().unconfirmed() != null);
            boolean feeYear =
                    book.watch().stream().anyMatch(watch -> watch.when().feeYear());
            return new Needs(activity, registration, renewal, confirmation, feeYear, bodies, LOOK_BACK, milder);
        }

        /** Years of activities and meetings that are read; older ones decide nothing that is still open. */
        private static final int LOOK_BACK = 30;
    }
}
