package io.homeroom.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole house with its sandbox, and what people do with phones in it, over the real protocols. */
@ActiveProfiles("sandbox")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "homeroom.data-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "homeroom.admin-password=a-Password-for-1-story"
        })
abstract class InWechat {

    static final Duration SOON = Duration.ofSeconds(60);
    static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    int port;

    private final String code;

    /** The browser of the phone's frame: it keeps cookies, and follows more redirects than the JDK's client does. */
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    InWechat(String code) {
        this.code = code;
    }

    String send(HttpRequest.Builder request) {
        try {
            HttpRequest asked = request.build();
            HttpResponse<String> answer = browser.send(asked, HttpResponse.BodyHandlers.ofString());
            for (int redirects = 0; answer.statusCode() == 302 && redirects < 10; redirects++) {
                HttpRequest.Builder next = HttpRequest.newBuilder(answer.uri()
                        .resolve(answer.headers().firstValue("Location").orElseThrow()));
                asked.headers().firstValue("Sec-Fetch-Dest").ifPresent(where -> next.header("Sec-Fetch-Dest", where));
                answer = browser.send(next.build(), HttpResponse.BodyHandlers.ofString());
            }
            assertThat(answer.statusCode())
                    .as(answer.uri() + " " + answer.body())
                    .isLessThan(300);
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    JsonNode get(String path) {
        return JSON.readTree(send(to(path)));
    }

    JsonNode post(String path, String body) {
        return JSON.readTree(send(
                to(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    JsonNode api(String method, String path, String body) {
        String login =
                Base64.getEncoder().encodeToString("admin:a-Password-for-1-story".getBytes(StandardCharsets.UTF_8));
        return JSON.readTree(send(to("/api/v1/" + code + path)
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))));
    }

    String says(String openid, String text) {
        return post("/sandbox/api/phones/" + openid + "/text", "{\"text\":\"" + text + "\"}")
                .path("reply")
                .path("text")
                .asString();
    }

    static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    void clock(LocalDate day) {
        JsonNode moved = JSON.readTree(send(to("/sandbox/clock")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"date\":\"" + day + "\"}"))));
        assertThat(moved.path("date").asString()).isEqualTo(day.toString());
    }

    LocalDate today() {
        return LocalDate.parse(get("/sandbox/clock").path("date").asString());
    }

    String phone(String key) {
        return post(
                        "/sandbox/api/people",
                        "{\"code\":\"" + code + "\",\"key\":\"" + key + "\",\"name\":\"张三\",\"following\":true}")
                .path("openid")
                .asString();
    }

    void binds(String openid, String member) {
        JsonNode invitation = api("POST", "/members/" + member + "/invitations", "{}");
        send(HttpRequest.newBuilder(URI.create(invitation.path("qrUrl").asString())));
        String scene = invitation.path("scene").asString();
        JsonNode bound = post("/sandbox/api/phones/" + openid + "/scan", "{\"scene\":\"" + scene + "\"}");
        assertThat(bound.path("reply").path("text").asString()).contains("已绑定");
    }

    /** Opens a link of this house in the phone's frame. */
    String opens(String openid, String link) {
        return send(to("/sandbox/api/phones/" + openid + "/open?url=" + URLEncoder.encode(link, StandardCharsets.UTF_8))
                .header("Sec-Fetch-Dest", "iframe"));
    }
}
