package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Tell;
import io.homeroom.governance.Ballot;
import io.homeroom.governance.Ballot.Choice;
import io.homeroom.governance.Ballot.Result;
import io.homeroom.governance.Ballot.Way;
import io.homeroom.governance.BallotBox;
import io.homeroom.governance.Bodies;
import io.homeroom.governance.Sitting;
import io.homeroom.governance.Sittings;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.PayLinks;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ballots on cases, the front door of everybody who opens one, votes, or closes one. Whoever may vote is fixed at the
 * opening; whoever has lost its rights since keeps its place on the roll and a vote already given, but gives none. The count
 * is carried out through {@link Cases#decide} like one that was entered by hand, once.
 */
@Service
@Transactional
public class Ballots {

    private final BallotBox box;
    private final Sittings sittings;
    private final Bodies bodies;
    private final Cases cases;
    private final CaseBook book;
    private final Verdicts verdicts;
    private final Rights rights;
    private final Roster roster;
    private final Lawbook law;
    private final BusinessClock clock;
    private final PayLinks links;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate each;

    Ballots(
            BallotBox box,
            Sittings sittings,
            Bodies bodies,
            Cases cases,
            CaseBook book,
            Verdicts verdicts,
            Rights rights,
            Roster roster,
            Lawbook law,
            BusinessClock clock,
            PayLinks links,
            Audit audit,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.box = box;
        this.sittings = sittings;
        this.bodies = bodies;
        this.cases = cases;
        this.book = book;
        this.verdicts = verdicts;
        this.rights = rights;
        this.roster = roster;
        this.law = law;
        this.clock = clock;
        this.links = links;
        this.audit = audit;
        this.events = events;
        this.each = new TransactionTemplate(transactions);
    }

    /**
     * A ballot that is asked for.
     *
     * @param matter the case
     * @param body who decides
     * @param way in the meeting, by mail or online
     * @param secret whether nobody may learn how a member votes
     * @param closesOn last day for voting; null in a meeting
     * @param special why it is held by mail or online; the bylaws want a reason
     * @param sitting the meeting; null by mail or online
     * @param by who opens it
     */
    public record Wish(
            long matter,
            String body,
            Way way,
            boolean secret,
            @Nullable LocalDate closesOn,
            String special,
            @Nullable Long sitting,
            String by) {}

    /** Opens a ballot on the step at which a case is, and tells the electors. */
    public Outcome<Ballot> open(Wish wish) {
        CaseRow file = book.locked(wish.matter());
        Rulebook rules = law.of(clock.today());
        Refusal against = against(rules, file, wish);
        List<Long> electors = against != null
                ? List.of()
                : bodies.members(wish.body()).stream()
                        .filter(member ->
                                rights.againstVoting(member, wish.body()).isEmpty())
                        .map(Member::id)
                        .filter(id -> !Involved.in(rules, file).contains(id))
                        .toList();
        if (against == null && electors.isEmpty()) {
            against = new Refusal(
                    verdicts.clauses(rules, file), "制度没有写明" + wish.body() + "由谁表决，或没有人有表决权；请在会上表决后登记票数", null);
        }
        if (against != null) {
            audit.refused(wish.by(), "ballot-refused", file.memberId(), against);
            return Outcome.refused(against);
        }
        boolean remote = wish.way().isRemote();
        Outcome<Ballot> opened = box.open(new BallotBox.Opening(
                file.id(),
                file.stage(),
                wish.body(),
                title(file),
                wish.way(),
                wish.secret(),
                wish.sitting(),
                remote ? wish.special() : "",
                verdicts.clauses(rules, file),
                wish.closesOn(),
                seats(wish),
                electors,
                wish.by()));
        if (opened.isDone()) {
            Ballot ballot = opened.get();
            Long sitting = wish.sitting();
            if (sitting != null) {
                sittings.put(sitting, file.id());
            }
            if (remote) {
                electors.forEach(member -> events.publishEvent(tell(
                                ballot,
                                member,
                                "请就「" + ballot.title() + "」表决，" + until(ballot) + "。回复「表决」即可投票，截止前可以改"
                                        + (ballot.secret() ? "；本次无记名" : ""))
                        .once("ballot:" + ballot.id() + ":opened:" + member)));
            }
        }
        return opened;
    }

    private @Nullable Refusal against(Rulebook rules, CaseRow file, Wish wish) {
        Refusal early = verdicts.against(rules, file, wish.body());
        if (early != null) {
            return early;
        }
        LocalDate today = clock.today();
        if (wish.way().isRemote()) {
            Refusal remote = bodies.againstRemote(wish.body(), wish.special()).orElse(null);
            if (remote != null) {
                return remote;
            }
            LocalDate last = wish.closesOn();
            return last == null || last.isBefore(today) ? new Refusal("请写明表决截止日，不早于今天") : null;
        }
        Long id = wish.sitting();
        Sitting sitting = id == null ? null : sittings.find(id).orElse(null);
        if (sitting == null || !sitting.isPlanned() || !sitting.body().equals(wish.body())) {
            return new Refusal("会上表决须在" + wish.body() + "一次已安排的会议里进行，请先安排会议");
        }
        if (sitting.day().isAfter(today)) {
            return new Refusal("会议在" + sitting.day() + "，到当天才能开始表决");
        }
        Sittings.Quorum quorum = sittings.quorum(sitting);
        return quorum.reached()
                ? null
                : new Refusal(
                        quorum.cite(),
                        "未达到法定人数：应到" + quorum.seats() + "，实到" + quorum.present() + "，至少须" + quorum.needed(),
                        null);
    }

    private int seats(Wish wish) {
        Long sitting = wish.sitting();
        return sitting == null
                ? bodies.seatsOf(wish.body())
                : sittings.quorum(sittings.find(sitting).orElseThrow()).seats();
    }

    static String title(CaseRow file) {
        String to = file.data().getOrDefault("to", "");
        String what = CaseWords.type(file.type());
        return file.type().equals("resolution")
                ? "决议：" + file.subject()
                : file.subject() + what + (to.isEmpty() ? "" : "（" + to + "）");
    }

    private Tell tell(Ballot ballot, long member, String text) {
        return Tell.of("member", member, "ballot", text)
                .cites(ballot.clauses())
                .with(Map.of("title", "表决：" + ballot.title(), "url", links.page("ballots/" + ballot.id())));
    }

    private String until(Ballot ballot) {
        LocalDate last = ballot.closesOn();
        return last == null ? "会上截止" : Days.said(last, clock.today()) + "截止";
    }

    /** Takes a member's vote, or its new one in place of the old. The caller speaks for the member. */
    public Outcome<BallotBox.Receipt> cast(long id, long member, Choice choice) {
        Ballot ballot = box.find(id).orElse(null);
        if (ballot == null || box.hasVoted(id, member).isEmpty()) {
            return Outcome.refused("不在这次表决的名册上：名册在开始表决时确定");
        }
        if (ballot.isOpen() && moved(ballot)) {
            return Outcome.refused("此事项已经另行决定，不用再表决");
        }
        Optional<Refusal> resting = rights.againstVoting(roster.get(member), ballot.body());
        return resting.isPresent() ? Outcome.refused(resting.get()) : box.cast(id, member, choice);
    }

    /** Whether the case has gone on since the ballot was opened. */
    private boolean moved(Ballot ballot) {
        return book.find(ballot.matter())
                .map(file -> file.isOver() || !file.isOpen() || file.stage() != ballot.stage())
                .orElse(true);
    }

    /** Closes a ballot by hand and carries its result out. */
    public Outcome<Ballot> close(long id, BallotBox.Papers papers, String by) {
        Outcome<Ballot> closed = box.close(id, papers, by);
        if (closed.isDone()) {
            carryOut(id);
            return Outcome.done(box.find(id).orElseThrow());
        }
        return closed;
    }

    /** Makes a ballot void; its votes are never counted. */
    public Outcome<Ballot> cancel(long id, String why, String by) {
        Ballot ballot = box.find(id).orElseThrow(() -> new IllegalArgumentException("No ballot " + id));
        if (why.isBlank()) {
            return Outcome.refused("请写明撤销的原因");
        }
        if (ballot.isToCarryOut() || !box.finish(id, Result.VOID, why, by)) {
            return Outcome.refused("这次表决已经结束，页面已过期，请刷新");
        }
        if (ballot.way().isRemote()) {
            box.electors(id)
                    .keySet()
                    .forEach(member -> events.publishEvent(
                            tell(ballot, member, "「" + ballot.title() + "」的表决已撤销：" + why + "。已投的票不计入")
                                    .once("ballot:" + id + ":void:" + member)));
        }
        return Outcome.done(box.find(id).orElseThrow());
    }

    /** A body meets or meets no more: an open ballot of one that may not decide any more ends, and its electors hear why. */
    void bodyChanged(String body) {
        Rulebook rules = law.of(clock.today());
        for (Ballot ballot : box.running()) {
            if (!ballot.isOpen() || !ballot.body().equals(body)) {
                continue;
            }
            LocalDate last = ballot.closesOn();
            if (last != null && clock.today().isAfter(last)) {
                box.stop(ballot.id()); // it was over before, and is counted
                continue;
            }
            CaseRow file = book.find(ballot.matter()).orElseThrow();
            Refusal against = moved(ballot) ? null : verdicts.against(rules, file, body);
            if (against != null) {
                cancel(ballot.id(), against.reason(), "system");
            }
        }
    }

    /**
     * Lets the count of a closed ballot have its effect, in the transaction at work. A ballot that is open, not counted or
     * done is left alone, so it may be called again after any interruption.
     */
    void carryOut(long id) {
        CaseRow file = book.locked(box.find(id).orElseThrow().matter());
        Ballot ballot = box.find(id).orElseThrow();
        Integer present = ballot.present();
        Integer inFavour = ballot.inFavour();
        Integer against = ballot.against();
        if (!ballot.isToCarryOut() || present == null || inFavour == null || against == null) {
            return;
        }
        String count = "名册" + ballot.electors() + "，参加" + present + "，同意" + inFavour + "，反对" + against + "，弃权"
                + (present - inFavour - against);
        if (moved(ballot)) {
            end(ballot, file, Result.VOID, count + "。此事项已经另行决定，表决结果不再执行");
            return;
        }
        Rulebook rules = law.of(clock.today());
        Refusal early = verdicts.againstCounting(rules, file, ballot.body());
        if (early != null) {
            end(ballot, file, Result.VOID, count + "。" + early.reason() + rules.cite(early.clauses()));
            return;
        }
        if (verdicts.rule(rules, file, ballot.body()) == null) {
            end(ballot, file, Result.COUNTED, count + "。制度没有写明通过的比例，请据此登记结果");
            return;
        }
        Outcome<CaseView> decided = cases.decide(
                file.id(),
                new Decision(
                        ballot.body(),
                        ballot.way().isRemote(),
                        null,
                        null,
                        present,
                        inFavour,
                        against,
                        ballot.seats(),
                        null,
                        true,
                        "system"));
        if (decided instanceof Outcome.Refused<CaseView> refused) {
            Refusal why = refused.refusal();
            end(ballot, file, Result.VOID, count + "。" + why.reason() + rules.cite(why.clauses()));
            return;
        }
        boolean passed = decided.get().steps().stream()
                .filter(step -> step.act().equals("vote-passed") || step.act().equals("vote-failed"))
                .reduce((earlier, later) -> later)
                .map(step -> step.act().equals("vote-passed"))
                .orElse(false);
        CaseView now = decided.get();
        String at = now.at();
        end(
                ballot,
                file,
                passed ? Result.PASSED : Result.FAILED,
                count + (now.isOpen() && at != null && !at.equals("member") ? "。接下来由" + at + "决定" : ""));
    }

    private void end(Ballot ballot, CaseRow file, Result result, String says) {
        if (box.finish(ballot.id(), result, says, "system")) {
            events.publishEvent(Tell.of(
                            "秘书处",
                            file.memberId(),
                            "ballot-result",
                            ballot.body() + "对「" + ballot.title() + "」的表决" + result.word() + "：" + says)
                    .cites(ballot.clauses())
                    .with(file.about())
                    .once("ballot:" + ballot.id() + ":result"));
        }
    }

    /** Closes what is past its last day, and carries out what is closed: each in a transaction of its own. */
    @Transactional(propagation = org.springframework.transaction.annotation.Propagation.NOT_SUPPORTED)
    public void tick() {
        for (Ballot ballot : alone(box::running)) {
            LocalDate last = ballot.closesOn();
            if (ballot.isOpen() && last != null && clock.today().isAfter(last)) {
                alone(() -> {
                    box.stop(ballot.id());
                    return true;
                });
                if (alone(() -> box.find(ballot.id()).orElseThrow()).isToCount()) {
                    alone(() -> {
                        events.publishEvent(Tell.of(
                                        "秘书处",
                                        null,
                                        "ballot-papers",
                                        "「" + ballot.title() + "」的表决已截止，请清点纸质表决票" + ballot.papers() + "张并登记")
                                .cites(ballot.clauses())
                                .once("ballot:" + ballot.id() + ":papers"));
                        return true;
                    });
                }
            }
            alone(() -> {
                carryOut(ballot.id());
                return true;
            });
        }
    }

    /** Reminds, once, the electors who are silent on the day before the last, or on the last if there was none before. */
    void remind(LocalDate day) {
        for (Ballot ballot : box.running()) {
            LocalDate last = ballot.closesOn();
            if (ballot.isOpen() && last != null && !day.isBefore(last.minusDays(1)) && !day.isAfter(last)) {
                box.toRemind(ballot.id())
                        .forEach(member -> events.publishEvent(
                                tell(ballot, member, "「" + ballot.title() + "」还等你单位表决，" + until(ballot) + "。回复「表决」即可投票")
                                        .once("ballot:" + ballot.id() + ":reminder:" + member)));
            }
        }
    }

    private <T> T alone(Supplier<T> work) {
        T made = each.execute(status -> work.get());
        if (made == null) {
            throw new IllegalStateException("The work answers something");
        }
        return made;
    }

    // ---- who asks

    @Transactional(readOnly = true)
    public Optional<Ballot> find(long id) {
        return box.find(id);
    }

    /** Ballots in which a member is an elector, the latest first. */
    @Transactional(readOnly = true)
    public List<Ballot> of(long member, int limit) {
        return box.of(member, limit);
    }

    /** Whether there is a case of that key. */
    @Transactional(readOnly = true)
    public boolean isCase(long matter) {
        return book.find(matter).isPresent();
    }

    /** Whether a member is on the roll of a ballot. */
    @Transactional(readOnly = true)
    public boolean isElector(long id, long member) {
        return box.hasVoted(id, member).isPresent();
    }

    /** Whether an elector has voted, on whatever way. */
    @Transactional(readOnly = true)
    public boolean hasVoted(long id, long member) {
        return box.hasVoted(id, member).orElse(false);
    }

    /** Whether the vote with a receipt is among those that are or were counted. */
    @Transactional(readOnly = true)
    public boolean counts(long id, String receipt) {
        return box.counts(id, receipt);
    }

    /** Those of a member in which it may still vote. */
    @Transactional(readOnly = true)
    public List<Ballot> openTo(long member) {
        LocalDate today = clock.today();
        return box.of(member, 50).stream()
                .filter(Ballot::isOpen)
                .filter(ballot -> ballot.closesOn() == null || !today.isAfter(ballot.closesOn()))
                .toList();
    }

    /** Whether the bylaws give a share by which this body's votes on the case are counted. */
    @Transactional(readOnly = true)
    public boolean isCounted(long matter, String body) {
        return book.find(matter)
                .map(file -> verdicts.rule(law.of(clock.today()), file, body) != null)
                .orElse(false);
    }
}
