package io.homeroom.sandbox.phone;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.wire.CallbackCipher;
import io.homeroom.sandbox.wire.Outbound;
import io.homeroom.sandbox.wire.Randoms;
import io.homeroom.sandbox.wire.Sha1;
import io.homeroom.sandbox.wire.Xml;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/**
 * Sends one push to the application's callback and reads the passive reply, as the official documentation says for
 * official accounts and WeCom alike: signed parameters in the query, an answer within five seconds or the connection is
 * cut, three tries in all with the same message.
 */
final class Callback {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES = 3;

    private final Outbound outbound;
    private final Clock clock;
    private final String address;
    private final String token;
    private final @Nullable CallbackCipher cipher;
    private final String receiver;
    private final boolean wecom;
    private final String head;

    private Callback(
            Outbound outbound,
            Clock clock,
            String address,
            String token,
            @Nullable CallbackCipher cipher,
            String receiver,
            boolean wecom,
            String head) {
        this.outbound = outbound;
        this.clock = clock;
        this.address = address;
        this.token = token;
        this.cipher = cipher;
        this.receiver = receiver;
        this.wecom = wecom;
        this.head = head;
    }

    /** The callback of an official account, in plain or in safe mode. */
    static Callback ofAccount(Outbound outbound, Clock clock, String application, SandboxAccount account) {
        String aesKey = account.aesKey();
        return new Callback(
                outbound,
                clock,
                application + "/wechat/mp/" + account.code(),
                account.token(),
                aesKey == null ? null : new CallbackCipher(aesKey, account.appId()),
                account.appId(),
                false,
                new Xml.Builder().text("ToUserName", account.originalId()).build());
    }

    /** The callback of the self-built WeCom app: always encrypted, for the corpid. */
    static Callback ofApp(Outbound outbound, Clock clock, String application, SandboxAccount account) {
        return new Callback(
                outbound,
                clock,
                application + "/wechat/cp/" + account.code(),
                account.cpToken(),
                new CallbackCipher(account.cpAesKey(), account.corpId()),
                account.corpId(),
                true,
                new Xml.Builder()
                        .text("ToUserName", account.corpId())
                        .text("AgentID", Integer.toString(account.agentId()))
                        .build());
    }

    /**
     * How a push fared.
     *
     * @param tries how often it was sent
     * @param status of the last answer; 0 if there was none
     * @param reply the passive reply; null if the application had none
     * @param failure why WeChat shows its fault line instead; null if all went well
     */
    record Result(
            int tries,
            int status,
            Xml.@Nullable Tree reply,
            @Nullable String failure) {}

    /** Sends, up to three times. */
    Result push(String user, String xml) {
        return push(user, xml, TRIES);
    }

    /** Sends, up to so many times. */
    Result push(String user, String xml, int tries) {
        String failure = "";
        int status = 0;
        for (int attempt = 1; attempt <= tries; attempt++) {
            try {
                Outbound.Reply answer = send(user, xml);
                status = answer.status();
                if (status == 200) {
                    return read(attempt, answer.body());
                }
                failure = "HTTP " + status;
            } catch (IOException e) {
                status = 0;
                failure = e.getClass().getSimpleName();
            }
        }
        return new Result(tries, status, null, failure);
    }

    private Outbound.Reply send(String user, String xml) throws IOException {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        String nonce = Randoms.digits(wecom ? 10 : 9);
        StringBuilder target = new StringBuilder(address).append('?');
        String body = xml;
        if (!wecom) {
            target.append("signature=")
                    .append(Sha1.ofSorted(token, timestamp, nonce))
                    .append('&');
        }
        target.append("timestamp=").append(timestamp).append("&nonce=").append(nonce);
        if (!wecom) {
            target.append("&openid=").append(user);
        }
        if (cipher != null) {
            String encrypted = cipher.encrypt(xml);
            body = head.replace("</xml>", "<Encrypt><![CDATA[" + encrypted + "]]></Encrypt></xml>");
            target.append(wecom ? "" : "&encrypt_type=aes");
            target.append("&msg_signature=").append(Sha1.ofSorted(token, timestamp, nonce, encrypted));
        }
        return outbound.post(
                URI.create(target.toString()),
                Map.of("Content-Type", "text/xml", "User-Agent", "Mozilla/4.0"),
                body.getBytes(StandardCharsets.UTF_8),
                PATIENCE);
    }

    private Result read(int tries, String body) {
        String text = body.strip();
        if (text.isEmpty() || text.equals("success")) {
            return new Result(tries, 200, null, null);
        }
        try {
            Xml.Tree reply = Xml.read(text);
            if (cipher == null) {
                return new Result(tries, 200, reply, null);
            }
            String encrypted = reply.textOrEmpty("Encrypt");
            String expected =
                    Sha1.ofSorted(token, reply.textOrEmpty("TimeStamp"), reply.textOrEmpty("Nonce"), encrypted);
            if (!expected.equals(reply.textOrEmpty("MsgSignature"))) {
                return new Result(tries, 200, null, "MsgSignature does not fit");
            }
            CallbackCipher.Opened opened = cipher.decrypt(encrypted);
            if (!opened.receiver().equals(receiver)) {
                return new Result(tries, 200, null, "encrypted for " + opened.receiver());
            }
            return new Result(tries, 200, Xml.read(opened.message()), null);
        } catch (SAXException e) {
            return new Result(tries, 200, null, "reply is no XML");
        } catch (GeneralSecurityException e) {
            return new Result(tries, 200, null, "reply cannot be decrypted");
        }
    }
}
