package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Tell;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The counter: where the person whom a case is about hands in papers, answers, and takes its request back, and where
 * staff ask for a paper again. Who may stand here is for the caller to decide. An act is refused, and changes nothing,
 * where the case has moved on since the page that it comes from was shown.
 */
@Service
@Transactional
public class Counter {

    private static final int LONGEST = 300;

    private final CaseBook book;
    private final Cases cases;
    private final Tracks tracks;
    private final CaseDeadlines deadlines;
    private final Endings endings;
    private final Itineraries itineraries;
    private final Enclosures enclosures;
    private final Roster roster;
    private final Bills bills;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Counter(
            CaseBook book,
            Cases cases,
            Tracks tracks,
            CaseDeadlines deadlines,
            Endings endings,
            Itineraries itineraries,
            Enclosures enclosures,
            Roster roster,
            Bills bills,
            Lawbook law,
            BusinessClock clock,
            Audit audit,
            ApplicationEventPublisher events) {
        this.book = book;
        this.cases = cases;
        this.tracks = tracks;
        this.deadlines = deadlines;
        this.endings = endings;
        this.itineraries = itineraries;
        this.enclosures = enclosures;
        this.roster = roster;
        this.bills = bills;
        this.law = law;
        this.clock = clock;
        this.audit = audit;
        this.events = events;
    }

