package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.dues.Bill;
import io.homeroom.dues.Bills;
import io.homeroom.dues.Surplus;
import io.homeroom.ground.Days;
import io.homeroom.ground.Deadlines;
import io.homeroom.ground.Money;
import io.homeroom.ground.Span;
import io.homeroom.member.EndedAs;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Does to members what decided cases and automatic rules say, as dated entries of their ledgers. */
@Service
@Transactional
public class Effects {

    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Bills bills;
    private final Surplus surplus;
    private final Consequences consequences;
    private final ObjectProvider<Cases> cases;
    private final Audit audit;

    Effects(
            Lawbook law,
            BusinessClock clock,
            Roster roster,
            Bills bills,
            Surplus surplus,
            Consequences consequences,
            ObjectProvider<Cases> cases,
            Audit audit) {
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.bills = bills;
        this.surplus = surplus;
        this.consequences = consequences;
        this.cases = cases;
        this.audit = audit;
    }

    /** An effect that a rule has by itself, without a case. */
    public void enact(Act.Effect effect, long member, @Nullable Long caseId, List<String> cite, String by) {
        enact(effect, member, caseId, Map.of(), null, cite, by);
    }

    /**
     * Carries an effect out today.
     *
     * @param data what the case asked for
     * @param completeOn day of the filing from which a membership counts that reaches back
     */
    void enact(
            Act.Effect effect,
            long id,
            @Nullable Long caseId,
            Map<String, String> data,
            @Nullable LocalDate completeOn,
            List<String> cite,
            String by) {
        LocalDate today = clock.today();
        Member member = roster.get(id);
        String clause = cite.isEmpty() ? "" : cite.get(0);
        Hand hand = new Hand(id, caseId, clause, by, today);
        audit.note(by, "effect-" + effect.name().toLowerCase(java.util.Locale.ROOT), id, member.name(), clause);
        switch (effect) {
            case JOIN -> join(member, hand, today, data);
            case JOIN_RETROACTIVELY -> join(member, hand, completeOn == null ? today : completeOn, data);
            case BILL -> bills.firstYear(id, today, null, caseId);
            case GRADE -> grade(member, hand, data.getOrDefault("to", member.grade()));
            case POST -> post(member, hand, data.getOrDefault("to", ""));
            case WITHDRAW -> end(member, hand, EndedAs.WITHDRAWN, today);
            case EXPEL -> end(member, hand, EndedAs.EXPELLED, today);
            case DEEM_WITHDRAWN ->
                end(
                        member,
                        hand,
                        EndedAs.DEEMED_WITHDRAWN,
                        data.containsKey("day") ? LocalDate.parse(data.get("day")) : today);
            case FORFEIT -> end(member, hand, EndedAs.FORFEITED, today);
            case CONVERT -> end(member, hand, EndedAs.CONVERTED, today);
            case SUSPEND -> {
                hand.record(hand.entry(EntryKind.SUSPENDED));
                if (holdsOffice(member)) {
                    consequences.on("office-holder-suspended", hand.context("office-holder-suspended"));
                }
            }
            case RESTORE, REINSTATE -> hand.record(hand.entry(EntryKind.RESTORED));
            case SANCTION -> sanction(member, hand, data);
            case REMOVE -> remove(member, hand);
            case REGISTER -> register(member, hand, data);
            case CHANGE -> change(member, hand, data);
            case REDUCE ->
                bills.reduce(
                        id,
                        Integer.parseInt(data.getOrDefault("year", "0")),
                        Money.ofYuan(new BigDecimal(data.getOrDefault("to", "0"))),
                        cite,
                        by);
            case SET_FEES, SET_SEATS -> {
                // About nobody: what a resolution sets is read from the decided case itself.
            }
        }
    }

    /** Writes entries of one case about one member. */
    private final class Hand {
        private final long member;
        private final @Nullable Long caseId;
        private final String clause;
        private final String by;
        private final LocalDate today;

