package io.homeroom.cli;

import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Eligibility;
import io.homeroom.casework.Rights;
import io.homeroom.classroom.TeacherReports;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.dues.Bill;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.governance.Meetings;
import io.homeroom.governance.Seats;
import io.homeroom.ground.Money;
import io.homeroom.ground.Span;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.review.Explain;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Till;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds what a rehearsal expects against what the registers say. */
class Expectations {

    private static final String NONE = "none";
    private static final int ALL = 100_000;

    private final Roster roster;
    private final Bills bills;
    private final Till till;
    private final Tasks tasks;
    private final Notices notices;
    private final Cases cases;
    private final Rights rights;
    private final Seats seats;
    private final Meetings meetings;
    private final TeacherReports reports;
    private final Explain explain;
    private final Lawbook law;
    private final BusinessClock clock;
    private final OfferExpectations offers;
    private final BasisExpectations basis;

    Expectations(
            Roster roster,
            Bills bills,
            Till till,
            Tasks tasks,
            Notices notices,
            Cases cases,
            Rights rights,
            Seats seats,
            Meetings meetings,
            TeacherReports reports,
            Explain explain,
            Lawbook law,
            BusinessClock clock,
            OfferExpectations offers,
            BasisExpectations basis) {
        this.roster = roster;
        this.bills = bills;
        this.till = till;
        this.tasks = tasks;
        this.notices = notices;
        this.cases = cases;
        this.rights = rights;
        this.seats = seats;
        this.meetings = meetings;
        this.reports = reports;
        this.explain = explain;
        this.law = law;
        this.clock = clock;
        this.offers = offers;
        this.basis = basis;
    }

    /** Everything that is not as expected; empty if all is. */
    List<String> check(Script expect, Cast cast) {
        List<String> wrong = new ArrayList<>();
        for (String name : expect.keys()) {
            Script target = expect.part(name);
            Report report = new Report(name, wrong);
            if (name.equals("association")) {
                tasksAndNotices(target, tasks.search(everything()), allNotices(null), cast, report);
                seats(target.part("seats"), report);
                if (target.has("candidates")) {
                    report.wrong(offers.candidates(target.part("candidates"), cast));
                }
                report.wrong(offers.undertakings(target.part("undertakings"), cast));
            } else if (cast.teachers.containsKey(name)) {
                teacher(target.part("report"), cast.teacher(name), report);
            } else if (cast.resolutions.containsKey(name)) {
                files(target.part("cases"), name, cast, report);
                String about = String.valueOf(cast.resolutions.get(name));
                tasksAndNotices(
                        target,
                        List.of(),
                        allNotices(null).stream()
                                .filter(notice -> about.equals(notice.data().get("case")))
                                .toList(),
                        cast,
                        report);
            } else {
                member(target, name, cast, report);
            }
        }
        return wrong;
    }

    private record Report(String name, List<String> wrong) {

        void same(String what, @Nullable Object expected, @Nullable Object found) {
            if (!Objects.equals(expected, found)) {
                wrong.add(name + "." + what + "：应为 " + expected + "，实为 " + found);
            }
        }

        void wrong(List<String> more) {
            more.forEach(one -> wrong.add(name + "." + one));
        }

        void holds(String what, boolean so, Object found) {
            if (!so) {
                wrong.add(name + "." + what + " 不符，实有 " + found);
            }
        }
    }