    /**
     * Opens a case that comes with files of its documents: all or nothing. They count as handed in.
     *
     * @param papers files by the names of documents
     */
    public Outcome<CaseView> open(Opening opening, Map<String, byte[]> papers, String openid) {
        Map<String, Scan> scans = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> paper : papers.entrySet()) {
            Outcome<Scan> scan = enclosures.look(openid, paper.getValue());
            if (scan instanceof Outcome.Refused<Scan> refused) {
                return Outcome.refused(refused.refusal());
            }
            scans.put(paper.getKey(), scan.get());
        }
        List<String> documents = new ArrayList<>(opening.documents() == null ? List.of() : opening.documents());
        documents.addAll(scans.keySet());
        Outcome<CaseView> opened = cases.open(new Opening(
                opening.type(),
                opening.member(),
                opening.subject(),
                opening.mover(),
                opening.grounds(),
                documents,
                opening.data(),
                opening.nominatedBy()));
        if (opened instanceof Outcome.Done<CaseView> done) {
            scans.forEach((name, scan) ->
                    enclosures.add(null, done.value().id(), name, openid, scan).get());
        }
        return opened;
    }

    /**
     * Takes a picture or PDF of a document. The first one of a document that was missing files it.
     *
     * @param by {@code member} or {@code applicant}
     */
    public Outcome<CaseView> enclose(long id, String document, byte[] upload, String openid, String by) {
        Outcome<Scan> scan = enclosures.look(openid, upload);
        if (scan instanceof Outcome.Refused<Scan> refused) {
            return Outcome.refused(refused.refusal());
        }
        CaseRow file = book.locked(id);
        if (file.isOver()) {
            return Outcome.refused("这件事已经办结，不用再交材料");
        }
        Rulebook rules = law.of(clock.today());
        List<Track.Document> asked = new ArrayList<>(tracks.asked(rules, file, member(file)));
        tracks.stages(rules, file).forEach(stage -> asked.addAll(stage.documents()));
        boolean wanted = asked.stream().anyMatch(one -> one.name().equals(document) && !one.original());
        if (!wanted) {
            return Outcome.refused("这件事不用传“" + document + "”");
        }
        Outcome<Enclosure> kept = enclosures.add(null, id, document, openid, scan.get());
        if (kept instanceof Outcome.Refused<Enclosure> refused) {
            return Outcome.refused(refused.refusal());
        }
        audit.note(by, "document-handed-in", file.memberId(), document);
        return file.documents().contains(document)
                ? Outcome.done(book.view(file))
                : cases.file(id, List.of(document), by);
    }

    private @Nullable Member member(CaseRow file) {
        Long id = file.memberId();
        return id == null ? null : roster.get(id);
    }

    /**
     * Takes an answer that the bylaws allow now.
     *
     * @param mark that of the page on which it was given
     * @param words what the person adds
     */
    public Outcome<CaseView> answer(long id, String mark, String says, String words, String by) {
        CaseRow file = book.locked(id);
        if (!book.view(file).mark().equals(mark)) {
            return moved();
        }
        Rulebook rules = law.of(clock.today());
        Track track = Tracks.track(rules, file.type());
        Itinerary.Answer answer = itineraries.answers(rules, track, file).stream()
                .filter(one -> one.code().equals(says))
                .findFirst()
                .orElse(null);
        if (answer == null) {
            return Outcome.refused("现在不能这样答复，请看最新的进度");
        }
        String text = words.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
        if (answer.wordy() && text.isEmpty()) {
            return Outcome.refused("请写一两句说明");
        }
        String note = text.substring(0, Math.min(LONGEST, text.length()));
        if (!note.isEmpty()) {
            book.step(file, by, "said", answer.cite(), note);
        }
        audit.note(by, "answered", file.memberId(), answer.word(), answer.cite().toArray(String[]::new));
        if (says.equals("cured")) {
            // A claim, until somebody has looked: staff enter it as the answer that ends the case.
            book.step(file, by, "claimed", answer.cite(), "情形已消除，请核实");
            events.publishEvent(Tell.of(
                            deadlines.owner(rules, file),
                            file.memberId(),
                            "answer",
                            file.subject() + "称" + CaseWords.type(file.type()) + "的情形已消除，请核实后登记")
                    .cites(answer.cite())
                    .with(file.about()));
            return Outcome.done(book.view(file));
        }
        return cases.answer(id, says, by);
    }

    /** Takes a request back while it is pending. */
    public Outcome<CaseView> callOff(long id, String mark, String by) {
        CaseRow file = book.locked(id);
        if (!book.view(file).mark().equals(mark)) {
            return moved();
        }
        if (!Itineraries.mayCallOff(file)) {
            return Outcome.refused("这件事已经有了决定，不能再撤回");
        }
        Rulebook rules = law.of(clock.today());
        String office = deadlines.owner(rules, file);
        if (file.type().equals("admission")) {
            roster.record(
                    file.member(),
                    Entry.of(EntryKind.REJECTED, clock.today(), "", by).by(file.id()));
            bills.of(file.member()).stream()
                    .filter(bill ->
                            bill.state() == BillState.OPEN && Long.valueOf(id).equals(bill.caseId()))
                    .forEach(bill -> bills.cancel(bill.id(), bill.clauses(), "本人撤回入会申请"));
        }
        endings.lapse(file, "本人撤回");
        audit.note(by, "called-off", file.memberId(), CaseWords.type(file.type()));
        events.publishEvent(
                Tell.of(office, file.memberId(), "called-off", file.subject() + "撤回了" + CaseWords.type(file.type()))
                        .with(file.about()));
        return Outcome.done(book.view(file));
    }

    /**
     * Asks for documents that were handed in but will not do, and tells the person why.
     *
     * @param by staff user name
     */
    public Outcome<CaseView> askAgain(long id, List<String> documents, String why, String by) {
        CaseRow file = book.locked(id);
        if (file.isOver() || !file.isOpen()) {
            return Outcome.refused("此事项已有结果，不再要材料");
        }
        List<String> again = documents.stream()
                .filter(name -> file.documents().contains(name))
                .toList();
        if (again.isEmpty() || why.isBlank()) {
            return Outcome.refused("请勾选要重交的材料，并写明原因");
        }
        file.unfile(again);
        String names = String.join("、", again);
        book.step(file, by, "asked", List.of(), names + "：" + why.strip());
        audit.note(by, "document-asked", file.memberId(), names);
        Rulebook rules = law.of(clock.today());
        List<String> cite = tracks.missing(rules, file, member(file)).stream()
                .flatMap(document -> document.cite().stream())
                .distinct()
                .toList();
        if (file.memberId() != null) {
            events.publishEvent(Tell.of(
                            "member",
                            file.memberId(),
                            "decision",
                            CaseWords.type(file.type()) + "还要重交" + names + "：" + why.strip() + "。回复「进度」，在页面上直接补交")
                    .cites(cite)
                    .with(file.about()));
        }
        return Outcome.done(book.view(file));
    }

    /**
     * Notes that whoever filed has no such document to hand in, where its rule lets an office do so (WHJX-5-2): it is
     * not missing any more, and the person hears why. Asked for again, it is to come after all.
     *
     * @param by staff user name
     */
    public Outcome<CaseView> exempt(long id, String document, String why, String by) {
        CaseRow file = book.locked(id);
        if (file.isOver() || !file.isOpen()) {
            return Outcome.refused("此事项已有结果，不再看材料");
        }
        Track.Document asked = tracks.missing(law.of(clock.today()), file, member(file)).stream()
                .filter(one -> one.name().equals(document))
                .findFirst()
                .orElse(null);
        if (asked == null) {
            return Outcome.refused("还缺的材料里没有“" + document + "”");
        }
        if (asked.exempts() == null) {
            return Outcome.refused(new Refusal(asked.cite(), document + "都要交，规则没有写可以注明不适用", null));
        }
        String reason = why.strip();
        if (reason.isEmpty() || reason.length() > LONGEST) {
            return Outcome.refused(
                    new Refusal(asked.cite(), "请写明" + document + "为什么不适用，最多" + LONGEST + "个字，对方会看到", null));
        }
        file.exempt(document, reason);
        String noted = document + "：" + reason;
        String told = document + "不用交，" + asked.exempts() + "已注明不适用（" + reason + "）";
        book.step(file, by, "exempt", asked.cite(), noted);
        audit.note(by, "document-exempt", file.memberId(), noted, asked.cite().toArray(String[]::new));
        if (file.memberId() != null) {
            events.publishEvent(Tell.of("member", file.memberId(), "decision", CaseWords.type(file.type()) + "：" + told)
                    .cites(asked.cite())
                    .with(file.about()));
        }
        cases.filed(file);
        return Outcome.done(book.view(file));
    }

    private static Outcome<CaseView> moved() {
        return Outcome.refused("这件事刚有了新的进展，什么也没有改；请看过最新的进度再办");
    }
}
