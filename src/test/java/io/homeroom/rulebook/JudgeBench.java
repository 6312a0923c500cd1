package io.homeroom.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.ground.Money;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What it costs to judge one member, beside merely writing the ruling down. Compiled with JMH's own processor by {@code
 * -Pbench}.
 */
@DisplayName("判一家会员要多久")
public class JudgeBench {

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    /** A member in arrears, with a history: much to judge and nothing left to do. */
    @State(Scope.Benchmark)
    public static class Member {

        @Param({"igrs", "dsia", "bacca", "aii", "whjx"})
        public String code = "whjx";

        Rulebook book = Cases.book("whjx");
        Facts facts = Cases.member(List.of(), List.of(), List.of());
        Ruling ruling = Judge.judge(book, Cases.CALENDAR, facts, LocalDate.of(2026, 7, 20));
        final LocalDate day = LocalDate.of(2026, 7, 20);

        /** Reads the rulebook and lives until the day. */
        @Setup
        public void live() {
            book = Cases.book(code);
            Facts.Due bill = new Facts.Due(
                    1,
                    2026,
                    "2026年度会费",
                    Money.ofYuan(8000),
                    Money.ofYuan(8000),
                    LocalDate.of(2026, 3, 31),
                    LocalDate.of(2026, 1, 1));
            facts = Cases.member(
                    book.fees() == null ? List.of() : List.of(bill),
                    List.of("2025-09-01", "2026-03-01"),
                    List.of("2025-09-01", "2026-03-01", "2026-06-01"));
            facts = Cases.settled(book, facts, day);
            ruling = Judge.judge(book, Cases.CALENDAR, facts, day);
        }
    }

    /** Ours. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Ruling judge(Member member) {
        return Judge.judge(member.book, Cases.CALENDAR, member.facts, member.day);
    }

    /** The base: a ruling already made is written down as text. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public String write(Member member) {
        return member.ruling.toString();
    }

    @Test
    void judgingBesideWriting() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(JudgeBench.class.getName() + "\\..*")
                        .forks(1)
                        .jvmArgs("-Xmx256m")
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .build())
                .run();
        Map<String, Double> nanos = results.stream()
                .collect(Collectors.toMap(
                        run -> run.getParams().getParam("code") + " "
                                + run.getPrimaryResult().getLabel(),
                        run -> run.getPrimaryResult().getScore()));
        for (String code : List.of("igrs", "dsia", "bacca", "aii", "whjx")) {
            double ours = nanos.getOrDefault(code + " judge", 0.0);
            double base = nanos.getOrDefault(code + " write", 0.0);
            assertThat(ours).isPositive();
            assertThat(base).isPositive();
            OUT.println(String.format(
                    Locale.ROOT,
                    "bench judge-%s ours=%.2fus base=%.2fus ratio=%.1f",
                    code,
                    ours / 1e3,
                    base / 1e3,
                    ours / base));
        }
    }
}
