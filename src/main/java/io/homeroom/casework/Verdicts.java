package io.homeroom.casework;

import io.homeroom.desk.Tell;
import io.homeroom.dues.Bills;
import io.homeroom.governance.Bodies;
import io.homeroom.governance.Seats;
import io.homeroom.governance.Tally;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Track.Document;
import io.homeroom.rulebook.Track.Stage;
import io.homeroom.rulebook.Track.Vote;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes the decisions of bodies and offices: whether they may be taken at all, what a count amounts to, what follows. */
@Component
class Verdicts {

    private final CaseBook book;
    private final Tracks tracks;
    private final CaseDeadlines deadlines;
    private final Progress progress;
    private final Outcomes outcomes;
    private final Intake intake;
    private final UpgradeDays days;
    private final Uncounted uncounted;
    private final Bodies bodies;
    private final Seats seats;
    private final Places places;
    private final Bills bills;
    private final Roster roster;
    private final BusinessClock clock;
    private final Consequences consequences;
    private final ApplicationEventPublisher events;

    Verdicts(
            CaseBook book,
            Tracks tracks,
            CaseDeadlines deadlines,
            Progress progress,
            Outcomes outcomes,
            Intake intake,
            UpgradeDays days,
            Uncounted uncounted,
            Bodies bodies,
            Seats seats,
            Places places,
            Bills bills,
            Roster roster,
            BusinessClock clock,
            Consequences consequences,
            ApplicationEventPublisher events) {
        this.book = book;
        this.tracks = tracks;
        this.deadlines = deadlines;
        this.progress = progress;
        this.outcomes = outcomes;
        this.intake = intake;
        this.days = days;
        this.uncounted = uncounted;
        this.bodies = bodies;
        this.seats = seats;
        this.places = places;
        this.bills = bills;
        this.roster = roster;
        this.clock = clock;
        this.consequences = consequences;
        this.events = events;
    }

    Outcome<CaseRow> decide(Rulebook rules, CaseRow file, Decision decision) {
        Track track = Tracks.track(rules, file.type());
        Optional<Stage> current = file.isOver() || !file.isOpen() ? Optional.empty() : tracks.current(rules, file);
        if (current.isEmpty()) {
            return Outcome.refused(new Refusal(track.cite(), "此事项现在没有待决定的步骤", null));
        }
        Stage stage = current.get();
        Refusal early = early(rules, track, file, stage, decision);
        if (early == null && !decision.cast()) {
            early = uncounted.against(file);
        }
        if (early != null) {
            return Outcome.refused(early);
        }
        // A ballot or a meeting was held to this when it was called: what was lawful then stays counted.
        if (decision.remote() && decision.seats() == null) {
            Optional<Refusal> bound = bodies.boundToMeet(decision.by());
            if (bound.isPresent()) {
                return Outcome.refused(bound.get());
            }
        }
        Vote vote = decision.by().equals(stage.at()) ? vote(file, stage) : null;
        if (vote == null) {
            String result = decision.result();
            if (result == null) {
                return Outcome.refused(new Refusal(stage.cite(), "这一步不计票，请直接填写结果", null));
            }
            return recorded(rules, track, file, stage, decision, result);
        }
        return counted(rules, track, file, stage, decision, vote);
    }

    /** What stands against this body's deciding the case now; null for nothing. */
    @Nullable
    Refusal against(Rulebook rules, CaseRow file, String body) {
        return against(rules, file, Decision.of(body, "", null, ""));
    }

    /** The same for a meeting of the body on a day. */
    @Nullable
    Refusal against(Rulebook rules, CaseRow file, String body, LocalDate day) {
        return against(rules, file, new Decision(body, false, null, "", null, null, null, null, day, false, ""));
    }

    /** What stands against counting a ballot of this body that was lawful to its end; null for nothing. */
    @Nullable
    Refusal againstCounting(Rulebook rules, CaseRow file, String body) {
        return against(rules, file, new Decision(body, false, null, "", null, null, null, null, null, true, ""));
    }

