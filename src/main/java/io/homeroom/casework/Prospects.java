package io.homeroom.casework;

import io.homeroom.dues.Bills;
import io.homeroom.ground.Days;
import io.homeroom.ground.Deadlines;
import io.homeroom.ground.Money;
import io.homeroom.ground.Span;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Watch;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a member may ask for today, and what would come of it. */
@Service
@Transactional(readOnly = true)
public class Prospects {

    private final CaseBook book;
    private final Ladder ladder;
    private final Roster roster;
    private final Bills bills;
    private final Lawbook law;
    private final BusinessClock clock;
    private final AppealTime appeals;

    Prospects(
            CaseBook book,
            Ladder ladder,
            Roster roster,
            Bills bills,
            Lawbook law,
            BusinessClock clock,
            AppealTime appeals) {
        this.book = book;
        this.ladder = ladder;
        this.roster = roster;
        this.bills = bills;
        this.law = law;
        this.clock = clock;
        this.appeals = appeals;
    }

    /** A sentence with its clauses. */
    public record Line(String says, List<String> cite) {}

    /**
     * A grade that may be asked for.
     *
     * @param down whether it is a lower one
     */
    public record Target(Eligibility eligibility, boolean down, List<String> cite) {}

    /**
     * A request that the bylaws allow.
     *
     * @param type code of the case
     * @param lines what the person must know first
     * @param papers documents that will be asked for
     * @param until last day for it, null where none is written
     * @param pending a case of this kind under way
     */
    public record Request(
            String type,
            String word,
            List<Line> lines,
            List<Track.Document> papers,
            @Nullable LocalDate until,
            List<String> cite,
            @Nullable Long pending) {}

    /** Higher grades that one may apply for from the present one, and lower ones for which the bylaws let members ask. */
    public List<Target> targets(long memberId) {
        Member member = roster.get(memberId);
        Rulebook rules = law.of(clock.today());
        List<Target> targets = new ArrayList<>();
        Rulebook.Upgrade up = rules.upgrade();
        if (up != null && member.belongs()) {
            int rank = rules.rank(member.grade());
            rules.grades().stream()
                    .map(Rulebook.Grade::name)
                    .filter(grade -> rules.rank(grade) > rank)
                    .forEach(grade -> targets.add(new Target(
                            ladder.check(member, grade),
                            false,
                            up.paths().stream()
                                    .filter(path -> path.to().equals(grade)
                                            && path.from().contains(member.grade()))
                                    .findFirst()
                                    .map(Rulebook.Path::cite)
                                    .orElse(up.pathCite()))));
        }
        Rulebook.Downgrade down = rules.downgrade();
        Track track = rules.cases().get("downgrade");
        boolean asks = track != null
                && (track.openers() == null || track.openers().grades().contains(member.grade()));
        if (down != null && asks && member.belongs()) {
            down.paths().stream()
                    .filter(path -> path.from().contains(member.grade()))
                    .forEach(path -> targets.add(new Target(
                            new Eligibility(path.to(), true, List.of(), null, List.of()), true, path.cite())));
        }
        return targets;
    }

    /** Leaving, and what it brings; empty where the member is none, or its bylaws know no leaving. */
    public Optional<Request> leaving(long memberId) {
        Member member = roster.get(memberId);
        Rulebook rules = law.of(clock.today());
        Track track = rules.cases().get("withdrawal");
        if (track == null || !member.belongs()) {
            return Optional.empty();
        }
        List<Line> lines = new ArrayList<>();
        Money owed = bills.owed(memberId);
        if (rules.fees() != null && owed.isPositive()) {
            lines.add(new Line("还有 " + owed + " 会费尚未到账，退会不免除", rules.fees().cite()));
        }
        track.told().forEach(told -> lines.add(new Line(told.says(), told.cite())));
        if (!member.posts().isEmpty()) {
            lines.add(new Line("担任的" + String.join("、", member.posts()) + "同时终止", track.cite()));
        }
        track.documents().stream()
                .filter(Track.Document::original)
                .forEach(document -> lines.add(new Line("要交回" + document.name(), document.cite())));
        rules.reEntry().stream()
                .filter(bar -> bar.after().isEmpty() || bar.after().contains("withdrawn"))
                .map(this::back)
                .flatMap(Optional::stream)
                .forEach(lines::add);
        return Optional.of(request("withdrawal", track, member, lines, null));
    }

