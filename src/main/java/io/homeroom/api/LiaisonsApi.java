package io.homeroom.api;

import io.homeroom.desk.Role;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Liaisons;
import io.homeroom.member.Contact;
import io.homeroom.member.Member;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** A unit's liaisons: the first is {@code contact} of the member; how many there may be, the rulebook says. */
@RestController
@RequestMapping(path = "/api/v1/{code}/members/{id}/liaisons", produces = "application/json")
@Tag(name = "会员")
class LiaisonsApi {

    private final Viewer viewer;
    private final Liaisons liaisons;

    LiaisonsApi(Viewer viewer, Liaisons liaisons) {
        this.viewer = viewer;
        this.liaisons = liaisons;
    }

    @GetMapping
    @Operation(summary = "看联络员", description = "主要的一名在最前，通知发给他。")
    Shapes.PageOf<Shapes.LiaisonShape> list(@PathVariable String id) {
        return shapes(viewer.member(id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "登记另一名联络员",
            description = "已登记的同名联络员改电话。最多几名由规则书的读法 liaison-number 定，没有写的是一名；满了答 422。",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = Shapes.ContactBody.class))))
    @ApiResponse(responseCode = "201")
    Shapes.PageOf<Shapes.LiaisonShape> name(
            @PathVariable String id, @org.springframework.web.bind.annotation.RequestBody JsonNode body) {
        Member member = changing(id);
        Asked asked = Asked.of(body);
        String name = asked.required("name", 40);
        String phone = MembersApi.phone(asked, "phone");
        asked.check();
        return done(member, liaisons.name(member.id(), name, phone, viewer.me().username()));
    }

    @PostMapping("/{liaison}/first")
    @Operation(summary = "设为主要的联络员", description = "以后通知发给他；各人的微信绑定不变。")
    Shapes.PageOf<Shapes.LiaisonShape> lead(@PathVariable String id, @PathVariable String liaison) {
        Member member = changing(id);
        return done(
                member,
                liaisons.lead(member.id(), known(member, liaison), viewer.me().username()));
    }

    @DeleteMapping("/{liaison}")
    @Operation(summary = "移除一名联络员", description = "他的微信绑定和没用过的二维码随即失效。最后一名不能移除，换人用 PATCH 会员的 contact。")
    Shapes.PageOf<Shapes.LiaisonShape> remove(@PathVariable String id, @PathVariable String liaison) {
        Member member = changing(id);
        return done(
                member,
                liaisons.remove(member.id(), known(member, liaison), viewer.me().username()));
    }

    private Member changing(String id) {
        Member member = viewer.member(id);
        viewer.needs("改联络员", Role.ADMIN, Role.SECRETARIAT);
        return member;
    }

    private long known(Member member, String liaison) {
        return Viewer.key(liaison)
                .filter(key -> liaisons.of(member.id()).stream().anyMatch(one -> one.id() == key))
                .orElseThrow(() -> ApiProblem.notFound("这名联络员"));
    }

    private Shapes.PageOf<Shapes.LiaisonShape> done(Member member, Outcome<Contact> outcome) {
        if (outcome instanceof Outcome.Refused<Contact> refused) {
            throw ApiProblem.refused(refused.refusal());
        }
        return shapes(member);
    }

    private Shapes.PageOf<Shapes.LiaisonShape> shapes(Member member) {
        List<Contact> known = liaisons.of(member.id());
        return new Shapes.PageOf<>(
                known.stream()
                        .map(one -> new Shapes.LiaisonShape(
                                Long.toString(one.id()),
                                one.name(),
                                Mask.phone(one.phone()),
                                one.openid() != null,
                                one.equals(known.get(0))))
                        .toList(),
                null);
    }
}