    private @Nullable Refusal against(Rulebook rules, CaseRow file, Decision decision) {
        Track track = Tracks.track(rules, file.type());
        Optional<Stage> current = file.isOver() || !file.isOpen() ? Optional.empty() : tracks.current(rules, file);
        return current.isEmpty()
                ? new Refusal(track.cite(), "此事项现在没有待决定的步骤", null)
                : early(rules, track, file, current.get(), decision);
    }

    /** The rule by which this body's votes on the case are counted; null where the result is entered. */
    @Nullable
    Vote rule(Rulebook rules, CaseRow file, String body) {
        return tracks.current(rules, file)
                .filter(stage -> stage.at().equals(body))
                .map(stage -> vote(file, stage))
                .orElse(null);
    }

    /** Clauses by which the step that is due is decided. */
    List<String> clauses(Rulebook rules, CaseRow file) {
        Set<String> clauses = new LinkedHashSet<>();
        tracks.current(rules, file).ifPresent(stage -> {
            clauses.addAll(stage.cite());
            Vote vote = vote(file, stage);
            if (vote != null) {
                clauses.addAll(vote.cite());
            }
        });
        return List.copyOf(clauses);
    }

    private static @Nullable Vote vote(CaseRow file, Stage stage) {
        boolean exceptional = Boolean.parseBoolean(file.data().get("exceptional"));
        return exceptional && stage.exceptional() != null ? stage.exceptional() : stage.counted();
    }

    /** What stands against deciding at all: the wrong decider, missing documents, a step that is not a decision. */
    private @Nullable Refusal early(Rulebook rules, Track track, CaseRow file, Stage stage, Decision decision) {
        Set<String> clauses = new LinkedHashSet<>();
        StringBuilder why = new StringBuilder();
        Refusal wait = tooEarly(rules, file, stage, decision);
        if (wait != null) {
            clauses.addAll(wait.clauses());
            why.append(wait.reason()).append("。");
        }
        String first = file.data().getOrDefault("first", "");
        if (stage.await() != null || !first.isEmpty()) {
            clauses.addAll(stage.cite());
            clauses.addAll(track.cite());
            why.append("目前等待").append(waitsFor(stage, first)).append("，还不能决定。");
        } else if (!tracks.deciders(file, stage).contains(decision.by())
                && !(decision.cast() && tracks.mayInItsTime(file, stage, decision.by()))) {
            clauses.addAll(stage.cite());
            clauses.addAll(track.cite());
            clauses.addAll(turnOf(rules, file, decision.by()));
            why.append("现在应由")
                    .append(String.join("或", tracks.deciders(file, stage)))
                    .append("决定，不是")
                    .append(decision.by())
                    .append("。");
        }
        Long id = file.memberId();
        Member member = id == null ? null : roster.get(id);
        List<Document> missing = tracks.missing(rules, file, member);
        boolean refusing = "reject".equals(decision.result());
        if (!missing.isEmpty() && !refusing) {
            missing.forEach(document -> clauses.addAll(document.cite()));
            clauses.addAll(stage.cite());
            clauses.addAll(track.cite());
            why.append("还缺：").append(names(missing)).append("。");
        }
        List<Document> needed = Tracks.missingFor(file, stage);
        if (!needed.isEmpty() && !refusing) {
            needed.forEach(document -> clauses.addAll(document.cite()));
            why.append("表决前须有：").append(names(needed)).append("。");
        }
        return why.isEmpty()
                ? null
                : new Refusal(List.copyOf(clauses), why.toString(), wait == null ? null : wait.from());
    }

    /** Why it is too early; a ballot that was lawful when it was called is never too early. */
    private @Nullable Refusal tooEarly(Rulebook rules, CaseRow file, Stage stage, Decision decision) {
        if (file.type().equals("upgrade")) {
            LocalDate on = decision.on() == null ? clock.today() : decision.on();
            return decision.cast() ? null : days.against(rules, file, stage, on);
        }
        LocalDate from = file.from();
        return from != null && clock.today().isBefore(from)
                ? new Refusal(intake.decidingBar(), "须到" + from + "才能决定", from)
                : null;
    }

