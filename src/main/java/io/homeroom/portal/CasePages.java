package io.homeroom.portal;

import io.homeroom.care.Changes;
import io.homeroom.casework.Applications;
import io.homeroom.casework.Assignments;
import io.homeroom.casework.Backings;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.CaseWords;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Counter;
import io.homeroom.casework.Enclosure;
import io.homeroom.casework.Enclosures;
import io.homeroom.casework.Itineraries;
import io.homeroom.casework.Itinerary;
import io.homeroom.casework.Prospects;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Bindings;
import io.homeroom.member.Bound;
import io.homeroom.member.Member;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The way of a case, for whoever filed it and for those who speak for its member: where it is, what is missing, what to say. */
@Controller
@RequestMapping("/m/{code}/cases")
class CasePages {

    private static final int OLD_ONES = 5;

    private final Reception reception;
    private final Bindings bindings;
    private final Applications applications;
    private final Cases cases;
    private final Itineraries itineraries;
    private final Counter counter;
    private final Enclosures enclosures;
    private final Prospects prospects;
    private final ChangeForm changeForm;
    private final Backings nominations;
    private final Assignments assignments;
    private final BusinessClock clock;

    CasePages(
            Reception reception,
            Bindings bindings,
            Applications applications,
            Cases cases,
            Itineraries itineraries,
            Counter counter,
            Enclosures enclosures,
            Prospects prospects,
            ChangeForm changeForm,
            Backings nominations,
            Assignments assignments,
            BusinessClock clock) {
        this.reception = reception;
        this.bindings = bindings;
        this.applications = applications;
        this.cases = cases;
        this.itineraries = itineraries;
        this.counter = counter;
        this.enclosures = enclosures;
        this.prospects = prospects;
        this.changeForm = changeForm;
        this.nominations = nominations;
        this.assignments = assignments;
        this.clock = clock;
    }

    static String at(long id) {
        return "/m/" + Tenant.current() + "/cases/" + id;
    }

    /** A case in a list. */
    record Entry(String href, String name, String note, String value) {}

    /** A step of the way; {@code state} is {@code done now next ended}. */
    record StopView(String says, String state, String cite) {}

    /** A document; {@code mayUpload} where a file of it is taken here. */
    record PaperView(
            String name,
            String cite,
            String before,
            String stand,
            boolean mayUpload,
            boolean missing,
            List<FileView> files) {}

    /** A file of a document. */
    record FileView(String href, boolean picture) {}

    /** Something to answer. */
    record AnswerView(String code, String word, String says, boolean wordy) {}

    /** Everything under way, and what may be asked for. */
    @GetMapping
    String overview(HttpServletRequest request, Model model) {
        return reception.person(request, model, openid -> {
            LocalDate today = clock.today();
            Map<Long, CaseView> followed = new TreeMap<>(Comparator.reverseOrder());
            applications.filedBy(openid).forEach(view -> followed.put(view.id(), view));
            List<Bound> bound = bindings.of(openid);
            Bound about = bindings.current(openid).orElse(bound.isEmpty() ? null : bound.get(0));
            if (about != null) {
                cases.of(about.memberId()).stream()
                        .filter(itineraries::followed)
                        .forEach(view -> followed.put(view.id(), view));
            }
            if (about != null) {
                model.addAttribute("memberName", about.memberName());
                model.addAttribute("homeAt", Reception.home());
            }
            model.addAttribute(
                    "open",
                    followed.values().stream()
                            .filter(view -> view.closedOn() == null)
                            .map(view -> entry(view, today))
                            .toList());
            model.addAttribute(
                    "closed",
                    followed.values().stream()
                            .filter(view -> view.closedOn() != null)
                            .limit(OLD_ONES)
                            .map(view -> entry(view, today))
                            .toList());
            model.addAttribute("may", about == null ? applying() : requests(about.member()));
            return "portal/cases";
        });
    }

