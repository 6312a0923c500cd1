package io.homeroom.notice;

import io.homeroom.desk.NewTask;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.liaison.Classes;
import io.homeroom.schedule.BusinessClock;
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
    private final Staff staff;

    Undelivered(Tasks tasks, Classes classes, Staff staff) {
        this.tasks = tasks;
        this.classes = classes;
        this.staff = staff;
    }

    @Transactional
    void handToTeacher(Notice notice) {
        Long member = notice.memberId();
        if (notice.channel() == Channel.WECOM || notice.channel() == Channel.ROBOT) {
            tellOffice(notice);
            return;
        }
        if (member == null) {
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

    /**
     * That a colleague, or the office's group, cannot be reached is said once a day to those who can mend it; and once a
     * day that nobody knows whether something reached them.
     */
    private void tellOffice(Notice notice) {
        if (notice.about().equals("card-settled")) {
            return; // only the look of a card that was touched
        }
        boolean open = notice.state() == Notice.State.UNCONFIRMED;
        boolean robot = notice.channel() == Channel.ROBOT;
        String day = notice.createdAt().atZone(BusinessClock.ZONE).toLocalDate().toString();
        String who = robot ? "秘书处工作群的机器人" : colleague(notice.to()) + "的企业微信";
        String why = notice.why() == null ? "" : "：" + notice.why();
        String text = open
                ? "发给" + who + "的消息不确定是否送达" + why + "。再发可能重复，所以没有再发；内容在控制台「通知」里，状态是未确认"
                : who + "收不到消息" + why + "。请检查" + (robot ? "机器人的密钥" : "账号登记和应用的可见范围") + "，没送到的在控制台「通知」里";
        tasks.open(NewTask.of("unreachable", "秘书处", text)
                .once("unreachable:" + notice.to() + ":" + day + (open ? ":unconfirmed" : "")));
    }

    private String colleague(String to) {
        return staff.all().stream()
                .filter(one -> one.address().equals(to))
                .map(StaffMember::name)
                .findFirst()
                .orElse(to);
    }
}
