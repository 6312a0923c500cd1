package io.homeroom.wechat;

import io.homeroom.ground.Tenant;
import io.homeroom.liaison.GroupLine;
import io.homeroom.notice.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.cp.api.WxCpService;
import me.chanjar.weixin.cp.bean.external.WxCpMsgTemplate;
import me.chanjar.weixin.cp.bean.external.WxCpMsgTemplateAddResult;
import me.chanjar.weixin.cp.bean.external.WxCpUserExternalGroupChatInfo;
import me.chanjar.weixin.cp.bean.external.WxCpUserExternalGroupChatList;
import me.chanjar.weixin.cp.bean.external.contact.WxCpGroupMsgSendResult;
import me.chanjar.weixin.cp.bean.external.msg.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Customer groups and broadcasts of WeCom through WxJava. */
@Component
class CustomerGroups implements GroupLine {

    private static final int PAGE = 500;
    private static final int NO_GROUP = 40050;
    private static final Duration REST = Duration.ofMinutes(1);

    private final Accounts accounts;
    private final Line line;

    CustomerGroups(Accounts accounts, Line line) {
        this.accounts = accounts;
        this.line = line;
    }

    private static String server() {
        return "cp-" + Tenant.current();
    }

    private Optional<WxCpService> cp() {
        return accounts.cp(Tenant.current());
    }

    private WxCpService app() throws Unreachable {
        return cp().orElseThrow(() -> new Unreachable("该协会没有配置企业微信应用"));
    }

    @Override
    public boolean isConnected() {
        return cp().isPresent();
    }

    @Override
    public List<String> owned(List<String> userIds) throws Unreachable {
        WxCpService cp = app();
        List<String> chats = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            String from = cursor == null ? "" : cursor;
            WxCpUserExternalGroupChatList page = asked(
                    () -> cp.getExternalContactService().listGroupChat(PAGE, from, 0, userIds.toArray(String[]::new)));
            page.getGroupChatList().forEach(chat -> chats.add(chat.getChatId()));
            cursor = page.getNextCursor();
        } while (cursor != null && !cursor.isEmpty());
        return chats;
    }

    @Override
    public Optional<Chat> chat(String chatId) throws Unreachable {
        WxCpService cp = app();
        try {
            WxCpUserExternalGroupChatInfo.GroupChat chat = line.ask(
                            server(), () -> cp.getExternalContactService().getGroupChat(chatId, 1))
                    .getGroupChat();
            return Optional.of(new Chat(
                    chat.getChatId(),
                    chat.getName() == null || chat.getName().isEmpty() ? "班级群" : chat.getName(),
                    chat.getOwner(),
                    chat.getMemberList().stream()
                            .filter(member -> member.getType() == 2)
                            .map(CustomerGroups::name)
                            .filter(name -> !name.isEmpty())
                            .toList()));
        } catch (WxErrorException e) {
            if (e.getError().getErrorCode() == NO_GROUP) {
                return Optional.empty();
            }
            throw new Unreachable(Line.secretless(e));
        } catch (RuntimeException e) {
            throw new Unreachable(Line.secretless(e));
        }
    }

    /** As the person is called in the group, where it is called anything there. */
    private static String name(WxCpUserExternalGroupChatInfo.GroupMember member) {
        String there = member.getGroupNickname();
        String own = member.getName();
        return there != null && !there.isBlank() ? there.strip() : own == null ? "" : own.strip();
    }

    @Override
    public Made ask(String sender, String chatId, String text) {
        Optional<WxCpService> cp = cp();
        if (cp.isEmpty()) {
            return new Made.Refused("该协会没有配置企业微信应用");
        }
        try {
            line.ask(server(), () -> cp.get().getAccessToken());
        } catch (WxErrorException | RuntimeException e) {
            return new Made.Later(REST, "取不到企业微信的接口凭据");
        }
        Text content = new Text();
        content.setContent(text);
        WxCpMsgTemplate task = new WxCpMsgTemplate();
        task.setChatType("group");
        task.setChatIdList(List.of(chatId));
        task.setSender(sender);
        task.setText(content);
        try {
            WxCpMsgTemplateAddResult made = line.ask(
                    server(), () -> cp.get().getExternalContactService().addMsgTemplate(task));
            boolean failed = made.getFailList() != null && made.getFailList().contains(chatId);
            return failed ? new Made.Refused("班级群已解散，或你不是群主") : new Made.Waiting(made.getMsgId());
        } catch (Line.Alone e) {
            return new Made.Later(REST, "企业微信接口连续没有答复");
        } catch (WxErrorException | RuntimeException e) {
            Sent fate = io.homeroom.wechat.Fate.of(e);
            if (fate instanceof Sent.Retry retry) {
                return new Made.Later(retry.after() == null ? REST : retry.after(), retry.why());
            }
            return fate instanceof Sent.Unknown unknown
                    ? new Made.Unknown(unknown.why())
                    : new Made.Refused(((Sent.Failed) fate).why());
        }
    }

    @Override
    public Fate fate(String messageId, String sender, String chatId) throws Unreachable {
        WxCpService cp = app();
        WxCpGroupMsgSendResult result =
                asked(() -> cp.getExternalContactService().getGroupMsgSendResult(messageId, sender, PAGE, null));
        return result.getSendList().stream()
                .filter(one -> chatId.equals(one.getChatId()))
                .findFirst()
                .map(one -> switch (one.getStatus() == null ? 0 : one.getStatus()) {
                    case 1 -> Fate.SENT;
                    case 2 -> Fate.GONE;
                    case 3 -> Fate.LIMIT;
                    default -> Fate.UNSENT;
                })
                .orElse(Fate.UNSENT);
    }

    private <T> T asked(Line.Question<T> question) throws Unreachable {
        try {
            return line.ask(server(), question);
        } catch (WxErrorException | RuntimeException e) {
            throw new Unreachable(Line.secretless(e));
        }
    }
}
