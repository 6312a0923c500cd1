package io.homeroom.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Invitation;
import io.homeroom.member.InvitationMade;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

@DisplayName("二维码、网页授权和菜单")
class DoorsToPeopleTest extends RoomTest {

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    OAuth login;

    @Autowired
    Menus menus;

    private Invitation invitation() {
        return new Invitation("scene42", clock.instant().plus(Duration.ofDays(7)), 7);
    }

    private void gives(String url) {
        WECHAT.on("/cgi-bin/qrcode/create", "{\"ticket\":\"gQH4\",\"expire_seconds\":604800,\"url\":\"" + url + "\"}");
    }

    private String read(byte[] picture) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        int[] dots = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return new QRCodeReader()
                .decode(new BinaryBitmap(
                        new HybridBinarizer(new RGBLuminanceSource(image.getWidth(), image.getHeight(), dots))))
                .getText();
    }

    private HttpResponse<byte[]> picture(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    @DisplayName("邀请一提交就向微信要二维码；图画在自己的域名下，内容是微信给的地址，到期就没有了")
    void drawsTheCodeOfAnInvitation() throws Exception {
        gives("http://weixin.qq.com/q/02abcDEF");
        Tenant.run(SECURE, () -> events.publishEvent(new InvitationMade(invitation())));
        assertThat(WECHAT.next("/cgi-bin/qrcode/create").body())
                .contains("QR_STR_SCENE")
                .contains("scene42")
                .contains("604800");
        when(bindings.open("scene42")).thenReturn(Optional.of(invitation()));
        HttpResponse<byte[]> picture = picture("/qr/whjx/scene42.png");
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(read(picture.body())).isEqualTo("http://weixin.qq.com/q/02abcDEF");

        assertThat(get("/qr/nowhere/scene42.png").statusCode()).isEqualTo(404);
        when(bindings.open("scene42")).thenReturn(Optional.empty());
        assertThat(get("/qr/igrs/scene42.png").statusCode()).isEqualTo(404);
        clock.pass(Duration.ofDays(7));
        assertThat(get("/qr/whjx/scene42.png").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("当时没要到的，看图时再要；没有这份邀请的，不去打扰微信")
    void asksAgainWhenThePictureIsWanted() throws Exception {
        when(bindings.open("scene42")).thenReturn(Optional.of(invitation()));
        when(bindings.open("guessed")).thenReturn(Optional.empty());
        WECHAT.on("/cgi-bin/qrcode/create", "{\"errcode\":45009,\"errmsg\":\"reach max api daily quota limit\"}");
        assertThat(get("/qr/whjx/scene42.png").statusCode()).isEqualTo(404);
        WECHAT.next("/cgi-bin/qrcode/create");
        gives("http://weixin.qq.com/q/later");
        assertThat(read(picture("/qr/whjx/scene42.png").body())).isEqualTo("http://weixin.qq.com/q/later");
        WECHAT.next("/cgi-bin/qrcode/create");
        assertThat(get("/qr/whjx/guessed.png").statusCode()).isEqualTo(404);
        assertThat(get("/qr/whjx/scene42.png").statusCode()).isEqualTo(200);
        assertThat(WECHAT.waiting("/cgi-bin/qrcode/create")).isZero();
    }

    @Test
    @DisplayName("网页授权：静默授权的地址，换来 openid；用过的、假的、预览的都没有")
    void tellsTheOpenid() {
        URI address =
                Tenant.in(SECURE, () -> login.authorize(URI.create("https://homeroom.example/m/whjx/in"), "st-1"));
        assertThat(address.toString())
                .startsWith(WECHAT.address() + "/connect/oauth2/authorize?appid=" + APP)
                .contains("redirect_uri=https%3A%2F%2Fhomeroom.example%2Fm%2Fwhjx%2Fin")
                .contains("scope=snsapi_base")
                .contains("state=st-1")
                .endsWith("#wechat_redirect");

        WECHAT.on(
                "/sns/oauth2/access_token",
                "{\"access_token\":\"A\",\"expires_in\":7200,\"refresh_token\":\"R\",\"openid\":\"o42\",\"scope\":\"snsapi_base\"}");
        assertThat(Tenant.in(SECURE, () -> login.openid("c1"))).hasValue("o42");
        WECHAT.on(
                "/sns/oauth2/access_token",
                "{\"access_token\":\"A\",\"expires_in\":7200,\"openid\":\"o43\",\"scope\":\"snsapi_base\",\"is_snapshotuser\":1}");
        assertThat(Tenant.in(SECURE, () -> login.openid("c2"))).isEmpty();
        WECHAT.on("/sns/oauth2/access_token", "{\"errcode\":40163,\"errmsg\":\"code been used\"}");
        assertThat(Tenant.in(SECURE, () -> login.openid("c1"))).isEmpty();
        WECHAT.on("/sns/oauth2/access_token", asked -> StandIn.Answer.cut());
        assertThat(Tenant.in(SECURE, () -> login.openid("c3"))).isEmpty();
    }

    @Test
    @DisplayName("菜单：没有或不同才创建，相同就不动")
    void hangsTheMenuOnce() throws Exception {
        WECHAT.on("/cgi-bin/menu/get", "{\"errcode\":46003,\"errmsg\":\"menu no exist\"}");
        Tenant.run(SECURE, () -> menus.hang(SECURE));
        String created = WECHAT.next("/cgi-bin/menu/create").body();
        assertThat(created).contains("STATUS").contains("PAY").contains("HUMAN").contains("我的班主任");
        WECHAT.on("/cgi-bin/menu/get", "{\"menu\":" + created + "}");
        Tenant.run(SECURE, () -> menus.hang(SECURE));
        assertThat(WECHAT.waiting("/cgi-bin/menu/create")).isZero();
        WECHAT.on("/cgi-bin/menu/get", "{\"menu\":" + created.replace("STATUS", "OLD") + "}");
        Tenant.run(SECURE, () -> menus.hang(SECURE));
        assertThat(WECHAT.next("/cgi-bin/menu/create").body()).isEqualTo(created);
    }

    @Test
    @DisplayName("章程没有会费的协会，菜单里不谈缴费")
    void offersNoBillsWithoutFees() throws Exception {
        WECHAT.on("/cgi-bin/menu/get", "{\"errcode\":46003,\"errmsg\":\"menu no exist\"}");
        when(lawbook.of(any(), any()).fees()).thenReturn(null);
        Tenant.run(SECURE, () -> menus.hang(SECURE));
        assertThat(WECHAT.next("/cgi-bin/menu/create").body())
                .contains("STATUS")
                .doesNotContain("BILLS")
                .doesNotContain("PAY");
    }
}
