package io.homeroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.Rsa;
import io.homeroom.sandbox.wire.Sha1;
import io.homeroom.sandbox.wire.Xml;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
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
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("沙箱经 HTTP")
@ActiveProfiles("sandbox")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = SandboxServerTest.House.class,
        properties = "spring.config.location=optional:classpath:/none/")
class SandboxServerTest {

    @Configuration(proxyBeanMethods = false)
    @ComponentScan(
            value = "io.homeroom.sandbox",
            excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*ClockControl"))
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        PropertyPlaceholderAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class
    })
    static class House {

        @Bean
        Clock wireClock() {
            return Clock.systemUTC();
        }
    }

    /** Stands in for the application: echoes texts in plain mode, remembers notifications, shows who asks for a page. */
    @RestController
    static class Application {

        final Queue<String> heard = new ConcurrentLinkedQueue<>();
        final LinkedBlockingQueue<String> notified = new LinkedBlockingQueue<>();

        @PostMapping("/wechat/mp/{code}")
        String push(
                @PathVariable("code") String code,
                @RequestParam("signature") String signature,
                @RequestBody String body)
                throws Exception {
            heard.add(code + " " + signature.length());
            Xml.Tree xml = Xml.read(body);
            return new Xml.Builder()
                    .text("ToUserName", xml.textOrEmpty("FromUserName"))
                    .text("FromUserName", xml.textOrEmpty("ToUserName"))
                    .number("CreateTime", 1_700_000_000)
                    .text("MsgType", "text")
                    .text("Content", "听到：" + xml.textOrEmpty("Content"))
                    .build();
        }

        @PostMapping("/notified")
        void notified(@RequestBody String body) {
            notified.add(body);
        }

        @GetMapping("/m/whjx/who")
        String who(HttpServletRequest request) {
            return String.valueOf(request.getHeader("User-Agent"));
        }
    }

    @Autowired
    private Environment environment;

    @Autowired
    private Application application;

    @Autowired
    private SandboxAccounts accounts;

    @Value("${local.server.port}")
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void quiet() {
        application.heard.clear();
        application.notified.clear();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept", "*/*");
    }

    private JsonNode control(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(to("/sandbox/api" + path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        return JsonMapper.builder().build().readTree(answer.body());
    }

    private String property(String code, String name) {
        return environment.getRequiredProperty("homeroom.associations." + code + "." + name);
    }

    private String authorization(String code, String method, String target, String body) {
        PrivateKey key = Rsa.privateKey(property(code, "pay.private-key"));
        String time = Long.toString(Clock.systemUTC().instant().getEpochSecond());
        String signature = Rsa.sign(key, method + "\n" + target + "\n" + time + "\nnonce\n" + body + "\n");
        return "WECHATPAY2-SHA256-RSA2048 mchid=\"" + property(code, "pay.mch-id")
                + "\",nonce_str=\"nonce\",timestamp=\"" + time + "\",serial_no=\""
                + property(code, "pay.certificate-serial") + "\",signature=\"" + signature + "\"";
    }

    private String nativeOrder(String code, String number) {
        return "{\"appid\":\"" + property(code, "mp.app-id") + "\",\"mchid\":\"" + property(code, "pay.mch-id")
                + "\",\"description\":\"会费\",\"out_trade_no\":\"" + number + "\",\"notify_url\":\"http://127.0.0.1:"
                + port
                + "/notified\",\"amount\":{\"total\":800000,\"currency\":\"CNY\"}}";
    }

    @Test
    @DisplayName("应用在配置里得到五个协会的账号，地址指向本机")
    void the_application_finds_its_accounts_in_its_properties() {
        assertThat(accounts.all())
                .extracting(SandboxAccount::code)
                .containsExactly("igrs", "dsia", "bacca", "aii", "whjx");
        assertThat(property("whjx", "mp.app-id")).hasSize(18);
        assertThat(property("whjx", "mp.aes-key")).hasSize(43);
        assertThat(property("whjx", "cp.aes-key")).hasSize(43);
        assertThat(property("whjx", "pay.api-v3-key")).hasSize(32);
        assertThat(environment.getProperty("homeroom.associations.igrs.mp.aes-key"))
                .isNull();
        assertThat(environment.getProperty("homeroom.wechat.endpoints.mp"))
                .isEqualTo("http://127.0.0.1:" + port + "/sandbox/weixin");
    }

    @Test
    @DisplayName("手机上发一句话，应用收到签名的推送，回复出现在手机上")
    void a_text_goes_to_the_application_and_its_reply_onto_the_phone() throws Exception {
        JsonNode person = control("/people", "{\"code\":\"igrs\",\"key\":\"a\",\"name\":\"张三\",\"following\":true}");
        String openid = person.path("openid").asString();

        JsonNode delivery = control("/phones/" + openid + "/text", "{\"text\":\"状态\"}");

        assertThat(application.heard).as(delivery.toString()).containsExactly("igrs 40");
        assertThat(delivery.path("tries").asInt()).isEqualTo(1);
        assertThat(delivery.path("reply").path("text").asString()).isEqualTo("听到：状态");
        HttpResponse<String> messages = send(to("/sandbox/api/phones/" + openid + "/messages?since=1"));
        assertThat(messages.body()).contains("听到：状态").doesNotContain("\"from\":\"person\"");
    }

    @Test
    void a_refusal_of_the_control_api_is_a_sentence() throws Exception {
        HttpResponse<String> answer =
                send(to("/sandbox/api/phones/nobody/text").POST(HttpRequest.BodyPublishers.ofString("")));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"error\":\"no such person\"}");
    }

    @Test
    @DisplayName("支付：下单、扫码付款、签名的通知、关单的 204 带签名头")
    void a_native_order_is_paid_and_notified() throws Exception {
        String target = "/v3/pay/transactions/native";
        String body = nativeOrder("whjx", "ORDER-1");
        HttpResponse<String> answer = send(to("/sandbox/pay" + target)
                .header("Authorization", authorization("whjx", "POST", target, body))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).isEqualTo(200);
        PublicKey platform = Rsa.publicKey(property("whjx", "pay.public-key"));
        assertThat(verified(platform, answer)).isTrue();
        String codeUrl = Json.text(Json.read(answer.body()), "code_url");

        JsonNode order = JsonMapper.builder()
                .build()
                .readTree(send(to("/sandbox/api/cashier?code_url=" + codeUrl.replace("?", "%3F")))
                        .body());
        JsonNode paid = control("/cashier/" + order.path("id").asString() + "/pay", "{}");

        assertThat(paid.path("state").asString()).isEqualTo("SUCCESS");
        assertThat(application.notified.poll(10, TimeUnit.SECONDS)).contains("TRANSACTION.SUCCESS");
    }

    private static boolean verified(PublicKey platform, HttpResponse<String> answer) {
        String signed = answer.headers().firstValue("Wechatpay-Timestamp").orElse("")
                + "\n"
                + answer.headers().firstValue("Wechatpay-Nonce").orElse("")
                + "\n"
                + answer.body()
                + "\n";
        return Rsa.verify(
                platform,
                signed,
                answer.headers().firstValue("Wechatpay-Signature").orElse(""));
    }

    @Test
    void closing_is_answered_204_with_a_content_type_and_a_signature_of_the_empty_body() throws Exception {
        String body = nativeOrder("whjx", "ORDER-2");
        String target = "/v3/pay/transactions/native";
        send(to("/sandbox/pay" + target)
                .header("Authorization", authorization("whjx", "POST", target, body))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        String close = "/v3/pay/transactions/out-trade-no/ORDER-2/close";
        String mchId = "{\"mchid\":\"" + property("whjx", "pay.mch-id") + "\"}";

        HttpResponse<String> answer = send(to("/sandbox/pay" + close)
                .header("Authorization", authorization("whjx", "POST", close, mchId))
                .POST(HttpRequest.BodyPublishers.ofString(mchId)));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Content-Type")).isPresent();
        assertThat(verified(Rsa.publicKey(property("whjx", "pay.public-key")), answer))
                .isTrue();
    }

    @Test
    @DisplayName("经代理来的请求：绝对地址、Host 是微信支付的域名")
    void a_request_that_names_the_pay_host_is_answered_by_pay() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String target = "/v3/certificates";
            String request = "GET http://api.mch.weixin.qq.com" + target
                    + " HTTP/1.1\r\nHost: api.mch.weixin.qq.com\r\nAccept: */*\r\n"
                    + "User-Agent: test\r\nConnection: close\r\nAuthorization: "
                    + authorization("whjx", "GET", target, "")
                    + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);

            assertThat(answer.toString(StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 404")
                    .contains("RESOURCE_NOT_EXISTS");
        }
    }

    @Test
    void a_lost_answer_was_carried_out_but_the_caller_sees_a_broken_connection() throws Exception {
        String key = property("whjx", "cp.secretariat-robot-key");
        control("/faults", "{\"server\":\"wecom\",\"path\":\"webhook/send\",\"kind\":\"lose-answer\"}");
        HttpRequest.Builder message = to("/sandbox/wecom/cgi-bin/webhook/send?key=" + key)
                .POST(HttpRequest.BodyPublishers.ofString("{\"msgtype\":\"text\",\"text\":{\"content\":\"今日办件\"}}"));

        assertThatThrownBy(() -> send(message)).isInstanceOf(IOException.class);

        assertThat(send(to("/sandbox/api/walls/whjx-secretariat/messages")).body())
                .contains("今日办件");
        assertThat(send(message).body()).contains("\"errcode\":0");
    }

    @Test
    void a_frame_of_the_page_is_wechats_browser_and_a_tab_is_not() throws Exception {
        HttpResponse<String> frame =
                send(to("/m/whjx/who").header("Cookie", "sandbox_phone=oAbc").header("Sec-Fetch-Dest", "iframe"));
        HttpResponse<String> tab =
                send(to("/m/whjx/who").header("Cookie", "sandbox_phone=oAbc").header("Sec-Fetch-Dest", "document"));

        assertThat(frame.body()).contains("MicroMessenger");
        assertThat(tab.body()).doesNotContain("MicroMessenger");
    }

    @Test
    void opening_a_page_keeps_the_browsers_host_and_says_whose_phone_it_is() throws Exception {
        JsonNode person = control("/people", "{\"code\":\"whjx\",\"key\":\"b\",\"name\":\"李四\"}");
        String openid = person.path("openid").asString();

        HttpResponse<String> answer = send(to("/sandbox/api/phones/" + openid
                + "/open?url=http%3A%2F%2Felsewhere.invalid%2Fm%2Fwhjx%2Fbill%3Fa%3D1"));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("/m/whjx/bill?a=1");
        assertThat(answer.headers().firstValue("Set-Cookie").orElse("")).startsWith("sandbox_phone=" + openid);
    }

    @Test
    @DisplayName("页面经事件流看到发生的事，断线后可以补看")
    void what_happens_is_streamed_and_can_be_replayed() throws Exception {
        control("/people", "{\"code\":\"aii\",\"key\":\"stream\",\"name\":\"" + Sha1.hex("stream") + "\"}");

        HttpResponse<java.io.InputStream> stream =
                client.send(to("/sandbox/api/events?since=0").build(), HttpResponse.BodyHandlers.ofInputStream());

        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            String found = lines.lines()
                    .filter(line -> line.contains(Sha1.hex("stream")))
                    .findFirst()
                    .orElse("");
            assertThat(found).startsWith("data:").contains("\"type\":\"person\"", "\"code\":\"aii\"");
        }
        assertThat(stream.headers().map()).isNotEqualTo(Map.of());
    }
}
