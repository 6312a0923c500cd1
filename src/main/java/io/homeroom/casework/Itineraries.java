package io.homeroom.casework;

import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Track.Document;
import io.homeroom.rulebook.Track.Stage;
import io.homeroom.schedule.BusinessClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The way of a case, for whoever waits at the other end of it. */
@Service
@Transactional(readOnly = true)
public class Itineraries {

    private static final Map<String, String> AWAITED = Map.of(
            "payment", "缴费",
            "registration", "登记",
            "reply", "书面答复",
            "handover", "办理交接",
            "letter", "寄送告知书",
            "seat", "等候空额");

    private static final Map<String, String> ENDS = Map.of(
            "admission", "成为会员",
            "withdrawal", "会籍终止",
            "upgrade", "新级别生效",
            "downgrade", "新级别生效",
            "restoration", "恢复会籍",
            "appeal", "恢复会籍",
            "exit", "视为自动退会",
            "registration", "登记生效");

    /** Requests of a member's own that it may take back. */
    private static final Set<String> OWN =
            Set.of("admission", "withdrawal", "upgrade", "restoration", "appeal", "registration", "nomination");

    private final CaseBook book;
    private final Tracks tracks;
    private final Enclosures enclosures;
    private final Roster roster;
    private final Lawbook law;
    private final BusinessClock clock;

    Itineraries(CaseBook book, Tracks tracks, Enclosures enclosures, Roster roster, Lawbook law, BusinessClock clock) {
        this.book = book;
        this.tracks = tracks;
        this.enclosures = enclosures;
        this.roster = roster;
        this.law = law;
        this.clock = clock;
    }

    /**
     * Whether the member follows a case at all: its own requests, and what it has been told of. What is being weighed
     * against it is said once, when the bylaws have it said.
     */
    public boolean followed(CaseView view) {
        return switch (view.type()) {
            case "admission",
                    "upgrade",
                    "withdrawal",
                    "restoration",
                    "appeal",
                    "registration",
                    "nomination",
                    "change",
                    "choice",
                    "suspension" -> true;
            case "exit" ->
                book.find(view.id())
                        .flatMap(file -> tracks.current(law.of(clock.today()), file))
                        .map(stage -> !"letter".equals(stage.await()))
                        .orElse(true);
            case "downgrade" ->
                view.steps().stream()
                        .anyMatch(
                                step -> step.act().equals("opened") && step.by().equals("member:" + view.memberId()));
            default -> false;
        };
    }

    /** The way of a case; empty for one that does not exist or has no way here. */
    public Optional<Itinerary> of(long id) {
        Rulebook rules = law.of(clock.today());
        return book.find(id).filter(file -> !Tracks.isGone(rules, file)).map(file -> of(rules, file));
    }

    private Itinerary of(Rulebook rules, CaseRow file) {
        CaseView view = book.view(file);
        Member member = file.memberId() == null ? null : roster.get(file.member());
        Track track = Tracks.track(rules, file.type());
        Stage now = tracks.current(rules, file).orElse(null);
        List<String> dueCite = CaseDeadlines.cite(track, file);
        if (dueCite.isEmpty() && now != null) {
            dueCite = now.cite();
        }
        return new Itinerary(
                view,
                CaseWords.type(file.type()),
                stops(rules, track, file, view),
                papers(rules, file, member),
                dueCite,
                file.isOver() ? "" : CaseDeadlines.atEnd(rules, file, now),
                answers(rules, track, file),
                mayCallOff(file));
    }

