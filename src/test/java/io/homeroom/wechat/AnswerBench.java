package io.homeroom.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.ground.Tenant;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.testing.NeedsMysql;
import io.homeroom.testing.TestDatabase;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import me.chanjar.weixin.common.util.crypto.SHA1;
import me.chanjar.weixin.common.util.crypto.WxCryptUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * How much of the server's throughput remains when an encrypted 状态 is really answered. The base is the same server which
 * checks, decrypts, deduplicates, stores and encrypts a reply of the same length, but only echoes.
 */
@NeedsMysql
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "homeroom.data-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "homeroom.notice.deliver=at-once",
            "logging.level.root=ERROR",
            "homeroom.associations.whjx.mp.app-id=wxSecure0000000001",
            "homeroom.associations.whjx.mp.token=secure-token",
            "homeroom.associations.whjx.mp.aes-key=" + AnswerBench.AES_KEY,
            "homeroom.wechat.endpoints.mp=http://127.0.0.1:1"
        })
@DisplayName("性能：加密的「状态」与只去重、存储、回声相比")
class AnswerBench {

    static final String AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    private static final int MEMBERS = 300;
    private static final int CLIENTS = 16;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final int WARM_UPS = 30;
    /** A server that has been up for a while: its compiler takes no more than this part of the time. */
    private static final double AT_REST = 0.02;

    private static final Duration ROUND = Duration.ofSeconds(6);
    private static final int ROUNDS = 4;

    /** The base: everything but the answer. */
    @TestConfiguration(proxyBeanMethods = false)
    @RestController
    static class Echo {

        private static final String REPLY = "一".repeat(240);

        @Autowired
        MpController controller;

        @Autowired
        Accounts accounts;

        @Autowired
        Answers answers;

        @PostMapping("/wechat/echo/{code}")
        ResponseEntity<byte[]> echo(@PathVariable String code, HttpServletRequest request)
                throws IOException, Knock.Refused {
            Seal seal = accounts.mpSeal(code).orElseThrow();
            Envelope message = controller.open(Knock.of(request), seal);
            Answers.Message said = new Answers.Message(
                    code,
                    Answers.key("m", message.get("MsgId"), message.get("FromUserName")),
                    message.get("FromUserName"),
                    Duration.ofHours(48));
            return controller.wrap(seal, message, answers.answer(said, () -> REPLY));
        }
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        TestDatabase.mysql().properties().forEach((name, value) -> properties.add(name, () -> value));
    }

    @LocalServerPort
    int port;

    @Autowired
    Roster roster;

    @Autowired
    Contacts contacts;

    @Autowired
    Bindings bindings;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    @Qualifier("wireClock")
    Clock clock;

    private final WxCryptUtil crypt = new WxCryptUtil("secure-token", AES_KEY, "wxSecure0000000001");
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicLong number = new AtomicLong(1);
    private final List<String> openids = new ArrayList<>();

    @BeforeAll
    void enterMembers() {
        Tenant.run("whjx", () -> {
            for (int i = 0; i < MEMBERS; i++) {
                String openid = "oBench%06d".formatted(i);
                Member member = roster.enter(NewMember.draft("样本单位" + i, Kind.UNIT, "会员")
                        .joined(LocalDate.of(2024, 3, 1))
                        .contact(Role.LIAISON, "王芳", "13800%06d".formatted(i))
                        .done());
                Contact contact = contacts.toNotify(member.id()).orElseThrow();
                String scene = bindings.invite(member.id(), contact.id(), Duration.ofDays(1), "bench")
                        .scene();
                assertThat(bindings.bind(scene, openid).isDone()).isTrue();
                openids.add(openid);
            }
        });
    }

    @Test
    @DisplayName("每秒答几条，是底数的几成（目标 0.6）")
    void answersBesideTheBase() throws Exception {
        warmUp();
        long ours = 0;
        long base = 0;
        long queries = 0;
        for (int round = 0; round < ROUNDS; round++) {
            base += run("/wechat/echo/whjx", ROUND);
            long before = statements();
            long answered = run("/wechat/mp/whjx", ROUND);
            queries += statements() - before;
            ours += answered;
        }
        double seconds = (double) ROUND.toSeconds() * ROUNDS;
        double ratio = (double) ours / base;
        System.out.printf(
                Locale.ROOT,
                "bench status-message ours=%.0f/s base=%.0f/s ratio=%.2f (base: same server, deduplicates, stores,"
                        + " echoes; MySQL with durable commits; %.1f statements a message)%n",
                ours / seconds,
                base / seconds,
                ratio,
                (double) queries / ours);
    }

    private void warmUp() throws Exception {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        for (int i = 0; i < WARM_UPS; i++) {
            run("/wechat/echo/whjx", WARM_UP);
            long before = compiler.getTotalCompilationTime();
            run("/wechat/mp/whjx", WARM_UP);
            if (compiler.getTotalCompilationTime() - before < AT_REST * WARM_UP.toMillis()) {
                return;
            }
        }
    }

    private long statements() {
        return jdbc.query("SHOW GLOBAL STATUS LIKE 'Questions'", row -> {
            row.next();
            return row.getLong(2);
        });
    }

    private long run(String path, Duration time) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            long end = System.nanoTime() + time.toNanos();
            List<Callable<Long>> work = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                work.add(() -> {
                    long done = 0;
                    while (System.nanoTime() < end) {
                        send(path);
                        done++;
                    }
                    return done;
                });
            }
            long all = 0;
            for (Future<Long> each : clients.invokeAll(work)) {
                all += each.get();
            }
            return all;
        } finally {
            clients.shutdown();
        }
    }

    private void send(String path) throws IOException, InterruptedException {
        long id = number.getAndIncrement();
        String openid = openids.get((int) (id % openids.size()));
        String encrypted = crypt.encrypt(
                "0123456789abcdef",
                "<xml><ToUserName>gh_1</ToUserName><FromUserName>" + openid + "</FromUserName><CreateTime>1700000000"
                        + "</CreateTime><MsgType>text</MsgType><Content>状态</Content><MsgId>" + id + "</MsgId></xml>");
        String now = Long.toString(clock.instant().getEpochSecond());
        String query = "?timestamp=" + now + "&nonce=n&signature=" + SHA1.gen("secure-token", now, "n")
                + "&encrypt_type=aes&msg_signature=" + SHA1.gen("secure-token", now, "n", encrypted);
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path + query))
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "<xml><Encrypt>" + encrypted + "</Encrypt></xml>", StandardCharsets.UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200 || response.body().length() < 200) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
    }
}
