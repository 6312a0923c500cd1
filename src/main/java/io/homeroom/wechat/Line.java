package io.homeroom.wechat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.homeroom.notice.Sent;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import me.chanjar.weixin.common.error.WxErrorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The lines to WeChat's servers. One that keeps failing is left alone for a while, so that threads do not wait on it. */
@Component
class Line {

    /** A call that tells its fate or throws what WxJava throws. */
    interface Call {
        Sent run() throws WxErrorException;
    }

    /** A call whose refusal or failure is the caller's to handle. */
    interface Question<T> {
        T ask() throws WxErrorException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);

    private static final Duration REST = Duration.ofSeconds(20);

    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
            .slidingWindowSize(20)
            .minimumNumberOfCalls(10)
            .failureRateThreshold(50)
            .waitDurationInOpenState(REST)
            .permittedNumberOfCallsInHalfOpenState(3)
            .build());

    Line(ObjectProvider<MeterRegistry> meters) {
        meters.ifAvailable(registry ->
                TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(registry));
    }

    /**
     * Sends a message.
     *
     * @param server which line, such as {@code mp-whjx}
     * @param ready what must succeed before anything is sent, such as having a token; its failure means not sent
     */
    Sent send(String server, Call ready, Call call) {
        CircuitBreaker breaker = breakers.circuitBreaker(server);
        if (!breaker.tryAcquirePermission()) {
            return new Sent.Retry(REST, "微信接口连续没有答复，稍后再发");
        }
        long start = breaker.getCurrentTimestamp();
        boolean sending = false;
        try {
            ready.run();
            sending = true;
            Sent sent = call.run();
            breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
            return sent;
        } catch (WxErrorException | RuntimeException e) {
            long took = breaker.getCurrentTimestamp() - start;
            if (Fate.isAnswer(e)) {
                breaker.onSuccess(took, breaker.getTimestampUnit());
            } else {
                breaker.onError(took, breaker.getTimestampUnit(), e);
            }
            Sent fate = sending ? Fate.of(e) : new Sent.Retry(REST, "取不到接口凭据");
            LOG.warn("{}: {} ({})", server, fate, secretless(e));
            return fate;
        }
    }

    /**
     * Asks something.
     *
     * @throws WxErrorException what WxJava throws, or the same for a line that is left alone
     */
    <T> T ask(String server, Question<T> question) throws WxErrorException {
        CircuitBreaker breaker = breakers.circuitBreaker(server);
        if (!breaker.tryAcquirePermission()) {
            throw new WxErrorException("left alone for a while: " + server);
        }
        long start = breaker.getCurrentTimestamp();
        try {
            T answer = question.ask();
            breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
            return answer;
        } catch (WxErrorException | RuntimeException e) {
            long took = breaker.getCurrentTimestamp() - start;
            if (Fate.isAnswer(e)) {
                breaker.onSuccess(took, breaker.getTimestampUnit());
            } else {
                breaker.onError(took, breaker.getTimestampUnit(), e);
            }
            LOG.warn("{}: {}", server, secretless(e));
            throw e;
        }
    }

    /** Trusts every line again. */
    void mend() {
        breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
    }

    /** The code and first words of an error; messages of HTTP libraries may hold an address with a token. */
    static String secretless(Exception e) {
        return e instanceof WxErrorException wx
                ? wx.getError().getErrorCode() + " "
                        + clean(String.valueOf(wx.getError().getErrorMsg()))
                : e.getClass().getSimpleName() + " " + clean(String.valueOf(e.getMessage()));
    }

    private static String clean(String text) {
        return text.replaceAll("(access_token|secret|corpsecret|key|code)=[^&\\s\"]+", "$1=***");
    }
}
