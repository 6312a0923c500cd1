package io.homeroom.portal;

import io.homeroom.casework.Backing;
import io.homeroom.casework.Backings;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Eligibility;
import io.homeroom.casework.Opening;
import io.homeroom.casework.Prospects;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a member asks for: another grade, leaving, an appeal. What comes of it is said first, and asked once. */
@Controller
@RequestMapping("/m/{code}/requests")
class RequestPages {

    private static final int LONGEST = 500;

    private final Reception reception;
    private final Prospects prospects;
    private final Cases cases;
    private final Backings nominations;
    private final BusinessClock clock;

    RequestPages(Reception reception, Prospects prospects, Cases cases, Backings nominations, BusinessClock clock) {
        this.reception = reception;
        this.prospects = prospects;
        this.cases = cases;
        this.nominations = nominations;
        this.clock = clock;
    }

    /** A condition; {@code mood} is {@code good bad} or empty where people judge. */
    record ConditionView(String says, String mood, String word) {}

    /** A grade to ask for; {@code asked} says whom one has asked already to nominate it by exception. */
    record TargetView(
            String to,
            boolean down,
            boolean possible,
            String verdict,
            List<ConditionView> conditions,
            boolean byException,
            String asked) {}

    /** Somebody who may be asked for a nomination. */
    record Choice(String id, String name) {}

    @GetMapping("/upgrade")
    String targets(HttpServletRequest request, Model model) {
        return reception.known(request, model, (member, openid) -> {
            Rulebook law = reception.law();
            List<Backing> asked = nominations.of(member.id());
            List<Prospects.Target> targets = prospects.targets(member.id());
            model.addAttribute(
                    "ups",
                    targets.stream()
                            .filter(target -> !target.down())
                            .map(target -> view(target, law, asked))
                            .toList());
            model.addAttribute(
                    "downs",
                    targets.stream()
                            .filter(Prospects.Target::down)
                            .map(target -> view(target, law, asked))
                            .toList());
            model.addAttribute("silent", silence(law, member));
            Rulebook.Exceptional way = nominations.rule().orElse(null);
            model.addAttribute(
                    "exception",
                    way == null
                            ? null
                            : "作出或可望作出巨大贡献的，有" + way.nominators() + "家" + way.grade() + "提名即可破格申请，不看上面的条件"
                                    + law.cite(way.cite()) + "。" + unanimous(law));
            model.addAttribute(
                    "nominators",
                    way == null
                            ? List.of()
                            : nominations.whoMay(member.id()).stream()
                                    .map(one -> new Choice(Long.toString(one.id()), one.name()))
                                    .toList());
            Optional<CaseView> pending = pending(member, "upgrade").or(() -> pending(member, "downgrade"));
            model.addAttribute(
                    "pending", pending.map(file -> CasePages.at(file.id())).orElse(null));
            return "portal/upgrade";
        });
    }

    /** What is harder about the vote on an exception. */
    private static String unanimous(Rulebook law) {
        Track track = law.cases().get("upgrade");
        return track == null
                ? ""
                : track.stages().stream()
                        .map(Track.Stage::exceptional)
                        .filter(vote -> vote != null && Integer.valueOf(0).equals(vote.maxAgainst()))
                        .findFirst()
                        .map(vote -> "表决时有一票反对即不算通过" + law.cite(vote.cite()) + "。")
                        .orElse("");
    }

    /** Why there is nothing above to ask for. */
    private static String silence(Rulebook law, Member member) {
        if (!member.belongs()) {
            return member.standing() == Standing.APPLICANT ? "入会申请正在办理，成为会员以后才有升级。" : "你单位已经不是会员，没有级别可升。";
        }
        Rulebook.Upgrade upgrade = law.upgrade();
        if (upgrade == null) {
            return "《" + law.title() + "》没有会员升级的规定。";
        }
        boolean highest = law.rank(member.grade()) == law.grades().size() - 1;
        return (highest ? "你单位是" + member.grade() + "，已是最高一级，没有再往上的级别" : "现在的级别没有再往上申请的路径")
                + law.cite(highest ? law.grade(member.grade()).orElseThrow().cite() : upgrade.pathCite()) + "。";
    }

