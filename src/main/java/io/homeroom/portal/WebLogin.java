package io.homeroom.portal;

import java.net.URI;
import java.util.Optional;

/**
 * Tells who holds the phone on which a page is open, within the current association's account. Not called inside a
 * transaction.
 */
public interface WebLogin {

    /**
     * Where to send the browser; from there it comes back to {@code back} with {@code code} and {@code state}.
     *
     * @param back an address of ours, without query
     * @param state unguessable, to be compared on return
     */
    URI authorize(URI back, String state);

    /** The openid that a code stands for; empty for a code that is unknown, used or too old. */
    Optional<String> openid(String code);
}
