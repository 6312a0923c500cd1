package io.homeroom.api;

import io.homeroom.casework.Agenda;
import io.homeroom.casework.Ballots;
import io.homeroom.desk.Role;
import io.homeroom.governance.Ballot;
import io.homeroom.governance.Ballot.Way;
import io.homeroom.governance.BallotBox;
import io.homeroom.governance.BallotBox.Papers;
import io.homeroom.governance.Sitting;
import io.homeroom.governance.Sittings;
import io.homeroom.ground.Outcome;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Meetings and ballots, for the office. How anybody votes is in no answer. */
@RestController
@RequestMapping(path = "/api/v1/{code}", produces = "application/json")
@Tag(name = "会议与表决")
class GovernanceApi {

    private static final List<String> WAYS = List.of("online", "mail", "meeting");

    private final Viewer viewer;
    private final Sittings sittings;
    private final Agenda agenda;
    private final Ballots ballots;
    private final BallotBox box;

    GovernanceApi(Viewer viewer, Sittings sittings, Agenda agenda, Ballots ballots, BallotBox box) {
        this.viewer = viewer;
        this.sittings = sittings;
        this.agenda = agenda;
        this.ballots = ballots;
        this.box = box;
    }

    @Schema(name = "Meeting", description = "会议")
    record MeetingShape(
            String id,
            @Schema(example = "理事会") String body,
            LocalDate day,
            @Schema(example = "14:00") String starts,
            String place,
            boolean remote,

            @Schema(allowableValues = {"planned", "held", "cancelled"})
            String state,

            @Schema(description = "已到人数") int present,
            @Schema(description = "应到人数") int seats,

            @Schema(description = "法定人数；制度没有规定时为空") @Nullable
            Integer quorum,

            @Schema(description = "议程上的案件编号") List<String> agenda) {}

    @Schema(name = "Ballot", description = "一次表决；各家怎么投的不在其中")
    record BallotShape(
            String id,
            @Schema(name = "case") String caseId,
            String title,
            String body,

            @Schema(allowableValues = {"online", "mail", "meeting"})
            String way,

            boolean secret,
            LocalDate openedOn,
            @Nullable LocalDate closesOn,

            @Schema(allowableValues = {"open", "closed", "done"})
            String state,

            @Schema(description = "名册家数，开始时冻结") int electors,
            @Schema(description = "已投家数") int voted,
            @Schema(description = "以下三项结束后才有") @Nullable Integer present,
            @Nullable Integer inFavour,
            @Nullable Integer against,

            @Schema(allowableValues = {"passed", "failed", "counted", "void"}) @Nullable
            String outcome,

            @Schema(description = "票数与后果，或为何无效") String says,
            List<String> clauses) {}

    /** What is sent to open a ballot. */
    @Schema(name = "NewBallot")
    record BallotBody(
            @Schema(name = "case", description = "案件编号", requiredMode = Schema.RequiredMode.REQUIRED)
            String matter,

            @Schema(description = "由谁表决", example = "理事会", requiredMode = Schema.RequiredMode.REQUIRED)
            String body,

            @Schema(allowableValues = {"online", "mail", "meeting"})
            String way,

            @Schema(description = "默认无记名") Boolean secret,
            @Schema(description = "最后一天，当天仍可投；会上表决不填") LocalDate closesOn,
            @Schema(description = "为什么不开会") String special,
            @Schema(description = "会上表决所在的会议") String meeting) {}

    @Schema(name = "Papers", description = "清点的纸票；没有纸票时不填")
    record PapersBody(int inFavour, int against, int abstained) {}

    @GetMapping("/meetings")
    @Operation(summary = "会议", description = "已安排的在前；管理员和秘书处可看。")
    Shapes.PageOf<MeetingShape> meetings() {
        office();
        return new Shapes.PageOf<>(
                Stream.concat(sittings.planned().stream(), sittings.past(100).stream())
                        .map(this::shape)
                        .toList(),
                null);
    }

