package io.homeroom.rulebook;

import io.homeroom.ground.Days;
import io.homeroom.ground.Deadlines;
import io.homeroom.ground.Span;
import io.homeroom.ground.WorkCalendar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides what holds of a member on a day and what follows: a pure function of rulebook, calendar, facts and day.
 *
 * <p>Arrears periods end on the corresponding day, rolled past rest days, and act on the day after; periods of
 * inactivity are not rolled (XDOC-2, XDOC-3). A rule with a milder one before it acts only when that one has acted:
 * on the same day if both are due on the same day, else at the earliest a day later.
 */
public final class Judge {

    /** Those who hear for the member. */
    private static final List<String> PERSONS = List.of("member", "liaison", "representative");

    private static final int OWED = 0;
    private static final int OVERDUE = 20;
    private static final int SANCTION = 50;
    private static final int SUSPENDED = 60;
    private static final int ENDED = 100;
    /** More anniversaries than this are no member's. */
    private static final int MOST_PERIODS = 200;

    private final Rulebook book;
    private final WorkCalendar calendar;
    private final Facts facts;
    private final LocalDate day;
    private final Turnout turnout;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Ruling.Step> ahead = new ArrayList<>();
    private final List<Consequence> consequences = new ArrayList<>();
    private final List<Consequence> held = new ArrayList<>();
    private final TreeSet<LocalDate> changes = new TreeSet<>();
    private final TreeSet<Integer> uncharted = new TreeSet<>();

    private Judge(Rulebook book, WorkCalendar calendar, Facts facts, LocalDate day) {
        this.book = book;
        this.calendar = calendar;
        this.facts = facts;
        this.day = day;
        this.turnout = new Turnout(book.says("empty-year-counts"), facts, day);
    }

    /** Judges one member on one day. */
    public static Ruling judge(Rulebook book, WorkCalendar calendar, Facts facts, LocalDate day) {
        return new Judge(book, calendar, facts, day).rule();
    }

    /** One thing a rule waits for. {@code onset} is the first day after {@code last}. */
    private record Occasion(
            Watch watch,
            String name,
            Facts.@Nullable Due bill,
            @Nullable LocalDate last,
            LocalDate onset,
            boolean holds,
            Map<String, String> used,
            String says,
            String ends) {
        String key() {
            return watch.id() + "/" + name;
        }
    }

    private Ruling rule() {
        if (facts.belongs()) {
            List<Occasion> occasions = new ArrayList<>();
            for (Watch watch : book.watch()) {
                occasions.addAll(occasions(watch));
            }
            for (Occasion occasion : occasions) {
                if (occasion.watch().when().before().isEmpty()) {
                    weigh(occasion, occasions);
                } else {
                    announce(occasion);
                }
            }
            bills(occasions);
            rests();
        } else if (facts.endedOn() != null && !facts.endedOn().isAfter(day)) {
            findings.add(new Finding(
                    book.rightsEnd(),
                    "ended",
                    "会员资格已于" + Days.dated(facts.endedOn()) + "终止",
                    facts.endedOn(),
                    Map.of("endedOn", facts.endedOn().toString()),
                    book.cases().containsKey("appeal") ? "可以申诉；符合条件的也可以重新申请入会" : "符合条件的可以重新申请入会",
                    ENDED));
        }
        findings.sort(Comparator.comparingInt(Finding::weight)
                .reversed()
                .thenComparing(f -> f.since() == null ? LocalDate.MIN : f.since())
                .thenComparing(Finding::code)
                .thenComparing(Finding::says));
        ahead.sort(Comparator.comparing(Ruling.Step::day)
                .thenComparing(Ruling.Step::rule)
                .thenComparing(Ruling.Step::says));
        if (!consequences.isEmpty() || !held.isEmpty()) {
            changes.add(day.plusDays(1));
        }
        return new Ruling(
                List.copyOf(findings),
                List.copyOf(ahead),
                List.copyOf(consequences),
                List.copyOf(held),
                Optional.ofNullable(changes.higher(day)),
                List.copyOf(uncharted));
    }

