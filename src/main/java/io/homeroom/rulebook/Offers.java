package io.homeroom.rulebook;

import java.util.HashSet;
import java.util.Set;

/** Finds what is wrong with what members are offered: prices, registers that they can be part of, candidacies. */
final class Offers {

    private final Rulebook book;
    private final Marks marks;
    private final Names names;

    Offers(Rulebook book, Marks marks, Names names) {
        this.book = book;
        this.marks = marks;
        this.names = names;
    }

    void check() {
        Set<String> keys = new HashSet<>();
        for (Rulebook.Price price : book.prices()) {
            if (!keys.add(price.of())) {
                marks.fault(price, "of", "“" + price.of() + "”的价格写了两次");
            }
            names.reading(price, "reading", price.reading());
            names.all(
                    price,
                    "sizes",
                    price.sizes(),
                    book.sizes().stream().map(Rulebook.Size::name).toList(),
                    "规模");
            if (price.branch() && !book.changes().containsKey("branch")) {
                marks.fault(price, "branch", "没有 changes 里的 branch，会员加入不了分支机构，这个价格谁也得不到");
            }
        }
        book.registers().forEach((name, register) -> {
            names.decider(register, "body", register.body());
            names.clause(register, "matter", register.matter());
            Track resolution = book.cases().get("resolution");
            if (resolution == null || !resolution.matters().containsKey(register.matter())) {
                marks.fault(register, "matter", "resolution 里没有“" + register.matter() + "”，" + name + "永远立不起来");
            }
            right(register, register.right());
        });
        Rulebook.Candidates candidates = book.candidates();
        if (candidates != null) {
            right(candidates, candidates.right());
        }
    }

    private void right(Record owner, @org.jspecify.annotations.Nullable String right) {
        names.known(owner, "right", right, book.rights().keySet(), "权利（rights）");
    }
}
