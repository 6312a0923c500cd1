package io.homeroom.rulebook;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds thresholds that overlap, so that one never applies, or leave a gap in which none does. */
final class Thresholds {

    private final Rulebook book;
    private final Marks marks;

    Thresholds(Rulebook book, Marks marks) {
        this.book = book;
        this.marks = marks;
    }

    void check() {
        sizes();
        standards();
        absences();
        readings();
    }

    /**
     * A unit belongs to the first class of which it is below either bound, so classes hold together only if both bounds
     * rise. A bound that nobody is below, or a class written in two places, leaves a gap.
     */
    private void sizes() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < book.sizes().size(); i++) {
            Rulebook.Size large = book.sizes().get(i);
            if (!names.add(large.name())) {
                marks.fault(large, "name", "“" + large.name() + "”写了两档，中间空出一段归别的档：一档只写一处");
            }
            if (large.headcountBelow() < 1) {
                marks.fault(large, "headcountBelow", "“headcount-below”应是不小于 1 的整数");
            }
            if (large.revenueBelow() < 1) {
                marks.fault(large, "revenueBelow", "“revenue-below”应是不小于 1 的整数（元）：没有单位低于它，这一档的营业收入空着");
            }
            if (i == 0) {
                continue;
            }
            Rulebook.Size small = book.sizes().get(i - 1);
            boolean people = large.headcountBelow() > small.headcountBelow();
            boolean revenue = large.revenueBelow() > small.revenueBelow();
            if (!people || !revenue) {
                marks.fault(
                        large,
                        "",
                        "“" + large.name() + "”的界限应都高于先判断的“" + small.name() + "”，否则两档重叠，后一档永远轮不到"
                                + (people ? "（按营业收入）" : revenue ? "（按人数）" : ""));
            }
        }
    }

    /** Every day of the edition has one standard, and it names every grade. */
    private void standards() {
        Fees fees = book.fees();
        if (fees == null) {
            return;
        }
        if (fees.standards().isEmpty()) {
            marks.fault(fees, "standards", "没有会费标准");
            return;
        }
        Set<LocalDate> from = new HashSet<>();
        for (Fees.Standard standard : fees.standards()) {
            if (!from.add(standard.from())) {
                marks.fault(standard, "from", "同一天（" + standard.from() + "）起有两个会费标准");
            }
            List<String> missing = book.grades().stream()
                    .map(Rulebook.Grade::name)
                    .filter(grade -> !standard.amounts().containsKey(grade))
                    .toList();
            if (!missing.isEmpty()) {
                marks.fault(standard, "amounts", "以下等级没有会费金额：" + String.join("、", missing));
            }
        }
        LocalDate first = from.stream().min(LocalDate::compareTo).orElseThrow();
        LocalDate begins = book.edition().from();
        if (first.isAfter(begins)) {
            marks.fault(fees, "standards", "制度从 " + begins + " 起施行，会费标准从 " + first + " 才有：中间一段没有标准可用");
        }
    }

    /** Of two rules about absences of the same people from the same body, the lower limit would always come first. */
    private void absences() {
        Set<String> seen = new HashSet<>();
        for (Rulebook.Attendance rule : book.attendance()) {
            for (List<String> people : List.of(rule.grades(), rule.posts())) {
                for (String one : people) {
                    if (!seen.add(rule.body() + " " + one)) {
                        marks.fault(rule, "", "“" + one + "”缺席“" + rule.body() + "”已有一条规则：两条的次数重叠，只能留一条");
                    }
                }
            }
        }
    }

    /** A yearly period is written as {@code 04-01..06-30} and does not run backwards. */
    private void readings() {
        book.cases()
                .values()
                .forEach(track -> track.windows().values().forEach(window -> {
                    Rulebook.Reading reading =
                            window.reading() == null ? null : book.readings().get(window.reading());
                    String value = reading == null ? null : reading.value();
                    if (reading != null && value != null && !value.equals("always") && !isPeriod(value)) {
                        marks.fault(reading, "value", "“" + value + "”不是每年的一段日子（如 04-01..06-30，先早后晚），也不是 always");
                    }
                }));
    }

    static boolean isPeriod(String value) {
        String[] ends = value.split("\\.\\.", -1);
        try {
            return ends.length == 2 && !MonthDay.parse("--" + ends[1]).isBefore(MonthDay.parse("--" + ends[0]));
        } catch (DateTimeException e) {
            return false;
        }
    }
}
