package io.homeroom.liaison;

import io.homeroom.schedule.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Hands queued broadcasts to WeCom and asks what became of them, outside any transaction. WeCom does not know repetitions:
 * one whose handing over was cut off is not tried again, but said to be unconfirmed.
 */
@Component
class BroadcastPost implements Ticker {

    private static final Logger LOG = LoggerFactory.getLogger(BroadcastPost.class);

    /** With the waits between them these take longer than a day. */
    private static final int ATTEMPTS = 110;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ObjectProvider<GroupLine> lines;
    private final BroadcastDesk desk;
    private final Robots robots;
    private final Attachments attachments;

    BroadcastPost(ObjectProvider<GroupLine> lines, BroadcastDesk desk, Robots robots, Attachments attachments) {
        this.lines = lines;
        this.desk = desk;
        this.robots = robots;
        this.attachments = attachments;
    }

    @Override
    public String name() {
        return "broadcasts";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public boolean eachMorning() {
        return true;
    }

    @Override
    public void tick() {
        GroupLine line = lines.getIfAvailable();
        if (line == null || !line.isConnected()) {
            return;
        }
        for (Broadcast cut : desk.cutOff()) {
            desk.settle(
                    cut,
                    Broadcast.State.UNCONFIRMED,
                    "",
                    "提交时服务中断，"
                            + (cut.way() == Broadcast.Way.ROBOT ? "请到群里看有没有这一条，没有再发一次" : "请到企业微信的群发助手里看有没有这一条，没有再发一次"),
                    GroupLine.Fault.OTHER);
        }
        // A robot says the parts of a text in their order: what waits holds up what is behind it.
        Set<Long> heldUp = new HashSet<>();
        for (Broadcast next : desk.queued()) {
            boolean robot = next.way() == Broadcast.Way.ROBOT;
            if (robot && heldUp.contains(next.staffId())) {
                continue;
            }
            boolean gone = robot ? post(line, next) : hand(line, next);
            if (robot && !gone) {
                heldUp.add(next.staffId());
            }
        }
        for (Broadcast waiting : desk.waiting()) {
            try {
                if (isConfirmed(line, waiting)) {
                    follow(waiting, line.fates(waiting.messageId(), waiting.sender()));
                }
            } catch (GroupLine.Unreachable e) {
                LOG.info("Broadcast {} could not be followed: {}", waiting.id(), e.getMessage());
                return;
            }
        }
    }

    /** Whether the part is on its way, or will never be: the next one may follow. */
    private boolean post(GroupLine line, Broadcast next) {
        Optional<String> key = robots.key(next.staffId());
        if (key.isEmpty() || !line.mayPost(key.get())) {
            return false;
        }
        GroupLine.Said said = said(next);
        if (!desk.take(next)) {
            return false;
        }
        GroupLine.Made made = line.post(key.get(), said);
        if (made instanceof GroupLine.Made.Posted) {
            desk.settle(next, Broadcast.State.SENT, "", "", GroupLine.Fault.OTHER);
            return true;
        }
        if (made instanceof GroupLine.Made.Refused refused && refused.fault() == GroupLine.Fault.ROBOT) {
            // Nothing was said: it waits for another key.
            robots.revoked(next.staffId(), key.get());
            desk.later(next, MINUTE, refused.why());
            return false;
        }
        return settled(next, made);
    }

    private boolean hand(GroupLine line, Broadcast next) {
        Optional<LocalDateTime> waits = desk.mustWait(next);
        if (waits.isPresent()) {
            desk.hold(next, waits.get(), "今天这个群已群发过一次，" + waits.get().getDayOfMonth() + "日9:00自动提交");
            return false;
        }
        List<String> targets = desk.targets(next);
        if (targets.isEmpty()) {
            if (desk.take(next)) {
                desk.settle(next, Broadcast.State.LIMIT, "", "收信人本月都已收满4次群发，下月1日起可以再发", GroupLine.Fault.OTHER);
            }
            return false;
        }
        GroupLine.Said said = said(next);
        if (!desk.take(next)) {
            return false;
        }
        return settled(next, line.ask(next.sender(), next.way() == Broadcast.Way.GROUP, targets, said));
    }

    private GroupLine.Said said(Broadcast broadcast) {
        GroupLine.@Nullable Bytes file = null;
        Long id = broadcast.file();
        if (id != null) {
            Attached attached = attachments.find(id).orElseThrow();
            file = new GroupLine.Bytes(
                    attached.name(), attached.isPicture(), attachments.open(id).orElseThrow());
        }
        return new GroupLine.Said(broadcast.text(), file, broadcast.link());
    }

    private boolean settled(Broadcast broadcast, GroupLine.Made made) {
        if (made instanceof GroupLine.Made.Waiting waiting) {
            desk.leftOut(broadcast, waiting.failed());
            desk.settle(broadcast, Broadcast.State.WAITING, waiting.messageId(), "", GroupLine.Fault.OTHER);
            return true;
        }
        if (made instanceof GroupLine.Made.Refused refused) {
            desk.settle(broadcast, Broadcast.State.FAILED, "", refused.why(), refused.fault());
            return true;
        }
        if (made instanceof GroupLine.Made.Unknown unknown) {
            desk.settle(
                    broadcast,
                    Broadcast.State.UNCONFIRMED,
                    "",
                    unknown.why()
                            + (broadcast.way() == Broadcast.Way.ROBOT
                                    ? "，请到群里看有没有这一条，没有再发一次"
                                    : "，请到企业微信的群发助手里看有没有这一条，没有再发一次"),
                    GroupLine.Fault.OTHER);
            return true;
        }
        if (made instanceof GroupLine.Made.Later later) {
            if (broadcast.attempts() + 1 >= ATTEMPTS) {
                desk.settle(broadcast, Broadcast.State.FAILED, "", later.why(), GroupLine.Fault.OTHER);
                return true;
            }
            Duration wait = Duration.ofSeconds(15L << Math.min(broadcast.attempts(), 6));
            Duration longer = later.after().compareTo(wait) > 0 ? later.after() : wait;
            desk.later(broadcast, longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer, later.why());
        }
        return false;
    }

    /** Before its sender has confirmed it nobody has it, and there is nothing more to ask. */
    private boolean isConfirmed(GroupLine line, Broadcast broadcast) throws GroupLine.Unreachable {
        if (broadcast.confirmedAt() != null) {
            return true;
        }
        Optional<Instant> at = line.confirmed(broadcast.messageId(), broadcast.sender());
        at.ifPresent(when -> desk.confirmed(broadcast, when));
        return at.isPresent();
    }

    private void follow(Broadcast broadcast, Map<String, GroupLine.Fate> fates) {
        if (broadcast.way() == Broadcast.Way.SINGLE) {
            followEach(broadcast, fates);
            return;
        }
        switch (fates.getOrDefault(broadcast.chatId(), GroupLine.Fate.UNSENT)) {
            case SENT -> desk.settle(broadcast, Broadcast.State.SENT, "", "", GroupLine.Fault.OTHER);
            case LIMIT ->
                desk.settle(broadcast, Broadcast.State.LIMIT, "", "每个客户群每月最多收4次群发，下个月再发", GroupLine.Fault.OTHER);
            case GONE -> desk.settle(broadcast, Broadcast.State.FAILED, "", "班级群已解散，或你不再是群主", GroupLine.Fault.GROUP);
            case UNSENT -> {
                // the teacher has not confirmed it yet
            }
        }
    }

    private void followEach(Broadcast broadcast, Map<String, GroupLine.Fate> fates) {
        Map<String, GroupLine.Fate> told = fates.entrySet().stream()
                .filter(fate -> fate.getValue() != GroupLine.Fate.UNSENT)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        told.forEach((target, fate) -> desk.toldOf(broadcast, target, fate));
        if (!told.isEmpty() && desk.isAllTold(broadcast)) {
            desk.settle(broadcast, Broadcast.State.SENT, "", "", GroupLine.Fault.OTHER);
        }
    }
}
