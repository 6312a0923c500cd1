package io.homeroom.chat;

import io.homeroom.casework.Backing;
import io.homeroom.casework.Backings;
import io.homeroom.classroom.ClassDay;
import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** 破格: a class teacher asks for a nomination on behalf of a member, so that it may rise by exception. */
@Component
class ExceptionCommand implements Command {

    private static final Pattern NOMINATOR = Pattern.compile("(?:请|由)?[\\s，,]*(\\S+?)?[\\s，,]*提名[:：\\s]*(\\S*)");
    private static final String EXAMPLE = "例如「破格 江城建工 核心会员 提名 北方实业 主导起草三项国家标准」";

    private final Naming naming;
    private final Backings nominations;
    private final Lawbook laws;
    private final BusinessClock clock;
    private final Wording wording = new Wording(Lexicon.shipped());

    ExceptionCommand(Naming naming, Backings nominations, Lawbook laws, BusinessClock clock) {
        this.naming = naming;
        this.nominations = nominations;
        this.laws = laws;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 75;
    }

    @Override
    public String key() {
        return "exception";
    }

    @Override
    public String word() {
        return "破格";
    }

    @Override
    public List<String> says() {
        return List.of("破格升级", "破格申请", "申请破格");
    }

    @Override
    public String help() {
        return "破格 江城建工 核心会员 提名 北方实业 贡献… · 请它提名，同意后申请随即提出";
    }

    @Override
    public boolean open(StaffMember who) {
        return (who.roles().contains(Role.TEACHER) || ClassDay.seesAll(who))
                && nominations.rule().isPresent();
    }

    @Override
    public StaffReply said(Said said) {
        if (said.rest().isBlank()) {
            return StaffReply.of("哪家、升为什么、请谁提名、有什么贡献？", EXAMPLE + "。");
        }
        Naming.Named named = naming.of(said.who(), said.rest());
        return named.clear()
                ? ask(said.who(), named.member(), named.rest())
                : naming.which(this, said.who(), named, Map.of());
    }

    @Override
    public Optional<StaffReply> answered(Said said, Map<String, String> facts) {
        return naming.picked(said, facts).map(named -> ask(said.who(), named.member(), named.rest()));
    }

    private StaffReply ask(StaffMember who, Member member, String text) {
        return naming.notOfTheClass(who, member).orElseGet(() -> asked(who, member, text));
    }

    private StaffReply asked(StaffMember who, Member member, String text) {
        Rulebook law = laws.of(clock.today());
        List<String> grades = law.upgrade() == null
                ? List.of()
                : law.upgrade().paths().stream()
                        .filter(path -> path.from().contains(member.grade()))
                        .map(Rulebook.Path::to)
                        .toList();
        if (grades.isEmpty()) {
            return StaffReply.of(member.name() + "现在是" + member.grade() + "，没有再往上升的路径。");
        }
        String to = grades.stream().filter(text::contains).findFirst().orElse(grades.size() == 1 ? grades.get(0) : "");
        if (to.isEmpty()) {
            return StaffReply.of("升为哪一级？" + String.join("、", grades) + "。", EXAMPLE + "。");
        }
        String rest = text.replace(to, " ").strip();
        Matcher found = NOMINATOR.matcher(rest);
        if (!found.find()) {
            return StaffReply.of("请谁提名？" + EXAMPLE + "。");
        }
        String typed =
                found.group(2).isEmpty() ? Optional.ofNullable(found.group(1)).orElse("") : found.group(2);
        String letters = wording.letters(typed);
        List<Member> nominators = nominations.whoMay(member.id()).stream()
                .filter(one ->
                        letters.length() >= 2 && wording.letters(one.name()).contains(letters))
                .toList();
        if (nominators.size() != 1) {
            return StaffReply.of(
                    nominators.isEmpty() ? "没有找到可以提名的“" + typed + "”，请写它的全称。" : "有几家名字相近，请写提名单位的全称。", EXAMPLE + "。");
        }
        Outcome<Backing> asked = nominations.ask(
                member.id(),
                to,
                nominators.get(0).id(),
                rest.substring(found.end()).strip(),
                who.username());
        if (asked instanceof Outcome.Refused<Backing> refused) {
            return StaffReply.of(
                    refused.refusal().reason() + law.cite(refused.refusal().clauses()) + "。", EXAMPLE + "。");
        }
        return StaffReply.of(
                "已代" + member.name() + "请" + asked.get().nominatorName() + "提名，破格升为" + to + "。",
                "它同意后申请随即提出，会员上传升级申请表即可；结果会通知会员。");
    }
}
