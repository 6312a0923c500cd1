package io.homeroom.wechat;

import io.homeroom.chat.Conversation;
import io.homeroom.chat.StaffRoom;
import io.homeroom.ground.Lockbox;
import io.homeroom.liaison.GroupKeeper;
import io.homeroom.member.Bindings;
import io.homeroom.member.Roster;
import io.homeroom.notice.Outbox;
import io.homeroom.notice.Paces;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.Associations;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Orders;
import io.homeroom.till.PayLinks;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** The room on its own: real HTTP on both sides, a real database, and the rooms below pretended. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = RoomTest.Room.class,
        properties = {
            "homeroom.public-base-url=https://homeroom.example",
            "homeroom.data-key=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
            "spring.quartz.auto-startup=false",
            "homeroom.associations.igrs.mp.app-id=wxPlain00000000001",
            "homeroom.associations.igrs.mp.secret=plain-secret",
            "homeroom.associations.igrs.mp.token=plain-token",
            "homeroom.associations.whjx.mp.app-id=wxSecure0000000001",
            "homeroom.associations.whjx.mp.secret=secure-secret",
            "homeroom.associations.whjx.mp.token=secure-token",
            "homeroom.associations.whjx.mp.aes-key=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
            "homeroom.associations.whjx.mp.templates.bill=TPL-BILL",
            "homeroom.associations.whjx.mp.templates.notice=TPL-NOTICE",
            "homeroom.associations.whjx.cp.corp-id=wwcorp",
            "homeroom.associations.whjx.cp.agent-id=1000002",
            "homeroom.associations.whjx.cp.secret=cp-secret",
            "homeroom.associations.whjx.cp.token=cp-token",
            "homeroom.associations.whjx.cp.aes-key=GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba",
            "homeroom.associations.whjx.cp.secretariat-robot-key=robot-key",
            "homeroom.associations.whjx.pay.mch-id=1900000001",
            "homeroom.associations.whjx.pay.api-v3-key=01234567890123456789012345678901",
            "homeroom.associations.whjx.pay.certificate-serial=5157F09EFDC096DE15EBE81A47057A72",
            "homeroom.associations.whjx.pay.public-key-id=PUB_KEY_ID_0119000000012025"
        })
abstract class RoomTest {

    static final String PLAIN = "igrs";
    static final String SECURE = "whjx";
    static final String AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    static final String APP = "wxSecure0000000001";

    static final StandIn WECHAT = new StandIn();
    static final KeyPair MERCHANT = keys();
    static final KeyPair PLATFORM = keys();

    /** A clock that tests set. */
    static final class SetClock extends Clock {
        private volatile Instant now = Instant.parse("2026-03-19T02:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    // Named by the tests that use it; bears no annotation by which the whole house would find it.
    @EnableAutoConfiguration
    @ComponentScan
    @Import(Paces.class)
    static class Room {

        @Bean
        SetClock wireClock() {
            return new SetClock();
        }

        @Bean
        PayLinks payLinks(SetClock wireClock) {
            return new PayLinks("https://homeroom.example", new Lockbox(List.of(Lockbox.freshKey())), wireClock);
        }

        @Bean
        Associations associations() {
            return new Associations(List.of(PLAIN, SECURE));
        }

        @Bean
        BusinessClock businessClock() {
            return BusinessClock.at(LocalDateTime.of(2026, 3, 19, 10, 0));
        }
    }

    @DynamicPropertySource
    static void endpoints(DynamicPropertyRegistry properties) {
        for (String server : new String[] {"mp", "open", "cp"}) {
            properties.add("homeroom.wechat.endpoints." + server, WECHAT::address);
        }
        // A stand-in behind a path of its own: the path is no part of what is signed.
        properties.add("homeroom.wechat.endpoints.pay", () -> WECHAT.address() + "/stand-in/pay");
        properties.add(
                "homeroom.associations.whjx.pay.private-key",
                () -> pem("PRIVATE KEY", MERCHANT.getPrivate().getEncoded()));
        properties.add(
                "homeroom.associations.whjx.pay.public-key",
                () -> pem("PUBLIC KEY", PLATFORM.getPublic().getEncoded()));
    }

    @LocalServerPort
    int port;

    @Autowired
    SetClock clock;

    @Autowired
    JdbcTemplate jdbc;

    @MockitoBean
    Conversation conversation;

    /** Knows nobody, until a test says otherwise. */
    @MockitoBean
    StaffRoom staffRoom;

    @MockitoBean
    GroupKeeper groupKeeper;

    @MockitoBean
    Outbox outbox;

    @MockitoBean
    Orders orders;

    @MockitoBean
    Roster roster;

    @MockitoBean
    Bindings bindings;

    /** Answers with rulebooks that are made up by its own kind. */
    @MockitoBean(answers = org.mockito.Answers.RETURNS_DEEP_STUBS)
    Lawbook lawbook;

    @Autowired
    Line line;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void forget() {
        WECHAT.reset();
        line.mend();
        jdbc.update("DELETE FROM wx_message");
        jdbc.update("DELETE FROM wx_token");
        jdbc.update("DELETE FROM wx_scene");
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return post(path, body, Map.of("Content-Type", "text/xml"));
    }

    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    String now() {
        return Long.toString(clock.instant().getEpochSecond());
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der)
                + "\n-----END " + kind + "-----\n";
    }
}