    /**
     * Read so, silence of the association to the end of its time is its consent (IGRS-18-h, IGRS-25-d). It consents to
     * no more than it might have decided: not while the applicant's own papers are wanting, and not beyond the seats.
     *
     * @return whether the case went on by that
     */
    boolean consented(Rulebook rules, CaseRow file, LocalDate day) {
        LocalDate due = file.due();
        if (due == null || !day.isAfter(due) || !CaseDeadlines.silenceConsents(rules, file)) {
            return false;
        }
        Track track = Tracks.track(rules, file.type());
        if (file.isOpen()) {
            Stage stage = tracks.current(rules, file).orElse(null);
            if (stage == null || !mayConsent(rules, track, file, stage)) {
                return false;
            }
        } else if (!file.awaiting().contains("reply")) {
            return false;
        }
        List<String> cite = CaseDeadlines.cite(track, file);
        book.step(file, "system", "consented", cite, Days.dated(due) + "前没有答复，视为同意");
        events.publishEvent(Tell.of(
                        deadlines.owner(rules, file),
                        file.memberId(),
                        "overdue-case",
                        file.subject() + "的" + CaseWords.type(file.type()) + "在" + Days.dated(due)
                                + "前没有答复，已视为同意，请补发书面答复并办理后续手续")
                .cites(cite)
                .once("case:" + file.id() + ":consented")
                .with(file.about()));
        progress.consented(rules, file, cite);
        return true;
    }

    private boolean mayConsent(Rulebook rules, Track track, CaseRow file, Stage stage) {
        Decision silence = Decision.of(tracks.deciders(file, stage).get(0), "approve", null, "system");
        return early(rules, track, file, stage, silence) == null
                && uncounted.against(file) == null
                && unfit(rules, file, stage) == null;
    }

    /** Clauses that say when this decider would have its turn, and on what. */
    private List<String> turnOf(Rulebook rules, CaseRow file, String by) {
        List<String> clauses = new ArrayList<>();
        for (Stage stage : tracks.stages(rules, file)) {
            boolean its = stage.at().equals(by) || by.equals(stage.recess()) || by.equals(stage.alsoInRecess());
            if (its) {
                clauses.addAll(stage.cite());
            }
        }
        String matter = file.data().get("matter");
        if (matter != null) {
            clauses.add(matter);
        }
        return clauses;
    }

    private static String waitsFor(Stage stage, String first) {
        if (!first.isEmpty()) {
            return "资料交接通知单";
        }
        return switch (stage.await() == null ? "" : stage.await()) {
            case "payment" -> "交费";
            case "answer" -> "会员答复";
            case "letter" -> "告知书寄出";
            default -> "前一步办结";
        };
    }

    private static String names(List<Document> documents) {
        return String.join("、", documents.stream().map(Document::name).toList());
    }

    private Outcome<CaseRow> recorded(
            Rulebook rules, Track track, CaseRow file, Stage stage, Decision decision, String result) {
        String reason = decision.reason() == null ? "" : decision.reason();
        switch (result) {
            case "approve" -> {
                Refusal against = unfit(rules, file, stage);
                if (against != null) {
                    return Outcome.refused(against);
                }
                book.step(file, decision.by(), "approved", stage.cite(), reason);
                approved(rules, track, file, stage, decision);
            }
            case "reject" -> {
                if (!stage.reasoned().isEmpty() && reason.isBlank()) {
                    return Outcome.refused(new Refusal(stage.reasoned(), "不予通过须写明具体理由", null));
                }
                List<String> grounds = new ArrayList<>(stage.cite());
                grounds.addAll(stage.declines());
                book.step(file, decision.by(), "rejected", grounds, reason);
                outcomes.reject(rules, file, reason, grounds, decision.by());
            }
            case "refer" -> {
                String refers = stage.refers();
                if (refers == null || file.referredTo() != null) {
                    return Outcome.refused(new Refusal(stage.cite(), "这一步不能转交其他机构", null));
                }
                book.step(file, decision.by(), "referred", stage.cite(), refers);
                file.refer(refers);
                progress.arrive(rules, file);
            }
            default -> {
                return Outcome.refused("结果只能是通过、不通过或转交");
            }
        }
        return Outcome.done(file);
    }

