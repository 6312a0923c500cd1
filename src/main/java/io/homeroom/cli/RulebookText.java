package io.homeroom.cli;

import io.homeroom.casework.Editions;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.Associations;
import io.homeroom.schedule.BusinessClock;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rulebook text CODE [--day DAY]}: the text of the rulebook that holds on a day, also where this program cannot read it. */
@Command(name = "text", mixinStandardHelpOptions = true, description = "某一天施行的规则书的全文，控制台修订过的也在内。什么也不改变。")
final class RulebookText implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CODE", description = "协会代码")
    private String code = "";

    @Option(names = "--day", paramLabel = "DAY", description = "哪一天，如 2027-01-01；默认今天")
    private @Nullable LocalDate day;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("Called outside a command line");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (ConfigurableApplicationContext hall = ServerHall.open(code, "--homeroom.rules.restating=true")) {
            if (!hall.getBean(Associations.class).codes().contains(code)) {
                return ProposedRulebook.say(out, 1, ServerHall.unknown(code));
            }
            LocalDate on = day == null ? hall.getBean(BusinessClock.class).today() : day;
            Editions editions = hall.getBean(Editions.class);
            out.print(Tenant.in(
                    code, () -> editions.text(editions.on(on).version()).orElse("")));
            out.flush();
            return 0;
        } catch (BeansException e) {
            return ProposedRulebook.say(out, 1, ServerHall.closed(e));
        }
    }
}
