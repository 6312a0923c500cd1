package io.homeroom.casework;

import io.homeroom.schedule.Calendars;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Names, for a morning, what has come since the last working morning: cases opened, and cases that a night handed on. */
@Component
class Fresh {

    private static final int NAMES = 8;

    private final CaseBook book;
    private final Calendars calendars;

    Fresh(CaseBook book, Calendars calendars) {
        this.book = book;
        this.calendars = calendars;
    }

    /** What is new among these as the end of a line; empty if nothing is. */
    String of(List<CaseView> open, LocalDate day) {
        LocalDate since = lastMorning(day);
        Set<Long> handed = book.handedSince(since).stream().map(CaseRow::id).collect(Collectors.toSet());
        List<CaseView> opened =
                open.stream().filter(file -> file.openedOn().isAfter(since)).toList();
        List<CaseView> moved = open.stream()
                .filter(file -> !file.openedOn().isAfter(since) && handed.contains(file.id()))
                .toList();
        return named("；新增：", opened) + named("；昨夜转来：", moved);
    }

    private LocalDate lastMorning(LocalDate day) {
        LocalDate last = day.minusDays(1);
        while (calendars.current().isRest(last)) {
            last = last.minusDays(1);
        }
        return last;
    }

    private static String named(String head, List<CaseView> files) {
        return files.isEmpty()
                ? ""
                : head + names(files.stream().map(CaseView::subject).toList());
    }

    /** Up to eight names, each once; how many cases there are if they have more. */
    static String names(List<String> subjects) {
        List<String> names = subjects.stream().distinct().toList();
        return String.join("、", names.subList(0, Math.min(NAMES, names.size())))
                + (names.size() > NAMES ? "等" + subjects.size() + "件" : "");
    }
}
