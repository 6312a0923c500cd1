package io.homeroom.wechat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.homeroom.notice.Sent;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import me.chanjar.weixin.common.error.WxErrorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** The lines to WeChat's servers. One that keeps failing is left alone for a while, so that threads do not wait on it. */
@Component
class Line {

    /** Nothing was asked, because the line is left alone. */
    static final class Alone extends WxErrorException {

        private static final long serialVersionUID = 1L;

        Alone(String server) {
            super(server + " is left alone for a while");
        }
    }

    /** A call that throws what WxJava throws. */
    interface Question<T> {
        T ask() throws WxErrorException;
    }

    /** A call that throws what its library throws. */
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);

    private static final Duration REST = Duration.ofSeconds(20);

    private final CircuitBreakerRegistry breakers;

    Line(ObjectProvider<MeterRegistry> meters, @Qualifier("wireClock") Clock clock) {
        breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .waitDurationInOpenState(REST)
                .permittedNumberOfCallsInHalfOpenState(3)
                .clock(clock)
                .build());
        meters.ifAvailable(registry ->
                TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(registry));
    }

    /**
     * Sends a message.
     *
     * @param server which line, such as {@code mp-whjx}
     * @param ready what must succeed before anything is sent, such as having a token; its failure means not sent
     */
    Sent send(String server, Question<?> ready, Question<Sent> call) {
        try {
            ask(server, ready);
        } catch (WxErrorException | RuntimeException e) {
            return Sent.Retry.away(REST, "取不到接口凭据");
        }
        try {
            return ask(server, call);
        } catch (Alone e) {
            return Sent.Retry.away(REST, "微信接口连续没有答复，稍后再发");
        } catch (WxErrorException | RuntimeException e) {
            return Fate.of(e);
        }
    }

    /**
     * Asks something.
     *
     * @throws WxErrorException what WxJava throws, or {@link Alone}
     */
    <T> T ask(String server, Question<T> question) throws WxErrorException {
        return guard(server, Fate::isAnswer, () -> new Alone(server), question::ask);
    }

    /**
     * Makes a call on a line.
     *
     * @param isAnswer whether what was thrown is the other side's word, and the line is sound
     * @param alone what is thrown while the line is left alone
     */
    <T, E extends Exception> T guard(String server, Predicate<Exception> isAnswer, Supplier<E> alone, Work<T, E> work)
            throws E {
        CircuitBreaker breaker = breakers.circuitBreaker(server);
        if (!breaker.tryAcquirePermission()) {
            throw alone.get();
        }
        long start = breaker.getCurrentTimestamp();
        boolean sound = false;
        try {
            T answer = work.run();
            sound = true;
            return answer;
        } catch (Exception e) {
            sound = isAnswer.test(e);
            LOG.warn("{}: {}", server, secretless(e));
            throw e;
        } finally {
            long took = breaker.getCurrentTimestamp() - start;
            if (sound) {
                breaker.onSuccess(took, breaker.getTimestampUnit());
            } else {
                breaker.onError(took, breaker.getTimestampUnit(), new IOException(server));
            }
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
