/**
 * Floor 7. The only room that knows WeChat: the official account's and WeCom's callbacks, their APIs, OAuth, QR codes
 * and WeChat Pay v3, through WxJava and over real HTTP; behind the ports of lower rooms.
 *
 * <p>What comes in is checked before it is read: size, signature, age, then the sender's id inside. A repetition gets
 * the answer that was stored with the effects of the first. What goes out tells the truth about its fate: accepted,
 * refused, to be tried again, or unknown.
 *
 * <p>Serves no clause itself. In: calls through {@code notice.Courier}, {@code till.Gateway}, {@code portal.WebLogin}, {@code portal.StaffSdk},
 * {@code portal.Cashier}; the event {@code member.InvitationMade}. Out: calls of {@code chat.Conversation}, {@code
 * till.Orders}.
 */
@NullMarked
@ApplicationModule(
        displayName = "WeChat",
        allowedDependencies = {
            "ground",
            "rulebook",
            "schedule",
            "member",
            "till",
            "desk",
            "liaison",
            "notice",
            "chat",
            "portal"
        })
package io.homeroom.wechat;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
