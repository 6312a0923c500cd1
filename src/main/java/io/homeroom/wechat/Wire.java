package io.homeroom.wechat;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import me.chanjar.weixin.common.util.http.apache.ApacheHttpClientBuilder;
import org.apache.http.client.HttpRequestRetryHandler;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.config.SocketConfig;
import org.apache.http.conn.ConnectionKeepAliveStrategy;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The HTTP client for WeChat's and WeCom's APIs, one for all accounts. It stands in for WxJava's default, which trusts
 * every certificate; this one checks them, does not repeat requests by itself and waits only so long.
 */
@Component
class Wire implements ApacheHttpClientBuilder {

    private static final int CONNECT_MILLIS = 2000;
    private static final int READ_MILLIS = 5000;
    private static final int PER_ROUTE = 32;
    private static final int TOTAL = 128;

    private final PoolingHttpClientConnectionManager pool;
    private final CloseableHttpClient client;

    Wire() {
        pool = new PoolingHttpClientConnectionManager(30, TimeUnit.SECONDS);
        pool.setDefaultMaxPerRoute(PER_ROUTE);
        pool.setMaxTotal(TOTAL);
        // A connection that the other side closed while idle would look like a message of unknown fate.
        pool.setValidateAfterInactivity(500);
        pool.setDefaultSocketConfig(SocketConfig.custom()
                .setSoTimeout(READ_MILLIS)
                .setTcpNoDelay(true)
                .build());
        // WeCom's service closes the client after fetching a token; shared, the pool survives that.
        client = patient(HttpClientBuilder.create())
                .setConnectionManager(pool)
                .setConnectionManagerShared(true)
                .build();
    }

    /** Time-outs, and nothing that would send a request a second time or elsewhere. */
    static HttpClientBuilder patient(HttpClientBuilder builder) {
        return builder.setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setConnectionRequestTimeout(CONNECT_MILLIS)
                        .setSocketTimeout(READ_MILLIS)
                        .build())
                .setRetryHandler((exception, times, context) -> false)
                .disableRedirectHandling()
                .disableCookieManagement();
    }

    @Override
    public CloseableHttpClient build() {
        return client;
    }

    @PreDestroy
    void close() throws IOException {
        client.close();
        pool.close();
    }

    // WxJava hands over its own settings here; the client is already built.

    @Override
    public ApacheHttpClientBuilder httpProxyHost(@Nullable String host) {
        return this;
    }

    @Override
    public ApacheHttpClientBuilder httpProxyPort(int port) {
        return this;
    }

    @Override
    public ApacheHttpClientBuilder httpProxyUsername(@Nullable String name) {
        return this;
    }

    @Override
    public ApacheHttpClientBuilder httpProxyPassword(@Nullable String password) {
        return this;
    }

    @Override
    public ApacheHttpClientBuilder httpRequestRetryHandler(@Nullable HttpRequestRetryHandler handler) {
        return this;
    }

    @Override
    public ApacheHttpClientBuilder keepAliveStrategy(@Nullable ConnectionKeepAliveStrategy strategy) {
        return this;
    }

    @Override
    public ApacheHttpClientBuilder sslConnectionSocketFactory(@Nullable SSLConnectionSocketFactory factory) {
        return this;
    }

    @Override
    public ApacheHttpClientBuilder supportedProtocols(String @Nullable [] protocols) {
        return this;
    }
}
