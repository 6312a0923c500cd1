package io.homeroom.review;

import io.homeroom.casework.CaseDecided;
import io.homeroom.casework.Consequences;
import io.homeroom.casework.Context;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Days;
import io.homeroom.ground.Money;
import io.homeroom.ground.WorkCalendar;
import io.homeroom.liaison.Classes;
import io.homeroom.liaison.Contacted;
import io.homeroom.liaison.HeldReminders;
import io.homeroom.liaison.Promise;
import io.homeroom.liaison.Promises;
import io.homeroom.member.EntryKind;
import io.homeroom.member.MemberChanged;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Consequence;
import io.homeroom.rulebook.Facts;
import io.homeroom.rulebook.Judge;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Ruling;
import io.homeroom.rulebook.Watch;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The nightly look. Only members that are due are read. For most of them nothing follows: they are judged a batch at a
 * time, and it is noted when they are due again. Where something follows, the member is held, judged once more and served
 * in a transaction of its own. What followed is noted with it, so that a second run finds nothing left to do.
 *
 * <p>A member that cannot be looked at is set aside: the others' days go on, and for this one the next night makes up for
 * every day since, in order. When many fail the fault is not theirs, and the night stops at that day.
 */
@Component
public class Review implements Duty {

    private static final Logger LOG = LoggerFactory.getLogger(Review.class);

    /** Those who hear for the member. */
    static final List<String> PERSONS = List.of("member", "liaison", "representative");

    private static final int BATCH = 500;
    /** More rounds than a ladder has steps mean that a rule feeds itself. */
    private static final int MOST_ROUNDS = 20;
    /** More members than this are not set aside at a time. */
    private static final int MOST_ASIDE = 20;

