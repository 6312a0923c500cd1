package io.homeroom.portal;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Lends WeCom's scanner to a page with a field for a number; outside WeCom the number is typed. */
@Component
class StaffScanner {

    private final ObjectProvider<StaffSdk> sdks;
    private final String base;

    StaffScanner(
            ObjectProvider<StaffSdk> sdks, @Value("${homeroom.public-base-url:http://localhost:8080}") String base) {
        this.sdks = sdks;
        this.base = base.replaceAll("/+$", "");
    }

    void lend(HttpServletRequest request, Model model) {
        StaffSdk sdk = sdks.getIfAvailable();
        if (sdk == null) {
            return;
        }
        String query = request.getQueryString();
        sdk.sign(base + request.getRequestURI() + (query == null ? "" : "?" + query))
                .ifPresent(signed -> {
                    model.addAttribute("sdk", signed);
                    model.addAttribute("sdkScript", sdk.script());
                });
    }
}
