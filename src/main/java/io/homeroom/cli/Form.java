package io.homeroom.cli;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The form of steps, held against every step of a file before anything runs: what is misspelt is an error in the file. */
final class Form {

    /** Fields of the actions that have any; {@code body} names bodies, {@code jobs} says a word. */
    private static final Map<String, Set<String>> ACTIONS = Map.ofEntries(
            Map.entry(
                    "apply",
                    Set.of("member", "name", "kind", "grade", "post", "uscc", "employer", "documents", "facts")),
            Map.entry(
                    "open",
                    Set.of(
                            "case",
                            "documents",
                            "to",
                            "exceptional",
                            "nominated-by",
                            "by",
                            "grounds",
                            "until",
                            "kind",
                            "field",
                            "from",
                            "keep-post",
                            "year",
                            "matter",
                            "count",
                            "fees")),
            Map.entry("file", Set.of("case", "documents")),
            Map.entry("exempt", Set.of("case", "document", "why")),
            Map.entry("answer", Set.of("case", "says")),
            Map.entry("decide", Set.of("case", "by", "remote", "reason", "result", "present", "for", "against")),
            Map.entry("done", Set.of("task", "where", "documents")),
            Map.entry("pay", Set.of("member", "amount", "method", "memo", "for")),
            Map.entry("meeting", Set.of("body", "remote", "absent", "stand-ins")),
            Map.entry("activity", Set.of("present")),
            Map.entry("use", Set.of("member", "what", "event", "count")),
            Map.entry("ask", Set.of("member", "about")),
            Map.entry("report", Set.of("member", "event", "day", "serious", "with", "into", "seal", "post")),
            Map.entry("assign", Set.of("member", "teacher")),
            Map.entry("contact", Set.of("member")),
            Map.entry("liaison", Set.of("member", "name")),
            Map.entry("place", Set.of("member", "of", "event", "branch", "full")),
            Map.entry("enter", Set.of("register", "name", "decision", "lead")),
            Map.entry("progress", Set.of("name", "state", "note")),
            Map.entry("convene", Set.of("body", "on", "remote")),
            Map.entry("entrust", Set.of("member", "what", "due")));

    private static final Set<String> FACTS = Set.of(
            "visit",
            "credit-check",
            "representative",
            "liaison",
            "region",
            "organ",
            "political-rights",
            "penalties",
            "branch-of",
            "independent",
            "registration");

    private static final Set<String> TOLD = Set.of("tasks", "no-tasks", "notices", "no-notices");

    private static final Set<String> TARGET = Set.of(
            "standing",
            "joined",
            "ended",
            "ended-as",
            "grade",
            "since",
            "posts",
            "teacher",
            "number",
            "owed",
            "overdue",
            "refunded",
            "paid-through",
            "bill",
            "bills",
            "may-pay",
            "may",
            "ledger",
            "eligible",
            "absences",
            "passes",
            "size",
            "kind",
            "price",
            "candidates",
            "undertakings",
            "data",
            "cites",
            "cases",
            "report",
            "seats");

    private Form() {}

    /**
     * Tests one step.
     *
     * @throws Script.Fault with the place of what is wrong
     */
    static void check(Script step) {
        step.known("day", "do", "refused", "from", "expect");
        if (step.has("day")) {
            day(step, "day");
        }
        List<Script> acts = step.parts("do");
        if (step.has("refused") && acts.size() != 1) {
            throw new Script.Fault(step.where() + "：refused 的一步只能有一个动作");
        }
        if (step.has("from")) {
            day(step, "from");
            if (!step.has("refused")) {
                throw new Script.Fault(step.where() + "：from 要和 refused 写在一起");
            }
        }
        acts.forEach(Form::action);
        Script expect = step.part("expect");
        for (String name : expect.keys()) {
            for (String key : expect.part(name).keys()) {
                if (!TARGET.contains(key) && !TOLD.contains(key)) {
                    throw new Script.Fault(expect.where() + "/" + name + "：不认识“" + key + "”");
                }
            }
        }
    }

    private static void action(Script action) {
        if (action.keys().size() != 1) {
            throw new Script.Fault(action.where() + "：一项只能写一个动作，现有 " + action.keys());
        }
        String verb = action.keys().iterator().next();
        Set<String> fields = ACTIONS.get(verb);
        if (fields != null) {
            action.part(verb).known(fields.toArray(String[]::new));
            action.part(verb).part("facts").known(FACTS.toArray(String[]::new));
        } else if (verb.equals("body")) {
            Script bodies = action.part(verb);
            bodies.keys().forEach(name -> bodies.part(name).known("in-office", "recess", "term-ends", "changed"));
        } else if (!verb.equals("jobs") || !action.text(verb).equals("again")) {
            throw new Script.Fault(action.where() + "：不认识“" + verb + "”");
        }
    }

    private static void day(Script step, String key) {
        try {
            LocalDate.parse(step.text(key));
        } catch (DateTimeParseException e) {
            throw new Script.Fault(step.where() + "/" + key + "：“" + step.text(key) + "”不是日期，应如 2026-03-31");
        }
    }
}
