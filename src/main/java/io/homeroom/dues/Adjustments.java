package io.homeroom.dues;

import io.homeroom.desk.Audit;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Till;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the office decides about money where the bylaws leave it to people: that less is owed on a bill, and that what was
 * paid too much goes back. Where the bylaws ask for somebody's consent to less (WHJX-8-5b), that way is the only one.
 */
@Service
@Transactional
public class Adjustments {

    private final Accounts accounts;
    private final Bills bills;
    private final BillReader reader;
    private final Till till;
    private final EntityManager rows;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Audit audit;

    Adjustments(
            Accounts accounts,
            Bills bills,
            BillReader reader,
            Till till,
            EntityManager rows,
            Lawbook law,
            BusinessClock clock,
            Audit audit) {
        this.accounts = accounts;
        this.bills = bills;
        this.reader = reader;
        this.till = till;
        this.rows = rows;
        this.law = law;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * Lowers a bill; what was paid beyond it stands as credit.
     *
     * @param to the new amount, below the old one
     * @param why why; kept on the bill
     */
    public Outcome<Bill> lower(long bill, Money to, String why, String by) {
        Rulebook book = law.of(clock.today());
        Fees fees = book.fees();
        Bill known = reader.find(bill).orElseThrow(() -> new IllegalArgumentException("No bill " + bill));
        if (fees != null && !fees.reduction().isEmpty()) {
            return Outcome.refused(new Refusal(fees.reduction(), "减免会费须有书面同意：请在会员页提起减免", null));
        }
        if (why.isBlank()) {
            return Outcome.refused("请写明为什么少收，会随账单留存");
        }
        Account account = accounts.lock(known.memberId());
        BillRow row =
                account.bills.stream().filter(one -> one.id == bill).findFirst().orElseThrow();
        if (row.state() == BillState.CANCELLED) {
            return Outcome.refused("这张账单已经撤回，不用再改");
        }
        if (to.fen() < 0 || to.fen() >= row.amountFen) {
            return Outcome.refused("新的金额要在零与原来的" + new Money(row.amountFen) + "之间");
        }
        LocalDate today = clock.today();
        String said = row.why + "；" + today + "由 " + new Money(row.amountFen) + " 改为 " + to + "：" + why.strip();
        Price price = new Price(to, said, known.clauses(), row.throughYear, row.coversTo);
        Money surplus = new Money(row.paidFen).minus(to);
        if (row.isOpen()) {
            if (surplus.isPositive()) {
                account.release(row, surplus);
            }
            row.cost(price);
            account.settle(row, today);
        } else {
            account.lower(row, price);
        }
        account.spendCredit(today);
        bills.afterChange(account);
        audit.note(by, "bill-lowered", known.memberId(), known.title() + "改为" + to + "：" + why.strip());
        return Outcome.done(row.show());
    }

    /**
     * Gives credit back: by WeChat what came by it, else as a task.
     *
     * @param amount not above the credit
     * @return what goes back
     */
    public Outcome<Money> handBack(long member, Money amount, String why, String by) {
        Account account = accounts.lock(member);
        Money credit = account.credit();
        if (!amount.isPositive() || amount.compareTo(credit) > 0) {
            return Outcome.refused("退款要在零与余款" + credit + "之间");
        }
        if (why.isBlank()) {
            return Outcome.refused("请写明为什么退，会随退款留存");
        }
        Money left = amount;
        for (Account.Freed rest : account.rests()) {
            Money part = left.min(rest.amount());
            if (part.isPositive()) {
                till.refund(member, rest.payment(), part, why.strip(), List.of());
                left = left.minus(part);
            }
        }
        rows.flush();
        bills.afterChange(account);
        audit.note(by, "credit-refunded", member, amount + "：" + why.strip());
        return Outcome.done(amount);
    }
}
