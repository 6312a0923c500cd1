package io.homeroom.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.homeroom.sandbox.SandboxAccounts;
import io.homeroom.sandbox.gate.Fault;
import io.homeroom.sandbox.gate.Faults;
import io.homeroom.sandbox.pay.OrderView;
import io.homeroom.sandbox.pay.PayBook;
import io.homeroom.sandbox.phone.Colleague;
import io.homeroom.sandbox.phone.Colleagues;
import io.homeroom.sandbox.phone.Delivery;
import io.homeroom.sandbox.phone.Gestures;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.phone.PhoneMessage;
import io.homeroom.sandbox.phone.Phones;
import io.homeroom.sandbox.phone.StaffGestures;
import io.homeroom.sandbox.wecom.Broadcasts;
import io.homeroom.sandbox.wecom.Customers;
import io.homeroom.sandbox.wire.Outbound;
import io.homeroom.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server is a process of its own, without the sandbox; WeChat and Pay are played here, and the database lives on. The
 * process is killed with -9 while messages, payments and the night are under way, each time in the middle of sending
 * something: through WeCom, as a template message, as a customer-service message and as a broadcast to a class. Where it dies
 * is drawn from a seed, and whoever waits for it waits for a condition.
 */
@Tag("mysql")
@ActiveProfiles("sandbox")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = KilledIT.Wechat.class,
        properties = "spring.config.location=optional:classpath:/none/")
@DisplayName("进程被 kill -9：消息、缴费、夜间复核、各种通知和群发，重启后不丢不重")
class KilledIT {

    private static final long SEED = 20_260_331L;
    private static final int MEMBERS = 9;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ADMIN = "admin:a-Password-for-1-story";
    private static final int PORT = freePort();

