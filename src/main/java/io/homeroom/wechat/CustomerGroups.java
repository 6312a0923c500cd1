package io.homeroom.wechat;

import io.homeroom.ground.Tenant;
import io.homeroom.liaison.GroupLine;
import io.homeroom.notice.Sent;
import io.homeroom.schedule.BusinessClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.cp.api.WxCpService;
import me.chanjar.weixin.cp.bean.external.WxCpMsgTemplate;
import me.chanjar.weixin.cp.bean.external.WxCpMsgTemplateAddResult;
import me.chanjar.weixin.cp.bean.external.WxCpUserExternalGroupChatInfo;
import me.chanjar.weixin.cp.bean.external.WxCpUserExternalGroupChatList;
import me.chanjar.weixin.cp.bean.external.contact.WxCpExternalContactBatchInfo;
import me.chanjar.weixin.cp.bean.external.contact.WxCpGroupMsgSendResult;
import me.chanjar.weixin.cp.bean.external.contact.WxCpGroupMsgTaskResult;
import me.chanjar.weixin.cp.bean.external.msg.Attachment;
import me.chanjar.weixin.cp.bean.external.msg.AttachmentBuilder;
import me.chanjar.weixin.cp.bean.external.msg.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Customer groups and broadcasts of WeCom through WxJava. */
@Component
class CustomerGroups implements GroupLine {

    private static final int PAGE = 500;
    private static final int FRIENDS = 100;
    /** A colleague has confirmed its task. */
    private static final int CONFIRMED = 2;

    private static final int NO_GROUP = 40050;
    private static final int NO_FRIENDS = 84061;
    private static final Duration REST = Duration.ofMinutes(1);

    /** What WeCom's refusals ask to be mended. */
    private static final Map<Integer, Fault> FAULTS = Map.ofEntries(
            Map.entry(93000, Fault.ROBOT),
            Map.entry(40003, Fault.COLLEAGUE),
            Map.entry(60011, Fault.COLLEAGUE),
            Map.entry(60111, Fault.COLLEAGUE),
            Map.entry(81013, Fault.COLLEAGUE),
            Map.entry(84074, Fault.COLLEAGUE),
            Map.entry(40050, Fault.GROUP),
            Map.entry(86008, Fault.GROUP));

    private final Accounts accounts;
    private final ClassRobots robots;
    private final Line line;
    private final BusinessClock clock;

