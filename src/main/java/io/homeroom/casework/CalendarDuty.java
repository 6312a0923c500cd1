package io.homeroom.casework;

import io.homeroom.desk.Tell;
import io.homeroom.dues.Bills;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The first of months, half-years and years: what the rulebook asks for then, whoever the members are. */
@Component
class CalendarDuty implements Duty {

    private final Lawbook law;
    private final Consequences consequences;
    private final Bills bills;
    private final ApplicationEventPublisher events;

    CalendarDuty(Lawbook law, Consequences consequences, Bills bills, ApplicationEventPublisher events) {
        this.law = law;
        this.consequences = consequences;
        this.bills = bills;
        this.events = events;
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
            askForDueDay(day);
        }
        if (day.getMonthValue() == 1) {
            follow("year", day);
        }
    }

    /** Without a last day of payment nothing is ever overdue: the secretariat is asked to set one (XDOC-9). */
    private void askForDueDay(LocalDate day) {
        Rulebook book = law.of(day);
        Fees fees = book.fees();
        Rulebook.Reading due = book.readings().get("fee-due");
        if (fees != null && fees.due() == null && due != null && "none".equals(due.value())) {
            events.publishEvent(Tell.of("秘书处", null, "due-day", "还没有设定会费的最后交费日，因此不催缴、不计欠费。请设定")
                    .cites(List.of("XDOC-9"))
                    .once("due-day:" + day));
        }
    }

    private void follow(String event, LocalDate day) {
        consequences.on(event, new Context(null, null, null, event + ":" + day, List.of(), Map.of(), "system"));
    }
}
