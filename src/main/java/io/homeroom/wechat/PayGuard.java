package io.homeroom.wechat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.http.Header;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;
import org.jspecify.annotations.Nullable;

/**
 * Signs every request to WeChat Pay and checks every answer, whatever host it goes to. WxJava does both only for hosts
 * below {@code .mch.weixin.qq.com} and would talk to any other in the clear.
 */
final class PayGuard implements HttpRequestInterceptor, HttpResponseInterceptor {

    private final PaySeal seal;
    private final String basePath;

    /**
     * A guard.
     *
     * @param base address of WeChat Pay; a path in it is the way to a stand-in and not part of what is signed
     */
    PayGuard(PaySeal seal, String base) {
        this.seal = seal;
        String path = URI.create(base).getPath();
        this.basePath = path == null ? "" : path;
    }

    @Override
    public void process(HttpRequest request, HttpContext context) throws IOException {
        String target = request.getRequestLine().getUri();
        if (target.startsWith(basePath)) {
            target = target.substring(basePath.length());
        }
        String body = "";
        if (request instanceof HttpEntityEnclosingRequest enclosing && enclosing.getEntity() != null) {
            body = EntityUtils.toString(enclosing.getEntity(), StandardCharsets.UTF_8);
        }
        request.setHeader(
                "Authorization", seal.authorization(request.getRequestLine().getMethod(), target, body));
        request.setHeader("Wechatpay-Serial", seal.publicKeyId());
    }

    /**
     * Checks an answer.
     *
     * @throws HttpException if it pretends to be an answer of WeChat Pay; an unsigned error is let through, as it
     *     changes nothing here
     */
    @Override
    public void process(HttpResponse response, HttpContext context) throws HttpException, IOException {
        byte[] body = new byte[0];
        if (response.getEntity() != null) {
            Header type = response.getEntity().getContentType();
            body = EntityUtils.toByteArray(response.getEntity());
            ByteArrayEntity kept = new ByteArrayEntity(body);
            kept.setContentType(type);
            response.setEntity(kept);
        }
        boolean success = response.getStatusLine().getStatusCode() / 100 == 2;
        boolean claims = response.getFirstHeader("Wechatpay-Signature") != null;
        if ((success || claims)
                && !seal.signed(
                        value(response, "Wechatpay-Serial"),
                        value(response, "Wechatpay-Timestamp"),
                        value(response, "Wechatpay-Nonce"),
                        value(response, "Wechatpay-Signature"),
                        body)) {
            throw new HttpException("the answer is not signed by WeChat Pay");
        }
    }

    private static @Nullable String value(HttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }
}
