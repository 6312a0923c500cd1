package io.homeroom.liaison;

import io.homeroom.desk.NewTask;
import io.homeroom.desk.StaffLeft;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.member.Member;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** No member stays without a class teacher unnoticed: what a leaver had goes to the secretariat, to be given to others. */
@Component
class Leavers {

    private static final String SECRETARIAT = "秘书处";
    private static final int NAMES = 20;

    private final Classes classes;
    private final Tasks tasks;

    Leavers(Classes classes, Tasks tasks) {
        this.classes = classes;
        this.tasks = tasks;
    }

    @EventListener
    @Transactional
    public void on(StaffLeft left) {
        StaffMember leaver = left.member();
        for (Task task :
                tasks.search(TaskSearch.unfinished().to(leaver.address()).page(0, Integer.MAX_VALUE))) {
            tasks.hand(task.id(), SECRETARIAT, left.by());
        }
        List<Member> members = classes.classOf(leaver.id());
        if (!members.isEmpty()) {
            String names = members.stream().limit(NAMES).map(Member::name).collect(Collectors.joining("、"));
            tasks.open(NewTask.of(
                            "assign-teacher",
                            SECRETARIAT,
                            leaver.name() + "已离任，" + members.size() + "家会员等待安排班主任：" + names
                                    + (members.size() > NAMES ? "等" : ""))
                    .once("assign-teacher:left:" + leaver.id()));
        }
    }
}
