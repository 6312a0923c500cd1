package io.homeroom.casework;

import io.homeroom.dues.Prepaid;
import io.homeroom.ground.Money;
import io.homeroom.schedule.BusinessClock;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A new fee standard was resolved: the office hears whom it finds with years paid ahead. */
@Component
class FeeFlags {

    private static final String FEE = "fee:";

    private final Prepaid prepaid;
    private final BusinessClock clock;

    FeeFlags(Prepaid prepaid, BusinessClock clock) {
        this.prepaid = prepaid;
        this.clock = clock;
    }

    @EventListener
    void decided(CaseDecided event) {
        CaseView view = event.decided();
        if (view.type().equals("resolution") && view.outcome().equals(CaseRow.APPROVED)) {
            Map<String, Money> amounts = new LinkedHashMap<>();
            view.data().forEach((key, value) -> {
                if (key.startsWith(FEE)) {
                    amounts.put(key.substring(FEE.length()), Money.ofYuan(new BigDecimal(value)));
                }
            });
            prepaid.flag(clock.today(), amounts);
        }
    }
}
