package io.homeroom.wechat;

import com.github.binarywang.wxpay.config.WxPayConfig;
import com.github.binarywang.wxpay.exception.WxPayException;
import com.github.binarywang.wxpay.service.WxPayService;
import com.github.binarywang.wxpay.service.impl.WxPayServiceImpl;
import com.github.binarywang.wxpay.v3.WxPayV3HttpClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;

/** The merchants of all associations: WxJava's service, and the keys with which both sides sign. */
@Component
class PayAccounts {

    /**
     * A merchant.
     *
     * @param appId of the official account in which members pay
     */
    record Merchant(String appId, String mchId, WxPayService service, PaySeal seal) {}

    private static final Logger LOG = LoggerFactory.getLogger(PayAccounts.class);

    private static final int PER_ROUTE = 32;

    private final WechatSettings settings;
    private final ResourceLoader resources;
    private final Clock clock;
    private final Map<String, Merchant> merchants = new ConcurrentHashMap<>();

    PayAccounts(WechatSettings settings, ResourceLoader resources, @Qualifier("wireClock") Clock clock) {
        this.settings = settings;
        this.resources = resources;
        this.clock = clock;
    }

    /** Wrong keys show at the start, not at the first payment. */
    @EventListener(ApplicationReadyEvent.class)
    void connectAll() {
        for (String code : settings.associations().keySet()) {
            try {
                of(code);
            } catch (IllegalStateException e) {
                LOG.error("{}: WeChat Pay cannot be used: {}", code, e.getMessage());
            }
        }
    }

    /**
     * The association's merchant; empty if it has none, or no official account to pay in.
     *
     * @throws IllegalStateException if its keys cannot be used
     */
    Optional<Merchant> of(String code) {
        WechatSettings.Pay pay = settings.pay(code);
        WechatSettings.Mp mp = settings.mp(code);
        if (pay == null || mp == null || pay.mchId() == null || mp.appId() == null) {
            return Optional.empty();
        }
        String mchId = pay.mchId();
        String appId = mp.appId();
        return Optional.of(merchants.computeIfAbsent(code, c -> connect(c, appId, mchId, pay)));
    }

    private Merchant connect(String code, String appId, String mchId, WechatSettings.Pay pay) {
        String privateKey = pem(code, pay.privateKey());
        String publicKey = pem(code, pay.publicKey());
        PaySeal seal = new PaySeal(
                mchId,
                pay.certificateSerial(),
                PaySeal.privateKey(privateKey),
                pay.publicKeyId(),
                PaySeal.publicKey(publicKey),
                pay.apiV3Key(),
                clock);
        String base = settings.wechat().endpoints().pay();
        WxPayConfig config = new WxPayConfig();
        config.setApiHostUrl(base);
        config.setAppId(appId);
        config.setMchId(mchId);
        config.setApiV3Key(pay.apiV3Key());
        config.setCertSerialNo(pay.certificateSerial());
        config.setPrivateKeyContent(privateKey.getBytes(StandardCharsets.UTF_8));
        config.setPublicKeyId(pay.publicKeyId());
        config.setPublicKeyContent(publicKey.getBytes(StandardCharsets.UTF_8));
        config.setFullPublicKeyModel(true);
        config.setHttpConnectionTimeout(3000);
        config.setHttpTimeout(8000);
        config.setNotifyUrl(settings.publicBaseUrl() + "/wechat/pay/" + code + "/notify");
        config.setApiV3HttpClientBuilderCustomizer(builder -> {
            Wire.patient(builder)
                    .setMaxConnPerRoute(PER_ROUTE)
                    .setMaxConnTotal(PER_ROUTE)
                    // What is signed is the body as it is sent.
                    .disableContentCompression();
            PayGuard guard = new PayGuard(seal, base);
            builder.addInterceptorLast((org.apache.http.HttpRequestInterceptor) guard);
            builder.addInterceptorLast((org.apache.http.HttpResponseInterceptor) guard);
            if (builder instanceof WxPayV3HttpClientBuilder wx) {
                // WxJava would check only answers of WeChat's own host, and stumbles over those without a type.
                wx.withValidator(response -> true);
            }
        });
        try {
            config.initApiV3HttpClient();
        } catch (WxPayException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        WxPayService service = new WxPayServiceImpl();
        service.setConfig(config);
        return new Merchant(appId, mchId, service, seal);
    }

    private String pem(String code, String value) {
        if (value.startsWith("file:") || value.startsWith("classpath:")) {
            try {
                return resources.getResource(value).getContentAsString(StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException(code + ": a key of WeChat Pay cannot be read from " + value, e);
            }
        }
        // Environment variables often carry line ends as two characters.
        return value.replace("\\n", "\n");
    }
}
