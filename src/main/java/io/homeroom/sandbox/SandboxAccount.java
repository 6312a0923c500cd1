package io.homeroom.sandbox;

import io.homeroom.sandbox.wire.Sha1;
import java.security.PublicKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One association as WeChat knows it: its official account, its merchant and its WeCom corporation.
 *
 * @param code the association's code, such as {@code whjx}
 * @param name what is shown as the sender
 * @param appId of the official account; 18 characters, {@code wx…}
 * @param secret AppSecret
 * @param token signs callbacks
 * @param aesKey EncodingAESKey, 43 characters; null in plain mode
 * @param templates the account's template messages: name to template id
 * @param mchId merchant number
 * @param apiV3Key encrypts notifications; 32 characters
 * @param merchantKey verifies the merchant's requests
 * @param certificateSerial serial number of the merchant's certificate
 * @param publicKeyId {@code PUB_KEY_ID_…}, named in everything that WeChat Pay signs
 * @param corpId of WeCom
 * @param agentId of the self-built app for class teachers
 * @param cpSecret the app's secret
 * @param cpToken signs the app's callbacks
 * @param cpAesKey the app's EncodingAESKey
 * @param robots group robots: name of the group to the robot's key
 */
public record SandboxAccount(
        String code,
        String name,
        String appId,
        String secret,
        String token,
        @Nullable String aesKey,
        Map<String, String> templates,
        String mchId,
        String apiV3Key,
        PublicKey merchantKey,
        String certificateSerial,
        String publicKeyId,
        String corpId,
        int agentId,
        String cpSecret,
        String cpToken,
        String cpAesKey,
        Map<String, String> robots) {

    /** Name of the secretariat's group among {@link #robots}. */
    public static final String SECRETARIAT = "secretariat";

    /** Name of the class group among {@link #robots}. */
    public static final String CLASS_GROUP = "class";

    /** Copies the maps. */
    public SandboxAccount {
        templates = Map.copyOf(templates);
        robots = Map.copyOf(robots);
    }

    /** The official account's own id, {@code gh_…}: the sender and receiver name in its XML. */
    public String originalId() {
        return "gh_" + Sha1.hex(appId).substring(0, 12);
    }

    /** Whether messages of the official account are encrypted. */
    public boolean encrypted() {
        return aesKey != null;
    }
}
