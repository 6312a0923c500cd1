package io.homeroom.casework;

import io.homeroom.desk.OwnMorning;
import io.homeroom.desk.StaffMember;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Decisions that wait for one of a colleague's offices. */
@Component
class OwnPending implements OwnMorning {

    private final CaseBook book;

    OwnPending(CaseBook book) {
        this.book = book;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Line> lines(LocalDate day, StaffMember who) {
        if (who.offices().isEmpty()) {
            return List.of();
        }
        Map<String, Long> kinds = book.waitingAt(who.offices()).stream()
                .collect(Collectors.groupingBy(
                        file -> CaseWords.type(file.type()), TreeMap::new, Collectors.counting()));
        return kinds.isEmpty()
                ? List.of()
                : List.of(new Line(
                        "待决："
                                + kinds.entrySet().stream()
                                        .map(kind -> kind.getKey() + kind.getValue())
                                        .collect(Collectors.joining("、")),
                        "desk?show=cases"));
    }
}
