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

/** Decisions that wait for one of a colleague's offices and have all their papers. */
@Component
class OwnPending implements OwnMorning {

    private final CaseBook book;
    private final Fresh fresh;

    OwnPending(CaseBook book, Fresh fresh) {
        this.book = book;
        this.fresh = fresh;
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
        List<CaseView> open = book.views(book.waitingAt(who.offices())).stream()
                .filter(file -> file.missing().isEmpty())
                .toList();
        Map<String, Long> kinds = open.stream()
                .collect(Collectors.groupingBy(
                        file -> CaseWords.type(file.type()), TreeMap::new, Collectors.counting()));
        return kinds.isEmpty()
                ? List.of()
                : List.of(new Line(
                        "待决："
                                + kinds.entrySet().stream()
                                        .map(kind -> kind.getKey() + kind.getValue())
                                        .collect(Collectors.joining("、"))
                                + fresh.of(open, day),
                        "desk?show=cases"));
    }
}
