package io.homeroom.liaison;

import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.schedule.Ticker;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** Looks at the class teachers' groups from time to time, and at one of them when WeCom says that it has changed. */
@Service
public class GroupKeeper implements Ticker {

    private static final Logger LOG = LoggerFactory.getLogger(GroupKeeper.class);

    private final ObjectProvider<GroupLine> lines;
    private final Groups groups;
    private final Staff staff;

    GroupKeeper(ObjectProvider<GroupLine> lines, Groups groups, Staff staff) {
        this.lines = lines;
        this.groups = groups;
        this.staff = staff;
    }

    @Override
    public String name() {
        return "class-groups";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public boolean eachMorning() {
        return true;
    }

    @Override
    public void tick() {
        GroupLine line = lines.getIfAvailable();
        List<StaffMember> teachers = staff.teachers().stream()
                .filter(teacher -> teacher.wecomUserId() != null)
                .toList();
        List<String> users = teachers.stream()
                .map(teacher -> Objects.requireNonNull(teacher.wecomUserId()))
                .toList();
        if (line == null || !line.isConnected() || users.isEmpty()) {
            return;
        }
        try {
            Set<String> owned = new HashSet<>(line.owned(users));
            owned.addAll(groups.known());
            for (String chat : owned) {
                look(line, chat);
            }
            for (StaffMember teacher : teachers) {
                groups.befriended(teacher.id(), line.friends(Objects.requireNonNull(teacher.wecomUserId())));
            }
        } catch (GroupLine.Unreachable e) {
            LOG.info("Class groups could not be looked at: {}", e.getMessage());
        }
    }

    /** Looks at one group again. */
    public void changed(String chatId) {
        GroupLine line = lines.getIfAvailable();
        if (line == null || !line.isConnected()) {
            return;
        }
        try {
            look(line, chatId);
        } catch (GroupLine.Unreachable e) {
            LOG.info("Group {} could not be looked at: {}", chatId, e.getMessage());
        }
    }

    private void look(GroupLine line, String chatId) throws GroupLine.Unreachable {
        Optional<GroupLine.Chat> chat = line.chat(chatId);
        if (chat.isEmpty()) {
            groups.gone(chatId);
            return;
        }
        Map<String, Long> teachers = staff.teachers().stream()
                .filter(teacher -> teacher.wecomUserId() != null)
                .collect(Collectors.toMap(
                        teacher -> Objects.requireNonNull(teacher.wecomUserId()).toLowerCase(java.util.Locale.ROOT),
                        StaffMember::id));
        Long owner = teachers.get(chat.get().owner().toLowerCase(java.util.Locale.ROOT));
        if (owner != null) {
            groups.seen(chat.get(), owner);
        }
    }
}
