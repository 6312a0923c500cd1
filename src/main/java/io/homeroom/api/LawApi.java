package io.homeroom.api;

import io.homeroom.api.ApiProblem.FieldFault;
import io.homeroom.desk.Role;
import io.homeroom.review.Explain;
import io.homeroom.review.Explanation;
import io.homeroom.review.Impact;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Rulebooks;
import io.homeroom.schedule.BusinessClock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the bylaws say: of a member on any day, and of everybody under a rulebook that is not yet in force. */
@RestController
@RequestMapping(path = "/api/v1/{code}", produces = "application/json")
@Tag(name = "规则")
class LawApi {

    private static final int MOST = 500;

    private final Viewer viewer;
    private final Explain explain;
    private final Impact impact;
    private final BusinessClock clock;

    LawApi(Viewer viewer, Explain explain, Impact impact, BusinessClock clock) {
        this.viewer = viewer;
        this.explain = explain;
        this.impact = impact;
        this.clock = clock;
    }

    @Schema(name = "Explanation", description = "某一天依据哪些条款得出什么，接下来会怎样")
    record ExplanationShape(
            LocalDate day,
            @Schema(description = "一句话说全") String sentence,
            List<Shapes.FindingShape> findings,
            @Schema(description = "情况不变时将发生的，早的在前") List<StepShape> ahead,
            @Schema(description = "怎样就停止") @Nullable String ends,
            @Schema(description = "下一次可能自行变化的日子") @Nullable LocalDate next,
            @Schema(description = "缺放假安排的年份：其中的期限只按周末顺延") List<Integer> calendarMissing) {}

    @Schema(name = "Step")
    record StepShape(LocalDate day, String says, List<String> clauses) {}

    @Schema(name = "Impact", description = "换用这本规则书，谁从哪天起会受不同对待")
    record ImpactShape(
            LocalDate from,
            LocalDate through,
            @Schema(description = "看了多少会员") int members,
            @Schema(description = "其中多少会受不同对待") int different,
            @Schema(description = "缺放假安排的年份要说明的；没有则为空") String caveat,
            @Schema(description = "最多列出500个") List<DifferenceShape> items) {}

    @Schema(name = "Difference")
    record DifferenceShape(
            String member,
            String name,
            LocalDate from,
            @Schema(description = "按现行规则会发生、换了就不会的") List<StepShape> now,
            @Schema(description = "换了才会发生的") List<StepShape> then) {}

    @GetMapping("/members/{id}/explanation")
    @Operation(summary = "依据与后果", description = "任何一天：过去的照当时的事实，将来的假定此后没有新的事发生。")
    ExplanationShape explanation(
            @PathVariable String id,
            @Parameter(description = "默认今天", example = "2026-07-01") @RequestParam(required = false) @Nullable
                    String day) {
        long member = viewer.member(id).id();
        Asking asking = new Asking();
        LocalDate wanted = asking.day("day", day);
        LocalDate today = clock.today();
        if (wanted != null && !Explain.reaches(wanted, today)) {
            asking.fault("day", "1949年以来、二十年以内");
        }
        asking.check();
        Explanation explained = explain.explain(member, wanted == null ? today : wanted);
        return new ExplanationShape(
                explained.day(),
                explained.sentence(),
                Findings.lines(explained.findings()),
                explained.ahead().stream()
                        .map(step -> new StepShape(step.day(), step.says(), step.clauses()))
                        .toList(),
                explained.ends(),
                explained.next(),
                explained.uncharted());
    }

    @PostMapping(
            path = "/rulebook/impact",
            consumes = {"application/yaml", "text/yaml", "text/plain"})
    @Operation(
            summary = "规则书换用前的影响",
            description = "正文是规则书的 YAML。什么也不改变；有错误的规则书逐条列出错误。",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/yaml",
                                            schema = @Schema(implementation = String.class))))
    ImpactShape impact(
            HttpServletRequest request,
            @Parameter(description = "看到哪天，默认后年年底") @RequestParam(required = false) @Nullable String through)
            throws IOException {
        viewer.needs("看规则书的影响", Role.ADMIN, Role.SECRETARIAT);
        Asking asking = new Asking();
        LocalDate end = asking.day("through", through);
        asking.check();
        Rulebooks.Reading reading = Rulebooks.read("rulebook", RulebookApi.text(request));
        Rulebook proposed = reading.rulebook()
                .orElseThrow(() -> ApiProblem.faults(reading.faults().stream()
                        .map(fault -> new FieldFault(fault.line() + ":" + fault.column(), fault.message()))
                        .toList()));
        List<DifferenceShape> items = new ArrayList<>();
        Impact.Result result;
        try {
            result = impact.of(proposed, end == null ? impact.usualEnd() : end, one -> {
                if (items.size() < MOST) {
                    items.add(new DifferenceShape(
                            Long.toString(one.member()), one.name(), one.from(), steps(one.now()), steps(one.then())));
                }
            });
        } catch (IllegalArgumentException e) {
            throw ApiProblem.fault("rulebook", String.valueOf(e.getMessage()));
        }
        return new ImpactShape(
                result.from(), result.through(), result.members(), result.different(), result.caveat(), items);
    }

    private static List<StepShape> steps(List<Impact.Line> lines) {
        return lines.stream()
                .map(line -> new StepShape(line.day(), line.says(), line.clauses()))
                .toList();
    }
}
