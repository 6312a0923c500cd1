package io.homeroom.care;

import io.homeroom.casework.CaseDecided;
import io.homeroom.casework.CaseView;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tasks;
import io.homeroom.liaison.Classes;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A new liaison cannot speak for the member in WeChat yet: the tie of the former one was cut, somebody must invite it. */
@Component
class NewLiaisons {

    private final Classes classes;
    private final Tasks tasks;

    NewLiaisons(Classes classes, Tasks tasks) {
        this.classes = classes;
        this.tasks = tasks;
    }

    @EventListener
    @Transactional
    public void on(CaseDecided event) {
        CaseView decided = event.decided();
        Long member = decided.memberId();
        if (member == null
                || !decided.type().equals("change")
                || !decided.outcome().equals("approved")
                || !"liaison".equals(decided.data().get("field"))) {
            return;
        }
        String to = classes.teacherOf(member).map(StaffMember::address).orElse("秘书处");
        tasks.open(NewTask.of(
                        "invite-liaison",
                        to,
                        "把绑定二维码发给“" + decided.subject() + "”的新联络员"
                                + decided.data().getOrDefault("to", "") + "，原联络员的绑定已解除")
                .about(member)
                .cites(decided.clauses())
                .once("invite-liaison:" + decided.id()));
    }
}
