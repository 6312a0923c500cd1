package io.homeroom.casework;

import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Days;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track.Stage;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Nights;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Tells whoever in the association must act next on a case, at once and once for each hand-over. An office hears it
 * itself; a body does not read messages, so the secretariat hears that a meeting or a ballot is wanted. What the night's
 * run hands on is named in the morning's line of what is pending, or told together if the night is made up in daytime;
 * what a person does at night is told like anything else, after the quiet hours.
 */
@Component
class Handovers {

    private static final String SECRETARIAT = "秘书处";
    /** From then on a night is made up: it comes too late for the morning. */
    static final LocalTime DAYBREAK = LocalTime.of(6, 0);

    private final Tracks tracks;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    Handovers(Tracks tracks, BusinessClock clock, ApplicationEventPublisher events) {
        this.tracks = tracks;
        this.clock = clock;
        this.events = events;
    }

    /** A case has come to whoever it waits for now. */
    void come(Rulebook rules, CaseRow file) {
        String at = inHouse(file);
        if (at == null) {
            return;
        }
        Stage stage = file.awaiting().isEmpty() ? tracks.current(rules, file).orElse(null) : null;
        List<String> cite = stage == null || !stage.onlyIfFailed() ? List.of() : stage.cite();
        boolean failed = !cite.isEmpty();
        if (!failed && at.equals(file.openedBy())) {
            return; // who raised it has it in hand
        }
        if (Nights.atWork()) {
            file.handedOn(clock.today());
            return;
        }
        LocalDate due = file.due();
        LocalDate from = file.from();
        String matter = file.subject() + "的" + CaseWords.type(file.type());
        String text;
        if (failed) {
            text = matter + "表决未达到通过所需的票数，现在由" + at + "最终决定，请处理";
        } else if (rules.bodies().containsKey(at) && from != null && from.isAfter(clock.today())) {
            text = matter + "等" + at + "决定，最早" + Days.dated(from) + "可以决定，请列入那天以后的会议";
        } else if (rules.bodies().containsKey(at)) {
            text = matter + "现在等" + at + "决定，请列入会议议程或发起表决";
        } else {
            text = matter + (stage == null ? "已通过，手续由" + at + "办理" : "现在由" + at + "办理") + "，请处理";
        }
        String ground = failed || stage == null ? "" : rules.cite(stage.cite());
        tell(
                Tell.of(
                                to(rules, at),
                                file.memberId(),
                                "case",
                                text + (due == null ? "" : "，期限" + Days.dated(due)) + ground)
                        .cites(cite)
                        .with(file.about()),
                "case:" + file.id() + ":hand:" + file.stage() + ":" + at);
    }

    /** Many cases have come to somebody else at once, because a body meets or meets no more: one word for each. */
    void moved(Rulebook rules, Collection<CaseRow> files) {
        if (Nights.atWork()) {
            files.stream().filter(file -> inHouse(file) != null).forEach(file -> file.handedOn(clock.today()));
            return;
        }
        together(rules, files, "现在转由", "决定，请处理");
    }

    /** What a night that was made up in daytime has handed on: one word for each who must act. */
    void madeUp(Rulebook rules, Collection<CaseRow> files) {
        together(rules, files, "经补做的夜间检查转到", "，请处理");
        files.forEach(file -> file.handedOn(null));
    }

    private void together(Rulebook rules, Collection<CaseRow> files, String before, String after) {
        Map<String, List<CaseRow>> taken = files.stream()
                .filter(file -> inHouse(file) != null)
                .collect(Collectors.groupingBy(
                        file -> String.valueOf(file.at()), LinkedHashMap::new, Collectors.toList()));
        taken.forEach((at, its) -> {
            if (its.size() == 1) {
                come(rules, its.get(0));
                return;
            }
            String kinds = its.stream()
                    .collect(Collectors.groupingBy(
                            file -> CaseWords.type(file.type()), LinkedHashMap::new, Collectors.counting()))
                    .entrySet()
                    .stream()
                    .map(kind -> kind.getKey() + kind.getValue())
                    .collect(Collectors.joining("、"));
            String names = Fresh.names(its.stream().map(CaseRow::subject).toList());
            tell(
                    Tell.of(to(rules, at), null, "case", kinds + before + at + after + "：" + names),
                    "cases:hand:" + at + ":" + its.get(0).id() + ":" + its.size());
        });
    }

    private static String to(Rulebook rules, String at) {
        return rules.bodies().containsKey(at) ? SECRETARIAT : at;
    }

    private void tell(Tell tell, String key) {
        events.publishEvent(tell.urgency(Tell.Urgency.SOON).once(key + ":" + clock.today()));
    }

    /**
     * Who in the association must act; null where the member must, or its papers are wanting, and where a colleague in
     * person has the case as a task of its own, which speaks for itself.
     */
    private static @Nullable String inHouse(CaseRow file) {
        return Optional.ofNullable(file.at())
                .filter(at -> !at.equals("member")
                        && !StaffMember.isAddress(at)
                        && !file.isOver()
                        && file.completeOn() != null)
                .orElse(null);
    }
}
