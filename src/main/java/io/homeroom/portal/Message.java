package io.homeroom.portal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page that says one thing.
 *
 * @param mood {@code good due bad} or empty
 * @param sign the character in the circle
 * @param title what is the matter
 * @param lines what to do
 * @param link an own path to go on with
 * @param linkText what the button says
 */
record Message(
        String mood,
        String sign,
        String title,
        List<String> lines,
        @Nullable String link,
        @Nullable String linkText) {

    Message {
        lines = List.copyOf(lines);
    }

    static Message notice(String title, String... lines) {
        return new Message("", "i", title, List.of(lines), null, null);
    }

    static Message trouble(String title, String... lines) {
        return new Message("due", "!", title, List.of(lines), null, null);
    }

    Message link(String path, String text) {
        return new Message(mood, sign, title, lines, path, text);
    }

    /** For whoever is not a contact of the member: says nothing about it. */
    static Message stranger() {
        return notice("单位信息只对其联络人开放", "如果你是会员单位联络人，请向班主任索取绑定二维码，扫码绑定后再打开。", "想入会，请在公众号回复「入会」。");
    }

    /** For a contact who opens what is not its member's, or is there no longer: says nothing about it either. */
    static Message another() {
        return notice("单位信息只对其联络人开放", "这个链接不属于你绑定的单位，或已经失效。", "请从公众号里最新的消息点开。");
    }

    static Message outside() {
        return notice("请在微信中打开", "这个页面需要确认你的身份。", "请在公众号里点开链接，或用微信扫一扫。");
    }

    static Message gone() {
        return trouble("链接已失效", "请在公众号回复「缴费」获取新的链接。");
    }
}
