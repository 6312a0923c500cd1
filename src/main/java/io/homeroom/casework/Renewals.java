package io.homeroom.casework;

import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.member.EntryKind;
import io.homeroom.member.MemberChanged;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What waited for a member's registration (BACCA-21-b) is done when it is registered, and taken back when it leaves. Tasks of
 * a case are that case's own.
 */
@Component
class Renewals {

    private final Tasks tasks;

    Renewals(Tasks tasks) {
        this.tasks = tasks;
    }

    @EventListener
    @Transactional
    void on(MemberChanged changed) {
        boolean registered = changed.entry().kind() == EntryKind.REGISTERED;
        if (!registered && changed.entry().kind() != EntryKind.ENDED) {
            return;
        }
        tasks
                .search(TaskSearch.unfinished()
                        .member(changed.member())
                        .what("registration")
                        .page(0, 10))
                .stream()
                .filter(task -> task.caseId() == null)
                .forEach(task -> {
                    if (registered) {
                        tasks.done(task.id(), List.of(), changed.entry().by());
                    } else {
                        tasks.cancel(task.id(), "system");
                    }
                });
    }
}