    private void member(Script target, String name, Cast cast, Report report) {
        Long id = cast.members.get(name);
        if (id == null) {
            stranger(target, name, cast, report);
            return;
        }
        Member member = roster.get(id);
        LocalDate today = clock.today();
        for (String key : target.keys()) {
            switch (key) {
                case "standing" ->
                    report.same(key, target.text(key), member.standing().code());
                case "joined" -> report.same(key, target.text(key), String.valueOf(member.joinedOn()));
                case "ended" -> report.same(key, target.text(key), String.valueOf(member.endedOn()));
                case "ended-as" ->
                    report.same(
                            key,
                            target.text(key),
                            member.endedAs() == null ? NONE : member.endedAs().code());
                case "grade" -> report.wrong(basis.grade(target, member, cast));
                case "since" -> report.same(key, target.text(key), String.valueOf(member.since()));
                case "posts" -> report.same(key, new TreeSet<>(target.texts(key)), new TreeSet<>(member.posts()));
                case "teacher" ->
                    report.same(
                            key,
                            target.text(key).equals(NONE) ? null : (Object) cast.teacher(target.text(key)),
                            member.teacherId());
                case "number" -> report.same(key, target.flag(key, true), rights.validNumber(member));
                case "owed" -> report.same(key, yuan(target, key), bills.owed(id));
                case "overdue" -> report.same(key, target.flag(key, true), bills.overdue(id, today));
                case "refunded" -> report.same(key, yuan(target, key), till.refunded(id));
                case "paid-through" ->
                    report.same(
                            key,
                            target.text(key),
                            bills.paidThrough(id).map(String::valueOf).orElse(NONE));
                case "bill" -> bill(target.part(key), id, cast, report);
                case "bills" ->
                    report.same(
                            key,
                            Integer.valueOf(target.text(key)),
                            Math.toIntExact(bills.of(id).stream()
                                    .filter(bill -> bill.state() != BillState.CANCELLED)
                                    .count()));
                case "may-pay" ->
                    report.same(
                            key,
                            target.texts(key).stream()
                                    .map(text -> Money.ofYuan(new BigDecimal(text)))
                                    .sorted()
                                    .toList(),
                            bills.mayPay(id).stream().sorted().toList());
                case "may" ->
                    target.part(key)
                            .keys()
                            .forEach(right -> report.wrong(basis.may(target.part(key), right, id, cast)));
                case "ledger" -> report.wrong(basis.ledger(target.parts(key), id, cast));
                case "eligible" -> eligible(target.part(key), id, cast, report);
                case "absences" ->
                    target.part(key)
                            .keys()
                            .forEach(body -> report.wrong(
                                    basis.absences(target.part(key), body, absences(id, body), member, cast)));
                case "passes" -> report.same(key, Integer.valueOf(target.text(key)), rights.passes(id));
                case "price" -> report.wrong(offers.price(target.part(key), id, cast));
                case "size" -> report.wrong(basis.size(target, id, cast));
                case "kind" -> report.wrong(basis.kind(target, member, cast));
                case "data" ->
                    target.part(key)
                            .keys()
                            .forEach(field -> report.same(
                                    "data." + field, target.part(key).text(field), field(member, field)));
                case "cites" -> {
                    Set<String> found = explain.explain(id, today).findings().stream()
                            .flatMap(finding -> finding.clauses().stream())
                            .collect(Collectors.toCollection(TreeSet::new));
                    holds("cites", target.texts(key), found, cast, report);
                }
                case "cases" -> files(target.part(key), name, cast, report);
                case "tasks", "no-tasks", "notices", "no-notices" -> {
                    // Looked at together below.
                }
                default -> throw new Script.Fault(target.where() + "：不认识“" + key + "”");
            }
        }
        tasksAndNotices(target, tasks.search(everything().member(id)), allNotices(id), cast, report);
    }

    /** Somebody whose application was never taken: of such a one there is nothing on record. */
    private void stranger(Script target, String name, Cast cast, Report report) {
        if (!cast.nobodies.contains(name)) {
            throw new Script.Fault("没有叫“" + name + "”的会员");
        }
        for (String key : target.keys()) {
            switch (key) {
                case "standing" -> report.same(key, target.text(key), NONE);
                case "number", "overdue" -> report.same(key, target.flag(key, true), false);
                case "owed", "refunded" -> report.same(key, yuan(target, key), Money.ZERO);
                case "bills", "passes" -> report.same(key, target.text(key), "0");
                case "cases" -> files(target.part(key), name, cast, report);
                case "no-tasks", "no-notices" -> {
                    // There are none.
                }
                default -> report.holds(key, false, "从未入会");
            }
        }
    }

    private static String field(Member member, String field) {
        @Nullable
        String value = switch (field) {
            case "name" -> member.name();
            case "branch" -> member.branch();
            default -> member.data().get(field);
        };
        return value == null ? NONE : value;
    }

    /** In a row where the bylaws count absences so, else those of the year that ends today. */
    private int absences(long member, String body) {
        return law.of(clock.today()).attendance().isEmpty()
                ? meetings.within(member, List.of(body), Span.years(1), clock.today())
                : meetings.inARow(member, body);
    }

    private static Money yuan(Script target, String key) {
        return Money.ofYuan(new BigDecimal(target.text(key)));
    }

    /** All the clauses are found. */
    private static void holds(String what, List<String> expected, Collection<String> found, Cast cast, Report report) {
        report.holds(what, found.containsAll(expected), found);
        cast.asserts(expected, found);
    }

