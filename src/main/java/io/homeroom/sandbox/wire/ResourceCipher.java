package io.homeroom.sandbox.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption of the {@code resource} in a WeChat Pay notification: AEAD_AES_256_GCM, the key is the merchant's APIv3
 * key, the nonce 12 characters, the tag of 16 bytes appended, all in base64.
 */
public final class ResourceCipher {

    private final SecretKeySpec key;

    /** @param apiV3Key 32 characters */
    public ResourceCipher(String apiV3Key) {
        byte[] bytes = apiV3Key.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != 32) {
            throw new IllegalArgumentException("the APIv3 key must have 32 bytes");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /** Encrypts UTF-8 text. */
    public String encrypt(String plain, String nonce, String associatedData) {
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, associatedData).doFinal(plain.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Decrypts.
     *
     * @throws GeneralSecurityException for another key, nonce or associated data, or a changed text
     */
    public String decrypt(String sealed, String nonce, String associatedData) throws GeneralSecurityException {
        byte[] plain = cipher(Cipher.DECRYPT_MODE, nonce, associatedData)
                .doFinal(Base64.getDecoder().decode(sealed));
        return new String(plain, StandardCharsets.UTF_8);
    }

    private Cipher cipher(int mode, String nonce, String associatedData) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(128, nonce.getBytes(StandardCharsets.UTF_8)));
        cipher.updateAAD(associatedData.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
