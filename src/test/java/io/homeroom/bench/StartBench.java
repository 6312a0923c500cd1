package io.homeroom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import bare.Bare;
import io.homeroom.Homeroom;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts the packaged jar in a process of its own, on a database that exists, until its health is answered. The base is
 * the same jar with everything of ours taken out and one empty application put in: same starters, libraries, launcher
 * and JVM. Where no jar was packaged, both run from the class path, and the line says so.
 */
@EnabledOnOs(OS.LINUX)
@DisplayName("性能：启动时间和常驻内存，与同样依赖的空应用相比")
class StartBench {

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private static final Path JAR = Path.of("target", "homeroom.jar");
    private static final String OURS = "BOOT-INF/classes/";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String USER = "bench";

    /** The first round makes the databases and fills the machine's file cache. */
    private static final int ROUNDS = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private record Started(double seconds, double megabytes) {}

    @Test
    @DisplayName("到 /actuator/health 回答为止用了多久，那时占多少内存")
    void startsBesideAnEmptyApplication() throws Exception {
        boolean packaged = Files.exists(JAR);
        List<String> ours = packaged
                ? List.of("-jar", JAR.toAbsolutePath().toString())
                : List.of("-cp", classPath(""), Homeroom.class.getName());
        List<String> base = packaged
                ? List.of("-jar", bareJar().toString())
                : List.of("-cp", classPath(bareClasses()), Bare.class.getName());
        List<Started> starts = new ArrayList<>();
        List<Started> bareStarts = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            starts.add(start("homeroom", ours, false));
            bareStarts.add(start("bare", base, true));
        }
        String from = packaged ? "packaged jar" : "class path, as target/homeroom.jar is not built";
        double seconds = median(starts.stream().map(Started::seconds));
        double bareSeconds = median(bareStarts.stream().map(Started::seconds));
        double megabytes = median(starts.stream().map(Started::megabytes));
        double bareMegabytes = median(bareStarts.stream().map(Started::megabytes));
        report("start-time", "s", seconds, bareSeconds, from);
        report("start-memory", "MB", megabytes, bareMegabytes, from);
        assertThat(bareSeconds).isPositive();
        assertThat(bareMegabytes).isPositive();
    }

    /** An application without code asks everybody to log in, as Spring Security does by itself; ours does not for this. */
    private Started start(String name, List<String> program, boolean asksForLogin)
            throws IOException, InterruptedException {
        Path home = Files.createDirectories(directory.resolve(name));
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.addAll(program);
        command.add("--server.port=" + port);
        command.add("--spring.datasource.url=jdbc:h2:file:./data/bench;MODE=MySQL;DATABASE_TO_LOWER=TRUE"
                + ";CASE_INSENSITIVE_IDENTIFIERS=TRUE");
        if (asksForLogin) {
            command.add("--spring.security.user.name=" + USER);
            command.add("--spring.security.user.password=" + USER);
        }
        Path log = home.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("HOMEROOM_DATA_KEY", KEY);
        builder.environment().put("HOMEROOM_ADMIN_PASSWORD", KEY);
        long begun = System.nanoTime();
        Process process = builder.start();
        try {
            HttpRequest.Builder health = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/actuator/health"))
                    .timeout(Duration.ofSeconds(20));
            if (asksForLogin) {
                String login = Base64.getEncoder().encodeToString((USER + ":" + USER).getBytes(StandardCharsets.UTF_8));
                health.header("Authorization", "Basic " + login);
            }
            while (!healthy(health.build())) {
                boolean over = process.waitFor(20, TimeUnit.MILLISECONDS);
                if (over || System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException(name + " does not start: " + Files.readString(log));
                }
            }
            return new Started((System.nanoTime() - begun) / 1e9, resident(process));
        } finally {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private boolean healthy(HttpRequest health) throws InterruptedException {
        try {
            return client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static double resident(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Our classes and what names them; the folder itself must be there for the launcher. */
    private static boolean isOurs(String name) {
        return name.startsWith(OURS) && !name.equals(OURS) || name.startsWith("META-INF/spring");
    }

    private Path bareJar() throws IOException {
        Path bare = directory.resolve("bare.jar");
        try (ZipFile from = new ZipFile(JAR.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(bare))) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                if (isOurs(entry.getName())) {
                    continue;
                }
                try (InputStream in = from.getInputStream(entry)) {
                    if (entry.getName().equals(MANIFEST)) {
                        String manifest = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                        put(to, MANIFEST, manifest.replace(Homeroom.class.getName(), Bare.class.getName()));
                    } else {
                        // The launcher reads libraries where they lie: they stay unpacked, with the sums that asks for.
                        ZipEntry same = new ZipEntry(entry.getName());
                        same.setMethod(entry.getMethod());
                        if (entry.getMethod() == ZipEntry.STORED) {
                            same.setSize(entry.getSize());
                            same.setCrc(entry.getCrc());
                        }
                        to.putNextEntry(same);
                        in.transferTo(to);
                        to.closeEntry();
                    }
                }
            }
            to.putNextEntry(new ZipEntry(OURS + bareFile()));
            copyBare(to);
            to.closeEntry();
        }
        return bare;
    }

    private static void put(ZipOutputStream to, String name, String text) throws IOException {
        to.putNextEntry(new ZipEntry(name));
        to.write(text.getBytes(StandardCharsets.UTF_8));
        to.closeEntry();
    }

    private String bareClasses() throws IOException {
        Path classes = directory.resolve("classes");
        Path file = classes.resolve(bareFile());
        Files.createDirectories(file.getParent());
        try (OutputStream to = Files.newOutputStream(file)) {
            copyBare(to);
        }
        return classes.toString();
    }

    private static void copyBare(OutputStream to) throws IOException {
        try (InputStream in = Bare.class.getClassLoader().getResourceAsStream(bareFile())) {
            assertThat(in).isNotNull();
            in.transferTo(to);
        }
    }

    private static String bareFile() {
        return Bare.class.getName().replace('.', '/') + ".class";
    }

    /** The libraries of this class path, with other classes instead of ours, or with ours but without the tests. */
    private static String classPath(String instead) {
        String libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") || instead.isEmpty() && !entry.contains("test-classes"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return instead.isEmpty() ? libraries : instead + File.pathSeparator + libraries;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.skip(1).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** Straight to the terminal: a line of its own, whatever the tests' listener prints. */
    private static void report(String name, String unit, double ours, double base, String from) {
        OUT.println(String.format(
                Locale.ROOT,
                "bench %s ours=%.1f%s base=%.1f%s ratio=%.2f (base: the same starters and libraries without code; %s)",
                name,
                ours,
                unit,
                base,
                unit,
                ours / base,
                from));
    }
}
