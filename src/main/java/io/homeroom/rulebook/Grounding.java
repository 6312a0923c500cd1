package io.homeroom.rulebook;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds rules without a clause, clauses without a rule, and what looks like no clause of this association. */
final class Grounding {

    /** Components that hold clauses although their names do not say cite. */
    private static final Set<String> CLAUSES = Set.of(
            "Rulebook.clauses",
            "Rulebook.entry",
            "Rulebook.noFee",
            "Body.remote",
            "Post.head",
            "Person.required",
            "Sanction.suspendsOffice",
            "Sanction.suspendsRights",
            "Sanction.endsOffice",
            "Sanction.lists",
            "Benefits.passes",
            "Change.unique",
            "Change.members",
            "Change.numbered",
            "Change.head",
            "Fees.waiver",
            "Fees.reduction",
            "TopUp.noRefund",
            "Term.must",
            "Term.may",
            "Track.grounds",
            "Stage.reasoned",
            "Stage.provisional");
    /** Rules that must say where they come from. */
    private static final Set<Class<?>> CITING = Set.of(
            Rulebook.Grade.class,
            Rulebook.Right.class,
            Rulebook.Requirement.class,
            Rulebook.Check.class,
            Rulebook.Bar.class,
            Rulebook.Sanction.class,
            Rulebook.Attendance.class,
            Rulebook.Repeated.class,
            Rulebook.MeetingDuty.class,
            Rulebook.Size.class,
            Rulebook.Answer.class,
            Rulebook.Price.class,
            Rulebook.Register.class,
            Rulebook.Candidates.class,
            Rulebook.Reading.class,
            Rulebook.KindRule.class,
            Rulebook.Edition.class,
            Track.class,
            Track.Stage.class,
            Track.Help.class,
            Track.Vote.class,
            Track.Told.class,
            Watch.class,
            TaskRule.class,
            Fees.class,
            Fees.Memo.class,
            Fees.Donation.class,
            Fees.StandardBy.class);

    private final Rulebook book;
    private final Marks marks;
    private final Names names;

    Grounding(Rulebook book, Marks marks, Names names) {
        this.book = book;
        this.marks = marks;
        this.names = names;
    }

    void check() {
        walk(book);
        inForce();
    }

    /** Clauses are tested wherever they stand, whatever the record. */
    private void walk(Record node) {
        for (RecordComponent component : node.getClass().getRecordComponents()) {
            Object value = Citations.value(component, node);
            String name = component.getName();
            if (value instanceof List<?> list) {
                boolean clauses = isClauses(node.getClass(), name);
                for (int i = 0; i < list.size(); i++) {
                    if (clauses) {
                        names.clause(node, name + "[" + i + "]", (String) list.get(i));
                    } else {
                        descend(list.get(i));
                    }
                }
                if (name.equals("cite") && list.isEmpty() && CITING.contains(node.getClass())) {
                    marks.fault(node, "", "没有写明依据的条款（cite）");
                }
            } else if (value instanceof Map<?, ?> map) {
                map.forEach((key, inner) -> {
                    if (name.equals("refused")) {
                        names.clause(node, name + "{" + key + "}", (String) inner);
                    } else if (name.equals("never") && inner instanceof List<?> clauses) {
                        clauses.forEach(one -> names.clause(node, name + "{" + key + "}", (String) one));
                    } else if (inner instanceof List<?> inside) {
                        inside.forEach(this::descend);
                    } else {
                        descend(inner);
                    }
                });
            } else {
                descend(value);
            }
        }
    }

    private void descend(@Nullable Object value) {
        if (value instanceof Record record && record.getClass().getPackage() == Rulebook.class.getPackage()) {
            walk(record);
        }
    }

    static boolean isClauses(Class<?> type, String component) {
        return component.equals("cite")
                || component.endsWith("Cite")
                || CLAUSES.contains(type.getSimpleName() + "." + component);
    }

    /** A clause with an effect that no rule cites would be law on paper only. */
    private void inForce() {
        Set<String> cited = Citations.of(book);
        for (int i = 0; i < book.clauses().size(); i++) {
            String clause = book.clauses().get(i);
            if (!cited.contains(clause)) {
                marks.fault(book, "clauses[" + i + "]", "没有一条规则以“" + clause + "”为依据：这一条还没有落实");
            }
        }
        names.unique(book, "clauses", book.clauses());
    }
}
