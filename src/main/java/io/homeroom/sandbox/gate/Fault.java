package io.homeroom.sandbox.gate;

import java.util.Locale;

/**
 * A fault that was asked for.
 *
 * @param id for taking it back
 * @param server {@code weixin}, {@code wecom}, {@code pay} or {@code *}
 * @param code association, or {@code *}
 * @param path part of the path of the calls it strikes; empty for all
 * @param kind what happens
 * @param value milliseconds for {@link Kind#DELAY}, seconds for {@link Kind#NOTIFY_DELAY}, an HTTP status for {@link
 *     Kind#HTTP}, the error code for {@link Kind#ERROR}
 * @param times how often it still strikes
 */
public record Fault(long id, String server, String code, String path, Kind kind, String value, int times) {

    /** What happens. */
    public enum Kind {
        /** The call is carried out late. */
        DELAY,
        /** The connection is cut before anything is done. */
        LOSE_REQUEST,
        /** The call is carried out, then the connection is cut: the caller cannot know. */
        LOSE_ANSWER,
        /** Nothing is done and the server's own error is answered, such as -1, 45009, 40001, 42001 or SYSTEM_ERROR. */
        ERROR,
        /** Nothing is done and a bare HTTP status with an HTML body is answered, as by a gateway. */
        HTTP,
        /** Pay: the notification leaves late. */
        NOTIFY_DELAY,
        /** Pay: no notification leaves at all. */
        NOTIFY_NEVER,
        /** Pay: the notification leaves twice at the same time. */
        NOTIFY_TWICE,
        /** Pay: the notification comes from someone else, with a signature that does not fit. */
        NOTIFY_FORGED,
        /** Pay: a correctly signed notification names another amount. */
        NOTIFY_WRONG_AMOUNT,
        /** Pay: the notification bears a time stamp of ten minutes ago. */
        NOTIFY_STALE,
        /** Pay: before the true notification the probe with a {@code WECHATPAY/SIGNTEST/} signature is sent. */
        NOTIFY_PROBE;

        /** In JSON: {@code lose-answer}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Reads {@link #word()}. */
        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        /** Whether it concerns notifications, not calls. */
        public boolean ofNotifications() {
            return name().startsWith("NOTIFY");
        }
    }

    boolean strikes(String atServer, String atCode, String atPath) {
        return (server.equals("*") || server.equals(atServer))
                && (code.equals("*") || code.equals(atCode))
                && atPath.contains(path);
    }

    Fault once() {
        return new Fault(id, server, code, path, kind, value, times - 1);
    }
}
