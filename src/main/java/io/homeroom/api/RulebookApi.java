package io.homeroom.api;

import io.homeroom.api.ApiProblem.FieldFault;
import io.homeroom.casework.Edition;
import io.homeroom.casework.Editions;
import io.homeroom.casework.Readings;
import io.homeroom.desk.Role;
import io.homeroom.ground.Outcome;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.LineChanges;
import io.homeroom.rulebook.ReadingValues;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The rulebook's editions and how its open points are read: seen and changed through the doors of the console. */
@RestController
@RequestMapping(path = "/api/v1/{code}", produces = "application/json")
@Tag(name = "规则")
class RulebookApi {

    /** Four bytes for a character at most. */
    private static final int LARGEST = 4 * Editions.LONGEST;

    private final Viewer viewer;
    private final Editions editions;
    private final Readings readings;
    private final Lawbook law;
    private final BusinessClock clock;

    RulebookApi(Viewer viewer, Editions editions, Readings readings, Lawbook law, BusinessClock clock) {
        this.viewer = viewer;
        this.editions = editions;
        this.readings = readings;
        this.law = law;
        this.clock = clock;
    }

    @Schema(name = "Edition", description = "规则书的一版")
    record EditionShape(
            @Schema(description = "修订时写在 base 里") String version,
            String name,
            LocalDate from,

            @Schema(description = "in-force、to-come、past、replaced、taken-back")
            String state,

            String why,
            @Nullable LocalDate setOn,
            String setBy,
            @Schema(description = "只改一个读法的，是哪一个") @Nullable String reading,
            @Nullable String takenBack) {}

    @Schema(name = "LineChange")
    record ChangeShape(boolean added, int line, String text) {}

    @Schema(name = "EditionText")
    record TextShape(
            EditionShape edition,
            String text,
            @Schema(description = "和底稿不同的行") List<ChangeShape> changes) {}

    @Schema(name = "RulebookCheck")
    record CheckShape(
            @Schema(description = "field 是“行:列”") List<FieldFault> errors,
            @Schema(description = "为什么不能施行；没有则为空") @Nullable String against,
            @Schema(description = "施行之前要知道的") List<String> notes) {}

    @Schema(name = "Reading", description = "章程没说清的一处怎样读")
    record ReadingShape(
            String key,
            @Schema(description = "说的是什么") String title,
            String says,
            List<String> clauses,

            @Schema(description = "现在的值；由规则书的几行决定的没有") @Nullable
            String value,

            @Schema(description = "可选的值；没有则照 hint 填写") List<String> choices,
            @Nullable String hint,
            @Schema(description = "由规则书的哪几处决定，修订规则书来改") List<String> at,
            @Nullable String otherwise,
            @Schema(description = "是示例，启用前要换成自己的") boolean example) {}

    @Schema(name = "ReadingChoice")
    record ChosenShape(String key, @Nullable String value, LocalDate from, String why, LocalDate setOn, String setBy) {}

    @GetMapping("/rulebook/editions")
    @Operation(summary = "规则书的每一版", description = "新的在前，规则书文件在最后。")
    List<EditionShape> all() {
        may();
        return editions.all().stream().map(RulebookApi::shape).toList();
    }

    @GetMapping("/rulebook/editions/{version}")
    @Operation(summary = "一版的全文和它改了什么")
    TextShape one(@PathVariable String version) {
        may();
        Edition edition = editions.find(version).orElseThrow(() -> ApiProblem.notFound("规则书的这一版"));
        return new TextShape(
                shape(edition),
                editions.text(version).orElse(""),
                editions.changes(version).stream().map(RulebookApi::shape).toList());
    }

    @PostMapping(
            path = "/rulebook/check",
            consumes = {"application/yaml", "text/yaml", "text/plain"})
    @Operation(
            summary = "修订的规则书对不对、能不能施行",
            description = "正文是规则书的 YAML。什么也不改变；影响用 /rulebook/impact 看。",
            requestBody = @RequestBody(content = @Content(mediaType = "application/yaml")))
    CheckShape check(
            HttpServletRequest request,
            @Parameter(description = "改的是哪一版，默认从 from 起本来施行的那一版") @RequestParam(required = false) @Nullable String base,
            @RequestParam(required = false) @Nullable String from)
            throws IOException {
        may();
        Editions.Proposal proposal = editions.propose(draft(request, base, from));
        return new CheckShape(faults(proposal), proposal.against(), proposal.notes());
    }

