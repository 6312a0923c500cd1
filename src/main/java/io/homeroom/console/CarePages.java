package io.homeroom.console;

import io.homeroom.care.Mailings;
import io.homeroom.care.Need;
import io.homeroom.care.Needs;
import io.homeroom.care.Parcel;
import io.homeroom.care.Pictures;
import io.homeroom.care.Stories;
import io.homeroom.care.Story;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.desk.Role;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Clauses;
import io.homeroom.ground.Days;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Member;
import io.homeroom.member.Page;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.member.Standing;
import io.homeroom.papers.Letters;
import io.homeroom.papers.Sheets;
import io.homeroom.papers.Table;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Service: members' needs, what they hand in for publication, and what is mailed to them. */
@Controller
@RequestMapping("/console/{code}/care")
class CarePages {

    private static final MediaType WORKBOOK =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private static final int LABELS = 24;
    private static final int SHOWN = 200;

    record NeedLine(Need need, String member, String href, boolean late, String owner) {}

    record StoryLine(Story story, String member, String href, List<Long> pictures) {}

    record ParcelLine(Parcel parcel, String href, String phone, boolean mine) {}

    /** A kind of mailing, and how many tasks ask for it. */
    record Kind(String code, String word, int asked) {}

    private final Needs needs;
    private final Stories stories;
    private final Mailings mailings;
    private final Pictures pictures;
    private final Roster roster;
    private final Classes classes;
    private final Cases cases;
    private final Bills bills;
    private final Lines lines;
    private final Lawbooks lawbooks;
    private final Letters letters;
    private final Sheets sheets;
    private final BusinessClock clock;

    CarePages(
            Needs needs,
            Stories stories,
            Mailings mailings,
            Pictures pictures,
            Roster roster,
            Classes classes,
            Cases cases,
            Bills bills,
            Lines lines,
            Lawbooks lawbooks,
            Letters letters,
            Sheets sheets,
            BusinessClock clock) {
        this.needs = needs;
        this.stories = stories;
        this.mailings = mailings;
        this.pictures = pictures;
        this.roster = roster;
        this.classes = classes;
        this.cases = cases;
        this.bills = bills;
        this.lines = lines;
        this.lawbooks = lawbooks;
        this.letters = letters;
        this.sheets = sheets;
        this.clock = clock;
    }

