package io.homeroom.portal;

import io.homeroom.casework.Prices;
import io.homeroom.casework.Rights;
import io.homeroom.casework.Undertakings;
import io.homeroom.governance.Bodies;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Rulebook;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a member may do and what it pays, by which clause; it signs up here for what is open to it. */
@Controller("portalRightsPages")
@RequestMapping("/m/{code}/rights")
class RightsPages {

    /** A right, or a price, as it stands. */
    private record Item(String name, String word, String mood, String line) {}

    /** Something to sign up for. */
    private record Open(String key, String word) {}

    /** What a body supervises, for its members. */
    private record Work(String name, String line, String word) {}

    /** Rights that are used by asking; voting and holding office go their own ways. */
    private static final Set<String> ASKED =
            Set.of("meetings", "seminar", "project", "working-group", "services", "nominate", "oversee", "propose");

    private static final int LONGEST = 120;

    private final Reception reception;
    private final Rights rights;
    private final Prices prices;
    private final Undertakings undertakings;
    private final Bodies bodies;

    RightsPages(Reception reception, Rights rights, Prices prices, Undertakings undertakings, Bodies bodies) {
        this.reception = reception;
        this.rights = rights;
        this.prices = prices;
        this.undertakings = undertakings;
        this.bodies = bodies;
    }

    @GetMapping
    String show(HttpServletRequest request, Model model) {
        return reception.known(request, model, (member, openid) -> {
            Rulebook law = reception.law();
            Map<String, Boolean> all = rights.of(member.id());
            model.addAttribute(
                    "prices",
                    prices.offers(member.id()).stream()
                            .map(offer -> item(law, offer))
                            .toList());
            model.addAttribute("silence", Prices.silence(law));
            model.addAttribute("passes", law.benefits() == null ? "" : rights.passes(member.id()) + "张");
            model.addAttribute(
                    "passesCite",
                    law.benefits() == null ? "" : law.cite(law.benefits().passes()));
            model.addAttribute(
                    "rights",
                    all.entrySet().stream()
                            .map(one -> new Item(
                                    Rulebook.Right.word(one.getKey()),
                                    one.getValue() ? "有" : "没有",
                                    one.getValue() ? "good" : "",
                                    law.cite(rights.basis(member.id(), one.getKey()))))
                            .toList());
            model.addAttribute(
                    "open",
                    all.entrySet().stream()
                            .filter(one -> one.getValue() && ASKED.contains(one.getKey()))
                            .map(one -> new Open(one.getKey(), Rulebook.Right.word(one.getKey())))
                            .toList());
            model.addAttribute("works", works(law, member));
            return "portal/rights";
        });
    }

    /** Who belongs to the body that supervises a register sees what stands in it (AII-22-10). */
    private List<Work> works(Rulebook law, Member member) {
        Set<String> mine = law.registers().entrySet().stream()
                .filter(register -> bodies.belongs(member, register.getValue().body()))
                .map(Map.Entry::getKey)
                .collect(java.util.stream.Collectors.toSet());
        return mine.isEmpty()
                ? List.of()
                : undertakings.list(100).stream()
                        .filter(one -> mine.contains(one.register()))
                        .map(one -> new Work(
                                one.name(),
                                one.register() + "，" + one.changed()
                                        + (one.note().isEmpty() ? "" : "：" + one.note()),
                                one.state().word()))
                        .toList();
    }

    private static Item item(Rulebook law, Prices.Offer offer) {
        Refusal refusal = offer.refusal().orElse(null);
        String where = offer.branches().isEmpty() ? "" : "（" + String.join("、", offer.branches()) + "）";
        return refusal == null
                ? new Item(offer.says() + where, offer.word(), "good", law.cite(offer.clauses()))
                : new Item(offer.says(), offer.word(), "", refusal.reason() + law.cite(refusal.clauses()));
    }

    @PostMapping
    String use(
            @RequestParam String what,
            @RequestParam(defaultValue = "") String words,
            HttpServletRequest request,
            Model model,
            RedirectAttributes next) {
        return reception.known(request, model, (member, openid) -> {
            String said = words.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
            if (!ASKED.contains(what) || said.isEmpty() || said.length() > LONGEST) {
                next.addFlashAttribute("refused", "请选一项，并写明是什么活动或事项，最多" + LONGEST + "字。");
            } else if (rights.use(member.id(), what, said, 1, "member:" + member.id())
                    instanceof Outcome.Refused<Integer> refused) {
                next.addFlashAttribute(
                        "refused",
                        refused.refusal().reason()
                                + reception.law().cite(refused.refusal().clauses()) + "。");
            } else {
                next.addFlashAttribute("done", "已报给协会，有安排会告诉你。");
            }
            return "redirect:/m/" + Tenant.current() + "/rights";
        });
    }
}
