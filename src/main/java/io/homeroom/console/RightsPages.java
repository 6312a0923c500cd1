package io.homeroom.console;

import io.homeroom.casework.Prices;
import io.homeroom.casework.Rights;
import io.homeroom.console.MemberPage.Option;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a member may do and what it pays, by which clause; what it draws on and the places it takes are recorded here. */
@Controller
class RightsPages {

    private record Line(String word, Words.Chip has, String cites, String why) {}

    private record Place(String day, String event, String full, String pays, String cites) {}

    private record View(
            String name,
            String memberHref,
            String href,
            boolean may,
            String passes,
            List<Line> rights,
            List<Line> prices,
            List<Option> uses,
            List<Option> kinds,
            boolean branches,
            List<Place> places) {}

    private static final Map<String, String> SERVICES =
            Map.of("pass", "嘉宾参会证件", "publicity", "宣传展示", "reissue", "补发证书");
    private static final int MOST = 60;

    private final Rights rights;
    private final Prices prices;
    private final Roster roster;
    private final Lawbooks lawbooks;
    private final BusinessClock clock;

    RightsPages(Rights rights, Prices prices, Roster roster, Lawbooks lawbooks, BusinessClock clock) {
        this.rights = rights;
        this.prices = prices;
        this.roster = roster;
        this.lawbooks = lawbooks;
        this.clock = clock;
    }

    @GetMapping("/console/{code}/members/{id:\\d{1,19}}/rights")
    String show(Visitor visitor, @PathVariable long id, Model model) {
        Member member = visitor.member(roster, id);
        Rulebook book = lawbooks.of(visitor.code());
        int passes = rights.passes(id);
        model.addAttribute(
                "rights",
                new View(
                        member.name(),
                        visitor.at("members/" + id),
                        visitor.at("members/" + id + "/rights"),
                        visitor.mayInvite(),
                        book.benefits() == null ? "" : "每次活动可免费领取嘉宾参会证件" + passes + "张",
                        rights.of(id).entrySet().stream()
                                .map(right -> line(id, right.getKey(), right.getValue()))
                                .toList(),
                        prices.offers(id).stream().map(RightsPages::line).toList(),
                        uses(book),
                        book.prices().stream()
                                .map(price -> new Option(price.of(), price.says(), false))
                                .toList(),
                        book.prices().stream().anyMatch(Rulebook.Price::branch),
                        prices.taken(id, MOST).stream()
                                .map(place -> new Place(
                                        place.day().toString(),
                                        place.event(),
                                        place.full().toString(),
                                        place.pays().toString(),
                                        Words.cites(place.clauses())))
                                .toList()));
        return "console/rights";
    }

    private Line line(long member, String right, boolean has) {
        return new Line(
                Rulebook.Right.word(right),
                has ? new Words.Chip("有", "good") : new Words.Chip("没有", ""),
                Words.cites(rights.basis(member, right)),
                "");
    }

    private static Line line(Prices.Offer offer) {
        Refusal refusal = offer.refusal().orElse(null);
        String where = offer.branches().isEmpty() ? "" : "（" + String.join("、", offer.branches()) + "）";
        return new Line(
                offer.says() + where,
                new Words.Chip(offer.word(), refusal == null ? "good" : ""),
                Words.cites(refusal == null ? offer.clauses() : refusal.clauses()),
                refusal == null ? "" : refusal.reason());
    }

    /** What can be drawn on: the rights that the bylaws give, and the services they name. */
    private static List<Option> uses(Rulebook book) {
        List<Option> uses = new ArrayList<>();
        book.rights().keySet().stream()
                .filter(right -> !right.equals("any-right"))
                .forEach(right -> uses.add(new Option(right, Rulebook.Right.word(right), false)));
        SERVICES.forEach((key, word) -> {
            if (key.equals("pass") ? book.benefits() != null : book.on().containsKey(key)) {
                uses.add(new Option(key, word, false));
            }
        });
        return uses;
    }

    @PostMapping("/console/{code}/members/{id:\\d{1,19}}/rights/uses")
    String use(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        visitor.member(roster, id);
        Forms form = Forms.of(sent);
        Integer count = MeetingPages.number(form.get("count").isEmpty() ? "1" : form.get("count"));
        boolean known = uses(lawbooks.of(visitor.code())).stream()
                .anyMatch(one -> one.value().equals(form.get("what")));
        if (!visitor.mayInvite()) {
            throw new NotHere();
        }
        if (!known
                || count == null
                || count < 1
                || count > 99
                || form.get("event").length() > 120) {
            next.addFlashAttribute("refused", new Frame.Refused("请选要登记的权利或服务；数量1到99，说明最多120字。", ""));
        } else {
            Refusals.told(
                    rights.use(id, form.get("what"), form.get("event"), count, visitor.username()),
                    "已登记，并告知有关部门。",
                    next);
        }
        return "redirect:" + visitor.at("members/" + id + "/rights");
    }

    @PostMapping("/console/{code}/members/{id:\\d{1,19}}/rights/places")
    String place(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        visitor.member(roster, id);
        Forms form = Forms.of(sent);
        Money full = yuan(form.get("full"));
        if (!visitor.mayInvite()) {
            throw new NotHere();
        }
        if (full == null) {
            next.addFlashAttribute("refused", new Frame.Refused("请写原价（元），如 800 或 800.50。", ""));
        } else {
            Outcome<Prices.Quote> taken = prices.take(
                    id, form.get("of"), form.get("event"), form.get("branch"), clock.today(), full, visitor.username());
            Refusals.told(taken, taken.isDone() ? "已登记。应收 " + taken.get().pays() + "（原价 " + full + "）。" : "", next);
        }
        return "redirect:" + visitor.at("members/" + id + "/rights");
    }

    static @Nullable Money yuan(String text) {
        return text.matches("\\d{1,7}(\\.\\d{1,2})?") ? Money.ofYuan(new BigDecimal(text)) : null;
    }
}
