package io.homeroom.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import me.chanjar.weixin.common.util.crypto.SHA1;
import me.chanjar.weixin.common.util.crypto.WxCryptUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("回调的签名与加解密")
class SealTest {

    private static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    private static final String APP = "wx1234567890abcdef";

    private final Seal seal = new Seal("token", KEY, APP);
    private final WxCryptUtil other = new WxCryptUtil("token", KEY, APP);

    @Test
    @DisplayName("与 WxJava 互为对照：双方能解开对方加密的内容")
    void eachSideOpensWhatTheOtherClosed() throws Seal.Broken {
        String text = "<xml><Content>状态 🐼</Content></xml>";
        assertThat(new String(seal.open(other.encrypt("0123456789abcdef", text)), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(other.decrypt(seal.close(text))).isEqualTo(text);
    }

    @Test
    @DisplayName("签名与 WxJava 相同，错的、空的都不认")
    void signsLikeTheOtherSide() {
        String right = SHA1.gen("token", "1700000000", "n1", "cipher");
        assertThat(seal.sign("1700000000", "n1", "cipher")).isEqualTo(right);
        assertThat(seal.signed(right, "1700000000", "n1", "cipher")).isTrue();
        assertThat(seal.signed(right.toUpperCase(java.util.Locale.ROOT), "1700000000", "n1", "cipher"))
                .isFalse();
        assertThat(seal.signed("", "1700000000", "n1", "cipher")).isFalse();
        assertThat(seal.signed(null, "1700000000", "n1", "cipher")).isFalse();
    }

    @Test
    @DisplayName("没有设置令牌的账号什么签名也不认")
    void withoutATokenNothingIsSigned() {
        Seal bare = new Seal("", null, APP);
        assertThat(bare.signed(bare.sign("1700000000", "n1"), "1700000000", "n1"))
                .isFalse();
    }

    @Test
    @DisplayName("发给别的公众号的密文：WxJava 会放过，这里不会")
    void aMessageForAnotherAccountIsForeign() {
        String foreign = new WxCryptUtil("token", KEY, "wxAnother000000000").encrypt("0123456789abcdef", "<xml/>");
        assertThatThrownBy(() -> seal.open(foreign))
                .isInstanceOfSatisfying(
                        Seal.Broken.class,
                        broken -> assertThat(broken.foreign()).isTrue());
    }

    @Test
    @DisplayName("不是密文的内容一律打不开，也不会出别的错")
    void garbageIsBroken() {
        for (String garbage : new String[] {"", "AAAA", "!!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}) {
            assertThatThrownBy(() -> seal.open(garbage))
                    .isInstanceOfSatisfying(
                            Seal.Broken.class,
                            broken -> assertThat(broken.foreign()).isFalse());
        }
    }

    @Test
    @DisplayName("加密的回复带着自己的签名、时间和随机串")
    void anEnvelopeIsSigned() throws Exception {
        Envelope envelope = Envelope.read(seal.envelope("<xml/>", 1700000000L).getBytes(StandardCharsets.UTF_8));
        assertThat(other.decryptContent(
                        envelope.get("MsgSignature"),
                        envelope.get("TimeStamp"),
                        envelope.get("Nonce"),
                        envelope.get("Encrypt")))
                .isEqualTo("<xml/>");
    }
}