    @PostMapping(
            path = "/rulebook/editions",
            consumes = {"application/yaml", "text/yaml", "text/plain"})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "修订规则书，从某天起施行",
            description = "正文是规则书的 YAML，全文；edition 的 from 会写成施行的那天。不追溯，已经决定的不变。有错误的逐条列出，什么也不改变。",
            requestBody = @RequestBody(content = @Content(mediaType = "application/yaml")))
    EditionShape amend(
            HttpServletRequest request,
            @Parameter(description = "改的是哪一版的 version；别人先改了就不收") @RequestParam String base,
            @Parameter(example = "2027-01-01") @RequestParam String from,
            @Parameter(description = "为什么修订") @RequestParam(defaultValue = "") String why)
            throws IOException {
        may();
        Editions.Draft draft = draft(request, base, from);
        List<FieldFault> faults = faults(editions.propose(draft));
        if (!faults.isEmpty()) {
            throw ApiProblem.faults(faults);
        }
        return shape(done(editions.enact(draft, why, viewer.me().username())));
    }

    @PostMapping("/rulebook/editions/{version}/withdrawal")
    @Operation(summary = "撤回还没有施行的一版")
    EditionShape takeBack(@PathVariable String version, @RequestParam(defaultValue = "") String why) {
        may();
        return shape(done(editions.takeBack(version, why, viewer.me().username())));
    }

    @GetMapping("/readings")
    @Operation(summary = "章程没说清的每一处怎样读")
    List<ReadingShape> readings() {
        may();
        Rulebook book = law.of(clock.today());
        return book.readings().entrySet().stream()
                .map(one -> shape(book, one.getKey(), one.getValue()))
                .toList();
    }

    @GetMapping("/readings/{key}")
    @Operation(summary = "一处怎样读")
    ReadingShape reading(@PathVariable String key) {
        may();
        Rulebook book = law.of(clock.today());
        Rulebook.Reading reading = book.readings().get(key);
        if (reading == null) {
            throw ApiProblem.notFound("这个读法");
        }
        return shape(book, key, reading);
    }

    @PostMapping("/readings/{key}")
    @Operation(summary = "从某天起这样读", description = "不写 value 是恢复规则书原值。由规则书的几行决定的，修订规则书来改。")
    ChosenShape choose(
            @PathVariable String key,
            @RequestParam(required = false) @Nullable String value,
            @Parameter(example = "2027-01-01") @RequestParam String from,
            @RequestParam(defaultValue = "") String why) {
        may();
        Readings.Choice choice =
                done(readings.choose(key, value, needed(from), why, viewer.me().username()));
        return new ChosenShape(
                choice.key(), choice.value(), choice.from(), choice.why(), choice.setOn(), choice.setBy());
    }

    private void may() {
        viewer.needs("规则书和读法", Role.ADMIN, Role.SECRETARIAT);
    }

    private static LocalDate needed(@Nullable String from) {
        Asking asking = new Asking();
        LocalDate day = asking.day("from", from);
        asking.check();
        if (day == null) {
            throw ApiProblem.fault("from", "写从哪天起，如 2027-01-01");
        }
        return day;
    }

    private Editions.Draft draft(HttpServletRequest request, @Nullable String base, @Nullable String from)
            throws IOException {
        Asking asking = new Asking();
        LocalDate day = asking.day("from", from);
        asking.check();
        return new Editions.Draft(
                base != null ? base : (day == null ? editions.newest() : editions.on(day)).version(),
                text(request),
                day,
                null);
    }

    /** The rulebook that was sent: as long as one may be, in characters. */
    static String text(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
        String text = new String(body, StandardCharsets.UTF_8);
        if (body.length > LARGEST || text.length() > Editions.LONGEST) {
            throw ApiProblem.of(HttpStatus.CONTENT_TOO_LARGE, "正文太大", "规则书最多" + Editions.LONGEST + "个字符。");
        }
        return text;
    }

    private static List<FieldFault> faults(Editions.Proposal proposal) {
        return proposal.faults().stream()
                .map(fault -> new FieldFault(fault.line() + ":" + fault.column(), fault.message()))
                .toList();
    }

    private static <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Refused<T> refused) {
            throw ApiProblem.refused(refused.refusal());
        }
        return outcome.get();
    }

    private static EditionShape shape(Edition edition) {
        return new EditionShape(
                edition.version(),
                edition.name(),
                edition.from(),
                edition.state().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                edition.why(),
                edition.setOn(),
                edition.setBy(),
                edition.reading(),
                edition.takenBack());
    }

    private static ChangeShape shape(LineChanges.Change change) {
        return new ChangeShape(change.added(), change.line(), change.text());
    }

    private static ReadingShape shape(Rulebook book, String key, Rulebook.Reading reading) {
        String otherwise = reading.otherwise();
        return new ReadingShape(
                key,
                reading.title(),
                book.worded(reading.says()),
                reading.cite(),
                reading.value(),
                ReadingValues.choices(key),
                reading.value() == null ? null : ReadingValues.hint(key),
                reading.at(),
                otherwise == null ? null : book.worded(otherwise),
                reading.example());
    }
}
