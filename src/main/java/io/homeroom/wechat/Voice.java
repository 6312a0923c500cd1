package io.homeroom.wechat;

import io.homeroom.notice.Sent;
import me.chanjar.weixin.cp.bean.message.WxCpMessage;
import me.chanjar.weixin.cp.bean.message.WxCpMessageSendResult;
import me.chanjar.weixin.mp.bean.kefu.WxMpKefuMessage;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateMessage;
import org.springframework.stereotype.Component;

/** Says things to people and groups: one call each, and what became of it. */
@Component
class Voice {

    /** WeCom takes the same text to the same person within so many seconds for the same message. */
    private static final int SAME_WITHIN_SECONDS = 1800;

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

    /** A template message; WeChat reports later by the id that is returned, and takes a {@code clientMsgId} once. */
    Sent template(String code, WxMpTemplateMessage message) {
        return accounts.mp(code)
                .map(mp -> line.send(
                        "mp-" + code,
                        mp::getAccessToken,
                        () -> new Sent.Accepted(mp.getTemplateMsgService().sendTemplateMsg(message))))
                .orElse(NO_ACCOUNT);
    }

    /** A message of the WeCom app to one colleague; the same text within half an hour arrives once. */
    Sent tell(String code, String userId, String text) {
        WechatSettings.Cp app = settings.cp(code);
        return accounts.cp(code)
                .filter(cp -> app != null)
                .map(cp -> line.send("cp-" + code, cp::getAccessToken, () -> {
                    WxCpMessage message = WxCpMessage.TEXT()
                            .agentId(app == null ? 0 : app.agentId())
                            .toUser(userId)
                            .content(text)
                            .build();
                    message.setEnableDuplicateCheck(true);
                    message.setDuplicateCheckInterval(SAME_WITHIN_SECONDS);
                    WxCpMessageSendResult result = cp.getMessageService().send(message);
                    return result.getInvalidUserList().isEmpty()
                            ? new Sent.Delivered()
                            : new Sent.Failed("收信人不在企业微信应用可见范围");
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