        private Hand(long member, @Nullable Long caseId, String clause, String by, LocalDate today) {
            this.member = member;
            this.caseId = caseId;
            this.clause = clause;
            this.by = by;
            this.today = today;
        }

        private Entry entry(EntryKind kind) {
            return entry(kind, today);
        }

        private Entry entry(EntryKind kind, LocalDate on) {
            return Entry.of(kind, on, clause, by).by(caseId);
        }

        private void record(Entry... entries) {
            roster.record(member, entries);
        }

        private Context context(String event) {
            return new Context(
                    member,
                    caseId,
                    null,
                    event + ":" + (caseId == null ? member + ":" + today : caseId),
                    List.of(clause),
                    Map.of(),
                    by);
        }
    }

    private void join(Member member, Hand hand, LocalDate on, Map<String, String> data) {
        hand.record(hand.entry(EntryKind.JOINED, on).with("grade", member.grade()));
        consequences.on("joined", hand.context("joined"));
        String wish = data.get("post");
        if (wish != null && !wish.isEmpty()) {
            cases.getObject()
                    .open(new Opening(
                            "nomination", member.id(), "", "member", List.of(), null, Map.of("to", wish), List.of()));
        }
        if (member.kind() == Kind.UNIT) {
            for (Member person : roster.employees(member.id())) {
                if (person.belongs()) {
                    consequences.on(
                            "unit-joined",
                            new Context(
                                    person.id(),
                                    null,
                                    null,
                                    "unit-joined:" + member.id() + ":" + person.id(),
                                    List.of(),
                                    Map.of(),
                                    hand.by));
                }
            }
        }
    }

    private void grade(Member member, Hand hand, String to) {
        Rulebook book = law.of(clock.today());
        if (book.rank(to) < 0) {
            throw new IllegalStateException("No grade " + to);
        }
        Money before = yearly(book.fees(), member.grade());
        Money after = yearly(book.fees(), to);
        boolean lower = before != null && after != null && after.fen() < before.fen();
        // Read so, a grade that costs less begins with the year in which its fee does (IGRS-21-i).
        boolean later =
                lower && book.setting("lower-fee-from").filter("year"::equals).isPresent();
        LocalDate from = later ? LocalDate.of(clock.today().getYear() + 1, 1, 1) : clock.today();
        hand.record(hand.entry(EntryKind.GRADE, from).with("grade", to));
        roster.touch(member.id());
        if (!lower) {
            return;
        }
        Money kept = later ? Money.ZERO : surplus.carryOver(member.id(), member.grade(), to, clock.today());
        if (later) {
            consequences.on(
                    "grade-later", hand.context("grade-later").word("等级", to).word("日期", Days.dated(from)));
        } else if (kept.isPositive()) {
            consequences.on("fee-carried", hand.context("fee-carried").word("金额", kept.toString()));
        } else {
            consequences.on("fee-lower", hand.context("fee-lower"));
        }
    }

    private @Nullable Money yearly(@Nullable Fees fees, String grade) {
        return fees == null ? null : fees.yearly(grade, clock.today()).orElse(null);
    }

    /** A higher post of the same line takes the place of the lower one: only the highest is held. */
    private void post(Member member, Hand hand, String to) {
        Rulebook book = law.of(clock.today());
        if (member.posts().stream().anyMatch(held -> book.includes(held, to))) {
            return; // held already, or contained in what is held
        }
        List<String> replaced =
                member.posts().stream().filter(held -> book.includes(to, held)).toList();
        leave(hand, replaced, clock.today(), hand.entry(EntryKind.POST_GAINED).with("post", to));
    }

    /** Posts fall vacant, with whatever else is recorded in the same breath. */
    private void leave(Hand hand, List<String> posts, LocalDate on, Entry... more) {
        List<Entry> entries = new ArrayList<>(Arrays.asList(more));
        for (String post : posts) {
            entries.add(0, hand.entry(EntryKind.POST_LOST, on).with("post", post));
        }
        if (!entries.isEmpty()) {
            hand.record(entries.toArray(Entry[]::new));
        }
    }

