package io.homeroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

@Tag("mysql")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "homeroom.data-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
@DisplayName("服务器：不开沙盒、空数据库，也能启动")
class StartTest {

    @LocalServerPort
    int port;

    @Autowired
    private ITemplateEngine engine;

    @Test
    @DisplayName("/actuator/health 不用登录，回答 UP；沙盒的地址不存在")
    void the_server_is_up_and_has_no_sandbox() throws IOException, InterruptedException {
        HttpResponse<String> health = get("/actuator/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"UP\"");
        assertThat(get("/sandbox/clock").statusCode()).isIn(401, 403, 404);
    }

    @Test
    @DisplayName("浏览器里打错的地址：一句中文，不露程序的字句")
    void a_wrong_address_says_so() throws IOException, InterruptedException {
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/portal/no-such-page"))
                                .header("Accept", "text/html")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("没有这个页面", "链接已经失效").doesNotContain("Whitelabel", "no-such-page", "Exception");
    }

    @ParameterizedTest
    @CsvSource({"400, 没有看懂这个请求", "403, 没有办成", "404, 没有这个页面", "405, 没有看懂这个请求", "500, 暂时打不开", "503, 暂时打不开"})
    @DisplayName("打不开的页面：每种情形一句话，写到最后")
    void each_trouble_has_its_words(int status, String title) {
        String page = engine.process("error", new Context(Locale.CHINA, Map.of("status", status)));
        assertThat(page).containsOnlyOnce("<h1>").contains("<h1>" + title + "</h1>", "</html>");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