    private final Lawbook law;
    private final Calendars calendars;
    private final Roster roster;
    private final Dossiers dossiers;
    private final DoneBook done;
    private final Aside aside;
    private final Consequences consequences;
    private final Tasks tasks;
    private final Promises promises;
    private final Classes classes;
    private final HeldReminders heldReminders;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    Review(
            Lawbook law,
            Calendars calendars,
            Roster roster,
            Dossiers dossiers,
            DoneBook done,
            Aside aside,
            Consequences consequences,
            Tasks tasks,
            Promises promises,
            Classes classes,
            HeldReminders heldReminders,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.law = law;
        this.calendars = calendars;
        this.roster = roster;
        this.dossiers = dossiers;
        this.done = done;
        this.aside = aside;
        this.consequences = consequences;
        this.tasks = tasks;
        this.promises = promises;
        this.classes = classes;
        this.heldReminders = heldReminders;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public String name() {
        return "review";
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return roster.nextReview().map(day -> day.isAfter(after) ? day : after.plusDays(1));
    }

    /**
     * Looks at everybody who is due on a day.
     *
     * @throws IllegalStateException if too many members could not be looked at; all others were
     */
    @Override
    public void run(LocalDate day) {
        Rulebook book = law.of(day);
        WorkCalendar calendar = calendars.current();
        if (!calendar.knows(day.getYear()) && rolls(book)) {
            calendars.missing(day.getYear());
        }
        Set<Long> waiting = makeUp(calendar, day);
        Failed failed = new Failed(day);
        Batch batch = look(book, calendar, day, null, waiting, failed);
        while (batch.last() != null) {
            for (long member : batch.noisy()) {
                try {
                    serve(book, calendar, day, member);
                } catch (RuntimeException e) {
                    failed.add(member, e);
                }
            }
            batch = look(book, calendar, day, batch.last(), waiting, failed);
        }
        setAside(failed, waiting.size(), day);
    }

    /** Serves those set aside for each day that they missed. Gives those that still cannot be. */
    private Set<Long> makeUp(WorkCalendar calendar, LocalDate day) {
        Set<Long> waiting = new HashSet<>();
        aside.all().forEach((member, since) -> {
            try {
                for (LocalDate missed = since; missed.isBefore(day); missed = missed.plusDays(1)) {
                    serve(law.of(missed), calendar, missed, member);
                }
                aside.release(member);
            } catch (RuntimeException e) {
                reason(member, day, e);
                waiting.add(member);
            }
        });
        return waiting;
    }

    private void setAside(Failed failed, int waiting, LocalDate day) {
        if (failed.count == 0) {
            return;
        }
        if (failed.count + waiting > MOST_ASIDE) {
            throw new IllegalStateException(failed.count + waiting + " members could not be reviewed, among them "
                    + failed.first.entrySet().iterator().next());
        }
        Map<Long, String> names = roster.names(failed.first.keySet());
        failed.first.forEach((member, why) -> aside.put(member, names.getOrDefault(member, ""), day, why));
    }

    /** Those that could not be looked at; no more of them are kept than may be set aside, however many there are. */
    private static final class Failed {
        private final LocalDate day;
        private final Map<Long, String> first = new LinkedHashMap<>();
        private int count;

        Failed(LocalDate day) {
            this.day = day;
        }

        void add(long member, RuntimeException e) {
            String why = reason(member, day, e);
            count++;
            if (count <= MOST_ASIDE) {
                first.put(member, why);
            }
        }
    }

    private static String reason(long member, LocalDate day, RuntimeException e) {
        LOG.error("Member {} could not be reviewed for {}", member, day, e);
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    /** A batch; if one member spoils it, each by itself. */
    private Batch look(
            Rulebook book,
            WorkCalendar calendar,
            LocalDate day,
            Roster.@Nullable Due after,
            Set<Long> waiting,
            Failed failed) {
        try {
            return batch(book, calendar, day, after, BATCH, waiting);
        } catch (RuntimeException e) {
            LOG.warn("A batch could not be looked at together for {}", day, e);
        }
        List<Long> noisy = new ArrayList<>();
        Roster.Due last = after;
        List<Roster.Due> alone = roster.due(day, after, BATCH);
        for (Roster.Due member : alone) {
            try {
                noisy.addAll(batch(book, calendar, day, last, 1, waiting).noisy());
            } catch (RuntimeException e) {
                failed.add(member.member(), e);
            }
            last = member;
        }
        return new Batch(alone.isEmpty() ? null : last, noisy);
    }

    private Batch batch(
            Rulebook book,
            WorkCalendar calendar,
            LocalDate day,
            Roster.@Nullable Due after,
            int most,
            Set<Long> waiting) {
        return Objects.requireNonNull(transaction.execute(status -> judge(book, calendar, day, after, most, waiting)));
    }

    /** Whether any rule's last day moves past rest days, for which the year's calendar is wanted. */
    private static boolean rolls(Rulebook book) {
        return book.watch().stream()
                .map(Watch::when)
                .anyMatch(when -> when.suspended() != null
                        || when.unregistered() != null
                        || (when.unpaid() != null && when.unpaid().beyond().count() > 0));
    }

    /**
     * @param last the last one looked at, null if there was none
     * @param noisy members for whom something follows
     */
    private record Batch(Roster.@Nullable Due last, List<Long> noisy) {}

    /** The batch is held until it is noted, so that no new fact slips in between the look and the note. */
    private Batch judge(
            Rulebook book,
            WorkCalendar calendar,
            LocalDate day,
            Roster.@Nullable Due after,
            int most,
            Set<Long> waiting) {
        List<Roster.Due> due = roster.holdDue(day, after, most);
        if (due.isEmpty()) {
            return new Batch(null, List.of());
        }
        List<Long> ids = due.stream()
                .map(Roster.Due::member)
                .filter(id -> !waiting.contains(id))
                .toList();
        Map<Long, Facts> facts = dossiers.of(book, day, ids);
        Map<Long, Optional<LocalDate>> quiet = new HashMap<>();
        List<Long> noisy = new ArrayList<>();
        Optional<LocalDate> turn = law.turn(day);
        for (long id : ids) {
            Facts known = facts.get(id);
            Ruling ruling = known == null ? null : Judge.judge(book, calendar, known, day);
            if (ruling == null) {
                quiet.put(id, Optional.empty());
            } else if (ruling.consequences().isEmpty() && ruling.held().isEmpty()) {
                quiet.put(id, next(ruling, turn));
            } else {
                noisy.add(id);
            }
        }
        roster.reviewedAll(quiet);
        return new Batch(due.get(due.size() - 1), noisy);
    }

    /** When a member is to be looked at again: the judge looks no further than the edition that it is asked about. */
    private static Optional<LocalDate> next(Ruling ruling, Optional<LocalDate> turn) {
        return Stream.concat(ruling.next().stream(), turn.stream()).min(Comparator.naturalOrder());
    }

    /** Round after round until nothing more follows today: what was told in one round may have arrived before the next. */
    private void serve(Rulebook book, WorkCalendar calendar, LocalDate day, long member) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            boolean quiet = Boolean.TRUE.equals(transaction.execute(status -> {
                roster.hold(member);
                Facts facts = dossiers.of(book, day, List.of(member)).get(member);
                if (facts == null) {
                    return true;
                }
                Ruling ruling = Judge.judge(book, calendar, facts, day);
                handOut(member, ruling.consequences(), day);
                if (!ruling.consequences().isEmpty()) {
                    return false;
                }
                ruling.held().forEach(c -> mail(book, member, facts, c, day));
                roster.reviewed(member, next(ruling, law.turn(day)).orElse(null));
                return true;
            }));
            if (quiet) {
                return;
            }
        }
        throw new IllegalStateException("What follows for member " + member + " does not end");
    }

