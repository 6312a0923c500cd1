package io.homeroom.cli;

import io.homeroom.rulebook.ReadingValues;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a rehearsal file: a scenario, with one of its branches if it has any.
 *
 * @param file name of the file
 * @param rulebook code or path of the rulebook
 * @param title of the scenario
 * @param branch name of the branch, null where there is none
 * @param clauses what the scenario is about
 * @param fees yearly fees in yuan by grade, instead of the rulebook's
 * @param settings switches
 * @param given what there is at the start
 * @param steps in order
 */
record Rehearsal(
        String file,
        String rulebook,
        String title,
        @Nullable String branch,
        List<String> clauses,
        Map<String, String> fees,
        Map<String, Object> settings,
        Script given,
        List<Script> steps) {

    /** All runs of a file, in the order in which they are written. */
    static List<Rehearsal> read(String name, String text) {
        Script file = Script.parse(name, text).known("rulebook", "fees", "set", "scenarios");
        List<Rehearsal> runs = new ArrayList<>();
        for (Script scenario : file.parts("scenarios")) {
            scenario.known(
                    "title",
                    "clauses",
                    "fees",
                    "set",
                    "teachers",
                    "persons",
                    "members",
                    "crowd",
                    "bodies",
                    "offered",
                    "steps",
                    "branches");
            Map<String, String> fees = new LinkedHashMap<>();
            Map<String, Object> settings = new LinkedHashMap<>();
            for (Script level : List.of(file, scenario)) {
                Script amounts = level.part("fees");
                amounts.keys().forEach(grade -> fees.put(grade, amounts.text(grade)));
                settings(level.part("set"), settings);
            }
            List<Script> steps = scenario.parts("steps");
            if (steps.isEmpty() || !steps.get(0).has("day")) {
                throw new Script.Fault(scenario.where() + "：第一步要有 day");
            }
            Script branches = scenario.part("branches");
            List<String> names = new ArrayList<>(branches.keys());
            if (names.isEmpty()) {
                runs.add(run(name, file, scenario, null, fees, settings, steps));
            }
            for (String branch : names) {
                List<Script> all = new ArrayList<>(steps);
                all.addAll(branches.parts(branch));
                runs.add(run(name, file, scenario, branch, fees, settings, all));
            }
        }
        return runs;
    }

    private static void settings(Script set, Map<String, Object> settings) {
        set.known(set.keys().stream()
                .filter(key -> key.equals("calendars") || ReadingValues.isKnown(key))
                .toArray(String[]::new));
        for (String key : set.keys()) {
            boolean list = key.equals("calendars") || key.equals("review-period");
            settings.put(key, list ? set.texts(key) : set.text(key));
        }
    }

    private static Rehearsal run(
            String name,
            Script file,
            Script scenario,
            @Nullable String branch,
            Map<String, String> fees,
            Map<String, Object> settings,
            List<Script> steps) {
        steps.forEach(Form::check);
        return new Rehearsal(
                name,
                file.text("rulebook"),
                scenario.text("title"),
                branch,
                scenario.texts("clauses"),
                Map.copyOf(fees),
                Map.copyOf(settings),
                scenario,
                List.copyOf(steps));
    }

    LocalDate begins() {
        return LocalDate.parse(steps.get(0).text("day"));
    }
}
