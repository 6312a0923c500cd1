package io.homeroom.console;

import io.homeroom.desk.Role;
import io.homeroom.dues.Adjustments;
import io.homeroom.dues.Bill;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What finance does about a member's money where the bylaws leave it to people: less on a bill, credit that goes back. */
@Controller
class AdjustPages {

    private static final String YUAN = "\\d{1,9}(\\.\\d{1,2})?";

    private record Line(String id, String title, String amount, String paid, String why) {}

    private record View(
            String name,
            String memberHref,
            String href,
            @Nullable String credit,
            List<Line> bills) {}

    private final Adjustments adjustments;
    private final Bills bills;
    private final Roster roster;

    AdjustPages(Adjustments adjustments, Bills bills, Roster roster) {
        this.adjustments = adjustments;
        this.bills = bills;
        this.roster = roster;
    }

    static boolean mayAdjust(Visitor visitor) {
        return visitor.is(Role.ADMIN, Role.FINANCE);
    }

    private Member member(Visitor visitor, long id) {
        if (!mayAdjust(visitor)) {
            throw new NotHere();
        }
        return roster.find(id).filter(visitor::sees).orElseThrow(NotHere::new);
    }

    @GetMapping("/console/{code}/members/{id:\\d{1,19}}/adjust")
    String look(Visitor visitor, @PathVariable long id, Model model) {
        Member member = member(visitor, id);
        Money owed = bills.owed(id);
        model.addAttribute(
                "adjust",
                new View(
                        member.name(),
                        visitor.at("members/" + id),
                        visitor.at("members/" + id + "/adjust"),
                        owed.fen() < 0 ? Money.ZERO.minus(owed).toString() : null,
                        bills.of(id).stream()
                                .filter(bill -> bill.state() != BillState.CANCELLED)
                                .map(bill -> new Line(
                                        Long.toString(bill.id()),
                                        bill.title(),
                                        bill.amount().toString(),
                                        bill.amount().minus(bill.owed()).toString(),
                                        bill.why()))
                                .toList()));
        return "console/adjust";
    }

    @PostMapping("/console/{code}/members/{id:\\d{1,19}}/adjust/bill")
    String lower(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        member(visitor, id);
        Forms form = Forms.of(sent);
        Money to = yuan(form.get("to"));
        Long bill = form.key("bill");
        boolean its = bill != null && bills.of(id).stream().anyMatch(one -> one.id() == bill);
        if (bill == null || !its) {
            throw new NotHere();
        }
        if (to == null) {
            return wrong(visitor, id, next);
        }
        Outcome<Bill> outcome = adjustments.lower(bill, to, form.get("why"), visitor.username());
        return told(visitor, id, outcome, "已改。多交的留作余款，要退的在下面办。", next);
    }

    @PostMapping("/console/{code}/members/{id:\\d{1,19}}/adjust/credit")
    String handBack(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        member(visitor, id);
        Forms form = Forms.of(sent);
        Money amount = yuan(form.get("amount"));
        if (amount == null) {
            return wrong(visitor, id, next);
        }
        Outcome<Money> outcome = adjustments.handBack(id, amount, form.get("why"), visitor.username());
        return told(visitor, id, outcome, "已列入退款：微信收的原路退回，其他的列了待办。", next);
    }

    private static @Nullable Money yuan(String text) {
        String plain = text.replaceAll("[,，¥￥\\s]", "");
        return plain.matches(YUAN) ? Money.ofYuan(new BigDecimal(plain)) : null;
    }

    private static String wrong(Visitor visitor, long id, RedirectAttributes next) {
        next.addFlashAttribute("refused", new Frame.Refused("金额写成元，最多到分，例如 6000 或 6000.50。", ""));
        return back(visitor, id);
    }

    private static String told(Visitor visitor, long id, Outcome<?> outcome, String done, RedirectAttributes next) {
        if (outcome instanceof Outcome.Refused<?> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", done);
        }
        return back(visitor, id);
    }

    private static String back(Visitor visitor, long id) {
        return "redirect:" + visitor.at("members/" + id + "/adjust");
    }
}
