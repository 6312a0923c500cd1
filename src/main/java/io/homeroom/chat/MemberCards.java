package io.homeroom.chat;

import io.homeroom.classroom.Debt;
import io.homeroom.desk.Card;
import io.homeroom.desk.Task;
import io.homeroom.ground.Clauses;
import io.homeroom.ground.Days;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Cards about members, alike wherever they are shown; what their buttons do is up to the commands of the keys. */
@Component
class MemberCards {

    private final BusinessClock clock;

    MemberCards(BusinessClock clock) {
        this.clock = clock;
    }

    /** What a member owes, what was said last, and what can be done now. */
    Card debt(Debt debt) {
        return debt(debt, "");
    }

    /** The same for a branch that is to chase the fee: what asks for it, and what ends it. */
    Card dunned(Debt debt, Task task) {
        String clauses = task.clauses().stream().map(Clauses::label).distinct().collect(Collectors.joining("、"));
        return debt(debt, "请分支机构催缴" + (clauses.isEmpty() ? "" : "〔" + clauses + "〕") + "，到账自动办结");
    }

    private Card debt(Debt debt, String says) {
        LocalDate today = clock.today();
        long id = debt.member().id();
        Card card = Card.of(debt.member().name(), says)
                .row("欠费", debt.owed() + " " + debt.title())
                .row("逾期", debt.days() + "天（" + Days.said(debt.dueOn(), today) + "到期）")
                .row("上次联系", said(debt))
                .row("上次提醒", told(debt))
                .row(
                        "承诺",
                        debt.promise() == null ? "" : Days.said(debt.promise().payOn(), today) + "付")
                .opens("打电话", page(id));
        if (debt.bound()) {
            card = card.button("发提醒", "remind:one:" + id);
        }
        return card.button("已联系", "contact:done:" + id)
                .button("承诺付款日", "promise:ask:" + id)
                .at(page(id));
    }

    private String said(Debt debt) {
        return debt.contact() == null
                ? "还没有记录"
                : Days.said(debt.contact().at().atZone(BusinessClock.ZONE).toLocalDate(), clock.today()) + " "
                        + debt.contact().note();
    }

    private String told(Debt debt) {
        return debt.told() == null
                ? ""
                : Days.said(debt.told().at().atZone(BusinessClock.ZONE).toLocalDate(), clock.today()) + " "
                        + debt.told().fate();
    }

    /** A member's page for staff on the phone. */
    static String page(long member) {
        return "/t/" + Tenant.current() + "/members/" + member;
    }
}
