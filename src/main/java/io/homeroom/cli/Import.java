package io.homeroom.cli;

import io.homeroom.ground.Tenant;
import io.homeroom.papers.RosterImport;
import io.homeroom.papers.Unreadable;
import io.homeroom.schedule.Associations;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * {@code import CODE FILE.xlsx [--dry-run]}: takes a roster into the server's database, all or nothing, and prints what
 * it adds, changes and rejects. {@code import CODE FILE.xlsx --template} writes the empty workbook. Exit code 1 if a row
 * is rejected or the file cannot be read.
 */
@Command(name = "import", mixinStandardHelpOptions = true, description = "从表格导入会员名册：列出新增、变更和退回的行；有一行退回就一行也不导入。")
final class Import implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CODE", description = "协会代码")
    private String code = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "名册（.xlsx）")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "只看会怎样，不导入")
    private boolean dryRun;

    @Option(names = "--template", description = "不导入，而是把空白模板写到 FILE")
    private boolean template;

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("Called outside a command line");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (!template && !Files.isReadable(file)) {
            return ProposedRulebook.say(out, 1, file + "：找不到文件");
        }
        try (ConfigurableApplicationContext hall = ServerHall.open(code)) {
            if (!hall.getBean(Associations.class).codes().contains(code)) {
                return ProposedRulebook.say(out, 1, ServerHall.unknown(code));
            }
            RosterImport roster = hall.getBean(RosterImport.class);
            return Tenant.in(code, () -> template ? write(roster, out) : read(roster, out));
        } catch (BeansException e) {
            return ProposedRulebook.say(out, 1, ServerHall.closed(e));
        }
    }

    private int write(RosterImport roster, PrintWriter out) {
        try (OutputStream workbook = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            roster.template(workbook);
        } catch (FileAlreadyExistsException e) {
            return ProposedRulebook.say(out, 1, file + "：已有这个文件，请换一个名字");
        } catch (IOException e) {
            return ProposedRulebook.say(out, 1, file + "：写不了，" + e.getMessage());
        }
        return ProposedRulebook.say(out, 0, "空白模板写在 " + file);
    }

    private int read(RosterImport roster, PrintWriter out) {
        try (InputStream workbook = Files.newInputStream(file)) {
            RosterImport.Result result = dryRun
                    ? roster.look(workbook, found -> out.println(found.line()))
                    : roster.enter(workbook, "system", found -> out.println(found.line()));
            String counted = "新增" + result.added() + "，变更" + result.changed() + "，相同" + result.same() + "，退回"
                    + result.rejected() + "。";
            if (result.rejected() > 0) {
                return ProposedRulebook.say(out, 1, counted + "有退回的行，什么也没有导入；改好再来。");
            }
            return ProposedRulebook.say(
                    out, 0, counted + (dryRun ? "只是试算，没有导入。" : result.entered() ? "已导入。" : "名册已是这样，没有改动。"));
        } catch (NoSuchFileException e) {
            return ProposedRulebook.say(out, 1, file + "：找不到文件");
        } catch (Unreadable e) {
            return ProposedRulebook.say(out, 1, file + "：" + e.sentence());
        } catch (IOException e) {
            return ProposedRulebook.say(out, 1, file + "：读不了，" + e.getMessage());
        }
    }
}