    /** WeChat's servers alone. Bears no stereotype, so that whoever scans the house does not find WeChat in it. */
    @ComponentScan(
            value = "io.homeroom.sandbox",
            excludeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = {".*ClockControl", ".*Test(\\$.*)?"}))
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        PropertyPlaceholderAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class
    })
    static class Wechat {

        @Bean
        Clock wireClock() {
            return Clock.systemUTC();
        }
    }

    /** One text that WeChat repeats, with the same MsgId, until it has an answer. */
    private record Said(long id, Phone phone, String text) {}

    @DynamicPropertySource
    static void application(DynamicPropertyRegistry properties) {
        properties.add("homeroom.sandbox.application", () -> "http://127.0.0.1:" + PORT);
    }

    @Autowired
    ConfigurableEnvironment environment;

    @Autowired
    SandboxAccounts accounts;

    @Autowired
    Phones phones;

    @Autowired
    Gestures gestures;

    @Autowired
    Outbound outbound;

    @Autowired
    Colleagues colleagues;

    @Autowired
    StaffGestures staffGestures;

    @Autowired
    Customers customers;

    @Autowired
    Broadcasts broadcasts;

    @Autowired
    PayBook pay;

    @Autowired
    Faults faults;

    @TempDir
    Path place;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Random random = new Random(SEED);
    private final List<String> members = new ArrayList<>();
    private final List<Phone> people = new ArrayList<>();
    private final List<Said> said = Collections.synchronizedList(new ArrayList<>());
    private final Map<Long, String> heard = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong(9_000_000_000L);
    private final AtomicInteger acts = new AtomicInteger();
    private Server h2;
    private TestDatabase database;
    private JdbcClient jdbc;
    private Process server;
    private Colleague boss;
    private int starts;

    // ---- the process

    @BeforeAll
    void open() throws SQLException {
        if (TestDatabase.onMysql()) {
            database = TestDatabase.mysql();
        } else {
            // The database outlives the process here too: it is served from this one.
            h2 = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
            String local = TestDatabase.h2().url();
            database = new TestDatabase(
                    local.replace("jdbc:h2:mem:", "jdbc:h2:tcp://127.0.0.1:" + h2.getPort() + "/mem:killed"), "sa", "");
        }
        jdbc = JdbcClient.create(new DriverManagerDataSource(database.url(), database.user(), database.password()));
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.destroyForcibly();
        }
        if (h2 != null) {
            h2.stop();
        }
    }

    private void start() throws IOException {
        server = launch(PORT);
    }

    /** A server process on the one database, once it is healthy. */
    private Process launch(int port) throws IOException {
        Map<String, Object> settings = new LinkedHashMap<>(database.properties());
        MapPropertySource registered =
                (MapPropertySource) environment.getPropertySources().get("sandbox");
        registered.getSource().forEach((name, value) -> {
            // Nobody's template for what is none of the named things: it goes as a customer-service message.
            if (name.startsWith("homeroom.associations.whjx.") && !name.endsWith("templates.notice")
                    || name.startsWith("homeroom.wechat.endpoints.")) {
                settings.put(name, value);
            }
        });
        settings.put("server.port", port);
        settings.put("homeroom.public-base-url", "http://localhost:" + PORT);
        settings.put("homeroom.admin-password", ADMIN.substring(ADMIN.indexOf(':') + 1));
        settings.put("homeroom.clock.settable", "true");
        settings.put("homeroom.clock.begin", "2026-03-20");
        settings.put("logging.level.root", "WARN");
        // On a slow machine WeChat comes again; an answer that has gone another way would prove nothing here.
        settings.put("homeroom.wechat.patience", "60s");
        Path log = place.resolve("server" + ++starts + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Duser.timezone=Asia/Shanghai",
                "-cp",
                classpath(),
                "io.homeroom.Homeroom");
        builder.environment().put("SPRING_APPLICATION_JSON", JSON.writeValueAsString(settings));
        Process launched = builder.directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
                assertThat(launched.isAlive()).as(() -> read(log)).isTrue();
                return healthy(port);
            });
        } catch (RuntimeException | AssertionError e) {
            launched.destroyForcibly();
            throw e;
        }
        return launched;
    }

    /** As an operator's {@code java -cp} would have it: absolute, because the process works elsewhere. */
    private static String classpath() {
        List<String> parts = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!part.contains("test-classes")) {
                parts.add(Path.of(part).toAbsolutePath().toString());
            }
        }
        return String.join(File.pathSeparator, parts);
    }

    private boolean healthy(int port) {
        try {
            return send("GET", "http://localhost:" + port + "/actuator/health", null, null)
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void kill() {
        server.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !server.isAlive());
    }

    // ---- asking it

    private HttpResponse<String> send(String method, String path, String body, String key) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(path.startsWith("http") ? path : "http://localhost:" + PORT + path))
                .timeout(Duration.ofSeconds(30));
        if (path.startsWith("/api/")) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(ADMIN.getBytes(StandardCharsets.UTF_8)));
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        request.header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private JsonNode api(String method, String path, String body) throws IOException {
        HttpResponse<String> answer = send(method, "/api/v1/whjx" + path, body, null);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return JSON.readTree(answer.body());
    }

    /** Says something, again if need be; the answer, or nothing if the process was not there to give one. */
    private Optional<String> tell(Said words) {
        return tell(gestures, words);
    }

    private Optional<String> tell(Gestures way, Said words) {
        Delivery delivery = way.raw(
                words.phone(),
                "<xml><ToUserName>" + accounts.of("whjx").originalId() + "</ToUserName><FromUserName>"
                        + words.phone().openid()
                        + "</FromUserName><CreateTime>1700000000</CreateTime><MsgType>text</MsgType><Content>"
                        + words.text() + "</Content><MsgId>" + words.id() + "</MsgId></xml>");
        PhoneMessage reply = delivery.reply();
        if (reply == null) {
            return Optional.empty();
        }
        String before = heard.putIfAbsent(words.id(), reply.text());
        assertThat(before == null ? reply.text() : before).isEqualTo(reply.text());
        return Optional.of(reply.text());
    }

    private Optional<String> tell(int person, String text) {
        Said words = new Said(numbers.incrementAndGet(), people.get(person), text);
        said.add(words);
        return tell(words);
    }

    /** Opens the bill on a computer and pays its QR code, unless it has been paid or closed meanwhile. */
    private void pays(int person) throws IOException {
        Matcher link = Pattern.compile("http://localhost:\\d+/m/whjx/\\S+")
                .matcher(tell(person, "缴费").orElse(""));
        if (!link.find()) {
            return;
        }
        Matcher code = Pattern.compile("data-code-url=\"([^\"]+)\"")
                .matcher(send("GET", link.group(), null, null).body());
        if (!code.find()) {
            return;
        }
        OrderView order = pay.byCodeUrl(code.group(1).replace("&amp;", "&")).orElseThrow();
        // Every third one pays while somebody at the desk books a transfer for the same bill.
        if (person % 3 == 0) {
            transfers(person, order.amountFen());
        }
        try {
            pay.pay(order.id(), people.get(person).openid(), PayBook.How.NORMAL, Duration.ZERO);
        } catch (IllegalStateException notAnyMore) {
            assertThat(notAnyMore).hasMessageMatching("该订单已(支付|关闭)");
        }
    }

    private void transfers(int person, long amount) throws IOException {
        send(
                "POST",
                "/api/v1/whjx/members/" + members.get(person) + "/payments",
                "{\"amountFen\":" + amount
                        + ",\"method\":\"bank-transfer\",\"receivedAt\":\"2026-03-20T10:00:00+08:00\","
                        + "\"memo\":\"会费\"}",
                "transfer-of-" + person);
    }

    // ---- the story

    @Test
    @DisplayName("三次 kill -9：忙的时候、夜里、群发的时候，每次都正在发通知；每条消息答一次，每笔钱记一次退一次，每个后果一次，每条通知到一次或未确认；两台服务器同时听到一句，只答一次")
    void survives() throws Exception {
        start();
        enter();

        jdbc.sql("update staff set wecom_user_id = 'boss' where username = 'admin'")
                .update();
        boss = colleagues.hire("whjx", "boss", "管理员", "");

        // Killed in the middle of messages and payments, and while a message goes out through WeCom.
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            int person = i;
            for (String text : List.of("状态", "账单", "转人工", "为什么")) {
                work.add(() -> {
                    acts.incrementAndGet();
                    tell(person, text);
                    return null;
                });
            }
            if (person < MEMBERS - 2) {
                work.add(() -> {
                    acts.incrementAndGet();
                    pays(person);
                    return null;
                });
            }
        }
        Collections.shuffle(work, random);
        busyUntilKilled(work, work.size() / 4 + random.nextInt(work.size() / 2), () -> {
            faults.ask("wecom", "whjx", "/message/send", Fault.Kind.DELAY, "4000", 1);
            api("PATCH", "/members/" + members.get(0), "{\"teacher\":\"admin\"}");
            return null;
        });
        assertThat(inFlight("wecom")).isEqualTo(1);

        // A missed fortnight lies before the next start; killed in its night, and while a template message goes out.
        long consequences = count("consequence");
        jdbc.sql("update clock_setting set offset_millis = offset_millis + :days")
                .param("days", Duration.ofDays(13).toMillis())
                .update();
        faults.ask("weixin", "whjx", "/template/send", Fault.Kind.DELAY, "1500", 20);
        expireLeases();
        start();
        long enough = consequences + 1 + random.nextInt(4);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> count("consequence") >= enough
                        && faults.waiting().get(0).times() < 20
                        && inFlight("wechat") == 1);
        kill();
        faults.forgetAll();

        // Killed while WeChat carries out a customer-service message and WeCom a broadcast: nobody can know of either.
        expireLeases();
        start();
        Phone asked = people.get(MEMBERS - 1);
        // Words open the window for such messages.
        assertThat(gestures.text(asked, "状态").reply()).isNotNull();
        customers.group("whjx", "一班", boss);
        faults.ask("wecom", "whjx", "/add_msg_template", Fault.Kind.DELAY, "4500", 1);
        // A server that has just started may answer late, or not yet: she says it again, as anybody would.
        saysUntil("群发 下周三下午三点年会签到", "staff_talk where command = 'broadcast'");
        saysUntil("确认", "broadcast");
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> faults.waiting().isEmpty());
        faults.ask("weixin", "whjx", "/message/custom/send", Fault.Kind.DELAY, "4000", 1);
        api("PATCH", "/members/" + members.get(MEMBERS - 1), "{\"teacher\":\"admin\"}");
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> faults.waiting().isEmpty());
        kill();
        assertThat(inFlight("wechat")).isEqualTo(1);
        assertThat(count("broadcast where state = 'tried'")).isEqualTo(1);

        // Whatever was not answered comes again from those who wait for an answer.
        expireLeases();
        start();
        for (Said words : List.copyOf(said)) {
            await(words.toString()).atMost(PATIENCE).until(() -> tell(words).isPresent());
        }
        for (int person = 0; person < MEMBERS - 2; person++) {
            if (person % 3 == 0) {
                transfers(person, 800_000);
                transfers(person, 800_000);
            }
        }
        for (OrderView order : paidOrders()) {
            pay.notifyAgain(order.id(), PayBook.How.TWICE, JSON.createObjectNode());
        }
        await().atMost(PATIENCE).untilAsserted(this::nightIsDone);
        await().atMost(PATIENCE).untilAsserted(this::moneyAgrees);
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("select count(*) from notice where state = 'waiting' and claimed_by is not null")
                                .query(Long.class)
                                .single()
                        == 0);
        twoServersHear();
        answersAgree(asked);
        noticesAgree();
        colleaguesAgree();
        await().atMost(PATIENCE).untilAsserted(this::broadcastAgrees);
    }

    /** A second process on the same database; each message comes to both at the same moment, and is answered once. */
    private void twoServersHear() throws Exception {
        int port = freePort();
        Process second = launch(port);
        Gestures other = new Gestures(accounts, phones, outbound, Clock.systemUTC(), "http://127.0.0.1:" + port);
        ExecutorService hands = Executors.newFixedThreadPool(2);
        try {
            for (int person = 0; person < MEMBERS; person++) {
                for (String text : List.of("状态", "账单", "为什么")) {
                    Said words = new Said(numbers.incrementAndGet(), people.get(person), text);
                    said.add(words);
                    // Both answers must be the same words: that is what tell compares.
                    for (Future<Optional<String>> answer : hands.invokeAll(
                            List.<Callable<Optional<String>>>of(() -> tell(words), () -> tell(other, words)))) {
                        assertThat(answer.get()).as(words.toString()).isPresent();
                    }
                }
            }
        } finally {
            hands.shutdownNow();
            second.destroyForcibly();
        }
    }

    private void saysUntil(String words, String there) {
        await().atMost(PATIENCE).until(() -> {
            if (count(there) == 0) {
                staffGestures.text(boss, words);
            }
            return count(there) == 1;
        });
    }

    private void enter() throws IOException {
        for (int i = 0; i < MEMBERS; i++) {
            String paid = i < MEMBERS - 2 ? "2025-12-31" : "2024-12-31";
            JsonNode member = api(
                    "POST",
                    "/members",
                    "{\"name\":\"江城建工" + i + "号\",\"kind\":\"unit\",\"grade\":\"会员\",\"joinedOn\":\"2020-05-01\","
                            + "\"paidThrough\":\"" + paid
                            + "\",\"contact\":{\"name\":\"张三\",\"phone\":\"1381234200" + i + "\"}}");
            String id = member.path("id").asString();
            members.add(id);
            Phone phone = phones.add("whjx", "killed" + i, "张三" + i, "");
            phone.followedBefore(Clock.systemUTC().instant().minus(Duration.ofDays(30)));
            people.add(phone);
            String scene = api("POST", "/members/" + id + "/invitations", "{}")
                    .path("scene")
                    .asString();
            PhoneMessage reply = gestures.scan(phone, scene, "ticket").reply();
            assertThat(reply == null ? "" : reply.text()).contains("已绑定");
        }
    }

    private void busyUntilKilled(List<Callable<Void>> work, int moment, Callable<Void> last) throws Exception {
        ExecutorService hands = Executors.newFixedThreadPool(4);
        try {
            List<Future<Void>> all = new ArrayList<>();
            work.forEach(act -> all.add(hands.submit(act)));
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> acts.get() >= moment);
            last.call();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> faults.waiting().isEmpty());
            kill();
            for (Future<Void> act : all) {
                try {
                    act.get();
                } catch (ExecutionException cutOff) {
                    assertThat(cutOff.getCause()).isInstanceOf(IOException.class);
                }
            }
        } finally {
            hands.shutdownNow();
        }
    }

    /** The dead hold what they held until their time is up; here it passes. */
    private void expireLeases() {
        jdbc.sql("update notice set claimed_until = tried_at where claimed_by is not null and tried_at is not null")
                .update();
        jdbc.sql("update broadcast set retry_at = tried_at where state = 'tried'")
                .update();
    }

    // ---- what must hold

    /** Each message is answered and kept once. */
    private void answersAgree(Phone asked) {
        assertThat(count("wx_message where dedupe_key like 'm|%'")).isEqualTo(said.size() + 1);
        for (Phone phone : people) {
            long texts = said.stream().filter(words -> words.phone() == phone).count();
            long lines = jdbc.sql("select count(*) from chat_line where speaker = 'person' and openid = :openid")
                    .param("openid", phone.openid())
                    .query(Long.class)
                    .single();
            assertThat(lines).as(phone.name()).isEqualTo(phone == asked ? texts + 1 : texts);
        }
        assertThat(count("task where what = 'talk'")).isEqualTo(MEMBERS);
    }

    private List<OrderView> paidOrders() {
        return pay.orders("whjx").stream()
                .filter(order -> order.transactionId() != null)
                .toList();
    }

    /** What Pay took is what we booked, what we owe back Pay gave back, each once, and no bill took more than it is worth. */
    private void moneyAgrees() {
        List<String> booked = jdbc.sql("select external_id from payment where method = 'wechat'")
                .query(String.class)
                .list();
        assertThat(booked)
                .containsExactlyInAnyOrderElementsOf(
                        paidOrders().stream().map(OrderView::transactionId).toList());
        long transfers = members.size() - 2L;
        assertThat(count("payment where method = 'bank-transfer'")).isEqualTo((transfers + 2) / 3);
        long refunded =
                pay.orders("whjx").stream().mapToLong(OrderView::refundedFen).sum();
        assertThat(sum("select sum(amount_fen) from refund where state = 'done'"))
                .isEqualTo(refunded);
        assertThat(count("refund where state <> 'done'")).isZero();
        assertThat(count("payment p where method = 'wechat' and (select count(*) from payment_allocation a where"
                        + " a.association_id = p.association_id and a.payment_id = p.id) + (select count(*) from refund r where"
                        + " r.association_id = p.association_id and r.payment_id = p.id) <> 1"))
                .as("a payment settles a bill or goes back")
                .isZero();
        assertThat(count("bill where paid_fen > amount_fen")).isZero();
        // Whoever paid in whatever way owes nothing for this year; what came twice is credit or has gone back.
        for (int person = 0; person < MEMBERS - 2; person++) {
            String openid = people.get(person).openid();
            boolean paid = person % 3 == 0 || paidOrders().stream().anyMatch(order -> openid.equals(payer(order)));
            assertThat(sum("select sum(amount_fen - paid_fen) from bill where state = 'open' and member_id = "
                            + members.get(person)))
                    .as("member %s", person)
                    .isEqualTo(paid ? 0 : 800_000);
        }
    }

    private String payer(OrderView order) {
        return jdbc.sql("select member_id from pay_order where out_trade_no = :number")
                .param("number", order.outTradeNo())
                .query(String.class)
                .optional()
                .map(member -> people.get(members.indexOf(member)).openid())
                .orElse("");
    }

    /** The fortnight was looked at to its end; those who have not paid for a year got their letter, each once. */
    private void nightIsDone() {
        LocalDate today = jdbc.sql("select offset_millis from clock_setting")
                .query((row, n) -> LocalDate.ofInstant(
                        Clock.systemUTC().instant().plusMillis(row.getLong(1)), java.time.ZoneId.of("Asia/Shanghai")))
                .single();
        assertThat(jdbc.sql("select done_through from night")
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(today);
        assertThat(count("night_run where failure is not null")).isZero();
        assertThat(jdbc.sql("select member_id from task where what = 'letter' order by member_id")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(members.get(MEMBERS - 2), members.get(MEMBERS - 1));
    }

    /** Nothing is on a phone twice; what nobody can know about is unconfirmed and its class teacher has the task. */
    private void noticesAgree() {
        record Unknown(String member, String address, String text) {}
        List<Unknown> unknown = jdbc.sql("select member_id, address, body from notice where state = 'unconfirmed'"
                        + " and channel = 'wechat'")
                .query((row, n) -> new Unknown(row.getString(1), row.getString(2), row.getString(3)))
                .list();
        assertThat(unknown).isNotEmpty().allSatisfy(notice -> {
            assertThat(count("task where state = 'open' and what = 'contact' and member_id = " + notice.member()))
                    .isEqualTo(1);
            assertThat(phones.find(notice.address()).orElseThrow().messages(0).stream()
                            .filter(message -> message.text().startsWith(notice.text()))
                            .count())
                    .isLessThanOrEqualTo(1);
        });
        for (int person = 0; person < MEMBERS; person++) {
            Phone phone = people.get(person);
            List<String> came = phone.messages(0).stream()
                    .filter(message -> message.kind().equals("template"))
                    .map(message -> message.text() + message.data())
                    .toList();
            assertThat(came).as(phone.name()).doesNotHaveDuplicates();
            List<String> sent = jdbc.sql("select body from notice where address = :openid and channel = 'wechat' and"
                            + " state in ('sent', 'delivered')")
                    .param("openid", phone.openid())
                    .query(String.class)
                    .list();
            // What has no template comes as a customer-service message, in its own words.
            long worded = phone.messages(0).stream()
                    .filter(message ->
                            message.from().equals("account") && sent.stream().anyMatch(message.text()::startsWith))
                    .count();
            assertThat(came.size() + worded)
                    .as(() -> phone.name() + " " + sent + " " + phone.messages(0))
                    .isEqualTo(sent.size());
        }
    }

    /** What a colleague was told is on its phone once; what nobody can know about, at most once. */
    private void colleaguesAgree() {
        List<String> shown = boss.messages(0).stream()
                .filter(message -> message.from().equals("account")
                        && (message.kind().equals("text") || message.kind().equals("template-card")))
                .map(PhoneMessage::text)
                .toList();
        record Told(String text, String state) {}
        List<Told> told = jdbc.sql("select body, state from notice where channel = 'wecom' and address = 'boss'")
                .query((row, n) -> new Told(row.getString(1), row.getString(2)))
                .list();
        assertThat(told).anyMatch(one -> one.state().equals("delivered"));
        for (String text : told.stream().map(Told::text).distinct().toList()) {
            long copies = shown.stream()
                    .filter(line -> line.startsWith(text) || text.startsWith(line + "\n"))
                    .count();
            long delivered = told.stream()
                    .filter(one -> one.equals(new Told(text, "delivered")))
                    .count();
            long unconfirmed = told.stream()
                    .filter(one -> one.equals(new Told(text, "unconfirmed")))
                    .count();
            assertThat(copies).as(text).isBetween(delivered, delivered + unconfirmed);
        }
    }

    /** WeCom has the broadcast once, as it was carried out after the death; here it is unconfirmed, and somebody is asked. */
    private void broadcastAgrees() {
        assertThat(jdbc.sql("select state from broadcast").query(String.class).list())
                .containsExactly("unconfirmed");
        assertThat(count("task where what = 'broadcast-failed' and state = 'open'"))
                .isEqualTo(1);
        assertThat(broadcasts.tasks(boss)).hasSize(1);
    }

    /** How many notices of a channel are in the middle of being sent. */
    private long inFlight(String channel) {
        return count("notice where claimed_by is not null and tried_at is not null and channel = '" + channel + "'");
    }

    private long count(String what) {
        return sum("select count(*) from " + what);
    }

    private long sum(String sql) {
        return jdbc.sql(sql).query(Long.class).optional().orElse(0L);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
