package io.homeroom.review;

import io.homeroom.desk.OwnMorning;
import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An anomaly of the night: members whose review could not be finished, and that wait to be made up for. */
@Component
class OwnNight implements OwnMorning {

    private final Aside aside;

    OwnNight(Aside aside) {
        this.aside = aside;
    }

    @Override
    public int order() {
        return 50;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Line> lines(LocalDate day, StaffMember who) {
        int waiting = who.roles().contains(Role.SECRETARIAT) ? aside.all().size() : 0;
        return waiting == 0 ? List.of() : List.of(new Line("昨夜复核没有完成：" + waiting + "家，今晚重试", "today"));
    }
}
