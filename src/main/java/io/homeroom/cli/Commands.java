package io.homeroom.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** Decides whether the program was called as a command or as the server, and runs the command. */
public final class Commands {

    private Commands() {}

    /** All commands; a new one is a line here. */
    static CommandLine line() {
        CommandLine all = new CommandLine(new Top())
                .addSubcommand("rehearse", new Rehearse())
                .addSubcommand("import", new Import())
                .addSubcommand(
                        "rulebook",
                        new CommandLine(new Rulebook())
                                .addSubcommand("check", new RulebookCheck())
                                .addSubcommand("impact", new RulebookImpact())
                                .addSubcommand("text", new RulebookText())
                                .addSubcommand("restate", new RulebookRestate()))
                .addSubcommand("explain", new ExplainMember())
                .addSubcommand(
                        "calendar", new CommandLine(new Calendar()).addSubcommand("import", new CalendarImport()));
        all.registerConverter(LocalDate.class, Commands::day);
        CommandLine.IParameterExceptionHandler usual = all.getParameterExceptionHandler();
        all.setParameterExceptionHandler((wrong, args) -> {
            if (wrong.getCause() instanceof CommandLine.TypeConversionException said) {
                wrong.getCommandLine().getErr().println(said.getMessage());
                return wrong.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
            }
            return usual.handleParseException(wrong, args);
        });
        return all;
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new CommandLine.TypeConversionException("“" + text + "”不是日历上的一天，请写成 2026-07-01 这样");
        }
    }

    /**
     * Runs the command that the arguments name.
     *
     * @return its exit code; empty if they name none, and the server should start
     */
    public static OptionalInt run(String... args) {
        // Settings are no commands; the server need not know these.
        if (args.length == 0 || args[0].startsWith("--") && !args[0].equals("--help")) {
            return OptionalInt.empty();
        }
        return run(writer(FileDescriptor.out), writer(FileDescriptor.err), args);
    }

    /** What is said is Chinese, whatever the locale of the terminal's host. */
    private static PrintWriter writer(FileDescriptor where) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(where), StandardCharsets.UTF_8), true);
    }

    static OptionalInt run(PrintWriter out, PrintWriter err, String... args) {
        return run(line().setOut(out).setErr(err), args);
    }

    private static OptionalInt run(CommandLine line, String... args) {
        return args.length > 0 && (line.getSubcommands().containsKey(args[0]) || args[0].equals("--help"))
                ? OptionalInt.of(line.execute(args))
                : OptionalInt.empty();
    }

    /** Without a command the jar is the server. */
    @Command(
            name = "homeroom",
            mixinStandardHelpOptions = true,
            description = "班主任：协会会员服务。不带命令时启动服务器。",
            synopsisSubcommandLabel = "[COMMAND]")
    private static final class Top implements Runnable {
        @CommandLine.Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            usage(spec);
        }
    }

    @Command(name = "rulebook", mixinStandardHelpOptions = true, description = "规则书")
    private static final class Rulebook implements Runnable {
        @CommandLine.Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            usage(spec);
        }
    }

    @Command(name = "calendar", mixinStandardHelpOptions = true, description = "工作日历")
    private static final class Calendar implements Runnable {
        @CommandLine.Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            usage(spec);
        }
    }

    private static void usage(@Nullable CommandSpec spec) {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
