package io.homeroom.casework;

import io.homeroom.governance.Seats;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The seats of grades that have a cap: from which moment of a case one is taken, and who may go beyond (IGRS-14). Whatever
 * is read, whoever takes effect is tested once more, so that a seat is never filled twice.
 */
@Component
class Places {

    private static final String AT_DECISION = "decision";
    private static final String AT_FILING = "filing";

    private final Seats seats;
    private final CaseBook book;
    private final Roster roster;
    private final Lawbook law;
    private final BusinessClock clock;

    Places(Seats seats, CaseBook book, Roster roster, Lawbook law, BusinessClock clock) {
        this.seats = seats;
        this.book = book;
        this.roster = roster;
        this.law = law;
        this.clock = clock;
    }

    /** The grade into which a case brings its member up; empty for all others. */
    String of(CaseRow file) {
        return switch (file.type()) {
            case "upgrade" -> file.data().getOrDefault("to", "");
            case "admission" -> roster.get(file.member()).grade();
            default -> "";
        };
    }

    /** Clauses of the cap while no seat is free in a grade; empty if there is one, or no cap. */
    List<String> full(String grade) {
        return fullBeside(grade, 0);
    }

    /** The same for one case, which may be one that goes beyond the cap. */
    List<String> full(CaseRow file) {
        return mayExceed(file.voteFailed(), exceptional(file)) ? List.of() : full(of(file));
    }

    /** Why a rise is not taken: read so, the seat must be free when it is asked for. */
    @Nullable
    Refusal againstFiling(String to, boolean exceptional) {
        boolean tested = tested().equals(AT_FILING) && !mayExceed(false, exceptional);
        return tested ? refusal(to, fullBeside(to, reserved(to, null)), "名额已满，现在不受理；有空额时再申请") : null;
    }

    /** Why a rise is not approved: read so, the decision takes the seat, and those decided before have theirs. */
    @Nullable
    Refusal againstDeciding(CaseRow file) {
        boolean tested =
                List.of(AT_DECISION, AT_FILING).contains(tested()) && !mayExceed(file.voteFailed(), exceptional(file));
        String to = of(file);
        return tested ? refusal(to, fullBeside(to, reserved(to, file)), "名额已满，不能再通过；有空额时再决定") : null;
    }

    private static @Nullable Refusal refusal(String grade, List<String> full, String why) {
        return full.isEmpty() ? null : new Refusal(full, grade + why, null);
    }

    private List<String> fullBeside(String grade, int reserved) {
        Rulebook.Grade rule = law.of(clock.today()).grade(grade).orElse(null);
        return rule != null
                        && rule.cap() != null
                        && seats.open(grade).map(open -> open <= reserved).orElse(false)
                ? rule.capCite()
                : List.of();
    }

    /** Seats that other cases were given and have not taken up yet. */
    private int reserved(String grade, @Nullable CaseRow but) {
        return Math.toIntExact(book.waitingForSeat().stream()
                .filter(file -> but == null || file.id() != but.id())
                .filter(file -> of(file).equals(grade))
                .count());
    }

    private String tested() {
        return law.of(clock.today()).setting("cap-tested").orElse("effect");
    }

    private static boolean exceptional(CaseRow file) {
        return Boolean.parseBoolean(file.data().get("exceptional"));
    }

    private boolean mayExceed(boolean afterAFailedVote, boolean exceptional) {
        String who = law.of(clock.today()).setting("cap-exceptions").orElse("none");
        return afterAFailedVote && List.of("chairman", "both").contains(who)
                || exceptional && List.of("exceptional", "both").contains(who);
    }
}
