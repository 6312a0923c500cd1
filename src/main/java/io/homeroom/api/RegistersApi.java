package io.homeroom.api;

import io.homeroom.casework.CaseView;
import io.homeroom.casework.Prices;
import io.homeroom.casework.Undertakings;
import io.homeroom.casework.Undertakings.State;
import io.homeroom.casework.Undertakings.Undertaking;
import io.homeroom.desk.Role;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What members pay for events, and the registers of working groups and projects. */
@RestController
@RequestMapping(path = "/api/v1/{code}", produces = "application/json")
@Tag(name = "会员价与登记簿")
class RegistersApi {

    private static final int PLACES = 100;
    private static final int ENTRIES = 500;
    private static final List<String> STATES = List.of("running", "done", "stopped");

    private final Viewer viewer;
    private final Prices prices;
    private final Undertakings undertakings;
    private final Lawbook law;
    private final BusinessClock clock;

    RegistersApi(Viewer viewer, Prices prices, Undertakings undertakings, Lawbook law, BusinessClock clock) {
        this.viewer = viewer;
        this.prices = prices;
        this.undertakings = undertakings;
        this.law = law;
        this.clock = clock;
    }

    @Schema(name = "Price", description = "一类活动的会员价，今天的")
    record PriceShape(
            @Schema(description = "哪一类", example = "training")
            String of,

            @Schema(example = "专业培训") String says,

            @Schema(description = "按原价的百分之几收取；0 为免费，100 为原价")
            int percent,

            @Schema(description = "只在这些分会的活动有；空着是全部") List<String> branches,
            @Schema(description = "依据；没有会员价的，是不给的依据") List<String> clauses,

            @Schema(description = "为什么按原价；有会员价时为空") @Nullable
            String reason) {}

    @Schema(name = "Place", description = "参加过的一次活动")
    record PlaceShape(LocalDate day, String event, long fullFen, long paysFen, List<String> clauses) {}

    @Schema(name = "Register", description = "一本登记簿")
    record RegisterShape(
            @Schema(example = "工作组") String name,

            @Schema(description = "由谁监督，设立和进展都报它", example = "理事会")
            String body,

            List<String> clauses,
            List<EntryShape> entries,
            @Schema(description = "已通过、还没有用来登记的决议的案件编号") List<String> decisions) {}

    @Schema(name = "RegisterEntry", description = "登记簿里的一项")
    record EntryShape(
            String id,
            String register,
            String name,
            @Schema(description = "设立它的决议的案件编号") String decision,
            @Schema(description = "牵头的会员") @Nullable String lead,

            @Schema(allowableValues = {"running", "done", "stopped"})
            String state,

            @Schema(description = "最近一次的进展或原因") String note,
            LocalDate openedOn,
            LocalDate changedOn,
            @Schema(description = "每次改动加一；改的时候带上") int version) {}

    @Schema(name = "NewRegisterEntry")
    record EntryBody(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "工作组")
            String register,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            @Schema(description = "通过的决议的案件编号", requiredMode = Schema.RequiredMode.REQUIRED)
            String decision,

