package io.homeroom.console;

import io.homeroom.casework.Agenda;
import io.homeroom.casework.CaseView;
import io.homeroom.governance.Ballot;
import io.homeroom.governance.BallotBox;
import io.homeroom.governance.Bodies;
import io.homeroom.governance.Sitting;
import io.homeroom.governance.Sitting.Mark;
import io.homeroom.governance.Sitting.Seat;
import io.homeroom.governance.Sittings;
import io.homeroom.ground.Days;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What a meeting was, as a document: who came, what was on the agenda, each vote with its numbers, clause and outcome. */
@Component
class Minutes {

    private static final Map<String, String> ACTS = Map.of(
            "approved", "同意",
            "rejected", "不同意",
            "referred", "提请上级决定",
            "vote-passed", "表决通过",
            "vote-failed", "表决未通过");

    private final Sittings sittings;
    private final Bodies bodies;
    private final Agenda agenda;
    private final BallotBox box;
    private final Roster roster;
    private final Lawbooks lawbooks;

    Minutes(Sittings sittings, Bodies bodies, Agenda agenda, BallotBox box, Roster roster, Lawbooks lawbooks) {
        this.sittings = sittings;
        this.bodies = bodies;
        this.agenda = agenda;
        this.box = box;
        this.roster = roster;
        this.lawbooks = lawbooks;
    }

    /** A point of the agenda with what became of it, a sentence each. */
    public record Point(int number, String title, String cites, List<String> said) {}

    /** The whole; lists of names are empty where nobody is in them. */
    public record Document(
            String association,
            String body,
            String when,
            String place,
            String special,
            boolean held,
            String quorum,
            String quorumCites,
            List<String> present,
            List<String> standIns,
            List<String> excused,
            List<String> absent,
            List<Point> points) {}

    Document of(Sitting sitting) {
        Map<Long, Seat> seats = new java.util.HashMap<>();
        sittings.seats(sitting.id()).forEach(seat -> seats.put(seat.memberId(), seat));
        List<Member> members = sitting.seats() == null
                ? bodies.members(sitting.body())
                : List.copyOf(roster.findAll(seats.keySet()).values());
        List<List<String>> names = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Member member : members) {
            Seat seat = seats.getOrDefault(member.id(), new Seat(member.id(), Mark.ABSENT, ""));
            String note = seat.note().isBlank() ? "" : "（" + seat.note() + "）";
            switch (seat.mark()) {
                case PRESENT -> names.get(0).add(member.name() + note);
                case OWN, OTHER ->
                    names.get(1).add(member.name() + "：" + seat.mark().word() + note);
                case EXCUSED -> names.get(2).add(member.name() + note);
                case ABSENT -> names.get(3).add(member.name() + note);
            }
        }
        Sittings.Quorum quorum = sittings.quorum(sitting);
        List<Point> points = new ArrayList<>();
        for (Agenda.Point point : agenda.of(sitting)) {
            points.add(new Point(
                    points.size() + 1, point.title(), Words.cites(point.matter().clauses()), said(sitting, point)));
        }
        return new Document(
                lawbooks.name(Tenant.current()),
                sitting.body(),
                Days.dated(sitting.day()) + (sitting.starts().isEmpty() ? "" : " " + sitting.starts()),
                (sitting.remote() ? "通讯方式，" : "") + sitting.place(),
                sitting.special(),
                sitting.state() == Sitting.State.HELD,
                MeetingPages.said(quorum),
                Words.cites(quorum.cite()),
                names.get(0),
                names.get(1),
                names.get(2),
                names.get(3),
                points);
    }

    private List<String> said(Sitting sitting, Agenda.Point point) {
        List<String> said = new ArrayList<>();
        for (CaseView.Step step : steps(sitting, point.matter())) {
            said.add(ACTS.getOrDefault(step.act(), step.act())
                    + (step.says().isBlank() ? "" : "：" + step.says())
                    + Words.cites(step.clauses()));
        }
        for (Ballot ballot : box.about(point.matter().id())) {
            Long where = ballot.sitting();
            if (where != null && where == sitting.id() && ballot.isDone()) {
                boolean told = ballot.outcome() == Ballot.Result.PASSED || ballot.outcome() == Ballot.Result.FAILED;
                said.add((ballot.secret() ? "无记名" : "记名")
                        + ballot.way().word()
                        + (told || ballot.outcome() == null
                                ? ""
                                : "，" + ballot.outcome().word() + "：" + ballot.says()));
                if (!ballot.secret()) {
                    said.addAll(named(ballot));
                }
            }
        }
        return said.isEmpty() ? List.of(point.waits() ? "未表决，留待以后" : "另行决定") : said;
    }

    private List<String> named(Ballot ballot) {
        Map<Long, String> votes = box.electors(ballot.id());
        Map<Long, Member> members = roster.findAll(votes.keySet());
        return Stream.of(Ballot.Choice.values())
                .map(choice -> {
                    List<String> names = votes.entrySet().stream()
                            .filter(vote -> vote.getValue().equals(choice.word()))
                            .map(vote -> members.get(vote.getKey()))
                            .filter(java.util.Objects::nonNull)
                            .map(Member::name)
                            .toList();
                    return names.isEmpty() ? "" : choice.word() + "：" + String.join("、", names);
                })
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** What the meeting decided on a case, in one line. */
    String decided(Sitting sitting, CaseView matter) {
        return steps(sitting, matter).stream()
                .map(step ->
                        ACTS.getOrDefault(step.act(), step.act()) + (step.says().isBlank() ? "" : "，" + step.says()))
                .reduce((earlier, later) -> later)
                .orElse("已另行决定");
    }

    /** Decisions of the body from the meeting's day on, up to its next meeting. */
    private List<CaseView.Step> steps(Sitting sitting, CaseView matter) {
        LocalDate next = Stream.concat(sittings.planned().stream(), sittings.past(200).stream())
                .filter(other -> other.body().equals(sitting.body()) && other.state() != Sitting.State.CANCELLED)
                .map(Sitting::day)
                .filter(day -> day.isAfter(sitting.day()))
                .min(LocalDate::compareTo)
                .orElse(LocalDate.MAX);
        Set<String> acts = ACTS.keySet();
        return matter.steps().stream()
                .filter(step -> acts.contains(step.act()) && step.by().equals(sitting.body()))
                .filter(step -> !step.on().isBefore(sitting.day()) && step.on().isBefore(next))
                .toList();
    }
}
