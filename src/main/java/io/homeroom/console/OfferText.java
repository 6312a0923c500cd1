package io.homeroom.console;

import io.homeroom.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.List;

/** What members are offered, in sentences: prices, registers that they can be part of, candidacies. */
final class OfferText {

    /** A sentence with its name and clauses. */
    record Offer(List<String> cite, String name, String text) {}

    private OfferText() {}

    static List<Offer> of(Rulebook book) {
        List<Offer> offers = new ArrayList<>();
        for (Rulebook.Price price : book.prices()) {
            String whose = price.branch()
                    ? "加入了这个分支机构的会员"
                    : price.sizes().isEmpty() ? "会员" : String.join("、", price.sizes()) + "企业会员";
            String much = book.reading(price.reading());
            offers.add(new Offer(
                    price.cite(),
                    price.says(),
                    whose
                            + (much.equals("free")
                                    ? "免费"
                                    : much.matches("\\d+") ? "付原价的" + much + "%" : "按等级付原价的：" + much)
                            + "；权利暂停的按原价"));
        }
        book.registers()
                .forEach((name, register) ->
                        offers.add(new Offer(register.cite(), name, "有通过的决议才能设立，设立和进展都报" + register.body())));
        Rulebook.Candidates candidates = book.candidates();
        if (candidates != null) {
            offers.add(new Offer(candidates.cite(), candidates.post() + "候选人", "每家单位的授权代表，和被推荐或自荐的个人会员；权利相同"));
        }
        return offers;
    }
}
