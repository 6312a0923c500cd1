package io.homeroom.console;

import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Handouts;
import io.homeroom.console.RosterPage.Filter;
import io.homeroom.desk.Audit;
import io.homeroom.desk.AuditLine;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.schedule.BusinessClock;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Tasks and cases, notices, and the log of acts. */
@Controller
class OfficePages {

    private static final int PAGE = 50;

    record Tab(String href, String word, @Nullable String count, boolean on) {}

    private record Desk(
            List<Tab> tabs,
            List<Filter> filters,
            boolean tasks,
            List<?> rows,
            @Nullable String more,
            String nothing) {}

    private record Table(
            List<Filter> filters, List<?> rows, @Nullable String more) {}

    /** A page of things the visitor may see, and the key after which the next begins. */
    private record Stretch<T>(List<T> items, @Nullable Long next) {}

    private final Tasks tasks;
    private final Handouts handouts;
    private final Cases cases;
    private final Notices notices;
    private final Audit audit;
    private final Classes classes;
    private final Roster roster;
    private final Lines lines;
    private final BusinessClock clock;

    OfficePages(
            Tasks tasks,
            Handouts handouts,
            Cases cases,
            Notices notices,
            Audit audit,
            Classes classes,
            Roster roster,
            Lines lines,
            BusinessClock clock) {
        this.tasks = tasks;
        this.handouts = handouts;
        this.cases = cases;
        this.notices = notices;
        this.audit = audit;
        this.classes = classes;
        this.roster = roster;
        this.lines = lines;
        this.clock = clock;
    }

    @GetMapping("/console/{code}/desk")
    String desk(
            Visitor visitor,
            @RequestParam(defaultValue = "tasks") String show,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String due,
            @RequestParam(defaultValue = "0") long after,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String partial,
            Model model) {
        String base = visitor.at("desk");
        Set<Long> mine = mine(visitor);
        boolean ofCases = show.equals("cases");
        List<CaseView> open = cases.search(null, "open", 0, 500).stream()
                .filter(matter -> mine == null || matter.memberId() != null && mine.contains(matter.memberId()))
                .toList();
        int unfinished = mine == null ? tasks.count(TaskSearch.unfinished()) : 0;
        List<Tab> tabs = List.of(
                new Tab(base, "要办的事", unfinished == 0 ? null : Integer.toString(unfinished), !ofCases),
                new Tab(base + "?show=cases", "案件", open.isEmpty() ? null : Integer.toString(open.size()), ofCases));
        if (ofCases) {
            model.addAttribute("desk", new Desk(tabs, List.of(), false, lines.cases(visitor, open), null, "没有在办的案件。"));
            return "console/desk";
        }
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("state", state);
        chosen.put("to", to);
        chosen.put("due", due);
        LocalDate only = day(due);
        TaskSearch search = TaskSearch.all()
                .state(state.isEmpty() ? "unfinished" : state)
                .to(to.isEmpty() ? null : to)
                .dueThrough(only);
        Stretch<Task> stretch = stretch(
                after,
                from -> tasks.search(search.page(from, 200)),
                Task::id,
                task -> (only == null || only.equals(task.due()))
                        && (mine == null
                                || visitor.answersFor(task.to())
                                || task.memberId() != null && mine.contains(task.memberId())));
        model.addAttribute(
                "desk",
                new Desk(
                        tabs,
                        taskFilters(visitor, base, chosen, only),
                        true,
                        lines.tasks(visitor, stretch.items(), Filter.href(base, chosen, "after", "")),
                        stretch.next() == null
                                ? null
                                : Filter.href(base, chosen, "after", Long.toString(stretch.next())),
                        "没有这样的事。"));
        return after > 0 && partial != null ? "console/desk :: taskRows" : "console/desk";
    }

    private List<Filter> taskFilters(
            Visitor visitor, String base, Map<String, String> chosen, @Nullable LocalDate only) {
        List<Filter> filters = new ArrayList<>();
        Map<String, String> states = new LinkedHashMap<>();
        states.put("overdue", "逾期");
        states.put("done", "已办");
        filters.add(Filter.of("状态", base, chosen, "state", states));
        if (visitor.only() == null) {
            Map<String, String> people = lines.people();
            Map<String, String> words = new LinkedHashMap<>();
            Set<String> addressees = new TreeSet<>();
            tasks.search(TaskSearch.unfinished().page(0, 500)).forEach(task -> addressees.add(task.to()));
            addressees.stream()
                    .limit(10)
                    .forEach(one -> words.put(one, people.getOrDefault(one, Words.addressee(one))));
            if (words.size() > 1) {
                filters.add(Filter.of("谁办", base, chosen, "to", words));
            }
        }
        if (only != null) {
            filters.add(Filter.of(
                    "到期", base, chosen, "due", Map.of(chosen.getOrDefault("due", ""), Words.day(only, clock.today()))));
        }
        return filters;
    }

