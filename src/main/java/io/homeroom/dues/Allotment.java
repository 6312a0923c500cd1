package io.homeroom.dues;

import io.homeroom.ground.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How money is shared out over open bills: oldest first, top-ups last, each as far as it goes. Pure.
 *
 * @param parts what goes to which bill, in order, none of it zero
 * @param rest what no bill needs
 */
record Allotment(List<Part> parts, Money rest) {

    /** A bill that may take money. */
    record Open(long bill, int year, BillKind kind, Money owed) {}

    /** What goes to one bill. */
    record Part(long bill, Money amount) {}

    static final Comparator<Open> ORDER = Comparator.comparing((Open open) -> open.kind() == BillKind.TOP_UP)
            .thenComparingInt(Open::year)
            .thenComparingLong(Open::bill);

    static Allotment of(Money money, List<Open> bills) {
        List<Part> parts = new ArrayList<>();
        Money rest = money;
        for (Open open : bills.stream().sorted(ORDER).toList()) {
            Money part = rest.min(open.owed());
            if (part.isPositive()) {
                parts.add(new Part(open.bill(), part));
                rest = rest.minus(part);
            }
        }
        return new Allotment(parts, rest);
    }
}
