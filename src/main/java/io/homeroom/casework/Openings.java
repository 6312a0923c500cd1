package io.homeroom.casework;

import io.homeroom.desk.Tell;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Money;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.TaskRule;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What comes with the opening of a case: who hears of it, what is asked, what must be done first. */
@Component
class Openings {

    private final CaseBook book;
    private final CaseDeadlines deadlines;
    private final Outcomes outcomes;
    private final Consequences consequences;
    private final BusinessClock clock;
    private final Bills bills;
    private final ApplicationEventPublisher events;

    Openings(
            CaseBook book,
            CaseDeadlines deadlines,
            Outcomes outcomes,
            Consequences consequences,
            BusinessClock clock,
            Bills bills,
            ApplicationEventPublisher events) {
        this.book = book;
        this.deadlines = deadlines;
        this.outcomes = outcomes;
        this.consequences = consequences;
        this.clock = clock;
        this.bills = bills;
        this.events = events;
    }

    /** What comes with a case of its kind, before its filing. */
    void opened(Rulebook rules, Track track, CaseRow file, @Nullable Member member) {
        if (member != null) {
            switch (file.type()) {
                case "change" -> change(rules, file, member);
                case "registration" -> registration(rules, track, file, member);
                case "upgrade" -> {
                    outcomes.alertIfFull(file, "filed");
                    review(rules, file, member);
                }
                case "withdrawal" -> owing(file, member);
                default -> {}
            }
        }
        asks(track, file, member);
        opener(rules, track, file);
    }

    /** A ground that asks the member something is put to it. */
    private void asks(Track track, CaseRow file, @Nullable Member member) {
        for (String ground : file.grounds()) {
            String question = track.asks().get(ground);
            if (question != null && member != null) {
                events.publishEvent(Tell.of("member", member.id(), "asked", question)
                        .cites(List.of(ground))
                        .with(file.about()));
            }
        }
    }

    /** Who moved it bears a name that the bylaws use and do not explain. */
    private void opener(Rulebook rules, Track track, CaseRow file) {
        Track.Openers openers = track.openers();
        boolean undefined = openers != null
                && (openers.read().containsKey(file.openedBy())
                        || openers.read().containsValue(file.openedBy()));
        if (openers != null && undefined) {
            events.publishEvent(Tell.of(
                            rules.offices().get(0),
                            file.memberId(),
                            "opener",
                            "关于" + file.subject() + "的" + CaseWords.type(file.type()) + "议案由" + file.openedBy()
                                    + "提出；制度没有写明这一称谓指谁，请核对其提案权")
                    .cites(openers.cite())
                    .with(file.about()));
        }
    }

    /** Puts before the reviewer what people must judge, and what is on record about it. */
    private void review(Rulebook rules, CaseRow file, Member member) {
        List<String> clauses = new ArrayList<>();
        List<String> points = new ArrayList<>();
        for (Rulebook.Condition condition :
                Ladder.judged(rules, member, file.data().getOrDefault("to", ""))) {
            clauses.addAll(condition.cite());
            points.add(condition.says());
        }
        if (clauses.isEmpty()) {
            return;
        }
        List<String> record = new ArrayList<>();
        member.sanctions().forEach(sanction -> record.add(sanction.since() + " " + sanction.name()));
        book.of(member.id()).stream()
                .filter(other -> other.type().equals("downgrade"))
                .forEach(other -> record.add(other.openedOn() + " 降级议案"));
        events.publishEvent(Tell.of(
                        deadlines.owner(rules, file),
                        member.id(),
                        "review",
                        member.name() + "申请升级，请审查：" + String.join("；", points) + "。处理记录："
                                + (record.isEmpty() ? "无" : String.join("、", record)))
                .cites(clauses)
                .with(file.about()));
    }

    /** Leaving and coming are free whatever is owed; the office hears of what is (IGRS-16). */
    void owing(CaseRow file, Member member) {
        Money owed = bills.owed(member.id());
        if (owed.isPositive()) {
            consequences.on("owing", Context.of(file, "owing", List.of()).word("金额", owed.toString()));
        }
    }

    private void change(Rulebook rules, CaseRow file, Member member) {
        Map<String, String> data = file.data();
        Rulebook.Change rule = Tracks.change(rules, data.getOrDefault("field", ""));
        String headTell = rule.headTell();
        boolean office = rules.posts().isEmpty()
                || member.posts().stream()
                        .anyMatch(held -> rules.post(held)
                                .map(post -> !post.head().isEmpty())
                                .orElse(false));
        if (headTell != null && "false".equals(data.get("head")) && office) {
            events.publishEvent(Tell.of(headTell, member.id(), "change", member.name() + "的新代表人不是法定代表人或主要负责人，请核实")
                    .cites(rule.head())
                    .with(file.about()));
        }
        String branches = Enrolments.said(member, data);
        String said = branches.isEmpty() ? "变更" + CaseWords.field(data.getOrDefault("field", "资料")) : branches;
        for (String to : rule.tell()) {
            events.publishEvent(Tell.of(to, member.id(), "change", member.name() + said)
                    .cites(rule.cite())
                    .with(file.about()));
        }
        if (!branches.isEmpty()) {
            Enrolments.concerned(member, file, said, rule.cite()).forEach(events::publishEvent);
        }
        String officeTell = rule.officeTell();
        if (officeTell != null && Tracks.keepsOffice(rule, data)) {
            String posts = String.join("、", rules.offices(rule, member.posts()));
            events.publishEvent(
                    Tell.of(officeTell, member.id(), "change", member.name() + "更换代表人并继续任" + posts + "，确认之前职务待定")
                            .cites(rule.officeCite())
                            .with(file.about()));
        }
        TaskRule first = rule.task();
        if (first != null) {
            file.put(Awaited.FIRST, first.what());
            consequences.carryOut(
                    List.of(new Act(List.of(), first, null, null, null, first.cite(), null)),
                    Context.of(file, "opened", rule.cite()));
        }
    }

    private void registration(Rulebook rules, Track track, CaseRow file, Member member) {
        String kind = file.data().getOrDefault("kind", "");
        Track.Window window = track.windows().get(kind);
        deadlines.give(rules, file, window == null ? null : window.due());
        if (kind.equals("initial") && rules.fees() != null) {
            LocalDate joined = member.joinedOn() == null ? clock.today() : member.joinedOn();
            LocalDate thisYear = LocalDate.of(clock.today().getYear(), 1, 1);
            bills.firstYear(member.id(), joined.isBefore(thisYear) ? thisYear : joined, null, file.id());
            if (joined.isBefore(thisYear)) {
                consequences.on("earlier-months", Context.of(file, "earlier-months", List.of()));
            }
        }
    }
}
