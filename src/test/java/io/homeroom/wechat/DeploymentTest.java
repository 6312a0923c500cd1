package io.homeroom.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;
import org.yaml.snakeyaml.Yaml;

@DisplayName("部署文件与程序的设置一致")
class DeploymentTest {

    private static final String ONE = "HOMEROOM_ASSOCIATIONS_IGRS_";

    private static String text(String file) throws IOException {
        return Files.readString(Path.of(file));
    }

    /** What the example of {@code .env} sets, in its order. */
    private static Map<String, String> example() throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        for (String line : text(".env.example").lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int mark = line.indexOf('=');
                assertThat(found.put(line.substring(0, mark), line.substring(mark + 1)))
                        .as("twice: " + line)
                        .isNull();
            }
        }
        return found;
    }

    /** The settings as they are bound from environment variables. */
    private static WechatSettings bound(Map<String, String> environment) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addFirst(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new LinkedHashMap<>(environment)));
        Iterable<ConfigurationPropertySource> from = ConfigurationPropertySources.from(sources);
        return new Binder(from).bindOrCreate("homeroom", WechatSettings.class);
    }

    private static Map<String, Object> tree(Object yaml) {
        Map<String, Object> tree = new LinkedHashMap<>();
        ((Map<?, ?>) yaml).forEach((key, value) -> tree.put((String) key, value));
        return tree;
    }

    private static Object at(Object yaml, String path) {
        Object here = yaml;
        for (String name : path.split("/")) {
            here = tree(here).get(name);
            assertThat(here).as(path).isNotNull();
        }
        return here;
    }

    private static List<MatchResult> all(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().toList();
    }

    @Test
    @DisplayName(".env.example 填上的每一项都到达设置；照原样留空也能启动，只是没有账号")
    void everyLineOfTheExampleReachesTheSettings() throws IOException {
        Map<String, String> filled = new LinkedHashMap<>();
        example().forEach((name, value) -> filled.put(name, name.endsWith("_AGENTID") ? "1000002" : "v:" + name));
        WechatSettings settings = bound(filled);

        assertThat(settings.publicBaseUrl()).isEqualTo("v:HOMEROOM_PUBLICBASEURL");
        assertThat(settings.mp("igrs"))
                .isEqualTo(new WechatSettings.Mp(
                        "v:" + ONE + "MP_APPID",
                        "v:" + ONE + "MP_SECRET",
                        "v:" + ONE + "MP_TOKEN",
                        "v:" + ONE + "MP_AESKEY",
                        templates(),
                        100_000));
        assertThat(settings.cp("igrs"))
                .isEqualTo(new WechatSettings.Cp(
                        "v:" + ONE + "CP_CORPID",
                        1_000_002,
                        "v:" + ONE + "CP_SECRET",
                        "v:" + ONE + "CP_TOKEN",
                        "v:" + ONE + "CP_AESKEY",
                        "v:" + ONE + "CP_SECRETARIATROBOTKEY"));
        assertThat(settings.pay("igrs"))
                .isEqualTo(new WechatSettings.Pay(
                        "v:" + ONE + "PAY_MCHID",
                        "v:" + ONE + "PAY_APIV3KEY",
                        "v:" + ONE + "PAY_PRIVATEKEY",
                        "v:" + ONE + "PAY_CERTIFICATESERIAL",
                        "v:" + ONE + "PAY_PUBLICKEYID",
                        "v:" + ONE + "PAY_PUBLICKEY"));
        assertThat(example().keySet().stream().filter(name -> name.startsWith(ONE)))
                .as("names that nothing above has asked for")
                .hasSize(4 + templates().size() + 6 + 6);

        WechatSettings empty = bound(example());
        assertThat(Stream.of(empty.mp("igrs"), empty.cp("igrs"), empty.pay("igrs")))
                .containsOnlyNulls();
    }

    private static Map<String, String> templates() {
        Map<String, String> templates = new LinkedHashMap<>();
        for (String word : List.of("bill", "reminder", "payment", "decision", "notice")) {
            templates.put(word, "v:" + ONE + "MP_TEMPLATES_" + word.toUpperCase(Locale.ROOT));
        }
        return templates;
    }

    @Test
    @DisplayName(".env.example 里的每一项，config/application.yaml 里都有说明")
    void everyLineOfTheExampleIsExplained() throws IOException {
        String manual = text("config/application.yaml");
        Set<String> names = new TreeSet<>();
        all("(?m)^[# ]*([a-z0-9][a-z0-9-]*):", manual)
                .forEach(found -> names.add(found.group(1).replace("-", "").toUpperCase(Locale.ROOT)));
        for (String name : example().keySet()) {
            if (name.startsWith("HOMEROOM_")) {
                assertThat(names).as(name).anyMatch(name.replace("_", "")::endsWith);
            }
        }
        assertThat(example().keySet()).contains("HOMEROOM_DATA_KEY", "HOMEROOM_ADMIN_PASSWORD");
    }

    @Test
    @DisplayName("docker compose 要的变量例子里都有；nginx 认得两个节点和端口，放得下程序收的最大上传")
    void composeAndNginxFitTheServer() throws IOException {
        Object compose = new Yaml().load(text("docker-compose.yml"));
        Object settings = new Yaml().load(text("config/application.yaml"));
        String nginx = text("deploy/nginx.conf");

        Set<String> asked = new LinkedHashSet<>();
        all("\\$\\{([A-Z_]+)", text("docker-compose.yml")).forEach(found -> asked.add(found.group(1)));
        assertThat(asked).isNotEmpty();
        assertThat(example().keySet()).containsAll(asked);

        List<String> nodes = new ArrayList<>();
        tree(at(compose, "services")).forEach((name, service) -> {
            if ("homeroom".equals(tree(service).get("image"))) {
                nodes.add(name + ":" + at(settings, "server/port"));
            }
        });
        assertThat(nodes).hasSize(2);
        assertThat(all("server (\\S+:\\d+) ", nginx))
                .extracting(found -> found.group(1))
                .containsExactlyElementsOf(nodes);
        assertThat(at(compose, "services/node1/healthcheck/test").toString())
                .contains("127.0.0.1:" + at(settings, "server/port") + "/actuator/health");

        DataSize most = DataSize.parse((String) at(settings, "spring/servlet/multipart/max-request-size"));
        assertThat(all("client_max_body_size (\\d+)m;", nginx))
                .extracting(found -> DataSize.ofMegabytes(Long.parseLong(found.group(1))))
                .containsExactly(most);
        assertThat(most).isGreaterThan(DataSize.parse((String) at(settings, "spring/servlet/multipart/max-file-size")));

        String keys = example().get(ONE + "PAY_PRIVATEKEY");
        assertThat(at(compose, "services/node1/volumes").toString())
                .as("where %s is", keys)
                .contains(":" + keys.substring("file:".length(), keys.lastIndexOf('/')) + ":ro");
    }
}
