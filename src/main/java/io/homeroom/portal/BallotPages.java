package io.homeroom.portal;

import io.homeroom.casework.Ballots;
import io.homeroom.governance.Ballot;
import io.homeroom.governance.Ballot.Choice;
import io.homeroom.governance.Ballot.Result;
import io.homeroom.governance.BallotBox;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * A member's ballots: what is asked of it, its vote with one confirmation, the receipt, and what came of it. A choice is
 * sent in the body only, never in an address.
 */
@Controller
@RequestMapping("/m/{code}/ballots")
class BallotPages {

    private final Ballots ballots;
    private final Reception reception;
    private final BusinessClock clock;

    BallotPages(Ballots ballots, Reception reception, BusinessClock clock) {
        this.ballots = ballots;
        this.reception = reception;
        this.clock = clock;
    }

    /**
     * A ballot as its elector sees it.
     *
     * @param when until when, or how it ended
     * @param rows what there is to know, as pairs of a word and a text
     * @param open whether a vote is taken now
     */
    record View(
            long id,
            String title,
            String body,
            String word,
            String mood,
            String when,
            List<String[]> rows,
            boolean secret,
            boolean open,
            boolean voted) {}

    @GetMapping
    String list(HttpServletRequest request, Model model) {
        return reception.known(request, model, (member, openid) -> {
            model.addAttribute(
                    "ballots",
                    ballots.of(member.id(), 50).stream()
                            .map(ballot -> view(ballot, member.id()))
                            .toList());
            return "portal/ballots";
        });
    }

    @GetMapping("/{id}")
    String show(@PathVariable long id, HttpServletRequest request, Model model) {
        return about(request, model, id, (ballot, member) -> "portal/ballot");
    }

    /** Asks once more before a vote is cast. */
    @PostMapping("/{id}/confirm")
    String confirm(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String choice,
            HttpServletRequest request,
            Model model) {
        return about(request, model, id, (ballot, member) -> {
            choice(choice)
                    .ifPresentOrElse(
                            chosen ->
                                    model.addAttribute("chosen", Map.of("code", chosen.name(), "word", chosen.word())),
                            () -> model.addAttribute("problem", "请先选同意、反对或弃权。"));
            return "portal/ballot";
        });
    }

    @PostMapping("/{id}/vote")
    String vote(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String choice,
            HttpServletRequest request,
            Model model) {
        return about(request, model, id, (ballot, member) -> {
            Optional<Choice> chosen = choice(choice);
            if (chosen.isEmpty()) {
                model.addAttribute("problem", "请先选同意、反对或弃权。");
                return "portal/ballot";
            }
            Outcome<BallotBox.Receipt> outcome = ballots.cast(id, member, chosen.get());
            if (outcome instanceof Outcome.Refused<BallotBox.Receipt> refused) {
                Refusal why = refused.refusal();
                model.addAttribute("problem", why.reason() + reception.law().cite(why.clauses()) + "。");
            } else {
                model.addAttribute("receipt", outcome.get());
                model.addAttribute("ballot", view(ballots.find(id).orElseThrow(), member));
            }
            return "portal/ballot";
        });
    }

    /** Tells whether the vote with a receipt is counted. */
    @PostMapping("/{id}/receipt")
    String receipt(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String receipt,
            HttpServletRequest request,
            Model model) {
        return about(request, model, id, (ballot, member) -> {
            model.addAttribute("checked", ballots.counts(id, receipt) ? "这张票已计入。" : "没有这张票：请核对回执；改过票的，以最后一次的回执为准。");
            return "portal/ballot";
        });
    }

    private interface Page {
        String of(Ballot ballot, long member);
    }

    /** A page about a ballot for an elector of it; for anybody else there is no such ballot. */
    private String about(HttpServletRequest request, Model model, long id, Page page) {
        return reception.known(request, model, (member, openid) -> {
            Ballot ballot = ballots.find(id)
                    .filter(found -> ballots.isElector(id, member.id()))
                    .orElse(null);
            if (ballot == null) {
                return MemberPages.message(
                        model,
                        Message.notice("没有这次表决", "「" + member.name() + "」不在它的名册上，或链接有误。")
                                .link("/m/" + Tenant.current() + "/ballots", "看全部表决"));
            }
            model.addAttribute("ballot", view(ballot, member.id()));
            return page.of(ballot, member.id());
        });
    }

    private View view(Ballot ballot, long member) {
        LocalDate today = clock.today();
        LocalDate last = ballot.closesOn();
        boolean voted = ballots.hasVoted(ballot.id(), member);
        boolean open = ballot.isOpen() && (last == null || !today.isAfter(last));
        Result outcome = ballot.outcome();
        List<String[]> rows = new java.util.ArrayList<>();
        rows.add(new String[] {"表决机构", ballot.body()});
        rows.add(new String[] {"方式", ballot.way().word() + (ballot.secret() ? "，无记名" : "，记名")});
        rows.add(new String[] {"截止", last == null ? "会上截止" : Days.said(last, today)});
        if (!ballot.clauses().isEmpty()) {
            String cite = reception.law().cite(ballot.clauses());
            rows.add(new String[] {"依据", cite.replace("〔", "").replace("〕", "")});
        }
        if (!ballot.special().isEmpty()) {
            rows.add(new String[] {"缘由", ballot.special()});
        }
        if (ballot.isDone()) {
            rows.add(new String[] {"结果", ballot.says()});
        }
        return new View(
                ballot.id(),
                ballot.title(),
                ballot.body(),
                outcome != null ? outcome.word() : open ? voted ? "已投" : "待表决" : "已截止",
                outcome == Result.PASSED || open && voted
                        ? "good"
                        : open ? "due" : outcome == Result.FAILED ? "bad" : "",
                outcome != null || last == null
                        ? ballot.way().word()
                        : Days.said(last, today) + "截止，"
                                + Days.left(last, today).replace("到期", "截止"),
                rows,
                ballot.secret(),
                open,
                voted);
    }

    private static Optional<Choice> choice(@Nullable String code) {
        return Arrays.stream(Choice.values())
                .filter(choice -> choice.name().equals(code))
                .findFirst();
    }
}
