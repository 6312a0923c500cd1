package io.homeroom.chat;

import io.homeroom.classroom.ClassDay;
import io.homeroom.desk.StaffMember;
import io.homeroom.member.Finder;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Which member a colleague speaks of, among those that it may see: 「江城建工 王总说下周付」 names one and goes on. Where
 * several fit, it is asked which; the answer comes back to the command with what it had left.
 */
@Component
class Naming {

    private static final int SHOWN = 6;
    private static final int LONGEST = 16;
    private static final String AMONG = "among";
    private static final String REST = "rest";

    private final Wording wording = new Wording(Lexicon.shipped());
    private final ClassDay day;
    private final Finder finder;
    private final Roster roster;
    private final StaffMemory memory;

    Naming(ClassDay day, Finder finder, Roster roster, StaffMemory memory) {
        this.day = day;
        this.finder = finder;
        this.roster = roster;
        this.memory = memory;
    }

    /**
     * What a text names.
     *
     * @param among the members it may mean: one if there is no doubt, none if nothing fits
     * @param rest what was said beside the name
     * @param sure whether the only one is meant beyond doubt, and not found by a slip or a sound alone
     */
    record Named(List<Member> among, String rest, boolean sure) {

        boolean clear() {
            return sure;
        }

        boolean only() {
            return among.size() == 1;
        }

        Member member() {
            return among.get(0);
        }
    }

    /** The member at the beginning of a text. */
    Named of(StaffMember who, String text) {
        String[] parts = text.strip().split("[\\s，,：:；;。]+", 2);
        if (parts.length == 0 || parts[0].isEmpty()) {
            return new Named(List.of(), "", false);
        }
        String rest = parts.length > 1 ? parts[1] : "";
        List<Member> found = narrowed(parts[0], day.find(who, parts[0], SHOWN + 1));
        if (wording.letters(parts[0]).length() < 4 || found.stream().anyMatch(member -> stands(parts[0], member))) {
            return named(parts[0], found, rest);
        }
        // Nothing parts the name from what follows: the longest beginning that stands in a name is the name. Where the
        // whole is like a name, only a long beginning and more than a slip of the finger after it say otherwise.
        int shortest = found.isEmpty() ? 2 : 4;
        int longest = Math.min(parts[0].length() - (found.isEmpty() ? 1 : 2), LONGEST);
        for (int end = longest; end >= shortest; end--) {
            String beginning = parts[0].substring(0, end);
            List<Member> named = day.find(who, beginning, SHOWN + 1).stream()
                    .filter(member -> stands(beginning, member))
                    .toList();
            if (!named.isEmpty()) {
                return named(beginning, narrowed(beginning, named), (parts[0].substring(end) + " " + rest).strip());
            }
        }
        return named(parts[0], found, rest);
    }

    private Named named(String typed, List<Member> found, String rest) {
        return new Named(found, rest, found.size() == 1 && finder.isMeant(typed, found.get(0)));
    }

    private boolean stands(String words, Member member) {
        return wording.letters(member.name()).contains(wording.letters(words));
    }

    /** One that has exactly this name leaves no doubt; nor does the only one that still belongs. */
    private List<Member> narrowed(String typed, List<Member> found) {
        List<Member> exact =
                found.stream().filter(member -> finder.isName(typed, member)).toList();
        if (exact.size() == 1) {
            return exact;
        }
        List<Member> belonging = found.stream().filter(Member::belongs).toList();
        return belonging.isEmpty() ? found : belonging;
    }

    /** Asks which one is meant, for a command that goes on with {@link #picked}; says so if none fits. */
    StaffReply which(Command command, StaffMember who, Named named, Map<String, String> facts) {
        if (named.among().isEmpty()) {
            return StaffReply.of(
                    "没有找到这家会员" + (ClassDay.seesAll(who) ? "。" : "，或者它不在你的班里。"), "名称的一部分、简称、拼音或首字母都可以，例如「查 jcjg」。");
        }
        List<Member> shown =
                named.among().subList(0, Math.min(SHOWN, named.among().size()));
        Map<String, String> kept = new LinkedHashMap<>(facts);
        kept.put(AMONG, shown.stream().map(member -> Long.toString(member.id())).collect(Collectors.joining(" ")));
        kept.put(REST, named.rest());
        memory.ask(who.id(), command.key(), kept);
        List<String> lines =
                new ArrayList<>(List.of(named.only() ? "没有完全对上，是这家吗？是就回复 1，不是请说全名：" : "有几家名字相近，是哪一家？回复数字或全名："));
        for (int i = 0; i < shown.size(); i++) {
            lines.add((i + 1) + " " + shown.get(i).name());
        }
        if (named.among().size() > shown.size()) {
            lines.add("还有更多，请把名字说完整些。");
        }
        return StaffReply.of(lines.toArray(String[]::new));
    }

    /** The one that was picked from {@link #which}; empty if the words pick none. */
    Optional<Named> picked(Command.Said said, Map<String, String> facts) {
        String among = facts.get(AMONG);
        if (among == null) {
            return Optional.empty();
        }
        List<Long> ids =
                java.util.Arrays.stream(among.split(" ")).map(Long::valueOf).toList();
        String rest = facts.getOrDefault(REST, "");
        OptionalInt number = wording.choice(said.whole());
        if (number.isPresent() && number.getAsInt() <= ids.size()) {
            return roster.find(ids.get(number.getAsInt() - 1))
                    .filter(member -> day.looksAfter(said.who(), member))
                    .map(member -> new Named(List.of(member), rest, true));
        }
        Named again = of(said.who(), said.whole());
        return again.only() && ids.contains(again.member().id())
                ? Optional.of(new Named(again.among(), rest, true))
                : Optional.empty();
    }

    /** For what only a class teacher does: the answer where a member is looked into through its branch only. */
    Optional<StaffReply> notOfTheClass(StaffMember who, Member member) {
        return day.sees(who, member)
                ? Optional.empty()
                : Optional.of(StaffReply.of(member.name() + "不在你的班里，这件事由它的班主任办。"));
    }

    /** A member of a card's button, if this person may still see it. */
    Optional<Member> touched(Command.Pressed pressed) {
        return roster.find(pressed.id()).filter(member -> day.looksAfter(pressed.who(), member));
    }
}