    private List<Occasion> occasions(Watch watch) {
        Watch.When when = watch.when();
        boolean suspended = facts.standing().equals("suspended");
        boolean suspends = watch.then().stream().anyMatch(a -> "suspension".equals(a.open()));
        if (suspended && suspends) {
            return List.of(); // what it would lead to has already happened
        }
        if (when.unpaid() != null) {
            return unpaid(watch, when.unpaid());
        }
        if (when.feeYear()) {
            return suspended ? List.of() : feeYears(watch);
        }
        if (when.inactive() != null) {
            return suspended ? List.of() : inactive(watch, when.inactive().span());
        }
        if (when.suspended() != null) {
            return suspendedFor(watch, when.suspended());
        }
        if (when.unregistered() != null) {
            return unregistered(watch, when.unregistered());
        }
        if (when.lapsed()) {
            return lapsed(watch);
        }
        if (when.renewal() != null) {
            return renewal(watch, when.renewal());
        }
        if (when.unconfirmed() != null) {
            return unconfirmed(watch, when.unconfirmed());
        }
        return when.teacherless() ? teacherless(watch) : List.of();
    }

    /** In a year without a calendar only weekends are known; that is said with the ruling. */
    private LocalDate roll(LocalDate last) {
        LocalDate rolled = calendar.roll(last, book.holds("weekends-roll"));
        for (int year = last.getYear(); year <= rolled.getYear(); year++) {
            if (!calendar.knows(year)) {
                uncharted.add(year);
            }
        }
        return rolled;
    }

    private List<Occasion> unpaid(Watch watch, Watch.Unpaid unpaid) {
        List<Occasion> found = new ArrayList<>();
        for (Facts.Due bill : facts.bills()) {
            LocalDate anchor = Arrears.start(book, bill, unpaid.from());
            if (anchor == null || bill.raisedOn().isAfter(day)) {
                continue;
            }
            Span beyond = unpaid.beyond();
            LocalDate last =
                    Arrears.notBeforeDue(bill, beyond.count() == 0 ? anchor : roll(Deadlines.lastDay(anchor, beyond)));
            Map<String, String> used = used(bill);
            used.put("last", last.toString());
            String says = Arrears.says(bill, anchor, beyond, last);
            String ends = "交清" + bill.owed() + "即停止";
            boolean holds = true;
            Watch.Inactive inactive = watch.when().inactive();
            if (inactive != null) {
                LocalDate end = yearFrom(anchor, inactive);
                holds = turnout.idle(anchor, end, end);
                says += "，其间没有参加活动";
                used.put("inactiveFrom", anchor.plusDays(1).toString());
                used.put("inactiveTo", end.toString());
            }
            String body = watch.when().absentFrom();
            if (body != null) {
                boolean sits = facts.sittings().containsKey(body);
                LocalDate end = yearFrom(anchor, inactive);
                holds &= !sits || turnout.absent(body, anchor, end, end);
                if (sits) {
                    says += "，也没有出席" + body;
                }
            }
            found.add(new Occasion(watch, "bill-" + bill.id(), bill, last, last.plusDays(1), holds, used, says, ends));
        }
        return found;
    }

    private static LocalDate yearFrom(LocalDate anchor, Watch.@Nullable Inactive inactive) {
        return Deadlines.lastDay(anchor, inactive == null ? Span.years(1) : inactive.span());
    }

    /** What a member did not do in the year after a fee was due; it is over as soon as the member does it again. */
    private List<Occasion> feeYears(Watch watch) {
        Watch.Inactive inactive = watch.when().inactive();
        String body = watch.when().absentFrom();
        List<Occasion> found = new ArrayList<>();
        for (FeeYear one : FeeYear.around(book, facts, inactive == null ? Span.years(1) : inactive.span(), day)) {
            LocalDate until = one.through().isBefore(day) ? day.minusDays(1) : one.through();
            boolean holds = (inactive == null || turnout.idle(one.after(), one.through(), until))
                    && (body == null || turnout.absent(body, one.after(), one.through(), until));
            Map<String, String> used = new LinkedHashMap<>();
            used.put("inactiveFrom", one.after().plusDays(1).toString());
            used.put("inactiveTo", one.through().toString());
            List<String> missed = new ArrayList<>();
            if (inactive != null) {
                missed.add("没有参加活动");
            }
            if (body != null) {
                missed.add("没有出席" + body);
            }
            String says =
                    Days.dated(one.after().plusDays(1)) + "至" + Days.dated(one.through()) + String.join("，也", missed);
            found.add(new Occasion(
                    watch,
                    "year-" + one.year(),
                    null,
                    one.through(),
                    one.through().plusDays(1),
                    holds,
                    used,
                    says,
                    inactive == null ? "出席一次" + body + "即可" : "参加一次活动即可"));
        }
        return found;
    }

