package io.homeroom.console;

import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.member.Member;
import io.homeroom.member.Page;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.member.Standing;
import io.homeroom.portal.Noticeboard;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** The table of members. */
@Controller
class RosterPage {

    private static final int PAGE = 50;

    private record Kept(String name, String value) {}

    private record View(
            String href,
            String total,
            String q,
            List<Kept> kept,
            List<Filter> filters,
            List<Lines.MemberLine> rows,
            @Nullable String more,
            boolean dues,
            boolean mayAdd,
            String addHref,
            String publishHref,
            String published) {}

    private final Roster roster;
    private final Staff staff;
    private final Lawbooks lawbooks;
    private final Lines lines;
    private final Figures figures;
    private final Noticeboard noticeboard;

    RosterPage(Roster roster, Staff staff, Lawbooks lawbooks, Lines lines, Figures figures, Noticeboard noticeboard) {
        this.roster = roster;
        this.staff = staff;
        this.lawbooks = lawbooks;
        this.lines = lines;
        this.figures = figures;
        this.noticeboard = noticeboard;
    }

    @GetMapping("/console/{code}/members")
    String members(
            Visitor visitor,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String standing,
            @RequestParam(defaultValue = "") String grade,
            @RequestParam(defaultValue = "") String teacher,
            @RequestParam(defaultValue = "0") long after,
            @RequestHeader(name = "HX-Target", required = false) @Nullable String target,
            Model model) {
        Standing wanted = standing(standing);
        List<Long> only = visitor.only();
        Long teacherId = Forms.key(Map.of("t", teacher), "t");
        List<Long> teachers =
                teacherId == null || only != null && !only.contains(teacherId) ? only : List.of(teacherId);
        Page<Member> page = roster.search(new Search(
                q.isBlank() ? null : q.strip(), wanted, grade.isBlank() ? null : grade, teachers, after, PAGE));
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("q", q.strip());
        chosen.put("standing", wanted == null ? "" : standing);
        chosen.put("grade", grade);
        chosen.put("teacher", teacher);
        String base = visitor.at("members");
        Map<String, Integer> counts = figures.standings(only);
        model.addAttribute(
                "roster",
                new View(
                        base,
                        counts.getOrDefault("active", 0) + counts.getOrDefault("suspended", 0) + " 家在会",
                        q.strip(),
                        kept(chosen),
                        filters(visitor, base, chosen),
                        lines.roster(visitor, page.items()),
                        page.next() == null ? null : Filter.href(base, chosen, "after", Long.toString(page.next())),
                        lawbooks.dues(visitor.code()),
                        visitor.mayEdit(),
                        visitor.at("members/new"),
                        visitor.at("members/publication"),
                        noticeboard
                                .latest()
                                .map(edition -> "上次发布 " + edition.on() + "，" + edition.members() + "家")
                                .orElse("名册还没有发布过")));
        return after > 0 && target == null ? "console/members :: rows" : "console/members";
    }

    /** The roster goes out to everybody, with the allowed fields (WHJX-9-2). */
    @PostMapping("/console/{code}/members/publication")
    String publish(Visitor visitor) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
        noticeboard.publish(visitor.username());
        return "redirect:" + visitor.at("members");
    }

    private static @Nullable Standing standing(String code) {
        for (Standing standing : Standing.values()) {
            if (standing.code().equals(code)) {
                return standing;
            }
        }
        return null;
    }

    private static List<Kept> kept(Map<String, String> chosen) {
        List<Kept> kept = new ArrayList<>();
        chosen.forEach((name, value) -> {
            if (!name.equals("q") && !value.isEmpty()) {
                kept.add(new Kept(name, value));
            }
        });
        return kept;
    }

    private List<Filter> filters(Visitor visitor, String base, Map<String, String> chosen) {
        List<Filter> filters = new ArrayList<>();
        Map<String, String> standings = new LinkedHashMap<>();
        for (Standing standing : List.of(Standing.ACTIVE, Standing.SUSPENDED, Standing.APPLICANT, Standing.ENDED)) {
            standings.put(standing.code(), Words.standing(standing));
        }
        filters.add(Filter.of("资格", base, chosen, "standing", standings));
        Map<String, String> grades = new LinkedHashMap<>();
        lawbooks.of(visitor.code()).grades().forEach(grade -> grades.put(grade.name(), grade.name()));
        if (grades.size() > 1) {
            filters.add(Filter.of("等级", base, chosen, "grade", grades));
        }
        List<Long> only = visitor.only();
        List<StaffMember> teachers = staff.teachers().stream()
                .filter(one -> only == null || only.contains(one.id()))
                .toList();
        if (teachers.size() > (only == null ? 0 : 1) && teachers.size() <= 12) {
            Map<String, String> names = new LinkedHashMap<>();
            teachers.forEach(one -> names.put(Long.toString(one.id()), one.name()));
            filters.add(Filter.of("班主任", base, chosen, "teacher", names));
        }
        return filters;
    }

    /** Choices that are links; a click on the chosen one takes it back. */
    record Filter(String title, List<Option> options) {

        record Option(String word, String href, boolean on) {}

        static Filter of(
                String title, String base, Map<String, String> chosen, String field, Map<String, String> words) {
            List<Option> options = new ArrayList<>();
            String now = chosen.getOrDefault(field, "");
            options.add(new Option("全部", href(base, chosen, field, ""), now.isEmpty()));
            words.forEach((value, word) -> options.add(
                    new Option(word, href(base, chosen, field, value.equals(now) ? "" : value), value.equals(now))));
            return new Filter(title, options);
        }

        static String href(String base, Map<String, String> chosen, String field, String value) {
            Map<String, String> all = new LinkedHashMap<>(chosen);
            all.put(field, value);
            StringBuilder href = new StringBuilder(base);
            char mark = '?';
            for (Map.Entry<String, String> one : all.entrySet()) {
                if (!one.getValue().isEmpty()) {
                    href.append(mark)
                            .append(one.getKey())
                            .append('=')
                            .append(URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8));
                    mark = '&';
                }
            }
            return href.toString();
        }
    }
}
