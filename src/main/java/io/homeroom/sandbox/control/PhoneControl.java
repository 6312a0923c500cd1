package io.homeroom.sandbox.control;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxAccounts;
import io.homeroom.sandbox.SandboxPage;
import io.homeroom.sandbox.phone.Delivery;
import io.homeroom.sandbox.phone.Gestures;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.phone.PhoneMessage;
import io.homeroom.sandbox.phone.Phones;
import io.homeroom.sandbox.wall.Wall;
import io.homeroom.sandbox.wall.Walls;
import io.homeroom.sandbox.weixin.QrCodes;
import io.homeroom.sandbox.weixin.WeixinServer;
import io.homeroom.sandbox.wire.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ObjectNode;

/**
 * People and their phones.
 *
 * <ul>
 *   <li>{@code GET accounts} · {@code GET people?code=} · {@code POST people {code, key, name, role, following}}
 *   <li>{@code GET phones/{openid}}, {@code …/messages?since=}, {@code …/menu}
 *   <li>{@code POST phones/{openid}/} {@code text {text, copies}}, {@code voice {recognition}}, {@code image {url}}, {@code
 *       location {latitude, longitude, label}}, {@code link {title, description, url}}, {@code menu-message {id, text}},
 *       {@code click {key}}, {@code view {url}}, {@code scan {url|ticket|scene}}, {@code follow}, {@code unfollow}, {@code
 *       raw {xml}}: these wait for the application and give a {@link Delivery}
 *   <li>{@code POST phones/{openid}/refuse {on}} · {@code close-window}
 * </ul>
 */
@SandboxPage
@RequestMapping("/sandbox/api")
class PhoneControl {

    private record AccountView(
            String code,
            String name,
            String appId,
            String originalId,
            boolean encrypted,
            String mchId,
            String corpId,
            int agentId,
            List<String> walls) {}

    private final SandboxAccounts accounts;
    private final Phones phones;
    private final Gestures gestures;
    private final QrCodes codes;
    private final WeixinServer weixin;
    private final Walls walls;
    private final Clock clock;

    PhoneControl(
            SandboxAccounts accounts,
            Phones phones,
            Gestures gestures,
            QrCodes codes,
            WeixinServer weixin,
            Walls walls,
            @Qualifier("wireClock") Clock clock) {
        this.accounts = accounts;
        this.phones = phones;
        this.gestures = gestures;
        this.codes = codes;
        this.weixin = weixin;
        this.walls = walls;
        this.clock = clock;
    }

    @GetMapping("/accounts")
    List<AccountView> accounts() {
        return accounts.all().stream().map(this::view).toList();
    }

    private AccountView view(SandboxAccount account) {
        return new AccountView(
                account.code(),
                account.name(),
                account.appId(),
                account.originalId(),
                account.encrypted(),
                account.mchId(),
                account.corpId(),
                account.agentId(),
                walls.of(account.code()).stream().map(Wall::id).toList());
    }

    @GetMapping("/people")
    List<Phone.View> people(@RequestParam("code") String code) {
        return phones.of(accounts.of(code).code()).stream().map(Phone::view).toList();
    }

    @PostMapping("/people")
    Phone.View add(@RequestBody ObjectNode body) {
        String code = accounts.of(Json.text(body, "code")).code();
        Phone phone = phones.add(code, required(body, "key"), required(body, "name"), Json.text(body, "role"));
        if (Json.flag(body, "following") && !phone.following()) {
            phone.followedBefore(clock.instant().minus(Duration.ofDays(30)));
            phones.changed(phone);
        }
        return phone.view();
    }

    @GetMapping("/phones/{openid}")
    Phone.View phone(@PathVariable("openid") String openid) {
        return find(openid).view();
    }

    @GetMapping("/phones/{openid}/messages")
    List<PhoneMessage> messages(
            @PathVariable("openid") String openid, @RequestParam(name = "since", defaultValue = "0") long since) {
        return find(openid).messages(since);
    }

    @GetMapping("/phones/{openid}/menu")
    ObjectNode menu(@PathVariable("openid") String openid) {
        return weixin.menu(find(openid).code());
    }

    @PostMapping("/phones/{openid}/{gesture}")
    @Nullable
    Object gesture(
            @PathVariable("openid") String openid,
            @PathVariable("gesture") String gesture,
            @RequestBody(required = false) @Nullable ObjectNode given) {
        Phone phone = find(openid);
        ObjectNode body = given == null ? Json.object() : given;
        return switch (gesture) {
            case "text" -> text(phone, body);
            case "voice" -> gestures.voice(phone, body.has("recognition") ? Json.text(body, "recognition") : null);
            case "image" -> gestures.image(phone, required(body, "url"));
            case "location" ->
                gestures.location(
                        phone, required(body, "latitude"), required(body, "longitude"), Json.text(body, "label"));
            case "link" ->
                gestures.link(phone, required(body, "title"), Json.text(body, "description"), required(body, "url"));
            case "menu-message" -> gestures.menuMessage(phone, required(body, "id"), required(body, "text"));
            case "click" -> gestures.click(phone, required(body, "key"));
            case "view" -> gestures.view(phone, required(body, "url"));
            case "scan" -> scan(phone, body);
            case "follow" -> gestures.follow(phone);
            case "unfollow" -> gestures.unfollow(phone);
            case "raw" -> gestures.raw(phone, required(body, "xml"));
            case "refuse" -> {
                phone.refuse(Json.flag(body, "on"));
                phones.changed(phone);
                yield phone.view();
            }
            case "close-window" -> {
                phone.closeWindow();
                yield phone.view();
            }
            default -> throw new NoSuchElementException("no such gesture: " + gesture);
        };
    }

    private Delivery text(Phone phone, ObjectNode body) {
        long copies = Json.number(body, "copies", 1);
        String text = required(body, "text");
        return copies > 1 ? gestures.textRepeated(phone, text, (int) Math.min(10, copies)) : gestures.text(phone, text);
    }

    private Delivery scan(Phone phone, ObjectNode body) {
        Optional<QrCodes.QrCode> found = body.has("ticket")
                ? codes.byTicket(Json.text(body, "ticket"))
                : body.has("scene")
                        ? codes.byScene(phone.code(), Json.text(body, "scene"))
                        : codes.byUrl(required(body, "url"));
        QrCodes.QrCode code = found.orElseThrow(() -> new NoSuchElementException("没有找到这个二维码。请粘贴二维码图片的地址或内容，或从列表里选一个"));
        if (!code.code().equals(phone.code())) {
            throw new IllegalArgumentException("这是另一家协会的二维码");
        }
        if (!codes.works(code)) {
            throw new IllegalArgumentException("二维码已过期");
        }
        return gestures.scan(phone, code.scene(), code.ticket());
    }

    private Phone find(String openid) {
        return phones.find(openid).orElseThrow(() -> new NoSuchElementException("no such person"));
    }

    static String required(ObjectNode body, String field) {
        String text = Json.text(body, field);
        if (text.isEmpty()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return text;
    }
}