    private TargetView view(Prospects.Target target, Rulebook law, List<Backing> nominated) {
        Eligibility check = target.eligibility();
        String asked = nominated.stream()
                .filter(one -> one.grade().equals(check.to()) && one.caseId() == null)
                .map(one -> one.nominatorName() + "：" + one.state().word())
                .collect(java.util.stream.Collectors.joining("；"));
        // A list of conditions means that a path leads there.
        boolean byException = !target.down()
                && !check.result()
                && !check.lines().isEmpty()
                && nominations.rule().isPresent();
        LocalDate today = clock.today();
        List<ConditionView> conditions = check.lines().stream()
                .map(line -> {
                    Boolean met = line.met();
                    LocalDate from = line.from();
                    String says = line.says() + law.cite(line.cite());
                    return met == null
                            ? new ConditionView(says, "", "由人审议")
                            : met
                                    ? new ConditionView(says, "good", "已符合")
                                    : new ConditionView(
                                            says, "bad", from == null ? "未符合" : Days.said(from, today) + "起符合");
                })
                .toList();
        LocalDate from = check.from();
        String verdict = target.down()
                ? "可以提出降级" + law.cite(target.cite()) + "。"
                : check.result()
                        ? from != null && from.isAfter(today)
                                ? "可以申请；年限" + Days.said(from, today) + "起满足，到那天才能作决定" + law.cite(target.cite()) + "。"
                                : "能自动核对的条件都符合，可以申请" + law.cite(target.cite()) + "。"
                        : from != null && from.isAfter(today)
                                ? "还不能申请，年限" + Days.said(from, today) + "起满足。"
                                : check.lines().isEmpty()
                                        ? "不能申请这一级" + law.cite(check.unmet()) + "。"
                                        : "还不能申请，见下面未符合的条件。";
        return new TargetView(check.to(), target.down(), check.result(), verdict, conditions, byException, asked);
    }

    @PostMapping("/upgrade")
    String upgrade(@RequestParam String to, HttpServletRequest request, Model model, RedirectAttributes next) {
        return reception.known(request, model, (member, openid) -> {
            boolean down = prospects.targets(member.id()).stream()
                    .anyMatch(
                            target -> target.down() && target.eligibility().to().equals(to));
            String type = down ? "downgrade" : "upgrade";
            String mover = down ? "member:" + member.id() : "member";
            return open(member, type, mover, Map.of("to", to), "upgrade", next);
        });
    }

    /** Asks a member for its nomination of this one, to rise by exception. */
    @PostMapping("/nomination")
    String nomination(
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String nominator,
            @RequestParam(defaultValue = "") String words,
            HttpServletRequest request,
            Model model,
            RedirectAttributes next) {
        return reception.known(request, model, (member, openid) -> {
            if (!nominator.matches("\\d{1,18}|[1-8]\\d{18}")) {
                next.addFlashAttribute("refused", "请选一家提名的单位。");
                return "redirect:" + at("upgrade");
            }
            Outcome<Backing> asked =
                    nominations.ask(member.id(), to, Long.parseLong(nominator), words, "member:" + member.id());
            if (asked instanceof Outcome.Refused<Backing> refused) {
                next.addFlashAttribute("refused", said(refused.refusal()));
            } else {
                next.addFlashAttribute("done", "已请" + asked.get().nominatorName() + "提名；它同意后，申请随即提出，你会收到通知。");
            }
            return "redirect:" + at("upgrade");
        });
    }

    /** What this member is asked to nominate. */
    @GetMapping("/nominations")
    String nominations(HttpServletRequest request, Model model) {
        return reception.known(request, model, (member, openid) -> {
            model.addAttribute("asked", nominations.askedOf(member.id()));
            model.addAttribute(
                    "cite",
                    nominations
                            .rule()
                            .map(way -> reception.law().cite(way.cite()))
                            .orElse(""));
            return "portal/nominations";
        });
    }

