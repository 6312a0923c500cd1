package io.homeroom.dues;

import io.homeroom.desk.OwnMorning;
import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.till.PayState;
import io.homeroom.till.Till;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Money that waits: remittances that nobody has recognised yet, for finance; arrears by how long they have lasted, for
 * finance and the secretariat, in numbers of members.
 */
@Component
class OwnMoney implements OwnMorning {

    private static final int MOST = 200;

    private final Till till;
    private final BillReader bills;

    OwnMoney(Till till, BillReader bills) {
        this.till = till;
        this.bills = bills;
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Line> lines(LocalDate day, StaffMember who) {
        boolean finance = who.roles().contains(Role.FINANCE);
        if (!finance && !who.roles().contains(Role.SECRETARIAT)) {
            return List.of();
        }
        List<Line> lines = new ArrayList<>();
        int unmatched = finance ? till.search(PayState.UNMATCHED, 0, MOST).size() : 0;
        if (unmatched > 0) {
            lines.add(new Line("到账待认领：" + unmatched + (unmatched == MOST ? "笔以上" : "笔"), "money?show=unmatched"));
        }
        String stages = bills.owing(day).entrySet().stream()
                .filter(stage -> stage.getValue() > 0)
                .map(stage -> stage.getKey() + stage.getValue() + "家")
                .collect(Collectors.joining(" · "));
        if (!stages.isEmpty()) {
            lines.add(new Line("欠费：" + stages, "money?show=overdue"));
        }
        return lines;
    }
}
