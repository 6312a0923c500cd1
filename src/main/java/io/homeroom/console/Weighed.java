package io.homeroom.console;

import io.homeroom.review.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Whom another rulebook would treat differently, as a page shows it. */
record Weighed(String line, List<Changed> items) {

    /** So many are listed. */
    private static final int MOST = 200;

    record Line(String day, String text, String cites) {}

    record Changed(String name, String href, String from, List<Line> now, List<Line> then) {}

    /**
     * Looks at everybody.
     *
     * @param look the look to take
     */
    static Weighed of(Visitor visitor, Function<Consumer<Impact.Difference>, Impact.Result> look) {
        List<Changed> items = new ArrayList<>();
        Impact.Result result = look.apply(one -> {
            if (items.size() < MOST) {
                items.add(new Changed(
                        one.name(),
                        visitor.at("members/" + one.member()),
                        one.from().toString(),
                        lines(one.now()),
                        lines(one.then())));
            }
        });
        return new Weighed(said(result, items.size()), items);
    }

    private static String said(Impact.Result result, int shown) {
        String looked = "自" + result.from() + "起换用，看到" + result.through() + "，共" + result.members() + "家会员：";
        String caveat = result.caveat().isEmpty() ? "" : result.caveat() + "。";
        if (result.different() == 0) {
            return looked + "没有一家会员会受不同对待。" + caveat;
        }
        return looked + result.different() + "家会受不同对待" + (shown < result.different() ? "，下面是前" + shown + "家。" : "。")
                + caveat;
    }

    private static List<Line> lines(List<Impact.Line> lines) {
        return lines.stream()
                .map(line -> new Line(line.day().toString(), line.says(), Words.cites(line.clauses())))
                .toList();
    }
}