    private void end(Member member, Hand hand, EndedAs as, LocalDate on) {
        Rulebook book = law.of(clock.today());
        List<Entry> entries = new ArrayList<>();
        for (String post : member.posts()) {
            entries.add(hand.entry(EntryKind.POST_LOST, on).with("post", post));
        }
        if (member.number()) {
            entries.add(hand.entry(EntryKind.NUMBER_VOID, on));
        }
        if (member.teacherId() != null) {
            entries.add(hand.entry(EntryKind.TEACHER, on).with("teacher", ""));
        }
        entries.add(hand.entry(EntryKind.ENDED, on).with("as", as.code()));
        hand.record(entries.toArray(Entry[]::new));
        if (book.setting("exit-arrears").filter("waived"::equals).isPresent()) {
            bills.writeOff(member.id(), book.rightsEnd(), "会籍终止，欠费一笔勾销");
        }
        cases.getObject().lapseOthers(member.id(), hand.caseId);
        consequences.on(as.code(), hand.context(as.code()));
    }

    private void sanction(Member member, Hand hand, Map<String, String> data) {
        Rulebook book = law.of(clock.today());
        String name = data.getOrDefault("to", "");
        Rulebook.Sanction rule = book.sanctions().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No sanction " + name));
        List<Entry> entries = new ArrayList<>();
        Entry entry = hand.entry(EntryKind.SANCTIONED).with("sanction", name);
        String until = data.get("until");
        entries.add(until == null ? entry : entry.with("until", until));
        if (!rule.suspendsRights().isEmpty()) {
            Entry rest = hand.entry(EntryKind.SUSPENDED).with("sanction", name);
            entries.add(until == null ? rest : rest.with("until", until));
        }
        if (!rule.lists().isEmpty() && until != null) {
            entries.add(hand.entry(EntryKind.LISTED).with("until", until));
        }
        hand.record(entries.toArray(Entry[]::new));
        if (!rule.endsOffice().isEmpty() && holdsOffice(member)) {
            consequences.on("office-lost", hand.context("office-lost"));
        } else if (!rule.suspendsOffice().isEmpty() && holdsOffice(member)) {
            consequences.on("office-suspended", hand.context("office-suspended"));
        }
    }

    /** Whether the member's grade is an office. */
    private boolean holdsOffice(Member member) {
        Rulebook.Right office = law.of(clock.today()).rights().get("hold-office");
        return office != null && office.grades().contains(member.grade());
    }

    /** The office goes; what remains is the lowest grade that units enter with. */
    private void remove(Member member, Hand hand) {
        law.of(clock.today()).grades().stream()
                .filter(grade -> grade.entry() && !"individual".equals(grade.kind()))
                .findFirst()
                .ifPresent(grade -> hand.record(hand.entry(EntryKind.GRADE).with("grade", grade.name())));
        roster.touch(member.id());
    }

    private void register(Member member, Hand hand, Map<String, String> data) {
        String kind = data.getOrDefault("kind", "initial");
        List<Entry> entries = new ArrayList<>();
        Entry registered = hand.entry(EntryKind.REGISTERED).with("kind", kind);
        Optional<LocalDate> until = validity(member, kind);
        entries.add(until.map(day -> registered.with("until", day.toString())).orElse(registered));
        if (!member.number()) {
            entries.add(hand.entry(EntryKind.NUMBER_GIVEN));
        }
        hand.record(entries.toArray(Entry[]::new));
        roster.touch(member.id());
        Context follows = hand.context("registered-" + kind);
        Long file = hand.caseId;
        LocalDate due = file == null
                ? null
                : cases.getObject().find(file).map(CaseView::due).orElse(null);
        // What is handed out with a registration shares its last day.
        consequences.on("registered-" + kind, due == null ? follows : follows.word(Consequences.DUE, due.toString()));
    }