    private List<Occasion> inactive(Watch watch, Span span) {
        LocalDate base = facts.activeSince() == null ? facts.joined() : facts.activeSince();
        if (base == null || base.isAfter(day)) {
            return List.of();
        }
        LocalDate lastActivity = null;
        for (LocalDate activity : facts.activities()) {
            if (!activity.isAfter(day)) {
                lastActivity = activity;
            }
        }
        if (lastActivity != null && lastActivity.isAfter(base)) {
            base = lastActivity;
        }
        boolean counts = book.says("anniversary-counts");
        LocalDate start = base;
        for (int i = 1; i <= MOST_PERIODS; i++) {
            LocalDate end = Deadlines.lastDay(base, new Span(span.count() * i, span.unit()));
            LocalDate onset = counts ? end : end.plusDays(1);
            boolean offered = turnout.offered(start, end);
            if (offered || !onset.isBefore(day.plusDays(1))) {
                Map<String, String> used = new LinkedHashMap<>();
                used.put(lastActivity == null ? "joined" : "lastActivity", base.toString());
                used.put("last", end.toString());
                String says =
                        (lastActivity == null ? "自" + Days.dated(base) + "起" : "最近一次参加活动是" + Days.dated(base) + "，此后")
                                + "至" + Days.dated(end) + "满" + span.words() + "没有参加活动";
                return List.of(
                        new Occasion(watch, "since-" + base, null, end, onset, offered, used, says, "参加一次活动后重新计算"));
            }
            start = end;
        }
        return List.of();
    }

    private List<Occasion> suspendedFor(Watch watch, Span span) {
        Facts.Rest rest = facts.rest();
        if (rest == null
                || !rest.byRule() && !book.says("sanction-forfeits")
                || rest.since().isAfter(day)) {
            return List.of();
        }
        LocalDate last = roll(Deadlines.lastDay(rest.since(), span));
        Map<String, String> used = new LinkedHashMap<>();
        used.put("suspendedSince", rest.since().toString());
        used.put("last", last.toString());
        return List.of(new Occasion(
                watch,
                "suspended-" + rest.since(),
                null,
                last,
                lostOnTheDay() ? last : last.plusDays(1),
                !(facts.restorationPending() && book.holds("restoration-stops")),
                used,
                "会员权利自" + Days.dated(rest.since()) + "起暂停，至" + Days.dated(last) + "满" + span.words(),
                "在" + Days.dated(last) + "前申请恢复权利"));
    }

    /** Exactly so long is neither less nor more (BACCA-39-b): the member may still ask, or read so, is out. */
    private boolean lostOnTheDay() {
        return book.setting("five-years-full").filter("lost"::equals).isPresent();
    }

    private List<Occasion> unregistered(Watch watch, Span span) {
        LocalDate applied = facts.applied();
        if (facts.registered() || applied == null || applied.isAfter(day)) {
            return List.of();
        }
        LocalDate last = roll(Deadlines.lastDay(applied, span));
        Map<String, String> used = new LinkedHashMap<>();
        used.put("applied", applied.toString());
        used.put("last", last.toString());
        return List.of(new Occasion(
                watch,
                "applied-" + applied,
                null,
                last,
                last.plusDays(1),
                true,
                used,
                "自" + Days.dated(applied) + "申请入会起" + span.words() + "内（至" + Days.dated(last) + "）没有办理初次登记",
                "由协会决定如何处理"));
    }

    /** A registration ends on its day, be that a working day or not (BACCA-21-a to c). */
    private List<Occasion> lapsed(Watch watch) {
        Facts.Registration registration = facts.registration();
        LocalDate last = registration == null ? null : registration.until();
        if (last == null) {
            return List.of();
        }
        return List.of(new Occasion(
                watch,
                "until-" + last,
                null,
                last,
                last.plusDays(1),
                true,
                Map.of("last", last.toString()),
                "登记有效期至" + Days.dated(last),
                "办理登记后继续有效"));
    }

