package io.homeroom.wechat;

import io.homeroom.desk.Card;
import java.util.ArrayList;
import java.util.List;
import me.chanjar.weixin.cp.bean.message.WxCpMessage;
import me.chanjar.weixin.cp.bean.templatecard.HorizontalContent;
import me.chanjar.weixin.cp.bean.templatecard.TemplateCardButton;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Card} as a template card of WeCom: with buttons as {@code button_interaction}, without as {@code text_notice}.
 * What is longer than WeCom shows is cut with a dot, so that nothing is refused for its length.
 */
final class CardMessage {

    private static final int TITLE = 26;
    private static final int SAYS = 112;
    private static final int NAME = 5;
    private static final int VALUE = 26;
    private static final int BUTTON = 10;
    private static final int MOST = 6;

    private CardMessage() {}

    static WxCpMessage of(Card card, String id, String base) {
        boolean buttons = !card.buttons().isEmpty();
        WxCpMessage message = new WxCpMessage();
        message.setMsgType("template_card");
        message.setCardType(buttons ? "button_interaction" : "text_notice");
        message.setTaskId(id);
        message.setMainTitleTitle(cut(card.title(), TITLE));
        message.setSubTitleText(cut(card.says(), SAYS));
        message.setHorizontalContents(card.rows().stream()
                .limit(MOST)
                .map(row -> HorizontalContent.builder()
                        .keyname(cut(row.name(), NAME))
                        .value(cut(row.value(), VALUE))
                        .build())
                .toList());
        // A card of WeCom that only tells must lead somewhere.
        String url = card.url() == null ? buttons ? null : "/console/" : card.url();
        if (url != null) {
            message.setCardActionType(1);
            message.setCardActionUrl(absolute(url, base));
        }
        List<TemplateCardButton> touched = new ArrayList<>();
        for (Card.Button button : card.buttons().stream().limit(MOST).toList()) {
            touched.add(button(button, touched.isEmpty(), base));
        }
        message.setButtons(touched);
        return message;
    }

    private static TemplateCardButton button(Card.Button button, boolean first, String base) {
        @Nullable String url = button.url();
        TemplateCardButton made = new TemplateCardButton();
        made.setText(cut(button.text(), BUTTON));
        made.setStyle(first ? 1 : 2);
        made.setKey(button.key());
        if (url != null) {
            made.setType(1);
            made.setUrl(absolute(url, base));
        }
        return made;
    }

    private static String absolute(String url, String base) {
        return url.startsWith("/") ? base + url : url;
    }

    private static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