    private Map<Long, Member> visible(Visitor visitor, List<Long> ids) {
        return roster.findAll(ids.stream().distinct().toList()).entrySet().stream()
                .filter(entry -> visitor.sees(entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void member(Visitor visitor, long id) {
        if (roster.find(id).filter(visitor::sees).isEmpty()) {
            throw new NotHere();
        }
    }

    // ---- needs

    @GetMapping
    String needs(Visitor visitor, @RequestParam(defaultValue = "open") String show, Model model) {
        List<Need> found = needs.all(!show.equals("done"), SHOWN);
        Map<Long, Member> members =
                visible(visitor, found.stream().map(Need::memberId).toList());
        Map<String, String> people = lines.people();
        LocalDate today = clock.today();
        model.addAttribute(
                "needs",
                found.stream()
                        .filter(need -> members.containsKey(need.memberId()))
                        .map(need -> new NeedLine(
                                need,
                                name(members, need.memberId()),
                                visitor.at("members/" + need.memberId()),
                                need.late(today),
                                people.getOrDefault(need.owner(), need.owner())))
                        .toList());
        model.addAttribute("show", show.equals("done") ? "done" : "open");
        return "console/care-needs";
    }

    private static String name(Map<Long, Member> members, long id) {
        Member member = members.get(id);
        return member == null ? "" : member.name();
    }

    @PostMapping("/needs/{id}/answer")
    String answer(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String answer,
            RedirectAttributes next) {
        Need need = needs.find(id).orElseThrow(NotHere::new);
        member(visitor, need.memberId());
        return then(needs.answer(id, answer, visitor.username()), "已答复，会员会收到。", visitor.at("care"), next);
    }

    private static String then(Outcome<?> outcome, String done, String to, RedirectAttributes next) {
        if (outcome instanceof Outcome.Refused<?> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", done);
        }
        return "redirect:" + to;
    }

    // ---- stories

    @GetMapping("/stories")
    String stories(Visitor visitor, Model model) {
        List<Story> waiting = stories.waiting(SHOWN);
        Map<Long, Member> members =
                visible(visitor, waiting.stream().map(Story::memberId).toList());
        model.addAttribute(
                "stories",
                waiting.stream()
                        .filter(story -> members.containsKey(story.memberId()))
                        .map(story -> new StoryLine(
                                story,
                                name(members, story.memberId()),
                                visitor.at("members/" + story.memberId()),
                                pictures.of(story.id())))
                        .toList());
        return "console/care-stories";
    }

    @PostMapping("/stories/{id}")
    String settle(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam boolean accepted,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        Story story = stories.find(id).orElseThrow(NotHere::new);
        member(visitor, story.memberId());
        return then(
                stories.settle(id, accepted, reason, visitor.username()),
                accepted ? "已采用，会员已收到消息。" : "已退回，会员已收到原因。",
                visitor.at("care/stories"),
                next);
    }

    @GetMapping("/stories/{id}/pictures/{picture}")
    ResponseEntity<byte[]> storyPicture(Visitor visitor, @PathVariable long id, @PathVariable long picture) {
        Story story = stories.find(id).orElseThrow(NotHere::new);
        member(visitor, story.memberId());
        if (!pictures.of(id).contains(picture)) {
            throw new NotHere();
        }
        return picture(picture);
    }

    private ResponseEntity<byte[]> picture(long id) {
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_JPEG)
                .header("X-Content-Type-Options", "nosniff")
                .body(pictures.open(id).orElseThrow(NotHere::new));
    }

    // ---- mailings

    @GetMapping("/mailings")
    String mailings(Visitor visitor, Model model) {
        model.addAttribute("mailings", mailings.recent(100));
        model.addAttribute("words", Mailings.KINDS);
        model.addAttribute("mayMake", visitor.mayEdit());
        model.addAttribute(
                "kinds",
                List.of("letter", "receipt", "certificate", "journal", "other").stream()
                        .map(kind -> new Kind(
                                kind,
                                Mailings.KINDS.getOrDefault(kind, kind),
                                asks(kind) ? mailings.asked(kind).size() : 0))
                        .toList());
        return "console/care-mailings";
    }

    private static boolean asks(String kind) {
        return !kind.equals("journal") && !kind.equals("other");
    }

    /** To those whose tasks ask for it, to one class, or to all members. */
    @PostMapping("/mailings")
    String make(
            Visitor visitor,
            @RequestParam String what,
            @RequestParam(defaultValue = "") String title,
            RedirectAttributes next) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
        if (!Mailings.KINDS.containsKey(what)) {
            throw new NotHere();
        }
        Outcome<Long> made = asks(what)
                ? mailings.prepare(what, title, visitor.username())
                : mailings.prepare(what, title, everybody(), visitor.username());
        String to = made instanceof Outcome.Done<Long> done ? "care/mailings/" + done.value() : "care/mailings";
        return then(made, "已备好收件单位。拍照后即可登记寄出。", visitor.at(to), next);
    }

    private List<Long> everybody() {
        List<Long> ids = new ArrayList<>();
        long after = 0;
        while (true) {
            Page<Member> page = roster.search(new Search(null, Standing.ACTIVE, null, null, after, 500));
            page.items().forEach(member -> ids.add(member.id()));
            Long following = page.next();
            if (following == null) {
                return ids;
            }
            after = following;
        }
    }

    @GetMapping("/mailings/{id:\\d{1,19}}")
    String mailing(Visitor visitor, @PathVariable long id, Model model) {
        List<Parcel> parcels = parcels(visitor, id);
        boolean may = visitor.is(Role.ADMIN, Role.SECRETARIAT, Role.TEACHER);
        model.addAttribute("mailing", parcels.get(0));
        model.addAttribute("word", Mailings.KINDS.getOrDefault(parcels.get(0).what(), ""));
        model.addAttribute("base", visitor.at("care/mailings/" + id));
        model.addAttribute("parcelBase", visitor.at("care/parcels/"));
        model.addAttribute(
                "parcels",
                parcels.stream()
                        .map(parcel -> new ParcelLine(
                                parcel,
                                visitor.at("members/" + parcel.memberId()),
                                Mask.phone(parcel.to().phone()),
                                may))
                        .toList());
        return "console/care-mailing";
    }

    private List<Parcel> parcels(Visitor visitor, long mailing) {
        List<Parcel> all = mailings.parcels(mailing);
        Map<Long, Member> members =
                visible(visitor, all.stream().map(Parcel::memberId).toList());
        List<Parcel> seen = all.stream()
                .filter(parcel -> members.containsKey(parcel.memberId()))
                .toList();
        if (seen.isEmpty()) {
            throw new NotHere();
        }
        return seen;
    }

    @PostMapping("/mailings/{id:\\d{1,19}}/photo")
    String photo(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(name = "parcel", required = false) @Nullable List<Long> chosen,
            RedirectAttributes next)
            throws IOException {
        List<Long> seen = parcels(visitor, id).stream().map(Parcel::id).toList();
        List<Long> wanted = chosen == null
                ? List.of()
                : chosen.stream().filter(seen::contains).toList();
        byte[] upload = file == null ? new byte[0] : file.getBytes();
        return then(
                mailings.photograph(wanted, upload, visitor.username()),
                "照片已存，可以登记寄出。",
                visitor.at("care/mailings/" + id),
                next);
    }

    @PostMapping("/parcels/{id}/send")
    String send(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String tracking,
            RedirectAttributes next) {
        Parcel parcel = parcel(visitor, id);
        return then(
                mailings.send(id, tracking, visitor.username()),
                parcel.to().unit() + "的已登记寄出，联络人会收到照片。",
                visitor.at("care/mailings/" + parcel.mailingId()),
                next);
    }

    @PostMapping("/parcels/{id}/address")
    String address(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String address,
            RedirectAttributes next) {
        Parcel parcel = parcel(visitor, id);
        return then(
                mailings.address(id, address, visitor.username()),
                "地址已改。",
                visitor.at("care/mailings/" + parcel.mailingId()),
                next);
    }

    @GetMapping("/parcels/{id}/photo")
    ResponseEntity<byte[]> parcelPhoto(Visitor visitor, @PathVariable long id) {
        Long picture = parcel(visitor, id).pictureId();
        if (picture == null) {
            throw new NotHere();
        }
        return picture(picture);
    }

    private Parcel parcel(Visitor visitor, long id) {
        Parcel parcel = mailings.find(id).orElseThrow(NotHere::new);
        member(visitor, parcel.memberId());
        return parcel;
    }

    // ---- on paper

    @GetMapping("/mailings/{id:\\d{1,19}}/labels.pdf")
    ResponseEntity<byte[]> labels(Visitor visitor, @PathVariable long id) {
        List<Parcel.Recipient> all =
                parcels(visitor, id).stream().map(Parcel::to).toList();
        List<List<List<Parcel.Recipient>>> pages = new ArrayList<>();
        for (int from = 0; from < all.size(); from += LABELS) {
            List<List<Parcel.Recipient>> rows = new ArrayList<>();
            List<Parcel.Recipient> page = all.subList(from, Math.min(all.size(), from + LABELS));
            for (int row = 0; row < page.size(); row += 3) {
                rows.add(page.subList(row, Math.min(page.size(), row + 3)));
            }
            pages.add(rows);
        }
        return file(letters.print("labels", Map.of("pages", pages)), MediaType.APPLICATION_PDF, "收件标签.pdf");
    }

    @GetMapping("/mailings/{id:\\d{1,19}}/list.xlsx")
    ResponseEntity<byte[]> list(Visitor visitor, @PathVariable long id) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<List<?>> rows = new ArrayList<>();
        for (Parcel parcel : parcels(visitor, id)) {
            rows.add(Arrays.asList(
                    parcel.to().unit(),
                    parcel.to().person(),
                    parcel.to().phone(),
                    parcel.to().address(),
                    parcel.tracking(),
                    parcel.sentOn()));
        }
        sheets.write(
                out,
                List.of(new Table(
                        "寄送清单",
                        List.of(
                                Table.Column.of("单位", 34),
                                Table.Column.of("收件人", 12),
                                Table.Column.of("电话", 16),
                                Table.Column.of("地址", 44),
                                Table.Column.of("单号", 20),
                                Table.Column.of("寄出日", 13)),
                        rows)));
        return file(out.toByteArray(), WORKBOOK, "寄送清单.xlsx");
    }