    private Outcome<CaseRow> counted(
            Rulebook rules, Track track, CaseRow file, Stage stage, Decision decision, Vote vote) {
        Integer present = decision.present();
        Integer inFavour = decision.inFavour();
        if (present == null || inFavour == null) {
            Set<String> clauses = new LinkedHashSet<>(vote.cite());
            clauses.addAll(stage.cite());
            clauses.addAll(track.cite());
            return Outcome.refused(new Refusal(List.copyOf(clauses), "这一步须计票，请填写到会、同意和反对的票数", null));
        }
        int against = decision.against() == null ? 0 : decision.against();
        Integer frozen = decision.seats();
        Tally tally = new Tally(present, inFavour, against, frozen == null ? bodies.seatsOf(stage.at()) : frozen);
        Rulebook.Body body = rules.bodies().get(stage.at());
        Optional<Refusal> fault =
                tally.fault(body == null ? null : body.quorum(), body == null ? List.of() : body.quorumCite());
        if (fault.isPresent()) {
            return Outcome.refused(fault.get());
        }
        String tie = vote.tie();
        Tally.Result result = tally.under(vote, tie == null ? null : rules.says(tie));
        if (result.passed()) {
            Refusal unfit = unfit(rules, file, stage);
            if (unfit != null) {
                return Outcome.refused(unfit);
            }
        }
        secondRound(file, decision);
        capNear(file);
        book.step(
                file,
                decision.by(),
                result.passed() ? "vote-passed" : "vote-failed",
                vote.cite(),
                "到会" + present + "，同意" + inFavour + "，反对" + against + "，弃权" + (present - inFavour - against));
        String exact = vote.exact();
        if (result.exact() && exact != null) {
            events.publishEvent(Tell.of(
                            exact,
                            file.memberId(),
                            "vote",
                            file.subject() + "的" + CaseWords.type(file.type()) + "恰好"
                                    + vote.share().numerator() + "/"
                                    + vote.share().denominator() + "同意，请留意")
                    .cites(vote.cite())
                    .with(file.about()));
        }
        if (result.passed()) {
            approved(rules, track, file, stage, decision);
        } else if ("next".equals(stage.failed())) {
            file.failVote();
            progress.next(rules, file, decision.by());
            progress.pending(file, vote.cite());
        } else {
            outcomes.reject(rules, file, "表决未通过", stage.cite(), decision.by());
        }
        return Outcome.done(file);
    }

    /** Votes on upgrades of one day are one round; a second one in a year is told (IGRS-15-a). */
    private void secondRound(CaseRow file, Decision decision) {
        if (!file.type().equals("upgrade")) {
            return;
        }
        LocalDate today = clock.today();
        if (days.votedBefore(decision.on() == null ? today : decision.on()).isPresent()) {
            consequences.on(
                    "second-round",
                    new Context(
                            file.memberId(),
                            file.id(),
                            null,
                            "second-round:" + file.id() + ":" + today,
                            List.of(),
                            Map.of(),
                            "system"));
        }
    }

    /** The sixteenth is put to the vote: told now, tested when it takes effect (IGRS-14). */
    private void capNear(CaseRow file) {
        if (file.type().equals("upgrade")) {
            outcomes.alertIfFull(file, "vote");
        }
    }

    private void approved(Rulebook rules, Track track, CaseRow file, Stage stage, Decision decision) {
        consequences.carryOut(stage.then(), Context.of(file, "stage:" + file.stage(), stage.cite()));
        if (!stage.provisional().isEmpty()) {
            file.provisional(true);
            outcomes.apply(track, file, stage.provisional(), decision.by());
            progress.provisionally(rules, file, stage);
            return;
        }
        progress.next(rules, file, decision.by());
    }

