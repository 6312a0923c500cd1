package io.homeroom.sandbox;

import io.homeroom.sandbox.wire.DaemonLater;
import io.homeroom.sandbox.wire.HttpOutbound;
import io.homeroom.sandbox.wire.Outbound;
import io.homeroom.sandbox.wire.Rsa;
import io.homeroom.schedule.BusinessClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** The sandbox's parts that are not its own classes, and the accounts as the environment finally has them. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class SandboxConfiguration {

    @Bean
    SandboxAccounts sandboxAccounts(Environment environment, ResourceLoader files) {
        List<SandboxAccount> accounts = new ArrayList<>();
        SandboxEnvironment.NAMES.forEach((code, name) -> accounts.add(account(environment, files, code, name)));
        return new SandboxAccounts(accounts);
    }

    @Bean
    PlatformKey sandboxPlatformKey(Environment environment) {
        return new PlatformKey(Rsa.privateKey(environment.getRequiredProperty(SandboxEnvironment.PLATFORM_KEY)));
    }

    @Bean
    WorldTime sandboxWorldTime(ObjectProvider<BusinessClock> business, @Qualifier("wireClock") Clock wire) {
        BusinessClock clock = business.getIfAvailable();
        return new WorldTime(clock == null ? wire : clock);
    }

    @Bean
    Outbound sandboxOutbound() {
        return new HttpOutbound();
    }

    @Bean
    DaemonLater sandboxLater() {
        return new DaemonLater();
    }

    private static SandboxAccount account(Environment environment, ResourceLoader files, String code, String name) {
        String prefix = "homeroom.associations." + code + ".";
        Map<String, String> templates = new LinkedHashMap<>();
        for (String template : List.of("bill", "reminder", "payment", "decision", "notice")) {
            String id = environment.getProperty(prefix + "mp.templates." + template, "");
            if (!id.isEmpty()) {
                templates.put(template, id);
            }
        }
        String aesKey = environment.getProperty(prefix + "mp.aes-key", "");
        PrivateKey merchant = Rsa.privateKey(text(files, environment.getRequiredProperty(prefix + "pay.private-key")));
        return new SandboxAccount(
                code,
                name,
                environment.getRequiredProperty(prefix + "mp.app-id"),
                environment.getRequiredProperty(prefix + "mp.secret"),
                environment.getRequiredProperty(prefix + "mp.token"),
                aesKey.isEmpty() ? null : aesKey,
                templates,
                environment.getRequiredProperty(prefix + "pay.mch-id"),
                environment.getRequiredProperty(prefix + "pay.api-v3-key"),
                Rsa.publicKeyOf(merchant),
                environment.getRequiredProperty(prefix + "pay.certificate-serial"),
                environment.getRequiredProperty(prefix + "pay.public-key-id"),
                environment.getRequiredProperty(prefix + "cp.corp-id"),
                environment.getRequiredProperty(prefix + "cp.agent-id", Integer.class),
                environment.getRequiredProperty(prefix + "cp.secret"),
                environment.getRequiredProperty(prefix + "cp.token"),
                environment.getRequiredProperty(prefix + "cp.aes-key"),
                Map.of(
                        SandboxAccount.SECRETARIAT,
                                environment.getRequiredProperty(prefix + "cp.secretariat-robot-key"),
                        SandboxAccount.CLASS_GROUP, SandboxEnvironment.robotKey(code, SandboxAccount.CLASS_GROUP)));
    }

    private static String text(ResourceLoader files, String pemOrLocation) {
        if (pemOrLocation.contains("-----BEGIN")) {
            return pemOrLocation;
        }
        try {
            return files.getResource(pemOrLocation).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