    private void bill(Script wanted, long member, Cast cast, Report report) {
        wanted.known("year", "kind", "amount", "due", "open", "cites");
        List<Bill> all = bills.of(member).stream()
                .filter(bill -> bill.state() != BillState.CANCELLED)
                .toList();
        List<Bill> found = all.stream()
                .filter(bill -> fits(wanted, "year", String.valueOf(bill.year()))
                        && fits(wanted, "kind", bill.kind().code())
                        && (!wanted.has("amount") || yuan(wanted, "amount").equals(bill.amount()))
                        && (!wanted.has("open") || yuan(wanted, "open").equals(bill.owed()))
                        && fits(wanted, "due", bill.dueOn() == null ? NONE : String.valueOf(bill.dueOn()))
                        && bill.clauses().containsAll(wanted.texts("cites")))
                .toList();
        report.holds("bill", !found.isEmpty(), all);
        found.forEach(bill -> cast.asserts(wanted.texts("cites"), bill.clauses()));
    }

    private static boolean fits(Script wanted, String key, @Nullable String found) {
        String expected = wanted.textOr(key, null);
        return expected == null || expected.equals(found == null ? NONE : found);
    }

    private void eligible(Script wanted, long member, Cast cast, Report report) {
        wanted.known("to", "result", "unmet", "from", "conditions");
        Eligibility eligibility = cases.eligible(member, wanted.text("to"));
        report.same("eligible.result", wanted.flag("result", true), eligibility.result());
        if (wanted.has("unmet")) {
            report.same("eligible.unmet", new TreeSet<>(wanted.texts("unmet")), new TreeSet<>(eligibility.unmet()));
            cast.asserts(wanted.texts("unmet"), eligibility.unmet());
        }
        if (wanted.has("conditions")) {
            report.wrong(basis.conditions(wanted, roster.get(member), eligibility, cast));
        }
        if (wanted.has("from")) {
            report.same("eligible.from", wanted.text("from"), String.valueOf(eligibility.from()));
        }
    }

    private void files(Script wanted, String name, Cast cast, Report report) {
        for (String type : wanted.keys()) {
            Script file = wanted.part(type).known("outcome", "at", "due", "from", "missing", "open", "cites");
            Optional<CaseView> latest = latest(name, type, cast);
            if (file.has("open")) {
                Long member = cast.members.get(name);
                long open = member == null
                        ? latest.filter(CaseView::isOpen).stream().count()
                        : cases.of(member).stream()
                                .filter(one -> one.type().equals(type) && one.isOpen())
                                .count();
                report.same("cases." + type + ".open", Long.valueOf(file.text("open")), open);
            }
            CaseView found = latest.orElse(null);
            boolean more = file.keys().stream().anyMatch(key -> !key.equals("open"));
            if (found == null) {
                report.holds("cases." + type, !more, "没有这类办件");
                continue;
            }
            String at = file.textOr("at", null);
            boolean so = fits(file, "outcome", found.outcome())
                    && (at == null || cast.address(at).equals(found.at() == null ? NONE : found.at()))
                    && fits(file, "due", found.due() == null ? null : String.valueOf(found.due()))
                    && fits(file, "from", found.from() == null ? null : String.valueOf(found.from()));
            report.holds("cases." + type, so, found);
            if (file.has("cites")) {
                Set<String> clauses = new TreeSet<>(found.clauses());
                found.steps().forEach(step -> clauses.addAll(step.clauses()));
                holds("cases." + type + ".cites", file.texts("cites"), clauses, cast, report);
            }
            if (file.has("missing")) {
                report.same(
                        "cases." + type + ".missing",
                        new TreeSet<>(file.texts("missing")),
                        new TreeSet<>(found.missing()));
            }
        }
    }

    private Optional<CaseView> latest(String name, String type, Cast cast) {
        Long resolution = cast.resolutions.get(name);
        if (type.equals("resolution") && resolution != null) {
            return cases.find(resolution);
        }
        Long member = cast.members.get(name);
        return member == null
                ? Optional.empty()
                : cases.of(member).stream()
                        .filter(one -> one.type().equals(type))
                        .reduce((earlier, later) -> later);
    }

    private void seats(Script wanted, Report report) {
        for (String word : wanted.keys()) {
            Script seat = wanted.part(word).known("held", "open");
            if (seat.has("held")) {
                report.same("seats." + word + ".held", Integer.valueOf(seat.text("held")), seats.held(word));
            }
            if (seat.has("open")) {
                report.same(
                        "seats." + word + ".open",
                        Integer.valueOf(seat.text("open")),
                        seats.open(word).orElse(-1));
            }
        }
    }

