package io.homeroom.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.homeroom.ground.Tenant;
import io.homeroom.member.SceneQr;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DisplayName("二维码、网页授权和菜单")
class DoorsToPeopleTest extends RoomTest {

    @Autowired
    SceneCodes codes;

    @Autowired
    OAuth login;

    @Autowired
    Menus menus;

    @Test
    @DisplayName("邀请的二维码：内容是微信给的地址，图画在自己的域名下，到期就没有了")
    void drawsTheCode() throws Exception {
        WECHAT.on(
                "/cgi-bin/qrcode/create",
                "{\"ticket\":\"gQH4\",\"expire_seconds\":604800,\"url\":\"http://weixin.qq.com/q/02abcDEF\"}");
        SceneQr.Code code = Tenant.in(SECURE, () -> codes.create("scene42", Duration.ofDays(7)));
        assertThat(code.url()).isEqualTo("http://weixin.qq.com/q/02abcDEF");
        assertThat(code.pictureUrl()).isEqualTo("https://homeroom.example/qr/whjx/scene42.png");
        assertThat(WECHAT.next("/cgi-bin/qrcode/create").body())
                .contains("QR_STR_SCENE")
                .contains("scene42")
                .contains("604800");

        HttpResponse<byte[]> picture = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/qr/whjx/scene42.png"))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/png");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.body()));
        int[] dots = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        assertThat(new QRCodeReader()
                        .decode(new BinaryBitmap(
                                new HybridBinarizer(new RGBLuminanceSource(image.getWidth(), image.getHeight(), dots))))
                        .getText())
                .isEqualTo("http://weixin.qq.com/q/02abcDEF");

        assertThat(get("/qr/igrs/scene42.png").statusCode()).isEqualTo(404);
        clock.pass(Duration.ofDays(7));
        assertThat(get("/qr/whjx/scene42.png").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("微信不给二维码时说得清楚")
    void saysWhenThereIsNoCode() {
        WECHAT.on("/cgi-bin/qrcode/create", "{\"errcode\":45009,\"errmsg\":\"reach max api daily quota limit\"}");
        assertThatThrownBy(() -> Tenant.in(SECURE, () -> codes.create("s", Duration.ofDays(1))))
                .isInstanceOf(SceneQr.Unavailable.class);
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
        when(lawbook.of(any(), any()).fees()).thenReturn(null);
        Tenant.run(SECURE, () -> menus.hang(SECURE));
        assertThat(WECHAT.next("/cgi-bin/menu/create").body())
                .contains("STATUS")
                .doesNotContain("BILLS")
                .doesNotContain("PAY");
    }
}