    /** A registration that runs beyond the opening of the next period can wait for that one. */
    private List<Occasion> renewal(Watch watch, Watch.Renewal renewal) {
        Facts.Registration registration = facts.registration();
        if (registration == null) {
            return List.of();
        }
        LocalDate until = registration.until();
        YearlyPeriod yearly = YearlyPeriod.of(book.reading(renewal.reading())).orElse(null);
        if (yearly == null) {
            Span ahead = renewal.ahead();
            return until == null || ahead == null
                    ? List.of()
                    : List.of(renewal(watch, "until-" + until, Deadlines.before(until, ahead), until, registration));
        }
        int year = yearly.yearAt(day);
        LocalDate renewed = registration.renewedOn();
        boolean due = (renewed == null || renewed.getYear() != year)
                && (until == null || until.isBefore(yearly.first(year + 1)));
        if (!due) {
            changes.add(yearly.last(year).plusDays(1));
            return List.of();
        }
        return List.of(renewal(watch, "in-" + year, yearly.first(year), yearly.last(year), registration));
    }

    private Occasion renewal(
            Watch watch, String name, LocalDate first, LocalDate last, Facts.Registration registration) {
        Map<String, String> used = new LinkedHashMap<>();
        used.put("first", first.toString());
        used.put("last", last.toString());
        if (registration.until() != null) {
            used.put("until", registration.until().toString());
        }
        changes.add(last.plusDays(1));
        return new Occasion(
                watch,
                name,
                null,
                last,
                first,
                !registration.pending() && !day.isAfter(last),
                used,
                "续期登记在" + Days.dated(first) + "至" + Days.dated(last) + "受理，还没有办理",
                "在" + Days.dated(last) + "前办理续期登记");
    }

    private List<Occasion> unconfirmed(Watch watch, Watch.Unconfirmed unconfirmed) {
        LocalDate told = facts.told();
        String months = book.reading(unconfirmed.reading());
        if (told == null || told.isAfter(day) || months.equals("none")) {
            return List.of();
        }
        LocalDate asked = Deadlines.lastDay(told, Span.parse(months + " months"));
        LocalDate last = unconfirmed.beyond().count() == 0 ? asked : Deadlines.lastDay(asked, unconfirmed.beyond());
        return List.of(new Occasion(
                watch,
                "told-" + told,
                null,
                last,
                last.plusDays(1),
                true,
                Map.of("told", told.toString(), "last", last.toString()),
                "登记的资料自" + Days.dated(told) + "起没有核对过",
                "核对一次即可，没有变化也请回复一声"));
    }

    private List<Occasion> teacherless(Watch watch) {
        if (facts.hasTeacher()) {
            return List.of();
        }
        LocalDate since = facts.joined() == null ? day : facts.joined();
        return List.of(new Occasion(
                watch,
                "none",
                null,
                null,
                since,
                !since.isAfter(day),
                Map.of("since", since.toString()),
                "还没有班主任",
                "指派班主任后解除"));
    }

    /** A rule that acts from its onset on. */
    private void weigh(Occasion occasion, List<Occasion> all) {
        if (occasion.onset().isAfter(day)) {
            changes.add(occasion.onset());
            if (occasion.holds()) {
                foresee(occasion, occasion.onset());
            }
            return;
        }
        if (!occasion.holds()) {
            return;
        }
        findings.add(new Finding(
                occasion.watch().cite(),
                occasion.watch().id(),
                occasion.says(),
                occasion.onset(),
                Map.copyOf(occasion.used()),
                occasion.ends(),
                weight(occasion.watch())));
        if (facts.done().containsKey(occasion.key())) {
            return;
        }
        Consequence consequence = consequence(occasion, occasion.key());
        switch (turn(occasion, all)) {
            case NOW -> consequences.add(consequence);
            case LATER -> changes.add(day.plusDays(1));
            case UNDELIVERED -> held.add(consequence);
        }
    }

    private enum Turn {
        NOW,
        LATER,
        UNDELIVERED
    }

