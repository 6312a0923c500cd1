package io.homeroom.console;

import io.homeroom.casework.Agenda;
import io.homeroom.casework.CaseView;
import io.homeroom.console.MemberPage.Option;
import io.homeroom.desk.Role;
import io.homeroom.governance.Ballot;
import io.homeroom.governance.BallotBox;
import io.homeroom.governance.Bodies;
import io.homeroom.governance.Sitting;
import io.homeroom.governance.Sitting.Mark;
import io.homeroom.governance.Sitting.Seat;
import io.homeroom.governance.Sittings;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.papers.Letters;
import io.homeroom.schedule.BusinessClock;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Meetings: planning one, its agenda, who came, whether they are enough, what it decided, its minutes. */
@Controller
class MeetingPages {

    record Line(String href, String day, String body, String place, Words.Chip state, String cases) {}

    private record ListView(
            List<Line> planned,
            List<Line> past,
            List<String> bodies,
            String today,
            boolean resolves,
            boolean registers) {}

    record SeatLine(String id, String name, String href, List<Option> marks, String mark, String note) {}

    record PointLine(
            String id,
            String title,
            String href,
            String cites,
            @Nullable String against,
            String againstCites,
            boolean open,
            boolean counted,
            @Nullable String ballot,
            @Nullable String ballotWord,
            @Nullable String done) {}

    private record View(
            String key,
            String href,
            String title,
            String when,
            String place,
            String special,
            Words.Chip state,
            String quorum,
            String quorumCites,
            String quorumTone,
            String guests,
            String guestsCites,
            int present,
            int version,
            boolean planned,
            boolean today,
            List<PointLine> points,
            List<SeatLine> seats) {}

    private final Sittings sittings;
    private final Bodies bodies;
    private final Agenda agenda;
    private final BallotBox box;
    private final Roster roster;
    private final Lawbooks lawbooks;
    private final Minutes minutes;
    private final Letters letters;
    private final BusinessClock clock;

    MeetingPages(
            Sittings sittings,
            Bodies bodies,
            Agenda agenda,
            BallotBox box,
            Roster roster,
            Lawbooks lawbooks,
            Minutes minutes,
            Letters letters,
            BusinessClock clock) {
        this.sittings = sittings;
        this.bodies = bodies;
        this.agenda = agenda;
        this.box = box;
        this.roster = roster;
        this.lawbooks = lawbooks;
        this.minutes = minutes;
        this.letters = letters;
        this.clock = clock;
    }

    /** Meetings and ballots are the office's; for anybody else there are no such pages. */
    static void office(Visitor visitor) {
        if (!visitor.is(Role.ADMIN, Role.SECRETARIAT)) {
            throw new NotHere();
        }
    }

    @GetMapping("/console/{code}/meetings")
    String list(Visitor visitor, Model model) {
        office(visitor);
        model.addAttribute(
                "meetings",
                new ListView(
                        sittings.planned().stream()
                                .map(sitting -> line(visitor, sitting))
                                .toList(),
                        sittings.past(50).stream()
                                .map(sitting -> line(visitor, sitting))
                                .toList(),
                        List.copyOf(lawbooks.of(visitor.code()).bodies().keySet()),
                        clock.today().toString(),
                        lawbooks.of(visitor.code()).cases().containsKey("resolution"),
                        RegisterPages.has(lawbooks.of(visitor.code()))));
        return "console/meetings";
    }

    private Line line(Visitor visitor, Sitting sitting) {
        int cases = sitting.isPlanned()
                ? agenda.of(sitting).size()
                : sittings.agenda(sitting.id()).size();
        return new Line(
                visitor.at("meetings/" + sitting.id()),
                when(sitting),
                sitting.body(),
                (sitting.remote() ? "通讯 · " : "") + sitting.place(),
                chip(sitting),
                cases == 0 ? "没有议题" : cases + "个议题");
    }

    private String when(Sitting sitting) {
        return Words.dayOfWeek(sitting.day(), clock.today())
                + (sitting.starts().isEmpty() ? "" : " " + sitting.starts());
    }

    private static Words.Chip chip(Sitting sitting) {
        return new Words.Chip(
                sitting.state().word(),
                switch (sitting.state()) {
                    case PLANNED -> "info";
                    case HELD -> "good";
                    case CANCELLED -> "";
                });
    }