    private static Entry entry(CaseView view, LocalDate today) {
        LocalDate closed = view.closedOn();
        String value = closed != null
                ? word(view.outcome()) + " " + Days.said(closed, today)
                : view.missing().isEmpty() ? ("member".equals(view.at()) ? "等你办理" : "办理中") : "待补材料";
        return new Entry(
                at(view.id()),
                CaseWords.type(view.type()),
                view.subject() + " · " + Days.said(view.openedOn(), today) + "提出",
                value);
    }

    private static String word(String outcome) {
        return switch (outcome) {
            case "approved" -> "已通过";
            case "rejected" -> "未通过";
            default -> "已终止";
        };
    }

    private static List<Entry> applying() {
        return List.of(new Entry("/m/" + Tenant.current() + "/apply", "入会申请", "边填边存，随时接着写", ""));
    }

    private List<Entry> requests(Member about) {
        long member = about.id();
        String base = "/m/" + Tenant.current() + "/requests/";
        List<Entry> may = new ArrayList<>();
        int asked = nominations.askedOf(member).size();
        if (asked > 0) {
            may.add(new Entry(base + "nominations", "提名", "别的单位请你单位提名", asked + "件待答复"));
        }
        long todo = assignments.of(member).stream()
                .filter(task -> task.state() == Task.State.OPEN)
                .count();
        if (todo > 0) {
            may.add(new Entry("/m/" + Tenant.current() + "/cases/assignments", "交办任务", "办好了在这里说一声", todo + "项未完成"));
        }
        if (!prospects.targets(member).isEmpty()) {
            may.add(new Entry(base + "upgrade", "升级", "对照条件自查，够了就申请", ""));
        }
        prospects.pleas(member).forEach(plea -> may.add(new Entry(base + plea.type(), plea.word(), "说明理由，书面提出", "")));
        prospects.leaving(member).ifPresent(leaving -> may.add(new Entry(base + "withdrawal", "退会", "先看清后果再决定", "")));
        // Whoever applies goes on with what is under way.
        if (may.isEmpty() && about.standing() != Standing.APPLICANT) {
            may.addAll(applying());
        }
        return may;
    }