    private void teacher(Script wanted, long staff, Report report) {
        wanted.known("from", "to", "contacts", "due", "collected");
        TeacherReports.Report found = reports.halfYearBefore(staff, clock.today());
        boolean so = fits(wanted, "from", found.from().toString())
                && fits(wanted, "to", found.to().toString())
                && fits(wanted, "contacts", String.valueOf(found.contacts()))
                && (!wanted.has("due") || yuan(wanted, "due").equals(found.due()))
                && (!wanted.has("collected") || yuan(wanted, "collected").equals(found.collected()));
        report.holds("report", so, found);
    }

    private static TaskSearch everything() {
        return TaskSearch.all().page(0, ALL);
    }

    private List<Notice> allNotices(@Nullable Long member) {
        return notices.search(NoticeSearch.all().member(member).page(0, ALL));
    }

    private void tasksAndNotices(Script target, List<Task> all, List<Notice> told, Cast cast, Report report) {
        for (Script wanted : target.parts("tasks")) {
            wanted.known("what", "to", "where", "due", "state", "amount", "cites", "count");
            List<Task> fitting =
                    all.stream().filter(task -> fits(wanted, task, cast)).toList();
            long found = fitting.size();
            boolean so = wanted.has("count") ? found == Long.parseLong(wanted.text("count")) : found > 0;
            fitting.forEach(task -> cast.asserts(wanted.texts("cites"), task.clauses()));
            report.holds("tasks " + wanted.text("what"), so, shown(all));
        }
        for (Script unwanted : target.parts("no-tasks")) {
            unwanted.known("what", "to", "where", "due", "state", "amount", "cites");
            report.holds(
                    "no-tasks " + unwanted.text("what"),
                    all.stream().noneMatch(task -> fits(unwanted, task, cast)),
                    shown(all));
        }
        for (Script wanted : target.parts("notices")) {
            wanted.known("to", "cites", "count");
            List<Notice> fitting =
                    told.stream().filter(notice -> fits(wanted, notice, cast)).toList();
            long found = fitting.size();
            boolean so = wanted.has("count") ? found == Long.parseLong(wanted.text("count")) : found > 0;
            fitting.forEach(notice -> cast.asserts(wanted.texts("cites"), notice.clauses()));
            report.holds("notices " + wanted.text("to") + wanted.texts("cites"), so, heard(told));
        }
        for (Script unwanted : target.parts("no-notices")) {
            unwanted.known("to", "cites");
            report.holds(
                    "no-notices " + unwanted.text("to") + unwanted.texts("cites"),
                    told.stream().noneMatch(notice -> fits(unwanted, notice, cast)),
                    heard(told));
        }
    }

    private static List<String> shown(List<Task> all) {
        return all.stream()
                .map(task -> task.what() + "→" + task.to() + (task.where() == null ? "" : "@" + task.where()) + " "
                        + task.due() + " " + task.state() + task.clauses())
                .toList();
    }

    private static List<String> heard(List<Notice> told) {
        return told.stream()
                .map(notice -> notice.to() + "(" + notice.person() + ")" + notice.clauses())
                .toList();
    }

    private boolean fits(Script wanted, Task task, Cast cast) {
        String state = wanted.textOr("state", null);
        String now = task.stateOn(clock.today());
        boolean stateFits = state == null ? now.equals("open") || now.equals("overdue") : state.equals(now);
        return stateFits
                && wanted.text("what").equals(task.what())
                && (!wanted.has("to") || cast.address(wanted.text("to")).equals(task.to()))
                && (!wanted.has("where") || wanted.text("where").equals(task.where()))
                && fits(wanted, "due", task.due() == null ? null : task.due().toString())
                && (!wanted.has("amount") || yuan(wanted, "amount").equals(task.amount()))
                && cites(wanted, task.clauses());
    }

    private static boolean fits(Script wanted, Notice notice, Cast cast) {
        String to = wanted.text("to");
        boolean whom = switch (to) {
            case "member" -> Set.of("member", "liaison", "representative").contains(notice.to());
            case "liaison", "representative" -> to.equals(notice.person());
            default -> cast.address(to).equals(notice.to());
        };
        return whom && cites(wanted, notice.clauses());
    }

    private static boolean cites(Script wanted, List<String> clauses) {
        List<String> expected = wanted.texts("cites");
        return expected.isEmpty() || expected.stream().anyMatch(clauses::contains);
    }
}
