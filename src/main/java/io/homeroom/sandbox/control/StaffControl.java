package io.homeroom.sandbox.control;

import static io.homeroom.sandbox.control.PhoneControl.required;

import io.homeroom.sandbox.SandboxAccounts;
import io.homeroom.sandbox.SandboxPage;
import io.homeroom.sandbox.phone.Colleague;
import io.homeroom.sandbox.phone.Colleagues;
import io.homeroom.sandbox.phone.Delivery;
import io.homeroom.sandbox.phone.PhoneMessage;
import io.homeroom.sandbox.phone.StaffGestures;
import io.homeroom.sandbox.wall.Wall;
import io.homeroom.sandbox.wall.Walls;
import io.homeroom.sandbox.wecom.AppMessages;
import io.homeroom.sandbox.wecom.WecomServer;
import io.homeroom.sandbox.wire.Json;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ObjectNode;

/**
 * Staff in WeCom, and the groups.
 *
 * <ul>
 *   <li>{@code GET staff?code=} · {@code POST staff {code, userid, name, role}}
 *   <li>{@code GET staff/{code}/{userid}/messages?since=}, {@code …/menu}
 *   <li>{@code POST staff/{code}/{userid}/} {@code text {text}}, {@code click {key}}, {@code enter}, {@code card
 *       {responseCode, key}}: these wait for the application and give a {@link Delivery}; {@code dismiss}
 *   <li>{@code GET walls?code=} · {@code GET walls/{id}/messages?since=} · {@code POST walls/{id}/revoke {on}} takes the
 *       robot's key back or gives it again
 * </ul>
 */
@SandboxPage
@RequestMapping("/sandbox/api")
class StaffControl {

    private final SandboxAccounts accounts;
    private final Colleagues colleagues;
    private final StaffGestures gestures;
    private final AppMessages messages;
    private final WecomServer wecom;
    private final Walls walls;

    StaffControl(
            SandboxAccounts accounts,
            Colleagues colleagues,
            StaffGestures gestures,
            AppMessages messages,
            WecomServer wecom,
            Walls walls) {
        this.accounts = accounts;
        this.colleagues = colleagues;
        this.gestures = gestures;
        this.messages = messages;
        this.wecom = wecom;
        this.walls = walls;
    }

    @GetMapping("/staff")
    List<Colleague.View> staff(@RequestParam("code") String code) {
        return colleagues.of(accounts.of(code).code()).stream()
                .map(Colleague::view)
                .toList();
    }

    @PostMapping("/staff")
    Colleague.View hire(@RequestBody ObjectNode body) {
        String code = accounts.of(Json.text(body, "code")).code();
        return colleagues
                .hire(code, required(body, "userid"), required(body, "name"), Json.text(body, "role"))
                .view();
    }

    @GetMapping("/staff/{code}/{userid}/messages")
    List<PhoneMessage> messages(
            @PathVariable("code") String code,
            @PathVariable("userid") String userid,
            @RequestParam(name = "since", defaultValue = "0") long since) {
        return find(code, userid).messages(since);
    }

    @GetMapping("/staff/{code}/{userid}/menu")
    ObjectNode menu(@PathVariable("code") String code, @PathVariable("userid") String userid) {
        return wecom.menu(find(code, userid).code());
    }

    @PostMapping("/staff/{code}/{userid}/{gesture}")
    @Nullable
    Object gesture(
            @PathVariable("code") String code,
            @PathVariable("userid") String userid,
            @PathVariable("gesture") String gesture,
            @RequestBody(required = false) @Nullable ObjectNode given) {
        Colleague colleague = find(code, userid);
        ObjectNode body = given == null ? Json.object() : given;
        return switch (gesture) {
            case "text" -> gestures.text(colleague, required(body, "text"));
            case "click" -> gestures.click(colleague, required(body, "key"));
            case "enter" -> gestures.enter(colleague);
            case "card" -> card(colleague, body);
            case "dismiss" -> {
                colleagues.dismiss(colleague);
                yield colleague.view();
            }
            default -> throw new NoSuchElementException("no such gesture: " + gesture);
        };
    }

    private Delivery card(Colleague colleague, ObjectNode body) {
        String responseCode = required(body, "responseCode");
        AppMessages.Card card = messages.card(responseCode)
                .filter(found -> found.code().equals(colleague.code()))
                .orElseThrow(() -> new NoSuchElementException("the card is settled"));
        return gestures.card(colleague, required(body, "key"), card.taskId(), card.type(), responseCode);
    }

    @GetMapping("/walls")
    List<Wall.View> walls(@RequestParam("code") String code) {
        return walls.of(accounts.of(code).code()).stream().map(Wall::view).toList();
    }

    @GetMapping("/walls/{id}/messages")
    List<Wall.Line> lines(@PathVariable("id") String id, @RequestParam(name = "since", defaultValue = "0") long since) {
        return wall(id).lines(since);
    }

    @PostMapping("/walls/{id}/revoke")
    Wall.View revoke(@PathVariable("id") String id, @RequestBody ObjectNode body) {
        Wall wall = wall(id);
        wall.revoke(Json.flag(body, "on"));
        return wall.view();
    }

    private Wall wall(String id) {
        return walls.find(id).orElseThrow(() -> new NoSuchElementException("no such group"));
    }

    private Colleague find(String code, String userid) {
        return colleagues.find(code, userid).orElseThrow(() -> new NoSuchElementException("no such member of staff"));
    }
}