    /** What one rule says about several bills on one day is said once; what is to be done is done for each. */
    private void handOut(long member, List<Consequence> all, LocalDate day) {
        Map<String, List<Consequence>> byRule = new LinkedHashMap<>();
        all.forEach(c -> byRule.computeIfAbsent(c.rule() + (c.late() ? " late" : ""), r -> new ArrayList<>())
                .add(c));
        for (List<Consequence> alike : byRule.values()) {
            Consequence first = alike.get(0);
            if (first.rule().equals("reminder")) {
                for (Consequence reminder : alike) {
                    done.note(member, reminder, day, null);
                    remind(member, reminder, day);
                }
                continue;
            }
            boolean toldAtEntry = first.late() && !first.severe();
            String speaker = toldAtEntry ? "bills-at-entry:" + member : key(member, first.key());
            for (Consequence one : alike) {
                done.note(member, one, day, toldAtEntry || !one.equals(first) ? speaker : null);
            }
            List<Act> tells = first.acts().stream()
                    .filter(act -> !act.tell().isEmpty())
                    .map(act -> toldAtEntry ? without(act, PERSONS) : act)
                    .filter(act -> !act.tell().isEmpty())
                    .toList();
            consequences.carryOut(tells, context(member, first, together(alike)));
            List<Act> rest =
                    first.acts().stream().filter(act -> act.tell().isEmpty()).toList();
            for (Consequence one : alike) {
                consequences.carryOut(rest, context(member, one, one.words()));
            }
        }
    }

    private static Context context(long member, Consequence consequence, Map<String, String> words) {
        return new Context(
                member,
                null,
                consequence.bill(),
                key(member, consequence.key()),
                consequence.clauses(),
                words,
                "system");
    }

    /** Of a bill entered long after its day the member was told when it was entered; others hear of it now. */
    private static Act without(Act act, List<String> persons) {
        List<String> others =
                act.tell().stream().filter(to -> !persons.contains(to)).toList();
        return new Act(others, act.task(), act.open(), act.at(), act.effect(), act.cite(), act.says());
    }

    private static Map<String, String> together(List<Consequence> alike) {
        Map<String, String> words = new HashMap<>(alike.get(0).words());
        if (alike.size() > 1) {
            words.put(
                    "年度",
                    String.join(
                            "、",
                            alike.stream()
                                    .map(c -> c.words().getOrDefault("年度", ""))
                                    .toList()));
            Money owed = alike.stream()
                    .map(Consequence::owed)
                    .filter(Objects::nonNull)
                    .reduce(Money.ZERO, Money::plus);
            words.put("金额", owed.toString());
        }
        return words;
    }

