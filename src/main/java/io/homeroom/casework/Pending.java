package io.homeroom.casework;

import io.homeroom.desk.Morning;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Clauses;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Decisions that somebody in the association owes, for its morning: who must take how many of each kind, the nearest last
 * day, and by name what is new since the last working morning.
 */
@Component
class Pending implements Morning {

    private static final int MOST = 1000;

    private final Cases cases;
    private final Fresh fresh;

    Pending(Cases cases, Fresh fresh) {
        this.cases = cases;
        this.fresh = fresh;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Optional<String> line(LocalDate day) {
        List<CaseView> open = cases.search(null, "open", 0, MOST).stream()
                .filter(file -> file.at() != null
                        && !"member".equals(file.at())
                        && file.missing().isEmpty())
                .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Map<String, Long>> deciders = open.stream()
                .collect(Collectors.groupingBy(
                        file -> StaffMember.isAddress(String.valueOf(file.at())) ? "班主任" : String.valueOf(file.at()),
                        TreeMap::new,
                        Collectors.groupingBy(
                                file -> CaseWords.type(file.type()), TreeMap::new, Collectors.counting())));
        String counted = deciders.entrySet().stream()
                .map(one -> "等" + one.getKey() + " "
                        + one.getValue().entrySet().stream()
                                .map(kind -> kind.getKey() + kind.getValue())
                                .collect(Collectors.joining("、")))
                .collect(Collectors.joining("；"));
        String nearest = open.stream()
                .filter(file -> file.due() != null)
                .min(Comparator.comparing(file -> Objects.requireNonNull(file.due())))
                .map(file -> nearest(file, day))
                .orElse("");
        return Optional.of("待决：" + counted + nearest + fresh.of(open, day));
    }

    private static String nearest(CaseView file, LocalDate day) {
        long left = ChronoUnit.DAYS.between(day, Objects.requireNonNull(file.due()));
        String when = left < 0 ? "已过期" + -left + "天" : left == 0 ? "今天到期" : "距期限还有" + left + "天";
        String clause = file.clauses().isEmpty()
                ? ""
                : "〔" + Clauses.label(file.clauses().get(0)) + "〕";
        return "（" + file.subject() + "的" + CaseWords.type(file.type()) + when + clause + "）";
    }
}
