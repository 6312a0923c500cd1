package io.homeroom.api;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Addresses as people outside reach them. */
@Component
class Links {

    private final String base;

    Links(@Value("${homeroom.public-base-url:http://localhost:8080}") String base) {
        this.base = base.replaceAll("/+$", "");
    }

    /** The picture of the QR code that carries an invitation's scene. */
    String qr(String association, String scene) {
        return base + "/qr/" + association + "/" + scene + ".png";
    }
}