    /** Whether the milder rule before this one has had its day and reached the member. */
    private Turn turn(Occasion occasion, List<Occasion> all) {
        String after = occasion.watch().after();
        if (after == null) {
            return Turn.NOW;
        }
        Occasion milder = all.stream()
                .filter(o -> o.watch().id().equals(after) && o.name().equals(occasion.name()))
                .findFirst()
                .orElse(null);
        if (milder == null || !milder.holds()) {
            return Turn.NOW;
        }
        Facts.Done done = facts.done().get(milder.key());
        if (done == null || (!done.on().isBefore(day) && !milder.onset().equals(occasion.onset()))) {
            return Turn.LATER;
        }
        return severe(occasion.watch()) && !done.delivered() && !facts.gone() ? Turn.UNDELIVERED : Turn.NOW;
    }

    /** A rule that speaks so many days ahead, each once and only on its day: what lies in the past is not repeated. */
    private void announce(Occasion occasion) {
        LocalDate last = occasion.last();
        if (last == null || !occasion.holds()) {
            return;
        }
        for (int days : occasion.watch().when().before()) {
            LocalDate on = last.minusDays(days);
            String key = occasion.key() + ":-" + days;
            if (on.isAfter(day)) {
                changes.add(on);
            } else if (on.equals(day) && !facts.done().containsKey(key)) {
                consequences.add(consequence(occasion, key));
            }
        }
    }

    private Consequence consequence(Occasion occasion, String key) {
        Facts.Due bill = occasion.bill();
        LocalDate last = bill != null && bill.dueOn() != null ? bill.dueOn() : occasion.last();
        Map<String, String> words = Consequence.words(facts.name(), bill, last == null ? null : Days.dated(last));
        if (occasion.watch().when().renewal() != null && last != null) {
            words.put(Consequence.DUE, last.toString());
        }
        return new Consequence(
                key,
                occasion.watch().id(),
                occasion.watch().cite(),
                acts(occasion.watch()),
                bill == null ? null : bill.id(),
                bill == null ? null : bill.owed(),
                occasion.last(),
                words,
                severe(occasion.watch()),
                bill != null && occasion.onset().isBefore(bill.raisedOn()));
    }

    /** Reminders ahead go to a class teacher only where there is one: nobody takes its place yet. */
    private List<Act> acts(Watch watch) {
        if (facts.gone()) {
            return without(watch.then(), PERSONS);
        }
        return watch.when().before().isEmpty() || facts.hasTeacher()
                ? watch.then()
                : without(watch.then(), List.of("teacher"));
    }

    /** The acts without what is said to some; where nobody is left at the member, it is told nothing. */
    private static List<Act> without(List<Act> acts, List<String> whom) {
        List<Act> others = new ArrayList<>();
        for (Act act : acts) {
            List<String> tell =
                    act.tell().stream().filter(to -> !whom.contains(to)).toList();
            if (tell.size() == act.tell().size()) {
                others.add(act);
            } else if (!tell.isEmpty()) {
                others.add(new Act(tell, act.task(), act.open(), act.at(), act.effect(), act.cite(), act.says()));
            }
        }
        return List.copyOf(others);
    }

    private void foresee(Occasion occasion, LocalDate on) {
        String what = what(occasion.watch());
        if (!what.isEmpty()) {
            String ground = "若" + String.join("，", still(occasion));
            ahead.add(new Ruling.Step(
                    on, occasion.watch().id(), occasion.watch().cite(), ground + "，" + Days.dated(on) + "起" + what));
        }
    }

    /** What would have to go on until then for it to follow. */
    private static List<String> still(Occasion occasion) {
        Watch.When when = occasion.watch().when();
        List<String> still = new ArrayList<>();
        if (occasion.bill() != null) {
            still.add(occasion.bill().title() + "仍未交清");
        }
        if (when.inactive() != null) {
            still.add(still.isEmpty() ? "仍没有参加活动" : "也没有参加活动");
        }
        if (when.absentFrom() != null) {
            still.add((still.isEmpty() ? "仍没有出席" : "也没有出席") + when.absentFrom());
        }
        if (when.suspended() != null) {
            still.add("权利仍未恢复");
        }
        if (when.unregistered() != null || when.lapsed()) {
            still.add("仍没有登记");
        }
        if (when.unconfirmed() != null) {
            still.add("资料仍未核对");
        }
        return still.isEmpty() ? List.of("仍无变化") : still;
    }

