package io.homeroom.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.homeroom.chat.StaffHeard;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import me.chanjar.weixin.common.util.crypto.SHA1;
import me.chanjar.weixin.common.util.crypto.WxCryptUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

@Tag("mysql")
@DisplayName("企业微信应用的回调")
class WecomAppTest extends RoomTest {

    private static final String KEY = "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba";
    private static final WxCryptUtil CRYPT = new WxCryptUtil("cp-token", KEY, "wwcorp");

    private Map<String, String> signed(String encrypted) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("timestamp", now());
        query.put("nonce", "n-2");
        query.put("msg_signature", SHA1.gen("cp-token", now(), "n-2", encrypted));
        return query;
    }

    private HttpResponse<String> send(WxCryptUtil crypt, String xml) throws Exception {
        String encrypted = crypt.encrypt("0123456789abcdef", xml);
        return post(
                "/wechat/cp/whjx" + query(signed(encrypted)),
                "<xml><ToUserName>wwcorp</ToUserName><AgentID>1000002</AgentID><Encrypt>" + encrypted
                        + "</Encrypt></xml>");
    }

    private static String text(String id) {
        return "<xml><ToUserName>wwcorp</ToUserName><FromUserName>zhoumin</FromUserName><CreateTime>1700000000</CreateTime>"
                + "<MsgType>text</MsgType><Content>我的班级</Content><MsgId>" + id
                + "</MsgId><AgentID>1000002</AgentID></xml>";
    }

    @Test
    @DisplayName("验证地址：解密后原样送回，一个字符不多")
    void verifiesTheAddress() throws Exception {
        String encrypted = CRYPT.encrypt("0123456789abcdef", "4711回声");
        Map<String, String> query = signed(encrypted);
        query.put("echostr", encrypted);
        HttpResponse<String> response = get("/wechat/cp/whjx" + query(query));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("4711回声");

        query.put("msg_signature", "0".repeat(40));
        assertThat(get("/wechat/cp/whjx" + query(query)).statusCode()).isEqualTo(403);
        assertThat(get("/wechat/cp/whjx").statusCode()).isEqualTo(403);
        assertThat(get("/wechat/cp/igrs" + query(query)).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("同事的消息得到加密的答复，重发得到同一个")
    void answersColleagues() throws Exception {
        HttpResponse<String> response = send(CRYPT, text("5"));
        assertThat(response.statusCode()).isEqualTo(200);
        Envelope outer = Envelope.read(response.body().getBytes(StandardCharsets.UTF_8));
        Envelope reply = Envelope.read(CRYPT.decryptContent(
                        outer.get("MsgSignature"), outer.get("TimeStamp"), outer.get("Nonce"), outer.get("Encrypt"))
                .getBytes(StandardCharsets.UTF_8));
        assertThat(reply.get("ToUserName")).isEqualTo("zhoumin");
        assertThat(reply.get("Content")).contains("https://homeroom.example/console/");
        assertThat(send(CRYPT, text("5")).statusCode()).isEqualTo(200);
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM wx_message", Integer.class))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("文字、图片、菜单和卡片按钮都到教师办公室；卡片的按钮带着可以改卡片的凭据，只处理一次")
    void bringsEveryWayOfSpeaking() throws Exception {
        when(staffRoom.hear(any())).thenReturn(Optional.of("好"));
        send(CRYPT, text("7"));
        send(CRYPT, message("<MsgType>image</MsgType><PicUrl>http://p</PicUrl><MediaId>M-1</MediaId><MsgId>8</MsgId>"));
        send(CRYPT, message("<MsgType>event</MsgType><Event>click</Event><EventKey>todo</EventKey>"));
        String card = message(
                "<MsgType>event</MsgType><Event>template_card_event</Event><EventKey>todo:done:12</EventKey>"
                        + "<TaskId>whjx-1a</TaskId><CardType>button_interaction</CardType><ResponseCode>RC-1</ResponseCode>");
        send(CRYPT, card);
        send(CRYPT, card);
        send(CRYPT, message("<MsgType>voice</MsgType><MediaId>M-2</MediaId><MsgId>9</MsgId>"));

        ArgumentCaptor<StaffHeard> heard = ArgumentCaptor.forClass(StaffHeard.class);
        verify(staffRoom, times(5)).hear(heard.capture());
        assertThat(heard.getAllValues())
                .containsExactly(
                        new StaffHeard("zhoumin", StaffHeard.Kind.TEXT, "我的班级", ""),
                        new StaffHeard("zhoumin", StaffHeard.Kind.PICTURE, "M-1", ""),
                        new StaffHeard("zhoumin", StaffHeard.Kind.CLICK, "todo", ""),
                        new StaffHeard("zhoumin", StaffHeard.Kind.CARD, "todo:done:12", "RC-1"),
                        new StaffHeard("zhoumin", StaffHeard.Kind.OTHER, "", ""));
    }

    @Test
    @DisplayName("班级群有变化，就去看一眼那个群")
    void looksAtAGroupThatChanged() throws Exception {
        send(
                CRYPT,
                message("<MsgType>event</MsgType><Event>change_external_chat</Event><ChatId>wr-1</ChatId>"
                        + "<ChangeType>update</ChangeType><UpdateDetail>add_member</UpdateDetail>"));
        verify(groupKeeper, timeout(5000)).changed("wr-1");
    }

    private static String message(String content) {
        return "<xml><ToUserName>wwcorp</ToUserName><FromUserName>zhoumin</FromUserName>"
                + "<CreateTime>1700000001</CreateTime>" + content + "<AgentID>1000002</AgentID></xml>";
    }

    @Test
    @DisplayName("进入应用等事件回空；别的企业的、没签名的 403；坏报文 400")
    void refuses() throws Exception {
        HttpResponse<String> entered = send(
                CRYPT,
                "<xml><FromUserName>zhoumin</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType>"
                        + "<Event>enter_agent</Event></xml>");
        assertThat(entered.statusCode()).isEqualTo(200);
        assertThat(entered.body()).isEmpty();
        assertThat(send(new WxCryptUtil("cp-token", KEY, "wwother"), text("6")).statusCode())
                .isEqualTo(403);
        assertThat(post("/wechat/cp/whjx", "<xml/>").statusCode()).isEqualTo(403);
        assertThat(post("/wechat/cp/whjx" + query(signed("x")), "<xml").statusCode())
                .isEqualTo(400);
        assertThat(post("/wechat/cp/whjx" + query(signed("x")), "<xml><Encrypt>x</Encrypt></xml>")
                        .statusCode())
                .isEqualTo(400);
    }
}