    @PostMapping("/nominations")
    String nominate(
            @RequestParam long id,
            @RequestParam(defaultValue = "") String says,
            HttpServletRequest request,
            Model model,
            RedirectAttributes next) {
        return reception.known(request, model, (member, openid) -> {
            String back = "redirect:" + at("nominations");
            if (!says.equals("yes") && !says.equals("no")) {
                next.addFlashAttribute("refused", "请选择提名或不提名。");
                return back;
            }
            Outcome<Backing> answered =
                    nominations.answer(id, member.id(), says.equals("yes"), "member:" + member.id());
            if (answered instanceof Outcome.Refused<Backing> refused) {
                next.addFlashAttribute("refused", said(refused.refusal()));
            } else {
                next.addFlashAttribute("done", says.equals("yes") ? "已提名，并告诉了对方。" : "已答复不提名，并告诉了对方。");
            }
            return back;
        });
    }

    @GetMapping("/{type:withdrawal|appeal|restoration}")
    String ask(@PathVariable String type, HttpServletRequest request, Model model) {
        return reception.known(
                request,
                model,
                (member, openid) -> find(member, type)
                        .map(wish -> show(wish, model))
                        .orElseGet(() -> MemberPages.message(
                                model,
                                Message.notice("现在没有这一项可办", "按目前的会籍状态，制度没有给出这一步。", "有疑问请在公众号回复「人工」。")
                                        .link("/m/" + Tenant.current() + "/cases", "看可以办的"))));
    }

    private Optional<Prospects.Request> find(Member member, String type) {
        return type.equals("withdrawal")
                ? prospects.leaving(member.id())
                : prospects.pleas(member.id()).stream()
                        .filter(plea -> plea.type().equals(type))
                        .findFirst();
    }

    private String show(Prospects.Request wish, Model model) {
        Rulebook law = reception.law();
        Long pending = wish.pending();
        model.addAttribute("wish", wish);
        model.addAttribute(
                "lines",
                wish.lines().stream()
                        .map(line -> line.says() + law.cite(line.cite()))
                        .toList());
        model.addAttribute(
                "papers",
                wish.papers().stream()
                        .map(paper -> new String[] {
                            paper.name(), law.cite(paper.cite()), paper.original() ? "原件交秘书处" : "提出后上传"
                        })
                        .toList());
        model.addAttribute("cite", law.cite(wish.cite()));
        model.addAttribute("leaving", wish.type().equals("withdrawal"));
        model.addAttribute("pending", pending == null ? null : CasePages.at(pending));
        return "portal/request";
    }

    @PostMapping("/{type:withdrawal|appeal|restoration}")
    String file(
            @PathVariable String type,
            @RequestParam(defaultValue = "") String words,
            HttpServletRequest request,
            Model model,
            RedirectAttributes next) {
        return reception.known(request, model, (member, openid) -> {
            String text = words.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
            if (!type.equals("withdrawal") && text.length() < 2) {
                next.addFlashAttribute("refused", "请写明理由。");
                return "redirect:" + at(type);
            }
            String reason = text.substring(0, Math.min(LONGEST, text.length()));
            return open(member, type, "member", reason.isEmpty() ? Map.of() : Map.of("reason", reason), type, next);
        });
    }

    /** Opens it, or leads to the one that is open already: a second tap changes nothing. */
    private String open(
            Member member, String type, String mover, Map<String, String> data, String page, RedirectAttributes next) {
        Optional<CaseView> there = pending(member, type);
        if (there.isPresent()) {
            return "redirect:" + CasePages.at(there.get().id());
        }
        Outcome<CaseView> outcome =
                cases.open(new Opening(type, member.id(), "", mover, List.of(), List.of(), data, List.of()));
        if (outcome instanceof Outcome.Refused<CaseView> refused) {
            next.addFlashAttribute("refused", said(refused.refusal()));
            return "redirect:" + at(page);
        }
        return "redirect:" + CasePages.at(outcome.get().id());
    }

    private Optional<CaseView> pending(Member member, String type) {
        return cases.of(member.id()).stream()
                .filter(file -> file.type().equals(type) && file.closedOn() == null)
                .findFirst();
    }

    private String said(Refusal refusal) {
        return refusal.reason() + reception.law().cite(refusal.clauses()) + "。";
    }

    private static String at(String type) {
        return "/m/" + Tenant.current() + "/requests/" + type;
    }
}