    private void bills(List<Occasion> occasions) {
        Fees fees = book.fees();
        if (fees == null) {
            return;
        }
        for (Facts.Due bill : facts.bills()) {
            if (bill.raisedOn().isAfter(day)) {
                continue;
            }
            LocalDate due = bill.dueOn();
            if (due == null) {
                findings.add(owed(bill, fees.cite(), "owed", bill.title() + "尚欠" + bill.owed(), null, OWED));
                continue;
            }
            if (!day.isAfter(due)) {
                changes.add(due.plusDays(1));
                findings.add(owed(
                        bill,
                        fees.cite(),
                        "owed",
                        bill.title() + "尚欠" + bill.owed() + "，最后交费日" + Days.dated(due),
                        null,
                        OWED));
            } else if (occasions.stream().noneMatch(o -> bill.equals(o.bill()) && marksOverdue(o.watch()))) {
                List<String> cite = fees.reminderCite().isEmpty() ? fees.cite() : fees.reminderCite();
                findings.add(owed(
                        bill,
                        cite,
                        "overdue",
                        bill.title() + "尚欠" + bill.owed() + "，最后交费日" + Days.dated(due) + "已过",
                        due.plusDays(1),
                        OVERDUE));
            }
            remind(fees, bill, due);
        }
    }

    private static boolean marksOverdue(Watch watch) {
        Watch.Unpaid unpaid = watch.when().unpaid();
        return unpaid != null
                && unpaid.beyond().count() == 0
                && watch.when().inactive() == null
                && watch.when().before().isEmpty();
    }

    private Finding owed(
            Facts.Due bill, List<String> cite, String code, String says, @Nullable LocalDate since, int weight) {
        return new Finding(cite, code, says, since, Map.copyOf(used(bill)), "交清" + bill.owed() + "即可", weight);
    }

    private static Map<String, String> used(Facts.Due bill) {
        Map<String, String> used = new LinkedHashMap<>();
        used.put("bill", Long.toString(bill.id()));
        used.put("year", Integer.toString(bill.year()));
        used.put("owedFen", Long.toString(bill.owed().fen()));
        if (bill.dueOn() != null) {
            used.put("dueOn", bill.dueOn().toString());
        }
        return used;
    }

    /** The ladder of reminders; a rule about the same bill that tells the member on that day speaks for it. */
    private void remind(Fees fees, Facts.Due bill, LocalDate due) {
        for (int days : fees.reminders()) {
            LocalDate on = due.plusDays(days);
            if (on.isAfter(day)) {
                changes.add(on);
                continue;
            }
            String key = "reminder/bill-" + bill.id() + ":" + days;
            if (!on.equals(day) || facts.gone() || facts.done().containsKey(key) || told(bill)) {
                continue;
            }
            String says = days < 0
                    ? "{年度}年度会费尚有{金额}未交，最后交费日{期限}，请按时交纳"
                    : days == 0 ? "{年度}年度会费尚有{金额}未交，今天是最后交费日" : "{年度}年度会费{金额}尚未到账，最后交费日{期限}已过，请尽快交纳";
            List<String> cite = fees.reminderCite().isEmpty() ? fees.cite() : fees.reminderCite();
            List<String> to = new ArrayList<>(days > 0 && facts.hasTeacher() ? List.of("teacher") : List.of());
            to.addAll(fees.reminderTo().isEmpty() ? List.of("member") : fees.reminderTo());
            consequences.add(new Consequence(
                    key,
                    "reminder",
                    cite,
                    List.of(new Act(to, null, null, null, null, cite, days > 0 ? "{会员}" + says : says)),
                    bill.id(),
                    bill.owed(),
                    due,
                    Consequence.words(facts.name(), bill, Days.dated(due)),
                    false,
                    false));
        }
    }

    private boolean told(Facts.Due bill) {
        for (Watch watch : book.watch()) {
            boolean tells = watch.then().stream().anyMatch(a -> a.tell().contains("member"));
            String key = watch.id() + "/bill-" + bill.id();
            Facts.Done done = facts.done().get(key);
            boolean today = (done != null && done.on().equals(day))
                    || consequences.stream().anyMatch(c -> c.key().equals(key));
            if (tells && today) {
                return true;
            }
        }
        return false;
    }

