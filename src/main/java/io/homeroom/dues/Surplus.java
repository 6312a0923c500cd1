package io.homeroom.dues;

import io.homeroom.ground.Money;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a member has paid for the rest of the year beyond the fee of the lower-priced grade that it comes into (IGRS-21-i,
 * IGRS-24-g): lost, or read so, kept as credit for later fees. It never goes back.
 */
@Service
@Transactional
public class Surplus {

    private final Accounts accounts;
    private final Bills bills;
    private final Lawbook law;

    Surplus(Accounts accounts, Bills bills, Lawbook law) {
        this.accounts = accounts;
        this.bills = bills;
        this.law = law;
    }

    /**
     * Turns the surplus of this year's settled bills into credit, as far as money was paid on them.
     *
     * @return how much; nothing where it is lost, nothing was paid, or the new grade does not cost less
     */
    public Money carryOver(long member, String from, String to, LocalDate day) {
        Rulebook book = law.of(day);
        Fees fees = book.fees();
        if (fees == null || book.setting("surplus").filter("carried"::equals).isEmpty()) {
            return Money.ZERO;
        }
        Money left = Price.surplus(book, fees, from, to, day);
        Money kept = Money.ZERO;
        Account account = accounts.lock(member);
        List<BillRow> settled = account.bills.stream()
                .filter(bill -> bill.state() == BillState.PAID
                        && bill.feeYear == day.getYear()
                        && bill.throughYear == day.getYear())
                .sorted(Comparator.comparing(BillRow::kind).reversed())
                .toList();
        List<String> clauses = fees.topUp() == null ? List.of() : fees.topUp().noRefund();
        for (BillRow bill : settled) {
            Money part = left.min(new Money(bill.paidFen));
            if (part.isPositive()) {
                Money price = new Money(bill.amountFen).minus(part);
                String why = bill.why + "；" + from + "换为" + to + "，剩余月份的差额 " + part + " 留抵以后的会费";
                account.lower(
                        bill,
                        new Price(price, why, Price.both(clauses, bill.show().clauses()), bill.throughYear));
                left = left.minus(part);
                kept = kept.plus(part);
            }
        }
        if (kept.isPositive()) {
            account.spendCredit(day);
            bills.afterChange(account);
        }
        return kept;
    }
}
