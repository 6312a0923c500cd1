package io.homeroom.portal;

import java.util.Optional;

/**
 * Lets pages for colleagues use what WeCom's client lends to pages, such as its scanner, within the current association's
 * WeCom app. Not called inside a transaction.
 */
public interface StaffSdk {

    /** Where the client's script is, an absolute address. */
    String script();

    /**
     * What the script must be told before the client listens to a page.
     *
     * @param timestamp seconds
     */
    record Signed(String appId, String timestamp, String nonce, String signature) {}

    /**
     * Signs a page.
     *
     * @param url as the browser shows it, without what follows {@code #}
     * @return empty where there is no WeCom app, or WeCom does not answer: the page then works without
     */
    Optional<Signed> sign(String url);
}
