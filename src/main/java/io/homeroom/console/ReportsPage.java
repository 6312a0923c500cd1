package io.homeroom.console;

import io.homeroom.care.Nomination;
import io.homeroom.care.Nominations;
import io.homeroom.classroom.ReportPeriod;
import io.homeroom.classroom.TeacherReports;
import io.homeroom.classroom.TeacherReports.Report;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.papers.Letters;
import io.homeroom.papers.Sheets;
import io.homeroom.papers.Table;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What class teachers achieved in a week or half-year, what that speaks for, and the liaisons they name as outstanding. A
 * class teacher sees its own line.
 */
@Controller
@RequestMapping("/console/{code}/reports")
class ReportsPage {

    private static final int PROPOSED = 5;

    record Line(
            String name,
            int members,
            int contacts,
            int reached,
            String due,
            String settled,
            String rate,
            String collected,
            String advice,
            String tone) {}

    record Named(
            String member,
            String href,
            String person,
            String figures,
            String why,
            String by,
            Words.Chip chip,
            String reason,
            @Nullable String settleHref) {}

    record Proposed(String member, String person, String figures, String href) {}

    private record View(
            String title,
            String kind,
            String cites,
            boolean running,
            String before,
            @Nullable String after,
            List<Line> lines,
            @Nullable Line sum,
            boolean dues,
            boolean advises,
            boolean nominates,
            String nominationCites,
            List<Named> named,
            List<Proposed> proposed,
            String base,
            String query) {}

    private final TeacherReports reports;
    private final Nominations nominations;
    private final Classes classes;
    private final Roster roster;
    private final Sight sight;
    private final Lines lines;
    private final Lawbooks lawbooks;
    private final Letters letters;
    private final Sheets sheets;
    private final BusinessClock clock;

    ReportsPage(
            TeacherReports reports,
            Nominations nominations,
            Classes classes,
            Roster roster,
            Sight sight,
            Lines lines,
            Lawbooks lawbooks,
            Letters letters,
            Sheets sheets,
            BusinessClock clock) {
        this.reports = reports;
        this.nominations = nominations;
        this.classes = classes;
        this.roster = roster;
        this.sight = sight;
        this.lines = lines;
        this.lawbooks = lawbooks;
        this.letters = letters;
        this.sheets = sheets;
        this.clock = clock;
    }

    @GetMapping
    String report(
            Visitor visitor,
            @RequestParam(defaultValue = "week") String kind,
            @RequestParam(defaultValue = "") String at,
            Model model) {
        model.addAttribute("report", view(visitor, period(visitor, kind, at)));
        return "console/reports";
    }

    /** The one just over, unless another is asked for. */
    private ReportPeriod period(Visitor visitor, String kind, String at) {
        try {
            LocalDate day = at.isEmpty() ? null : LocalDate.parse(at);
            if (day != null && day.getYear() > 1990 && !day.isAfter(clock.today())) {
                return period(visitor, kind, day);
            }
        } catch (DateTimeException e) {
            // as if none were given
        }
        return period(visitor, kind, clock.today()).before();
    }

    private ReportPeriod period(Visitor visitor, String kind, LocalDate day) {
        return kind.equals("half-year")
                ? ReportPeriod.halfYear(lawbooks.of(visitor.code()), day)
                : ReportPeriod.week(day);
    }

    private static String query(ReportPeriod period) {
        return "?kind=" + (period.kind() == ReportPeriod.Kind.WEEK ? "week" : "half-year") + "&at=" + period.from();
    }

    private View view(Visitor visitor, ReportPeriod period) {
        boolean half = period.kind() == ReportPeriod.Kind.HALF_YEAR;
        LocalDate today = clock.today();
        // What is still running speaks for nothing yet.
        boolean over = half && period.to().isBefore(today);
        List<Long> only = visitor.only();
        List<TeacherReports.Line> found = reports.all(period).stream()
                .filter(line -> only == null || only.contains(line.teacher().id()))
                .toList();
        List<Line> shown = found.stream()
                .map(line -> line(line.teacher().name(), line.report(), over))
                .toList();
        Rulebook.Teacher rule = lawbooks.of(visitor.code()).teacher();
        String base = visitor.at("reports");
        boolean nominates = half && !nominations.clauses().isEmpty();
        ReportPeriod now = ReportPeriod.halfYear(lawbooks.of(visitor.code()), today);
        boolean open = nominates && (period.equals(now) || period.equals(now.before()));
        return new View(
                period.title(),
                half ? "half-year" : "week",
                half && rule != null ? Words.cites(rule.reports()) : "",
                !period.to().isBefore(today),
                base + query(period.before()),
                period.after().from().isAfter(today) ? null : base + query(period.after()),
                shown,
                shown.size() > 1 ? sum(found) : null,
                lawbooks.dues(visitor.code()),
                over,
                nominates,
                Words.cites(nominations.clauses()),
                nominates ? named(visitor, period) : List.of(),
                open ? proposed(visitor, period) : List.of(),
                base,
                query(period));
    }

    private static Line line(String name, Report report, boolean over) {
        TeacherReports.Advice advice = over ? report.advice() : TeacherReports.Advice.NONE;
        return new Line(
                name,
                report.members(),
                report.contacts(),
                report.reached(),
                report.due().toString(),
                report.settled().toString(),
                report.due().isPositive() ? report.rate() + "%" : "—",
                report.collected().toString(),
                advice.word(),
                advice == TeacherReports.Advice.REWARD ? "good" : "warn");
    }

