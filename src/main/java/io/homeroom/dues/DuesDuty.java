package io.homeroom.dues;

import io.homeroom.desk.Tell;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** On 1 January the year's bills are made; on the first of every month unpaid top-ups are quoted anew. */
@Component
class DuesDuty implements Duty {

    private static final int AFTER_THE_LEDGER = 10;

    private final Bills bills;
    private final Lawbook law;
    private final ApplicationEventPublisher events;

    DuesDuty(Bills bills, Lawbook law, ApplicationEventPublisher events) {
        this.bills = bills;
        this.law = law;
        this.events = events;
    }

    @Override
    public String name() {
        return "dues";
    }

    @Override
    public int order() {
        return AFTER_THE_LEDGER;
    }

    @Override
    public void run(LocalDate day) {
        askForDueDay(day);
        if (day.getDayOfMonth() != 1) {
            return;
        }
        if (day.getMonthValue() == 1) {
            bills.assess(day.getYear(), day);
        }
        bills.requoteTopUps(day);
    }

    @EventListener
    void on(BillRaised raised) {
        askForDueDay(raised.bill().raisedOn());
    }

    /** Without a last day of payment nothing is ever overdue: the secretariat is asked for one, once a year (XDOC-9). */
    private void askForDueDay(LocalDate day) {
        Rulebook book = law.of(day);
        Fees fees = book.fees();
        Rulebook.Reading reading = book.readings().get("fee-due");
        if (fees != null && fees.due() == null && reading != null && "none".equals(reading.value())) {
            events.publishEvent(Tell.of(
                            "秘书处",
                            null,
                            "fee-due",
                            "会费还没有最后交费日，因此不催缴，也不计欠费。请在控制台「规则」的“未明之处的读法”里设定“" + reading.title() + "”")
                    .cites(reading.cite())
                    .once("fee-due:" + day.getYear()));
        }
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return Optional.of(after.withDayOfMonth(1).plusMonths(1));
    }
}
