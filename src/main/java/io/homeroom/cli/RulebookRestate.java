package io.homeroom.cli;

import io.homeroom.casework.Edition;
import io.homeroom.casework.Editions;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.Associations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * {@code rulebook restate CODE FILE --why WHY}: after an update whose program cannot read an edition that was put in force at
 * the console, the same law in the new notation. Nothing else can be changed so.
 */
@Command(name = "restate", mixinStandardHelpOptions = true, description = "升级之后读不了的一版，照新的写法补上；读得了的不能这样改。")
final class RulebookRestate implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CODE", description = "协会代码")
    private String code = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "改好的规则书，edition 的 from 和读不了的那一版一样")
    private Path file = Path.of("");

    @Option(names = "--why", paramLabel = "WHY", required = true, description = "为什么，会随这一版留存")
    private String why = "";

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("Called outside a command line");
        }
        PrintWriter out = spec.commandLine().getOut();
        try {
            ProposedRulebook.read(file);
            String text = Files.readString(file, StandardCharsets.UTF_8);
            try (ConfigurableApplicationContext hall = ServerHall.open(code, "--homeroom.rules.restating=true")) {
                if (!hall.getBean(Associations.class).codes().contains(code)) {
                    return ProposedRulebook.say(out, 1, ServerHall.unknown(code));
                }
                Editions editions = hall.getBean(Editions.class);
                Outcome<Edition> outcome = Tenant.in(code, () -> editions.restate(text, why, "system"));
                return outcome instanceof Outcome.Refused<Edition> refused
                        ? ProposedRulebook.say(out, 1, refused.refusal().reason())
                        : ProposedRulebook.say(
                                out,
                                0,
                                outcome.get().from() + "起的那一版已补写（"
                                        + outcome.get().name() + "）");
            }
        } catch (ProposedRulebook.Unusable e) {
            return ProposedRulebook.say(out, 1, e.sentence());
        } catch (IOException e) {
            return ProposedRulebook.say(out, 1, file + "：读不了，" + e.getMessage());
        } catch (BeansException e) {
            return ProposedRulebook.say(out, 1, ServerHall.closed(e));
        }
    }
}
