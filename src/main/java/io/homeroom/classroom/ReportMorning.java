package io.homeroom.classroom;

import io.homeroom.desk.Morning;
import io.homeroom.desk.OwnMorning;
import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Clauses;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.Calendars;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * On the first working day of a week and of a half-year the secretariat is led to the report of the one before: how often
 * class teachers were in touch, and what of the fees came in (WHJX-9-5).
 */
@Component
class ReportMorning implements Morning, OwnMorning {

    private final TeacherReports reports;
    private final Calendars calendars;
    private final Lawbook law;

    ReportMorning(TeacherReports reports, Calendars calendars, Lawbook law) {
        this.reports = reports;
        this.calendars = calendars;
        this.law = law;
    }

    @Override
    public int order() {
        return 70;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<String> line(LocalDate day) {
        List<ReportPeriod> over = over(day);
        return over.isEmpty()
                ? Optional.empty()
                : Optional.of(over.stream().map(this::sum).collect(Collectors.joining("；")) + "，见控制台「报告」");
    }

    @Override
    @Transactional(readOnly = true)
    public List<Line> lines(LocalDate day, StaffMember who) {
        return who.roles().contains(Role.SECRETARIAT)
                ? over(day).stream()
                        .map(period -> new Line(
                                sum(period),
                                "reports?kind="
                                        + (period.kind() == ReportPeriod.Kind.WEEK ? "week" : "half-year")
                                        + "&at=" + period.from()))
                        .toList()
                : List.of();
    }

    /** What was over before its first working day, which this is. */
    private List<ReportPeriod> over(LocalDate day) {
        List<ReportPeriod> over = new ArrayList<>();
        for (ReportPeriod now : List.of(ReportPeriod.halfYear(law.of(day), day), ReportPeriod.week(day))) {
            if (calendars.current().roll(now.from()).equals(day)) {
                over.add(now.before());
            }
        }
        return over;
    }

    private String sum(ReportPeriod period) {
        List<TeacherReports.Line> all = reports.all(period);
        int contacts = all.stream().mapToInt(line -> line.report().contacts()).sum();
        int reached = all.stream().mapToInt(line -> line.report().reached()).sum();
        Rulebook.Teacher rule = law.of(period.to()).teacher();
        String cite = period.kind() == ReportPeriod.Kind.WEEK
                        || rule == null
                        || rule.reports().isEmpty()
                ? ""
                : "，请提出奖惩建议〔" + Clauses.label(rule.reports().get(0)) + "〕";
        return "班主任" + period.kind().word() + "（" + period.title() + "）：联系" + contacts + "次、" + reached + "家" + cite;
    }
}
