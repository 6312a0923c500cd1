package io.homeroom.cli;

import io.homeroom.casework.Editions;
import io.homeroom.ground.Tenant;
import io.homeroom.review.Impact;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.Associations;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
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
 * {@code rulebook impact FILE [--through DAY]}: which members would be treated differently, and from when, if this rulebook
 * were put in force. Reads the server's database and changes nothing; exit code 1 if the rulebook has faults.
 */
@Command(name = "impact", mixinStandardHelpOptions = true, description = "换规则书之前：谁从哪天起会受不同对待。什么也不改变。")
final class RulebookImpact implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "改好的规则书（YAML）")
    private Path file = Path.of("");

    @Option(names = "--through", paramLabel = "DAY", description = "看到哪天，默认后年年底")
    private @Nullable LocalDate through;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("Called outside a command line");
        }
        PrintWriter out = spec.commandLine().getOut();
        try {
            Rulebook proposed = ProposedRulebook.read(file);
            String code = proposed.code();
            try (ConfigurableApplicationContext hall = ServerHall.open(code)) {
                if (!hall.getBean(Associations.class).codes().contains(code)) {
                    return ProposedRulebook.say(out, 1, ServerHall.unknown(code));
                }
                return Tenant.in(code, () -> {
                    int exit = weigh(hall.getBean(Impact.class), proposed, out);
                    hall.getBean(Editions.class)
                            .inUse(proposed)
                            .ifPresent(lost -> ProposedRulebook.say(out, exit, "现在还不能施行：" + lost + "。"));
                    return exit;
                });
            }
        } catch (ProposedRulebook.Unusable e) {
            return ProposedRulebook.say(out, 1, e.sentence());
        } catch (BeansException e) {
            return ProposedRulebook.say(out, 1, ServerHall.closed(e));
        }
    }

    private int weigh(Impact impact, Rulebook proposed, PrintWriter out) {
        Impact.Result result;
        try {
            result = impact.of(proposed, through == null ? impact.usualEnd() : through, one -> {
                out.println(one.name() + "，自" + one.from() + "起：");
                lines("现行会有、换了没有", one.now(), proposed, out);
                lines("换了才有", one.then(), proposed, out);
            });
        } catch (IllegalArgumentException e) {
            return ProposedRulebook.say(out, 1, String.valueOf(e.getMessage()));
        }
        if (!result.caveat().isEmpty()) {
            out.println("注意：" + result.caveat() + "。");
        }
        return ProposedRulebook.say(
                out,
                0,
                "自" + result.from() + "起换用，看到" + result.through() + "：" + result.members() + "家会员，" + result.different()
                        + "家会受不同对待。");
    }

    private static void lines(String title, List<Impact.Line> lines, Rulebook book, PrintWriter out) {
        lines.forEach(
                line -> out.println("  " + title + "：" + line.day() + " " + line.says() + book.cite(line.clauses())));
    }
}
