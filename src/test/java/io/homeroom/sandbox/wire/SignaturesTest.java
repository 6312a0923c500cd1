package io.homeroom.sandbox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("签名与加密")
class SignaturesTest {

    private static final String AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    @Test
    @DisplayName("JS-SDK 文档里的例子")
    void the_documented_example_of_the_js_sdk_gives_the_documented_signature() {
        String ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg";

        String signature =
                Sha1.jsapi(ticket, "Wm3WZYTPz0wzccnW", "1414587457", "http://mp.weixin.qq.com?params=value#top");

        assertThat(signature).isEqualTo("0f9de62fce790f9a083d5c99e95740ceb90c27ed");
    }

    @Test
    void a_callback_signature_does_not_depend_on_the_order_of_its_parts() {
        assertThat(Sha1.ofSorted("token", "1409304348", "xxxxxx"))
                .isEqualTo(Sha1.ofSorted("xxxxxx", "token", "1409304348"))
                .isEqualTo(Sha1.hex("1409304348tokenxxxxxx"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11, 12, 13, 43, 44, 500})
    void an_encrypted_message_of_any_length_comes_back_with_its_receiver(int length) throws GeneralSecurityException {
        CallbackCipher cipher = new CallbackCipher(AES_KEY, "wx0123456789abcdef");
        String message = "会".repeat(length);

        CallbackCipher.Opened opened = cipher.decrypt(cipher.encrypt(message));

        assertThat(opened).isEqualTo(new CallbackCipher.Opened(message, "wx0123456789abcdef"));
    }

    @Test
    void the_cipher_text_is_a_multiple_of_32_bytes_and_differs_each_time() {
        CallbackCipher cipher = new CallbackCipher(AES_KEY, "wx0123456789abcdef");

        assertThat(Base64.getDecoder().decode(cipher.encrypt("你好")).length % 32).isZero();
        assertThat(cipher.encrypt("你好")).isNotEqualTo(cipher.encrypt("你好"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%%%", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void rubbish_is_refused_with_a_checked_exception(String rubbish) {
        CallbackCipher cipher = new CallbackCipher(AES_KEY, "wx0123456789abcdef");

        assertThatThrownBy(() -> cipher.decrypt(rubbish)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void a_pay_signature_holds_for_exactly_its_text_and_key() {
        KeyPair keys = Rsa.generate();
        String text = "1554209980\nc5ac7061fccab6bf3e254dcf98995b8c\n{\"code\":\"SUCCESS\"}\n";
        String signature = Rsa.sign(Rsa.privateKey(Rsa.pem(keys.getPrivate())), text);

        assertThat(Rsa.verify(Rsa.publicKey(Rsa.pem(keys.getPublic())), text, signature))
                .isTrue();
        assertThat(Rsa.verify(Rsa.publicKeyOf(keys.getPrivate()), text, signature))
                .isTrue();
        assertThat(Rsa.verify(keys.getPublic(), text + " ", signature)).isFalse();
        assertThat(Rsa.verify(Rsa.generate().getPublic(), text, signature)).isFalse();
        assertThat(Rsa.verify(keys.getPublic(), text, "WECHATPAY/SIGNTEST/x")).isFalse();
    }

    @Test
    void a_resource_opens_only_with_its_key_nonce_and_associated_data() throws GeneralSecurityException {
        ResourceCipher cipher = new ResourceCipher("0123456789abcdef0123456789abcdef");
        String sealed = cipher.encrypt("{\"amount\":1}", "nonce1234567", "transaction");

        assertThat(cipher.decrypt(sealed, "nonce1234567", "transaction")).isEqualTo("{\"amount\":1}");
        assertThatThrownBy(() -> cipher.decrypt(sealed, "nonce1234567", "refund"))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> cipher.decrypt(sealed, "nonce1234568", "transaction"))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
