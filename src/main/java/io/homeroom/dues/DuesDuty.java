package io.homeroom.dues;

import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** On 1 January the year's bills are made; on the first of every month unpaid top-ups are quoted anew. */
@Component
class DuesDuty implements Duty {

    private static final int AFTER_THE_LEDGER = 10;

    private final Bills bills;

    DuesDuty(Bills bills) {
        this.bills = bills;
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
        if (day.getDayOfMonth() != 1) {
            return;
        }
        if (day.getMonthValue() == 1) {
            bills.assess(day.getYear(), day);
        }
        bills.requoteTopUps(day);
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return Optional.of(after.withDayOfMonth(1).plusMonths(1));
    }
}