    @PostMapping("/console/{code}/meetings")
    String plan(Visitor visitor, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        office(visitor);
        Forms form = Forms.of(sent);
        LocalDate day = day(form.get("day"));
        String back = "redirect:" + visitor.at("meetings");
        String starts = form.get("starts");
        if (day == null
                || !starts.matches("([01]\\d|2[0-3]):[0-5]\\d|")
                || form.get("place").length() > 120
                || form.get("special").length() > 200) {
            next.addFlashAttribute("refused", new Frame.Refused("请填会议日期（如 2026-04-08）和时间（如 14:00），地点最多120字。", ""));
            return back;
        }
        Outcome<Sitting> planned = sittings.plan(
                form.get("body"),
                day,
                starts,
                form.get("place"),
                form.get("remote").equals("true"),
                form.get("special"),
                visitor.username());
        if (planned instanceof Outcome.Refused<Sitting> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
            return back;
        }
        agenda.fill(planned.get().id());
        next.addFlashAttribute("done", "已安排" + planned.get().body() + "，并通知各成员。");
        return "redirect:" + visitor.at("meetings/" + planned.get().id());
    }

    static @Nullable LocalDate day(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException notADay) {
            return null;
        }
    }

    private Sitting sitting(Visitor visitor, long id) {
        office(visitor);
        return sittings.find(id).orElseThrow(NotHere::new);
    }

    @GetMapping("/console/{code}/meetings/{id}")
    String show(Visitor visitor, @PathVariable long id, Model model) {
        Sitting sitting = sitting(visitor, id);
        Sittings.Quorum quorum = sittings.quorum(sitting);
        LocalDate today = clock.today();
        boolean now = sitting.isPlanned() && !sitting.day().isAfter(today);
        model.addAttribute(
                "meeting",
                new View(
                        Long.toString(id),
                        visitor.at("meetings/" + id),
                        sitting.body(),
                        when(sitting),
                        (sitting.remote() ? "通讯方式 · " : "") + sitting.place(),
                        sitting.special(),
                        chip(sitting),
                        said(quorum),
                        Words.cites(quorum.cite()),
                        quorum.needed() == null ? "" : quorum.reached() ? "good" : "warn",
                        bodies.guests(sitting.body()).stream().map(Member::name).collect(Collectors.joining("、")),
                        Words.cites(bodies.guestsCite(sitting.body())),
                        quorum.present(),
                        sitting.version(),
                        sitting.isPlanned(),
                        now,
                        points(visitor, sitting, now),
                        seats(visitor, sitting)));
        return "console/meeting";
    }

    static String said(Sittings.Quorum quorum) {
        Integer needed = quorum.needed();
        String there = "应到" + quorum.seats() + "，已到" + quorum.present();
        if (needed == null) {
            return there + "；制度没有规定法定人数";
        }
        return there + "，法定人数" + needed + (quorum.reached() ? "，已达到" : "，还差" + (needed - quorum.present()));
    }

    private List<PointLine> points(Visitor visitor, Sitting sitting, boolean now) {
        return agenda.of(sitting).stream()
                .map(point -> {
                    CaseView matter = point.matter();
                    Ballot running = box.about(matter.id()).stream()
                            .filter(ballot -> !ballot.isDone())
                            .findFirst()
                            .orElse(null);
                    Refusal against = point.against();
                    return new PointLine(
                            Long.toString(matter.id()),
                            point.title(),
                            visitor.at("cases/" + matter.id()),
                            Words.cites(matter.clauses()),
                            against == null ? null : against.reason(),
                            against == null ? "" : Words.cites(against.clauses()),
                            now && point.waits() && against == null && running == null,
                            point.counted(),
                            running == null ? null : visitor.at("ballots/" + running.id()),
                            running == null
                                    ? null
                                    : running.way().word() + "，已投" + running.voted() + "/" + running.electors(),
                            point.waits() ? null : minutes.decided(sitting, matter));
                })
                .toList();
    }

    private List<SeatLine> seats(Visitor visitor, Sitting sitting) {
        Map<Long, Seat> marked = sittings.seats(sitting.id()).stream()
                .collect(Collectors.toMap(Seat::memberId, seat -> seat, (one, other) -> one, LinkedHashMap::new));
        List<Member> members = sitting.seats() == null
                ? bodies.members(sitting.body())
                : List.copyOf(roster.findAll(marked.keySet()).values());
        return members.stream()
                .map(member -> {
                    Seat seat = marked.getOrDefault(member.id(), new Seat(member.id(), Mark.ABSENT, ""));
                    return new SeatLine(
                            Long.toString(member.id()),
                            member.name(),
                            visitor.at("members/" + member.id()),
                            Arrays.stream(Mark.values())
                                    .map(mark ->
                                            new Option(mark.name(), MARKS.getOrDefault(mark, ""), mark == seat.mark()))
                                    .toList(),
                            seat.mark().word(),
                            seat.note());
                })
                .toList();
    }

    private static final Map<Mark, String> MARKS =
            Map.of(Mark.PRESENT, "到会", Mark.OWN, "本单位代", Mark.OTHER, "外单位代", Mark.EXCUSED, "请假", Mark.ABSENT, "未到");

    @PostMapping("/console/{code}/meetings/{id}/attendance")
    String attendance(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        sitting(visitor, id);
        Forms form = Forms.of(sent);
        List<Seat> seats = new ArrayList<>();
        sent.forEach((field, value) -> {
            if (field.matches("m\\d{1,19}")) {
                Optional<Mark> mark = Arrays.stream(Mark.values())
                        .filter(known -> known.name().equals(value))
                        .findFirst();
                Long member = Forms.key(Map.of("id", field.substring(1)), "id");
                if (mark.isPresent() && member != null) {
                    seats.add(new Seat(member, mark.get(), form.get("n" + member)));
                }
            }
        });
        return told(sittings.mark(id, version(form), seats, visitor.username()), "到会情况已登记。", visitor, id, next);
    }

    @PostMapping("/console/{code}/meetings/{id}/decisions/{matter}")
    String decide(
            Visitor visitor,
            @PathVariable long id,
            @PathVariable long matter,
            @RequestParam Map<String, String> sent,
            RedirectAttributes next) {
        sitting(visitor, id);
        Forms form = Forms.of(sent);
        Integer inFavour = number(form.get("for"));
        Integer against = number(form.get("against"));
        String result = form.get("result");
        boolean counted = sent.containsKey("for");
        if (counted
                ? inFavour == null || against == null
                : !List.of("approve", "reject", "refer").contains(result)) {
            next.addFlashAttribute("refused", new Frame.Refused(counted ? "请填同意和反对的票数。" : "请选决定。", ""));
            return "redirect:" + visitor.at("meetings/" + id);
        }
        return told(
                agenda.decide(
                        id,
                        matter,
                        counted ? inFavour : null,
                        counted ? against : null,
                        counted ? null : result,
                        form.orNull("reason"),
                        visitor.username()),
                "已记下决定，结果已执行。",
                visitor,
                id,
                next);
    }

    @PostMapping("/console/{code}/meetings/{id}/end")
    String end(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        sitting(visitor, id);
        return told(
                sittings.hold(id, version(Forms.of(sent)), visitor.username()), "会议已结束，缺席已记入会议册。", visitor, id, next);
    }

    @PostMapping("/console/{code}/meetings/{id}/cancel")
    String cancel(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        sitting(visitor, id);
        Forms form = Forms.of(sent);
        String why = form.get("why");
        return told(
                sittings.cancel(
                        id, version(form), why.length() > 200 ? why.substring(0, 200) : why, visitor.username()),
                "会议已取消，并通知各成员。",
                visitor,
                id,
                next);
    }

    @GetMapping("/console/{code}/meetings/{id}/minutes")
    String minutes(Visitor visitor, @PathVariable long id, Model model) {
        Sitting sitting = sitting(visitor, id);
        model.addAttribute("minutes", minutes.of(sitting));
        model.addAttribute("back", visitor.at("meetings/" + id));
        return "console/minutes";
    }

    @GetMapping("/console/{code}/meetings/{id}/minutes.pdf")
    ResponseEntity<byte[]> paper(Visitor visitor, @PathVariable long id) {
        Sitting sitting = sitting(visitor, id);
        byte[] paper = letters.print("minutes", Map.of("minutes", minutes.of(sitting)));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(sitting.body() + "会议记录" + sitting.day() + ".pdf", StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(paper);
    }

    private static int version(Forms form) {
        Integer version = number(form.get("version"));
        return version == null ? -1 : version;
    }

    static @Nullable Integer number(String text) {
        return text.matches("\\d{1,5}") ? Integer.valueOf(text) : null;
    }

    private static String told(Outcome<?> outcome, String done, Visitor visitor, long id, RedirectAttributes next) {
        if (outcome instanceof Outcome.Refused<?> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", done);
        }
        return "redirect:" + visitor.at("meetings/" + id);
    }
}
