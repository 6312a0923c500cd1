package io.homeroom.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.homeroom.chat.Heard;
import io.homeroom.chat.Reply;
import io.homeroom.chat.Suggestion;
import io.homeroom.ground.Tenant;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import me.chanjar.weixin.common.util.crypto.SHA1;
import me.chanjar.weixin.common.util.crypto.WxCryptUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;

@Tag("mysql")
@DisplayName("公众号的回调")
class OfficialAccountTest extends RoomTest {

    private static final WxCryptUtil CRYPT = new WxCryptUtil("secure-token", AES_KEY, APP);

    @Autowired
    Followers followers;

    @Autowired
    WechatSettings settings;

    @Autowired
    PlatformTransactionManager transactions;

    private Map<String, String> signed(String token) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("timestamp", now());
        query.put("nonce", "n-1");
        query.put("signature", SHA1.gen(token, now(), "n-1"));
        return query;
    }

    private HttpResponse<String> plain(String xml) throws Exception {
        return post("/wechat/mp/igrs" + query(signed("plain-token")), xml);
    }

    private HttpResponse<String> secure(WxCryptUtil crypt, String xml) throws Exception {
        String encrypted = crypt.encrypt("0123456789abcdef", xml);
        Map<String, String> query = signed("secure-token");
        query.put("encrypt_type", "aes");
        query.put("msg_signature", SHA1.gen("secure-token", now(), "n-1", encrypted));
        return post(
                "/wechat/mp/whjx" + query(query),
                "<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[" + encrypted + "]]></Encrypt></xml>");
    }

    private static String text(String from, String id, String content) {
        return "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[" + from
                + "]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA["
                + content + "]]></Content><MsgId>" + id + "</MsgId></xml>";
    }

    private static String event(String from, String time, String event, String key) {
        return "<xml><ToUserName>gh_1</ToUserName><FromUserName>" + from + "</FromUserName><CreateTime>" + time
                + "</CreateTime><MsgType>event</MsgType><Event>" + event + "</Event><EventKey>" + key
                + "</EventKey></xml>";
    }

    private static Envelope read(String xml) throws Envelope.Malformed {
        return Envelope.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static Envelope opened(HttpResponse<String> response) throws Envelope.Malformed {
        Envelope outer = read(response.body());
        return read(CRYPT.decryptContent(
                outer.get("MsgSignature"), outer.get("TimeStamp"), outer.get("Nonce"), outer.get("Encrypt")));
    }

    private void says(String answer) {
        when(conversation.hear(any(), anyLong())).thenReturn(new Reply(answer, List.of()));
    }

    @Test
    @DisplayName("验证地址：签名对就原样送回，错的、过期的、没签的是 403")
    void verifiesTheAddress() throws Exception {
        Map<String, String> query = signed("plain-token");
        query.put("echostr", "回声+&<1>");
        HttpResponse<String> right = get("/wechat/mp/igrs" + query(query));
        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(right.body()).isEqualTo("回声+&<1>");
        assertThat(right.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));

        query.put("signature", "0".repeat(40));
        HttpResponse<String> forged = get("/wechat/mp/igrs" + query(query));
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(forged.body()).isEmpty();
        assertThat(get("/wechat/mp/igrs?echostr=1").statusCode()).isEqualTo(403);
        assertThat(get("/wechat/mp/nowhere" + query(query)).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("时间差正好五分钟还收，多一秒就是 403，早晚都一样")
    void takesFiveMinutes() throws Exception {
        says("好");
        Map<String, String> query = signed("plain-token");
        clock.pass(Duration.ofMinutes(5));
        assertThat(post("/wechat/mp/igrs" + query(query), text("o1", "1", "状态")).statusCode())
                .isEqualTo(200);
        clock.pass(Duration.ofSeconds(1));
        assertThat(post("/wechat/mp/igrs" + query(query), text("o1", "2", "状态")).statusCode())
                .isEqualTo(403);
        query = signed("plain-token");
        clock.pass(Duration.ofSeconds(-301));
        assertThat(post("/wechat/mp/igrs" + query(query), text("o1", "3", "状态")).statusCode())
                .isEqualTo(403);
        verify(conversation, times(1)).hear(any(), anyLong());
    }

    @Test
    @DisplayName("明文消息：在协会之内交给会话，答复照原路写回，建议可以点")
    void answersAPlainMessage() throws Exception {
        CompletableFuture<String> tenant = new CompletableFuture<>();
        when(conversation.hear(eq(new Heard("o1", Heard.Kind.TEXT, "我们现在什么情况")), anyLong()))
                .thenAnswer(call -> {
                    tenant.complete(Tenant.current());
                    return new Reply(
                            "资格正常〔第十二条〕]]>", List.of(new Suggestion("缴费", "立即办理"), new Suggestion("a b", "试试")));
                });
        HttpResponse<String> response = plain(text("o1", "1", "我们现在什么情况"));
        assertThat(response.statusCode()).isEqualTo(200);
        Envelope reply = read(response.body());
        assertThat(reply.get("ToUserName")).isEqualTo("o1");
        assertThat(reply.get("FromUserName")).isEqualTo("gh_1");
        assertThat(reply.get("MsgType")).isEqualTo("text");
        assertThat(reply.get("CreateTime")).isEqualTo(now());
        assertThat(reply.get("Content"))
                .isEqualTo("资格正常〔第十二条〕]]>\n回复「<a href=\"weixin://bizmsgmenu?msgmenucontent=缴费&msgmenuid=1\">缴费</a>」立即办理"
                        + " · 「<a href=\"weixin://bizmsgmenu?msgmenucontent=a%20b&msgmenuid=2\">a b</a>」试试");
        assertThat(tenant).isCompletedWithValue("igrs");
    }

    @Test
    @DisplayName("安全模式：解密后作答，答复也加密签名")
    void answersInAesMode() throws Exception {
        says("状态正常");
        HttpResponse<String> response = secure(CRYPT, text("o2", "9", "状态"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("状态正常");
        assertThat(opened(response).get("Content")).isEqualTo("状态正常");
    }

    @Test
    @DisplayName("有密钥的账号拒收明文；发给别的 appid 的、签名不符的也拒收，一概 403")
    void refusesInAesMode() throws Exception {
        assertThat(post("/wechat/mp/whjx" + query(signed("secure-token")), text("o2", "1", "状态"))
                        .statusCode())
                .isEqualTo(403);
        WxCryptUtil foreign = new WxCryptUtil("secure-token", AES_KEY, "wxAnother000000001");
        assertThat(secure(foreign, text("o2", "2", "状态")).statusCode()).isEqualTo(403);

        String encrypted = CRYPT.encrypt("0123456789abcdef", text("o2", "3", "状态"));
        Map<String, String> query = signed("secure-token");
        query.put("msg_signature", SHA1.gen("secure-token", now(), "n-1", "another"));
        String body = "<xml><Encrypt>" + encrypted + "</Encrypt></xml>";
        assertThat(post("/wechat/mp/whjx" + query(query), body).statusCode()).isEqualTo(403);
        query.remove("signature");
        query.put("msg_signature", SHA1.gen("secure-token", now(), "n-1", encrypted));
        assertThat(post("/wechat/mp/whjx" + query(query), body).statusCode()).isEqualTo(403);
        verify(conversation, never()).hear(any(), anyLong());
    }

    @Test
    @DisplayName("签名先于解析：没签名的坏报文是 403，签了名的坏报文是 400，密文解不开是 400")
    void checksBeforeItReads() throws Exception {
        assertThat(post("/wechat/mp/igrs", "<xml").statusCode()).isEqualTo(403);
        assertThat(plain("<xml").statusCode()).isEqualTo(400);
        assertThat(plain("").statusCode()).isEqualTo(400);
        assertThat(plain("<xml><MsgType>text</MsgType></xml>").statusCode()).isEqualTo(400);
        assertThat(plain("<!DOCTYPE xml [<!ENTITY e \"x\">]>" + text("o1", "1", "状态"))
                        .statusCode())
                .isEqualTo(400);
        Map<String, String> query = signed("secure-token");
        query.put("msg_signature", SHA1.gen("secure-token", now(), "n-1", "AAAA"));
        assertThat(post("/wechat/mp/whjx" + query(query), "<xml><Encrypt>AAAA</Encrypt></xml>")
                        .statusCode())
                .isEqualTo(400);
        assertThat(secure(CRYPT, "<html/>").statusCode()).isEqualTo(400);
        verify(conversation, never()).hear(any(), anyLong());
    }

    @Test
    @DisplayName("超过 256 KiB 是 413；正好 256 KiB 还读")
    void limitsTheBody() throws Exception {
        says("好");
        String head = text("o1", "1", "状态");
        String full = head + " ".repeat(Knock.LONGEST - head.getBytes(StandardCharsets.UTF_8).length);
        assertThat(plain(full).statusCode()).isEqualTo(200);
        assertThat(plain(full + " ").statusCode()).isEqualTo(413);
    }

    @Test
    @DisplayName("自称表单的报文照样读得到")
    void readsABodyThatCallsItselfAForm() throws Exception {
        says("好");
        HttpResponse<String> response = post(
                "/wechat/mp/igrs" + query(signed("plain-token")),
                text("o1", "1", "状态"),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(read(response.body()).get("Content")).isEqualTo("好");
    }

    @Test
    @DisplayName("微信重发：只办一次，得到同一个答复；别人的同号消息另算")
    void answersARepetitionAlike() throws Exception {
        AtomicInteger count = new AtomicInteger();
        when(conversation.hear(any(), anyLong()))
                .thenAnswer(call -> new Reply("第" + count.incrementAndGet() + "次", List.of()));
        assertThat(read(plain(text("o1", "77", "状态")).body()).get("Content")).isEqualTo("第1次");
        assertThat(read(plain(text("o1", "77", "状态")).body()).get("Content")).isEqualTo("第1次");
        assertThat(read(plain(text("o2", "77", "状态")).body()).get("Content")).isEqualTo("第2次");
        assertThat(read(plain(text("o1", "78", "状态")).body()).get("Content")).isEqualTo("第3次");
    }

    @Test
    @DisplayName("重启之后或到了另一个节点，重发仍得到同一个答复")
    void answersARepetitionOnAnotherNode() throws Exception {
        says("第一个节点的答复");
        plain(text("o1", "79", "状态"));
        Answers otherNode = new Answers(jdbc, transactions, Runnable::run, followers, clock, settings);
        String again = otherNode.answer(new Answers.Message("igrs", "m|79|o1", "o1", Duration.ZERO), () -> "第二个节点的答复");
        assertThat(again).isEqualTo("第一个节点的答复");
    }

    @Test
    @DisplayName("对话里整句留着的答复不再存一份，重发时照原样再说；对话忘了就回空，不再办一次")
    void saysAgainWhatTheDialogueKeeps() throws Exception {
        List<Long> numbers = new ArrayList<>();
        Reply kept = new Reply("正常", List.of(new Suggestion("账单", "看账单")), true);
        when(conversation.hear(any(), anyLong())).thenAnswer(call -> {
            numbers.add(call.getArgument(1));
            return kept;
        });
        String first = read(plain(text("o1", "84", "状态")).body()).get("Content");
        assertThat(first).startsWith("正常\n回复「<a href=");
        assertThat(jdbc.queryForObject("SELECT reply FROM wx_message WHERE dedupe_key = 'm|84|o1'", String.class))
                .isNull();

        when(conversation.again(numbers.get(0))).thenReturn(Optional.of(kept));
        assertThat(read(plain(text("o1", "84", "状态")).body()).get("Content")).isEqualTo(first);
        when(conversation.again(numbers.get(0))).thenReturn(Optional.empty());
        assertThat(plain(text("o1", "84", "状态")).body()).isEmpty();
        assertThat(numbers).hasSize(1);
    }

    @Test
    @DisplayName("整句留着的答复迟了，也存下来补发")
    void aLateAnswerIsStoredThoughKept() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        when(conversation.hear(any(), anyLong())).thenAnswer(call -> {
            assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
            return new Reply("迟到而留着的答复", List.of(), true);
        });
        assertThat(plain(text("o1", "85", "状态")).body()).isEmpty();
        go.countDown();
        assertThat(WECHAT.next("/cgi-bin/message/custom/send").body()).contains("迟到而留着的答复");
    }

    @Test
    @DisplayName("事件按来人、时间、事件和键去重")
    void tellsEventsApart() throws Exception {
        AtomicInteger count = new AtomicInteger();
        when(conversation.hear(any(), anyLong()))
                .thenAnswer(call -> new Reply("第" + count.incrementAndGet() + "次", List.of()));
        assertThat(read(plain(event("o1", "100", "CLICK", "STATUS")).body()).get("Content"))
                .isEqualTo("第1次");
        assertThat(read(plain(event("o1", "100", "CLICK", "STATUS")).body()).get("Content"))
                .isEqualTo("第1次");
        assertThat(read(plain(event("o1", "100", "CLICK", "BILLS")).body()).get("Content"))
                .isEqualTo("第2次");
        assertThat(read(plain(event("o1", "101", "CLICK", "STATUS")).body()).get("Content"))
                .isEqualTo("第3次");
        assertThat(plain(event("o1", "102", "CLICK", "x".repeat(3000))).statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("同一条消息几乎同时到达多次：只办一次，答复都一样")
    void answersSimultaneousCopiesOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger count = new AtomicInteger();
        when(conversation.hear(any(), anyLong())).thenAnswer(call -> {
            begun.countDown();
            assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
            return new Reply("第" + count.incrementAndGet() + "次", List.of());
        });
        List<CompletableFuture<String>> copies = IntStream.range(0, 3)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return read(plain(text("o1", "80", "缴费")).body()).get("Content");
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        go.countDown();
        assertThat(copies)
                .allSatisfy(copy -> assertThat(copy.get(20, TimeUnit.SECONDS)).isEqualTo("第1次"));
        assertThat(count).hasValue(1);
    }

    @Test
    @DisplayName("处理出错不是发送人的错：答一句抱歉，不记作已答，重发时重新办")
    void aFailureIsNotAnAnswer() throws Exception {
        doThrow(new IllegalStateException("a defect")).when(conversation).hear(any(), anyLong());
        HttpResponse<String> failed = plain(text("o1", "81", "状态"));
        assertThat(failed.statusCode()).isEqualTo(200);
        assertThat(read(failed.body()).get("Content")).isEqualTo(Answers.SORRY);
        org.mockito.Mockito.reset(conversation);
        says("好了");
        assertThat(read(plain(text("o1", "81", "状态")).body()).get("Content")).isEqualTo("好了");
    }

    @Test
    @DisplayName("五秒内答不出：先回空，答好后用客服消息补发一次；重发只得到空")
    void sendsALateAnswerAfterwards() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        when(conversation.hear(any(), anyLong())).thenAnswer(call -> {
            assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
            return new Reply("迟到的答复", List.of());
        });
        HttpResponse<String> response = plain(text("o1", "82", "状态"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        go.countDown();
        StandIn.Asked sent = WECHAT.next("/cgi-bin/message/custom/send");
        assertThat(sent.body()).contains("\"touser\":\"o1\"").contains("迟到的答复");
        assertThat(plain(text("o1", "82", "状态")).body()).isEmpty();
        Tenant.run("igrs", followers::tick);
        assertThat(WECHAT.waiting("/cgi-bin/message/custom/send")).isZero();
    }

    @Test
    @DisplayName("一条装不下的答复：先答一段，其余用客服消息接着发")
    void sendsTheRestAfterwards() throws Exception {
        says("头一行\n" + "很长".repeat(500));
        Envelope reply = read(plain(text("o1", "83", "帮助")).body());
        assertThat(reply.get("Content").getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(2048);
        StandIn.Asked sent = WECHAT.next("/cgi-bin/message/custom/send");
        assertThat(sent.body()).contains("很长");
        assertThat(read(plain(text("o1", "83", "帮助")).body()).get("Content")).isEqualTo(reply.get("Content"));
    }

    @ParameterizedTest
    @CsvSource({
        "subscribe, qrscene_abc, SUBSCRIBE, abc",
        "subscribe, '', SUBSCRIBE, ''",
        "unsubscribe, '', UNSUBSCRIBE, ''",
        "SCAN, abc, SCAN, abc",
        "CLICK, STATUS, CLICK, STATUS"
    })
    @DisplayName("关注、扫码、菜单都成为会话听得懂的话")
    void turnsEventsIntoWhatIsHeard(String event, String key, Heard.Kind kind, String text) throws Exception {
        says("好");
        assertThat(plain(event("o1", "1", event, key)).statusCode()).isEqualTo(200);
        verify(conversation).hear(eq(new Heard("o1", kind, text)), anyLong());
    }

    @Test
    @DisplayName("语音用识别出的文字；图片等得到一句说明")
    void hearsVoices() throws Exception {
        says("好");
        plain(text("o1", "90", "x")
                .replace("[text]", "[voice]")
                .replace("<MsgId>", "<Recognition>我要交会费。</Recognition><MsgId>"));
        verify(conversation).hear(eq(new Heard("o1", Heard.Kind.VOICE, "我要交会费。")), anyLong());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "image, 图片",
        "voice, 语音",
        "video, 视频",
        "shortvideo, 视频",
        "location, 位置",
        "link, 链接",
        "file, 文件",
        "hologram, 这种消息"
    })
    @DisplayName("看不懂的消息按它的种类到会话，答一句；微信不转的表情也是")
    void handsOnWhatCannotBeRead(String type, String word) throws Exception {
        says("看不了");
        String sent = text("o1", "91" + type, "x").replace("[text]", "[" + type + "]");

        assertThat(read(plain(sent).body()).get("Content")).isEqualTo("看不了");

        verify(conversation).hear(eq(new Heard("o1", Heard.Kind.OTHER, word)), anyLong());
    }

    @Test
    void takesAStickerForWhatItIs() throws Exception {
        says("看不了");
        plain(text("o1", "92", "【收到不支持的消息类型，暂无法显示】"));
        verify(conversation).hear(eq(new Heard("o1", Heard.Kind.OTHER, "表情")), anyLong());
    }

    @Test
    @DisplayName("点链接、上报位置不打扰会话，空答复")
    void ignoresWhatNeedsNoAnswer() throws Exception {
        HttpResponse<String> response = plain(event("o1", "1", "VIEW", "http://x/"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        verify(conversation, never()).hear(any(), anyLong());
    }

    @Test
    @DisplayName("模板消息的送达结果交给发件箱，一次")
    void reportsWhatBecameOfATemplateMessage() throws Exception {
        String done = event("o1", "5", "TEMPLATESENDJOBFINISH", "")
                .replace("</xml>", "<MsgID>4711</MsgID><Status><![CDATA[success]]></Status></xml>");
        String failed = done.replace("4711", "4712").replace("success", "failed:user block");
        assertThat(plain(done).body()).isEmpty();
        assertThat(plain(done).body()).isEmpty();
        assertThat(plain(failed).body()).isEmpty();
        verify(outbox, times(1)).report("4711", true, "");
        verify(outbox, times(1)).report("4712", false, "收信人拒收");
    }
}