    private static Line sum(List<TeacherReports.Line> all) {
        ToIntFunction<ToIntFunction<Report>> total = part ->
                all.stream().map(TeacherReports.Line::report).mapToInt(part).sum();
        Report sum = new Report(
                all.get(0).report().from(),
                all.get(0).report().to(),
                total.applyAsInt(Report::members),
                total.applyAsInt(Report::contacts),
                total.applyAsInt(Report::reached),
                all.stream().map(line -> line.report().due()).reduce(Money.ZERO, Money::plus),
                all.stream().map(line -> line.report().settled()).reduce(Money.ZERO, Money::plus),
                all.stream().map(line -> line.report().collected()).reduce(Money.ZERO, Money::plus));
        return line("合计", sum, false);
    }

    private List<Named> named(Visitor visitor, ReportPeriod period) {
        List<Nomination> all = nominations.of(period);
        Map<Long, Member> members =
                sight.of(visitor, all.stream().map(Nomination::memberId).toList());
        Map<String, String> people = lines.people();
        return all.stream()
                .filter(one -> members.containsKey(one.memberId()))
                .map(one -> new Named(
                        Sight.name(members, one.memberId()),
                        visitor.at("members/" + one.memberId()),
                        one.person(),
                        one.figures(),
                        one.why(),
                        people.getOrDefault(one.by(), one.by()),
                        new Words.Chip(
                                one.state().word(),
                                switch (one.state()) {
                                    case PROPOSED -> "warn";
                                    case CONFIRMED -> "good";
                                    case DECLINED -> "plain";
                                }),
                        one.reason(),
                        one.state() == Nomination.State.PROPOSED && visitor.mayEdit()
                                ? visitor.at("reports/nominations/" + one.id())
                                : null))
                .toList();
    }

    private List<Proposed> proposed(Visitor visitor, ReportPeriod period) {
        List<Member> mine = new ArrayList<>();
        visitor.desks().forEach(desk -> mine.addAll(classes.classOf(desk)));
        return nominations.candidates(mine, period).stream()
                .limit(PROPOSED)
                .map(one -> new Proposed(
                        one.member().name(),
                        one.person(),
                        one.figures(),
                        visitor.at("reports/members/" + one.member().id())))
                .toList();
    }

    /** A class teacher names the liaison of a member of its class. */
    @PostMapping("/members/{id}")
    String nominate(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam String at,
            @RequestParam(defaultValue = "") String why,
            RedirectAttributes next) {
        Member member = roster.find(id).filter(visitor::sees).orElseThrow(NotHere::new);
        ReportPeriod period = period(visitor, "half-year", at);
        return then(
                nominations.nominate(member.id(), period, why, visitor.username()),
                "已推荐，等秘书处确认。",
                visitor,
                period,
                next);
    }

    @PostMapping("/nominations/{id}")
    String settle(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam boolean confirmed,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        Nomination one = nominations.find(id).filter(any -> visitor.mayEdit()).orElseThrow(NotHere::new);
        return then(
                nominations.settle(id, confirmed, reason, visitor.username()),
                confirmed ? "已确认，会员和班主任都会收到。" : "已记下，班主任会看到原因。",
                visitor,
                ReportPeriod.halfYearFrom(one.halfYear()),
                next);
    }

    private static String then(
            Outcome<?> outcome, String done, Visitor visitor, ReportPeriod period, RedirectAttributes next) {
        if (outcome instanceof Outcome.Refused<?> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", done);
        }
        return "redirect:" + visitor.at("reports") + query(period);
    }

    @GetMapping("/report.pdf")
    ResponseEntity<byte[]> printed(
            Visitor visitor,
            @RequestParam(defaultValue = "week") String kind,
            @RequestParam(defaultValue = "") String at) {
        ReportPeriod period = period(visitor, kind, at);
        Map<String, Object> facts = new HashMap<>();
        facts.put("association", lawbooks.name(visitor.code()));
        facts.put("report", view(visitor, period));
        facts.put("day", clock.today().toString());
        return Files.of(letters.print("report", facts), MediaType.APPLICATION_PDF, "班主任" + period.title() + ".pdf");
    }

    @GetMapping("/report.xlsx")
    ResponseEntity<byte[]> sheet(
            Visitor visitor,
            @RequestParam(defaultValue = "week") String kind,
            @RequestParam(defaultValue = "") String at)
            throws IOException {
        ReportPeriod period = period(visitor, kind, at);
        View view = view(visitor, period);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<List<?>> rows = new ArrayList<>();
        for (Line line : view.lines()) {
            List<Object> row = new ArrayList<>(List.of(line.name(), line.members(), line.contacts(), line.reached()));
            if (view.dues()) {
                row.addAll(List.of(line.due(), line.settled(), line.rate(), line.collected()));
            }
            row.add(line.advice());
            rows.add(row);
        }
        List<Table.Column> columns = new ArrayList<>(List.of(
                Table.Column.of("班主任", 14),
                Table.Column.of("会员", 8),
                Table.Column.of("联系次数", 10),
                Table.Column.of("联系到", 10)));
        if (view.dues()) {
            columns.addAll(List.of(
                    Table.Column.of("本期到期", 16),
                    Table.Column.of("其中已缴", 16),
                    Table.Column.of("收缴率", 10),
                    Table.Column.of("本期到账", 16)));
        }
        columns.add(Table.Column.of("建议", 12));
        sheets.write(out, List.of(new Table(period.title(), columns, rows)));
        return Files.of(out.toByteArray(), Files.WORKBOOK, "班主任" + period.title() + ".xlsx");
    }
}