    /** The letter of a parcel: for a notice of leaving the ground, what is owed and until when to answer. */
    @GetMapping("/parcels/{id}/letter.pdf")
    ResponseEntity<byte[]> letter(Visitor visitor, @PathVariable long id) {
        Parcel parcel = parcel(visitor, id);
        Rulebook book = lawbooks.of(visitor.code());
        CaseView matter = cases.of(parcel.memberId()).stream()
                .filter(one -> one.isOpen() && one.type().equals("exit"))
                .findFirst()
                .orElse(null);
        Map<String, Object> facts = new HashMap<>();
        facts.put("association", book.name());
        facts.put("member", parcel.to().unit());
        facts.put("today", Days.dated(clock.today()));
        facts.put("title", matter == null ? parcel.title() : "退会告知书");
        facts.put("exit", matter != null);
        facts.put(
                "clauses",
                matter == null
                        ? ""
                        : matter.clauses().stream()
                                .map(Clauses::label)
                                .distinct()
                                .collect(Collectors.joining("、")));
        facts.put("rules", book.title());
        facts.put(
                "owed",
                bills.owed(parcel.memberId()).isPositive()
                        ? bills.owed(parcel.memberId()).toString()
                        : "");
        Rulebook.Reading days = book.readings().get("answer-days");
        facts.put("days", days == null ? "" : days.value());
        facts.put(
                "teacher",
                classes.teacherOf(parcel.memberId())
                        .map(one -> one.name() + (one.phone() == null ? "" : " " + one.phone()))
                        .orElse(""));
        return file(
                letters.print("notice", facts),
                MediaType.APPLICATION_PDF,
                parcel.to().unit() + "函件.pdf");
    }

