package io.homeroom.notice;

import io.homeroom.desk.NewTask;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.liaison.Classes;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives to a person what no channel could bring: the class teacher gets the task {@code contact}, one for each member; it
 * says the latest and counts the others.
 */
@Component
class Undelivered {

    private static final String CONTACT = "contact";
    private static final int LONGEST = 900;

    private final Tasks tasks;
    private final Classes classes;

    Undelivered(Tasks tasks, Classes classes) {
        this.tasks = tasks;
        this.classes = classes;
    }

    @Transactional
    void handToTeacher(Notice notice) {
        Long member = notice.memberId();
        if (member == null || notice.channel() == Channel.WECOM || notice.channel() == Channel.ROBOT) {
            return; // not for a member: the console shows it among what did not arrive
        }
        String said = notice.text().length() > LONGEST ? notice.text().substring(0, LONGEST) + "……" : notice.text();
        boolean open = notice.state() == Notice.State.UNCONFIRMED;
        String head =
                (open ? "不确定通知是否送达" : "通知没有送达") + (notice.why() == null ? "" : "（" + notice.why() + "）") + "，请联系并转达：";
        Optional<Task> there = tasks.open(member).stream()
                .filter(task -> task.what().equals(CONTACT) && task.data().containsKey("notice"))
                .findFirst();
        if (there.isPresent()) {
            Task task = there.get();
            int more = Integer.parseInt(task.data().getOrDefault("earlier", "0")) + 1;
            tasks.amend(
                    task.id(),
                    head + said + "（此前还有" + more + "条）",
                    Map.of("notice", Long.toString(notice.id()), "earlier", Integer.toString(more)));
            return;
        }
        String to = classes.teacherOf(member).map(StaffMember::address).orElse("秘书处");
        tasks.open(NewTask.of(CONTACT, to, head + said)
                .about(member)
                .cites(notice.clauses())
                .with(Map.of("notice", Long.toString(notice.id())))
                .once("contact:" + notice.id()));
    }
}
