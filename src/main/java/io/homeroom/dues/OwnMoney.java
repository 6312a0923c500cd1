package io.homeroom.dues;

import io.homeroom.desk.OwnMorning;
import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.till.PayState;
import io.homeroom.till.Till;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Money that waits for finance: remittances that nobody has recognised yet. */
@Component
class OwnMoney implements OwnMorning {

    private static final int MOST = 200;

    private final Till till;

    OwnMoney(Till till) {
        this.till = till;
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Line> lines(LocalDate day, StaffMember who) {
        if (!who.roles().contains(Role.FINANCE)) {
            return List.of();
        }
        int unmatched = till.search(PayState.UNMATCHED, 0, MOST).size();
        return unmatched == 0
                ? List.of()
                : List.of(new Line("到账待认领：" + unmatched + (unmatched == MOST ? "笔以上" : "笔"), "money?show=unmatched"));
    }
}
