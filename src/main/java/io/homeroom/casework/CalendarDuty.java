package io.homeroom.casework;

import io.homeroom.dues.Bills;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The first of months, half-years and years: what the rulebook asks for then, whoever the members are. */
@Component
class CalendarDuty implements Duty {

    private final Lawbook law;
    private final Consequences consequences;
    private final Bills bills;

    CalendarDuty(Lawbook law, Consequences consequences, Bills bills) {
        this.law = law;
        this.consequences = consequences;
        this.bills = bills;
    }

    @Override
    public String name() {
        return "calendar";
    }

    @Override
    public int order() {
        return 50;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return Optional.of(after.withDayOfMonth(1).plusMonths(1));
    }

    @Override
    public void run(LocalDate day) {
        if (day.getDayOfMonth() != 1) {
            return;
        }
        if (law.of(day).fees() != null) {
            bills.requoteTopUps(day);
        }
        follow("month", day);
        if (law.of(day).halfYear(day).equals(day)) {
            follow("half-year", day);
        }
        if (day.getMonthValue() == 1) {
            follow("year", day);
        }
    }

    private void follow(String event, LocalDate day) {
        consequences.on(event, new Context(null, null, null, event + ":" + day, List.of(), Map.of(), "system"));
    }
}
