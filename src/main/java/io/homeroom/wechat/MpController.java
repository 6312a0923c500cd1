package io.homeroom.wechat;

import io.homeroom.chat.Conversation;
import io.homeroom.chat.Heard;
import io.homeroom.chat.Reply;
import io.homeroom.notice.Outbox;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The official account's callback: verification of the address, messages and events, in plain or AES mode. */
@RestController
class MpController {

    /** What a customer-service message may follow: words for two days, gestures for a minute. */
    private static final Duration AFTER_WORDS = Duration.ofHours(48);

    private static final Duration AFTER_GESTURE = Duration.ofMinutes(1);

    private static final String SCANNED = "qrscene_";

    /** What WeChat sends in the place of what it does not hand on: stickers and the like. */
    private static final String NOT_HANDED_ON = "【收到不支持的消息类型，暂无法显示】";

    private static final Map<String, String> KINDS = Map.of(
            "image",
            "图片",
            "voice",
            "语音",
            "video",
            "视频",
            "shortvideo",
            "视频",
            "location",
            "位置",
            "link",
            "链接",
            "file",
            "文件");

    private final Accounts accounts;
    private final Answers answers;
    private final Doors doors;
    private final Conversation conversation;
    private final Outbox outbox;
    private final Clock clock;

    MpController(
            Accounts accounts,
            Answers answers,
            Doors doors,
            Conversation conversation,
            Outbox outbox,
            @Qualifier("wireClock") Clock clock) {
        this.accounts = accounts;
        this.answers = answers;
        this.doors = doors;
        this.conversation = conversation;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Answers WeChat's check of this address by returning its word. */
    @GetMapping("/wechat/mp/{code}")
    ResponseEntity<byte[]> verify(@PathVariable String code, HttpServletRequest request) throws IOException {
        Optional<Seal> seal = accounts.mpSeal(code);
        if (seal.isEmpty()) {
            return Doors.unknown();
        }
        try {
            Knock knock = Knock.of(request);
            knock.check(seal.get(), "signature", clock);
            String word = knock.query().get("echostr");
            if (word == null) {
                throw new Knock.Refused(400, "no echostr");
            }
            return Doors.text(word.getBytes(StandardCharsets.UTF_8));
        } catch (Knock.Refused e) {
            return doors.refuse(request, code, e);
        }
    }

    /** Takes a message or an event and answers it. */
    @PostMapping("/wechat/mp/{code}")
    ResponseEntity<byte[]> receive(@PathVariable String code, HttpServletRequest request) throws IOException {
        Optional<Seal> seal = accounts.mpSeal(code);
        if (seal.isEmpty()) {
            return Doors.unknown();
        }
        try {
            Envelope message = open(Knock.of(request), seal.get());
            String reply = answer(code, message);
            return reply.isEmpty() ? Doors.empty() : wrap(seal.get(), message, reply);
        } catch (Knock.Refused e) {
            return doors.refuse(request, code, e);
        } catch (Answers.Unavailable e) {
            return Doors.comeAgain();
        }
    }

    /** The message inside a request that WeChat has signed. */
    Envelope open(Knock knock, Seal seal) throws Knock.Refused {
        knock.check(seal, "signature", clock);
        try {
            Envelope outer = Envelope.read(knock.body());
            if (!seal.encrypts()) {
                return outer;
            }
            String encrypted = outer.get("Encrypt");
            if (encrypted.isEmpty()) {
                throw new Knock.Refused(403, "plain message for an account in AES mode");
            }
            knock.check(seal, "msg_signature", clock, encrypted);
            return Envelope.read(seal.open(encrypted));
        } catch (Envelope.Malformed e) {
            throw new Knock.Refused(400, "XML: " + e.getMessage());
        } catch (Seal.Broken e) {
            throw Knock.Refused.of(e);
        }
    }

    /** A text as the answer to a message. */
    ResponseEntity<byte[]> wrap(Seal seal, Envelope message, String reply) {
        long now = clock.instant().getEpochSecond();
        String xml = Envelope.text(message.get("FromUserName"), message.get("ToUserName"), now, reply);
        return Doors.xml(seal.encrypts() ? seal.envelope(xml, now) : xml);
    }

    private String answer(String code, Envelope message) throws Knock.Refused {
        String openid = message.get("FromUserName");
        String type = message.get("MsgType").toLowerCase(Locale.ROOT);
        if (openid.isEmpty() || openid.length() > 64 || type.isEmpty()) {
            throw new Knock.Refused(400, "no sender or type");
        }
        return switch (type) {
            case "text" -> {
                String text = message.get("Content");
                yield text.equals(NOT_HANDED_ON)
                        ? words(code, message, Heard.Kind.OTHER, "表情")
                        : words(code, message, Heard.Kind.TEXT, text);
            }
            case "event" -> event(code, message);
            default -> {
                String recognised = type.equals("voice") ? message.get("Recognition") : "";
                yield recognised.isEmpty()
                        ? words(code, message, Heard.Kind.OTHER, KINDS.getOrDefault(type, "这种消息"))
                        : words(code, message, Heard.Kind.VOICE, recognised);
            }
        };
    }

    private String words(String code, Envelope message, Heard.Kind kind, String text) {
        return answers.answer(said(code, message), hear(message, kind, text));
    }

    private String event(String code, Envelope message) {
        String key = message.get("EventKey");
        return switch (message.get("Event").toLowerCase(Locale.ROOT)) {
            case "subscribe" ->
                gesture(
                        code,
                        message,
                        Heard.Kind.SUBSCRIBE,
                        key.startsWith(SCANNED) ? key.substring(SCANNED.length()) : "");
            case "unsubscribe" -> gesture(code, message, Heard.Kind.UNSUBSCRIBE, "");
            case "scan" -> gesture(code, message, Heard.Kind.SCAN, key);
            case "click" -> gesture(code, message, Heard.Kind.CLICK, key);
            case "templatesendjobfinish" -> {
                String status = message.get("Status");
                answers.answer(happened(code, message, Duration.ZERO), () -> {
                    outbox.report(message.get("MsgID"), "success".equals(status), why(status));
                    return "";
                });
                yield "";
            }
            // A touched link, a place, a changed profile: nothing to do, and not worth a row.
            default -> "";
        };
    }

    private static String why(String status) {
        return switch (status) {
            case "success" -> "";
            case "failed:user block" -> "收信人拒收";
            default -> "微信未能送达（" + status + "）";
        };
    }

    private String gesture(String code, Envelope message, Heard.Kind kind, String text) {
        Duration window = kind == Heard.Kind.UNSUBSCRIBE ? Duration.ZERO : AFTER_GESTURE;
        return answers.answer(happened(code, message, window), hear(message, kind, text));
    }

    private Answers.Handler hear(Envelope message, Heard.Kind kind, String text) {
        return new Answers.Handler() {
            @Override
            public Answers.Said handle(long number) {
                Reply reply = conversation.hear(new Heard(message.get("FromUserName"), kind, text), number);
                return new Answers.Said(Suggestions.withLinks(reply), reply.kept());
            }

            @Override
            public Optional<String> again(long number) {
                return conversation.again(number).map(Suggestions::withLinks);
            }
        };
    }

    private static Answers.Message said(String code, Envelope message) {
        String id = message.get("MsgId");
        return id.isEmpty()
                ? happened(code, message, AFTER_WORDS)
                : new Answers.Message(
                        code,
                        Answers.key("m", id, message.get("FromUserName")),
                        message.get("FromUserName"),
                        AFTER_WORDS);
    }

    private static Answers.Message happened(String code, Envelope message, Duration window) {
        String key = Answers.key(
                "e",
                message.get("FromUserName"),
                message.get("CreateTime"),
                message.get("Event"),
                message.get("EventKey"),
                message.get("MsgID"),
                message.get("Content"));
        return new Answers.Message(code, key, message.get("FromUserName"), window);
    }
}
