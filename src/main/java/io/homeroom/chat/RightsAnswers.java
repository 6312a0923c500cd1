package io.homeroom.chat;

import io.homeroom.casework.Prices;
import io.homeroom.casework.Rights;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.PayLinks;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** 权益: what a member may do today and what it pays for events, by which clauses. */
@Component
class RightsAnswers {

    private final Rights rights;
    private final Prices prices;
    private final Lawbook laws;
    private final PayLinks links;
    private final BusinessClock clock;

    RightsAnswers(Rights rights, Prices prices, Lawbook laws, PayLinks links, BusinessClock clock) {
        this.rights = rights;
        this.prices = prices;
        this.laws = laws;
        this.links = links;
        this.clock = clock;
    }

    Reply answer(Member member) {
        Rulebook law = laws.of(clock.today());
        Screen screen = new Screen();
        List<Prices.Offer> offers = prices.offers(member.id());
        List<String> own = rights.of(member.id()).entrySet().stream()
                .filter(right -> right.getValue() && !right.getKey().equals("any-right"))
                .map(right -> Rulebook.Right.word(right.getKey()))
                .toList();
        if (own.isEmpty()) {
            screen.claim("「" + member.name() + "」目前不能行使会员权利", law.cite(rights.basis(member.id(), "any-right")));
        } else {
            screen.line("「" + member.name() + "」现在有：" + own.stream().collect(Collectors.joining("、")) + "。");
        }
        for (Prices.Offer offer : offers) {
            String where = offer.branches().isEmpty() ? "" : "（" + String.join("、", offer.branches()) + "）";
            screen.claim(
                    offer.says() + where + "：" + offer.word(),
                    law.cite(offer.refusal().isPresent() ? offer.refusal().get().clauses() : offer.clauses()));
        }
        String silence = Prices.silence(law);
        if (!silence.isEmpty()) {
            screen.line(silence + "。");
        }
        if (law.benefits() != null) {
            screen.claim(
                    "每次活动免费参会证件" + rights.passes(member.id()) + "张",
                    law.cite(law.benefits().passes()));
        }
        return screen.line("逐项看依据、报名：" + links.page("rights"))
                .suggest("状态", "看现在的情况")
                .suggest("人工", "问活动安排")
                .reply();
    }
}