    /** The form of a change on paper, for its own people. */
    @GetMapping("/{id}/form.pdf")
    ResponseEntity<byte[]> form(@PathVariable long id, HttpServletRequest request) {
        return Person.of(request)
                .flatMap(openid -> seen(openid, id))
                .flatMap(way -> changeForm.find(id))
                .map(change -> Upload.paper(changeForm.print(change), "资料交接通知单.pdf"))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    /** One case. */
    @GetMapping("/{id}")
    String show(@PathVariable long id, HttpServletRequest request, Model model) {
        return reception.person(
                request,
                model,
                openid -> seen(openid, id)
                        .map(way -> show(way, openid, model))
                        .orElseGet(() -> reception.denied(model, openid)));
    }

    private Optional<Itinerary> seen(String openid, long id) {
        return cases.find(id)
                .filter(view -> applications.filed(openid, id)
                        || view.memberId() != null
                                && reception.speaksFor(openid, view.memberId())
                                && itineraries.followed(view))
                .flatMap(view -> itineraries.of(id));
    }

    private String show(Itinerary way, String openid, Model model) {
        model.addAttribute("homeAt", reception.back(openid));
        CaseView view = way.view();
        Rulebook law = reception.law();
        LocalDate today = clock.today();
        model.addAttribute("title", way.word());
        model.addAttribute("subject", view.subject());
        model.addAttribute("at", at(view.id()));
        model.addAttribute("mark", view.mark());
        model.addAttribute("stand", stand(way));
        model.addAttribute("line", line(way, law, today));
        model.addAttribute(
                "stops",
                way.stops().stream()
                        .map(stop -> new StopView(
                                stop.says(),
                                stop.state().name().toLowerCase(java.util.Locale.ROOT),
                                law.cite(stop.cite())))
                        .toList());
        model.addAttribute(
                "papers",
                way.papers().stream()
                        .sorted(Comparator.comparing(Itinerary.Paper::filed))
                        .map(paper -> view(paper, view, law))
                        .toList());
        model.addAttribute(
                "answers",
                way.answers().stream()
                        .map(answer -> new AnswerView(
                                answer.code(),
                                answer.word(),
                                answer.says() + law.cite(answer.cite()) + "。",
                                answer.wordy()))
                        .toList());
        model.addAttribute("mayCallOff", way.mayCallOff());
        boolean pays = way.stops().stream()
                .anyMatch(stop -> stop.state() == Itinerary.State.NOW
                        && stop.yours()
                        && stop.says().equals("缴费"));
        model.addAttribute("changed", view.type().equals("change") ? Changes.said(view, today) : "");
        model.addAttribute("formAt", view.type().equals("change") ? at(view.id()) + "/form.pdf" : null);
        model.addAttribute("billsAt", pays ? "/m/" + Tenant.current() + "/bills" : null);
        return "portal/case";
    }

    /** Mood and word of where it stands. */
    private static String[] stand(Itinerary way) {
        CaseView view = way.view();
        if (view.closedOn() != null) {
            return switch (view.outcome()) {
                case "approved" -> new String[] {"good", "已办结"};
                case "rejected" -> new String[] {"bad", "未通过"};
                default -> new String[] {"", "已终止"};
            };
        }
        boolean yours = way.stops().stream().anyMatch(stop -> stop.state() == Itinerary.State.NOW && stop.yours());
        return yours ? new String[] {"due", "等你办理"} : new String[] {"", "办理中"};
    }

    private static String line(Itinerary way, Rulebook law, LocalDate today) {
        CaseView view = way.view();
        LocalDate closed = view.closedOn();
        LocalDate from =
                view.data().containsKey("from") ? LocalDate.parse(view.data().get("from")) : null;
        if (closed != null && view.outcome().equals("approved") && from != null && from.isAfter(today)) {
            return Days.dated(view.openedOn()) + "提出，已登记，" + Days.said(from, today) + "起生效；在此之前仍按原来的联系。";
        }
        if (closed != null) {
            return Days.dated(view.openedOn()) + "提出，" + Days.dated(closed) + "办结。";
        }
        StringBuilder line = new StringBuilder();
        List<String> missing = way.papers().stream()
                .filter(paper -> !paper.filed() && paper.before().isEmpty())
                .map(Itinerary.Paper::name)
                .toList();
        if (!missing.isEmpty()) {
            line.append("还缺").append(String.join("、", missing)).append("，补齐后才能审议。");
        } else if (view.at() != null && !"member".equals(view.at())) {
            line.append("现在等").append(waitsFor(view.at())).append("。");
        } else if (view.type().equals("choice")) {
            line.append("你所在的单位已成为会员单位，个人会籍保留还是放弃由你定；").append(way.atEnd()).append("。");
        }
        LocalDate due = view.due();
        if (due != null) {
            line.append("期限").append(Days.said(due, today)).append("，").append(Days.left(due, today));
            boolean said = way.atEnd().isEmpty() || view.type().equals("choice");
            line.append(said ? "" : "，" + way.atEnd());
            line.append(law.cite(way.dueCite())).append("。");
        }
        LocalDate earliest = view.from();
        if (earliest != null && earliest.isAfter(today)) {
            line.append("最早").append(Days.dated(earliest)).append("可以作决定。");
        }
        return line.toString();
    }

    /** Members know the colleague who sees to them by the office. */
    private static String waitsFor(String at) {
        return StaffMember.isAddress(at) ? "班主任确认" : at;
    }

    private static PaperView view(Itinerary.Paper paper, CaseView view, Rulebook law) {
        boolean open = view.closedOn() == null;
        String missing = paper.original() ? "原件交秘书处" : open ? "待补交" : "没有交";
        String received = paper.exempted().isEmpty() ? "已收到" : "不用交：" + paper.exempted();
        String stand = paper.filed() ? received : missing;
        return new PaperView(
                paper.name(),
                law.cite(paper.cite()),
                paper.before(),
                stand,
                open && !paper.original() && paper.exempted().isEmpty(),
                open && !paper.filed(),
                paper.enclosures().stream()
                        .map(one -> new FileView(at(view.id()) + "/papers/" + one.id(), one.isPicture()))
                        .toList());
    }

    // ---- handing in

    @PostMapping(path = "/{id}/papers", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<?> enclose(@PathVariable long id, @RequestParam String document, HttpServletRequest request)
            throws IOException {
        Optional<String> openid = Person.of(request);
        if (openid.isEmpty() || seen(openid.get(), id).isEmpty()) {
            return Upload.problem(HttpStatus.FORBIDDEN, "登录已过期，请回到公众号重新打开。");
        }
        Optional<byte[]> body = Upload.read(request);
        if (body.isEmpty()) {
            return Upload.tooLarge();
        }
        Outcome<CaseView> outcome = counter.enclose(id, document, body.get(), openid.get(), by(openid.get(), id));
        return outcome instanceof Outcome.Refused<CaseView> refused
                ? Upload.problem(
                        HttpStatus.UNPROCESSABLE_CONTENT, refused.refusal().reason() + "。")
                : ResponseEntity.ok(Map.of("mark", outcome.get().mark()));
    }

    /** A file of the case, for its own people. */
    @GetMapping("/{id}/papers/{enclosure}")
    ResponseEntity<byte[]> paper(
            @PathVariable long id,
            @PathVariable long enclosure,
            @RequestParam(defaultValue = "false") boolean small,
            HttpServletRequest request) {
        Optional<String> openid = Person.of(request);
        Optional<Itinerary> way = openid.flatMap(person -> seen(person, id));
        Optional<Enclosure> found = way.flatMap(any -> enclosures.find(id, enclosure));
        if (openid.isEmpty() || way.isEmpty() || found.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        if (small) {
            return enclosures
                    .thumbnail(enclosure)
                    .map(Upload::thumbnail)
                    .orElseGet(() -> ResponseEntity.notFound().build());
        }
        byte[] content = enclosures.open(found.get(), way.get().view().memberId(), by(openid.get(), id));
        return Upload.file(found.get(), content);
    }

    // ---- saying

    @PostMapping("/{id}/answer")
    String answer(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String mark,
            @RequestParam(defaultValue = "") String says,
            @RequestParam(defaultValue = "") String words,
            HttpServletRequest request,
            RedirectAttributes next) {
        return acts(request, id, next, openid -> counter.answer(id, mark, says, words, by(openid, id)), "答复已记下。");
    }

    @PostMapping("/{id}/call-off")
    String callOff(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String mark,
            HttpServletRequest request,
            RedirectAttributes next) {
        return acts(request, id, next, openid -> counter.callOff(id, mark, by(openid, id)), "已撤回，一切照旧。");
    }

    private interface Act {
        Outcome<CaseView> of(String openid);
    }

    private String acts(HttpServletRequest request, long id, RedirectAttributes next, Act act, String done) {
        Optional<String> openid = Person.of(request);
        if (openid.isPresent() && seen(openid.get(), id).isPresent()) {
            Outcome<CaseView> outcome = act.of(openid.get());
            next.addFlashAttribute(
                    outcome.isDone() ? "done" : "refused",
                    outcome instanceof Outcome.Refused<CaseView> refused ? said(refused.refusal()) : done);
        }
        return "redirect:" + at(id);
    }

    private String said(Refusal refusal) {
        return refusal.reason() + reception.law().cite(refusal.clauses()) + "。";
    }

    /** Who acts, in the evidence: the contact of the member, or the applicant that has no member yet. */
    private String by(String openid, long id) {
        @Nullable Long member = cases.find(id).map(CaseView::memberId).orElse(null);
        return member != null && reception.speaksFor(openid, member) ? "member" : "applicant";
    }
}
