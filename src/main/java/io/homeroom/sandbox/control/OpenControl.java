package io.homeroom.sandbox.control;

import io.homeroom.sandbox.SandboxPage;
import io.homeroom.sandbox.login.OAuthPage;
import io.homeroom.sandbox.phone.Colleagues;
import io.homeroom.sandbox.phone.Phones;
import java.net.URI;
import java.util.NoSuchElementException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@code GET /sandbox/api/phones/{openid}/open?url=} and {@code …/staff/{code}/{userid}/open?url=}: opens one of the
 * application's pages on that phone, for a frame.
 */
@SandboxPage
class OpenControl {

    private final Phones phones;
    private final Colleagues colleagues;

    OpenControl(Phones phones, Colleagues colleagues) {
        this.phones = phones;
        this.colleagues = colleagues;
    }

    @GetMapping("/sandbox/api/phones/{openid}/open")
    ResponseEntity<Void> phone(@PathVariable("openid") String openid, @RequestParam("url") String url) {
        return open(
                phones.find(openid)
                        .orElseThrow(() -> new NoSuchElementException("no such person"))
                        .openid(),
                url);
    }

    @GetMapping("/sandbox/api/staff/{code}/{userid}/open")
    ResponseEntity<Void> staff(
            @PathVariable("code") String code, @PathVariable("userid") String userid, @RequestParam("url") String url) {
        return open(
                colleagues
                        .find(code, userid)
                        .orElseThrow(() -> new NoSuchElementException("no such member of staff"))
                        .userid(),
                url);
    }

    private static ResponseEntity<Void> open(String holder, String url) {
        URI uri = URI.create(url);
        if (uri.getRawPath() == null || !uri.getRawPath().startsWith("/")) {
            throw new IllegalArgumentException("url must have a path");
        }
        // Only path and query count: the page stays on the host that the browser knows this server by.
        String path = uri.getRawPath().replaceAll("^/+", "/");
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        ResponseCookie cookie = ResponseCookie.from(OAuthPage.HOLDER, holder)
                .path("/")
                .sameSite("Lax")
                .build();
        return ResponseEntity.status(HttpStatus.FOUND)
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .location(URI.create(target))
                .build();
    }
}