    private List<Itinerary.Stop> stops(Rulebook rules, Track track, CaseRow file, CaseView view) {
        List<Itinerary.Stop> stops = new ArrayList<>();
        boolean open = !file.isOver();
        boolean waits = open && !view.missing().isEmpty();
        stops.add(new Itinerary.Stop(
                file.byRule() ? "按规定提出" : "提出",
                Itinerary.State.DONE,
                false,
                file.byRule() ? file.grounds() : track.cite()));
        if (waits) {
            stops.add(new Itinerary.Stop("补齐材料", Itinerary.State.NOW, true, List.of()));
        }
        boolean decided = !file.outcome().equals(CaseRow.OPEN);
        boolean approved = file.outcome().equals(CaseRow.APPROVED);
        Stage current = open && !decided ? tracks.current(rules, file).orElse(null) : null;
        boolean silent = view.steps().stream().anyMatch(step -> step.act().equals("consented"));
        boolean passed = true;
        List<Stage> stages = tracks.stages(rules, file);
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            boolean stopped = decided && !approved && i >= file.stage();
            if (tracks.passedOver(file, stage)) {
                continue;
            }
            if (stopped || silent && i >= file.stage()) {
                break;
            }
            boolean here = stage.equals(current);
            passed &= !here;
            Itinerary.State state = approved || passed
                    ? Itinerary.State.DONE
                    : here && !waits ? Itinerary.State.NOW : Itinerary.State.NEXT;
            stops.add(new Itinerary.Stop(says(file, stage), state, stage.at().equals("member"), stage.cite()));
        }
        if (decided && !approved) {
            boolean rejected = file.outcome().equals(CaseRow.REJECTED);
            String why = view.steps().stream()
                    .filter(step -> step.act().equals("lapsed"))
                    .map(CaseView.Step::says)
                    .reduce((first, last) -> last)
                    .orElse("");
            stops.add(new Itinerary.Stop(
                    rejected ? "未获通过" : why.isEmpty() ? "已终止" : "已终止：" + why, Itinerary.State.ENDED, false, List.of()));
            return stops;
        }
        if (silent) {
            stops.add(new Itinerary.Stop("期满没有答复，视为同意", Itinerary.State.DONE, false, CaseDeadlines.cite(track, file)));
        }
        for (String what : track.awaits()) {
            boolean waiting = file.awaiting().contains(what);
            stops.add(new Itinerary.Stop(
                    AWAITED.getOrDefault(what, what),
                    waiting ? Itinerary.State.NOW : approved ? Itinerary.State.DONE : Itinerary.State.NEXT,
                    what.equals("payment"),
                    track.cite()));
        }
        String end = ENDS.get(file.type());
        if (end != null) {
            stops.add(new Itinerary.Stop(
                    end, approved && file.isOver() ? Itinerary.State.DONE : Itinerary.State.NEXT, false, List.of()));
        }
        return stops;
    }

    private String says(CaseRow file, Stage stage) {
        String await = stage.await();
        if (stage.at().equals("member")) {
            return "answer".equals(await) ? "等你答复" : AWAITED.getOrDefault(String.valueOf(await), "等你办理");
        }
        String who = tracks.deciders(file, stage).get(0);
        if (await != null) {
            return who + AWAITED.getOrDefault(await, "办理");
        }
        return who + (stage.counted() != null ? "表决" : "审议");
    }

    private List<Itinerary.Paper> papers(Rulebook rules, CaseRow file, @Nullable Member member) {
        Map<String, List<Enclosure>> files =
                enclosures.of(file.id()).stream().collect(Collectors.groupingBy(Enclosure::document));
        List<Itinerary.Paper> papers = new ArrayList<>();
        for (Document document : tracks.asked(rules, file, member)) {
            papers.add(paper(document, file, "", files));
        }
        List<Stage> stages = tracks.stages(rules, file);
        for (Stage stage : stages) {
            for (Document document : tracks.passedOver(file, stage) ? List.<Document>of() : stage.documents()) {
                papers.add(paper(document, file, stage.at(), files));
            }
        }
        return papers;
    }

    private static Itinerary.Paper paper(
            Document document, CaseRow file, String before, Map<String, List<Enclosure>> files) {
        return new Itinerary.Paper(
                document.name(),
                file.documents().contains(document.name()),
                document.original(),
                before.isEmpty() && document.exempts() != null ? document.exempts() : "",
                file.exempted(document.name()),
                before,
                document.cite(),
                files.getOrDefault(document.name(), List.of()));
    }

    /** What the bylaws let the member answer now, each with what comes of it. */
    List<Itinerary.Answer> answers(Rulebook rules, Track track, CaseRow file) {
        if (!file.isOpen() || file.isOver()) {
            return List.of();
        }
        Stage stage = tracks.current(rules, file).orElse(null);
        boolean asked = stage != null
                && "answer".equals(stage.await())
                && file.awaiting().isEmpty();
        List<Itinerary.Answer> answers = new ArrayList<>();
        if (stage != null && asked && file.type().equals("choice")) {
            answers.add(new Itinerary.Answer("keep", "保留个人会籍", "个人会籍照旧", false, stage.cite()));
            answers.add(new Itinerary.Answer("give-up", "放弃个人会籍", "个人会籍今天终止，之后随单位参加活动", false, stage.cite()));
            return answers;
        }
        List<String> cite = stage == null || stage.cite().isEmpty() ? track.cite() : stage.cite();
        if (file.byRule()) {
            answers.add(new Itinerary.Answer("good-reason", "说明正当理由", "审议时会看到你的说明；程序在决定之前照常进行", true, cite));
        }
        Track.Lapse lapse = track.lapses();
        if (lapse != null && lapse.cured() && file.billId() == null) {
            answers.add(new Itinerary.Answer("cured", "情形已消除", "由工作人员核实，属实的程序即停止", true, cite));
        }
        if (asked) {
            answers.add(new Itinerary.Answer("refuse", "不再履行", "不等答复期满，直接进入下一步，最后可能终止会籍", false, cite));
        }
        return answers;
    }

    /** Until it is decided, a request of one's own can be taken back. */
    static boolean mayCallOff(CaseRow file) {
        boolean own =
                OWN.contains(file.type()) && !file.byRule() && !file.openedBy().startsWith("staff:");
        return own && file.isOpen() && !file.isOver() && !file.provisional();
    }
}
