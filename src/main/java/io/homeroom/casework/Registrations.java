package io.homeroom.casework;

import io.homeroom.governance.Bodies;
import io.homeroom.governance.BodyState;
import io.homeroom.ground.Deadlines;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Span;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.YearlyPeriod;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When a registration may be asked for: which kind, inside its window, and once. */
@Component
class Registrations {

    private final Lawbook law;
    private final BusinessClock clock;
    private final Calendars calendars;
    private final Bodies bodies;

    Registrations(Lawbook law, BusinessClock clock, Calendars calendars, Bodies bodies) {
        this.law = law;
        this.clock = clock;
        this.calendars = calendars;
        this.bodies = bodies;
    }

    /** Why a registration of a kind is not taken; null if nothing speaks against it. */
    @Nullable
    Refusal against(Track track, Member member, String kind) {
        Track.Window window = track.windows().get(kind);
        if (window == null) {
            return new Refusal(track.cite(), "没有“" + kind + "”这种登记", null);
        }
        if (kind.equals("initial") && member.number()) {
            return new Refusal(window.cite(), "已办过初次登记", null);
        }
        if (!kind.equals("initial") && !member.number()) {
            return new Refusal(window.cite(), "还没有办过初次登记", null);
        }
        Refusal outside = outsideWindow(window, member);
        return outside == null && doneThisYear(member, kind)
                ? new Refusal(window.cite(), "本年度已经办过登记，有效期内不必再办", null)
                : outside;
    }

    /** Why a registration may not be opened now; null inside its window. */
    @Nullable
    Refusal outsideWindow(Track.Window window, Member member) {
        LocalDate today = clock.today();
        Span within = window.within();
        if (within != null) {
            LocalDate applied = member.joinedOn() == null ? member.appliedOn() : member.joinedOn();
            if (applied == null) {
                return new Refusal(window.cite(), "还没有申请日期，不能登记", null);
            }
            LocalDate last = roll(Deadlines.lastDay(applied, within));
            return today.isAfter(last)
                    ? new Refusal(window.cite(), "初次登记须在申请后" + within.words() + "内办理，已于" + last + "截止", null)
                    : null;
        }
        String reading = window.reading();
        if (reading != null) {
            return outsideYearly(law.of(today).reading(reading), window, today);
        }
        String body = window.termBody();
        Span around = window.around();
        if (body == null || around == null) {
            return null;
        }
        return outsideTerm(window, around, bodies.state(body), today);
    }

    private LocalDate roll(LocalDate last) {
        return calendars.current().roll(last, law.of(clock.today()).holds("weekends-roll"));
    }

    /** Open in the months after a change, and from the months before the end of the running term until its own change. */
    private @Nullable Refusal outsideTerm(Track.Window window, Span around, BodyState state, LocalDate today) {
        LocalDate changed = state.changed();
        LocalDate closes = changed == null ? null : roll(Deadlines.lastDay(changed, around));
        if (closes != null && !today.isAfter(closes)) {
            return null;
        }
        LocalDate ends = state.termEnds();
        LocalDate opens = ends == null ? null : Deadlines.before(ends, around);
        if (opens != null && today.isBefore(opens)) {
            return new Refusal(window.cite(), "再登记自任期届满前" + around.words() + "起受理，最早" + opens, opens);
        }
        boolean termOver = changed != null && (opens == null || !changed.isBefore(opens));
        return termOver ? new Refusal(window.cite(), "再登记至换届后" + around.words() + "止，已于" + closes + "截止", null) : null;
    }

    /** A yearly period written as {@code 04-01..06-30}; {@code always} is open all year. */
    private static @Nullable Refusal outsideYearly(String value, Track.Window window, LocalDate today) {
        YearlyPeriod yearly = YearlyPeriod.of(value).orElse(null);
        LocalDate opens = yearly == null ? today : yearly.first(yearly.yearAt(today));
        return opens.isAfter(today)
                ? new Refusal(window.cite(), "续期登记在每年" + value.replace("..", "至") + "受理", opens)
                : null;
    }

    /** A yearly registration is made once a year; that around a change of council takes the yearly one's place. */
    private boolean doneThisYear(Member member, String kind) {
        String on = member.data().get("registered");
        String as = member.data().getOrDefault("registered-as", "");
        if (on == null || as.equals("initial") || kind.equals("initial")) {
            return false;
        }
        int year = clock.today().getYear();
        String until = member.data().get("registered-until");
        boolean inForce = until == null || LocalDate.parse(until).getYear() >= year;
        return LocalDate.parse(on).getYear() == year && inForce && (as.equals(kind) || kind.equals("renewal"));
    }
}
