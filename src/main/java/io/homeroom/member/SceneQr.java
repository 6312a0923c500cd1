package io.homeroom.member;

import java.time.Duration;

/**
 * Makes QR codes which, scanned in WeChat, bring a scene to the current association's account. Implemented where WeChat
 * is known; asks its server, so it is never called inside a transaction.
 */
public interface SceneQr {

    /**
     * Makes a code.
     *
     * @param scene as in {@link Invitation#scene}
     * @param validFor at most thirty days
     * @throws Unavailable if WeChat did not give one
     */
    Code create(String scene, Duration validFor);

    /**
     * A code.
     *
     * @param url its content, which is what a phone reads
     * @param pictureUrl a picture of it below {@code homeroom.public-base-url}
     */
    record Code(String url, String pictureUrl) {}

    /** WeChat gave no code; the invitation stands and the call may be repeated. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