    private @Nullable LocalDate day(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return text.equals("today") ? clock.today() : LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    @PostMapping("/console/{code}/tasks/{id}/done")
    String done(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String documents,
            @RequestParam(defaultValue = "") String back,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            RedirectAttributes next)
            throws IOException {
        Set<Long> mine = mine(visitor);
        Task task = tasks.find(id)
                .filter(found -> mine == null
                        || visitor.answersFor(found.to())
                        || found.memberId() != null && mine.contains(found.memberId()))
                .orElseThrow(NotHere::new);
        List<String> handed = Arrays.stream(documents.split("[\\s、，,]+"))
                .filter(text -> !text.isBlank())
                .toList();
        Outcome<Task> finished = file == null || file.isEmpty()
                ? tasks.done(task.id(), handed, visitor.username())
                : handouts.finish(
                        task.id(),
                        handed,
                        String.valueOf(file.getOriginalFilename()),
                        file.getBytes(),
                        visitor.username());
        if (finished instanceof Outcome.Refused<Task> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", "已办：" + Words.task(task.what()) + "。");
        }
        return "redirect:" + (back.startsWith("/console/" + visitor.code() + "/") ? back : visitor.at("desk"));
    }

    @GetMapping("/console/{code}/notices")
    String notices(
            Visitor visitor,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String member,
            @RequestParam(defaultValue = "0") long after,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String partial,
            Model model) {
        String base = visitor.at("notices");
        Set<Long> mine = mine(visitor);
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("state", state);
        chosen.put("member", member);
        Notice.State wanted = Arrays.stream(Notice.State.values())
                .filter(one -> one.code().equals(state))
                .findFirst()
                .orElse(null);
        Long about = Forms.key(chosen, "member");
        NoticeSearch search = NoticeSearch.all().state(wanted).member(about).newest();
        Stretch<Notice> stretch = stretch(
                after,
                from -> notices.search(search.page(from, 200)),
                Notice::id,
                notice -> mine == null
                        || notice.to().equals(visitor.staff().address())
                        || notice.memberId() != null && mine.contains(notice.memberId()));
        Map<String, String> states = new LinkedHashMap<>();
        for (Notice.State one : Notice.State.values()) {
            states.put(one.code(), one.word());
        }
        List<Filter> filters = new ArrayList<>();
        filters.add(Filter.of("状态", base, chosen, "state", states));
        if (about != null) {
            String name =
                    roster.find(about).filter(visitor::sees).map(Member::name).orElse("这个会员");
            filters.add(Filter.of("会员", base, chosen, "member", Map.of(member, name)));
        }
        model.addAttribute(
                "notices",
                new Table(
                        filters,
                        lines.notices(visitor, stretch.items()),
                        stretch.next() == null
                                ? null
                                : Filter.href(base, chosen, "after", Long.toString(stretch.next()))));
        return after > 0 && partial != null ? "console/notices :: rows" : "console/notices";
    }

    @GetMapping("/console/{code}/audit")
    String audit(
            Visitor visitor,
            @RequestParam(defaultValue = "0") long after,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String partial,
            Model model) {
        if (!visitor.mayTakeMoney()) {
            throw new NotHere();
        }
        List<AuditLine> found = audit.lines(null, after, PAGE + 1);
        List<AuditLine> shown = found.subList(0, Math.min(PAGE, found.size()));
        model.addAttribute(
                "audit",
                new Table(
                        List.of(),
                        lines.audit(visitor, shown),
                        found.size() > PAGE
                                ? visitor.at(
                                        "audit?after=" + shown.get(PAGE - 1).id())
                                : null));
        return after > 0 && partial != null ? "console/audit :: rows" : "console/audit";
    }

    private @Nullable Set<Long> mine(Visitor visitor) {
        List<Long> only = visitor.only();
        return only == null
                ? null
                : only.stream()
                        .flatMap(desk -> classes.classOf(desk).stream())
                        .map(Member::id)
                        .collect(Collectors.toSet());
    }

    /** Reads on until a page is full; what the visitor may not see takes no place on it. */
    private static <T> Stretch<T> stretch(
            long start, Function<Long, List<T>> read, ToLongFunction<T> key, Predicate<T> visible) {
        List<T> items = new ArrayList<>();
        long at = start;
        while (true) {
            List<T> found = read.apply(at);
            for (T one : found) {
                if (visible.test(one)) {
                    if (items.size() == PAGE) {
                        return new Stretch<>(items, at);
                    }
                    items.add(one);
                }
                at = key.applyAsLong(one);
            }
            if (found.size() < 200) {
                return new Stretch<>(items, null);
            }
        }
    }
}
