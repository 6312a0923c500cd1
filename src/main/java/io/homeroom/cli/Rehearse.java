package io.homeroom.cli;

import io.homeroom.rulebook.Fault;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Rulebooks;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code rehearse [--json] FILE…}: runs rehearsals on the server's own services, tables and duties; a line for each run,
 * exit code 1 if one fails. {@code --coverage} lists the clauses of the rulebooks that no
 * given file is about, and those that a file names in a heading while no step finds anything resting on them.
 */
@Command(name = "rehearse", mixinStandardHelpOptions = true, description = "演练规则书：逐个运行并报告，有未通过的退出码为 1。")
final class Rehearse implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "每个运行输出一行 JSON")
    private boolean json;

    @Option(names = "--coverage", description = "列出没有任何演练涉及的条款，和只写在标题里、没有一步验证过的条款")
    private boolean coverage;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "演练文件（YAML）")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("Called outside a command line");
        }
        PrintWriter out = spec.commandLine().getOut();
        boolean good = true;
        Map<String, Coverage> covered = new LinkedHashMap<>();
        Map<String, Rulebook> books = new LinkedHashMap<>();
        try (ConfigurableApplicationContext hall = open()) {
            Lawbook law = hall.getBean(Lawbook.class);
            Rehearser rehearser = hall.getBean(Rehearser.class);
            for (Path file : files) {
                long begun = System.nanoTime();
                good &= run(file, law, rehearser, books, covered, out);
                out.flush();
                // Only results go to the standard output.
                spec.commandLine()
                        .getErr()
                        .println(String.format(Locale.ROOT, "用时 %.1f 秒 %s", (System.nanoTime() - begun) / 1e9, file));
            }
        }
        if (coverage) {
            for (Map.Entry<String, Rulebook> book : books.entrySet()) {
                Coverage found = covered.getOrDefault(book.getKey(), new Coverage());
                // With --json nothing but results goes to the standard output.
                PrintWriter list = json ? spec.commandLine().getErr() : out;
                found.missing(book.getValue()).forEach(clause -> list.println(book.getKey() + " 未演练 " + clause));
                found.inHeadersOnly(book.getValue())
                        .forEach(clause -> list.println(book.getKey() + " 只在标题里 " + clause));
            }
        }
        out.flush();
        return good ? 0 : 1;
    }

    /** Opens the hall; more settings, as {@code --name=value}, win over its own. */
    static ConfigurableApplicationContext open(String... more) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String[] some : List.of(RehearsalHall.SETTINGS, more)) {
            for (String setting : some) {
                settings.put(setting.substring(0, setting.indexOf('=')), setting);
            }
        }
        return new SpringApplicationBuilder(RehearsalHall.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(settings.values().toArray(String[]::new));
    }

    private boolean run(
            Path file,
            Lawbook law,
            Rehearser rehearser,
            Map<String, Rulebook> books,
            Map<String, Coverage> covered,
            PrintWriter out) {
        String name = file.toString();
        Consumer<Rehearser.Result> report = result -> out.println(json ? json(result) : line(result));
        try {
            List<Rehearsal> runs = Rehearsal.read(name, Files.readString(file, StandardCharsets.UTF_8));
            boolean good = true;
            for (Rehearsal rehearsal : runs) {
                String code = rehearsal.rulebook();
                if (!books.containsKey(code)) {
                    Rulebook book = rulebook(code, file);
                    books.put(code, book);
                    law.only(code, book);
                }
                Rehearser.Result result = rehearser.run(rehearsal);
                covered.computeIfAbsent(code, key -> new Coverage()).add(result);
                report.accept(result);
                good &= result.passed();
            }
            return good;
        } catch (IOException e) {
            report.accept(fault(name, "读不了文件：" + e.getMessage()));
        } catch (java.time.DateTimeException e) {
            report.accept(fault(name, "日期写法有误：" + e.getMessage()));
        } catch (Script.Fault e) {
            report.accept(fault(name, String.valueOf(e.getMessage())));
        }
        return false;
    }

    private static Rehearser.Result fault(String file, String why) {
        return new Rehearser.Result(file, "", null, List.of(), false, null, why, Set.of());
    }

    /** A rulebook by its code, or by a path beside the rehearsal or below the working directory. */
    private static Rulebook rulebook(String codeOrPath, Path file) throws IOException {
        boolean path = codeOrPath.endsWith(".yaml") || codeOrPath.contains("/");
        Path own = path ? Path.of(codeOrPath) : Path.of("config", "rulebooks", codeOrPath + ".yaml");
        Path parent = file.toAbsolutePath().getParent();
        if (path && !Files.exists(own) && parent != null) {
            own = parent.resolve(codeOrPath);
        }
        String text;
        if (Files.exists(own)) {
            text = Files.readString(own, StandardCharsets.UTF_8);
        } else {
            try (InputStream packaged =
                    Rehearse.class.getResourceAsStream("/config/rulebooks/" + codeOrPath + ".yaml")) {
                if (packaged == null) {
                    throw new Script.Fault("没有规则书“" + codeOrPath + "”");
                }
                text = new String(packaged.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        Rulebooks.Reading reading = Rulebooks.read(own.toString(), text);
        List<String> faults = new ArrayList<>();
        reading.faults().stream().map(Fault::toString).forEach(faults::add);
        return reading.rulebook()
                .filter(book -> faults.isEmpty())
                .orElseThrow(() -> new Script.Fault(String.join("\n", faults)));
    }

    private static String line(Rehearser.Result result) {
        String branch = result.branch() == null ? "" : " / " + result.branch();
        String name = result.file() + "：" + result.title() + branch;
        if (result.passed()) {
            return "通过 " + name;
        }
        return "未过 " + name + (result.step() == null ? "" : "（第" + result.step() + "步）") + "：" + result.why();
    }

    private static String json(Rehearser.Result result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", result.file());
        fields.put("title", result.title());
        fields.put("branch", result.branch());
        fields.put("result", result.passed() ? "passed" : "failed");
        fields.put("step", result.step());
        fields.put("why", result.why());
        return JsonMapper.builder().build().writeValueAsString(fields);
    }
}
