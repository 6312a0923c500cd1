package io.homeroom.wechat;

import io.homeroom.desk.Card;
import io.homeroom.notice.Sent;
import java.time.Duration;
import java.util.List;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.cp.bean.message.WxCpMessage;
import me.chanjar.weixin.cp.bean.message.WxCpMessageSendResult;
import me.chanjar.weixin.mp.bean.kefu.WxMpKefuMessage;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateMessage;
import org.springframework.stereotype.Component;

/** Says things to people and groups: one call each, and what became of it. */
@Component
class Voice {

    /** WeCom takes the same text to the same person within this time for the same message. */
    static final Duration SAME_WITHIN = Duration.ofMinutes(30);

    /** WeCom's code for a response code that was used, or is older than 72 hours. */
    private static final int SETTLED_BEFORE = 42045;

    /** WeChat's code for a day's quota that is used up. */
    private static final int DAY_IS_FULL = 45009;

    private static final Sent NO_ACCOUNT = new Sent.Failed("该协会没有配置公众号");
    private static final Sent NO_APP = new Sent.Failed("该协会没有配置企业微信应用");

    private final Accounts accounts;
    private final WechatSettings settings;
    private final Line line;

    Voice(Accounts accounts, WechatSettings settings, Line line) {
        this.accounts = accounts;
        this.settings = settings;
        this.line = line;
    }

    /** A customer-service message of the official account. Not deduplicated by WeChat. */
    Sent say(String code, String openid, String text) {
        return accounts.mp(code)
                .map(mp -> line.send("mp-" + code, mp::getAccessToken, () -> {
                    mp.getKefuService()
                            .sendKefuMessage(WxMpKefuMessage.TEXT()
                                    .toUser(openid)
                                    .content(text)
                                    .build());
                    return new Sent.Delivered();
                }))
                .orElse(NO_ACCOUNT);
    }

    /**
     * A template message; WeChat reports later by the id that is returned, and takes a {@code clientMsgId} once. Of such
     * messages it takes so many a day.
     */
    Sent template(String code, WxMpTemplateMessage message) {
        return accounts.mp(code)
                .map(mp -> line.send("mp-" + code, mp::getAccessToken, () -> {
                    try {
                        return new Sent.Accepted(mp.getTemplateMsgService().sendTemplateMsg(message));
                    } catch (WxErrorException e) {
                        if (e.getError().getErrorCode() != DAY_IS_FULL) {
                            throw e;
                        }
                        return new Sent.Spent("公众号今天的模板消息额度已满（" + DAY_IS_FULL + "）");
                    }
                }))
                .orElse(NO_ACCOUNT);
    }

    /** A message of the WeCom app to one colleague; the same text within half an hour arrives once. */
    Sent tell(String code, String userId, String text) {
        return app(code, userId, WxCpMessage.TEXT().content(text).build());
    }

    /**
     * A card of the WeCom app to one colleague.
     *
     * @param id the same for every attempt at this card; WeCom takes it once
     */
    Sent card(String code, String userId, String id, Card card) {
        return app(code, userId, CardMessage.of(card, id, settings.publicBaseUrl()));
    }

    private Sent app(String code, String userId, WxCpMessage message) {
        WechatSettings.Cp app = settings.cp(code);
        return accounts.cp(code)
                .filter(cp -> app != null)
                .map(cp -> line.send("cp-" + code, cp::getAccessToken, () -> {
                    message.setAgentId(app == null ? 0 : app.agent());
                    message.setToUser(userId);
                    message.setEnableDuplicateCheck(true);
                    message.setDuplicateCheckInterval((int) SAME_WITHIN.toSeconds());
                    WxCpMessageSendResult result = cp.getMessageService().send(message);
                    return result.getInvalidUserList().isEmpty()
                            ? new Sent.Delivered()
                            : new Sent.Failed("收信人不在企业微信应用可见范围");
                }))
                .orElse(NO_APP);
    }

    /** Puts a word in the place of a card's buttons. A card that was settled before, or has grown old, is left as it is. */
    Sent settle(String code, String userId, String responseCode, String word) {
        WechatSettings.Cp app = settings.cp(code);
        return accounts.cp(code)
                .filter(cp -> app != null)
                .map(cp -> line.send("cp-" + code, cp::getAccessToken, () -> {
                    try {
                        cp.getTaskCardService()
                                .updateTemplateCardButton(List.of(userId), List.of(), List.of(), 0, responseCode, word);
                    } catch (WxErrorException e) {
                        if (e.getError().getErrorCode() != SETTLED_BEFORE) {
                            throw e;
                        }
                    }
                    return new Sent.Delivered();
                }))
                .orElse(NO_APP);
    }

    /** A message of the robot in the secretariat's group. Not deduplicated by WeCom. */
    Sent post(String code, String text) {
        WechatSettings.Cp app = settings.cp(code);
        String key = app == null ? null : app.secretariatRobotKey();
        if (key == null || key.isBlank()) {
            return new Sent.Failed("该协会没有配置群机器人");
        }
        String address = settings.wechat().endpoints().cp() + "/cgi-bin/webhook/send?key=" + key;
        return accounts.cp(code)
                .map(cp -> line.send("robot-" + code, () -> key, () -> {
                    cp.getGroupRobotService().sendMarkdown(address, text);
                    return new Sent.Delivered();
                }))
                .orElse(NO_APP);
    }
}