    CustomerGroups(Accounts accounts, ClassRobots robots, Line line, BusinessClock clock) {
        this.accounts = accounts;
        this.robots = robots;
        this.line = line;
        this.clock = clock;
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

    /** One page; whoever has no friends at all has an empty one, which WeCom says as an error. */
    private static WxCpExternalContactBatchInfo friends(WxCpService cp, String userId, @Nullable String from)
            throws WxErrorException {
        try {
            return cp.getExternalContactService().getContactDetailBatch(new String[] {userId}, from, FRIENDS);
        } catch (WxErrorException e) {
            if (e.getError().getErrorCode() != NO_FRIENDS) {
                throw e;
            }
            WxCpExternalContactBatchInfo none = new WxCpExternalContactBatchInfo();
            none.setExternalContactList(List.of());
            return none;
        }
    }

    @Override
    public List<Friend> friends(String userId) throws Unreachable {
        WxCpService cp = app();
        List<Friend> friends = new ArrayList<>();
        @Nullable String cursor = null;
        try {
            do {
                String from = cursor;
                WxCpExternalContactBatchInfo page = line.ask(server(), () -> friends(cp, userId, from));
                page.getExternalContactList().forEach(one -> friends.add(friend(one)));
                cursor = page.getNextCursor();
            } while (cursor != null && !cursor.isEmpty());
            return friends;
        } catch (WxErrorException | RuntimeException e) {
            throw new Unreachable(Line.secretless(e));
        }
    }

    /** As the colleague calls it, where it calls it anything. */
    private static Friend friend(WxCpExternalContactBatchInfo.ExternalContactInfo one) {
        String remark = one.getFollowInfo() == null ? null : one.getFollowInfo().getRemark();
        String own = one.getExternalContact().getName();
        return new Friend(
                one.getExternalContact().getExternalUserId(),
                remark != null && !remark.isBlank() ? remark.strip() : own == null ? "" : own.strip());
    }

    @Override
    public Made ask(String sender, boolean group, List<String> targets, Said said) {
        Optional<WxCpService> cp = cp();
        if (cp.isEmpty()) {
            return new Made.Refused("该协会没有配置企业微信应用");
        }
        WxCpMsgTemplate task = new WxCpMsgTemplate();
        try {
            line.ask(server(), () -> cp.get().getAccessToken());
            task.setAttachments(attachments(cp.get(), said));
        } catch (WxErrorException | RuntimeException e) {
            // Nothing was asked for yet: a token or an upload may be had again.
            Made made = made(e);
            return made instanceof Made.Unknown ? new Made.Later(REST, "企业微信没有收下图片或文件") : made;
        }
        task.setChatType(group ? "group" : "single");
        if (group) {
            task.setChatIdList(targets);
        } else {
            task.setExternalUserid(targets);
        }
        task.setSender(sender);
        if (!said.text().isEmpty()) {
            Text content = new Text();
            content.setContent(said.text());
            task.setText(content);
        }
        try {
            WxCpMsgTemplateAddResult made = line.ask(
                    server(), () -> cp.get().getExternalContactService().addMsgTemplate(task));
            List<String> failed = made.getFailList() == null ? List.of() : made.getFailList();
            return failed.containsAll(targets)
                    ? group ? new Made.Refused(Fault.GROUP, "班级群已解散，或你不是群主") : new Made.Refused("收信人都不再是老师的企业微信联系人")
                    : new Made.Waiting(made.getMsgId(), failed);
        } catch (WxErrorException | RuntimeException e) {
            return made(e);
        }
    }

    private List<Attachment> attachments(WxCpService cp, Said said) throws WxErrorException {
        Bytes file = said.file();
        Link link = said.link();
        if (link != null) {
            return List.of(AttachmentBuilder.linkBuilder()
                    .title(link.title())
                    .desc(link.says())
                    .url(link.url())
                    .build());
        }
        if (file == null) {
            return List.of();
        }
        String kind = file.picture() ? "image" : "file";
        String media = line.ask(server(), () -> {
                    try {
                        return cp.getMediaService().upload(kind, file.name(), new ByteArrayInputStream(file.content()));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .getMediaId();
        return List.of(
                file.picture()
                        ? AttachmentBuilder.imageBuilder().mediaId(media).build()
                        : AttachmentBuilder.fileBuilder().mediaId(media).build());
    }

    /** What became of a call that ended in this. */
    static Made made(Exception e) {
        if (e instanceof Line.Alone) {
            return new Made.Later(REST, "企业微信接口连续没有答复");
        }
        Sent fate = io.homeroom.wechat.Fate.of(e);
        if (fate instanceof Sent.Retry retry) {
            return new Made.Later(retry.after() == null ? REST : retry.after(), retry.why());
        }
        return fate instanceof Sent.Unknown unknown
                ? new Made.Unknown(unknown.why())
                : new Made.Refused(
                        FAULTS.getOrDefault(((WxErrorException) e).getError().getErrorCode(), Fault.OTHER),
                        ((Sent.Failed) fate).why());
    }

    @Override
    public Optional<Instant> confirmed(String messageId, String sender) throws Unreachable {
        WxCpService cp = app();
        @Nullable String cursor = null;
        do {
            String from = cursor;
            WxCpGroupMsgTaskResult page =
                    asked(() -> cp.getExternalContactService().getGroupMsgTask(messageId, PAGE, from));
            for (WxCpGroupMsgTaskResult.ExternalContactGroupMsgTaskInfo task : page.getTaskList()) {
                if (sender.equals(task.getUserId())
                        && Integer.valueOf(CONFIRMED).equals(task.getStatus())) {
                    Long at = task.getSendTime();
                    return Optional.of(at == null ? clock.instant() : Instant.ofEpochSecond(at));
                }
            }
            cursor = page.getNextCursor();
        } while (cursor != null && !cursor.isEmpty());
        return Optional.empty();
    }

    @Override
    public Map<String, Fate> fates(String messageId, String sender) throws Unreachable {
        WxCpService cp = app();
        Map<String, Fate> fates = new HashMap<>();
        @Nullable String cursor = null;
        do {
            String from = cursor;
            WxCpGroupMsgSendResult page =
                    asked(() -> cp.getExternalContactService().getGroupMsgSendResult(messageId, sender, PAGE, from));
            page.getSendList().forEach(one -> {
                String target = one.getChatId() != null && !one.getChatId().isEmpty()
                        ? one.getChatId()
                        : one.getExternalUserId();
                fates.put(
                        target,
                        switch (one.getStatus() == null ? 0 : one.getStatus()) {
                            case 1 -> Fate.SENT;
                            case 2 -> Fate.GONE;
                            case 3 -> Fate.LIMIT;
                            default -> Fate.UNSENT;
                        });
            });
            cursor = page.getNextCursor();
        } while (cursor != null && !cursor.isEmpty());
        return fates;
    }

    @Override
    public boolean mayPost(String robotKey) {
        return robots.mayPost(robotKey);
    }

    @Override
    public Made post(String robotKey, Said said) {
        return robots.post(robotKey, said);
    }

    private <T> T asked(Line.Question<T> question) throws Unreachable {
        try {
            return line.ask(server(), question);
        } catch (WxErrorException | RuntimeException e) {
            throw new Unreachable(Line.secretless(e));
        }
    }
}