            @Schema(description = "牵头的会员编号，可以没有") String lead) {}

    @Schema(name = "RegisterProgress")
    record ProgressBody(
            @Schema(
                    allowableValues = {"running", "done", "stopped"},
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String state,

            @Schema(description = "进展或原因，最多200字", requiredMode = Schema.RequiredMode.REQUIRED)
            String note,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            int version) {}

    @GetMapping("/members/{id}/prices")
    @Operation(summary = "会员价", description = "制度写了的每一类活动，今天付多少，依据哪一条；制度没有写的为空。")
    Shapes.PageOf<PriceShape> prices(@PathVariable String id) {
        Member member = viewer.member(id);
        return new Shapes.PageOf<>(
                prices.offers(member.id()).stream().map(RegistersApi::shape).toList(), null);
    }

    @GetMapping("/members/{id}/places")
    @Operation(summary = "参加过的活动", description = "最近的一百次，新的在前，原价和应收。")
    Shapes.PageOf<PlaceShape> places(@PathVariable String id) {
        Member member = viewer.member(id);
        return new Shapes.PageOf<>(
                prices.taken(member.id(), PLACES).stream()
                        .map(place -> new PlaceShape(
                                place.day(),
                                place.event(),
                                place.full().fen(),
                                place.pays().fen(),
                                place.clauses()))
                        .toList(),
                null);
    }

    @GetMapping("/registers")
    @Operation(summary = "登记簿", description = "工作组、项目等，管理员和秘书处可看；制度没有登记簿的为空。")
    Shapes.PageOf<RegisterShape> registers() {
        office();
        List<Undertaking> all = undertakings.list(ENTRIES);
        return new Shapes.PageOf<>(
                law.of(clock.today()).registers().entrySet().stream()
                        .map(one -> shape(one.getKey(), one.getValue(), all))
                        .toList(),
                null);
    }

    private RegisterShape shape(String name, Rulebook.Register rule, List<Undertaking> all) {
        return new RegisterShape(
                name,
                rule.body(),
                rule.cite(),
                all.stream()
                        .filter(entry -> entry.register().equals(name))
                        .map(RegistersApi::shape)
                        .toList(),
                undertakings.decisions(name).stream()
                        .map(CaseView::id)
                        .map(String::valueOf)
                        .toList());
    }

    @PostMapping("/registers")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "按决议登记一项",
            description = "没有通过的决议、决议已经用过的以条款拒绝；报监督的机构。",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = EntryBody.class))))
    EntryShape enter(@org.springframework.web.bind.annotation.RequestBody(required = false) @Nullable JsonNode body) {
        office();
        Asked asked = Asked.of(body);
        String register = asked.required("register", 60);
        String name = asked.required("name", 120);
        String decision = asked.required("decision", 19);
        String lead = asked.text("lead", 19);
        Optional<Long> key = Viewer.key(decision);
        if (!decision.isEmpty() && key.isEmpty()) {
            asked.fault("decision", "没有这个案件");
        }
        asked.check();
        return shape(done(undertakings.enter(
                register,
                name,
                key.orElseThrow(),
                lead == null ? null : viewer.member(lead).id(),
                viewer.me().username())));
    }

    @PostMapping("/registers/{id}/progress")
    @Operation(
            summary = "记下一项的进展",
            description = "已完成、已中止的不能再改；version 不是最新的以 422 拒绝。",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = ProgressBody.class))))
    EntryShape move(
            @PathVariable String id,
            @org.springframework.web.bind.annotation.RequestBody(required = false) @Nullable JsonNode body) {
        office();
        long entry = Viewer.key(id)
                .flatMap(undertakings::find)
                .map(Undertaking::id)
                .orElseThrow(() -> ApiProblem.notFound("登记簿里的这一项"));
        Asked asked = Asked.of(body);
        State state = asked.word("state", word -> State.of(word).orElseThrow(IllegalArgumentException::new), STATES);
        String note = asked.required("note", 200);
        Long version = asked.whole("version", 1, Integer.MAX_VALUE);
        if (state == null) {
            asked.fault("state", "请写 " + String.join("、", STATES));
        }
        if (version == null) {
            asked.fault("version", "请写上看到的 version");
        }
        asked.check();
        return shape(done(undertakings.move(
                entry,
                version == null ? 0 : Math.toIntExact(version),
                state == null ? State.RUNNING : state,
                note,
                viewer.me().username())));
    }

    private void office() {
        viewer.needs("登记簿", Role.ADMIN, Role.SECRETARIAT);
    }

    private static Undertaking done(Outcome<Undertaking> outcome) {
        if (outcome instanceof Outcome.Refused<Undertaking> refused) {
            throw ApiProblem.refused(refused.refusal());
        }
        return outcome.get();
    }

    private static PriceShape shape(Prices.Offer offer) {
        Refusal refusal = offer.refusal().orElse(null);
        return new PriceShape(
                offer.of(),
                offer.says(),
                refusal == null ? offer.percent() : 100,
                offer.branches(),
                refusal == null ? offer.clauses() : refusal.clauses(),
                refusal == null ? null : refusal.reason());
    }

    private static EntryShape shape(Undertaking entry) {
        Long lead = entry.lead();
        return new EntryShape(
                Long.toString(entry.id()),
                entry.register(),
                entry.name(),
                Long.toString(entry.decision()),
                lead == null ? null : Long.toString(lead),
                entry.state().code(),
                entry.note(),
                entry.opened(),
                entry.changed(),
                entry.version());
    }
}
