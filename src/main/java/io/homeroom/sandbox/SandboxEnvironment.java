package io.homeroom.sandbox;

import io.homeroom.ground.Lockbox;
import io.homeroom.sandbox.wire.Rsa;
import io.homeroom.sandbox.wire.Sha1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.StandardEnvironment;

/**
 * Registers the five associations with the sandbox's WeChat before anything is configured: in profile {@code sandbox} the
 * application finds appids, secrets and keys in its usual properties, and WeChat's addresses point to this server. What
 * the environment or the command line says wins, files lose, so that another stand-in can be put in its place.
 */
public final class SandboxEnvironment implements EnvironmentPostProcessor, Ordered {

    /** The associations with their names in WeChat. */
    static final Map<String, String> NAMES = names();

    static final String PLATFORM_KEY = "homeroom.sandbox.platform-key";
    static final String APPLICATION = "homeroom.sandbox.application";

    /** The one in plain mode; the others encrypt. */
    private static final String PLAIN = "igrs";

    private static final List<String> TEMPLATES = List.of("bill", "reminder", "payment", "decision", "notice");

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("igrs", "闪联信息产业协会");
        names.put("dsia", "大连软件行业协会");
        names.put("bacca", "北京二次元文化创意协会");
        names.put("aii", "工业互联网产业联盟");
        names.put("whjx", "武汉建筑业协会");
        return names;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.acceptsProfiles(Profiles.of("sandbox"))) {
            return;
        }
        MutablePropertySources sources = environment.getPropertySources();
        int port = environment.getProperty("server.port", Integer.class, 8080);
        if (port == 0) {
            // The application must know its own address before the server has chosen one.
            port = freePort();
            sources.addFirst(new MapPropertySource("sandboxPort", Map.of("server.port", port)));
        }
        Map<String, Object> found = properties(port);
        String database = environment.getProperty("spring.datasource.url", "");
        if (database.startsWith("jdbc:h2:file:")
                && environment.getProperty("homeroom.data-key", "").isBlank()) {
            found.put("homeroom.data-key", keptKey());
        }
        MapPropertySource ours = new MapPropertySource("sandbox", found);
        if (sources.contains(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
            sources.addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, ours);
        } else {
            sources.addLast(ours);
        }
    }

    /** The key of the sandbox's own data, made at the first start and kept beside them. */
    private static String keptKey() {
        Path file = Path.of("data", "sandbox.key");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, Lockbox.freshKey());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All properties, for a server on that port. */
    static Map<String, Object> properties(int port) {
        String server = "http://127.0.0.1:" + port;
        // Browsers come to localhost, and cookies must hold on the OAuth page too.
        String browser = "http://localhost:" + port;
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("homeroom.public-base-url", browser);
        found.put(APPLICATION, server);
        found.put("homeroom.clock.settable", "true");
        found.put("homeroom.wechat.endpoints.mp", server + "/sandbox/weixin");
        found.put("homeroom.wechat.endpoints.open", browser + "/sandbox/weixin");
        found.put("homeroom.wechat.endpoints.cp", server + "/sandbox/wecom");
        found.put("homeroom.wechat.endpoints.pay", server + "/sandbox/pay");
        found.put("homeroom.wechat.endpoints.js", browser + "/sandbox/jweixin.js");
        List<KeyPair> keys = Stream.generate(() -> 0)
                .limit(NAMES.size() + 1)
                .parallel()
                .map(any -> Rsa.generate())
                .toList();
        KeyPair platform = keys.get(NAMES.size());
        found.put(PLATFORM_KEY, Rsa.pem(platform.getPrivate()));
        int merchant = 0;
        for (String code : NAMES.keySet()) {
            account(found, code, keys.get(merchant++), Rsa.pem(platform.getPublic()));
        }
        return found;
    }

    private static void account(Map<String, Object> found, String code, KeyPair merchant, String platformKey) {
        String prefix = "homeroom.associations." + code + ".";
        found.put(prefix + "mp.app-id", ("wxsandbox0" + code + made(code, "appid")).substring(0, 18));
        found.put(prefix + "mp.secret", made(code, "secret").substring(0, 32));
        found.put(prefix + "mp.token", made(code, "token").substring(0, 24));
        if (!code.equals(PLAIN)) {
            found.put(prefix + "mp.aes-key", aesKey(code, "aes"));
        }
        for (String template : TEMPLATES) {
            found.put(prefix + "mp.templates." + template, aesKey(code, "template " + template));
        }
        found.put(prefix + "cp.corp-id", ("wwsandbox0" + code + made(code, "corpid")).substring(0, 18));
        found.put(prefix + "cp.agent-id", "1000002");
        found.put(prefix + "cp.secret", aesKey(code, "agent secret"));
        found.put(prefix + "cp.token", made(code, "agent token").substring(0, 24));
        found.put(prefix + "cp.aes-key", aesKey(code, "agent aes"));
        found.put(prefix + "cp.secretariat-robot-key", robotKey(code, "secretariat"));
        found.put(
                prefix + "pay.mch-id",
                "19000" + (10_001 + List.copyOf(NAMES.keySet()).indexOf(code)));
        found.put(prefix + "pay.api-v3-key", made(code, "api v3 key").substring(0, 32));
        found.put(prefix + "pay.private-key", Rsa.pem(merchant.getPrivate()));
        found.put(prefix + "pay.certificate-serial", made(code, "certificate").toUpperCase(java.util.Locale.ROOT));
        found.put(
                prefix + "pay.public-key-id",
                "PUB_KEY_ID_01" + made(code, "public key").substring(0, 32));
        found.put(prefix + "pay.public-key", platformKey);
        found.put(prefix + "transfer.account-name", NAMES.get(code) + "（示例）");
        found.put(prefix + "transfer.account-number", "0000 0000 0000 0000");
        found.put(prefix + "transfer.bank", "示例银行示例支行");
    }

    /** Key of a group robot: the same after each start. */
    static String robotKey(String code, String group) {
        String hex = made(code, "robot " + group);
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20, 32);
    }

    private static String made(String code, String what) {
        return Sha1.hex("homeroom sandbox " + code + " " + what);
    }

    /** 43 characters of base64 that stand for 32 bytes. */
    private static String aesKey(String code, String what) {
        byte[] bytes = made(code, what).substring(0, 32).getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
