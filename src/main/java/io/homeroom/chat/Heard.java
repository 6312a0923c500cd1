package io.homeroom.chat;

/**
 * Something that a follower of the association's account said or did.
 *
 * @param openid who, as the account knows the person
 * @param kind in which way
 * @param text the words, the key of the menu button, the scene of the scanned code, or what came that
 *     cannot be read; empty where there is none
 */
public record Heard(String openid, Kind kind, String text) {

    /** Ways of being heard. A follow by scanning is {@code SUBSCRIBE} with the scene. */
    public enum Kind {
        TEXT,
        VOICE,
        CLICK,
        /** Nothing that can be read; the text says in a word what came: 图片, 位置, or 语音 that was not recognised. */
        OTHER,
        SCAN,
        SUBSCRIBE,
        UNSUBSCRIBE
    }
}