    /** What the outcome itself would offend: caps, origin, office, arrears. Tested at the decision. */
    private @Nullable Refusal unfit(Rulebook rules, CaseRow file, Stage stage) {
        Long id = file.memberId();
        if (id == null) {
            return null;
        }
        Member member = roster.get(id);
        if (!stage.settled().isEmpty() && bills.owed(id).isPositive()) {
            return new Refusal(stage.settled(), "须先交清会费" + bills.owed(id), null);
        }
        return switch (file.type()) {
            case "nomination" -> nomination(rules, file, member);
            case "admission" -> places.againstDeciding(file);
            case "upgrade" -> {
                Refusal gone = Ladder.upgrade(rules, member, file.data().getOrDefault("to", ""));
                Refusal seat = gone == null ? places.againstDeciding(file) : gone;
                yield seat == null ? extraSeat(rules, file) : seat;
            }
            case "downgrade" -> Ladder.downgrade(rules, member, file.data().getOrDefault("to", ""));
            case "expulsion" -> overtaken(rules, file);
            case "change" -> officeNeedsHead(rules, file, member);
            default -> null;
        };
    }

    /** All grounds have fallen away since the case was opened, as when the member asks to leave by itself. */
    private @Nullable Refusal overtaken(Rulebook rules, CaseRow file) {
        Track track = Tracks.track(rules, file.type());
        List<String> grounds = file.grounds();
        boolean all =
                !grounds.isEmpty() && grounds.stream().allMatch(ground -> book.overtaken(track, file.member(), ground));
        return all ? new Refusal(grounds, "会员已自行申请退出，所列事由不再成立", null) : null;
    }

    private @Nullable Refusal nomination(Rulebook rules, CaseRow file, Member member) {
        String to = file.data().getOrDefault("to", "");
        Rulebook.Post post = rules.post(to).orElse(null);
        if (post == null) {
            return new Refusal("没有“" + to + "”这个职务");
        }
        String from = post.from();
        if (from != null && member.posts().stream().noneMatch(held -> rules.includes(held, from))) {
            return new Refusal(post.cite(), to + "须从" + from + "中产生", null);
        }
        boolean already = member.posts().stream().anyMatch(held -> rules.includes(held, to));
        if (!already && seats.open(to).map(open -> open <= 0).orElse(false)) {
            return new Refusal(post.cite(), to + "名额已满", null);
        }
        if (!post.head().isEmpty() && "false".equals(member.data().get("representative-head"))) {
            return new Refusal(post.head(), "担任" + to + "的代表须是单位主要负责人", null);
        }
        return null;
    }

    /** Seats beyond the first ones need a number fixed beforehand and a nomination (AII-25-b). */
    private @Nullable Refusal extraSeat(Rulebook rules, CaseRow file) {
        Rulebook.Upgrade upgrade = rules.upgrade();
        Rulebook.Extra extra = upgrade == null ? null : upgrade.extra();
        String to = file.data().getOrDefault("to", "");
        if (extra == null || !extra.grade().equals(to)) {
            return null;
        }
        boolean nominated = java.util.Arrays.stream(
                        file.data().getOrDefault("nominated-by", "").split(" "))
                .filter(text -> !text.isEmpty())
                .map(text -> roster.get(Long.parseLong(text)))
                .anyMatch(m -> m.belongs() && extra.nominatedBy().contains(m.grade()));
        if (!nominated) {
            return new Refusal(extra.cite(), to + "须由" + String.join("、", extra.nominatedBy()) + "提名", null);
        }
        int fixed = book.approvedResolutions().stream()
                .filter(r -> r.data().getOrDefault("matter", "").equals(extra.matter()))
                .mapToInt(r -> Integer.parseInt(r.data().getOrDefault("count", "0")))
                .sum();
        long taken = book.search("upgrade", CaseRow.APPROVED, 0, Integer.MAX_VALUE).stream()
                .filter(done -> done.data().getOrDefault("to", "").equals(to))
                .count();
        return taken < fixed ? null : new Refusal(extra.cite(), "增选" + to + "的名额未定或已用完", null);
    }

    private static @Nullable Refusal officeNeedsHead(Rulebook rules, CaseRow file, Member member) {
        Map<String, String> data = file.data();
        if (!Boolean.parseBoolean(data.get("keep-post")) || !"false".equals(data.get("head"))) {
            return null;
        }
        return member.posts().stream()
                .map(rules::post)
                .flatMap(Optional::stream)
                .filter(post -> !post.head().isEmpty())
                .findFirst()
                .map(post -> new Refusal(post.head(), "担任" + post.name() + "的代表须是单位主要负责人", null))
                .orElse(null);
    }
}