    /**
     * The first registration lasts as long as the first fee; later ones a year on from the last end or, a renewal read so,
     * from the day of the renewal, never less than before (BACCA-21-a to c).
     */
    private Optional<LocalDate> validity(Member member, String kind) {
        String before = member.data().get("registered-until");
        if (kind.equals("initial")) {
            LocalDate yearEnd = LocalDate.of(clock.today().getYear(), 12, 31);
            return Optional.of(bills.paidThrough(member.id())
                    .filter(day -> day.isAfter(yearEnd))
                    .orElse(yearEnd));
        }
        boolean again = LocalDate.parse(member.data().getOrDefault("registered", "1900-01-01"))
                                .getYear()
                        == clock.today().getYear()
                && !"initial".equals(member.data().get("registered-as"));
        Optional<LocalDate> end = Optional.ofNullable(before).map(LocalDate::parse);
        boolean anew = kind.equals("renewal")
                && law.of(clock.today())
                        .setting("renewal-from")
                        .filter("day"::equals)
                        .isPresent();
        if (anew) {
            LocalDate year = Deadlines.lastDay(clock.today(), Span.years(1));
            return Optional.of(end.filter(day -> day.isAfter(year)).orElse(year));
        }
        return end.map(day -> again ? day : day.plusYears(1));
    }

    /** Years paid ahead keep the registration valid for as long (BACCA-31-b). */
    void prepaid(long id, Bill bill) {
        Member member = roster.get(id);
        String until = member.data().get("registered-until");
        LocalDate through = LocalDate.of(bill.throughYear(), 12, 31);
        if (until != null && LocalDate.parse(until).isBefore(through)) {
            roster.record(
                    id,
                    Entry.of(
                                    EntryKind.DATA,
                                    clock.today(),
                                    bill.clauses().isEmpty()
                                            ? ""
                                            : bill.clauses().get(0),
                                    "payment")
                            .with("registered-until", through.toString()));
        }
    }

    private void change(Member member, Hand hand, Map<String, String> data) {
        String field = data.getOrDefault("field", "");
        String to = data.getOrDefault("to", "");
        LocalDate from = data.containsKey("from") ? LocalDate.parse(data.get("from")) : clock.today();
        Rulebook book = law.of(clock.today());
        Rulebook.Change rule = Tracks.change(book, field);
        Entry changed = hand.entry(EntryKind.DATA, from);
        if (rule.beside() != null || rule.leaves() != null) {
            for (Map.Entry<String, String> one :
                    Beside.changed(member, rule, to).entrySet()) {
                changed = changed.with(one.getKey(), one.getValue());
            }
        } else {
            changed = rule.numbered().isEmpty()
                    ? changed.with(field, to)
                    : Numbered.one(book, member, field, to, changed);
        }
        if (member.kind() == Kind.UNIT
                && Rulebook.isPerson(field)
                && law.of(from.isAfter(clock.today()) ? from : clock.today()).onePerson()) {
            changed = changed.with("liaison", to).with("representative", to);
        }
        boolean representative = field.equals("representative");
        if (representative && data.containsKey("head")) {
            changed = changed.with("representative-head", data.get("head"));
        }
        boolean kept = !representative || Boolean.parseBoolean(data.get("keep-post"));
        leave(hand, kept ? List.of() : book.offices(rule, member.posts()), from, changed);
    }

    /** A representative whom the council did not confirm: the unit stays, its posts fall vacant (DSIA-9). */
    void vacate(Member member, Rulebook.Change rule, @Nullable Long caseId, String by) {
        List<String> cite = rule.officeCite();
        Hand hand = new Hand(member.id(), caseId, cite.isEmpty() ? "" : cite.get(0), by, clock.today());
        leave(hand, law.of(clock.today()).offices(rule, member.posts()), clock.today());
    }

    /** The bill of another grade for the rest of the year, if it costs more. */
    Optional<Bill> topUp(Member member, String to, long caseId) {
        return bills.topUp(member.id(), member.grade(), to, clock.today(), caseId);
    }
}
