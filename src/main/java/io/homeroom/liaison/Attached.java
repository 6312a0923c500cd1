package io.homeroom.liaison;

/**
 * A picture or file that goes with a message.
 *
 * @param media its media type
 */
public record Attached(long id, String name, String media, int sizeBytes) {

    /** Whether it is shown as a picture. */
    public boolean isPicture() {
        return media.startsWith("image/");
    }

    /** Its size as people say it. */
    public String size() {
        return sizeBytes >= 1 << 20 ? (sizeBytes * 10L >> 20) / 10.0 + " MB" : Math.max(1, sizeBytes >> 10) + " KB";
    }
}
