package io.homeroom.care;

import io.homeroom.desk.NewTask;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tasks;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Contacts;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.MemberChanged;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A new liaison cannot speak for the member in WeChat yet: the tie of the former one was cut, somebody must invite it. */
@Component
class NewLiaisons {

    private final Classes classes;
    private final Contacts contacts;
    private final Roster roster;
    private final Tasks tasks;

    NewLiaisons(Classes classes, Contacts contacts, Roster roster, Tasks tasks) {
        this.classes = classes;
        this.contacts = contacts;
        this.roster = roster;
        this.tasks = tasks;
    }

    /** On the day from which the change holds: until then the former liaison stays tied (IGRS-18-l). */
    @EventListener
    @Transactional
    public void on(MemberChanged event) {
        Entry entry = event.entry();
        String name = entry.data().get(Role.LIAISON.code());
        Long caseId = entry.caseId();
        if (entry.kind() != EntryKind.DATA || name == null || caseId == null) {
            return;
        }
        boolean tied = contacts.of(event.member()).stream()
                .anyMatch(contact ->
                        contact.role() == Role.LIAISON && contact.name().equals(name) && contact.openid() != null);
        if (tied) {
            return;
        }
        String to = classes.teacherOf(event.member()).map(StaffMember::address).orElse("秘书处");
        tasks.open(NewTask.of(
                        "invite-liaison",
                        to,
                        "把绑定二维码发给“" + roster.get(event.member()).name() + "”的新联络员" + name + "，原联络员的绑定已解除")
                .about(event.member())
                .cites(entry.clause().isEmpty() ? List.of() : List.of(entry.clause()))
                .once("invite-liaison:" + caseId));
    }
}
