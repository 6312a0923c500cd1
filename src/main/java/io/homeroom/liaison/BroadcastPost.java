package io.homeroom.liaison;

import io.homeroom.schedule.Ticker;
import java.time.Duration;
import java.util.Optional;
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
    private static final int ATTEMPTS = 30;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private final ObjectProvider<GroupLine> lines;
    private final Broadcasts broadcasts;

    BroadcastPost(ObjectProvider<GroupLine> lines, Broadcasts broadcasts) {
        this.lines = lines;
        this.broadcasts = broadcasts;
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
        broadcasts
                .cutOff()
                .forEach(broadcast -> broadcasts.settle(
                        broadcast, Broadcast.State.UNCONFIRMED, "", "提交时服务中断，请到企业微信的群发助手里看有没有这一条，没有再发一次"));
        for (Optional<Broadcast> next = broadcasts.take(); next.isPresent(); next = broadcasts.take()) {
            hand(line, next.get());
        }
        for (Broadcast waiting : broadcasts.waiting()) {
            try {
                follow(waiting, line.fate(waiting.messageId(), waiting.sender(), waiting.chatId()));
            } catch (GroupLine.Unreachable e) {
                LOG.info("Broadcast {} could not be followed: {}", waiting.id(), e.getMessage());
                return;
            }
        }
    }

    private void hand(GroupLine line, Broadcast broadcast) {
        GroupLine.Made made = line.ask(broadcast.sender(), broadcast.chatId(), broadcast.text());
        if (made instanceof GroupLine.Made.Waiting waiting) {
            broadcasts.settle(broadcast, Broadcast.State.WAITING, waiting.messageId(), "");
        } else if (made instanceof GroupLine.Made.Refused refused) {
            broadcasts.settle(broadcast, Broadcast.State.FAILED, "", refused.why());
        } else if (made instanceof GroupLine.Made.Unknown unknown) {
            broadcasts.settle(
                    broadcast, Broadcast.State.UNCONFIRMED, "", unknown.why() + "，请到企业微信的群发助手里看有没有这一条，没有再发一次");
        } else if (made instanceof GroupLine.Made.Later later) {
            if (broadcast.attempts() + 1 >= ATTEMPTS) {
                broadcasts.settle(broadcast, Broadcast.State.FAILED, "", later.why());
            } else {
                Duration wait = Duration.ofSeconds(15L << Math.min(broadcast.attempts(), 6));
                Duration longer = later.after().compareTo(wait) > 0 ? later.after() : wait;
                broadcasts.later(broadcast, longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer, later.why());
            }
        }
    }

    private void follow(Broadcast broadcast, GroupLine.Fate fate) {
        switch (fate) {
            case SENT -> broadcasts.settle(broadcast, Broadcast.State.SENT, "", "");
            case LIMIT -> broadcasts.settle(broadcast, Broadcast.State.LIMIT, "", "每个客户群每月最多收4次群发，下个月再发");
            case GONE -> broadcasts.settle(broadcast, Broadcast.State.FAILED, "", "班级群已解散，或你不再是群主");
            case UNSENT -> {
                // the teacher has not confirmed it yet
            }
        }
    }
}
