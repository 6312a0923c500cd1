package io.homeroom.wechat;

import io.homeroom.notice.Sent;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.common.error.WxRuntimeException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionPoolTimeoutException;

/** What became of a call to WeChat or WeCom, told from what WxJava throws. */
final class Fate {

    /** Refused now for one letter, perhaps not later: busy, token trouble. */
    private static final Set<Integer> AGAIN = Set.of(-1, 40001, 40014, 42001);

    /** Refused now for every letter: frequency and daily limits, an address not yet allowed. */
    private static final Map<Integer, Duration> LATER = Map.of(
            45009, Duration.ofMinutes(2),
            45011, Duration.ofMinutes(1),
            45033, Duration.ofSeconds(30),
            40164, Duration.ofMinutes(10));

    /** WxJava's code for what is no answer of WeChat's. */
    private static final int NO_ANSWER = -99;

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(40003, "收信人不是本公众号的用户"),
            Map.entry(43004, "收信人已取消关注"),
            Map.entry(43019, "收信人已被拉黑"),
            Map.entry(43101, "收信人拒收"),
            Map.entry(45015, "超过客服消息时限"),
            Map.entry(45047, "超过客服消息条数"),
            Map.entry(45002, "内容过长"),
            Map.entry(40037, "模板编号无效"),
            Map.entry(47003, "模板内容不合规"),
            Map.entry(48001, "公众号没有该接口权限"),
            Map.entry(81013, "收信人不在企业微信应用可见范围"),
            Map.entry(60011, "收信人不在企业微信应用可见范围"),
            Map.entry(60111, "企业微信里没有这位成员"),
            Map.entry(84074, "这位成员没有客户联系的权限"),
            Map.entry(40050, "客户群已解散"),
            Map.entry(86008, "客户群已解散"),
            Map.entry(40058, "内容超过平台的限制"),
            Map.entry(40006, "图片或文件的大小不合规"),
            Map.entry(40009, "图片超过 2 MB"),
            Map.entry(93000, "群机器人地址无效"));

    private Fate() {}

    /** The fate of a message whose sending ended in this exception. */
    static Sent of(Exception e) {
        if (isAnswer(e)) {
            return answered(((WxErrorException) e).getError().getErrorCode());
        }
        if (beforeSending(e)) {
            return Sent.Retry.away(null, "连不上微信接口");
        }
        if (e instanceof WxRuntimeException && e.getCause() == null) {
            // Thrown after -1 came again, when nothing was taken.
            return new Sent.Retry(null, "微信系统繁忙");
        }
        return new Sent.Unknown("微信没有答复：" + root(e).getClass().getSimpleName());
    }

    /** The fate by WeChat's error code. */
    static Sent answered(int code) {
        Duration later = LATER.get(code);
        if (later != null || AGAIN.contains(code)) {
            return new Sent.Retry(later, "微信接口暂时不受理（" + code + "）");
        }
        return new Sent.Failed(WORDS.getOrDefault(code, "微信拒绝发送") + "（" + code + "）");
    }

    /** Whether WeChat answered, if only to say no; else the line or its server failed. */
    static boolean isAnswer(Exception e) {
        return e instanceof WxErrorException wx && wx.getError().getErrorCode() != NO_ANSWER;
    }

    private static boolean beforeSending(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof ConnectTimeoutException
                    || cause instanceof ConnectionPoolTimeoutException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
