package io.homeroom.api;

import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.desk.Audit;
import io.homeroom.desk.AuditLine;
import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Member;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.schedule.BusinessClock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What the office has before it: tasks, notices sent, and the log of acts. */
@RestController
@RequestMapping(path = "/api/v1/{code}", produces = "application/json")
@Tag(name = "办件与通知")
class OfficeApi {

    private static final List<String> TASK_STATES = List.of("unfinished", "open", "overdue", "done", "cancelled");

    private static final List<String> OUTCOMES = List.of("open", "approved", "rejected", "lapsed");

    private final Viewer viewer;
    private final Cases cases;
    private final Classes classes;
    private final Tasks tasks;
    private final Notices notices;
    private final Audit audit;
    private final BusinessClock clock;

    OfficeApi(
            Viewer viewer,
            Cases cases,
            Classes classes,
            Tasks tasks,
            Notices notices,
            Audit audit,
            BusinessClock clock) {
        this.viewer = viewer;
        this.cases = cases;
        this.classes = classes;
        this.tasks = tasks;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/cases")
    @Operation(summary = "案件", description = "早的在前；班主任看到自己班级的。")
    Shapes.PageOf<Shapes.CaseShape> cases(
            @Parameter(description = "会员编号") @RequestParam(required = false) @Nullable String member,
            @Parameter(description = "哪一种，例如 exit") @RequestParam(required = false) @Nullable String type,
            @Parameter(description = "open、approved、rejected、lapsed") @RequestParam(required = false) @Nullable
                    String outcome,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String limit) {
        Asking asking = new Asking();
        String wanted = asking.word("outcome", outcome, word -> among(OUTCOMES, word), OUTCOMES);
        long start = asking.key("after", after);
        int size = asking.limit(limit);
        asking.check();
        Long about = member(member);
        Set<Long> mine = mine();
        return gather(
                start,
                size,
                from -> about == null ? cases.search(type, wanted, from, 200) : of(about, type, wanted, from),
                CaseView::id,
                matter -> mine == null || matter.memberId() != null && mine.contains(matter.memberId()),
                OfficeApi::shape);
    }

    @GetMapping("/cases/{id}")
    @Operation(summary = "一个案件")
    Shapes.CaseShape oneCase(@PathVariable String id) {
        Set<Long> mine = mine();
        return Viewer.key(id)
                .flatMap(cases::find)
                .filter(matter -> mine == null || matter.memberId() != null && mine.contains(matter.memberId()))
                .map(OfficeApi::shape)
                .orElseThrow(() -> ApiProblem.notFound("这个案件"));
    }

    private List<CaseView> of(long member, @Nullable String type, @Nullable String outcome, long after) {
        return cases.of(member).stream()
                .filter(matter -> matter.id() > after)
                .filter(matter -> type == null || type.equals(matter.type()))
                .filter(matter -> outcome == null || outcome.equals(matter.outcome()))
                .limit(200)
                .toList();
    }

    private static String among(List<String> words, String word) {
        if (!words.contains(word)) {
            throw new IllegalArgumentException(word);
        }
        return word;
    }

    @GetMapping("/tasks")
    @Operation(summary = "要办的事", description = "早的在前；班主任看到自己班级的和交给自己的。")
    Shapes.PageOf<Shapes.TaskShape> tasks(
            @Parameter(description = "会员编号") @RequestParam(required = false) @Nullable String member,
            @Parameter(description = "unfinished（默认）、open、overdue、done、cancelled")
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "办理的部门或 staff:编号") @RequestParam(required = false) @Nullable String to,
            @Parameter(description = "哪一种，例如 letter") @RequestParam(required = false) @Nullable String what,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String limit) {
        Asking asking = new Asking();
        String wanted = asking.word("state", state, word -> among(TASK_STATES, word), TASK_STATES);
        long start = asking.key("after", after);
        int size = asking.limit(limit);
        asking.check();
        TaskSearch search = TaskSearch.all()
                .member(member(member))
                .state(wanted == null ? "unfinished" : wanted)
                .to(to)
                .what(what);
        Set<Long> mine = mine();
        String me = viewer.me().address();
        return gather(
                start,
                size,
                from -> tasks.search(search.page(from, 200)),
                Task::id,
                task -> mine == null
                        || task.to().equals(me)
                        || task.memberId() != null && mine.contains(task.memberId()),
                this::shape);
    }

    @PostMapping("/tasks/{id}/done")
    @Operation(
            summary = "办完一件事",
            requestBody =
                    @RequestBody(content = @Content(schema = @Schema(implementation = Shapes.TaskDoneBody.class))))
    Shapes.TaskShape done(
            @PathVariable String id,
            @org.springframework.web.bind.annotation.RequestBody(required = false) @Nullable JsonNode body) {
        Task task = Viewer.key(id)
                .flatMap(tasks::find)
                .filter(this::mayTouch)
                .orElseThrow(() -> ApiProblem.notFound("这件事"));
        List<String> documents = List.of();
        if (body != null) {
            Asked asked = Asked.of(body);
            documents = asked.texts("documents", 60);
            asked.check();
        }
        Outcome<Task> finished = tasks.done(task.id(), documents, viewer.me().username());
        if (finished instanceof Outcome.Refused<Task> refused) {
            throw ApiProblem.refused(refused.refusal());
        }
        return shape(finished.get());
    }

