package io.homeroom.sandbox.control;

import static io.homeroom.sandbox.control.PhoneControl.required;

import io.homeroom.sandbox.SandboxAccounts;
import io.homeroom.sandbox.SandboxPage;
import io.homeroom.sandbox.phone.Colleague;
import io.homeroom.sandbox.phone.Colleagues;
import io.homeroom.sandbox.phone.Delivery;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.phone.Phones;
import io.homeroom.sandbox.wall.Wall;
import io.homeroom.sandbox.wall.Walls;
import io.homeroom.sandbox.wecom.Broadcasts;
import io.homeroom.sandbox.wecom.Customers;
import io.homeroom.sandbox.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ObjectNode;

/**
 * Customers, customer groups and broadcasts of WeCom.
 *
 * <ul>
 *   <li>{@code POST phones/{openid}/befriend {userid, state}} or {@code {url}} of a contact way · {@code POST
 *       phones/{openid}/unfriend {userid}}
 *   <li>{@code GET groups?code=} · {@code POST groups {code, name, owner}} · {@code POST groups/{chatId}/} {@code join
 *       {openid, scene}}, {@code leave {openid, putOut}}, {@code rename {name}}, {@code dismiss}: these push the change to
 *       the application and give a {@link Delivery}; a group's messages are those of the wall with its chat_id
 *   <li>{@code POST walls/{id}/say {name, text}}: somebody writes in a group, which the application does not hear
 *   <li>{@code GET staff/{code}/{userid}/broadcasts} · {@code POST staff/{code}/{userid}/confirm {msgid}}
 * </ul>
 */
@SandboxPage
@RequestMapping("/sandbox/api")
class CustomerControl {

    private final SandboxAccounts accounts;
    private final Phones phones;
    private final Colleagues colleagues;
    private final Customers customers;
    private final Broadcasts broadcasts;
    private final Walls walls;

    CustomerControl(
            SandboxAccounts accounts,
            Phones phones,
            Colleagues colleagues,
            Customers customers,
            Broadcasts broadcasts,
            Walls walls) {
        this.accounts = accounts;
        this.phones = phones;
        this.colleagues = colleagues;
        this.customers = customers;
        this.broadcasts = broadcasts;
        this.walls = walls;
    }

    @PostMapping("/phones/{openid}/befriend")
    Delivery befriend(@PathVariable("openid") String openid, @RequestBody ObjectNode body) {
        Phone phone = phone(openid);
        if (body.has("url")) {
            Customers.Follow way = customers
                    .wayByUrl(required(body, "url"))
                    .orElseThrow(() -> new NoSuchElementException("no such contact way"));
            return customers.befriend(staff(phone.code(), way.userid()), phone, way.state());
        }
        return customers.befriend(staff(phone.code(), required(body, "userid")), phone, Json.text(body, "state"));
    }

    @PostMapping("/phones/{openid}/unfriend")
    Delivery unfriend(@PathVariable("openid") String openid, @RequestBody ObjectNode body) {
        Phone phone = phone(openid);
        return customers.unfriend(staff(phone.code(), required(body, "userid")), phone);
    }

    @GetMapping("/groups")
    List<Customers.Group.View> groups(@RequestParam("code") String code) {
        return customers.groups(accounts.of(code).code()).stream()
                .map(Customers.Group::view)
                .toList();
    }

    @PostMapping("/groups")
    Delivery open(@RequestBody ObjectNode body) {
        String code = accounts.of(Json.text(body, "code")).code();
        return customers.group(code, required(body, "name"), staff(code, required(body, "owner")));
    }

    @PostMapping("/groups/{chatId}/join")
    Delivery join(@PathVariable("chatId") String chatId, @RequestBody ObjectNode body) {
        return customers.join(group(chatId), phone(required(body, "openid")), (int) Json.number(body, "scene", 1));
    }

    @PostMapping("/groups/{chatId}/leave")
    Delivery leave(@PathVariable("chatId") String chatId, @RequestBody ObjectNode body) {
        return customers.leave(group(chatId), phone(required(body, "openid")), Json.flag(body, "putOut"));
    }

    @PostMapping("/groups/{chatId}/rename")
    Delivery rename(@PathVariable("chatId") String chatId, @RequestBody ObjectNode body) {
        return customers.rename(group(chatId), required(body, "name"));
    }

    @PostMapping("/groups/{chatId}/dismiss")
    Delivery dismiss(@PathVariable("chatId") String chatId) {
        return customers.dismiss(group(chatId));
    }

    @PostMapping("/walls/{id}/say")
    Wall.View say(@PathVariable("id") String id, @RequestBody ObjectNode body) {
        Wall wall = walls.find(id).orElseThrow(() -> new NoSuchElementException("no such group"));
        walls.write(wall, required(body, "name"), "text", required(body, "text"), Map.of());
        return wall.view();
    }

    @GetMapping("/staff/{code}/{userid}/broadcasts")
    List<Broadcasts.Waiting> broadcasts(@PathVariable("code") String code, @PathVariable("userid") String userid) {
        return broadcasts.tasks(staff(code, userid));
    }

    @PostMapping("/staff/{code}/{userid}/confirm")
    List<Broadcasts.Waiting> confirm(
            @PathVariable("code") String code, @PathVariable("userid") String userid, @RequestBody ObjectNode body) {
        Colleague colleague = staff(code, userid);
        broadcasts.confirm(colleague, required(body, "msgid"));
        return broadcasts.tasks(colleague);
    }

    private Phone phone(String openid) {
        return phones.find(openid).orElseThrow(() -> new NoSuchElementException("no such person"));
    }

    private Colleague staff(String code, String userid) {
        return colleagues.find(code, userid).orElseThrow(() -> new NoSuchElementException("no such member of staff"));
    }

    private Customers.Group group(String chatId) {
        return customers.group(chatId).orElseThrow(() -> new NoSuchElementException("no such group"));
    }
}
