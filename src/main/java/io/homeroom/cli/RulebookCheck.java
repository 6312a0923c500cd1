package io.homeroom.cli;

import io.homeroom.rulebook.Fault;
import io.homeroom.rulebook.Rulebooks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rulebook check FILE…}: a line for each fault, as {@code FILE:line:column: message}; exit code 1 if there is one. */
@Command(name = "check", mixinStandardHelpOptions = true, description = "检查规则书，逐条列出错误：文件:行:列: 说明。有错误时退出码为 1。")
final class RulebookCheck implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "规则书文件（YAML）")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("Called outside a command line");
        }
        PrintWriter out = spec.commandLine().getOut();
        int faults = 0;
        for (Path file : files) {
            List<Fault> found = check(file);
            found.forEach(out::println);
            faults += found.size();
        }
        out.flush();
        return faults == 0 ? 0 : 1;
    }

    private static List<Fault> check(Path file) {
        String name = file.toString();
        try {
            return Rulebooks.read(name, Files.readString(file, StandardCharsets.UTF_8))
                    .faults();
        } catch (NoSuchFileException e) {
            return List.of(new Fault(name, 1, 1, "找不到文件"));
        } catch (CharacterCodingException e) {
            return List.of(new Fault(name, 1, 1, "不是 UTF-8 编码的文本"));
        } catch (IOException e) {
            return List.of(new Fault(name, 1, 1, "读不了：" + e.getMessage()));
        }
    }
}