    /** When one could come back, counted as if one left today. */
    private Optional<Line> back(Rulebook.Bar bar) {
        Span span = bar.bar();
        if (span == null) {
            return Optional.empty();
        }
        String first = Days.dated(Deadlines.lastDay(clock.today(), span).plusDays(1));
        return switch (bar.anchor()) {
            case ENDED -> Optional.of(new Line("如果今天退会，" + first + "起才能重新申请", bar.cite()));
            case ANNOUNCED -> Optional.of(new Line("如果今天退会并公告，" + first + "起才能重新申请", bar.cite()));
            case APPLICATION -> Optional.of(new Line("以后再申请，要等" + span.words() + "才能决定；今天申请也要到" + first, bar.cite()));
            case LISTED, DELISTED -> Optional.empty();
        };
    }

    /** Appeal and restoration, where what happened to the member opens them. */
    public List<Request> pleas(long memberId) {
        Member member = roster.get(memberId);
        Rulebook rules = law.of(clock.today());
        List<Request> pleas = new ArrayList<>();
        for (String type : List.of("appeal", "restoration")) {
            Track track = rules.cases().get(type);
            if (track == null || !opens(track, member)) {
                continue;
            }
            LocalDate until =
                    type.equals("appeal") ? appeals.lastDay(rules, member).orElse(null) : until(rules, track, member);
            List<Line> lines = new ArrayList<>();
            track.stages().forEach(stage -> {
                if (!stage.settled().isEmpty() && bills.owed(memberId).isPositive()) {
                    lines.add(new Line("须先缴清 " + bills.owed(memberId), stage.settled()));
                }
            });
            track.told().forEach(told -> lines.add(new Line(told.says(), told.cite())));
            lines.add(new Line(until == null ? "制度没有写期限，随时可以提出" : "最迟在" + Days.dated(until) + "提出", track.onlyCite()));
            pleas.add(request(type, track, member, lines, until));
        }
        return pleas;
    }

    private static boolean opens(Track track, Member member) {
        if (track.onlyAfter().contains("suspended")) {
            return member.suspendedSince() != null && member.standing() == Standing.SUSPENDED;
        }
        return member.standing() == Standing.ENDED
                && member.endedAs() != null
                && track.onlyAfter().contains(member.endedAs().code());
    }

    /** A suspension by a rule runs out by itself, and with it the time for asking; one by a sanction does not. */
    private @Nullable LocalDate until(Rulebook rules, Track track, Member member) {
        LocalDate since = member.suspendedSince();
        boolean sanctioned = member.sanctions().stream().anyMatch(sanction -> sanction.on(clock.today()));
        if (since == null || sanctioned || !track.onlyAfter().contains("suspended")) {
            return null;
        }
        return rules.watch().stream()
                .map(Watch::when)
                .map(Watch.When::suspended)
                .filter(java.util.Objects::nonNull)
                .map(span -> Deadlines.lastDay(since, span))
                .min(LocalDate::compareTo)
                .orElse(null);
    }

    private Request request(String type, Track track, Member member, List<Line> lines, @Nullable LocalDate until) {
        return new Request(
                type,
                CaseWords.type(type),
                lines,
                track.documents().stream()
                        .filter(document -> Tracks.fits(document, member))
                        .toList(),
                until,
                track.cite(),
                book.openOf(member.id(), type).stream()
                        .map(CaseRow::id)
                        .findFirst()
                        .orElse(null));
    }
}