    /** The form 会员单位联系资料交接通知单 of a change. */
    @GetMapping("/changes/{id}/form.pdf")
    ResponseEntity<byte[]> form(Visitor visitor, @PathVariable long id) {
        CaseView change =
                cases.find(id).filter(one -> one.type().equals("change")).orElseThrow(NotHere::new);
        Long memberId = change.memberId();
        if (memberId == null) {
            throw new NotHere();
        }
        member(visitor, memberId);
        Member member = roster.get(memberId);
        Map<String, Object> facts = new HashMap<>();
        facts.put("association", lawbooks.name(visitor.code()));
        facts.put("member", member.name());
        facts.put("field", Timeline.field(change.data().getOrDefault("field", "")));
        facts.put("was", change.data().getOrDefault("was", ""));
        facts.put("to", change.data().getOrDefault("to", ""));
        facts.put("from", change.data().getOrDefault("from", change.openedOn().toString()));
        facts.put("opened", change.openedOn().toString());
        facts.put(
                "clauses",
                change.clauses().stream().map(Clauses::label).distinct().collect(Collectors.joining("、")));
        facts.put("steps", change.steps());
        return file(letters.print("handover", facts), MediaType.APPLICATION_PDF, "资料交接通知单.pdf");
    }

    private static ResponseEntity<byte[]> file(byte[] content, MediaType type, String name) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(content);
    }
}
