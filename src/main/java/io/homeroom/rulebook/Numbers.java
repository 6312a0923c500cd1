package io.homeroom.rulebook;

import io.homeroom.ground.Span;
import org.jspecify.annotations.Nullable;

/** Finds numbers, periods and shares that cannot be meant, wherever they stand. */
final class Numbers {

    private final Marks marks;

    Numbers(Marks marks) {
        this.marks = marks;
    }

    void positive(Object owner, String part, int number) {
        if (number < 1) {
            marks.fault(owner, part, "“" + Binder.kebab(part) + "”应是不小于 1 的整数");
        }
    }

    void natural(Object owner, String part, @Nullable Span span) {
        if (span != null && span.unit() == Span.Unit.WORKDAYS) {
            marks.fault(owner, part, "这里不能用工作日计算");
        }
    }

    void share(Object owner, String part, Rulebook.@Nullable Share share) {
        if (share != null
                && (share.denominator() < 1
                        || share.numerator() < 1
                        || share.numerator() > share.denominator()
                        || (share.numerator() == share.denominator() && !share.inclusive()))) {
            marks.fault(owner, part, "比例 " + share.numerator() + "/" + share.denominator() + " 无法达到或没有意义");
        }
    }
}
