package io.homeroom.portal;

import java.net.URI;
import java.util.Optional;

/**
 * Tells which colleague holds the phone on which a page is open, within the current association's WeCom app. Not called
 * inside a transaction.
 */
public interface StaffLogin {

    /**
     * Where to send the browser; from there it comes back to {@code back} with {@code code} and {@code state}.
     *
     * @param back an address of ours, without query
     * @param state unguessable, to be compared on return
     */
    URI authorize(URI back, String state);

    /** The WeCom user id that a code stands for; empty for a code that is unknown, used, or of somebody outside. */
    Optional<String> userId(String code);
}
