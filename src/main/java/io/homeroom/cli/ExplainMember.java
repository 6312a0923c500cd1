package io.homeroom.cli;

import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.review.Explain;
import io.homeroom.review.Explanation;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.Associations;
import io.homeroom.schedule.BusinessClock;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code explain CODE MEMBER [--day DAY] [--rulebook FILE]}: why a member stands as it does on a day, by which clause, what
 * comes and when; with another rulebook, as if that were in force. Reads the server's database and changes nothing.
 */
@Command(name = "explain", mixinStandardHelpOptions = true, description = "一家会员在某一天：依据哪一条、为什么、接下来会怎样、何时。什么也不改变。")
final class ExplainMember implements Callable<Integer> {

    private static final int MOST = 10;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CODE", description = "协会代码")
    private String code = "";

    @Parameters(index = "1", paramLabel = "MEMBER", description = "会员编号、信用代码，或名称的一部分")
    private String wanted = "";

    @Option(names = "--day", paramLabel = "DAY", description = "哪一天，如 2026-07-01；默认今天")
    private @Nullable LocalDate day;

    @Option(names = "--rulebook", paramLabel = "FILE", description = "换用这本规则书看")
    private @Nullable Path file;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("Called outside a command line");
        }
        PrintWriter out = spec.commandLine().getOut();
        try {
            Rulebook other = file == null ? null : ProposedRulebook.read(file);
            try (ConfigurableApplicationContext hall = ServerHall.open(code)) {
                if (!hall.getBean(Associations.class).codes().contains(code)) {
                    return ProposedRulebook.say(out, 1, ServerHall.unknown(code));
                }
                return Tenant.in(code, () -> explain(hall, other, out));
            }
        } catch (ProposedRulebook.Unusable e) {
            return ProposedRulebook.say(out, 1, e.sentence());
        } catch (BeansException e) {
            return ProposedRulebook.say(out, 1, ServerHall.closed(e));
        }
    }

    private int explain(ConfigurableApplicationContext hall, @Nullable Rulebook other, PrintWriter out) {
        Roster roster = hall.getBean(Roster.class);
        List<Member> found = find(roster);
        if (found.size() != 1) {
            found.forEach(one -> out.println(one.id() + " " + one.name()));
            return ProposedRulebook.say(out, 1, found.isEmpty() ? "没有找到“" + wanted + "”" : "不止一家，请写编号");
        }
        long member = found.get(0).id();
        LocalDate on = day == null ? hall.getBean(BusinessClock.class).today() : day;
        if (!Explain.reaches(on, hall.getBean(BusinessClock.class).today())) {
            return ProposedRulebook.say(out, 1, on + "：只能看1949年以来、二十年以内的日子");
        }
        Explain explain = hall.getBean(Explain.class);
        Rulebook book = other == null ? hall.getBean(Lawbook.class).of(on) : other;
        Explanation explained = explain.explain(member, on, book);
        out.println(on + " " + explained.sentence());
        explained.findings().forEach(finding -> {
            out.println("- " + finding.says() + book.cite(finding.clauses())
                    + (finding.since() == null ? "" : "，自" + finding.since() + "起"));
            new TreeMap<>(finding.facts()).forEach((name, value) -> out.println("    " + name + " = " + value));
            out.println("    怎样改变：" + finding.ends());
        });
        explained
                .ahead()
                .forEach(step -> out.println("→ " + step.day() + " " + step.says() + book.cite(step.clauses())));
        if (!explained.caveat().isEmpty()) {
            out.println("注意：" + explained.caveat());
        }
        return ProposedRulebook.say(out, 0, explained.next() == null ? "不会自行变化" : "最早在" + explained.next() + "自行变化");
    }

    private List<Member> find(Roster roster) {
        if (wanted.matches("\\d{10,19}")) {
            Optional<Member> known = roster.find(Long.parseLong(wanted));
            if (known.isPresent()) {
                return List.of(known.get());
            }
        }
        List<Member> found =
                roster.search(new Search(wanted, null, null, null, 0, MOST)).items();
        List<Member> exact =
                found.stream().filter(one -> one.name().equals(wanted)).toList();
        return exact.size() == 1 ? exact : found;
    }
}
