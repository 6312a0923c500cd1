package io.homeroom.dues;

import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What members owe. */
@Service
public class Bills {
    public List<Bill> of(long member) {
        throw new UnsupportedOperationException();
    }

    public Map<Long, List<Bill>> ofAll(Collection<Long> members) {
        throw new UnsupportedOperationException();
    }

    public Optional<Bill> find(long bill) {
        throw new UnsupportedOperationException();
    }

    public Money owed(long member) {
        throw new UnsupportedOperationException();
    }

    public Map<Long, Money> owedAll(Collection<Long> members) {
        throw new UnsupportedOperationException();
    }

    public boolean overdue(long member, LocalDate day) {
        throw new UnsupportedOperationException();
    }

    public Optional<LocalDate> paidThrough(long member) {
        throw new UnsupportedOperationException();
    }

    public List<Money> mayPay(long member) {
        throw new UnsupportedOperationException();
    }

    public Map<Long, List<Long>> paidBy(long member) {
        throw new UnsupportedOperationException();
    }

    public List<Bill> wouldSettle(long member, Money amount) {
        throw new UnsupportedOperationException();
    }

    public Outcome<Bill> firstYear(long member, LocalDate startOn, @Nullable LocalDate dueOn, @Nullable Long caseId) {
        throw new UnsupportedOperationException();
    }

    public int assess(int year) {
        throw new UnsupportedOperationException();
    }

    public Optional<Bill> topUp(long member, String fromGrade, String toGrade, LocalDate day, @Nullable Long caseId) {
        throw new UnsupportedOperationException();
    }

    public void requoteTopUps(LocalDate day) {
        throw new UnsupportedOperationException();
    }

    public Optional<Bill> term(long member, LocalDate day, @Nullable Long caseId) {
        throw new UnsupportedOperationException();
    }

    public Outcome<Bill> reduce(long member, int year, Money to, List<String> clauses, String by) {
        throw new UnsupportedOperationException();
    }

    public void cancel(long bill, List<String> clauses, String why) {
        throw new UnsupportedOperationException();
    }

    public Money waive(long member, int year, List<String> clauses, String why) {
        throw new UnsupportedOperationException();
    }
}
