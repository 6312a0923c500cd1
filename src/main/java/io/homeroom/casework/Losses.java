package io.homeroom.casework;

import io.homeroom.desk.NewTask;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track.Stage;
import io.homeroom.schedule.BusinessClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * What an amended rulebook would take away from under members and cases: grades and posts that are held, kinds and steps at
 * which cases stand. Such a rulebook is not put in force. Where one begins all the same, because somebody came to hold it
 * meanwhile or a file was replaced, the office is told: such members have no fee and no right by their grade until it is
 * given back to them.
 */
@Component
class Losses {

    private static final int NAMED = 3;
    private static final int LISTED = 20;

    private final CaseBook book;
    private final Tracks tracks;
    private final Roster roster;
    private final Contacts contacts;
    private final Tasks tasks;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    Losses(
            CaseBook book,
            Tracks tracks,
            Roster roster,
            Contacts contacts,
            Tasks tasks,
            BusinessClock clock,
            ApplicationEventPublisher events) {
        this.book = book;
        this.tracks = tracks;
        this.roster = roster;
        this.contacts = contacts;
        this.tasks = tasks;
        this.clock = clock;
        this.events = events;
    }

    /** Why a rulebook cannot take the place of another: what is in use and missing in it, and what to do. Null if nothing is. */
    @Nullable
    String against(Rulebook before, Rulebook then) {
        List<String> lost = new ArrayList<>();
        before.grades().stream()
                .map(Rulebook.Grade::name)
                .filter(grade -> then.grade(grade).isEmpty())
                .filter(grade -> roster.count(grade) > 0)
                .forEach(grade -> lost.add("这一版没有“" + grade + "”这个等级，名册里还有" + having(grade) + "：先给它们换好等级，或者留着这个等级"));
        before.posts().stream()
                .map(Rulebook.Post::name)
                .filter(post -> then.post(post).isEmpty())
                .filter(post -> roster.countPost(post) > 0)
                .forEach(post -> lost.add("这一版没有“" + post + "”这个职务，还有" + holding(post) + "在任：先登记它们离任，或者留着这个职务"));
        Map<String, List<String>> standing = new LinkedHashMap<>();
        for (CaseRow file : book.unfinished()) {
            String missing = missing(before, then, file);
            if (missing != null) {
                standing.computeIfAbsent(missing, same -> new ArrayList<>()).add(file.subject());
            }
        }
        standing.forEach(
                (missing, files) -> lost.add(missing + "，还有" + named(files.size(), files, "件") + "在办：先办完，或者留着"));
        return lost.isEmpty() ? null : String.join("；", lost);
    }

    /** What a case stands on and a rulebook lacks, in words; null for nothing. */
    private @Nullable String missing(Rulebook before, Rulebook then, CaseRow file) {
        String kind = CaseWords.type(file.type());
        if (Tracks.isGone(before, file)) {
            return null; // it was lost before
        }
        if (Tracks.isGone(then, file)) {
            return "这一版没有“" + kind + "”这类事项";
        }
        String aim = aim(then, file);
        if (!aim.isEmpty()) {
            return "这一版没有" + kind + "要用的“" + aim + "”";
        }
        String referred = file.referredTo();
        if (referred != null && isNamed(before, referred) && !isNamed(then, referred)) {
            return "这一版没有" + kind + "所在的“" + referred + "”";
        }
        Optional<Stage> step = file.awaiting().isEmpty() ? tracks.current(before, file) : Optional.empty();
        return step.filter(one -> !tracks.has(then, file, one))
                .map(one -> "这一版的" + kind + "没有“" + one.at() + "”这一步")
                .orElse(null);
    }

    private static boolean isNamed(Rulebook rules, String word) {
        return rules.bodies().containsKey(word) || rules.offices().contains(word);
    }

    /** The grade, post or sanction that a case is to bring and the rulebook lacks; empty for none. */
    String aim(Rulebook rules, CaseRow file) {
        String to = file.data().getOrDefault("to", "");
        return switch (file.type()) {
            case "admission" -> {
                String grade = roster.get(file.member()).grade();
                yield rules.grade(grade).isPresent() ? "" : grade;
            }
            case "upgrade", "downgrade" -> rules.grade(to).isPresent() ? "" : to;
            case "nomination" -> rules.post(to).isPresent() ? "" : to;
            case "sanction" ->
                rules.sanctions().stream().anyMatch(one -> one.name().equals(to)) ? "" : to;
            default -> "";
        };
    }

    /** Tells the office, once for each edition, of members that hold what the rulebook in force does not have. */
    void alert(Rulebook rules) {
        roster.gradesHeld().forEach(grade -> {
            if (rules.grade(grade).isEmpty()) {
                alert(
                        rules,
                        grade,
                        "规则书里没有“" + grade + "”这个等级，名册里还有" + having(grade)
                                + "，现在没有会费，也没有按等级给的权利：请随即修订规则书把这个等级加回来，换好等级以后再去掉");
            }
        });
        roster.postsHeld().forEach(post -> {
            if (rules.post(post).isEmpty()) {
                alert(
                        rules,
                        post,
                        "规则书里没有“" + post + "”这个职务，还有" + holding(post) + "在任，现在没有按职务给的权利：请登记它们离任，或者修订规则书把这个职务加回来");
            }
        });
    }

    /** Tells the office of units with two people where these rules want one: they stay until the unit names one. */
    void alertApart(Rulebook rules) {
        List<String> apart = rules.onePerson() ? apart() : List.of();
        if (!apart.isEmpty()) {
            String named =
                    apart.stream().limit(LISTED).collect(Collectors.joining("、")) + (apart.size() > LISTED ? "等" : "");
            String text = "联络员和代表人须是同一个人" + rules.cite(rules.grounds("two-roles")) + "，还有" + apart.size() + "家登记的是两个人："
                    + named + "。已登记的没有改动，请联系它们报一次变更，定下一个人";
            String key = "two-roles:" + rules.edition().from();
            tasks.open(NewTask.of("rulebook", "秘书处", text)
                    .due(clock.today())
                    .cites(rules.grounds("two-roles"))
                    .once(key));
        }
    }

    private List<String> apart() {
        return roster.findAll(contacts.apart()).values().stream()
                .filter(Member::belongs)
                .map(Member::name)
                .toList();
    }

    private void alert(Rulebook rules, String word, String text) {
        String key = "rulebook-lacks:" + rules.edition().from() + ":" + word;
        tasks.open(NewTask.of("rulebook", "秘书处", text)
                .due(clock.today())
                .cites(rules.edition().cite())
                .once(key));
        events.publishEvent(Tell.of("秘书处", null, "rulebook", text)
                .cites(rules.edition().cite())
                .urgency(Tell.Urgency.SOON)
                .once(key));
    }

    private String having(String grade) {
        List<String> first = Stream.of(Standing.ACTIVE, Standing.SUSPENDED)
                .flatMap(standing -> roster.search(new Search(null, standing, grade, null, 0, NAMED)).items().stream())
                .map(Member::name)
                .toList();
        return named(roster.count(grade), first, "家");
    }

    private String holding(String post) {
        List<String> all = roster.holders(post).stream().map(Member::name).toList();
        return named(all.size(), all, "家");
    }

    /** How many, and the first names. */
    private static String named(int many, List<String> names, String unit) {
        String first =
                names.stream().filter(name -> !name.isEmpty()).limit(NAMED).collect(Collectors.joining("、"));
        return many + unit + (first.isEmpty() ? "" : "（" + first + (many > NAMED ? "等" : "") + "）");
    }
}