    @GetMapping("/notices")
    @Operation(summary = "通知", description = "早的在前；state 为 unconfirmed 的不知是否送达，系统不会重发。")
    Shapes.PageOf<Shapes.NoticeShape> notices(
            @Parameter(description = "会员编号") @RequestParam(required = false) @Nullable String member,
            @Parameter(description = "waiting、sent、delivered、unconfirmed、failed")
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @Parameter(description = "写给谁：member、秘书处……") @RequestParam(required = false) @Nullable String to,
            @Parameter(description = "关于什么") @RequestParam(required = false) @Nullable String about,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String limit) {
        Asking asking = new Asking();
        List<String> words =
                Arrays.stream(Notice.State.values()).map(Notice.State::code).toList();
        Notice.State wanted = asking.word("state", state, OfficeApi::noticeState, words);
        long start = asking.key("after", after);
        int size = asking.limit(limit);
        asking.check();
        NoticeSearch search =
                NoticeSearch.all().member(member(member)).state(wanted).to(to).about(about);
        Set<Long> mine = mine();
        String me = viewer.me().address();
        return gather(
                start,
                size,
                from -> notices.search(search.page(from, 200)),
                Notice::id,
                notice -> mine == null
                        || notice.to().equals(me)
                        || notice.memberId() != null && mine.contains(notice.memberId()),
                OfficeApi::shape);
    }

    @GetMapping("/audit")
    @Operation(summary = "审计", description = "新的在前；只有管理员、秘书处和财务可看。")
    Shapes.PageOf<Shapes.AuditShape> audit(
            @Parameter(description = "会员编号") @RequestParam(required = false) @Nullable String member,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String limit) {
        viewer.needs("看审计", Role.ADMIN, Role.SECRETARIAT, Role.FINANCE);
        Asking asking = new Asking();
        long start = asking.key("after", after);
        int size = asking.limit(limit);
        asking.check();
        List<AuditLine> lines = audit.lines(member(member), start, size + 1);
        List<AuditLine> shown = lines.subList(0, Math.min(size, lines.size()));
        return new Shapes.PageOf<>(
                shown.stream().map(OfficeApi::shape).toList(),
                lines.size() > size ? Long.toString(shown.get(size - 1).id()) : null);
    }

    private @Nullable Long member(@Nullable String id) {
        return id == null || id.isBlank() ? null : viewer.member(id).id();
    }

    private boolean mayTouch(Task task) {
        Set<Long> mine = mine();
        StaffMember me = viewer.me();
        return mine == null
                || task.to().equals(me.address())
                || task.memberId() != null && mine.contains(task.memberId());
    }

    /** Members of the class that this person is kept to; null for those who see everybody. */
    private @Nullable Set<Long> mine() {
        List<Long> only = viewer.only();
        return only == null
                ? null
                : only.stream()
                        .flatMap(desk -> classes.classOf(desk).stream())
                        .map(Member::id)
                        .collect(Collectors.toSet());
    }

    /** Reads on until a page is full: what the viewer may not see takes no place on it. */
    private static <T, S> Shapes.PageOf<S> gather(
            long start,
            int size,
            Function<Long, List<T>> read,
            ToLongFunction<T> key,
            Predicate<T> visible,
            Function<T, S> shape) {
        List<S> items = new ArrayList<>();
        long at = start;
        while (true) {
            List<T> found = read.apply(at);
            for (T one : found) {
                if (visible.test(one)) {
                    if (items.size() == size) {
                        return new Shapes.PageOf<>(items, Long.toString(at));
                    }
                    items.add(shape.apply(one));
                }
                at = key.applyAsLong(one);
            }
            if (found.size() < 200) {
                return new Shapes.PageOf<>(items, null);
            }
        }
    }

    private static Notice.State noticeState(String code) {
        return Arrays.stream(Notice.State.values())
                .filter(state -> state.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(code));
    }

    private static Shapes.CaseShape shape(CaseView matter) {
        return new Shapes.CaseShape(
                Long.toString(matter.id()),
                matter.type(),
                Shapes.id(matter.memberId()),
                matter.outcome(),
                matter.at(),
                matter.due(),
                matter.from(),
                matter.missing(),
                matter.openedOn(),
                matter.closedOn(),
                matter.clauses());
    }

    private Shapes.TaskShape shape(Task task) {
        return new Shapes.TaskShape(
                Long.toString(task.id()),
                task.what(),
                task.to(),
                task.where(),
                Shapes.id(task.memberId()),
                Shapes.id(task.caseId()),
                task.due(),
                task.stateOn(clock.today()),
                task.amount() == null ? null : task.amount().fen(),
                task.text(),
                task.clauses());
    }

    private static Shapes.NoticeShape shape(Notice notice) {
        return new Shapes.NoticeShape(
                Long.toString(notice.id()),
                notice.to(),
                Shapes.id(notice.memberId()),
                notice.about(),
                notice.clauses().isEmpty() ? null : notice.clauses().get(0),
                notice.clauses(),
                notice.text(),
                notice.channel().code(),
                Shapes.at(notice.createdAt()),
                Shapes.atOrNull(notice.sentAt()),
                Shapes.atOrNull(notice.deliveredAt()),
                notice.state().code());
    }

    private static Shapes.AuditShape shape(AuditLine line) {
        return new Shapes.AuditShape(
                Long.toString(line.id()),
                Shapes.at(line.at()),
                line.by(),
                line.act(),
                Shapes.id(line.memberId()),
                line.detail(),
                line.clauses());
    }
}
