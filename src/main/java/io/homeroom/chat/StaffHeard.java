package io.homeroom.chat;

/**
 * Something that a colleague said or did in the association's WeCom app.
 *
 * @param userId who, as WeCom knows the person
 * @param text the words, the key of the menu button or of the card's button, or the media id of the picture
 * @param responseCode with which a touched card may be changed; empty otherwise
 */
public record StaffHeard(String userId, Kind kind, String text, String responseCode) {

    /** Ways of being heard. */
    public enum Kind {
        TEXT,
        PICTURE,
        CLICK,
        CARD,
        /** Anything that cannot be understood here: a voice, a video, a place. */
        OTHER
    }
}
