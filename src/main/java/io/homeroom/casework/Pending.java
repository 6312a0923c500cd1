package io.homeroom.casework;

import io.homeroom.desk.Morning;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Clauses;
import io.homeroom.schedule.Calendars;
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
 * day, and by name whom the nights since the last working morning have put up.
 */
@Component
class Pending implements Morning {

    private static final int MOST = 1000;
    private static final int NAMES = 8;

    private final Cases cases;
    private final Calendars calendars;

    Pending(Cases cases, Calendars calendars) {
        this.cases = cases;
        this.calendars = calendars;
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
        return Optional.of("待决：" + counted + nearest + fresh(open, day));
    }

    private String fresh(List<CaseView> open, LocalDate day) {
        LocalDate last = day.minusDays(1);
        while (calendars.current().isRest(last)) {
            last = last.minusDays(1);
        }
        LocalDate since = last;
        List<CaseView> fresh =
                open.stream().filter(file -> file.openedOn().isAfter(since)).toList();
        List<String> names = fresh.stream().map(CaseView::subject).distinct().toList();
        return names.isEmpty()
                ? ""
                : "；新增：" + String.join("、", names.subList(0, Math.min(NAMES, names.size())))
                        + (names.size() > NAMES ? "等" + fresh.size() + "件" : "");
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
