package io.homeroom.review;

import io.homeroom.casework.Cases;
import io.homeroom.dues.Bill;
import io.homeroom.ground.Days;
import io.homeroom.member.Member;
import io.homeroom.member.MemberRows;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Facts;
import io.homeroom.rulebook.Finding;
import io.homeroom.rulebook.Judge;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Ruling;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Answers 依据哪一条、为什么、接下来会怎样、何时 for any member and any day. */
@Service
@Transactional(readOnly = true)
public class Explain {

    private final Roster roster;
    private final Dossiers dossiers;
    private final Lawbook law;
    private final Calendars calendars;
    private final BusinessClock clock;
    private final Grounds grounds;

    Explain(Roster roster, Dossiers dossiers, Lawbook law, Calendars calendars, BusinessClock clock, Grounds grounds) {
        this.roster = roster;
        this.dossiers = dossiers;
        this.law = law;
        this.calendars = calendars;
        this.clock = clock;
        this.grounds = grounds;
    }

    /** Whether a day can be asked about: since 1949, and no more than twenty years ahead. */
    public static boolean reaches(LocalDate day, LocalDate today) {
        return day.getYear() >= 1949 && !day.isAfter(today.plusYears(20));
    }

    /** How a member stands today. */
    public Explanation explain(long member) {
        return explain(member, clock.today());
    }

    /**
     * How a member stood on a past day, stands today, or would stand on a day to come if nothing but time passes.
     *
     * @throws IllegalArgumentException for an unknown member
     */
    public Explanation explain(long member, LocalDate day) {
        return explain(member, day, law.of(day));
    }

    /**
     * How a member stands today, and what it rests on.
     *
     * @param bills the member's bills by year, cancelled ones too; none where the rulebook knows no dues
     * @param requests what it has asked for and is not over: {@code admission upgrade withdrawal restoration appeal}
     */
    public record Account(Explanation explanation, List<Bill> bills, Set<String> requests) {}

    /** How a member stands today, by what was just read of it; its bills are read with the rest. */
    public Account account(Member member) {
        LocalDate today = clock.today();
        Map<Long, List<Bill>> bills = new HashMap<>();
        Map<Long, Set<String>> requests = new HashMap<>();
        Explanation explanation = explain(law.of(today), today, member, bills, List.of(Cases.requests(requests)));
        return new Account(
                explanation, bills.getOrDefault(member.id(), List.of()), requests.getOrDefault(member.id(), Set.of()));
    }

    /** The same under another rulebook, before it is put in force. */
    public Explanation explain(long member, LocalDate day, Rulebook book) {
        Member known = day.isEqual(clock.today()) ? roster.get(member) : roster.asOf(member, day);
        return explain(book, day, known, new HashMap<>(), List.of());
    }

    private Explanation explain(
            Rulebook book, LocalDate day, Member known, Map<Long, List<Bill>> bills, List<MemberRows.Part> beside) {
        Facts facts =
                dossiers.of(book, day, Map.of(known.id(), known), bills, beside).get(known.id());
        if (facts == null) {
            throw new IllegalStateException("No facts of member " + known.id());
        }
        Ruling ruling = Judge.judge(book, calendars.current(), facts, day);
        List<Finding> findings = grounds.complete(book, known, day, ruling.findings());
        return new Explanation(
                day,
                sentence(book, known, findings, ruling),
                findings,
                ruling.ahead(),
                findings.isEmpty() ? null : findings.get(0).ends(),
                ruling.next().orElse(null),
                ruling.uncharted());
    }

    private static String sentence(Rulebook book, Member member, List<Finding> findings, Ruling ruling) {
        StringBuilder text = new StringBuilder(member.name())
                .append("：")
                .append(member.standing().word());
        if (!findings.isEmpty()) {
            Finding gravest = findings.get(0);
            text.append("。")
                    .append(gravest.says())
                    .append(cited(book, gravest.clauses()))
                    .append("；")
                    .append(gravest.ends());
        }
        if (!ruling.ahead().isEmpty()) {
            Ruling.Step step = ruling.ahead().get(0);
            text.append("。").append(step.says()).append(cited(book, step.clauses()));
        } else if (findings.isEmpty() && ruling.next().isPresent()) {
            text.append("，").append(Days.dated(ruling.next().get())).append("前不会自行变化");
        }
        return text.append("。").toString();
    }

    private static String cited(Rulebook book, List<String> clauses) {
        return clauses.isEmpty()
                ? ""
                : "（依据"
                        + String.join(
                                "、",
                                clauses.stream().map(book::label).distinct().toList()) + "）";
    }
}