    /**
     * Reminders have a template of their own, which wants the figures apart. Of what is overdue the member is not reminded
     * while it has promised a day, or its class teacher has just been in touch; the class teacher hears that.
     */
    private void remind(long member, Consequence reminder, LocalDate day) {
        String key = key(member, reminder.key());
        String held = days(reminder) > 0 ? inHand(member, day) : "";
        for (String to : reminder.acts().get(0).tell()) {
            if (!held.isEmpty() && PERSONS.contains(to)) {
                Long bill = reminder.bill();
                if (bill != null) {
                    heldReminders.note(new HeldReminders.Held(bill, days(reminder)), member, day);
                }
                continue;
            }
            String says = reminder.acts().get(0).says();
            Map<String, String> data = new HashMap<>(reminder.data());
            data.put("held", held);
            events.publishEvent(Tell.of(
                            to,
                            member,
                            "reminder",
                            reminder.text(says == null ? "" : says) + (held.isEmpty() ? "" : "。" + held))
                    .cites(reminder.clauses())
                    .once(key + ":" + to)
                    .with(held.isEmpty() ? reminder.data() : data));
        }
    }

    /** How many days after the last day of payment it comes; negative before. */
    private static int days(Consequence reminder) {
        return Integer.parseInt(reminder.key().substring(reminder.key().lastIndexOf(':') + 1));
    }

    /** How a debt is in somebody's hands, as it is said to the class teacher; empty if it is not. */
    private String inHand(long member, LocalDate day) {
        int patience =
                law.of(day).setting("teacher-first").map(Integer::parseInt).orElse(-1);
        if (patience < 0) {
            return "";
        }
        Optional<Promise> promise =
                promises.open(member).filter(word -> !word.payOn().isBefore(day));
        if (promise.isPresent()) {
            return "会员承诺" + Days.said(promise.get().payOn(), day) + "付款，提醒先不发给会员";
        }
        LocalDate since = day;
        for (int left = patience; left > 0; ) {
            since = since.minusDays(1);
            left -= calendars.current().isRest(since) ? 0 : 1;
        }
        Contacted contact = classes.lastContacts(List.of(member)).get(member);
        boolean lately = contact != null
                && !contact.at().atZone(BusinessClock.ZONE).toLocalDate().isBefore(since);
        return lately ? "你已联系过，提醒先不发给会员；" + patience + "个工作日后仍未到账再发" : "";
    }

    /**
     * A severe step waits for the notice before it. When that has had its day and did not arrive, a letter with proof of
     * posting takes its place.
     */
    private void mail(Rulebook book, long member, Facts facts, Consequence severe, LocalDate day) {
        String milder = milder(book, severe);
        Facts.Done told = milder == null ? null : facts.done().get(milder);
        if (milder == null || told == null || !told.on().isBefore(day)) {
            return;
        }
        String text = "“" + facts.name() + "”收不到线上通知，请邮寄书面通知并留存寄送凭证，办结后程序才会继续";
        tasks.open(NewTask.of("letter", book.offices().get(0), text)
                .about(member)
                .cites(severe.clauses())
                .once(letterKey(member, milder)));
    }

    private static @Nullable String milder(Rulebook book, Consequence severe) {
        for (Watch watch : book.watch()) {
            if (watch.id().equals(severe.rule()) && watch.after() != null) {
                return watch.after() + severe.key().substring(severe.rule().length());
            }
        }
        return null;
    }

    /** Somebody without a class teacher who gets one may lose it again: then it is told anew. */
    @EventListener
    void on(MemberChanged changed) {
        if (changed.entry().kind() == EntryKind.TEACHER) {
            for (Watch watch : law.of(changed.entry().on()).watch()) {
                if (watch.when().teacherless()) {
                    done.forget(changed.member(), watch.id());
                }
            }
        }
    }

    /** A decided case is a new fact: a restoration refused lets the clock of its suspension run on. */
    @EventListener
    void on(CaseDecided decided) {
        Long member = decided.decided().memberId();
        if (member != null) {
            roster.touch(member);
        }
    }

    static String key(long member, String consequence) {
        return "review:" + member + ":" + consequence;
    }

    static String letterKey(long member, String consequence) {
        return "letter:" + member + ":" + consequence;
    }
}
