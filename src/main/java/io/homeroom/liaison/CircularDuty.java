package io.homeroom.liaison;

import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tell;
import io.homeroom.member.Roster;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Two working days after an important notice: whoever has not read it is told again, and each class teacher hears who. */
@Component
class CircularDuty implements Duty {

    private static final int NAMES = 8;

    private final Circulars circulars;
    private final Roster roster;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    CircularDuty(
            Circulars circulars, Roster roster, TransactionTemplate transaction, ApplicationEventPublisher events) {
        this.circulars = circulars;
        this.roster = roster;
        this.transaction = transaction;
        this.events = events;
    }

    @Override
    public String name() {
        return "circulars";
    }

    @Override
    public int order() {
        return 46;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return circulars.undated() ? Optional.of(after.plusDays(1)) : circulars.nextAgain(after);
    }

    @Override
    public void run(LocalDate day) {
        circulars.date(day);
        for (long circular : circulars.again(day)) {
            transaction.executeWithoutResult(status -> again(circular));
        }
    }

    private void again(long id) {
        Circular circular = circulars.find(id).orElseThrow();
        Map<Long, List<Long>> unread = circulars.readers(id, null).stream()
                .filter(reader -> reader.readAt() == null && reader.teacherId() != null)
                .collect(Collectors.groupingBy(
                        reader -> Objects.requireNonNull(reader.teacherId()),
                        Collectors.mapping(Circulars.Reader::memberId, Collectors.toList())));
        circulars.remind(id, null, "system");
        unread.forEach((teacher, members) -> {
            String names = members.stream()
                    .limit(NAMES)
                    .map(roster.names(members)::get)
                    .collect(Collectors.joining("、"));
            events.publishEvent(Tell.of(
                            StaffMember.address(teacher),
                            null,
                            "circular-unread",
                            "「" + circular.title() + "」还有" + members.size() + "家没有回「知道了」：" + names
                                    + (members.size() > NAMES ? "等" : "") + "。收得到的已再提醒一次；回复「已读」看名单")
                    .once("circular-unread:" + id + ":" + teacher));
        });
    }
}
