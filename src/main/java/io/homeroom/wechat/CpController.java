package io.homeroom.wechat;

import io.homeroom.chat.StaffHeard;
import io.homeroom.chat.StaffRoom;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.GroupKeeper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The callback of the WeCom app that class teachers use. Always encrypted. */
@RestController
class CpController {

    /** Begins the keys of colleagues' messages, so that an answer goes back by the way the question came. */
    static final String KEY = "cp|";

    private static final String STRANGER = "这里只认得在职工作人员的账号。请秘书处在控制台把你的企业微信成员账号登记到工作人员名下：";

    private final Accounts accounts;
    private final Answers answers;
    private final StaffRoom staffRoom;
    private final Doors doors;
    private final WechatSettings settings;
    private final GroupKeeper groups;
    private final Executor workers;
    private final Clock clock;

    CpController(
            Accounts accounts,
            Answers answers,
            StaffRoom staffRoom,
            Doors doors,
            WechatSettings settings,
            GroupKeeper groups,
            @Qualifier("wechatWorkers") Executor workers,
            @Qualifier("wireClock") Clock clock) {
        this.accounts = accounts;
        this.answers = answers;
        this.staffRoom = staffRoom;
        this.doors = doors;
        this.settings = settings;
        this.groups = groups;
        this.workers = workers;
        this.clock = clock;
    }

    /** Answers WeCom's check of this address by returning what it had encrypted. */
    @GetMapping("/wechat/cp/{code}")
    ResponseEntity<byte[]> verify(@PathVariable String code, HttpServletRequest request) throws IOException {
        Optional<Seal> seal = accounts.cpSeal(code);
        if (seal.isEmpty()) {
            return Doors.unknown();
        }
        try {
            Knock knock = Knock.of(request);
            String encrypted = knock.sealed("echostr");
            knock.check(seal.get(), "msg_signature", clock, encrypted);
            return Doors.text(seal.get().open(encrypted));
        } catch (Seal.Broken e) {
            return doors.refuse(request, code, Knock.Refused.of(e));
        } catch (Knock.Refused e) {
            return doors.refuse(request, code, e);
        }
    }

    /** Takes a message or an event of a colleague and answers it. */
    @PostMapping("/wechat/cp/{code}")
    ResponseEntity<byte[]> receive(@PathVariable String code, HttpServletRequest request) throws IOException {
        Optional<Seal> seal = accounts.cpSeal(code);
        if (seal.isEmpty()) {
            return Doors.unknown();
        }
        try {
            Envelope message = open(Knock.of(request), seal.get());
            String reply = answer(code, message);
            if (reply.isEmpty()) {
                return Doors.empty();
            }
            long now = clock.instant().getEpochSecond();
            String xml = Envelope.text(message.get("FromUserName"), message.get("ToUserName"), now, reply);
            return Doors.xml(seal.get().envelope(xml, now));
        } catch (Knock.Refused e) {
            return doors.refuse(request, code, e);
        } catch (Answers.Unavailable e) {
            return Doors.comeAgain();
        }
    }

    private Envelope open(Knock knock, Seal seal) throws Knock.Refused {
        knock.sealed("msg_signature");
        try {
            String encrypted = Envelope.read(knock.body()).get("Encrypt");
            knock.check(seal, "msg_signature", clock, encrypted);
            return Envelope.read(seal.open(encrypted));
        } catch (Envelope.Malformed e) {
            throw new Knock.Refused(400, "XML: " + e.getMessage());
        } catch (Seal.Broken e) {
            throw Knock.Refused.of(e);
        }
    }

    private String answer(String code, Envelope message) throws Knock.Refused {
        String user = message.get("FromUserName");
        String type = message.get("MsgType").toLowerCase(Locale.ROOT);
        if (user.isEmpty() || user.length() > 64 || type.isEmpty()) {
            throw new Knock.Refused(400, "no sender or type");
        }
        Optional<StaffHeard> heard = heard(user, type, message);
        if (heard.isEmpty()) {
            if ("change_external_chat".equals(message.get("Event").toLowerCase(Locale.ROOT))) {
                String chat = message.get("ChatId");
                workers.execute(() -> Tenant.run(code, () -> groups.changed(chat)));
            }
            return "";
        }
        String key = Answers.key(
                "cp",
                user,
                message.get("MsgId"),
                message.get("CreateTime"),
                message.get("Event"),
                message.get("EventKey"),
                message.get("TaskId"));
        return answers.answer(
                new Answers.Message(code, key.startsWith(KEY) ? key : KEY + key, user, Duration.ZERO),
                () -> staffRoom.hear(heard.get()).orElseGet(() -> STRANGER + settings.publicBaseUrl() + "/console/"));
    }

    /** What a colleague said or touched; empty for events that ask nothing. */
    private static Optional<StaffHeard> heard(String user, String type, Envelope message) {
        return switch (type) {
            case "text" -> of(user, StaffHeard.Kind.TEXT, message.get("Content"), "");
            case "image" -> of(user, StaffHeard.Kind.PICTURE, message.get("MediaId"), "");
            case "event" ->
                switch (message.get("Event").toLowerCase(Locale.ROOT)) {
                    case "click" -> of(user, StaffHeard.Kind.CLICK, message.get("EventKey"), "");
                    case "template_card_event" ->
                        of(user, StaffHeard.Kind.CARD, message.get("EventKey"), message.get("ResponseCode"));
                    default -> Optional.empty();
                };
            default -> of(user, StaffHeard.Kind.OTHER, "", "");
        };
    }

    private static Optional<StaffHeard> of(String user, StaffHeard.Kind kind, String text, String responseCode) {
        return Optional.of(new StaffHeard(user, kind, text, responseCode));
    }
}
