package io.homeroom.casework;

import io.homeroom.desk.Morning;
import io.homeroom.governance.Meetings;
import io.homeroom.governance.Sitting;
import io.homeroom.governance.Sittings;
import io.homeroom.ground.WorkCalendar;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track.Stage;
import io.homeroom.schedule.Calendars;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Meetings that nobody has planned although they must be held by a day: a case waits for its body, which must decide
 * before the case's last day (IGRS-18-d), or a body must meet so often in a year (DSIA-4-2c to 4-5d, AII-23-c). Said once,
 * thirty days before a case's last day and ninety before the end of the year, or on the first morning after a case came to
 * its body later than that.
 */
@Component
class Unplanned implements Morning {

    private static final int CASE_AHEAD = 30;
    private static final int YEAR_AHEAD = 90;
    private static final int MOST = 1000;

    private final CaseBook book;
    private final Tracks tracks;
    private final Sittings sittings;
    private final Meetings meetings;
    private final Lawbook law;
    private final Calendars calendars;

    Unplanned(CaseBook book, Tracks tracks, Sittings sittings, Meetings meetings, Lawbook law, Calendars calendars) {
        this.book = book;
        this.tracks = tracks;
        this.sittings = sittings;
        this.meetings = meetings;
        this.law = law;
        this.calendars = calendars;
    }

    @Override
    public int order() {
        return 12;
    }

    @Override
    @Transactional
    public Optional<String> line(LocalDate day) {
        Rulebook rules = law.of(day);
        List<Sitting> planned = sittings.planned();
        LocalDate before = morningBefore(day);
        List<String> found = new ArrayList<>();
        long after = 0;
        List<CaseRow> files;
        do {
            files = book.search(null, CaseRow.OPEN, after, MOST);
            for (CaseRow file : files) {
                after = file.id();
                unplanned(rules, file, planned, before, day).ifPresent(found::add);
            }
        } while (files.size() == MOST);
        LocalDate told = LocalDate.of(day.getYear(), 12, 31).minusDays(YEAR_AHEAD);
        if (told.isAfter(before) && !told.isAfter(day)) {
            found.addAll(tooFew(rules, planned, day));
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of("还没有安排会议：" + String.join("、", found.subList(0, Math.min(5, found.size())))
                        + (found.size() > 5 ? "等" + found.size() + "项" : ""));
    }

    /** A case that must be decided by a body within thirty days, when no meeting of it is planned until then. */
    private Optional<String> unplanned(
            Rulebook rules, CaseRow file, List<Sitting> planned, LocalDate before, LocalDate day) {
        LocalDate due = file.due();
        if (due == null || due.minusDays(CASE_AHEAD).isAfter(day)) {
            return Optional.empty();
        }
        Stage stage = tracks.current(rules, file).orElse(null);
        if (stage == null || !rules.bodies().containsKey(stage.at())) {
            return Optional.empty();
        }
        List<String> bodies = tracks.deciders(file, stage);
        if (planned.stream()
                .anyMatch(sitting -> bodies.contains(sitting.body())
                        && !sitting.day().isBefore(day)
                        && !sitting.day().isAfter(due))) {
            return Optional.empty();
        }
        List<CaseView.Step> steps = book.view(file).steps();
        LocalDate came =
                steps.isEmpty() ? file.openedOn() : steps.get(steps.size() - 1).on();
        LocalDate told = due.minusDays(CASE_AHEAD);
        if (!told.isAfter(came)) {
            told = came.plusDays(1);
        }
        return told.isAfter(before) && !told.isAfter(day)
                ? Optional.of(bodies.get(0) + "（" + file.subject() + "的" + CaseWords.type(file.type()) + "须在" + due
                        + "前表决" + rules.cite(stage.cite()) + "）")
                : Optional.empty();
    }

    /** Bodies that have not met and will not meet as often this year as they must. */
    private List<String> tooFew(Rulebook rules, List<Sitting> planned, LocalDate day) {
        LocalDate first = LocalDate.of(day.getYear(), 1, 1);
        LocalDate last = LocalDate.of(day.getYear(), 12, 31);
        List<String> few = new ArrayList<>();
        for (Rulebook.MeetingDuty duty : rules.meetings()) {
            int held = meetings.heldBetween(duty.body(), first, last).size();
            long coming = planned.stream()
                    .filter(sitting -> sitting.body().equals(duty.body())
                            && !sitting.day().isBefore(day)
                            && !sitting.day().isAfter(last))
                    .count();
            if (held + coming < duty.atLeast()) {
                few.add(duty.body() + "（今年还差" + (duty.atLeast() - held - coming) + "次" + rules.cite(duty.cite()) + "）");
            }
        }
        return few;
    }

    /** The working day whose morning came before this one's. */
    private LocalDate morningBefore(LocalDate day) {
        WorkCalendar calendar = calendars.current();
        LocalDate before = day.minusDays(1);
        while (calendar.isRest(before)) {
            before = before.minusDays(1);
        }
        return before;
    }
}
