package io.homeroom.cli;

import io.homeroom.ground.Money;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import io.homeroom.schedule.Nights;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs rehearsals. Each run is an association of its own, so it begins with empty tables and nothing need be cleared; the
 * clock is the file's, and each day on the way is a night of the server's own runner.
 */
public class Rehearser {

    private static final Set<Integer> CALENDARS = Set.of(2025, 2026);
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Lawbook law;
    private final BusinessClock clock;
    private final Calendars calendars;
    private final Nights nights;
    private final GivenScene scene;
    private final Actions actions;
    private final Expectations expectations;

    Rehearser(
            Lawbook law,
            BusinessClock clock,
            Calendars calendars,
            Nights nights,
            GivenScene scene,
            Actions actions,
            Expectations expectations) {
        this.law = law;
        this.clock = clock;
        this.calendars = calendars;
        this.nights = nights;
        this.scene = scene;
        this.actions = actions;
        this.expectations = expectations;
    }

    /**
     * How a run went.
     *
     * @param step number of the step that failed, from 1; null where it passed or never began
     * @param why what was wrong; null where it passed
     * @param asserted clauses that a step expected and found: in a refusal, a notice, a task, a case, a finding
     */
    public record Result(
            String file,
            String title,
            @Nullable String branch,
            List<String> clauses,
            boolean passed,
            @Nullable Integer step,
            @Nullable String why,
            Set<String> asserted) {}

    /** All runs of a file, one after the other. */
    public List<Result> run(String name, String text) {
        return Rehearsal.read(name, text).stream().map(this::run).toList();
    }

    Result run(Rehearsal rehearsal) {
        try {
            Rulebook book = rulebook(rehearsal);
            String tenant = book.code() + "~" + RUNS.incrementAndGet();
            law.only(tenant, book);
            calendars.restrict(calendarYears(rehearsal));
            clock.restart(rehearsal.begins().atStartOfDay());
            return Tenant.in(tenant, () -> play(rehearsal, book, tenant));
        } catch (Script.Fault | IllegalArgumentException | DateTimeException e) {
            return result(rehearsal, null, said(e), Set.of());
        } finally {
            calendars.restrict(null);
        }
    }

    private Rulebook rulebook(Rehearsal rehearsal) {
        Rulebook written = law.of(rehearsal.rulebook(), rehearsal.begins());
        Map<String, Money> fees = new LinkedHashMap<>();
        rehearsal.fees().forEach((grade, yuan) -> fees.put(grade, Money.ofYuan(new BigDecimal(yuan))));
        Map<String, String> readings = new LinkedHashMap<>();
        rehearsal.settings().forEach((key, value) -> {
            if (value instanceof List<?> ends && key.equals("review-period")) {
                readings.put(key, ends.get(0) + ".." + ends.get(1));
            } else if (!key.equals("calendars")) {
                readings.put(key, String.valueOf(value));
            }
        });
        return Lawbook.withSettings(written, fees, readings);
    }

    private static Set<Integer> calendarYears(Rehearsal rehearsal) {
        Object years = rehearsal.settings().get("calendars");
        return years instanceof List<?> list
                ? list.stream()
                        .map(year -> Integer.valueOf(String.valueOf(year)))
                        .collect(Collectors.toSet())
                : CALENDARS;
    }

    private Result play(Rehearsal rehearsal, Rulebook book, String tenant) {
        Cast cast = scene.set(rehearsal.given(), book, rehearsal.begins());
        int number = 0;
        for (Script step : rehearsal.steps()) {
            number++;
            try {
                String wrong = play(step, cast, tenant);
                if (wrong != null) {
                    return result(rehearsal, number, wrong, cast.asserted);
                }
            } catch (Script.Fault | NumberFormatException | DateTimeException e) {
                return result(rehearsal, number, step.where() + "：" + said(e), cast.asserted);
            } catch (RuntimeException e) {
                // A defect of the program, not of the file: this run has failed, the others go on.
                return result(rehearsal, number, step.where() + "：程序出错 " + e, cast.asserted);
            }
        }
        return result(rehearsal, null, null, cast.asserted);
    }

    private static String said(RuntimeException e) {
        return e instanceof DateTimeException || e instanceof NumberFormatException
                ? "日期或数字写法有误：" + e.getMessage()
                : String.valueOf(e.getMessage());
    }

    private @Nullable String play(Script step, Cast cast, String tenant) {
        if (step.has("day")) {
            moveTo(LocalDate.parse(step.text("day")), tenant);
        }
        List<Script> acts = step.parts("do");
        if (!acts.isEmpty()) {
            noon();
        }
        if (step.has("refused")) {
            String wrong = refused(step, acts, cast);
            if (wrong != null) {
                return wrong;
            }
        } else {
            for (Script act : acts) {
                Optional<Refusal> refusal = actions.act(act, cast);
                if (refusal.isPresent()) {
                    return act.keys() + " 被拒绝：" + refusal.get().reason()
                            + refusal.get().clauses();
                }
            }
        }
        List<String> wrong = expectations.check(step.part("expect"), cast);
        return wrong.isEmpty() ? null : String.join("；", wrong);
    }

    private @Nullable String refused(Script step, List<Script> acts, Cast cast) {
        Refusal refusal = actions.act(acts.get(0), cast).orElse(null);
        if (refusal == null) {
            return acts.get(0).keys() + " 应被拒绝" + step.texts("refused") + "，却办成了";
        }
        if (step.texts("refused").stream().noneMatch(refusal.clauses()::contains)) {
            return "拒绝的依据应有 " + step.texts("refused") + "，实为 " + refusal.clauses() + "（" + refusal.reason() + "）";
        }
        cast.asserts(step.texts("refused"), refusal.clauses());
        String from = step.textOr("from", null);
        return from == null || from.equals(String.valueOf(refusal.from()))
                ? null
                : "应答复最早 " + from + " 可办，实为 " + refusal.from();
    }

    /** Goes on day by day; days on which no duty has anything to do are passed over. */
    private void moveTo(LocalDate day, String tenant) {
        LocalDate today = clock.today();
        if (day.isBefore(today)) {
            throw new Script.Fault("日期倒退：" + today + " 之后是 " + day);
        }
        nights.catchUp(tenant, today);
        while (clock.today().isBefore(day)) {
            LocalDate next = nights.nextDue(tenant, clock.today())
                    .filter(due -> due.isBefore(day))
                    .orElse(day);
            clock.moveTo(next);
            nights.catchUp(tenant, next);
        }
        if (nights.doneThrough(tenant).filter(done -> !done.isBefore(day)).isEmpty()) {
            LocalDate stopped = clock.today();
            String why = nights.runsOf(tenant, stopped).stream()
                    .filter(run -> run.failure() != null)
                    .map(run -> run.duty() + " " + run.failure())
                    .collect(Collectors.joining("；"));
            throw new IllegalStateException(stopped + " 的夜间任务没有做完：" + why);
        }
    }

    private void noon() {
        LocalDateTime noon = clock.today().atTime(12, 0);
        if (clock.now().isBefore(noon)) {
            clock.moveTo(noon);
        }
    }

    private static Result result(
            Rehearsal rehearsal, @Nullable Integer step, @Nullable String why, Set<String> asserted) {
        return new Result(
                rehearsal.file(),
                rehearsal.title(),
                rehearsal.branch(),
                rehearsal.clauses(),
                why == null,
                step,
                why,
                Set.copyOf(asserted));
    }
}