    @GetMapping("/ballots")
    @Operation(summary = "表决", description = "新的在前；after 是上一页最后一个的编号。")
    Shapes.PageOf<BallotShape> ballots(
            @RequestParam(required = false) @Nullable String after,
            @Parameter(description = "只看一个案件的") @RequestParam(name = "case", required = false) @Nullable
                    String matter) {
        office();
        Asking asking = new Asking();
        long before = asking.key("after", after);
        long about = asking.key("case", matter);
        asking.check();
        List<Ballot> found = about > 0 ? box.about(about) : box.latest(before == 0 ? Long.MAX_VALUE : before, 51);
        List<Ballot> shown = about > 0 ? found : found.subList(0, Math.min(50, found.size()));
        return new Shapes.PageOf<>(
                shown.stream().map(GovernanceApi::shape).toList(),
                shown.size() < found.size()
                        ? Long.toString(shown.get(shown.size() - 1).id())
                        : null);
    }

    @PostMapping("/ballots")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "开始一次表决",
            description = "名册即时冻结，通知各成员；制度不许可的以条款拒绝。",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = BallotBody.class))))
    BallotShape open(@org.springframework.web.bind.annotation.RequestBody(required = false) @Nullable JsonNode body) {
        office();
        Asked asked = Asked.of(body);
        String matter = asked.required("case", 19);
        String who = asked.required("body", 60);
        Way way = asked.word("way", GovernanceApi::way, WAYS);
        Boolean secret = asked.flag("secret");
        LocalDate closes = asked.day("closesOn");
        String special = asked.text("special", 200);
        String meeting = asked.text("meeting", 19);
        Optional<Long> key = Viewer.key(matter);
        if (!matter.isEmpty() && key.isEmpty()) {
            asked.fault("case", "没有这个案件");
        }
        asked.check();
        long id = key.filter(found -> ballots.isCase(found)).orElseThrow(() -> ApiProblem.notFound("这个案件"));
        return shape(done(ballots.open(new Ballots.Wish(
                id,
                who,
                way == null ? Way.ONLINE : way,
                secret == null || secret,
                closes,
                special == null ? "" : special,
                Viewer.key(meeting).orElse(null),
                viewer.me().username()))));
    }

    @PostMapping("/ballots/{id}/close")
    @Operation(
            summary = "结束表决",
            description = "计票并执行结果；通讯表决在截止日前、还有人没投时不能结束。",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = PapersBody.class))))
    BallotShape close(
            @PathVariable String id,
            @org.springframework.web.bind.annotation.RequestBody(required = false) @Nullable JsonNode body) {
        office();
        long ballot = Viewer.key(id).flatMap(box::find).map(Ballot::id).orElseThrow(() -> ApiProblem.notFound("这次表决"));
        Papers papers = Papers.NONE;
        if (body != null) {
            Asked asked = Asked.of(body);
            papers = new Papers(count(asked, "inFavour"), count(asked, "against"), count(asked, "abstained"));
            asked.check();
        }
        return shape(done(ballots.close(ballot, papers, viewer.me().username())));
    }

    private static int count(Asked asked, String field) {
        Long count = asked.whole(field, 0, 100_000);
        return count == null ? 0 : Math.toIntExact(count);
    }

    private void office() {
        viewer.needs("会议与表决", Role.ADMIN, Role.SECRETARIAT);
    }

    private static Ballot done(Outcome<Ballot> outcome) {
        if (outcome instanceof Outcome.Refused<Ballot> refused) {
            throw ApiProblem.refused(refused.refusal());
        }
        return outcome.get();
    }

    private static Way way(String word) {
        return Arrays.stream(Way.values())
                .filter(way -> code(way).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(word));
    }

    private static String code(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private MeetingShape shape(Sitting sitting) {
        Sittings.Quorum quorum = sittings.quorum(sitting);
        return new MeetingShape(
                Long.toString(sitting.id()),
                sitting.body(),
                sitting.day(),
                sitting.starts(),
                sitting.place(),
                sitting.remote(),
                code(sitting.state()),
                quorum.present(),
                quorum.seats(),
                quorum.needed(),
                agenda.of(sitting).stream()
                        .map(point -> Long.toString(point.matter().id()))
                        .toList());
    }

    private static BallotShape shape(Ballot ballot) {
        Ballot.Result outcome = ballot.outcome();
        return new BallotShape(
                Long.toString(ballot.id()),
                Long.toString(ballot.matter()),
                ballot.title(),
                ballot.body(),
                code(ballot.way()),
                ballot.secret(),
                ballot.openedOn(),
                ballot.closesOn(),
                code(ballot.state()),
                ballot.electors(),
                ballot.voted(),
                ballot.present(),
                ballot.inFavour(),
                ballot.against(),
                outcome == null ? null : code(outcome),
                ballot.says(),
                ballot.clauses());
    }
}