    private void rests() {
        Facts.Rest rest = facts.rest();
        if (rest != null && !rest.since().isAfter(day)) {
            findings.add(new Finding(
                    restCite(rest),
                    "suspended",
                    "会员权利自" + Days.dated(rest.since()) + "起暂停",
                    rest.since(),
                    Map.of("suspendedSince", rest.since().toString()),
                    rest.byRule() ? "申请恢复权利，经批准后解除" : "处理期满或撤销后恢复",
                    SUSPENDED));
        }
        for (Facts.Penalty penalty : facts.sanctions()) {
            LocalDate until = penalty.until();
            if (penalty.since().isAfter(day)) {
                changes.add(penalty.since());
            } else if (until == null || !until.isBefore(day)) {
                if (until != null) {
                    changes.add(until.plusDays(1));
                }
                Map<String, String> used = new LinkedHashMap<>();
                used.put("sanction", penalty.name());
                used.put("since", penalty.since().toString());
                if (until != null) {
                    used.put("until", until.toString());
                }
                findings.add(new Finding(
                        rule(penalty).map(Rulebook.Sanction::cite).orElse(List.of()),
                        "sanction",
                        "受到“" + penalty.name() + "”处理" + (until == null ? "" : "，至" + Days.dated(until)),
                        penalty.since(),
                        Map.copyOf(used),
                        until == null ? "没有写明期限，由作出处理的机构撤销后解除" : Days.dated(until.plusDays(1)) + "起自动解除",
                        SANCTION));
            }
        }
    }

    /** The clause by which rights rest: of the rule about arrears, or of the sanction in force that takes them. */
    private List<String> restCite(Facts.Rest rest) {
        if (rest.byRule()) {
            Track track = book.cases().get("suspension");
            return track == null ? List.of() : track.cite();
        }
        return facts.sanctions().stream()
                .filter(penalty -> !penalty.since().isAfter(day)
                        && (penalty.until() == null || !penalty.until().isBefore(day)))
                .flatMap(penalty -> rule(penalty).stream())
                .map(Rulebook.Sanction::suspendsRights)
                .filter(clauses -> !clauses.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private Optional<Rulebook.Sanction> rule(Facts.Penalty penalty) {
        return book.sanctions().stream()
                .filter(rule -> rule.name().equals(penalty.name()))
                .findFirst();
    }

    private static boolean severe(Watch watch) {
        return watch.then().stream().anyMatch(a -> a.open() != null || a.effect() != null);
    }

    private static int weight(Watch watch) {
        int weight = 10;
        if (watch.when().renewal() != null) {
            return weight; // nothing is late yet
        }
        for (Act act : watch.then()) {
            if (act.effect() != null) {
                weight = Math.max(weight, 95);
            } else if (act.open() != null) {
                weight = Math.max(weight, act.open().equals("suspension") ? 70 : 80);
            } else if (act.task() != null) {
                weight = Math.max(weight, 30);
            } else if (watch.when().unpaid() != null) {
                weight = Math.max(weight, watch.when().unpaid().beyond().count() == 0 ? 20 : 40);
            }
        }
        return weight;
    }

    /** What the rule leads to, in a few words; empty where it only speaks to somebody. */
    private static String what(Watch watch) {
        String led = leadsTo(watch.then());
        if (!led.isEmpty()) {
            return led;
        }
        if (watch.when().renewal() != null && watch.when().before().isEmpty()) {
            return "应办理续期登记";
        }
        return watch.when().unpaid() != null && watch.when().unpaid().beyond().count() == 0 ? "记为逾期" : "";
    }

    /** What acts do beside speaking to somebody, in a few words. */
    static String leadsTo(List<Act> acts) {
        for (Act act : acts) {
            if (act.effect() != null) {
                return switch (act.effect()) {
                    case FORFEIT -> "丧失会员资格";
                    case SUSPEND -> "暂停会员权利";
                    case EXPEL -> "除名";
                    case DEEM_WITHDRAWN -> "视为退会";
                    default -> "依规则处理";
                };
            }
            if (act.open() != null) {
                return switch (act.open()) {
                    case "exit" -> "启动视为退会的程序";
                    case "suspension" -> "提出暂停会员权利";
                    case "expulsion" -> "提出除名议案";
                    default -> "依规则立案";
                };
            }
        }
        for (Act act : acts) {
            if (act.task() != null && act.task().what().equals("consider-downgrade")) {
                return "列为考虑降级的因素";
            }
        }
        return "";
    }
}
