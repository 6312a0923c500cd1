package io.homeroom.sandbox.control;

import io.homeroom.sandbox.SandboxAccounts;
import io.homeroom.sandbox.SandboxPage;
import io.homeroom.sandbox.live.SandboxEvents;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.schedule.Associations;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.DutyRun;
import io.homeroom.schedule.NightReport;
import io.homeroom.schedule.Nights;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ObjectNode;

/**
 * The business clock of the sandbox.
 *
 * <ul>
 *   <li>{@code GET /sandbox/clock}: {@code {date, now, next}}; {@code next} has for each association the day on which
 *       something will happen by itself, as far as is known
 *   <li>{@code PUT /sandbox/clock {date}}: moves it forward, runs the duties of every day on the way, once and in order,
 *       and answers when all is done: the same and {@code nights}, a line for each association: {@code {association,
 *       through, runs: [{day, duty, failure}]}}. A day that has passed is refused
 *   <li>{@code GET /sandbox/api/night?code=&day=}: what was run for a day
 * </ul>
 *
 * Signatures, tokens and the expiry of orders stay on real time.
 */
@SandboxPage
class ClockControl {

    private record Run(LocalDate day, String duty, String failure) {}

    private record Night(String association, String through, List<Run> runs) {}

    private final BusinessClock clock;
    private final Nights nights;
    private final Associations associations;
    private final SandboxAccounts accounts;
    private final SandboxEvents events;

    ClockControl(
            BusinessClock clock,
            Nights nights,
            Associations associations,
            SandboxAccounts accounts,
            SandboxEvents events) {
        this.clock = clock;
        this.nights = nights;
        this.associations = associations;
        this.accounts = accounts;
        this.events = events;
    }

    @GetMapping("/sandbox/clock")
    Map<String, Object> now() {
        Map<String, String> next = new LinkedHashMap<>();
        for (String code : associations.codes()) {
            nights.nextDue(code, clock.today()).ifPresent(day -> next.put(code, day.toString()));
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("date", clock.today().toString());
        shown.put(
                "now",
                OffsetDateTime.ofInstant(clock.instant(), clock.getZone())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        shown.put("next", next);
        return shown;
    }

    @PutMapping("/sandbox/clock")
    Map<String, Object> move(@RequestBody ObjectNode body) {
        LocalDate day;
        try {
            day = LocalDate.parse(Json.text(body, "date"));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("date must be a day such as 2026-07-01", e);
        }
        List<Night> reports =
                nights.moveTo(day).stream().map(ClockControl::night).toList();
        Map<String, Object> shown = now();
        shown.put("nights", reports);
        events.tell("clock", "*", shown);
        return shown;
    }

    @GetMapping("/sandbox/api/night")
    List<Run> runs(@RequestParam("code") String code, @RequestParam("day") LocalDate day) {
        return nights.runsOf(accounts.of(code).code(), day).stream()
                .map(ClockControl::run)
                .toList();
    }

    private static Night night(NightReport report) {
        LocalDate through = report.through();
        return new Night(
                report.association(),
                through == null ? "" : through.toString(),
                report.runs().stream().map(ClockControl::run).toList());
    }

    private static Run run(DutyRun run) {
        String failure = run.failure();
        return new Run(run.day(), run.duty(), failure == null ? "" : failure);
    }
}
